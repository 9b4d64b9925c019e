"""What single tokens look like when they are part of a name."""

from __future__ import annotations

import re

from service.extraction.lexicon import DAYS
from service.extraction.people.page import Page, Range
from service.extraction.people.spellings import fold, without_elision
from service.extraction.people.words import is_given_name, is_title, name_words

HYPHENS = frozenset("-‐‑–")
_NAME_WORD = re.compile(r"[^\W\d_][^\s\d,;:!?()\[\]\"&/@#]*")
SILKS = frozenset({"KC", "QC", "SC"})
LETTERS = SILKS | {"CBE", "MBE", "MD", "MEP", "MP", "MSP", "OBE", "PhD", "TD"}
"""What stands after a name: a barrister's letters, orders, degrees, seats."""
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,4}|[A-Z]\.?")

MARKS = frozenset({'"', "'", "«", "»", "“", "”", "„", "‘", "’", "''", "``"})
LONGEST_MARKED = 6
"""Tokens of a body's name between marks at most."""


def is_deputy(page: Page, i: int) -> bool:
    """Tell whether a token is a noun for a member of a parliament: with a capital it is a rank before one.

    Not so in "Deputy of the State Council".
    """
    return page.words[i] == "deputy" or (page.words[i] == "Deputy" and page.lower[i + 1 : i + 2] == ["of"])


def is_name_word(page: Page, i: int) -> bool:
    """Tell whether a token can be a part of a name: a capital, and no word that never is one.

    A particle may lead up to the capital: "d'Orval".
    """
    word = without_elision(page.words[i])
    if not word[0].isupper() or word[-1] in HYPHENS or not _NAME_WORD.fullmatch(word):
        return False
    usual = page.lower[i] not in name_words("not names")
    return usual or _is_month_name(page, i) or _is_day_name(page, i) or before_syllables(page, i)


def _is_month_name(page: Page, i: int) -> bool:
    """Tell whether "April" or "June" begins a name: a surname follows, and no word of time stands before."""
    if page.lower[i] not in name_words("months as names") or i + 1 >= len(page):
        return False
    follows = page.words[i + 1].istitle() and page.tags[i + 1] in {"NNP", "NNPS"}
    return follows and (i == 0 or page.lower[i - 1] not in name_words("before months"))


def _is_day_name(page: Page, i: int) -> bool:
    """Tell whether a day is a given name: a title stands before, a surname after, as in "Dr Sunday Ojo"."""
    titled = i > 0 and is_title(page.lower[i - 1])
    follows = i + 1 < len(page) and page.words[i + 1].istitle() and page.tags[i + 1] == "NNP"
    return page.lower[i] in DAYS and titled and follows


def before_syllables(page: Page, i: int) -> bool:
    """Tell whether two joined syllables follow, as they do a Korean surname: the "Oh" of "Oh Seung-yeon"."""
    joined = i + 3 < len(page) and page.words[i + 2] in HYPHENS and page.glued(i + 2) and page.glued(i + 3)
    return joined and page.words[i + 1].istitle() and page.words[i + 3].islower()


def is_letters(page: Page, i: int) -> bool:
    """Tell whether a token is what may stand after a name: "KC", "MP"."""
    return page.words[i].isupper() and page.lower[i] in name_words("letters after a name")


def runs_on(page: Page, i: int) -> bool:
    """Tell whether a token is an agency's initials that run on after a name: Pavel Orlov "RIA"."""
    word = page.words[i]
    initials = i > 1 and len(word) > 2 and word.isupper() and word.isalpha() and word not in LETTERS
    return initials and page.words[i - 1].istitle() and is_given_name(fold(page.words[i - 2]))


def is_initial(word: str) -> bool:
    """Tell whether a token is an initial or several: "J.", "J.K."."""
    return len(word) < 9 and word not in {"I", "A"} and _INITIAL.fullmatch(word) is not None


def is_syllable(word: str) -> bool:
    """Tell whether a word after a hyphen may end a given name: "Eun-ji", "Chi-keung", not "Trump-backed"."""
    return len(word) < 5 or (len(word) < 7 and not word.endswith(("ed", "ing", "style", "like")))


def marked_name(page: Page, noun: int) -> Range | None:
    """Return the tokens of the name between marks right after a noun: the portal "Our Land"."""
    first = noun + 2
    if first >= len(page) or page.words[noun + 1] not in MARKS or not page.words[noun].islower():
        return None
    reach = range(first, min(len(page), first + LONGEST_MARKED + 1))
    end = next((i for i in reach if page.words[i] in MARKS), first)
    capitals = end > first and page.words[first][0].isupper() and page.words[end - 1][-1].isalnum()
    return (first, end) if capitals else None
