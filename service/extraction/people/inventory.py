"""Who is named in an article: finds joined into people, whatever the spelling or the length of the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.extraction.models import KnownPerson
from service.extraction.people.finding import Find
from service.extraction.people.names import Name, agree, parse_name
from service.extraction.people.page import Page
from service.extraction.people.spellings import KEYED, NEAR, SAME, UNLIKE, key, likeness
from service.extraction.people.words import is_given_name, name_words, title_gender, titles

WEAK = frozenset({"shortened", "pronoun"})
"""Evidence that counts only for a surname that nobody else has: "Washington Post Trump" is nobody."""

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
        """The fullest form of the name; of equally full ones the commonest, then the first.

        A form that begins with a known given name or an initial goes before one that does not: the others
        may have caught a word of the sentence ("Crooked Hillary Clinton").
        """
        if self.fullest is None:
            self.fullest = self._fullest()
        return self.fullest

    def _fullest(self) -> Name:
        counts: dict[str, int] = defaultdict(int)
        for name in self.names:
            counts[name.text] += 1
        return max(
            self.names,
            key=lambda name: (
                bool(name.given and (len(name.given) == 1 or is_given_name(name.given))),
                len(name.parts),
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
            swapped = name.given in name_words("surname first") and len(name.parts) < 4
            if swapped and not is_given_name(name.given):
                _note(self.surnames[name.given], person)
            for given in (name.given, name.nickname):
                if given and len(given) > 1:
                    _note(self.givens[given], person)
                    _note(self.given_keys[key(given)], person)
        _note(self.keys[key(name.last)], person)

    def like(self, name: Name) -> list[Person]:
        """Return the people whose name could be ``name`` in another form."""
        near = [*self.full.get(name.parts, ()), *self.keys.get(key(name.last), ())[:MOST_RIVALS]]
        if name.given:
            near += self.given_keys.get(key(name.given), ())[:MOST_RIVALS]
            near += self.surnames.get(name.last, ())[:MOST_RIVALS]
        return list({person.number: person for person in near}.values())


def _note(people: list[Person], person: Person) -> None:
    if person not in people:
        people.append(person)


def take_stock(page: Page, finds: Sequence[Find], known_people: Iterable[KnownPerson]) -> Inventory:
    """Join the finds into people, long names first, so that every short form has its full one to go to."""
    inventory = Inventory()
    _add_known(inventory, known_people)
    body = [find for find in finds if page.kind(find.start) == "body"]
    others = [find for find in finds if page.kind(find.start) != "body"]
    together = _sentences_of(page, finds)
    for group in (body, others):
        several = [find for find in group if find.name.given]
        for find in sorted(
            several, key=lambda find: (find.evidence in WEAK, -len(find.name.parts), find.start)
        ):
            if find.evidence not in WEAK or find.name.last not in inventory.surnames:
                _add_full(inventory, find, together, trusted=group is body)
    for group in (body, others):
        for find in group:
            if not find.name.given:
                _add_single(page, inventory, find, trusted=group is body)
    return inventory


def _add_known(inventory: Inventory, known_people: Iterable[KnownPerson]) -> None:
    for known in known_people:
        names = [name for name in map(parse_name, (known.name, *known.aliases)) if name]
        person: Person | None = None
        for name in names:
            person = inventory.add(name, person)
            person.known = known


def _sentences_of(page: Page, finds: Iterable[Find]) -> dict[tuple[str, ...], set[int]]:
    """Return in which sentences each form of a name stands."""
    together: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for find in finds:
        together[find.name.parts].add(page.sentences[find.start])
    return together


def _add_full(
    inventory: Inventory, find: Find, together: dict[tuple[str, ...], set[int]], *, trusted: bool
) -> None:
    """Give a name of several words to the person it agrees with best, else to a new one.

    Spellings that stand in one sentence are two people's; a heading's name that only wraps a known one in
    other words ("Elizabeth Warren Hammers Wells Fargo") is none.
    """
    name = find.name
    best, person = UNLIKE, None
    for rival in inventory.like(name):
        level = max(agree(name, other) for other in rival.names)
        if level in {KEYED, NEAR} and any(_side_by_side(name, other, together) for other in rival.names):
            continue
        if level > best:
            best, person = level, rival
    if person is not None:
        inventory.add(name, person, find)
    elif trusted or not _wraps_known(inventory, name):
        inventory.add(name, None, find)


def _side_by_side(first: Name, second: Name, together: dict[tuple[str, ...], set[int]]) -> bool:
    none: set[int] = set()
    return first.parts != second.parts and bool(
        together.get(first.parts, none) & together.get(second.parts, none)
    )


def _wraps_known(inventory: Inventory, name: Name) -> bool:
    """Tell whether part of the name is already somebody's full name or surname."""
    parts = name.parts
    pairs = (parts[i : i + 2] for i in range(len(parts) - 1))
    return any(pair in inventory.full for pair in pairs) or any(part in inventory.surnames for part in parts)


def _add_single(page: Page, inventory: Inventory, find: Find, *, trusted: bool) -> None:
    """Give a single name to those who bear it or a spelling of it, else to a new person of one name."""
    part = find.name.last
    if part in inventory.surnames or part in inventory.givens:
        return
    people = spelled_like(inventory, part)
    if people:
        for person in people:
            _note(inventory.surnames[part], person)
    elif trusted and _is_mononym(page, find):
        inventory.add(find.name, None, find)


def spelled_like(inventory: Inventory, part: str) -> list[Person]:
    """Return who has a surname of another spelling: all of the same key, or the one that is a slip away."""
    if len(part) < 4:
        return []
    keyed = [
        p for p in inventory.keys.get(key(part), ()) if any(likeness(part, n.last) >= KEYED for n in p.names)
    ]
    if keyed or len(part) < 7:
        return keyed
    near = [
        person
        for person in inventory.people[:MOST_PEOPLE]
        if any(name.given and likeness(part, name.last) == NEAR for name in person.names[:3])
    ]
    return near if len(near) == 1 else []


def _is_mononym(page: Page, find: Find) -> bool:
    """Tell whether a single word, found nowhere in a longer name, is a person's only name here."""
    if find.evidence in {"title", "turn", "age"}:
        return True
    if find.name.last in name_words("never surnames") or len(find.name.last) < 3:
        return False
    return page.mostly_person(page.lower[find.end - 1])


def title_before(page: Page, start: int) -> tuple[int, str | None]:
    """Return where the titles before the name at token ``start`` begin, and the gender that they say.

    Handles: Mr, Sen., Det Insp, Mr Justice, the Rev, the Right Rev.
    """
    first, gender = start, None
    while first > 0 and page.sentences[first - 1] == page.sentences[start]:
        lower = page.lower[first - 1].rstrip(".")
        capital = page.words[first - 1][0].isupper()
        reverend = first < start and page.lower[first].rstrip(".") in {
            "rev",
            "revd",
            "reverend",
            "hon",
            "right",
            "rt",
        }
        if not (capital and lower in titles()) and not (
            reverend and lower in {"the", "right", "rt", "most", "very"}
        ):
            break
        gender = gender or title_gender(lower)
        first -= 1
    return first, gender


def honoured(page: Page, start: int, end: int) -> str:
    """Return a single name with the title that belongs to it: "Prince Harry", "Mr Justice Dove"."""
    first, _ = title_before(page, start)
    words = [page.lower[i].rstrip(".") for i in range(first, start)]
    if "justice" in words and words[0] in {"mr", "mrs", "ms", "lord", "lady"}:
        return page.slice(first, end)
    if words and words[-1] in titles("noble"):
        return page.slice(start - 1, end)
    return page.slice(start, end)


__all__ = ["SAME", "Inventory", "Person", "honoured", "spelled_like", "take_stock", "title_before"]
