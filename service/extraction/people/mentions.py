"""What kind of mention a source is: a pronoun, a name, a role, a body, a group; and where its head stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.extraction.lexicon import VERSUS, person_nouns
from service.extraction.people.heads import (
    coordinated,
    core_end,
    is_joined,
    joins_bodies,
    named_head,
    stop_of,
)
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.tokens import is_deputy, is_letters
from service.extraction.people.words import (
    body_nouns,
    is_agent,
    name_words,
    nouns,
    place_of_person,
    pronouns,
    role_words,
    singular,
)

_NUMBERED = re.compile(r"(?:speaker|voice|guest|caller|participant)[ _]?(?:\d{1,3}|[A-Z])", re.IGNORECASE)
"""Whose turn it is in a transcript that a program made: "Speaker 1", "SPEAKER_00"."""

_BEFORE_NAME = frozenset({"DT", "JJ", "NN", "NNP"})
"""Tags of what may stand between "words of" and a name: "the mayor", "the head of the port"."""

Kind = Literal["pronoun", "name", "names", "owned", "person", "group", "body", "document", "proper", "other"]
"""``person`` is a role or description of one person, ``proper`` a name that is no known person's, ``owned``
the words of somebody: "her message", "a Trump tweet"."""

INDEFINITE = frozenset({"a", "an", "another", "some", "any", "no", "one", "every", "each"})
_AGE = re.compile(r"\b(\d{1,3})-year-old\b")
_WORDS_FOR_PEOPLE: dict[str, Kind] = {
    "one": "person",
    "someone": "person",
    "somebody": "person",
    "anyone": "group",
    "everyone": "group",
    "everybody": "group",
    "those": "group",
}
_NAMES = frozenset({"US", "WHO"})
"""Names of bodies that are spelt like pronouns."""

_ORDINALS = frozenset({"second", "third", "fourth", "fifth"})
"""What somebody else may be called after the first: "a second said"."""

_LEGAL_FORMS = frozenset({"ag", "gmbh", "inc", "llc", "llp", "ltd", "nv", "plc", "sa", "se", "spa"})

_PERSON_IN_TWO_WORDS = frozenset({("opposite", "number"), ("other", "half"), ("better", "half")})
"""Descriptions of one person whose noun is one for several."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that refers: tokens ``[first, end)`` with its head word."""

    kind: Kind
    first: int
    end: int
    head: int
    occurrence: Occurrence | None = None
    """The name that is the head, or that possesses it."""
    names: tuple[Occurrence, ...] = ()
    definite: bool = False
    age: str | None = None
    stop: int = 0
    """Where the phrase ends without a clause or an apposition after it."""
    noun: str = ""
    """The head noun, lowered and in the singular."""


def classify(page: Page, first: int, end: int, occurrences: Sequence[Occurrence]) -> Mention:
    """Tell what the phrase of tokens ``[first, end)`` is; ``occurrences`` are all names, in text order."""
    if end - first > 1 and page.tags[end - 1] == "POS":
        end -= 1
    if end - first > 1 and page.lower[end - 1] in name_words("honours after a name"):
        end -= 1
    if end - first > 1 and page.lower[first] == "whose":
        first += 1
    pronoun = _pronoun(page, first, end)
    if pronoun is not None:
        return Mention("pronoun", first, end, pronoun, noun=page.lower[pronoun])
    inside = within(occurrences, first, end)
    if inside and inside[0].first <= first and _only_possessive(page, inside[0].end, end):
        return Mention("name", first, end, inside[0].end - 1, inside[0])
    plain = [found for found in inside if found.use == "plain"]
    if any(page.words[i] in VERSUS for i in range(first + 1, end - 1)):
        return Mention("other", first, end, end - 1)
    several = coordinated(page, plain, first, end)
    if several:
        return Mention("names", first, end, page.governed(first, end), names=several)
    joined = joins_bodies(page, first, end)
    named = None if joined else named_head(page, plain, first, end)
    if named is not None:
        return Mention("name", first, end, named.end - 1, named)
    group = Mention("group", first, end, page.governed(first, end))
    return group if joined else _described(page, first, end, inside)


def _only_possessive(page: Page, first: int, end: int) -> bool:
    """Tell whether nothing but "'s" is left: the source of "Trump's claim" is Trump."""
    return all(
        page.tags[i] == "POS" or page.words[i] == "," or is_letters(page, i) for i in range(first, end)
    )


def within(occurrences: Sequence[Occurrence], first: int, end: int) -> list[Occurrence]:
    """Return the names that begin in tokens ``[first, end)``."""
    at = bisect_left(occurrences, first, key=lambda found: found.start)
    inside: list[Occurrence] = []
    while at < len(occurrences) and occurrences[at].start < end:
        inside.append(occurrences[at])
        at += 1
    return inside


def _pronoun(page: Page, first: int, end: int) -> int | None:
    """Return the token of the pronoun that the phrase is: "he", "he himself", "both of them", "his"."""
    all_of = end - first == 3 and page.lower[first + 1] == "of" and page.lower[first] in {"both", "all"}
    i = first + 2 if all_of else first
    if page.lower[i] not in pronouns() or page.words[i] in _NAMES or page.tags[i].startswith("NNP"):
        return None
    if end - first == 1:
        return i
    return (
        i
        if page.tags[i] in {"PRP", "WP", "WDT"} and end - first <= 3 and page.lower[first + 1] != "of"
        else None
    )


def _described(page: Page, first: int, end: int, inside: Sequence[Occurrence]) -> Mention:
    """Classify a phrase whose head is no person's name."""
    head = core_end(page, first, end) - 1
    while head > first and not page.is_word(head):
        head -= 1
    head = _head_of_in_law(page, first, head)
    if page.lower[first] in _WORDS_FOR_PEOPLE and page.tags[min(first + 1, head)][:2] != "NN":
        head = first
    noun = singular(page.lower[head].rstrip("."))
    owner = next((found for found in inside if found.end <= head and found.use == "possessive"), None)
    age = _AGE.search(page.slice(first, end))
    other = head == first and noun == "another"
    other = other or (head == first + 1 and page.lower[first] == "a" and noun in _ORDINALS)
    other = other or (head == first + 1 and (page.lower[first], page.lower[head]) == ("the", "other"))
    in_two_words = (page.lower[head - 1], noun) in _PERSON_IN_TWO_WORDS and head > first
    kind = "group" if is_joined(page, head, end) else _kind_of(page, first, head, noun)
    kind = "person" if in_two_words or other else kind
    told = noun in nouns("words of somebody") | nouns("held by somebody")
    if kind in {"document", "group", "other"} and told:
        owner = owner or next((found for found in inside if found.end == head), None)
        owner = owner or _author(page, head, inside)
        if owner is not None or (page.tags[first] == "PRP$" and head > first):
            kind = "owned"
    if age and kind in {"other", "proper"}:
        kind = "person"
    owned = "POS" in page.tags[first:head]
    definite = owned or (page.tags[first] in {"DT", "PRP$"} and not is_indefinite(page, first, head))
    return Mention(
        kind,
        first,
        end,
        head,
        occurrence=owner,
        definite=definite or owner is not None,
        age=age[1] if age else None,
        stop=stop_of(page, head, end),
        noun=noun,
    )


def _author(page: Page, head: int, inside: Sequence[Occurrence]) -> Occurrence | None:
    """Return the person whose words a noun stands for: "the words of [Ann Lee]", "of the mayor [Ann Lee]"."""
    if page.lower[head + 1 : head + 2] not in (["of"], ["from"], ["by"]):
        return None
    found = next((one for one in inside if one.start > head and one.use == "plain"), None)
    if found is None:
        return None
    between = range(head + 2, found.start)
    led = all(page.tags[i] in _BEFORE_NAME or page.lower[i] == "of" for i in between)
    return found if led else None


def _head_of_in_law(page: Page, first: int, head: int) -> int:
    """Return the first word of "mother-in-law" where its last is taken for the head."""
    in_law = head - 4 >= first and page.lower[head - 3 : head + 1] == ["-", "in", "-", "law"]
    return head - 4 if in_law else head


def is_indefinite(page: Page, first: int, head: int) -> bool:
    """Tell whether "a", "another" or "one" introduces the noun: "a judge", "at least one judge"."""
    return any(page.lower[i] in INDEFINITE for i in range(first, min(first + 3, head + 1)))


def _kind_of(page: Page, first: int, head: int, noun: str) -> Kind:
    lower, tag = page.lower[head], page.tags[head]
    nobody = head > first and page.lower[first] == "no"
    nobody = nobody or (head == first + 1 and noun == "head" and page.lower[first] in {"his", "her", "my"})
    if nobody or lower in _WORDS_FOR_PEOPLE:
        return "other" if nobody else _WORDS_FOR_PEOPLE[lower]
    several = lower != noun and tag in {"NNS", "NNPS"} and noun in person_nouns()
    numbered = _NUMBERED.fullmatch(page.slice(first, head + 1)) is not None
    crowd = noun in nouns("group") and not (noun == "staff" and tag == "NNP")
    crowd = crowd and not (noun == "host" and page.lower[head + 1 : head + 2] != ["of"])
    few = several or crowd or lower in nouns("quantifiers") or tag == "CD" or lower == "%"
    if few and not numbered:
        return "group"
    if _is_national(page, first, head) or numbered:
        return "person"
    initials = page.words[head].isupper() and len(page.words[head]) > 2
    initials = initials or _is_brand(page, first, head)
    alone = head == first and tag == "NNS" and not page.labels[head] and not page.opens_sentence(head)
    named = initials or ((alone or tag.startswith("NNP")) and page.words[head][0].isupper())
    role = head == first and noun in person_nouns() and page.words[head].isupper()
    if named and not role and not _common(page, first, head, noun):
        return "proper"
    if tag in {"NNS", "NNPS"} or (lower != noun and lower.endswith("s")):
        return "document" if noun in nouns("document") else "group"
    return _singular_kind(page, head, noun)


def _is_brand(page: Page, first: int, head: int) -> bool:
    """Tell whether a word is or ends a firm's name, but does not begin with a capital: "eBay", "Rio plc"."""
    word = page.words[head]
    within = word[0].islower() or word[0].isdigit()
    legal = word.lower() in _LEGAL_FORMS and head > first and page.words[head - 1][0].isupper()
    return legal or (within and any(letter.isupper() for letter in word[1:]))


def _singular_kind(page: Page, head: int, noun: str) -> Kind:
    if noun in person_nouns() or is_deputy(page, head):
        return "person"
    if noun in nouns("document"):
        return "document"
    if noun in body_nouns():
        return "body"
    if page.words[head][0].isupper() and page.labels[head]:
        return "proper"
    if noun in {"latter", "former"}:
        return "other"
    agent = is_agent(noun) and page.tags[head] in {"NN", "NNP"}
    return "person" if agent else "other"


def _common(page: Page, first: int, head: int, noun: str) -> bool:
    """Tell whether a capitalised head is a noun for a person after all: "US Official", "the MLA"."""
    if noun not in person_nouns():
        return False
    label = page.labels[head]
    short = head == first + 1 and page.lower[first] == "the" and page.words[head].isupper()
    led = head > first + 1 and page.lower[first] in {"the", "a", "an"}
    misread = label in {"PERSON", "WORK_OF_ART"} and led
    misread = misread or (page.lower[first] == "the" and noun in role_words("named offices"))
    return not label or (label == "NORP" and head > first) or misread or short


def _is_national(page: Page, first: int, head: int) -> bool:
    """Tell whether "the Italian" or "the Frenchman" is one person."""
    lower = page.lower[head]
    if lower in person_nouns() and is_indefinite(page, first, head):
        return True
    if head != first + 1 or not page.words[head][0].isupper() or lower.endswith("s"):
        return False
    if page.lower[first] in {"a", "an", "another", "one"}:
        return page.labels[head] == "NORP"
    return page.lower[first] == "the" and place_of_person(lower) is not None
