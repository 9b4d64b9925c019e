"""Maps the canonical text to the source that it was read from, character for character."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from service.extraction.models import Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each code point of a canonical text comes from, as runs in order.

    A run of ``n`` code points of text comes from ``source[source_starts[i]:source_ends[i]]``: one for one if
    that is ``n`` code points too, else each from all of it (an entity, collapsed white space, a tag that
    stands for a line break or a quotation mark).

    ``blocks`` is where in the text each block begins: paragraph, heading, item of a list, cell, caption …, as
    far as it has text. A blank line, two code points, parts each from the next.
    """

    text_starts: tuple[int, ...] = ()
    source_starts: tuple[int, ...] = ()
    source_ends: tuple[int, ...] = ()
    length: int = 0
    blocks: tuple[int, ...] = ()

    def source_span(self, span: Span) -> Span:
        """Return the smallest stretch of the source that holds all of ``span``, which must not be empty.

        Raises ``ValueError`` for a span that is empty or not in the text.
        """
        if not 0 <= span.start < span.end <= self.length:
            raise ValueError(f"[{span.start}, {span.end}) is not a stretch of a text of length {self.length}")
        return Span(self._character(span.start).start, self._character(span.end - 1).end)

    def _character(self, offset: int) -> Span:
        """Return where the code point at ``offset`` comes from."""
        run = bisect_right(self.text_starts, offset) - 1
        text_start = self.text_starts[run]
        text_end = self.text_starts[run + 1] if run + 1 < len(self.text_starts) else self.length
        start, end = self.source_starts[run], self.source_ends[run]
        if text_end - text_start != end - start:
            return Span(start, end)
        return Span(start + offset - text_start, start + offset - text_start + 1)


class Canvas:
    """A canonical text in the making, with the source of every part of it.

    White space is collapsed as a browser does: a run of it is one space, and none stands at the edges of a
    line. Breaks wait until something is printed after them.
    """

    def __init__(self) -> None:
        """Begin an empty text."""
        self.length = 0
        self._parts: list[str] = []
        self._text_starts: list[int] = []
        self._source_starts: list[int] = []
        self._source_ends: list[int] = []
        self._blocks: list[int] = []
        self._space: Span | None = None
        self._lines: list[Span] = []
        self._is_apart = True
        self._printed = 0

    def text(self) -> str:
        """Return the text so far; what waits to be printed is no part of it."""
        return "".join(self._parts)

    def offsets(self) -> OffsetMap:
        """Return where the text so far comes from."""
        runs = (tuple(self._text_starts), tuple(self._source_starts), tuple(self._source_ends))
        return OffsetMap(*runs, length=self.length, blocks=tuple(self._blocks))

    def put(self, words: str, start: int, end: int) -> None:
        """Print ``words``, which hold no white space to collapse and come from ``source[start:end]``."""
        self._print_breaks(start)
        if self._space:
            self._add_before(" ", self._space, start)
        self._space = None
        self._add(words, start, end)
        self._printed = end

    def attach(self, mark: str, start: int, end: int) -> None:
        """Print a closing mark straight after what was printed last; white space that waits follows it."""
        if self._lines:
            self._print_breaks(start)
        if self._space:
            self._space = Span(end, end)
        self._add(mark, start, end)
        self._printed = end

    def space(self, start: int, end: int) -> None:
        """Leave one space before what is printed next, if nothing else parts it from what is printed last."""
        if not self._space and not self._lines and not self._is_apart:
            self._space = Span(start, end)

    def line_break(self, start: int, end: int) -> None:
        """Begin a new line of the paragraph: a ``<br>``."""
        self._space = None
        self._lines.append(Span(start, end))

    def paragraph_break(self) -> None:
        """Begin a new paragraph, with a blank line before it."""
        self._space = None
        self._lines = []
        self._is_apart = True

    @property
    def is_apart(self) -> bool:
        """Tell whether what is printed next begins a paragraph."""
        return self._is_apart

    def _print_breaks(self, start: int) -> None:
        if self._is_apart and self.length:
            self._add("\n\n", self._printed, start)
        elif not self._is_apart:
            for line in self._lines:
                self._add_before("\n", line, start)
        if self._is_apart:
            self._blocks.append(self.length)
        self._is_apart, self._lines = False, []

    def _add_before(self, blank: str, source: Span, start: int) -> None:
        """Print white space that came after the ``<q>`` at ``start``, whose mark it is printed before."""
        self._add(blank, min(source.start, start), min(source.end, start))

    def _add(self, words: str, start: int, end: int) -> None:
        self._text_starts.append(self.length)
        self._source_starts.append(start)
        self._source_ends.append(end)
        self._parts.append(words)
        self.length += len(words)
