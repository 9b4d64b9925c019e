"""Cuts the canonical text into pieces: the stretches of lines that a reader takes for one paragraph.

Nothing is rewritten: a piece is a span of the text as it came, stripped of the white space and the invisible
characters around it. Everything here takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.extraction.models import Span

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u00ad\u061c\u180e" + "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
"""Characters that print nothing: byte-order mark, zero-width ones, soft hyphen, marks of direction."""

BLANK = (
    " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x1f"
)

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WIDE_GAP = re.compile("\t|[ \xa0]{4}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s{1,3}(?=[\"'“‘«(\[]?[A-Z0-9])")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")
_GOES_ON = re.compile(r"[a-z,;:.)]")
_BULLET = re.compile(r"[-–—*•·▪●>]\s|\d{1,2}[.)]\s")
_DANGLING = re.compile(r"\b(?:a|an|the|of|and|or|to|for|with|in|at|on|from|that|who|which|as|his|her|their)$")
_CREDIT = re.compile(r"(?:by|via|from|photo|source)\b")

_LONG_LINE = 8_000
_SHORTEST_CUT, _LONGEST_CUT = 2_000, 6_000
_NARROWEST, _WIDEST = 45, 120
"""The column widths, in code points, at which mail, wire copy and PDF exports break their lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph-to-be: ``gap`` tells whether a blank line (or the text's start) stands before it."""

    span: Span
    gap: bool
    indent: int = 0

    @property
    def length(self) -> int:
        """Length in code points, indentation included."""
        return self.indent + self.span.end - self.span.start


def split_pieces(text: str) -> tuple[Piece, ...]:
    """Cut ``text`` into pieces in order: one a line, save where lines are hard-wrapped or endless.

    Handled: every line separator of Unicode; lines broken at a column (wire copy, mail, PDF), with blank
    lines or indents between paragraphs or neither; a sentence broken by inline mark-up ("On Friday,⏎the
    minister⏎said…"); a whole page on one line, which is cut at sentence ends outside quotation marks.
    """
    lines = [part for line in _lines(text) for part in _cut_long(text, line)]
    return tuple(_join(text, lines))


def _lines(text: str) -> Iterator[Piece]:
    """Yield the lines that print something, stripped."""
    blank_before = True
    reached = 0
    for match in _LINE.finditer(text):
        between = text[reached : match.start()]
        reached = match.end()
        gap = blank_before or _is_blank_line(between)
        span = strip(text, match.start(), match.end())
        blank_before = span is None
        if span is not None:
            yield Piece(span, gap, span.start - match.start())
        else:
            blank_before = True


def _is_blank_line(separators: str) -> bool:
    """Tell whether the separators between two lines leave an empty line: two breaks (CRLF is one) or U+2029."""
    return "\u2029" in separators or len(separators) - separators.count("\r\n") > 1


def strip(text: str, start: int, end: int) -> Span | None:
    """Return the span without the blank and invisible characters at its edges; None if nothing is left."""
    line = text[start:end]
    inner = line.lstrip(BLANK + INVISIBLE)
    if not inner:
        return None
    start += len(line) - len(inner)
    return Span(start, start + len(inner.rstrip(BLANK + INVISIBLE)))


def _cut_long(text: str, line: Piece) -> Iterator[Piece]:
    """Yield the line whole, or the parts of one too long to be a paragraph."""
    if line.length < _LONG_LINE:
        yield line
        return
    gap = line.gap
    for cell in _cells(text, line.span):
        for span in _cut_at_sentences(text, cell):
            yield Piece(span, gap)
            gap = False


def _cells(text: str, span: Span) -> Iterator[Span]:
    """Split at tabs and wide gaps, which stand for mark-up in a page scraped to one line."""
    start = span.start
    for match in _WIDE_GAP.finditer(text, span.start, span.end):
        cell = strip(text, start, match.start())
        start = match.end()
        if cell:
            yield cell
    cell = strip(text, start, span.end)
    if cell:
        yield cell


def _cut_at_sentences(text: str, span: Span) -> Iterator[Span]:
    """Cut at sentence ends, outside quotation marks if one comes in time, anywhere if none comes at all."""
    start, counted, opened, straight = span.start, span.start, 0, 0
    for match in _SENTENCE_END.finditer(text, span.start, span.end):
        end = match.end()
        opened += _opened(text, counted, end)
        straight += text.count('"', counted, end)
        counted = end
        is_outside = opened == 0 and straight % 2 == 0
        if end - start >= (_SHORTEST_CUT if is_outside else _LONGEST_CUT):
            yield from _cut_hard(text, start, end)
            start, opened, straight = end, 0, 0
    yield from _cut_hard(text, start, span.end)


def _opened(text: str, start: int, end: int) -> int:
    """Count the opening marks less the closing ones."""
    opened = text.count("“", start, end) + text.count("«", start, end)
    return opened - text.count("”", start, end) - text.count("»", start, end)


def _cut_hard(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretch, in parts if it holds no sentence end for far too long: at a space where there is one."""
    while end - start > 2 * _LONGEST_CUT:
        cut = text.rfind(" ", start + _SHORTEST_CUT, start + _LONGEST_CUT)
        cut = cut if cut > 0 else start + _LONGEST_CUT
        span = strip(text, start, cut)
        start = cut
        if span:
            yield span
    span = strip(text, start, end)
    if span:
        yield span


def _join(text: str, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, each of one or more lines."""
    width = _wrap_width(text, lines)
    current: Piece | None = None
    last: Piece | None = None
    for line in lines:
        if current and last and not line.gap and _is_joined(text, last, line, width):
            current = Piece(Span(current.span.start, line.span.end), current.gap, current.indent)
        else:
            if current:
                yield current
            current = line
        last = line
    if current:
        yield current


def _is_joined(text: str, line: Piece, following: Piece, width: int | None) -> bool:
    """Tell whether the line break between two adjacent lines is only typographical."""
    if _BULLET.match(text, following.span.start) and line.indent == following.indent:
        return False
    if width and not _is_break_in_wrapped(text, line, following, width):
        return True
    if not width and _ends_sentence(text, line):
        return False
    return _goes_on(text, line, following)


def _is_break_in_wrapped(text: str, line: Piece, following: Piece, width: int) -> bool:
    """In hard-wrapped text a break is a real one if the line had room left, or the next one is indented."""
    if following.indent > line.indent + 1:
        return True
    has_room = line.length + 1 + _first_word(text, following) <= width
    return has_room and (_ends_sentence(text, line) or line.length < width * 0.6)


def _goes_on(text: str, line: Piece, following: Piece) -> bool:
    """Tell whether a sentence runs over the break: the next line begins small, or this one ends on "the"."""
    if _CREDIT.match(text, following.span.start, following.span.end):
        return False
    if not text[following.span.start].isascii():
        return False
    if _DANGLING.search(text, max(line.span.start, line.span.end - 8), line.span.end):
        return True
    begins_small = _GOES_ON.match(text, following.span.start) is not None
    return begins_small and (line.length >= 40 or not text[following.span.start].isalpha())


def _ends_sentence(text: str, line: Piece) -> bool:
    return _TERMINAL.search(text, max(line.span.start, line.span.end - 5), line.span.end) is not None


def _first_word(text: str, line: Piece) -> int:
    """Length of the line's first word, in code points."""
    end = text.find(" ", line.span.start, line.span.end)
    return (end if end >= 0 else line.span.end) - line.span.start


def _wrap_width(text: str, lines: Sequence[Piece]) -> int | None:
    """Estimate the column at which the text is wrapped; None if its line breaks end paragraphs.

    Wrapped lines are nearly all as long as they could be: the next word would not have fitted. Lists and
    paragraphs of one line each vary.
    """
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if not b.gap]
    if len(pairs) < 3:
        return None
    width = _percentile((a.length for a, _ in pairs), 0.95)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(a.length + 1 + _first_word(text, b) > width for a, b in pairs)
    unended = sum(not _ends_sentence(text, a) for a, _ in pairs)
    return width if full >= len(pairs) / 2 and unended >= len(pairs) * 0.4 else None


def _percentile(values: Iterable[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[int((len(ordered) - 1) * share)]
