"""What the mark-up says outright: whose words a block quotation holds, and what the paragraphs are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service.documents.lines import Piece
from service.extraction.models import Hint, ParagraphKind, Span

_DASHED = re.compile(r"[—–―‒-]{1,3}\s?(?=\w)")
_BEFORE_NAME = re.compile(r"[\s—–―‒~-]*(?:(?:by|source|credit):?\s)?", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s?(?:[,(@|\n;:•·]|\s[—–―‒-]\s|\s(?:on|via)\s)", re.IGNORECASE)
_LONGEST_HEADING = 300
_LONGEST_CREDIT = 200
_LONGEST_NAME = 100


@dataclass(slots=True)
class Regions:
    """Where in the text the elements stand that say something about it, in the order in which they end."""

    headings: list[Span] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    items: list[Span] = field(default_factory=list)
    quoting: list[tuple[str, Span]] = field(default_factory=list)


def find_hints(text: str, regions: Regions) -> tuple[Hint, ...]:
    """Return a hint for every block quotation, in order, with its source where the mark-up credits it.

    Handled: ``<blockquote><p>…</p><cite>Name</cite></blockquote>`` (WordPress's quotes and pull quotes),
    ``<footer>`` in its place, ``<figure><blockquote>…</blockquote><figcaption>Name</figcaption></figure>``,
    and a last paragraph that begins with a dash ("— Name (@name)", an embedded post).
    """
    quotes = _outermost(span for name, span in regions.quoting if name == "blockquote")
    credited = sorted(trim(text, span) for name, span in regions.quoting if name in {"cite", "footer"})
    captions = _captions(text, regions)
    found = (_hint(text, trim(text, quote), credited, captions) for quote in quotes)
    return tuple(hint for hint in found if hint)


def known_kinds(
    pieces: Sequence[Piece], regions: Regions, hints: Sequence[Hint], length: int
) -> tuple[ParagraphKind | None, ...]:
    """Return the kind that the mark-up gives each piece; None where it says nothing.

    A heading is one by its element; "body" only means that it is no heading. An ``<aside>`` or a ``<form>``
    that holds more than half of the text (of ``length`` code points) is no furniture.
    """
    headings = _Cover(span for span in regions.headings if span.end - span.start <= _LONGEST_HEADING)
    furniture = _Cover(span for span in regions.furniture if 2 * (span.end - span.start) <= length)
    body = _Cover([*regions.items, *(span for name, span in regions.quoting if name == "blockquote")])
    quoted = _Cover(span for hint in hints for span in (hint.content, hint.source) if span)
    return tuple(_known_kind(piece.span, headings, furniture, body, quoted) for piece in pieces)


def _known_kind(
    span: Span, headings: _Cover, furniture: _Cover, body: _Cover, quoted: _Cover
) -> ParagraphKind | None:
    if quoted.touches(span):
        return "body"
    if furniture.holds(span):
        return "furniture"
    if headings.holds(span):
        return "heading"
    return "body" if body.holds(span) else None


class _Cover:
    """A set of stretches of the text, to ask whether one holds a given span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = list(_outermost(spans))
        self._starts = [span.start for span in self._spans]

    def holder(self, span: Span) -> Span | None:
        """Return the stretch that contains the span."""
        index = bisect_right(self._starts, span.start) - 1
        return self._spans[index] if index >= 0 and self._spans[index].contains(span) else None

    def holds(self, span: Span) -> bool:
        """Tell whether one of the stretches contains the span."""
        return self.holder(span) is not None

    def touches(self, span: Span) -> bool:
        """Tell whether one of the stretches overlaps the span."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self._spans[index].overlaps(span)


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that no other one contains, in order; none overlap, for elements are nested."""
    reached = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > reached:
            yield span
            reached = span.end


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its edges; at its end if it holds nothing else."""
    words = text[span.start : span.end]
    start = span.end - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _captions(text: str, regions: Regions) -> tuple[_Cover, dict[Span, Span]]:
    """Return the outermost figures, and the last caption of each that has one."""
    figures = _Cover(span for name, span in regions.quoting if name == "figure")
    found = {}
    for name, span in regions.quoting:
        figure = figures.holder(span) if name == "figcaption" else None
        if figure:
            found[figure] = trim(text, span)
    return figures, found


def _hint(
    text: str, quote: Span, credited: Sequence[Span], captions: tuple[_Cover, dict[Span, Span]]
) -> Hint | None:
    """Return the hint that a block quotation gives; None if there is nothing in it."""
    credit = _credit_inside(text, quote, credited)
    content = trim(text, Span(quote.start, credit.start)) if credit else quote
    if content.start == content.end:
        return None
    credit = credit or _credit_below(quote, *captions)
    return Hint(content, _name(text, credit) if credit else None)


def _credit_inside(text: str, quote: Span, credited: Sequence[Span]) -> Span | None:
    """Return the line of the quotation that credits it: ``<cite>``, ``<footer>``, or one after a dash."""
    index = bisect_right(credited, quote)
    while index < len(credited) and credited[index].start < quote.end:
        credit = credited[index]
        if credit.start > quote.start and text[credit.start - 1] == "\n":
            return credit
        index += 1
    start = text.rfind("\n", quote.start, quote.end) + 1
    is_dashed = start > quote.start and quote.end - start <= _LONGEST_CREDIT and _DASHED.match(text, start)
    return Span(start, quote.end) if is_dashed else None


def _credit_below(quote: Span, figures: _Cover, captions: dict[Span, Span]) -> Span | None:
    """Return the caption under the quotation, of the figure that it stands in."""
    figure = figures.holder(quote)
    caption = captions.get(figure) if figure else None
    return caption if caption and caption.start >= quote.end else None


def _name(text: str, credit: Span) -> Span | None:
    """Return who is credited, without what the line says before and after: "— Jane Doe, mayor of Leeds"."""
    before = _BEFORE_NAME.match(text, credit.start, credit.end)
    start = before.end() if before else credit.start
    after = _AFTER_NAME.search(text, start, credit.end)
    name = trim(text, Span(start, after.start() if after else credit.end))
    return name if 0 < name.end - name.start <= _LONGEST_NAME else None
