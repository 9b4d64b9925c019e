"""Who speaks where in a transcript, by the labels of its turns, and whether that is the one who is credited.

Handled: "Ingrid Solberg: We …", "MAYOR SOLBERG: …", "[00:12:05] Solberg (mayor): …", "**Solberg**: …".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from service.extraction.lexicon import person_nouns
from service.extraction.people.names import Name, agree, parse_name
from service.extraction.people.spellings import KEYED, UNLIKE, fold, likeness
from service.extraction.people.words import titles

_TURN = re.compile(
    r"^[ \t>*_-]*(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t-]*)?([^\W\d_][^:\n!?]{0,59}?)[*_]*:(?=\s)",
    re.MULTILINE,
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|,.*")
_NOBODY = frozenset(
    {"q", "a", "question", "answer", "unidentified", "unknown", "male", "female", "voice", "note"}
)


class Labels:
    """The labels of one source, to ask whose turn a place of it belongs to."""

    def __init__(self, text: str) -> None:
        """Find the lines that begin with a name and a colon."""
        found = [(turn.start(), turn[1].strip()) for turn in _TURN.finditer(text) if _is_name(turn[1])]
        self._starts = [start for start, _ in found]
        self._labels = [label for _, label in found]

    def at(self, place: int) -> str | None:
        """Return the label of the turn at a place; None before the first one."""
        turn = bisect_right(self._starts, place) - 1
        return self._labels[turn] if turn >= 0 else None


def _is_name(label: str) -> bool:
    """Tell whether a label is written like a name: six words at most, most with a capital, no sentence."""
    words = _ASIDE.sub("", label).split()
    capitals = sum(word[0].isupper() for word in words)
    ends = any(word.endswith(".") and len(word) > 2 and fold(word) not in titles() for word in words)
    return 0 < len(words) <= 6 and label[0].isupper() and 2 * capitals > len(words) and not ends


@lru_cache(maxsize=4096)
def agrees(names: Sequence[str], label: str | None) -> bool | None:
    """Tell whether a label means the one with these names; None where one of them says too little.

    Titles and offices before the name do not count. A surname alone is enough; given names must not differ.
    """
    if not names or label is None:
        return None
    parts = _without_titles(label)
    if not parts or _NOBODY & set(parts):
        return None
    if " ".join(parts) in {fold_words(name) for name in names}:
        return True
    found = [_is_same(name, parts) for name in map(parse_name, names) if name]
    return any(found) if found else None


def fold_words(words: str) -> str:
    """Return words without case and accents, one space between two."""
    return " ".join(filter(None, map(fold, words.split())))


def _without_titles(label: str) -> tuple[str, ...]:
    """Return the folded words of a label that are a name; none for an office alone ("MODERATOR")."""
    parts = fold_words(_ASIDE.sub("", label)).split()
    offices = titles() | person_nouns() | {"the"}
    while parts and parts[0] in offices:
        parts.pop(0)
    return tuple(parts)


def _is_same(name: Name, parts: tuple[str, ...]) -> bool:
    if len(parts) == 1:
        return likeness(parts[0], name.last) >= KEYED or parts[0] == name.given
    if name.given is None:
        return name.last in parts
    return agree(name, Name(" ".join(parts), parts)) > UNLIKE
