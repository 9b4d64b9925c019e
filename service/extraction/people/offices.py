"""Names that run on after the institution whose officer they are, without a comma between.

Press agencies from Moscow to Beijing write "the President of Ukraine Volodymyr Zelensky" and "the head of
the Ministry of Health Anna Kowal"; the pipeline takes the whole run for a body, or the surname alone for a
person.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.extraction.lexicon import person_nouns
from service.extraction.people.page import Page
from service.extraction.people.spellings import fold
from service.extraction.people.tokens import HYPHENS, is_name_word
from service.extraction.people.words import is_given_name, is_title, name_words, nouns, place

LINKS = frozenset({"of", "the", "for", "and"})
"""Small words inside the name of an institution."""

_BETWEEN = frozenset({"at", "in", "on", "to"})
"""Other small words between a role and the institution: "commissioner for rights in the Federation"."""

_OFFICERS = frozenset({"deputy", "member"})
"""Who is one of an institution, besides the nouns for people."""

_OF_PARTIES = frozenset({"deputy", "mep", "mp", "senator"})
"""Who is of a party: "People's Deputy from the Servant of the People"."""

_STATIONS = frozenset({"channel", "radio", "television", "tv"})
"""What the names of stations begin with, to which machine English lets somebody's name run on."""

LONGEST_QUOTED = 4
"""Most tokens more than one of an institution's name between marks."""

LONGEST_RUN = 20
"""Most tokens of an institution and the name after it."""


def names_after_institutions(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the name at the end of "<role> of <institution> <name>", or of "for Radio Coast <name>"."""
    end = 0
    for i in page.capitals:
        if i < end:
            continue
        if _after_quoted(page, i) and _run_end(page, i) == i + 2:
            end = i + 2
            yield i, end
        station = page.lower[i] in _STATIONS and _run_end(page, i) > i + 3
        if not (station or stands_after_office(page, i)):
            continue
        if _follows_noun(page, i) and _is_given(page, i) and _run_end(page, i) == i + 2:
            end = i + 2
            yield i, end
            continue
        end = _run_end(page, i)
        start = _name_start(page, i, end)
        if start is not None:
            yield start, end


def _follows_noun(page: Page, i: int) -> bool:
    """Tell whether a noun in small letters ends the institution: "director of the Valda [centre] Ann Li"."""
    return page.words[i - 1].islower() and page.tags[i - 1].startswith("NN")


def stands_after_office(page: Page, first: int) -> bool:
    """Tell whether a role and what it is of stand right before a token: "the head of the board of the"."""
    for i in range(first - 1, max(0, first - LONGEST_RUN), -1):
        if page.lower[i] == "from" and page.lower[i - 1] in _OF_PARTIES:
            return True
        if page.sentences[i] != page.sentences[first] or not _leads_on(page, i):
            return False
        if page.lower[i] in {"of", "for"} and _is_officer(page.lower[i - 1]):
            return True
    return False


def _is_officer(lower: str) -> bool:
    return lower in person_nouns() or lower in _OFFICERS or is_title(lower)


def _leads_on(page: Page, i: int) -> bool:
    """Tell whether a token may stand between a role and the name: a noun, an adjective, "of", "the"."""
    links = page.lower[i] in LINKS | _BETWEEN or page.words[i] in HYPHENS
    return links or page.tags[i].startswith(("NN", "JJ", "POS"))


def _after_quoted(page: Page, first: int) -> bool:
    """Tell whether "<role> of" and a body's name between marks stand right before: 'the coach of "Zorya"'."""
    if first < 4 or page.words[first - 1] != '"' or page.words[first - 2] in {".", "!", "?", ","}:
        return False
    reach = range(first - 3, max(0, first - 3 - LONGEST_QUOTED), -1)
    opening = next((i for i in reach if page.words[i] == '"'), 0)
    return opening > 0 and stands_after_office(page, opening)


def _run_end(page: Page, first: int) -> int:
    """Return where the capitals that begin at ``first``, and the small words between them, end."""
    end = here = first
    while here < min(len(page), first + LONGEST_RUN) and page.sentences[here] == page.sentences[first]:
        if page.words[here][0].isupper() and is_name_word(page, here):
            end = here + 1
        elif page.lower[here] not in LINKS and not (page.words[here] in HYPHENS and page.glued(here)):
            break
        here += 1
    return end


def _name_start(page: Page, first: int, end: int) -> int | None:
    """Return where the person's name begins in the run, None when it holds none."""
    for start in range(end - 2, max(first, end - 5), -1):
        if not page.words[start][0].isupper():
            break
        if _is_given(page, start):
            return start - (start - 1 > first and _is_given(page, start - 1))
    set_off = page.words[end : end + 1] == [","] and page.tags[end + 1 : end + 3] == ["NNP", "NNP"]
    unknown = end - first > 2 and not set_off and not any(_is_thing(page, i) for i in (end - 2, end - 1))
    return end - 2 if unknown and _is_thing(page, end - 3) and page.tags[end : end + 1] != ["NNP"] else None


def _is_given(page: Page, i: int) -> bool:
    body = i > 0 and page.lower[i] in nouns("establishment") and page.words[i - 1][0].isupper()
    return is_given_name(fold(page.words[i])) and not _is_place_pair(page, i) and not body


def _is_place_pair(page: Page, i: int) -> bool:
    """Tell whether a given name is the second half of a place: San "Antonio"."""
    saint = bool(i) and page.lower[i - 1] in {"san", "santa", "sao", "são", "saint", "st", "st."}
    return saint or (bool(i) and place(f"{page.lower[i - 1]} {page.lower[i]}") is not None)


def _is_thing(page: Page, i: int) -> bool:
    """Tell whether a word belongs to the institution: a place, "Ministry", "Transport"."""
    lower = page.lower[i]
    known = lower in nouns("organisation") or lower in name_words("never surnames") or lower in LINKS
    return known or lower in name_words("portfolios") or place(lower) is not None
