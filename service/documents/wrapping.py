"""Joins the lines that were only broken to fit a column: wire copy, mail, PDF exports, badly scraped text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from service.documents.lines import Piece
from service.extraction.models import Span

_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")
_STOP = re.compile(r"[.!?…][\"\'”’»)\]]{0,3}$")
_BULLET = re.compile(r"[-–—*•·▪●>]\s|\d{1,2}[.)]\s")
_DANGLING = re.compile(r"\b(?:a|an|the|of|and|or|to|for|with|in|at|on|from|that|who|which|as|his|her|their)$")
_BEFORE_NAME = re.compile(
    r"\b(?:(?:Mrs?|Ms|Dr|Prof|Rep|Sen|Gov|Gen|Lt|Col|Capt|Sgt|Supt|Det|Insp)\.?|Detective|Inspector|Constable)$"
)
"""How a line ends that a name goes on after: "said Detective", "Sen."."""
_CREDIT = re.compile(r"(?:by|via|from|photo|source)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"[-–—]\s?(?:(?:said|wrote|told|[a-z]{2,12}(?:ed|s))\s(?:the\s|an?\s|he\b|she\b|[A-Z])"
    r"|(?:he|she|they)\s(?:said|wrote|told|[a-z]{2,12}(?:ed|s))\b)"
)
"""How a line begins that says whose the quotation above is."""

_QUOTED_COMMA = re.compile(r"(?:,[\"”»’']|[\"”»’'],)$")
"""How a line ends on a quotation that its sentence goes on after."""

_TAIL = re.compile(r"[,;.)](?:\s|$)")
"""How a line begins that can only go on from another one."""

_NEXT_SENTENCE = re.compile(r"[a-z][.!?][\"”’»)]{0,2}\s[\"“‘«(]?[A-Z][a-z]")
_MARK = re.compile('["“”]')
_MARKS = frozenset("\"“‘«„'")
_LEAST_SENTENCES, _LEAST_BROKEN, _MOST_SEVERAL, _LEAST_ENDED = 8, 1, 0.15, 0.6
"""Fewest lines of text that has one for each sentence; quotations that run over their ends; the largest
share that hold two sentences all the same, for abbreviations; the smallest share that end as one does."""
_LEAST_BEGUN = 0.3
"""Smallest share of lines that begin within a sentence where lines are broken anywhere."""

_MOST_BIG = 0.75
"""Largest share of lines that begin with a capital where a sentence may run over the ends of lines."""

_LONGEST_JOINED = 2_000
"""Code points of a paragraph put together from such lines from which on it is cut."""

_FIRST_PERSON = re.compile(r"I(?:['’](?:d|ll|m|ve))?\s")
"""The one word that begins big within a sentence, too."""

_LONGEST_PHRASE = 60
"""Most code points of words in mark-up of their own: a name, a title."""

_NARROWEST, _WIDEST = 45, 120
"""The columns, in code points, at which mail, wire copy and PDF exports break their lines."""

_COLUMN = 26
"""The narrowest column of print: below ``_NARROWEST`` more lines must be full, for lists are narrow too."""


def join_wrapped(text: str, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines, each run of lines that make one paragraph as one piece.

    Handled: lines broken at a column, with blank lines or indents between the paragraphs or neither; a
    sentence broken by inline mark-up ("On Friday, the⏎minister⏎, who resigned…"), also with blank lines
    around what was marked up; text with a line for each sentence. Lists stay lists.
    """
    if not lines:
        return
    if _is_by_sentence(text, lines):
        yield from _join_sentences(text, lines)
        return
    width = _wrap_width(text, lines)
    anywhere = width is None and _is_broken_anywhere(text, lines)
    current = lines[0]
    for line, following, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        wrapped = not following.gap and _is_joined(text, line, following, width)
        if anywhere and not following.gap and not wrapped:
            wrapped = _is_within(text, current, line, following)
        if following.starts_line and (wrapped or _is_torn(text, line, following, after)):
            current = Piece(Span(current.span.start, following.span.end), current.gap, current.indent)
        else:
            yield current
            current = following
    yield current


def _is_broken_anywhere(text: str, lines: Sequence[Piece]) -> bool:
    """Tell whether lines are broken at no column, but within sentences: many go on in small letters."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    begun = sum(text[b.span.start].islower() and not _ends_sentence(text, a) for a, b in pairs)
    return len(pairs) >= _LEAST_SENTENCES and begun >= _LEAST_BEGUN * len(pairs)


def _is_within(text: str, current: Piece, line: Piece, following: Piece) -> bool:
    """Tell whether a paragraph that has reached ``line`` goes on with a capital: "the mayor⏎[Ann] Lee".

    So it does where a quotation is open, whatever its last sentence.
    """
    bullet = _BULLET.match(text, following.span.start)
    credit = _CREDIT.match(text, following.span.start, following.span.end)
    if bullet is not None or credit is not None or current.length > _LONGEST_JOINED:
        return False
    if _left_open(text, current.span) > 0 and text[following.span.start] not in _MARKS:
        return True
    begun = current.span.start != line.span.start or text[following.span.start].islower()
    return begun and _STOP.search(text, max(line.span.start, line.span.end - 5), line.span.end) is None


def _is_by_sentence(text: str, lines: Sequence[Piece]) -> bool:
    """Tell whether each sentence has a line of its own, whatever paragraph it was in.

    Hardly any holds two, and quotations run over lines that do not open them again.
    """
    if len(lines) < _LEAST_SENTENCES:
        return False
    several = sum(_NEXT_SENTENCE.search(line.span.of(text)) is not None for line in lines)
    ended = sum(_ends_sentence(text, line) for line in lines)
    if several > _MOST_SEVERAL * len(lines) or ended < _LEAST_ENDED * len(lines):
        return False
    pairs = itertools.pairwise(lines)
    broken = sum(_left_open(text, a.span) != 0 and text[b.span.start] not in _MARKS for a, b in pairs)
    return broken >= _LEAST_BROKEN


def _join_sentences(text: str, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield paragraphs of lines that hold a sentence each, cut where none is open once they are long."""
    current, opened = lines[0], _left_open(text, lines[0].span)
    for line in lines[1:]:
        full = current.length >= _LONGEST_JOINED and opened == 0
        if full or not _ends_sentence(text, current) or current.length >= 2 * _LONGEST_JOINED:
            yield current
            current, opened = line, 0
        else:
            current = Piece(Span(current.span.start, line.span.end), current.gap, current.indent)
        opened = max(0, opened + _left_open(text, line.span))
    yield current


def _left_open(text: str, span: Span) -> int:
    """Return 1 where a quotation opens in the span and does not close, -1 where one closes, else 0."""
    marks = [found.start() for found in _MARK.finditer(text, span.start, span.end)]
    if len(marks) % 2 == 0:
        return 0
    last = marks[-1]
    opens = text[last] == "“" or (text[last] == '"' and not text[last - 1 : last].strip())
    return 1 if opens else -1


def _is_joined(text: str, line: Piece, following: Piece, width: int | None) -> bool:
    """Tell whether the line break between two adjacent lines is only typographical."""
    if _BULLET.match(text, following.span.start) and line.indent == following.indent:
        return False
    if width is not None:
        return not _ends_paragraph(text, line, following, width)
    if _BEFORE_NAME.search(text, max(line.span.start, line.span.end - 12), line.span.end):
        return text[following.span.start].isupper()
    return not _ends_sentence(text, line) and _goes_on(text, line, following)


def _is_torn(text: str, line: Piece, following: Piece, after: Piece | None) -> bool:
    """Tell whether blank lines part a sentence: the next line, or the one after, begins with a comma.

    Or a break parts a quotation from who said it: '"We broke their plan"' and below '- said Ann Lee.', or
    '"We broke their plan,"' and below 'said Ann Lee.'
    """
    quoted = text[line.span.end - 1] in '"”»' and not _BULLET.match(text, line.span.start)
    if quoted and _SAYS.match(text, following.span.start, following.span.end):
        return True
    if text[following.span.start].islower() and _QUOTED_COMMA.search(text, line.span.start, line.span.end):
        return True
    if not following.gap or _TERMINAL.search(text, max(line.span.start, line.span.end - 5), line.span.end):
        return False
    if _TAIL.match(text, following.span.start, following.span.end):
        return True
    tail = after is not None and after.gap and _TAIL.match(text, after.span.start, after.span.end)
    return bool(tail) and following.length <= _LONGEST_PHRASE and text[line.span.end - 1].isalpha()


def _ends_paragraph(text: str, line: Piece, following: Piece, width: int) -> bool:
    """In wrapped text a break is a real one if the line had room left, or the next line is indented."""
    if following.indent > line.indent + 1:
        return True
    has_room = line.length + 1 + _first_word(text, following) <= width
    is_short = line.length < width * 0.6 and not text[following.span.start].islower()
    return has_room and (_ends_sentence(text, line) or is_short)


def _goes_on(text: str, line: Piece, following: Piece) -> bool:
    """Tell whether a sentence runs over the break.

    The next line begins small, or with "I", or this one ends on "the" or on a comma.
    """
    if _CREDIT.match(text, following.span.start, following.span.end):
        return False
    if _DANGLING.search(text, max(line.span.start, line.span.end - 8), line.span.end):
        return True
    first = text[following.span.start]
    if text[line.span.end - 1] == "," and line.length >= _COLUMN:
        return True
    small = first.islower() or _FIRST_PERSON.match(text, following.span.start) is not None
    return first in ",;:.)" or (small and (line.length >= 40 or text[line.span.end - 1] == ","))


def _ends_sentence(text: str, line: Piece) -> bool:
    return _TERMINAL.search(text, max(line.span.start, line.span.end - 5), line.span.end) is not None


def _first_word(text: str, line: Piece) -> int:
    """Length of the line's first word, in code points."""
    end = text.find(" ", line.span.start, line.span.end)
    return (end if end >= 0 else line.span.end) - line.span.start


def _wrap_width(text: str, lines: Sequence[Piece]) -> int | None:
    """Estimate the column at which the text is wrapped; None if its line breaks end paragraphs.

    Wrapped lines are nearly all as long as they could be: the next word would not have fitted. The lengths of
    paragraphs on one line each, and of the entries of a list, vary; and those begin with capitals.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    if len(pairs) < 3:
        return None
    width = _percentile((a.length for a, _ in pairs), 0.95)
    if not _COLUMN <= width <= _WIDEST:
        return None
    narrow = width < _NARROWEST
    full = sum(a.length + 1 + _first_word(text, b) > width for a, b in pairs)
    open_ended = sum(not _ends_sentence(text, a) for a, _ in pairs)
    begun = sum(text[b.span.start].islower() for _, b in pairs)
    if sum(_begins_big(text, b) for _, b in pairs) > _MOST_BIG * len(pairs):
        return None
    if narrow and (full < len(pairs) * 0.7 or begun < len(pairs) * 0.4):
        return None
    return width if full >= len(pairs) / 2 and open_ended >= len(pairs) * 0.4 else None


def _begins_big(text: str, line: Piece) -> bool:
    """Tell whether a line begins with a capital and goes on in small letters, as entries of a list do."""
    first = line.span.start
    return text[first].isupper() and text[first + 1 : first + 2].islower()


def _percentile(values: Iterable[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[int((len(ordered) - 1) * share)]
