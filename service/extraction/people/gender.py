"""What the article lets us suppose about the pronoun of a person: no claim, only a help to link mentions.

Titles and gendered nouns count most, then the given name, then the form of a Slavic or Icelandic surname,
then pronouns near the only person of a passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from service.extraction.people.inventory import Person
from service.extraction.people.names import name_gender
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.roles import Facts
from service.extraction.people.words import (
    FEMALE,
    MALE,
    noun_gender,
    pronoun_gender,
)

_FEMININE_SURNAME = re.compile(r"(?:[oe]va|skaya|skaia|ckaya|[oe]vna|dottir|iene|aite|opoulou|ska)$")
SIGNS = {FEMALE: 1.0, MALE: -1.0}
LEAST = 1.0
"""Evidence below this says nothing."""


def guess_genders(
    page: Page, people: Sequence[Person], facts: Mapping[int, Facts], occurrences: Sequence[Occurrence]
) -> dict[int, str | None]:
    """Return "female", "male" or None for each person, by number."""
    votes = {person.number: _by_name(person) for person in people}
    for found in occurrences:
        if found.person is not None and found.gender:
            votes[found.person.number] += 2.5 * SIGNS[found.gender]
    for number, known in facts.items():
        votes[number] += sum(_by_noun(head) for mine in known.descriptions for head in mine.heads)
    _add_pronouns(page, occurrences, votes)
    return {number: _decide(vote) for number, vote in votes.items()}


def _decide(vote: float) -> str | None:
    return FEMALE if vote >= LEAST else MALE if vote <= -LEAST else None


def _by_name(person: Person) -> float:
    for name in person.names:
        if name.given is None:
            continue
        gender = name_gender(name)
        if gender:
            return 1.5 * SIGNS[gender]
        if _FEMININE_SURNAME.search(name.last) and name.given.endswith(("a", "ia")):
            return 1.5
    return 0.0


def _by_noun(noun: str) -> float:
    gender = noun_gender(noun)
    return 2.0 * SIGNS[gender] if gender else 0.0


def _add_pronouns(page: Page, occurrences: Sequence[Occurrence], votes: dict[int, float]) -> None:
    """Let pronouns vote for a person who is the only one named in their sentence and the one before."""
    named: dict[int, set[int | None]] = {}
    for found in occurrences:
        number = found.person.number if found.person else None
        named.setdefault(page.sentences[found.start], set()).add(number)
    starts = {page.sentences[found.start]: found.start for found in reversed(occurrences)}
    ballots: dict[int, Counter[str]] = {}
    for i, tag in enumerate(page.tags):
        gender = pronoun_gender(page.lower[i]) if tag.startswith("PRP") else None
        if gender is None or page.quoted[i]:
            continue
        sentence = page.sentences[i]
        around = named.get(sentence, set()) | named.get(sentence - 1, set())
        if len(around) == 1 and starts.get(sentence, -1) < i:
            number = next(iter(around))
            if number is not None:
                ballots.setdefault(number, Counter())[gender] += 1
    for number, ballot in ballots.items():
        (gender, most), *rest = ballot.most_common()
        agreed = not rest or most > 2 * rest[0][1]
        if agreed and abs(votes[number]) < LEAST:
            votes[number] += SIGNS[gender]
