"""The competition: candidates that claim the same words are decided between, in one pass."""

from __future__ import annotations

from collections.abc import Iterable

from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate


def decode(candidates: Iterable[Candidate], length: int) -> list[Candidate]:
    """Return the candidates that stand: the surer first, no content overlapping, no cue inside content.

    ``length`` is that of the text, in code points. Content may not cover its own source or cue.
    """
    taken = bytearray(length)
    chosen = []
    for candidate in sorted(candidates, key=_order):
        if _contradicts_itself(candidate) or any(_any(taken, span, 1) for span in candidate.content):
            continue
        if candidate.cue is not None and _any(taken, candidate.cue, 1):
            continue
        if any(_any(taken, span, 2) for span in candidate.content):
            pass
        for span in candidate.content:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.content)


def _order(candidate: Candidate) -> tuple[float, int, int]:
    size = sum(span.end - span.start for span in candidate.content)
    return -candidate.confidence, -size, candidate.content[0].start


def _contradicts_itself(candidate: Candidate) -> bool:
    own = [span for span in (candidate.source, candidate.cue) if span is not None]
    return any(span.overlaps(piece) for span in own for piece in candidate.content)


def _any(taken: bytearray, span: Span, value: int) -> bool:
    return taken.find(value, span.start, span.end) >= 0
