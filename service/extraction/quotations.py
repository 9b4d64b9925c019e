"""Find every quoted stretch of an article by its marks, before anything else looks at the text.

Handles curly, straight, single British marks, guillemets, low-high, corner brackets and doubled accents,
either way round; nested ones; paragraphs that reopen without closing, run together or not; and broken ones:
unclosed, unopened, doubled, stray. Each paragraph is paired by itself, so a broken mark costs at most the
edges of the quotations in its own paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from service.extraction import interposed, pairing, repair, stretch_kinds
from service.extraction.marks import GLYPHS, Family
from service.extraction.models import Checkpoint, Paragraph, Span, Stretch, go_on
from service.extraction.pairing import Pair, Setting
from service.extraction.weighing import WRONG_GLYPH, WRONG_SPACE, Mark, weigh

MAX_STRAYS = 8
"""Closing marks without an opening one, nothing said between, after which the words before are given up."""

APOSTROPHE = 0.5
"""Most that it costs to pass over a single mark that is rather an apostrophe: "the players' fault"."""

MAX_UNMARKED = 8
"""Most lines without marks that a quotation goes on through."""

_WORD = re.compile(r"[^\W_]")
_LEADING = " \t\u00a0•·*-–—―>|"


def find_stretches(
    text: str, paragraphs: Sequence[Paragraph], *, checkpoint: Checkpoint = go_on
) -> tuple[Stretch, ...]:
    """Return the quoted stretches of ``text``, nested ones included, ordered by where they begin.

    Each lies within one of the ``paragraphs`` (ordered, without overlap). Time and memory are linear in the
    text. An outer stretch comes before the ones inside it. ``checkpoint`` is called before each paragraph.
    """
    found = weigh(text)
    about = Setting(british=_is_british(text, found), cues_outside=_has_cues_outside(text, found))
    lines = [_Line.of(text, paragraph, found) for paragraph in paragraphs if paragraph.kind != "furniture"]
    stretches: list[Stretch] = []
    last_open: int | None = None
    inside = 0
    for place, (line, after) in enumerate(zip_longest(lines, lines[1:])):
        checkpoint()
        if inside and last_open is not None:
            inside -= 1
            stretches.append(Stretch(line.span, line.span, repaired=True, continues=last_open))
            last_open = len(stretches) - 1
            continue
        spoken = line.spoken()
        stretches.extend(spoken)
        if not line.marks or (spoken and not any(map(_quotes, line.marks))):
            last_open = None
            continue
        inside = _unmarked_inside(text, lines[place : place + MAX_UNMARKED + 2])
        setting = line.setting(
            lines[place + inside + 1] if inside else after, about, went_on=last_open is not None
        )
        pairs, left_open = pairing.pair(text, line.marks, end=line.span.end, setting=setting)
        new = list(_stretches(text, line.span, pairs, left_open=left_open, setting=setting))
        if last_open is not None and new and line.takes_up(new[0]):
            new[0] = replace(new[0], continues=last_open)
        goes_on = left_open or _breaks_off(text, line, new, after)
        last_open = _last_outer(new, len(stretches)) if goes_on else None
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

    def setting(self, after: _Line | None, about: Setting, *, went_on: bool) -> Setting:
        """Say what the paragraph ``after`` this one, if any, does with a quotation left open here.

        ``about`` says what is known of the article.
        """
        if after is None or not after.marks:
            return replace(about, went_on=went_on)
        first = after.marks[0]
        same = any(mark.family == first.family for mark in self.marks)
        reopens = same and after.opener is not None
        ends = first.direction == "close" and len(after.marks) == 1
        ends = ends or first.opening - first.closing >= WRONG_SPACE
        closes = same and not reopens and first.family == "D" and ends
        return replace(about, reopens=reopens, closes=closes, went_on=went_on)

    def spoken(self) -> Sequence[Stretch]:
        """Return speech that only dashes set off, in a line without marks or before the first of them.

        Before marks it counts where the narrator goes on after it: "- It hurts - said Roe. To him, “A”.".
        """
        first = next(filter(_quotes, self.marks), None)
        if first is None:
            return tuple(interposed.dialogue(self.text, self.span))
        before = Span(self.span.start, first.start)
        found = tuple(interposed.dialogue(self.text, before)) if first.opening < first.closing else ()
        ended = found and self.text[found[-1].span.end : before.end].strip(_LEADING)
        return found if ended else ()

    @property
    def opener(self) -> Mark | None:
        """The mark that opens the paragraph, if one does."""
        if not self.marks or self.marks[0].opening > WRONG_GLYPH:
            return None
        lead = self.text[self.span.start : self.marks[0].start]
        return None if lead.strip(_LEADING) else self.marks[0]

    def takes_up(self, first: Stretch) -> bool:
        """Tell whether the ``first`` stretch stands where it can go on from the paragraph before."""
        lead = self.text[self.span.start : first.span.start]
        return not lead.strip(_LEADING)


def _quotes(mark: Mark) -> bool:
    """Tell whether a mark is likelier to quote than to be an apostrophe."""
    return mark.family != "S" or mark.skipping > APOSTROPHE


def _unmarked_inside(text: str, lines: Sequence[_Line]) -> int:
    """Count the lines without marks between one that opens a quotation and one that closes it.

    Handles: “We won. / They lost. / It was raining.” on three lines, where no line but the last reports
    anything itself.
    """
    count = next((i for i, line in enumerate(lines[1:]) if line.marks), 0)
    if not count or len(lines[0].marks) != 1 or len(lines[count + 1].marks) != 1:
        return 0
    opener, closer, end = lines[0].marks[0], lines[count + 1].marks[0], lines[count + 1].span.end
    opens = opener.direction == "open" or (opener.direction == "either" and lines[0].opener is opener)
    apart = closer.opening - closer.closing >= WRONG_SPACE
    closes = closer.direction == "close" or (closer.direction == "either" and apart)
    double = opener.family == closer.family == "D" and max(opener.opening, closer.closing) < WRONG_GLYPH
    ended = not text[closer.end : end].strip(" .!?…") or repair.cue_follows(text, closer.end)
    inside = [*(line.span for line in lines[1 : count + 1]), Span(lines[count + 1].span.start, closer.start)]
    told = any(repair.reports(text, span) for span in inside)
    return count if double and opens and closes and ended and not told else 0


def _stretches(
    text: str, paragraph: Span, pairs: Sequence[Pair], *, left_open: bool, setting: Setting
) -> Iterator[Stretch]:
    """Turn the pairs of one paragraph into stretches, with the missing edges inferred."""
    made: list[Stretch] = []
    reached = paragraph.start
    strays = 0
    for pair in pairs:
        start = _start(text, pair, reached, paragraph.start, went_on=setting.went_on)
        strays = strays + 1 if start is None else 0
        if start is None:
            reached = pair.limit if strays % MAX_STRAYS == 0 else reached
            continue
        made.append(_stretch(text, pair, start, left_open))
        if pair.depth == 0:
            reached = made[-1].span.end
    whole = _without_doubles(text, _in_order(made))
    parts = interposed.part(text, whole, dashes_only=setting.cues_outside)
    yield from _nest(text, _in_order(parts), heading=stretch_kinds.is_heading(text, paragraph))


def _breaks_off(text: str, line: _Line, new: Sequence[Stretch], after: _Line | None) -> bool:
    """Tell whether a paragraph is a quotation that a comma ends, for the next one to go on: “A,” / “B.”."""
    if len(new) != 1 or after is None or after.opener is None or line.opener is None:
        return False
    whole = line.takes_up(new[0]) and not text[new[0].span.end : line.span.end].strip()
    return whole and text[new[0].inner.end - 1 : new[0].inner.end] == ","


def _in_order(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sort by where they begin, an outer one before those inside it."""
    return sorted(stretches, key=lambda stretch: (stretch.span.start, -stretch.span.end))


def _start(text: str, pair: Pair, reached: int, first: int, *, went_on: bool) -> int | None:
    """Return where a pair begins: at its opening mark, or where the words before the closing one must."""
    if pair.opener:
        return pair.opener.start
    closer = Span(pair.limit, pair.closer.end if pair.closer else pair.limit)
    region = Span(reached, pair.limit)
    return repair.lost_start(text, region, closer, after_quotation=reached > first, left_open=went_on)


def _stretch(text: str, pair: Pair, start: int, left_open: bool) -> Stretch:
    first = pair.opener.end if pair.opener else start
    if pair.closer:
        span, inner = Span(start, pair.closer.end), Span(first, pair.closer.start)
        return Stretch(span, inner, pair.depth, repaired=pair.repaired)
    limit = first + len(text[first : pair.limit].rstrip())
    end = limit if left_open else repair.lost_end(text, start, first, limit)
    return Stretch(Span(start, end), Span(first, end), pair.depth, repaired=not left_open)


def _without_doubles(text: str, made: Sequence[Stretch]) -> list[Stretch]:
    """Join two pairs of double marks around the same words (``"“We won,”"``) into one stretch."""
    out: list[Stretch] = []
    for stretch in made:
        if out and out[-1].inner == stretch.span and _mark(text, out[-1]) == _mark(text, stretch):
            out[-1] = replace(out[-1], inner=stretch.inner, repaired=True)
        else:
            out.append(stretch)
    return out


def _mark(text: str, stretch: Stretch) -> Family | None:
    key = GLYPHS.get(text[stretch.span.start : stretch.inner.start])
    return key[0] if key else None


def _nest(text: str, made: Sequence[Stretch], *, heading: bool) -> Iterator[Stretch]:
    """Set depth by what encloses what, drop what holds no word, and say what each stretch is for."""
    around: list[Stretch] = []
    for stretch in made:
        while around and around[-1].span.end <= stretch.span.start:
            around.pop()
        if not _WORD.search(text, stretch.inner.start, stretch.inner.end):
            continue
        if around and not around[-1].inner.contains(stretch.span):
            continue
        around.append(stretch)
        kind = stretch_kinds.classify(text, stretch.span, stretch.inner, heading=heading)
        yield replace(stretch, depth=len(around) - 1, kind=kind)


def _last_outer(new: Sequence[Stretch], offset: int) -> int | None:
    outer = [i for i, stretch in enumerate(new) if stretch.depth == 0]
    return offset + outer[-1] if outer else None


def _is_british(text: str, found: Sequence[Mark]) -> bool:
    """Tell whether single marks are this article's outer quotation marks: ‘Go,’ he said."""
    singles = sum(1 for mark in found if mark.family == "S" and _ends_speech(text, mark))
    doubles = sum(1 for mark in found if mark.family != "S" and _ends_speech(text, mark))
    return singles > doubles


def _has_cues_outside(text: str, found: Sequence[Mark]) -> bool:
    """Tell whether a cue stands right after a closing mark anywhere: then this article sets them so."""
    return any(mark.closing < mark.opening and repair.cue_follows(text, mark.end) for mark in found)


def _ends_speech(text: str, mark: Mark) -> bool:
    return text[mark.start - 1 : mark.start] in {",", ".", "?", "!"} and mark.closing < WRONG_GLYPH
