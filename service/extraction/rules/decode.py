"""The competition: candidates that claim the same words are decided between, in one pass."""

from __future__ import annotations

from collections.abc import Iterable

from service.extraction.models import OUTRIGHT, Span
from service.extraction.rules.candidate import Candidate

CONTENT, CUE = b"\x01", b"\x02"


def decode(candidates: Iterable[Candidate], length: int) -> list[Candidate]:
    """Return the candidates that stand: no content overlapping, no cue inside content.

    Those read from a form come first, then the surer. Content may not cover its own source or cue, nor whom
    the same cue credits besides: '"A," said [my driver], and we left'.
    ``length`` is that of the text, in code points.
    """
    taken = bytearray(length)
    chosen: list[Candidate] = []
    credited: dict[Span, Span] = {}
    for candidate in sorted(candidates, key=_order):
        if _contradicts_itself(candidate) or any(_covered(taken, span) for span in candidate.content):
            continue
        if candidate.cue is not None and _holds(taken, candidate.cue, CONTENT):
            continue
        named = credited.get(candidate.cue) if candidate.cue is not None else None
        if named is not None and any(named.overlaps(span) for span in candidate.content):
            continue
        for span in candidate.content:
            taken[span.start : span.end] = CONTENT * (span.end - span.start)
        if candidate.cue is not None and candidate.source is not None:
            credited[candidate.cue] = candidate.source
        if candidate.cue is not None:
            taken[candidate.cue.start : candidate.cue.end] = CUE * (candidate.cue.end - candidate.cue.start)
        chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.content)


def _order(candidate: Candidate) -> tuple[bool, float, int, int]:
    size = sum(span.end - span.start for span in candidate.content)
    return candidate.rule not in OUTRIGHT, -candidate.confidence, -size, candidate.content[0].start


def _contradicts_itself(candidate: Candidate) -> bool:
    own = [span for span in (candidate.source, candidate.cue) if span is not None]
    return any(span.overlaps(piece) for span in own for piece in candidate.content)


def _covered(taken: bytearray, span: Span) -> bool:
    return _holds(taken, span, CONTENT) or _holds(taken, span, CUE)


def _holds(taken: bytearray, span: Span, mark: bytes) -> bool:
    return taken.find(mark, span.start, span.end) >= 0
