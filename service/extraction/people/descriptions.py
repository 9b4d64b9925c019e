"""Where the article says who somebody is: title phrases, appositions and predicates around a name.

Each finder returns the tokens of one form, or None; none of them knows what a description means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extraction.lexicon import person_nouns
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.tokens import LETTERS, is_deputy
from service.extraction.people.words import is_title, place_of_person, role_words, titles

LONGEST = 16
"""Tokens of a description at most."""

LONGEST_COMPLEMENT = 8
"""Tokens of the noun phrase after the preposition of a role at most."""

_NOUN_LIKE = ("NN", "JJ", "POS", "CD", "VBN", "AFX", "$")
_PARTICIPLES = frozenset(
    {"acting", "leading", "managing", "founding", "sitting", "ruling", "outgoing", "incoming"}
)
_LEARNED = re.compile(r"\w(?:olog|onom|iatr|icul|emic|hysic)ist$|\w{3}(?:ician|grapher)$")
"""How nouns for people of a craft or a science end: entomologist, agronomist, technician."""

_ENDS = frozenset({",", ";", "(", ")", ":", "–", "—", "--", '"', ".", "!", "?"})
_OPENS_CLAUSE = frozenset({"whether", "if", "that", "because", "while", "although", "though"})
"""Words that are tagged as prepositions and open a clause."""

_SERVES = frozenset({"works", "worked", "serves", "served", "acts", "acted"})
"""What somebody does as a nurse or a mayor."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})

_OFFICES = frozenset({"office", "administration", "secretariat", "cabinet", "staff"})
"""Bodies that are named after whom they serve."""


def descriptions_at(page: Page, found: Occurrence, named: frozenset[int]) -> Iterator[Range]:
    """Yield the tokens of each description of the person at ``found``; ``named`` are tokens of names."""
    if found.post is not None:
        yield found.post
    for finder in (_title_phrase, _left_apposition, _right_apposition, _copula):
        where = finder(page, found, named)
        if where is not None and where[0] < where[1]:
            yield where


def _title_phrase(page: Page, found: Occurrence, named: frozenset[int]) -> Range | None:
    """The phrase right before a name, which is none of an aide's, whose post is known.

    Handles: Russian Foreign Ministry Spokesperson, former US Ambassador to Russia, the head of Russian
    diplomacy, Clinton's campaign manager, founder and CEO, Prime Minister Sir.
    """
    if found.post is not None:
        return None
    last = found.start - 1
    while last >= 0 and page.lower[last].rstrip(".") in titles("honorific"):
        last -= 1
    if last < 0 or page.sentences[last] != page.sentences[found.start]:
        return None
    role = is_role(page, last)
    at = nouns_before(page, last, named) if role else last
    served = at > 1 and page.lower[at] == "the" and page.lower[at - 2] == "office"
    if at > 1 and _serves(page, at, last):
        return nouns_before(page, at - 2, named), at - 1
    head = last if role and not served else _head_of_complement(page, last, named)
    if head is None:
        return None
    first = nouns_before(page, head, named)
    if first > 1 and page.tags[first - 1] == "CC" and is_role(page, first - 2):
        first = nouns_before(page, first - 2, named)
    return first, _office(page, first, found.start) if served else found.start


def _serves(page: Page, at: int, last: int) -> bool:
    """Tell whether a name is an aide's, not the President's: "Press Secretary of the President Jo Ray"."""
    office = page.words[last] in {"President", "Governor", "Mayor", "Minister", "Premier"}
    led = page.lower[at] == "the" and page.lower[at - 1] in {"of", "to"} and is_role(page, at - 2)
    return office and led and page.lower[at - 2] not in role_words("relations")


def _office(page: Page, first: int, end: int) -> int:
    """Return where a description ends before an office named after another: "adviser to the head"."""
    offices = (i for i in range(first, end) if page.lower[i] in _OFFICES)
    place = next(offices, end)
    while place > first and page.tags[place - 1] not in {"IN", "TO"}:
        place -= 1
    return place - 1 if first < place - 1 < end - 1 else end


def is_of_an_office(page: Page, first: int) -> bool:
    """Tell whether a role at ``first`` only says whose office it is: "of the Office of [the President] X"."""
    before = page.lower[max(0, first - 3) : first]
    led = before[-1:] in (["the"], ["of"])
    return led and any(word in _OFFICES for word in before[:-1])


def _head_of_complement(page: Page, last: int, named: frozenset[int]) -> int | None:
    """Return the role that "of State", "to Russia" or "of the upper house committee on trade" belongs to.

    Of several it is the first: the press secretary of the President of the Republic is no president.
    """
    governor, head = _governor(page, last, named), None
    while governor is not None and last - governor < LONGEST:
        if is_role(page, governor - 1):
            head = governor - 1
        elif head is not None:
            break
        governor = governor - 2 if page.tags[governor - 2] == "IN" else _governor(page, governor - 2, named)
    return head


def _governor(page: Page, last: int, named: frozenset[int]) -> int | None:
    """Return the preposition that governs the noun phrase which ends at ``last``: 'of the "Home" party'."""
    i = last
    while i > 0 and last - i < LONGEST_COMPLEMENT and i not in named and _is_of_a_noun(page, i):
        i -= 1
    preposition = page.tags[i] in {"IN", "TO"} and page.lower[i] not in _OPENS_CLAUSE
    governs = i < last and preposition and page.sentences[i] == page.sentences[last]
    return i if governs else None


def _is_of_a_noun(page: Page, i: int) -> bool:
    return page.words[i] == '"' or page.tags[i].startswith((*_NOUN_LIKE, "DT", "HYPH"))


def nouns_before(page: Page, head: int, named: frozenset[int]) -> int:
    """Return where the nouns and adjectives before the noun at ``head`` begin, with their article."""
    first = head
    while first > 0 and head - first < LONGEST and page.sentences[first - 1] == page.sentences[head]:
        i = first - 1
        tag = page.tags[i]
        hyphen = tag == "HYPH" and page.glued(i) and page.glued(first)
        if i in named or not (tag.startswith(_NOUN_LIKE) or hyphen or page.lower[i] in _PARTICIPLES):
            return i if tag in {"DT", "PRP$"} else first
        plural = tag == "NNS" and page.deps[i] not in {"compound", "nmod"} and not page.words[i][0].isupper()
        if plural or ")" in page.words[i]:
            return first
        first = i
    return first


def is_role(page: Page, i: int) -> bool:
    """Tell whether the token is a noun for one person: in the singular, or a title of office."""
    if i < 0:
        return False
    lower = page.lower[i].rstrip(".")
    if lower in titles("honorific") and page.words[i][0].isupper():
        return False
    if lower in person_nouns() or is_deputy(page, i) or _LEARNED.search(lower):
        return True
    if page.words[i][0].isupper() and i > 0 and page.lower[i - 1] in {"a", "an", "the"}:
        return is_title(lower) or place_of_person(lower) is not None
    return is_title(lower) and page.words[i][0].isupper()


def _left_apposition(page: Page, found: Occurrence, named: frozenset[int]) -> Range | None:
    """The description before a comma and a name: "The state's campaign chairman, Phil Lovas,"."""
    comma = found.first - 1
    while comma > 0 and found.first - comma < 6 and _may_lead(page, comma):
        comma -= 1
    if (
        found.post is not None
        or comma < 1
        or page.words[comma] != ","
        or page.sentences[comma] != page.sentences[found.start]
    ):
        return None
    head = comma - 1 if is_role(page, comma - 1) else _head_of_complement(page, comma - 1, named)
    head = None if head is None else _relative_of(page, head)
    if head is None or head in named or not closes(page, found.end):
        return None
    first = nouns_before(page, head, named)
    owned = first > 0 and page.tags[first] == "POS"
    led = page.tags[first] in {"DT", "PRP$", "NNP"} or page.opens_sentence(first)
    return (first, comma) if owned or led else None


def _may_lead(page: Page, i: int) -> bool:
    """Tell whether the token may stand between a comma and a name: an age, a noun, a title."""
    return page.tags[i] in {"CD", "HYPH", "JJ", "NN"} or is_title(page.lower[i].rstrip("."))


def _relative_of(page: Page, head: int) -> int:
    """Return the noun that a role is only the complement of: "The wife of the captain, Ann Li,"."""
    i = head - 1
    while i > 0 and head - i < 5 and page.tags[i].startswith(("DT", "JJ", "NN", "PRP$")):
        i -= 1
    of_whom = i > 0 and page.lower[i] == "of" and page.lower[i - 1] in role_words("relations")
    return i - 1 if of_whom else head


def closes(page: Page, end: int) -> bool:
    """Tell whether a comma, a stop or a verb follows an apposition."""
    end += end < len(page) and page.words[end] in LETTERS
    return end >= len(page) or page.words[end] in {",", ".", ";"} or page.tags[end].startswith("VB")


def _right_apposition(page: Page, found: Occurrence, named: frozenset[int]) -> Range | None:
    """The description after a comma: "Fried, the former ambassador to Poland,"; "Shah, 34, a nurse"."""
    i = found.end
    i += i < len(page) and page.words[i] in LETTERS
    if found.use != "plain" or i >= len(page) or page.words[i] not in {",", "(", "–", "—", "--"}:
        return None
    i += 1
    if i + 1 < len(page) and page.words[i].isdigit() and page.words[i + 1] == ",":
        i += 2
    if i < len(page) and page.lower[i] == "who":
        return _predicate(page, i + 1, named)
    where = _noun_phrase(page, i, named)
    if where is None or (where[1] < len(page) and page.tags[where[1]] in _FINITE):
        return None
    return where


def _copula(page: Page, found: Occurrence, named: frozenset[int]) -> Range | None:
    """The predicate, unless somebody else says so: "Kuzio is a professor at Kyiv", "Shah was the coroner"."""
    told = page.quoted[found.start]
    return _predicate(page, found.end, named) if found.use == "plain" and not told else None


def _predicate(page: Page, i: int, named: frozenset[int]) -> Range | None:
    """What somebody is, or works as: "is a locksmith", "has been the mayor", "works as a nurse"."""
    if i < len(page) and page.lower[i] in {"is", "was", "became", "remains", "'s"} and page.tags[i] != "POS":
        return _noun_phrase(page, i + 1, named)
    led = page.lower[i : i + 2]
    if led in (["has", "been"], ["had", "been"]) or (led[:1] and led[0] in _SERVES and led[1:] == ["as"]):
        return _noun_phrase(page, i + 2, named)
    return None


def _noun_phrase(page: Page, first: int, named: frozenset[int]) -> Range | None:
    """Return the noun phrase for one person that begins at ``first``, up to a comma, "who" or a verb."""
    if first >= len(page) or page.tags[first] in {"IN", "PRP", "CC", "RB", "WRB", "WP"}:
        return None
    end, head = first, None
    while end < len(page) and end - first < LONGEST and page.sentences[end] == page.sentences[first]:
        tag = page.tags[end]
        if (
            page.words[end] in _ENDS
            or page.lower[end] in {"who", "which", "that", "whose", "whom"}
            or tag in _FINITE
        ):
            break
        if head is None and (tag in {"IN", "TO"} or (end in named and not _owns(page, end))):
            return None
        if head is None and is_role(page, end) and not _goes_on(page, end):
            head = end
        end += 1
    return (first, end) if head is not None else None


def _owns(page: Page, i: int) -> bool:
    """Tell whether a name only modifies what follows: "Clinton's lawyer", "a Trump aide"."""
    return i + 1 < len(page) and (page.tags[i + 1] == "POS" or page.deps[i] == "compound")


def _goes_on(page: Page, i: int) -> bool:
    """Tell whether another noun follows: the "campaign" of "campaign manager" is not the head."""
    return i + 1 < len(page) and page.tags[i + 1].startswith("NN")
