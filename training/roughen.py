"""Annotated articles made rough: other marks, broken marks, lost paragraphs, machine translation's words.

The articles to learn from are edited American news. Others set marks otherwise (‘…’, «…», „…“), lose some,
glue words to them, run paragraphs together, and say "stressed" and "noted" where these say "said". A
roughened copy keeps its annotation, moved along.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from service.documents import read_text
from service.extraction.models import Stretch
from service.extraction.quotations import find_stretches

Edit = tuple[int, int, str]
"""Start and end of what is replaced, and what by."""

STYLES = (
    (("", ""), 6),
    (('"', '"'), 3),
    (("“", "”"), 2),
    (("‘", "’"), 4),
    (("'", "'"), 1),
    (("«", "»"), 1),
    (("« ", " »"), 1),
    (("„", "“"), 1),
    (("``", "''"), 1),
    (("”", "”"), 1),
    (("“ ", " ”"), 1),
)
"""What an article's marks become, and how often; empty marks stay as they are."""

VERBS = (
    "stated stressed noted declared emphasized emphasised explained indicated commented announced confirmed",
    "claimed underlined recalled warned insisted argued assured affirmed added concluded remarked reported",
    "pointed&out admitted",
)
PRESENT = (
    "states stresses notes declares emphasizes explains indicates comments announces confirms claims",
    "underlines recalls warns insists argues assures affirms adds concludes remarks reports points&out",
    "admits",
)
"""What "said" and "says" become; "&" is a space."""

_SAID = re.compile(r"\b(said|says)\b")
_DETERMINER = re.compile(r"\b(?:the|a|an) (?=\w)")
_THAT = re.compile(r"\b(?:said|says) (that )")
_BREAK = re.compile(r"\s*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z](?=[a-z]+ )")
_OPENS = re.compile(r"(?:said|says|told [\w ]{2,20}|added),? $")


def roughen(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a copy of an annotated article in another state of repair."""
    text = row["text"]
    edits = [*_marks(text, chance), *_breaks(text, chance), *_words(text, row["quotes"], chance)]
    return _applied(row, _apart(edits))


@dataclass(frozen=True)
class Style:
    """How a copy sets its marks: glyphs ("" keeps them), commas outside, how often one breaks, colons."""

    glyphs: tuple[str, str]
    outside: bool
    broken: float
    colons: bool

    @classmethod
    def by(cls, chance: random.Random) -> Style:
        """Choose a style."""
        glyphs, often = zip(*STYLES, strict=True)
        chosen = chance.choices(glyphs, often)[0]
        return cls(chosen, chance.random() < 0.35, chance.choice((0, 0, 0.06, 0.15)), chance.random() < 0.3)

    def of(self, text: str, stretch: Stretch) -> tuple[str, str]:
        """Return the marks of a stretch; the nested ones are of the other kind."""
        if self.glyphs[0] and stretch.depth:
            return ("“", "”") if self.glyphs[0].strip() in "‘'" else ("‘", "’")
        opening = text[stretch.span.start : stretch.inner.start]
        return self.glyphs[0] or opening, self.glyphs[1] or text[stretch.inner.end : stretch.span.end]


def _marks(text: str, chance: random.Random) -> Iterator[Edit]:
    """Set an article's marks in one style, and break some."""
    style = Style.by(chance)
    article = read_text(text)
    for stretch in find_stretches(article.text, article.paragraphs):
        if article.text == text and not stretch.repaired:
            yield from _reset(text, stretch, style, chance)


def _reset(text: str, stretch: Stretch, style: Style, chance: random.Random) -> Iterator[Edit]:
    span, inner = stretch.span, stretch.inner
    opening, closing = style.of(text, stretch)
    start, end = span.start, inner.end
    if style.outside and text[end - 1] in ",.":
        end, closing = end - 1, closing + text[end - 1]
    lead = _OPENS.search(text[max(0, start - 30) : start])
    if style.colons and lead:
        start, opening = start - (2 if lead[0].endswith(", ") else 1), ": " + opening
    if style.broken:
        opening, closing = _broken(opening, style.broken, chance), _broken(closing, style.broken, chance)
        if chance.random() < style.broken and text[span.end : span.end + 1] == " ":
            yield span.end, span.end + 1, ""
    yield start, inner.start, opening
    if span.end > inner.end:
        yield end, span.end, closing


def _broken(mark: str, rate: float, chance: random.Random) -> str:
    """Lose a mark, or set space around it."""
    if chance.random() > rate:
        return mark
    return chance.choice((re.sub(r"[^\s,.:]", "", mark), f" {mark.strip()} ", f"{mark} ", f" {mark}"))


def _breaks(text: str, chance: random.Random) -> Iterator[Edit]:
    """Run paragraphs together, in one article of six."""
    rate = chance.choices((0, 0.4, 1), (10, 1, 1))[0]
    for found in _BREAK.finditer(text.rstrip()):
        if chance.random() < rate:
            yield found.start(), found.end(), " "


def _words(text: str, quotes: list[dict[str, Any]], chance: random.Random) -> Iterator[Edit]:
    """Word some articles as machines translate: other verbs, lost articles, no "that", small letters."""
    if chance.random() < 0.5:
        return
    rate = chance.choice((0.2, 0.5))
    for start, end in (span for quote in quotes for span in quote["cue"]):
        for found in _SAID.finditer(text, start, end):
            if chance.random() < rate:
                verb = chance.choice(" ".join(VERBS if found[0] == "said" else PRESENT).split())
                yield found.start(), found.end(), verb.replace("&", " ")
    for pattern, group, share in ((_DETERMINER, 0, 0.08), (_THAT, 1, 0.3)):
        for found in pattern.finditer(text):
            if chance.random() < share:
                yield found.start(group), found.end(group), ""
    if chance.random() < 0.2:
        for found in _SENTENCE.finditer(text):
            if chance.random() < 0.3:
                yield found.start(), found.end(), found[0].lower()


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that touch one before."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _applied(row: dict[str, Any], edits: list[Edit]) -> dict[str, Any]:
    """Make the edits, and move the annotation along."""
    parts, at = [], 0
    for start, end, new in edits:
        parts += [row["text"][at:start], new]
        at = end
    text = "".join([*parts, row["text"][at:]])
    begins = [start for start, _, _ in edits]
    moved = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def place(offset: int, *, closing: bool) -> int:
        last = bisect_right(begins, offset - closing)
        if last and offset < edits[last - 1][1]:
            start, _, new = edits[last - 1]
            return start + moved[last - 1] + (len(new) if closing else 0)
        return offset + moved[last]

    def spans(found: list[list[int]]) -> list[list[int]]:
        return [[place(a, closing=False), place(b, closing=True)] for a, b in found]

    quotes = [
        {**quote, **{name: spans(quote[name]) for name in ("content", "source", "cue")}}
        | ({"source_head": spans([quote["source_head"]])[0]} if quote.get("source_head") else {})
        for quote in row["quotes"]
    ]
    return {**row, "text": text, "quotes": quotes}
