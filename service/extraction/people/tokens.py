"""What single tokens look like when they are part of a name."""

from __future__ import annotations

import re

from service.extraction.people.page import Page
from service.extraction.people.words import name_words

HYPHENS = frozenset("-‐‑–")
_NAME_WORD = re.compile(r"[^\W\d_][^\s\d,;:!?()\[\]\"&/@#]*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,4}|[A-Z]\.?")


def is_name_word(page: Page, i: int) -> bool:
    """Tell whether a token can be a part of a name: a capital, and no word that never is one."""
    word = page.words[i]
    return (
        word[0].isupper()
        and page.lower[i] not in name_words("not names")
        and bool(_NAME_WORD.fullmatch(word))
    )


def is_letters(page: Page, i: int) -> bool:
    """Tell whether a token is what may stand after a name: "KC", "MP"."""
    return page.words[i].isupper() and page.lower[i] in name_words("letters after a name")


def is_initial(word: str) -> bool:
    """Tell whether a token is an initial or several: "J.", "J.K."."""
    return len(word) < 9 and word not in {"I", "A"} and _INITIAL.fullmatch(word) is not None
