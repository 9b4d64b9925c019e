"""The values of verification. All frozen; offsets are code points of the source text that they point into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["exact", "normalised", "altered", "absent"]

STATUSES: tuple[Status, ...] = ("exact", "normalised", "altered", "absent")
"""From the best to the worst: a quote is as good as its worst part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that quotes may be from: a transcript, a press release, a recording written down."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words that somebody is said to have said: ``parts`` stand apart in the article, as a cue splits them.

    ``places`` is where in the article each part stands, if there is one; ``names`` is what the speaker is
    called, best name first.
    """

    id: str
    parts: tuple[str, ...]
    names: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source: ``source`` is its number, ``label`` who speaks there as the source says."""

    source: int
    start: int
    end: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A step of the word-level way from the passage to the quote: what the one says and what the other."""

    kind: Literal["equal", "replace", "insert", "delete"]
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one part. ``similarity`` is the share of words in common, in order, from 0 to 1."""

    status: Status
    similarity: float
    passage: Passage | None = None
    changes: tuple[Change, ...] = ()
