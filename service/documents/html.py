"""HTML in, ``Article`` out: the text that a reader of the page sees, and where it stands in the source.

The canonical text has one line a paragraph and a blank line between paragraphs; ``<br>`` begins a new line.
White space is collapsed and entities are decoded. Left out are scripts, styles, hidden elements, comments,
soft hyphens and zero-width spaces. ``<q>`` prints the quotation marks that a browser prints, unless the page
prints its own; they come from its tags. Broken mark-up is read as it comes and never refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from service.documents.content import keep_content
from service.documents.elements import (
    BLOCKS,
    HEADINGS,
    PREFORMATTED,
    VOID,
    is_furniture,
    is_hidden,
)
from service.documents.hints import Regions, find_hints, known_kinds
from service.documents.lines import split_lines
from service.documents.offsets import Canvas, OffsetMap
from service.documents.paragraphs import classify
from service.documents.tokens import Token, read_tokens
from service.documents.wrapping import join_wrapped
from service.extraction.models import Article, KnownPerson, Span

_WHITE = " \t\n\f\r"
_TO_SPACES = str.maketrans(dict.fromkeys(_WHITE, " "))
_UNPRINTED = "\u200b\ufeff\u2060\u00ad"
_SPLIT = re.compile(rf"[{_WHITE}]{{2,}}|[{_UNPRINTED}]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARKS = (("“", "”"), ("‘", "’"))
_OPENING = tuple("\"“„«‘'")
_IN_QUOTATION = frozenset({"blockquote", "cite", "figcaption", "figure", "footer"})
_ITEMS = frozenset({"dd", "dt", "li", "td", "th"})


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """An article read from HTML; ``offsets`` maps its canonical text to the source."""

    article: Article
    offsets: OffsetMap


def read_html(
    html: str,
    *,
    title: str | None = None,
    known_people: tuple[KnownPerson, ...] = (),
    content: Iterable[str] = (),
) -> HtmlArticle:
    """Return the article that ``html`` holds: a fragment from a CMS, or a whole page.

    Takes time linear in the length of ``html``, refuses nothing and raises nothing. ``title`` and
    ``known_people`` are as in ``read_text``. ``content`` holds the lines of the article, if it is known which
    they are; whatever is in none of them is furniture then.
    """
    reader = _Reader(html)
    for token in read_tokens(html):
        reader.read(token)
    text = reader.canvas.text()
    hints = find_hints(text, reader.regions)
    pieces = tuple(join_wrapped(text, split_lines(text)))
    known = known_kinds(pieces, reader.regions, hints, len(text))
    known = keep_content(text, pieces, known, content)
    paragraphs = classify(text, pieces, known)
    article = Article(text, paragraphs, hints=hints, known_people=known_people, title=title)
    return HtmlArticle(article, reader.canvas.offsets())


@dataclass(slots=True)
class _Element:
    """An element that is open; ``start`` is where in the text its content begins."""

    name: str
    start: int
    is_hidden: bool = False
    is_furniture: bool = False
    closing_mark: str = ""


class _Reader:
    """Prints the tokens of a page on a canvas and notes where the elements that matter stand."""

    def __init__(self, html: str) -> None:
        self.canvas = Canvas()
        self.regions = Regions()
        self._html = html
        self._open: list[_Element] = []
        self._counts: Counter[str] = Counter()
        self._hidden = 0
        self._marks: list[tuple[_Element, str, Span]] = []

    def read(self, token: Token) -> None:
        """Read one token. What a template holds is no part of the page, and closes nothing of it."""
        if self._counts["template"] and token.name != "template":
            return
        if token.kind == "open":
            self._start(token)
        elif token.kind == "close":
            self._end(token)
        elif self._hidden:
            return
        elif token.kind == "text":
            self._text(token)
        elif token.kind == "reference":
            self._reference(token)

    def _start(self, token: Token) -> None:
        if token.name in VOID:
            self._void(token)
            return
        element = _Element(token.name, 0, is_hidden(token.name, token.attributes))
        if token.name in BLOCKS:
            self._close("p", token.start)
        if self._hidden or element.is_hidden:
            if not token.closes_itself:
                self._push(element)
            return
        if token.name in BLOCKS or self._is_credit(token.name):
            self._break()
        element.is_furniture = is_furniture(token.name, token.attributes)
        self._push(element)
        if token.name == "q":
            self._open_marks(element, token)

    def _void(self, token: Token) -> None:
        if self._hidden:
            return
        if token.name == "br":
            self.canvas.line_break(token.start, token.end)
        elif token.name == "hr":
            self._close("p", token.start)
            self._break()

    def _is_credit(self, name: str) -> bool:
        """Tell whether it is a ``<cite>`` that credits a block quotation, not a title in a sentence."""
        return (
            name == "cite"
            and self._counts["blockquote"] > 0
            and not any(self._counts[other] for other in ("p", "footer"))
        )

    def _end(self, token: Token) -> None:
        if token.name == "br":
            self._void(token)
            return
        is_credit = self._open[-1].name == "cite" and self._is_credit("cite") if self._open else False
        self._close(token.name, token.start, token.end)
        if not self._hidden and (token.name in BLOCKS or is_credit):
            self._break()

    def _push(self, element: _Element) -> None:
        element.start = self.canvas.length
        self._open.append(element)
        self._counts[element.name] += 1
        self._hidden += element.is_hidden

    def _close(self, name: str, start: int, end: int | None = None) -> None:
        """Close the innermost element of that name, if there is one, and all that are open inside it."""
        if not self._counts[name]:
            return
        while True:
            element = self._open.pop()
            self._counts[element.name] -= 1
            self._hidden -= element.is_hidden
            is_named = element.name == name
            if not self._hidden and not element.is_hidden:
                self._leave(element, Span(start, end if end is not None and is_named else start))
            if is_named:
                return

    def _leave(self, element: _Element, tag: Span) -> None:
        """Print the closing mark of a ``<q>``, and note where the element stood."""
        if element.closing_mark:
            self._close_marks(element, tag)
        span = Span(element.start, self.canvas.length)
        if span.start == span.end:
            return
        if element.name in HEADINGS:
            self.regions.headings.append(span)
        elif element.name in _ITEMS:
            self.regions.items.append(span)
        elif element.name in _IN_QUOTATION:
            self.regions.quoting.append((element.name, span))
        if element.is_furniture:
            self.regions.furniture.append(span)

    def _break(self) -> None:
        self.canvas.paragraph_break()

    def _open_marks(self, element: _Element, token: Token) -> None:
        opening, closing = _MARKS[(self._counts["q"] - 1) % 2]
        element.closing_mark = closing
        self._marks.append((element, opening, Span(token.start, token.end)))

    def _close_marks(self, element: _Element, tag: Span) -> None:
        """Print the closing mark, if the opening one was printed."""
        if self._marks and self._marks[-1][0] is element:
            self._marks.pop()
        else:
            self.canvas.attach(element.closing_mark, tag.start, tag.end)

    def _text(self, token: Token) -> None:
        if any(self._counts[name] for name in PREFORMATTED):
            self._lines(token)
            return
        position = token.start
        for gap in _SPLIT.finditer(self._html, token.start, token.end):
            self._run(position, gap.start())
            if gap[0][0] in _WHITE:
                self.canvas.space(gap.start(), gap.end())
            position = gap.end()
        self._run(position, token.end)

    def _run(self, start: int, end: int) -> None:
        """Print a stretch of the source in which no white space needs collapsing but at the edges."""
        words = self._html[start:end].translate(_TO_SPACES)
        inner = words.strip(" ")
        if not inner:
            if words:
                self.canvas.space(start, end)
            return
        first = start + len(words) - len(words.lstrip(" "))
        last = first + len(inner)
        if first > start:
            self.canvas.space(start, first)
        self._print(inner, first, last)
        if end > last:
            self.canvas.space(last, end)

    def _lines(self, token: Token) -> None:
        """Print preformatted text: its line breaks and spaces are kept."""
        position = token.start
        for line_break in _LINE_BREAK.finditer(self._html, token.start, token.end):
            self._line(position, line_break.start())
            self.canvas.line_break(line_break.start(), line_break.end())
            position = line_break.end()
        self._line(position, token.end)

    def _line(self, start: int, end: int) -> None:
        line = self._html[start:end].rstrip(_WHITE)
        if line:
            self._print(line, start, start + len(line))

    def _reference(self, token: Token) -> None:
        if token.data.strip(_WHITE) == "":
            self.canvas.space(token.start, token.end)
        elif token.data not in _UNPRINTED:
            self._print(token.data, token.start, token.end)

    def _print(self, words: str, start: int, end: int) -> None:
        """Print words, with the marks of a ``<q>`` that begins here unless the page has its own."""
        has_own = words.startswith(_OPENING)
        for element, mark, tag in self._marks:
            if has_own:
                element.closing_mark = ""
            else:
                self.canvas.put(mark, tag.start, tag.end)
        self._marks.clear()
        self.canvas.put(words, start, end)
