"""What kind of mention a source is: a pronoun, a name, a role, a body, a group; and where its head stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.tokens import is_letters
from service.extraction.people.words import nouns, person_nouns, place_of_person, pronouns, singular

Kind = Literal["pronoun", "name", "names", "owned", "person", "group", "body", "document", "proper", "other"]
"""``person`` is a role or description of one person, ``proper`` a name that is no known person's, ``owned`` the
words of somebody: "her message", "a Trump tweet"."""

INDEFINITE = frozenset({"a", "an", "another", "some", "any", "no", "one", "every", "each"})
_CLAUSES = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "whether"})
_BREAKS = frozenset({",", "(", "–", "—", "--", ";", ":", '"'})
_AFTER_CORE = ("IN", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB", ":")
_AGE = re.compile(r"\b(\d{1,3})-year-old\b")
_AGENT = re.compile(
    r"[a-z]{3}(?:[^aeiou]er|[ie]er|surgeon|[a-z]man|woman|person|[aeiou][dt]or|ician|arian|ist|aire)$"
)
"""How nouns end for a person who does something: announcer, narrator, essayist."""
_WORDS_FOR_PEOPLE: dict[str, Kind] = {
    "someone": "person",
    "somebody": "person",
    "anyone": "group",
    "everyone": "group",
    "everybody": "group",
    "those": "group",
}


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
    pronoun = _pronoun(page, first, end)
    if pronoun is not None:
        return Mention("pronoun", first, end, pronoun, noun=page.lower[pronoun])
    inside = within(occurrences, first, end)
    if inside and inside[0].first <= first and _only_possessive(page, inside[0].end, end):
        return Mention("name", first, end, inside[0].end - 1, inside[0])
    plain = [found for found in inside if found.use == "plain"]
    several = _coordinated(page, plain, first, end)
    if several:
        return Mention("names", first, end, page.governed(first, end), names=several)
    named = _named_head(page, plain, first, end)
    if named is not None:
        return Mention("name", first, end, named.end - 1, named)
    return _described(page, first, end, inside)


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
    i = first + 2 if end - first == 3 and page.lower[first + 1] == "of" else first
    if page.lower[i] not in pronouns() or page.words[i] == "US" or page.tags[i].startswith("NNP"):
        return None
    if end - first == 1:
        return i
    return i if page.tags[i] in {"PRP", "WP", "WDT"} and end - first <= 3 else None


def _coordinated(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> tuple[Occurrence, ...]:
    """Return the names joined by "and" that the phrase consists of; none for a single speaker.

    Handles: Obama and Clinton; Tester (D-Mont.), Vitter (R-La.) and Brown; Craig Bryan and other scientists.
    """
    if not plain or any(page.is_word(i) for i in range(first, plain[0].first) if not _plural_title(page, i)):
        return ()
    names = [plain[0]]
    for found in plain[1:]:
        if not _only_joins(page, names[-1].end, found.first):
            break
        names.append(found)
    joins = [page.lower[i] for i in range(plain[0].end, min(end, names[-1].end + 1))]
    if "and" not in joins and "&" not in joins:
        return ()
    follows = names[-1].end + 1
    if len(names) > 1 or (
        page.lower[names[-1].end] == "and" and follows < end and page.tags[follows][:2] != "VB"
    ):
        return tuple(names)
    return ()


def _plural_title(page: Page, i: int) -> bool:
    return page.lower[i] == "both" or (page.tags[i] in {"NNS", "NNPS"} and page.words[i][0].isupper())


def _only_joins(page: Page, first: int, end: int) -> bool:
    """Tell whether only commas, "and", titles and brackets stand between two names."""
    depth = 0
    for i in range(first, end):
        word = page.lower[i]
        depth += (word == "(") - (word == ")")
        if depth or word in {")", ",", "and", "&", "or"}:
            continue
        if not word.isspace() and (
            singular(word.rstrip(".")) not in person_nouns() or page.tags[i - 1] == "DT"
        ):
            return False
    return first < end


def _named_head(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> Occurrence | None:
    """Return the name that the phrase is about: "the head of diplomacy Sergey Lavrov", "the coach, Ann Li,".

    Not about: "a spokesman for Ann Li", "people close to Ann Li", "the lawyer who defended Ann Li".
    """
    root = page.governed(first, end)
    for found in plain:
        if found.end < end and page.tags[found.end] in {"NN", "NNS"} and page.words[found.end].islower():
            continue
        if found.start <= root < found.end and found.first <= first + 1:
            return found
        if found.first <= first or _only_title(page, first, found.first):
            return found
        comma = _comma_before(page, found, first)
        if comma is not None and found.start - first <= 20:
            several = found.end + 1 < end and page.lower[found.end] == "and"
            return found if not several and _is_description(page, first, comma) else None
    return None


def _only_title(page: Page, first: int, start: int) -> bool:
    """Tell whether tokens ``[first, start)`` are a title phrase, as "the head of diplomacy"."""
    at = None
    for i in range(first, start):
        tag = page.tags[i]
        if tag in {"IN", "TO"}:
            at = i
        elif page.words[i] in _BREAKS or (tag.startswith(("VBD", "VBZ", "MD", "PRP", "W")) and tag != "PRP$"):
            return False
    if at is None:
        return page.tags[start - 1] != "NNS" or page.words[start - 1][0].isupper()
    between = range(at + 1, start)
    role = at > first and singular(page.lower[at - 1]) in person_nouns()
    return role and len(between) > 0 and not any(page.lower[i] in person_nouns() for i in between)


def _comma_before(page: Page, found: Occurrence, first: int) -> int | None:
    """Return the comma that sets a name off, titles between: "Scott's niece, state Del. Marcia Price"."""
    i = found.first - 1
    while i > first and page.tags[i].startswith(("NN", "JJ")):
        i -= 1
    return i if i > first and page.words[i] == "," else None


def _is_description(page: Page, first: int, end: int) -> bool:
    """Tell whether tokens ``[first, end)`` describe one person, so that a name after a comma says who."""
    noun = core_end(page, first, end) - 1
    if noun < first or not page.tags[noun].startswith("NN") or page.tags[noun] in {"NNS", "NNPS"}:
        return False
    return page.lower[noun] not in nouns("organisation") | nouns("document")


def _described(page: Page, first: int, end: int, inside: Sequence[Occurrence]) -> Mention:
    """Classify a phrase whose head is no person's name."""
    head = core_end(page, first, end) - 1
    while head > first and not page.is_word(head):
        head -= 1
    if page.lower[first] in _WORDS_FOR_PEOPLE and page.tags[min(first + 1, head)][:2] != "NN":
        head = first
    noun = singular(page.lower[head].rstrip("."))
    owner = next((found for found in inside if found.end <= head and found.use == "possessive"), None)
    age = _AGE.search(page.slice(first, end))
    kind = "group" if _joined(page, head, end) else _kind_of(page, first, head, noun)
    if kind in {"document", "other"} and noun in nouns("words of somebody"):
        owner = owner or next((found for found in inside if found.end == head), None)
        if owner is not None or (page.tags[first] == "PRP$" and head > first):
            kind = "owned"
    if age and kind in {"other", "proper"}:
        kind = "person"
    definite = page.tags[first] in {"DT", "PRP$"} and not is_indefinite(page, first, head)
    return Mention(
        kind,
        first,
        end,
        head,
        occurrence=owner,
        definite=definite or owner is not None,
        age=age[1] if age else None,
        stop=_stop(page, head, end),
        noun=noun,
    )


def _stop(page: Page, head: int, end: int) -> int:
    """Return where "who", a comma or a dash ends what is said of the head, or ``end``.

    A proper name also ends where its entity does: "Darran Whiting of Liberty Church" is Darran Whiting.
    """
    if (
        page.tags[head].startswith("NNP")
        and head + 1 < end
        and page.lower[head + 1] in {"of", "from", "at", "in"}
    ):
        if page.labels[head] and page.labels[head + 1] == "":
            return head + 1
    clause = (
        i for i in range(head + 1, end) if page.lower[i] in _CLAUSES or page.words[i] in _BREAKS - {'"'}
    )
    return next(clause, end)


def is_indefinite(page: Page, first: int, head: int) -> bool:
    """Tell whether "a", "another" or "one" introduces the noun: "a judge", "at least one judge"."""
    return any(page.lower[i] in INDEFINITE for i in range(first, min(first + 3, head + 1)))


def _joined(page: Page, head: int, end: int) -> bool:
    """Tell whether "and" and another noun phrase follow: "the party and its allies", not "founder and owner"."""
    i = head + 1
    if i + 1 >= end or page.lower[i] != "and":
        return False
    own = page.tags[i + 1] in {"DT", "PRP$"}
    return own or any(page.tags[j] in {"NNS", "NNPS"} for j in range(i + 1, core_end(page, i + 1, end)))


def core_end(page: Page, first: int, end: int) -> int:
    """Return where the core of a noun phrase ends: before a comma, a preposition, "who", a verb."""
    for i in range(first + 1, end):
        tag = page.tags[i]
        if page.words[i] == "," and page.tags[i - 1].startswith("JJ"):
            continue
        adjective = tag == "JJ" and i + 1 < end and page.tags[i + 1] in {"IN", "TO"}
        if (
            tag in {"PRP", "CC"} or adjective or page.lower[i] in {"last", "this", "next", "later", "earlier"}
        ) and page.tags[i - 1].startswith(("NN", "DT", "CD")):
            return i
        if page.words[i] in _BREAKS or page.lower[i] in _CLAUSES or tag.startswith(_AFTER_CORE):
            return i
        participle = tag in {"VBG", "VBN"} and page.tags[i - 1].startswith("NN")
        if participle and not (i + 1 < end and page.tags[i + 1].startswith("NN")):
            return i
    return end


def _kind_of(page: Page, first: int, head: int, noun: str) -> Kind:
    lower, tag = page.lower[head], page.tags[head]
    if lower in _WORDS_FOR_PEOPLE:
        return _WORDS_FOR_PEOPLE[lower]
    if lower in nouns("quantifiers") or noun in nouns("group") or tag == "CD" or lower == "%":
        return "group"
    if _is_national(page, first, head):
        return "person"
    if tag.startswith("NNP") and page.words[head][0].isupper() and not _common(page, first, head, noun):
        return "proper"
    if tag in {"NNS", "NNPS"} or (lower != noun and lower.endswith("s")):
        return "document" if noun in nouns("document") else "group"
    return _singular_kind(page, head, noun)


def _singular_kind(page: Page, head: int, noun: str) -> Kind:
    if noun in person_nouns():
        return "person"
    if noun in nouns("document"):
        return "document"
    if noun in nouns("organisation"):
        return "body"
    if page.words[head][0].isupper() and page.labels[head]:
        return "proper"
    agent = _AGENT.search(noun) and noun not in nouns("things in -er") and page.tags[head] in {"NN", "NNP"}
    return "person" if agent else "other"


def _common(page: Page, first: int, head: int, noun: str) -> bool:
    """Tell whether a capitalised head is a noun for a person after all: "US Official", "The Republican"."""
    if noun not in person_nouns():
        return False
    label = page.labels[head]
    return not label or (label == "NORP" and head > first)


def _is_national(page: Page, first: int, head: int) -> bool:
    """Tell whether "the Italian" or "the Frenchman" is one person."""
    lower = page.lower[head]
    if head != first + 1 or not page.words[head][0].isupper() or lower.endswith("s"):
        return False
    if page.lower[first] in {"a", "an", "another", "one"}:
        return page.labels[head] == "NORP"
    return page.lower[first] == "the" and place_of_person(lower) is not None
