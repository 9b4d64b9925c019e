"""Which paragraphs of a whole page are its article, where something else has found the article's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.documents.lines import Piece
from service.extraction.models import ParagraphKind

_LEAST = 20
"""Fewest code points of a paragraph that may be part of a line: what ``<br>`` parts, the finder may join."""


def keep_content(
    text: str, pieces: Sequence[Piece], known: Sequence[ParagraphKind | None], lines: Iterable[str]
) -> tuple[ParagraphKind | None, ...]:
    """Return the kinds ``known``, with every paragraph as furniture that is in none of the ``lines``.

    White space does not count. The first heading stays. Without any line, or where not one paragraph is among
    them, nothing is known and the kinds stay as they are.
    """
    wanted = {squeezed(line) for line in lines} - {""}
    whole = "\n".join(wanted)
    found = [_is_content(squeezed(piece.span.of(text)), wanted, whole) for piece in pieces]
    if not any(found):
        return tuple(known)
    first = next((i for i, kind in enumerate(known) if kind == "heading"), None)
    return tuple(
        kind if is_content or i == first else "furniture"
        for i, (kind, is_content) in enumerate(zip(known, found, strict=True))
    )


def squeezed(line: str) -> str:
    """Return a line without white space, as which of it there is depends on who reads the page."""
    return "".join(line.split())


def _is_content(line: str, wanted: set[str], whole: str) -> bool:
    return line in wanted or (len(line) >= _LEAST and line in whole)
