"""Tells which speakers of several articles are one: by identifier, by the same full name, by a full alias.

A wrong join is worse than none. Who is unnamed, a group, or known by a single name is joined by identifier
alone; two identifiers are two people; a name that two of them share joins nobody to either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from service.extraction.people.spellings import fold
from service.reporting.models import Person, Result, Speaker

_JOINED_BY_NAME = frozenset({"person", "organisation"})
Key = tuple[str, str, str]


def join_speakers(results: Sequence[Result]) -> list[Person]:
    """Return the people of all results, in the order in which they are first quoted."""
    found = [(article, speaker) for article, result in enumerate(results) for speaker in result.speakers]
    shared = _shared_names(speaker for _, speaker in found)
    groups = _Groups(len(found))
    seen: dict[Key, int] = {}
    for number, (_, speaker) in enumerate(found):
        for key in _keys(speaker):
            if key not in shared:
                groups.join(number, seen.setdefault(key, number))
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(found)):
        members[groups.root(number)].append(number)
    return [_person([found[number] for number in numbers]) for numbers in members.values()]


def _keys(speaker: Speaker) -> Iterator[Key]:
    if speaker.identifier:
        yield "identifier", speaker.kind, speaker.identifier
    if speaker.kind in _JOINED_BY_NAME:
        for name in (speaker.name, *speaker.aliases):
            words = [word for word in map(fold, name.replace("-", " ").split()) if word]
            if len(words) > 1 or (words and speaker.kind == "organisation"):
                yield "name", speaker.kind, " ".join(words)


def _shared_names(speakers: Iterable[Speaker]) -> set[Key]:
    """Return the names that speakers of different identifiers have in common."""
    owners: dict[Key, set[str]] = defaultdict(set)
    for speaker in speakers:
        if speaker.identifier:
            for key in _keys(speaker):
                owners[key].add(speaker.identifier)
    return {key for key, identifiers in owners.items() if len(identifiers) > 1}


def _person(members: Sequence[tuple[int, Speaker]]) -> Person:
    """Make one of the speakers: the longest name is the name, all others are aliases."""
    speakers = [speaker for _, speaker in members]
    name = max((speaker.name for speaker in speakers), key=len)
    person = Person(name, speakers[0].kind)
    for article, speaker in members:
        person.places.append((article, speaker.id))
        person.identifier = person.identifier or speaker.identifier
        person.aliases.update(dict.fromkeys([speaker.name, *speaker.aliases]))
        person.pronouns.update(dict.fromkeys(speaker.pronouns))
        if speaker.role:
            person.roles[speaker.role] = None
    person.aliases.pop(name, None)
    return person


class _Groups:
    """Numbers joined into groups; a group goes by its first number."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, number: int) -> int:
        """Return the first number of the group."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        one, other = self.root(first), self.root(second)
        self._parents[max(one, other)] = min(one, other)
