"""Whose the name is after an aide and an office: "the press secretary of the president[,] Jo Ray".

It may be the aide's or that of whoever holds the office. What else the article says of both decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from service.extraction.lexicon import person_nouns
from service.extraction.people.descriptions import closes, nouns_before
from service.extraction.people.names import name_gender
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.roles import gather_facts
from service.extraction.people.words import noun_gender, role_words

LONGEST_OFFICE = 9
"""Most tokens of an office and of what it is held in: "the president of the Republic of Norland"."""

_IN_OFFICE = ("DT", "IN", "JJ", "NN", "POS")
_SERVING = frozenset({"for", "of", "to"})


@dataclass(frozen=True, slots=True)
class _Aide:
    """An aide, whose office it is, and the name after both."""

    index: int
    """Which of the names it is."""
    post: Range
    """The tokens that say what the aide is."""
    noun: str
    office: str
    apart: bool
    """Whether a comma sets the name off."""
    press: bool


def with_posts(page: Page, occurrences: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return the names, in order, those of aides with what they are."""
    aides = list(_aides(page, occurrences))
    if not aides:
        return occurrences
    theirs = {aide.index for aide in aides}
    facts = gather_facts(page, [found for i, found in enumerate(occurrences) if i not in theirs])
    holders: dict[str, set[int]] = defaultdict(set)
    for number, mine in facts.items():
        for head in frozenset[str]().union(*(held.heads for held in mine.descriptions)):
            holders[head].add(number)
    told = list(occurrences)
    for aide in aides:
        found = occurrences[aide.index]
        if _is_aides(aide, found, holders[aide.office]):
            told[aide.index] = replace(found, first=found.start, post=aide.post)
    return told


def _is_aides(aide: _Aide, found: Occurrence, holders: Set[int]) -> bool:
    """Tell whether a name is the aide's, by who is said to hold the office and how the name is set."""
    if found.person is None:
        return False
    genders = {noun_gender(aide.noun), name_gender(found.person.full)}
    if found.person.number in holders or genders == {"female", "male"}:
        return False
    known = bool(holders) and aide.office in role_words("single offices")
    return aide.apart or aide.press or known


def _aides(page: Page, occurrences: Sequence[Occurrence]) -> Iterator[_Aide]:
    """Yield each name that an aide and an office stand before."""
    named = frozenset(
        i for found in occurrences if found.use == "plain" for i in range(found.start, found.end)
    )
    for index, found in enumerate(occurrences):
        comma = found.start > 0 and page.words[found.start - 1] == ","
        last = found.start - 1 - comma
        the = _article_of_office(page, last, named)
        if found.use != "plain" or the is None or (comma and not closes(page, found.end)):
            continue
        office = next((i for i in range(the, last + 1) if page.lower[i] in person_nouns()), None)
        if office is not None and _is_served(page, office):
            aide = the - 4 if page.lower[max(0, the - 4) : the - 1] == ["chief", "of", "staff"] else the - 2
            post = nouns_before(page, aide, named), found.start - comma
            press = page.lower[max(0, aide - 1) : aide + 1] == ["press", "secretary"]
            yield _Aide(index, post, page.lower[aide], page.lower[office], comma, press)


def _is_served(page: Page, i: int) -> bool:
    """Tell whether a noun is an office that has aides: "the president", "the head of state"."""
    head = page.lower[i] == "head" and page.lower[i + 1 : i + 3] in (["of", "state"], ["of", "government"])
    return head or page.lower[i] in role_words("served offices")


def _article_of_office(page: Page, last: int, named: Container[int]) -> int | None:
    """Return the "the" right after "of", "to" or "for" of the phrase that ends at ``last``."""
    for i in range(last, max(1, last - LONGEST_OFFICE), -1):
        if i in named or page.sentences[i] != page.sentences[last] or not page.tags[i].startswith(_IN_OFFICE):
            return None
        if (
            page.lower[i] == "the"
            and page.lower[i - 1] in _SERVING
            and page.lower[i - 2] in role_words("aides")
        ):
            return i
    return None
