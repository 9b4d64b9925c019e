"""A result's text cut where its quotations begin and end, however they nest or overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A stretch of the text to show: a part of a quotation's content, its cue or its source."""

    start: int
    end: int
    kind: str
    quote: Mapping[str, Any]
    is_last: bool = False


def content_marks(quote: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield a mark for each part of a quotation's content."""
    for number, span in enumerate(quote["content"], 1):
        yield Mark(span["start"], span["end"], "content", quote, number == len(quote["content"]))


def credit_marks(quote: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield a mark for a quotation's cue and one for its source, as far as it has them."""
    for kind in ("cue", "source"):
        if quote[kind]:
            yield Mark(quote[kind]["start"], quote[kind]["end"], kind, quote)


def segments(marks: Sequence[Mark], edges: Sequence[int]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Cut the text at ``edges`` and where marks begin or end; yield each part with the marks over it."""
    opening, closing = defaultdict(list), defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    active: list[Mark] = []
    for start, end in pairwise(sorted({*edges, *opening, *closing})):
        active = [mark for mark in active if mark not in closing[start]] + opening[start]
        yield start, end, active
