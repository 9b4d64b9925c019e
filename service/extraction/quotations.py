"""Find every quoted stretch of an article by its marks, before anything else looks at the text.

Handles curly, straight, single British marks, guillemets, low-high, corner brackets, doubled accents and
entity debris, either way round; nested ones; paragraphs that reopen without closing; and broken ones:
unclosed, unopened, doubled, stray. Each paragraph is paired by itself, so a broken mark costs at most the
edges of the quotations in its own paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.extraction import marks, pairing, repair, stretch_kinds
from service.extraction.marks import Mark
from service.extraction.models import Paragraph, Span, Stretch
from service.extraction.pairing import Pair, Setting

_LEADING = " \t\u00a0•·*-–—―>|"


def find_stretches(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Stretch, ...]:
    """Return the quoted stretches of ``text``, nested ones included, ordered by where they begin.

    Each lies within one of the ``paragraphs`` (ordered, without overlap). Time and memory are linear in the
    text. An outer stretch comes before the ones inside it.
    """
    found = marks.find_marks(text)
    british = _is_british(text, found)
    stretches: list[Stretch] = []
    open_stretch: int | None = None
    lines = [_Line.of(text, paragraph, found) for paragraph in paragraphs if paragraph.kind != "furniture"]
    for i, line in enumerate(lines):
        goes_on = i + 1 < len(lines) and line.may_go_on(lines[i + 1])
        setting = Setting(british, goes_on, open_stretch is not None)
        pairs, left_open = pairing.pair(text, line.marks, end=line.span.end, setting=setting)
        new = list(_stretches(text, line.span, pairs, left_open))
        if open_stretch is not None and new and _goes_on_in(line, new[0]):
            new[0] = replace(new[0], continues=open_stretch)
        open_stretch = _last_open(new, len(stretches)) if left_open else None
        stretches.extend(new)
    return tuple(stretches)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph that may quote, and the marks in it."""

    text: str
    span: Span
    marks: Sequence[Mark]

    @classmethod
    def of(cls, text: str, paragraph: Paragraph, found: Sequence[Mark]) -> _Line:
        span = paragraph.span
        first = bisect_left(found, span.start, key=lambda mark: mark.start)
        last = bisect_left(found, span.end, key=lambda mark: mark.start)
        return cls(text, span, found[first:last])

    @property
    def opener(self) -> Mark | None:
        """The mark that opens the paragraph, if one does."""
        if not self.marks or self.marks[0].opening > marks.WRONG_GLYPH:
            return None
        lead = self.text[self.span.start : self.marks[0].start]
        return None if lead.strip(_LEADING) else self.marks[0]

    def may_go_on(self, after: _Line) -> bool:
        """Tell whether a quotation left open here would be taken up by the paragraph ``after``."""
        return after.opener is not None and any(mark.family == after.opener.family for mark in self.marks)


def _stretches(text: str, paragraph: Span, pairs: Sequence[Pair], left_open: bool) -> Iterator[Stretch]:
    """Turn the pairs of one paragraph into stretches, with the missing edges inferred."""
    made: list[Stretch] = []
    reached = paragraph.start
    for pair in pairs:
        made.append(_stretch(text, pair, reached, reached > paragraph.start, left_open))
        if pair.depth == 0:
            reached = made[-1].span.end
    made.sort(key=lambda stretch: (stretch.span.start, -stretch.span.end))
    yield from _nest(text, made)


def _stretch(text: str, pair: Pair, reached: int, after_quotation: bool, left_open: bool) -> Stretch:
    opener, closer = pair.opener, pair.closer
    if opener and closer:
        span, inner = Span(opener.start, closer.end), Span(opener.end, closer.start)
        mixed = opener.family != closer.family
        return Stretch(span, inner, pair.depth, repaired=mixed)
    if opener:
        limit = opener.end + len(text[opener.end : pair.limit].rstrip())
        end = limit if left_open else repair.lost_end(text, opener.end, limit)
        return Stretch(Span(opener.start, end), Span(opener.end, end), pair.depth, repaired=not left_open)
    assert closer is not None
    start = repair.lost_start(text, reached, closer.start, after_quotation=after_quotation)
    return Stretch(Span(start, closer.end), Span(start, closer.start), pair.depth, repaired=True)


def _nest(text: str, made: Sequence[Stretch]) -> Iterator[Stretch]:
    """Set depth by what encloses what, join doubled marks, drop what holds no word, and say the kind."""
    around: list[Stretch] = []
    out: list[Stretch] = []
    for stretch in made:
        while around and around[-1].span.end <= stretch.span.start:
            around.pop()
        if not any(character.isalnum() for character in text[stretch.inner.start : stretch.inner.end]):
            continue
        if around and not around[-1].inner.contains(stretch.span):
            continue
        around.append(stretch)
        kind = stretch_kinds.classify(text, stretch.span, stretch.inner)
        out.append(replace(stretch, depth=len(around) - 1, kind=kind))
    yield from out


def _goes_on_in(line: _Line, first: Stretch) -> bool:
    return line.opener is not None and first.span.start == line.opener.start


def _last_open(new: Sequence[Stretch], offset: int) -> int | None:
    outer = [i for i, stretch in enumerate(new) if stretch.depth == 0]
    return offset + outer[-1] if outer else None


def _is_british(text: str, found: Sequence[Mark]) -> bool:
    """Tell whether single marks are this article's outer quotation marks: ‘Go,’ he said."""
    singles = sum(1 for mark in found if mark.family == "S" and _ends_speech(text, mark))
    doubles = sum(1 for mark in found if mark.family != "S" and _ends_speech(text, mark))
    return singles > doubles


def _ends_speech(text: str, mark: Mark) -> bool:
    return text[mark.start - 1 : mark.start] in {",", ".", "?", "!"} and mark.closing < marks.WRONG_GLYPH
