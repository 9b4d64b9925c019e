"""Says of each paragraph what it is: body, heading or page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.documents.bylines import is_biography, is_name
from service.documents.furniture import furniture_rule, is_listed, is_timing, normalise
from service.documents.headings import Setting, heading_rule
from service.documents.lines import Piece
from service.extraction.models import Paragraph, ParagraphKind

_SENTENCE = re.compile(r"[.!?…][\"'”’)]*$")


def classify(
    text: str, pieces: Sequence[Piece], known: Sequence[ParagraphKind | None] = ()
) -> tuple[Paragraph, ...]:
    """Return the pieces as paragraphs with their kinds, in order.

    ``known`` gives the kinds that mark-up has told, one a piece: "heading" and "furniture" hold, "body" only
    means that the piece is no heading, and None that nothing is known.
    """
    lines = [piece.span.of(text) for piece in pieces]
    furniture = _furniture(lines) | {index for index, kind in enumerate(known) if kind == "furniture"}
    headings = _headings(lines, pieces, furniture) - {i for i, kind in enumerate(known) if kind == "body"}
    headings |= {index for index, kind in enumerate(known) if kind == "heading"}
    return tuple(
        Paragraph(piece.span, _kind(index, furniture, headings)) for index, piece in enumerate(pieces)
    )


def _kind(index: int, furniture: set[int], headings: set[int]) -> ParagraphKind:
    if index in furniture:
        return "furniture"
    return "heading" if index in headings else "body"


def _furniture(lines: Sequence[str]) -> set[int]:
    """Return the indices of the lines that are furniture, by themselves or by what stands beside them."""
    found = {index for index, line in enumerate(lines) if furniture_rule(line)}
    found |= {i for i, line in enumerate(lines[:-1]) if line.isdigit() and is_timing(lines[i + 1])}
    found |= set(_linked(lines, found))
    found |= set(_comments(lines))
    found |= set(_authors(lines, found))
    return found | set(_captions(lines, found))


def _linked(lines: Sequence[str], found: set[int]) -> Iterator[int]:
    """Yield the links under "Related articles" and the like: short lines, up to the next sentence."""
    inside = False
    for index, line in enumerate(lines):
        if is_listed(line, "list_headings"):
            inside = True
            yield index
        elif inside and index not in found:
            inside = len(line.split()) <= 20 and not _SENTENCE.search(line)
            if inside:
                yield index


def _comments(lines: Sequence[str]) -> Iterator[int]:
    """Yield what stands below "Leave a Reply" in the second half of a text."""
    total = sum(map(len, lines))
    passed = 0
    inside = False
    for index, line in enumerate(lines):
        passed += len(line)
        inside = inside or (2 * passed > total and is_listed(line, "comment_headings"))
        if inside:
            yield index


def _authors(lines: Sequence[str], found: set[int]) -> Iterator[int]:
    """Yield an author's name, printed twice or above other furniture, and the note about the author."""
    for index, line in enumerate(lines):
        if not is_name(line):
            continue
        beside = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        has_note = index + 1 < len(lines) and is_biography(lines[index + 1], line)
        if line in beside or index + 1 in found or has_note:
            yield index
        if has_note:
            yield index + 1


def _captions(lines: Sequence[str], found: set[int]) -> Iterator[int]:
    """Yield a line that the picture credit beside it repeats: "Jane Doe." before "Jane Doe. © Agency"."""
    for index, line in enumerate(lines):
        beside = [lines[i] for i in (index - 1, index + 1) if i in found and 0 <= i < len(lines)]
        if index not in found and len(line.split()) <= 25 and any(other.startswith(line) for other in beside):
            yield index


def _headings(lines: Sequence[str], pieces: Sequence[Piece], furniture: set[int]) -> set[int]:
    """Return the indices of the lines that are headings."""
    kept = [index for index in range(len(lines)) if index not in furniture]
    is_spaced = _is_spaced(pieces)
    found: set[int] = set()
    for place, index in enumerate(kept):
        following = kept[place + 1] if place + 1 < len(kept) else None
        setting = Setting(
            line=lines[index],
            after=lines[following] if following is not None else None,
            gap_before=_is_apart(pieces, index, is_spaced),
            gap_after=index + 1 >= len(pieces) or _is_apart(pieces, index + 1, is_spaced),
            is_first=place == 0 or _repeats_headline(lines, kept, place, found),
        )
        if heading_rule(setting):
            found.add(index)
    return found


def _repeats_headline(lines: Sequence[str], kept: Sequence[int], place: int, headings: set[int]) -> bool:
    """Tell whether the line above is a headline of the same words: scraped pages print theirs twice."""
    if place != 1 or kept[0] not in headings:
        return False
    return normalise(lines[kept[0]])[:40] == normalise(lines[kept[1]])[:40]


def _is_spaced(pieces: Sequence[Piece]) -> bool:
    """Tell whether blank lines part the paragraphs of this text, as a rule."""
    return 2 * sum(piece.gap for piece in pieces[1:]) >= len(pieces) - 1


def _is_apart(pieces: Sequence[Piece], index: int, is_spaced: bool) -> bool:
    return index == 0 or not is_spaced or pieces[index].gap
