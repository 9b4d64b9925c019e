"""The marks that may quote: which glyphs there are, and where they stand in a text.

A mark can open a quotation, close one, or be neither (an apostrophe, inches, a stray). Nothing is decided
here: each role gets a cost (``weighing``), and ``pairing`` looks for the cheapest reading of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Family = Literal["D", "S", "G", "g", "C", "c"]
"""Marks that pair with each other: double, single, guillemets, single guillemets, corner, white corner."""

Direction = Literal["open", "close", "either"]

_GLYPHS: dict[tuple[Family, Direction], str] = {
    ("D", "open"): "“ „ ‟ 〝 ❝ ⹂ \x93 `` ‘‘ ‚‚ ,,",
    ("D", "close"): "” 〞 ❞ \x94 ’’ ´´",
    ("D", "either"): "\" ＂ ″ ʺ ˮ ˝ 〃 ''",
    ("S", "open"): "‘ ‚ ‛ ❛ ʻ ` \x91",
    ("S", "close"): "’ ❜ ʼ ´ \x92",
    ("S", "either"): "' ＇ ′ ʹ",
    ("G", "open"): "« <<",
    ("G", "close"): "» >>",
    ("g", "open"): "‹",
    ("g", "close"): "›",
    ("C", "open"): "「 ﹁ ｢",
    ("C", "close"): "」 ﹂ ｣",
    ("c", "open"): "『 ﹃",
    ("c", "close"): "』 ﹄",
}
GLYPHS = {glyph: key for key, glyphs in _GLYPHS.items() for glyph in glyphs.split(" ")}

_COMMAS = ",,"
"""The low mark as keyboards without one have it."""

_DOUBLED = "".join(glyph[0] for glyph in GLYPHS if glyph == 2 * glyph[0])
_SINGLE = "".join(glyph for glyph in GLYPHS if len(glyph) == 1)
_TWICE = "|".join(f"(?<={glyph}){glyph}" for glyph in _DOUBLED)
_GLYPH = re.compile(f"[{re.escape(_SINGLE + _DOUBLED)}](?:{_TWICE})?")
_TAG = re.compile(r"(?<!<)</?[A-Za-z][\w:-]*(?:\s[^<>]{0,2000})?/?>(?!>)")


class Place(NamedTuple):
    """Where a mark stands, ``[start, end)`` in code points, and what its glyph says of it.

    ``doubled``: the same glyph stands right before it.
    """

    start: int
    end: int
    family: Family
    direction: Direction
    doubled: bool = False


def find_runs(text: str) -> Iterator[list[Place]]:
    """Yield the marks of ``text``, those that touch each other together. Attributes of tags are left out.

    Three or more of one glyph in a row count as one mark, so that a line of them costs nothing.
    """
    run: list[Place] = []
    for place in _places(text):
        if run and run[-1].end != place.start:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _places(text: str) -> Iterator[Place]:
    start = end = count = 0
    glyph = ""
    for found in _found(text):
        if found.start() == end and found[0] == glyph:
            count += 1
            end = found.end()
            continue
        yield from _same(start, end, glyph, count)
        glyph, count, (start, end) = found[0], 1, found.span()
    yield from _same(start, end, glyph, count)


def _found(text: str) -> Iterator[re.Match[str]]:
    """Yield every glyph that does not stand in a tag left in the text (``<post author="ann">``).

    Two commas count where they open a word, or after another mark in their line: else they are a slip.
    """
    tags = _TAG.finditer(text) if "<" in text else iter(())
    tag = next(tags, None)
    looked, alone = 0, True
    for found in _GLYPH.finditer(text):
        while tag and tag.end() <= found.start():
            tag = next(tags, None)
        if found[0] not in GLYPHS or (tag is not None and found.start() >= tag.start()):
            continue
        alone = alone or "\n" in text[looked : found.start()]
        looked = found.end()
        if found[0] == _COMMAS and alone and not _opens_word(text, found):
            continue
        alone = alone and GLYPHS[found[0]][0] == "S"
        yield found


def _opens_word(text: str, commas: re.Match[str]) -> bool:
    """Tell whether a word begins right after two commas, and none ends right before."""
    before, after = text[commas.start() - 1 : commas.start()], text[commas.end() : commas.end() + 1]
    return not before.strip() and after.isalnum()


def _same(start: int, end: int, glyph: str, count: int) -> Iterator[Place]:
    """Yield ``count`` marks of one glyph that fill ``[start, end)``."""
    if not count:
        return
    family, direction = GLYPHS[glyph]
    if count != 2:
        yield Place(start, end, family, direction)
        return
    half = (start + end) // 2
    yield Place(start, half, family, direction)
    yield Place(half, end, family, direction, doubled=True)
