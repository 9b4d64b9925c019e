"""Whom a shared surname means: by title, by who was named in full, and how lately."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from service.extraction.people.inventory import Person
from service.extraction.people.names import name_gender
from service.extraction.people.page import Page
from service.extraction.people.spellings import fold
from service.extraction.people.words import gendered, given_name_gender

NEARBY = 3
"""Sentences within which a full name claims the bare surnames after it."""
LEAD = 1.5
"""How many times stronger than anybody else's the owner's claim must be."""
MOST = 40
"""People of one surname among whom a choice is tried: a list of namesakes has no owner."""


_HYPHENED = re.compile(r"\w[-‐‑]\w+$")


class Owners:
    """Keeps who has been named so far, and how."""

    def __init__(self, page: Page, people: Sequence[Person] = ()) -> None:
        self.page = page
        self.words = Counter(fold(page.words[i]) for i in page.capitals)
        self.relatives = [
            (person, person.spots[0].start)
            for person in people[:MOST]
            if person.full.given is None and person.spots and is_relative(page, person.spots[0].start)
        ]
        """Those introduced by a given name alone, "his father, Neil,", and where: they have a surname too."""
        self.counts: Counter[int] = Counter()
        self.bare: Counter[int] = Counter()
        """How often each has been called by the surname alone."""
        self.latest: dict[int, int] = {}
        self.genders: dict[int, str] = {}
        """What a title before the name has said: a Mr Kim is not the next Ms Kim."""

    def settle(
        self, people: Sequence[Person], part: str, gender: str | None, sentence: int, *, full: bool
    ) -> tuple[Person | None, bool]:
        """Return the bearer of a name and whether there was a choice.

        None when several could be meant, or when the title is for nobody: "Mr. Hart" is no Jane Hart.
        """
        people = _by_last_name(people, part) or people
        if len(people) == 1 and gender and not full:
            relative = self._relative(people[0], gender, sentence)
            if relative is not None or self._is_another(people[0], gender):
                return relative, True
        person, chosen = (
            (people[0], False) if len(people) == 1 else (self._choose(people, gender, sentence), True)
        )
        if person is not None:
            self.counts[person.number] += 1
            if gender:
                self.genders.setdefault(person.number, gender)
            if not full and not gender:
                self.bare[person.number] += 1
            if full:
                self.latest[person.number] = sentence
        return person, chosen

    def _may_be_relative(self, person: Person, gender: str) -> bool:
        """Tell whether Mr Hart may be Jane Hart's husband, or the father of one who is called Tim here."""
        if not self.relatives or person.full.given is None or self.genders.get(person.number) == gender:
            return False
        alone = self.words[person.full.given] > sum(
            find.name.given == person.full.given for find in person.spots
        )
        return alone or first_gender(person) not in {gender, None}

    def _relative(self, person: Person, gender: str, sentence: int) -> Person | None:
        """Return the one relative whom the title fits and not the bearer, introduced before this sentence."""
        if not self._may_be_relative(person, gender):
            return None
        fitting = [
            relative
            for relative, start in self.relatives
            if relative is not person
            and given_name_gender(relative.full.last) == gender
            and self.page.sentences[start] <= sentence
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_another(self, person: Person, gender: str) -> bool:
        """Tell whether a title is for somebody else: against the given name, and never borne before."""
        return first_gender(person) not in {gender, None} and self.genders.get(person.number) != gender

    def _choose(self, people: Sequence[Person], gender: str | None, sentence: int) -> Person | None:
        """Choose by Mr. or Mrs. first, else the one with by far the strongest claim."""
        if len(people) > MOST:
            return None
        if gender:
            known = {
                person.number: self.genders.get(person.number, first_gender(person)) for person in people
            }
            fitting = [person for person in people if known[person.number] in {gender, None}]
            sure = [person for person in fitting if known[person.number] == gender]
            people = sure if len(sure) == 1 else fitting or people
            if len(people) == 1:
                return people[0]
        claims = sorted(
            ((self._claim(person, sentence), -person.number, person) for person in people), reverse=True
        )
        (first, _, person), (second, *_) = claims[:2]
        return person if first >= LEAD * second and first > 0 else None

    def _claim(self, person: Person, sentence: int) -> float:
        """Return how strongly a person owns a shared surname: how often named, and how lately in full.

        Whoever is introduced as another's relative owns it least.
        """
        late = sentence - self.latest.get(person.number, -100)
        named = len(person.spots) + 0.5 * self.counts[person.number] + self.bare[person.number]
        named += 2.0 if late <= NEARBY else 0.0
        return named * (0.4 if any(is_relative(self.page, find.start) for find in person.spots[:5]) else 1.0)


def _by_last_name(people: Sequence[Person], part: str) -> list[Person]:
    """Return those whose whole surname a word is: Earl Whitcomb before Jo Whitcomb-Reyes."""
    return [
        person for person in people if person.full.last == part and not _HYPHENED.search(person.full.text)
    ]


def is_relative(page: Page, start: int) -> bool:
    """Tell whether somebody is introduced as another's relative: "his granddaughter, Ilona Benedek"."""
    i = start - 1
    while i > 0 and start - i < 5 and (page.words[i] == "," or page.tags[i].startswith(("NN", "JJ", "DT"))):
        if page.lower[i] in gendered("relations") and page.tags[i - 1] in {"PRP$", "POS", "JJ"}:
            return True
        i -= 1
    return False


def first_gender(person: Person) -> str | None:
    """Return the gender that the given name of a person tells."""
    return next((name_gender(name) for name in person.names if name.given), None)
