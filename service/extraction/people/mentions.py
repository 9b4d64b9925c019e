"""What kind of mention a source is: a pronoun, a name, a role, a body, a group; and where its head stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.words import gendered, nouns, person_nouns, pronoun_gender, singular

Kind = Literal["pronoun", "name", "names", "person", "group", "body", "document", "proper", "other"]
"""``person`` is a role or description of one person, ``proper`` a name that is no known person's."""

PRONOUNS = frozenset().union(
    *(
        gendered(group)
        for group in (
            "male pronouns",
            "female pronouns",
            "neuter pronouns",
            "plural pronouns",
            "speaker pronouns",
            "hearer pronouns",
            "relative pronouns",
        )
    )
)
_STOP_WORDS = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "whether"})
_STOP_TAGS = ("IN", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB", ":")
_AGE = re.compile(r"\b(\d{1,3})-year-old\b")


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
    noun: str = ""
    """The head noun, lowered and in the singular."""


def classify(page: Page, first: int, end: int, occurrences: Sequence[Occurrence]) -> Mention:
    """Tell what the phrase of tokens ``[first, end)`` is; ``occurrences`` are all names, in text order."""
    core_first = _skip_quantity(page, first, end)
    if page.lower[core_first] in PRONOUNS and (end - first <= 2 or page.tags[core_first] in {"PRP", "WP"}):
        if page.tags[core_first] not in {"PRP$", "DT"} or end - first == 1:
            return Mention("pronoun", first, end, core_first, noun=page.lower[core_first])
    inside = _within(occurrences, first, end)
    plain = [found for found in inside if found.use == "plain"]
    coordinated = _coordination(page, plain, first, end)
    if coordinated:
        return Mention("names", first, end, page.governed(first, end), names=coordinated)
    named = _named_head(page, plain, first, end)
    if named is not None:
        return Mention("name", first, end, named.end - 1, named)
    return _described(page, first, end, inside)


def _skip_quantity(page: Page, first: int, end: int) -> int:
    """Return where a pronoun would stand: after "both of", "all of", or first."""
    if end - first == 3 and page.lower[first + 1] == "of":
        return first + 2
    return first


def _within(occurrences: Sequence[Occurrence], first: int, end: int) -> list[Occurrence]:
    at = bisect_left(occurrences, first, key=lambda found: found.start)
    inside: list[Occurrence] = []
    while at < len(occurrences) and occurrences[at].start < end:
        inside.append(occurrences[at])
        at += 1
    return inside


def _coordination(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> tuple[Occurrence, ...]:
    """Return the names joined by "and" or commas that the phrase consists of; none for a single speaker."""
    if not plain or page.slice(first, plain[0].first).lower() not in {
        "",
        "both",
        "presidents",
        "sens.",
        "reps.",
    }:
        return ()
    at, names = plain[0].end, [plain[0]]
    for found in plain[1:]:
        between = [page.lower[i] for i in range(at, found.first)]
        if _bracketed(between) and _only_joins(_without_brackets(between)):
            names.append(found)
            at = found.end
    joined = any(page.lower[i] in {"and", "&", "or"} for i in range(plain[0].end, names[-1].first))
    if len(names) > 1 and joined:
        return tuple(names)
    after = [page.lower[i] for i in range(plain[0].end, min(end, plain[0].end + 2))]
    return tuple(names) if after[:1] == ["and"] and not _is_role_after(page, plain[0].end + 1, end) else ()


def _bracketed(words: Sequence[str]) -> bool:
    return words.count("(") == words.count(")")


def _without_brackets(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if not depth and word != ")":
            kept.append(word)
    return kept


def _only_joins(words: Sequence[str]) -> bool:
    return bool(words) and all(
        word in {",", "and", "&", "or"} or singular(word) in person_nouns() for word in words
    )


def _is_role_after(page: Page, i: int, end: int) -> bool:
    """Tell whether what follows "and" goes on about the same person rather than naming another."""
    return i >= end or page.tags[i].startswith("VB")


def _named_head(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> Occurrence | None:
    """Return the name that the phrase is about: "the head of diplomacy Sergey Lavrov", "the coach, Ann Li,".

    Not about: "a spokesman for Ann Li", "people close to Ann Li", "the lawyer who defended Ann Li".
    """
    root = page.governed(first, end)
    for found in plain:
        if found.start <= root < found.end and found.first <= first + 1:
            return found
        if found.first == first or _only_title(page, first, found.first):
            return found
        if (
            found.start - first <= 16
            and page.words[found.first - 1] == ","
            and not _is_list(page, found, end)
        ):
            return found if _is_description(page, first, found.first - 1) else None
    return None


def _only_title(page: Page, first: int, start: int) -> bool:
    """Tell whether tokens ``[first, start)`` are a title phrase that ends in a noun of rank or a modifier."""
    preposition = False
    for i in range(first, start):
        tag = page.tags[i]
        if tag in {"IN", "TO"}:
            preposition = True
        elif (
            tag.startswith(("VBD", "VBZ", "MD", "PRP", "W"))
            and tag != "PRP$"
            or page.words[i] in {",", '"', ":"}
        ):
            return False
    if not preposition:
        return page.tags[start - 1] not in {"NNS"} or page.words[start - 1][0].isupper()
    at = next(i for i in range(start - 1, first - 1, -1) if page.tags[i] in {"IN", "TO"})
    role = at > first and singular(page.lower[at - 1]) in person_nouns()
    return role and start - at > 1 and not any(page.lower[i] in person_nouns() for i in range(at + 1, start))


def _is_list(page: Page, found: Occurrence, end: int) -> bool:
    return found.end + 1 < end and page.lower[found.end] in {"and", "&"}


def _is_description(page: Page, first: int, end: int) -> bool:
    """Tell whether tokens ``[first, end)`` describe one person, so that a name after a comma says who."""
    for i in range(first, end):
        if page.tags[i] in {"IN", "TO"} or page.lower[i] in _STOP_WORDS:
            end = i
            break
    return end > first and page.lower[end - 1].rstrip(".") in person_nouns()


def _described(page: Page, first: int, end: int, inside: Sequence[Occurrence]) -> Mention:
    """Classify a phrase whose head is no person's name."""
    stop = _core_end(page, first, end)
    head = stop - 1
    while head > first and not page.is_word(head):
        head -= 1
    lower, tag = page.lower[head], page.tags[head]
    noun = singular(lower)
    possessor = next((found for found in inside if found.end <= head and found.use == "possessive"), None)
    definite = page.tags[first] in {"DT", "PRP$"} and page.lower[first] not in {
        "a",
        "an",
        "another",
        "some",
        "any",
        "no",
    }
    age = _AGE.search(page.slice(first, end))
    kind = _kind_of(page, head, noun, tag)
    if age and kind in {"other", "proper"}:
        kind = "person"
    return Mention(
        kind,
        first,
        end,
        head,
        occurrence=possessor,
        definite=definite or possessor is not None,
        age=age[1] if age else None,
        noun=noun,
    )


def _core_end(page: Page, first: int, end: int) -> int:
    """Return where the core of a noun phrase ends: before a comma, a preposition, "who", a verb."""
    for i in range(first, end):
        if page.words[i] in {",", "(", "–", "—", "--", ";", ":"} and i > first:
            return i
        if i > first and (page.lower[i] in _STOP_WORDS or page.tags[i].startswith(_STOP_TAGS)):
            return i
        if (
            i > first + 1
            and page.tags[i] in {"VBG", "VBN"}
            and page.tags[i - 1].startswith("NN")
            and not _noun_after(page, i, end)
        ):
            return i
    return end


def _noun_after(page: Page, i: int, end: int) -> bool:
    return i + 1 < end and page.tags[i + 1].startswith("NN")


def _kind_of(page: Page, head: int, noun: str, tag: str) -> Kind:
    lower = page.lower[head]
    if lower in nouns("quantifiers") or noun in nouns("group") or tag == "CD" or lower == "%":
        return "group"
    if tag in {"NNP", "NNPS"} and page.words[head][0].isupper() and not _common(page, head, noun):
        return "proper"
    plural = tag in {"NNS", "NNPS"} or (lower != noun and lower.endswith("s"))
    if plural and noun in nouns("document"):
        return "document"
    if plural:
        return "group"
    if noun in person_nouns():
        return "person"
    if noun in nouns("document"):
        return "document"
    if noun in nouns("organisation"):
        return "body"
    return "proper" if page.words[head][0].isupper() and page.labels[head] else "other"


def _common(page: Page, head: int, noun: str) -> bool:
    """Tell whether a capitalised head is a noun for a person after all: "US Official", "The Judge"."""
    return noun in person_nouns() and page.labels[head] not in {"ORG", "PERSON", "GPE", "NORP"}


def is_plural(page: Page, mention: Mention) -> bool:
    """Tell whether "they" fits the mention better than "he", "she" or "it"."""
    return mention.kind in {"group", "names"} or page.tags[mention.head] in {"NNS", "NNPS"}


def gender_of(mention: Mention) -> str | None:
    """Return the gender of a pronoun mention."""
    return pronoun_gender(mention.noun) if mention.kind == "pronoun" else None
