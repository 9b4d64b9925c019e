"""Who is named in an article: finds joined into people, whatever the spelling or the length of the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from service.extraction.models import KnownPerson
from service.extraction.people.finding import Find
from service.extraction.people.names import Name, surname_first
from service.extraction.people.spellings import KEYED, NEAR, declined, key, likeness
from service.extraction.people.words import is_given_name, is_title

MOST_RIVALS = 40
"""People of one surname or one given name that a name is compared with."""

MOST_PEOPLE = 100
"""People whose surname is searched for a slip: in a longer list of names, chance resemblances abound."""


@dataclass(slots=True, eq=False)
class Person:
    """One named person: every form of the name, and the caller's entry where it is a known person."""

    number: int
    names: list[Name] = field(default_factory=list)
    spots: list[Find] = field(default_factory=list)
    known: KnownPerson | None = None
    fullest: Name | None = None

    @property
    def full(self) -> Name:
        """The fullest form of the name; of equally full ones that with no initial, the commonest, the first.

        A form that begins with a known given name or an initial, or right after a comma, goes
        before one that does not: the others may have caught a word of the sentence ("Crooked Hillary
        Clinton"). So does what stands before a surname of two parts ("Everton" before "Baptiste-Cole").
        """
        if self.fullest is None:
            self.fullest = self._fullest()
        return self.fullest

    def _fullest(self) -> Name:
        counts: dict[str, int] = defaultdict(int)
        for name in self.names:
            counts[name.text] += 1
        clean = {spot.name.text for spot in self.spots if spot.set_off}
        double = {name.parts for name in self.names if " " not in name.text}
        return max(
            self.names,
            key=lambda name: (
                name.given is not None
                and (
                    len(name.given) == 1
                    or is_given_name(name.given)
                    or name.text in clean
                    or (name.parts[1:] in double and not is_title(name.given))
                ),
                len(name.parts),
                len(name.parts[0]) > 1,
                counts[name.text],
                -self.names.index(name),
            ),
        )


class Inventory:
    """The people of one article, and which of them a sequence of name parts may mean."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.full: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        self.surnames: dict[str, list[Person]] = defaultdict(list)
        self.givens: dict[str, list[Person]] = defaultdict(list)
        self.keys: dict[str, list[Person]] = defaultdict(list)
        self.given_keys: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: Name, person: Person | None = None, find: Find | None = None) -> Person:
        """Note a form of the name of ``person``, of a new one without."""
        if person is None:
            person = Person(len(self.people))
            self.people.append(person)
        person.names.append(name)
        person.fullest = None
        if find is not None:
            person.spots.append(find)
        if person not in self.full[name.parts]:
            self._index(name, person)
        return person

    def _index(self, name: Name, person: Person) -> None:
        self.full[name.parts].append(person)
        if name.nickname and name.given:
            _note(self.full[(*name.parts[:-1], name.nickname, name.last)], person)
        for start in range(1, len(name.parts) - 1):
            _note(self.full[name.parts[start:]], person)
        if name.given is None:
            _note(self.surnames[name.last], person)
        else:
            for part in name.parts[2 if len(name.parts[1]) == 1 else 1 :]:
                if part == name.last or (len(part) > 1 and not is_given_name(part)):
                    _note(self.surnames[part], person)
            if surname_first(name):
                _note(self.surnames[name.given], person)
            for given in (name.given, name.nickname):
                if given and len(given) > 1:
                    _note(self.givens[given], person)
                    _note(self.given_keys[key(given)], person)
        _note(self.keys[key(name.last)], person)

    def respell(self, part: str, people: Iterable[Person]) -> None:
        """Note another spelling of the surname of ``people``."""
        for person in people:
            _note(self.surnames[part], person)

    def like(self, name: Name) -> list[Person]:
        """Return the people whose name could be ``name`` in another form."""
        near = [*self.full.get(name.parts, ()), *self.keys.get(key(name.last), ())[:MOST_RIVALS]]
        if name.given:
            near += self.given_keys.get(key(name.given), ())[:MOST_RIVALS]
            near += self.surnames.get(name.last, ())[:MOST_RIVALS]
            near += self.full.get(tuple(reversed(name.parts)), ())
        return list({person.number: person for person in near}.values())


def _note(people: list[Person], person: Person) -> None:
    if person not in people:
        people.append(person)


def spelled_like(inventory: Inventory, part: str) -> list[Person]:
    """Return who has a surname of another spelling: all of the same key, or the one that is a slip away.

    Or the one whose surname is the same in another gender or case, unless the word is a given name.
    """
    if len(part) < 4:
        return []
    keyed = [
        p for p in inventory.keys.get(key(part), ()) if any(likeness(part, n.last) >= KEYED for n in p.names)
    ]
    if keyed:
        return keyed
    people = inventory.people[:MOST_PEOPLE]
    full = [(person, name.last) for person in people for name in person.names[:3] if name.given]
    near = [] if is_given_name(part) else [person for person, last in full if declined(part, last)]
    if not near and len(part) >= 7:
        near = [person for person, last in full if likeness(part, last) == NEAR]
    return near[:1] if len({person.number for person in near}) == 1 else []
