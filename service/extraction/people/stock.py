"""Joins the names found in an article into people, whatever the spelling or the length of the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from service.extraction.models import KnownPerson
from service.extraction.people.finding import Find
from service.extraction.people.inventory import Inventory, Person, spelled_like
from service.extraction.people.names import Name, agree, parse_name
from service.extraction.people.page import Page
from service.extraction.people.spellings import KEYED, NEAR, UNLIKE, fold
from service.extraction.people.words import name_words, titles

WEAK = frozenset({"shortened", "pronoun"})
"""Evidence that counts only for a surname that nobody else has: "Washington Post Trump" is nobody."""


def take_stock(page: Page, finds: Sequence[Find], known_people: Iterable[KnownPerson]) -> Inventory:
    """Return the people of an article: those known to the caller, if named here, and all others."""
    stock = _Stock(page, finds)
    for known in known_people:
        stock.expect(known)
    stock.add(finds)
    return stock.inventory


def names_of(known_people: Iterable[KnownPerson]) -> list[Name]:
    """Return the names and aliases by which the caller knows people."""
    texts = (text for known in known_people for text in (known.name, *known.aliases))
    return [name for name in map(parse_name, texts) if name is not None]


_ALONE = frozenset({"age", "apposition", "clause", "known", "relative", "role", "speech", "title", "turn"})
"""Evidence that is enough for a single word."""


class _Stock:
    """The inventory in the making, and how often and where each name stands."""

    def __init__(self, page: Page, finds: Sequence[Find]) -> None:
        self.page = page
        self.inventory = Inventory()
        self.words = Counter(fold(page.words[i]) for i in page.capitals)
        self.sentences: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for find in finds:
            self.sentences[find.name.parts].add(page.sentences[find.start])

    def expect(self, known: KnownPerson) -> None:
        """List somebody whom the caller expects, by every name given."""
        person: Person | None = None
        for name in names_of([known]):
            person = self.inventory.add(name, person)
            person.known = known

    def add(self, finds: Sequence[Find]) -> None:
        """Add the finds, long names first, so that every short form has its full one to go to.

        Those of the body come before those of headings, whose capitals mislead.
        """
        body = [find for find in finds if self.page.kind(find.start) == "body"]
        others = [find for find in finds if self.page.kind(find.start) != "body"]
        for group in (body, others):
            several = [find for find in group if find.name.given]
            for find in sorted(several, key=_rank):
                if find.evidence not in WEAK or find.name.last not in self.inventory.surnames:
                    self._add_full(find, trusted=group is body)
        for group in (body, others):
            for find in group:
                if not find.name.given:
                    self._add_single(find, trusted=group is body)

    def _add_full(self, find: Find, *, trusted: bool) -> None:
        """Give a name of several words to the person it agrees with best, else to a new one.

        A heading's name that only wraps a known one ("Elizabeth Warren Hammers Wells Fargo") is none.
        """
        best, person = UNLIKE, None
        for rival in self.inventory.like(find.name):
            level = max(agree(find.name, other) for other in rival.names)
            if level > best and (level > KEYED or not self._two_people(find.name, rival, level)):
                best, person = level, rival
        if person is not None or trusted or not self._wraps_known(find.name):
            self.inventory.add(find.name, person, find)

    def _two_people(self, name: Name, rival: Person, level: int) -> bool:
        """Tell whether two spellings are two names: side by side, or a slip apart and both in use."""
        for other in rival.names:
            if other.parts != name.parts and self.sentences[name.parts] & self.sentences[other.parts]:
                return True
        slips = (min(self.words[name.last], self.words[other.last]) for other in rival.names)
        return level == NEAR and rival.known is None and min(slips, default=0) > 1

    def _wraps_known(self, name: Name) -> bool:
        """Tell whether part of the name is already somebody's full name or surname."""
        parts, inventory = name.parts, self.inventory
        pairs = (parts[i : i + 2] for i in range(len(parts) - 1))
        return any(pair in inventory.full for pair in pairs) or any(
            part in inventory.surnames for part in parts
        )

    def _add_single(self, find: Find, *, trusted: bool) -> None:
        """Give a single name to those who bear it or a spelling of it, else to a new person of one name.

        Of the caller's people, the only bearer of a surname is meant by it when nobody here has it in full.
        """
        part, inventory = find.name.last, self.inventory
        bearers = [*inventory.surnames.get(part, ()), *inventory.givens.get(part, ())]
        if any(person.spots for person in bearers):
            return
        expected = inventory.surnames.get(part, [])
        if len(expected) == 1:
            expected[0].spots.append(find)
            return
        people = [] if bearers else spelled_like(inventory, part)
        if people:
            inventory.respell(part, people)
        elif trusted and self._is_mononym(find):
            inventory.add(find.name, None, find)

    def _is_mononym(self, find: Find) -> bool:
        """Tell whether a single word, found nowhere in a longer name, is a person's only name here."""
        honoured = find.start > 0 and self.page.lower[find.start - 1].rstrip(".") in titles("honorific")
        if honoured or find.evidence in _ALONE:
            return True
        if find.name.last in name_words("never surnames") or len(find.name.last) < 3:
            return False
        return self.page.mostly_person(self.page.lower[find.end - 1])


def _rank(find: Find) -> tuple[bool, int, int]:
    return find.evidence in WEAK, -len(find.name.parts), find.start
