"""Cuts the canonical text into lines, and lines that are too long to be paragraphs into parts.

Nothing is rewritten: a piece is a span of the text as it came, stripped of the white space and the invisible
characters around it. Everything here takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.extraction.models import Span

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u00ad\u061c\u180e" + "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
"""Characters that print nothing: byte-order mark, zero-width ones, soft hyphen, marks of direction."""

CONTROL = "".join(map(chr, [*range(0x09), *range(0x0E, 0x1C), 0x7F]))
"""Control characters that neither print nor part lines. Not those from U+0080 on: in text decoded with the
wrong table they stand for marks that do print (U+0093 for “)."""

BLANK = (
    " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x1f"
)

_EMPTY = BLANK + INVISIBLE + CONTROL

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WIDE_GAP = re.compile("\t|[ \xa0]{4}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s{1,3}(?=[\"'“‘«(\[]?[A-Z0-9])")

_ESCAPED = re.compile(r"(?:\\{1,7}[rn])+(?![a-z])|(?<=[.!?\"”’])(?:\\{1,7}[rn])+")
"""Line breaks as JSON has them, in two characters each, or more where JSON is in JSON: not a file's path."""
_BREAK = re.compile(r"\\{1,7}[rn]")

_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote)(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?<=[.!?…\"”’»)])(?:[ \xa0]{5,}|[ \xa0]{0,3}\t[ \xa0\t]*|[ \xa0]{1,3}(?:[•¶|·●▪■]|#{1,3})[ \xa0]{1,3})"
    r"(?=[\"“‘'«(\[]?[A-Z0-9])|(?<=\S)[ \xa0]{8,}(?=[\"“‘'«(\[]?[A-Z])"
)
"""What parts two sentences where a scraper has put paragraphs on one line: a wide gap, a tab, a sign."""

_GLUED = re.compile(
    r"(?<=[a-z0-9)][.!?…])(?P<marks>[\"“”]{0,2})(?=[A-Z][\w’'-]*[ ,:])"
    r"|(?<=[A-Z]{3})(?=[\"“]?[A-Z][a-z]+[ ,.])"
)
_SPACED = re.compile(r"(?<=[a-z0-9)][.!?…])[\"”]?[ \xa0][\"“]?(?=[A-Z])")
"""Where a sentence, or a line in capitals, ends and another begins, with no blank between; and with one."""

_LONG_LINE = 8_000
_SHORTEST_CUT, _LONGEST_CUT = 2_000, 6_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or what of one or more lines makes a paragraph.

    ``gap`` tells whether a blank line (or the text's start) stands before it; ``indent`` is the number of
    blank code points at its beginning; a part of a line that was cut does not start one.
    """

    span: Span
    gap: bool
    indent: int = 0
    starts_line: bool = True

    @property
    def length(self) -> int:
        """Length in code points, indentation included."""
        return self.indent + self.span.end - self.span.start


def split_lines(text: str) -> tuple[Piece, ...]:
    """Cut ``text`` into its lines, blank ones left out, in order.

    Handled: every line separator of Unicode; tags, signs and wide gaps that part paragraphs on one line;
    paragraphs put together without a blank; and a whole page on one line, which is cut at sentence ends
    outside quotation marks, so that no piece is too long to parse.
    """
    text = _parted(text)
    glued = _is_glued(text)
    lines = (part for line in _lines(text) for part in (_cut_glued(text, line) if glued else (line,)))
    return tuple(part for line in lines for part in _cut_long(text, line))


def _is_glued(text: str) -> bool:
    """Tell whether paragraphs were put together without a blank, as sentences are not: "it comes.Nobody"."""
    glued = len(_GLUED.findall(text))
    on_one_line = glued > 1 and 4 * len(_LINE.findall(text.strip())) <= 4 + glued
    return on_one_line and 3 * len(_SPACED.findall(text)) > glued


def _cut_glued(text: str, line: Piece) -> Iterator[Piece]:
    """Yield the paragraphs of a line that were put together without a blank between them."""
    start, end, open_marks, counted = line.span.start, line.span.end, 0, line.span.start
    for found in _GLUED.finditer(text, start, end):
        open_marks += text.count('"', counted, found.start())
        counted = found.start()
        marks = found["marks"] or ""
        closes = marks[:1] == "”" or (marks[:1] == '"' and (len(marks) == 2 or open_marks % 2 == 1))
        cut = found.start() + closes
        yield Piece(Span(start, cut), line.gap if start == line.span.start else True)
        start = cut
        open_marks = 0
        counted = cut
    yield Piece(Span(start, end), line.gap if start == line.span.start else True, line.indent)


def _parted(text: str) -> str:
    """Return ``text`` with a line break, and blanks, in the place of whatever else parts paragraphs in it."""
    if "\\n" in text and len(_ESCAPED.findall(text)) > 1:
        text = _ESCAPED.sub(lambda found: _BREAK.sub(_as_line_break, found[0]), text)
    if "<" in text:
        text = _BLOCK_TAG.sub(_as_blank_line, text)
    return _BETWEEN.sub(_as_blank_line, text)


def _as_line_break(found: re.Match[str]) -> str:
    return "\n".rjust(len(found[0]))


def _as_blank_line(found: re.Match[str]) -> str:
    return "\n\n".ljust(len(found[0]))[: len(found[0])]


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
    """Tell whether the separators leave an empty line: two breaks (CRLF counts as one) or U+2029."""
    return "\u2029" in separators or len(separators) - separators.count("\r\n") > 1


def strip(text: str, start: int, end: int) -> Span | None:
    """Return the span without the blank and invisible characters at its edges; None if nothing is left."""
    line = text[start:end]
    inner = line.lstrip(_EMPTY)
    if not inner:
        return None
    start += len(line) - len(inner)
    return Span(start, start + len(inner.rstrip(_EMPTY)))


def _cut_long(text: str, line: Piece) -> Iterator[Piece]:
    """Yield the line whole, or the parts of one too long to be a paragraph."""
    if line.length < _LONG_LINE:
        yield line
        return
    parts = (span for cell in _cells(text, line.span) for span in _cut_at_sentences(text, cell))
    for index, span in enumerate(parts):
        yield Piece(span, line.gap and index == 0, starts_line=index == 0)


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
    """Yield the stretch, in parts if it holds no sentence end for far too long."""
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
