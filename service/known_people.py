"""The newsroom's own people: a file of names, read anew when it changes; an article gets those that it names.

The file has a JSON object a line, as ``known_people`` of a request has it: name, aliases, identifier, role.
A person is expected in an article that has one of their names in full, in any transliteration, without
accents too: "Volodymyr Zelenskiy" for "Volodymyr Zelenskyy". A surname alone is no evidence, nor is a
spelling that only looks alike (McFall, McFaul): of thousands of people, some other one bears it. An alias
of one word is evidence, because the newsroom says so.
"""

from __future__ import annotations

import html
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from service.errors import ServiceError
from service.extraction.models import KnownPerson
from service.extraction.people.names import Name, parse_name
from service.extraction.people.spellings import KEYED, fold, key, likeness
from service.extraction.people.words import is_variant
from service.observability import log
from service.parsing import parse_json
from service.schemas import QuoteRequest, load_person

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TAG = re.compile(r"<[^>]*>")
_BETWEEN = 3
"""Words before a surname among which the given name may stand, with initials, particles, a second name."""


class PeopleFileError(Exception):
    """The file of known people cannot be read; the message says where it is wrong."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of the file, by the key of the last word of each of their names."""

    by_surname: dict[str, list[tuple[Name, KnownPerson]]] = field(default_factory=dict)
    count: int = 0

    def named_in(self, text: str) -> Iterator[KnownPerson]:
        """Yield the people whom a text names, in the order in which it does; some may come twice."""
        words = [fold(word) for word in _WORD.findall(text)]
        for place, word in enumerate(words):
            for name, person in self.by_surname.get(key(word), ()):
                before = words[max(0, place - _BETWEEN) : place]
                if name.given is None or any(_is_given(word, name.given) for word in before):
                    yield person


def _is_given(word: str, given: str) -> bool:
    """Tell whether a word stands for a given name: a spelling or short form of it, or its initial."""
    if 1 in {len(word), len(given)}:
        return word[:1] == given[:1]
    return likeness(word, given) >= KEYED or is_variant(word, given)


class KnownPeople:
    """The file at a path. Safe to use from many threads; a change of it counts from the next article on."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises ``PeopleFileError``."""
        self._path = path
        self._lock = threading.Lock()
        self._seen = _state(path)
        self._people = read_people_file(path)

    def expect(self, request: QuoteRequest) -> QuoteRequest:
        """Return the request with the people whom its article names; the caller's own come first."""
        given = request.known_people
        taken = {fold(person.name) for person in given} | {person.identifier for person in given} - {None}
        text = f"{request.title or ''}\n{_words_of(request)}"
        added = dict.fromkeys(
            person
            for person in self._current().named_in(text)
            if person.identifier not in taken and fold(person.name) not in taken
        )
        return replace(request, known_people=(*given, *added)) if added else request

    def _current(self) -> People:
        state = _state(self._path)
        if state == self._seen:
            return self._people
        with self._lock:
            if state != self._seen:
                self._seen = state
                self._reload()
        return self._people

    def _reload(self) -> None:
        """Read the file anew; one that cannot be read leaves the people as they were."""
        try:
            self._people = read_people_file(self._path)
        except PeopleFileError as error:
            log().error("known_people_failed", reason=str(error), kept=self._people.count)
        else:
            log().info("known_people_reloaded", people=self._people.count)


def read_people_file(path: Path) -> People:
    """Return the people of a file of JSON lines. Raises ``PeopleFileError`` that names the line."""
    by_surname: dict[str, list[tuple[Name, KnownPerson]]] = defaultdict(list)
    count = 0
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise PeopleFileError(f"{path}: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            person = load_person(parse_json(line))
        except ServiceError as error:
            raise PeopleFileError(f"{path}, line {number:,}: {error.detail}") from None
        count += 1
        for name in filter(None, map(parse_name, (person.name, *person.aliases))):
            by_surname[key(name.last)].append((name, person))
    return People(dict(by_surname), count)


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when the file does; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _words_of(request: QuoteRequest) -> str:
    """Return the article's words. Tags may stand inside a name, so nothing takes their place."""
    if request.html is None:
        return request.text or ""
    return html.unescape(_TAG.sub("", request.html.replace("><", "> <")))
