"""What the article says of a person: titles, appositions, "who is", ages, parties; and who fits a description.

Only what stands in this article counts: who holds which office in the world is not known here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.words import (
    is_title,
    person_nouns,
    place,
    role_synonyms,
    singular,
    titles,
)

LONGEST = 16
"""Tokens of a role at most."""

LOWER_RANKS = frozenset(
    {"vice", "deputy", "assistant", "under", "acting", "junior", "shadow", "vice-president"}
)
FORMER = frozenset({"former", "ex", "ex-", "late", "retired", "outgoing", "then"})
NARROWING = frozenset({"prime", "foreign", "defence", "defense", "finance", "interior", "health", "home"})
"""Modifiers that make another office of an office: a prime minister is no foreign minister."""

_EMPTY = frozenset(
    "the a an of to for at in on by and or 's ' his her their its our my - , . & / from with".split()
)
_PARTY = re.compile(r"\s*(?:\(|,\s*)([DRI])(?:[-‐–]\s?([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?))?\s*[),]")
_AGE = re.compile(r"\s*(?:,|\()\s*(\d{1,3})\s*[,.)]")
_NOUN_LIKE = ("NN", "JJ", "POS", "HYPH", "CD", "VBN", "VBG", "AFX")


@dataclass(frozen=True, slots=True)
class Description:
    """A role as a set of words: ``heads`` are its nouns for a person, ``words`` all that tells it from others."""

    heads: frozenset[str]
    words: frozenset[str]
    text: str = ""

    def marked(self, words: frozenset[str]) -> bool:
        """Tell whether the description has one of ``words``, such as "former"."""
        return bool(self.words & words)


@dataclass(slots=True)
class Facts:
    """What the article says of one person, in text order."""

    descriptions: list[Description] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)

    def add(self, description: Description) -> None:
        """Note one more description."""
        self.descriptions.append(description)
        self.words |= description.words


def describe(page: Page, first: int, end: int, *, role: bool = True) -> Description:
    """Read tokens ``[first, end)`` as a role: "the former U.S. ambassador to Poland".

    Places, parties and adjectives of them count by what they point to: "Kyiv" is Ukraine.
    """
    words: set[str] = set()
    heads: list[str] = []
    i = first
    while i < end:
        pair = place(f"{page.lower[i]} {page.lower[i + 1]}") if i + 1 < end else None
        single = pair or (place(page.lower[i]) if page.words[i][0].isupper() else None)
        if single:
            words.add(":".join(single))
        noun = singular(page.lower[i].rstrip("."))
        if noun not in _EMPTY:
            words.add(noun)
            if noun in person_nouns() and not _modifies(page, i, end):
                heads.append(noun)
        i += 2 if pair else 1
    return Description(
        frozenset(heads), frozenset(words), page.slice(*_bare(page, first, end)) if role else ""
    )


def _modifies(page: Page, i: int, end: int) -> bool:
    """Tell whether the noun at ``i`` only modifies the next one: the president of "president elect"."""
    return i + 1 < end and page.tags[i + 1].startswith("NN") and page.words[i + 1][0].islower()


def _bare(page: Page, first: int, end: int) -> Range:
    """Cut articles and possessive pronouns off the left, honorifics off the right."""
    while first < end and page.tags[first] in {"DT", "PRP$", "CC", ",", "IN"}:
        first += 1
    while first < end and (
        page.lower[end - 1].rstrip(".") in titles("honorific") or not page.is_word(end - 1)
    ):
        end -= 1
    return first, end


def gather_facts(page: Page, occurrences: Sequence[Occurrence]) -> dict[int, Facts]:
    """Return what the article says of each person, by the person's number."""
    facts: dict[int, Facts] = defaultdict(Facts)
    named = {i for found in occurrences if found.use == "plain" for i in range(found.start, found.end)}
    for found in occurrences:
        if found.person is None or found.use == "compound":
            continue
        mine = facts[found.person.number]
        for first, end in _roles(page, found, named):
            mine.add(describe(page, first, end))
        after = page.text[page.ends[found.end - 1] : page.ends[found.end - 1] + 40]
        if party := _PARTY.match(after):
            mine.words |= _party_words(party[1], party[2])
        if age := _AGE.match(after):
            mine.ages.add(age[1])
    return facts


def _party_words(party: str, state: str | None) -> set[str]:
    points = (place(party.lower()), place((state or "").lower()))
    return {":".join(point) for point in points if point}


def _roles(page: Page, found: Occurrence, named: set[int]) -> Iterator[Range]:
    """Yield the token ranges that describe the person named at ``found``."""
    finders = (_before, _left_apposition, _right_apposition, _copula)
    for finder in finders:
        where = finder(page, found, named)
        if where is not None and where[0] < where[1]:
            yield where


def _before(page: Page, found: Occurrence, named: set[int]) -> Range | None:
    """The title phrase before a name: "Russian Foreign Ministry Spokesperson", "the head of Russian diplomacy"."""
    first = found.start
    preposition = None
    while (
        first > 0
        and found.start - first < LONGEST
        and page.sentences[first - 1] == page.sentences[found.start]
    ):
        i = first - 1
        tag, lower = page.tags[i], page.lower[i]
        if i in named or page.deps[i] == "punct" and tag not in {"HYPH", "POS"}:
            break
        if tag in {"IN", "TO"}:
            if preposition is not None or first == found.start or not _is_role(page, i - 1):
                break
            if any(_is_role(page, j) for j in range(first, found.start)):
                break
            preposition = i
        elif tag == "CC":
            if not (_is_role(page, i - 1) and first < found.start):
                break
        elif tag in {"DT", "PRP$"}:
            first = i
            if preposition is None or i < preposition:
                break
            continue
        elif (
            not tag.startswith(_NOUN_LIKE)
            or (tag.startswith("VB") and first == found.start)
            or tag in {"NNS", "NNPS"}
            and first == found.start
        ):
            break
        first = i
    last = found.start - 1
    while last > first and page.lower[last].rstrip(".") in titles("honorific"):
        last -= 1
    head = preposition - 1 if preposition is not None else last
    return (first, found.start) if first < found.start and _is_role(page, head) else None


def _is_role(page: Page, i: int) -> bool:
    """Tell whether the token is a noun for one person: in the singular, or a title of office."""
    if i < 0:
        return False
    lower = page.lower[i].rstrip(".")
    if lower in titles("honorific"):
        return False
    return lower in person_nouns() or (is_title(lower) and page.words[i][0].isupper())


def _left_apposition(page: Page, found: Occurrence, named: set[int]) -> Range | None:
    """The description before a comma and a name: "The state's campaign chairman, Phil Lovas,"."""
    comma = found.first - 1
    if comma < 1 or page.words[comma] != "," or page.sentences[comma] != page.sentences[found.start]:
        return None
    first = comma
    while first > 0 and comma - first < LONGEST and page.sentences[first - 1] == page.sentences[comma]:
        tag = page.tags[first - 1]
        if not (tag.startswith((*_NOUN_LIKE, "DT", "PRP$", "IN")) or tag == "TO"):
            break
        first -= 1
        if tag in {"DT", "PRP$"} and (first == 0 or page.tags[first - 1] not in {"IN", "TO"}):
            break
    head = next((i for i in range(first, comma) if page.tags[i] in {"IN", "TO"} and i > first), comma) - 1
    if first >= comma or page.tags[first] == "IN" or head in named or not _is_role(page, head):
        return None
    closes = (
        found.end >= len(page)
        or page.words[found.end] in {",", ".", ";"}
        or page.tags[found.end].startswith("VB")
    )
    return (first, comma) if closes and page.tags[first] in {"DT", "PRP$", "NNP", "JJ"} else None


def _right_apposition(page: Page, found: Occurrence, named: set[int]) -> Range | None:
    """The description after a comma: "Daniel Fried, the former U.S. ambassador to Poland,"."""
    i = found.end
    if found.use != "plain" or i >= len(page) or page.words[i] not in {",", "(", "–", "—", "-", "--"}:
        return None
    i += 1
    if i + 1 < len(page) and page.words[i].isdigit() and page.words[i + 1] == ",":
        i += 2
    if i < len(page) and page.lower[i] == "who":
        return _predicate(page, i + 1, named)
    return _noun_phrase(page, i, named)


def _copula(page: Page, found: Occurrence, named: set[int]) -> Range | None:
    """The predicate: "Kuzio is a professor at Kyiv", "Shah, who was the coroner"."""
    return _predicate(page, found.end, named) if found.use == "plain" else None


def _predicate(page: Page, i: int, named: set[int]) -> Range | None:
    if (
        i < len(page)
        and page.lower[i] in {"is", "was", "became", "remains", "’s", "'s"}
        and page.tags[i] != "POS"
    ):
        return _noun_phrase(page, i + 1, named)
    return None


def _noun_phrase(page: Page, first: int, named: set[int]) -> Range | None:
    """Return the noun phrase for one person that begins at ``first``, up to a comma, "who" or a verb."""
    if first >= len(page) or first in named or page.tags[first] in {"IN", "PRP", "CC", "RB", "WRB"}:
        return None
    end, head = first, None
    while end < len(page) and end - first < LONGEST and page.sentences[end] == page.sentences[first]:
        tag, lower = page.tags[end], page.lower[end]
        if page.words[end] in {",", ";", "(", ")", ":", "–", "—", "--", '"', "."} or lower in {
            "who",
            "which",
            "that",
        }:
            break
        if tag in {"VBD", "VBZ", "VBP", "MD"} or (tag in {"IN", "TO"} and head is None):
            break
        if (
            head is None
            and lower.rstrip(".") in person_nouns()
            and not (end + 1 < len(page) and page.tags[end + 1].startswith("NN"))
        ):
            head = end
        end += 1
    return (first, end) if head is not None else None


def rank_fits(query: Description, people: Mapping[int, Facts]) -> list[tuple[float, int]]:
    """Return who fits a description, with scores, the best first; those whom the words contradict are left out."""
    scores = ((_fit(query, facts), number) for number, facts in people.items())
    return sorted(((score, number) for score, number in scores if score >= 0.5), reverse=True)


def _fit(query: Description, facts: Facts) -> float:
    if _contradicts(query.words, facts.words):
        return 0.0
    best = max((_head_fit(query, mine) for mine in facts.descriptions), default=0.0)
    if not best:
        party = {word for word in query.words if word.startswith("parties:")}
        return (
            0.6
            if party and party <= facts.words and query.heads <= {"republican", "democrat", "tory"}
            else 0.0
        )
    wanted = {
        word for word in query.words - query.heads - LOWER_RANKS - FORMER if not _doubled(word, query.words)
    }
    found = sum(word in facts.words for word in wanted)
    missing = wanted - facts.words
    return best + 0.35 * found - sum(0.5 if word in NARROWING else 0.2 for word in missing)


def _doubled(word: str, words: Iterable[str]) -> bool:
    """Tell whether a plain word is also there as the place that it points to: count it once."""
    point = place(word)
    return point is not None and ":" not in word and ":".join(point) in words


def _head_fit(query: Description, mine: Description) -> float:
    if query.heads & mine.heads:
        fit = 1.0
    elif any(synonym in mine.heads for head in query.heads for synonym in role_synonyms(head)):
        fit = 0.75
    else:
        return 0.0
    if query.marked(LOWER_RANKS) != mine.marked(LOWER_RANKS):
        fit -= 0.5
    if query.marked(FORMER) != mine.marked(FORMER):
        fit -= 0.15
    return fit


def _contradicts(query: Iterable[str], known: set[str]) -> bool:
    """Tell whether both name places of one kind and share none: the French president is not Russia's."""
    for kind in ("places:", "parties:", "us_states:"):
        wanted = {word for word in query if word.startswith(kind)}
        have = {word for word in known if word.startswith(kind)}
        if wanted and have and not wanted & have:
            return True
    return False
