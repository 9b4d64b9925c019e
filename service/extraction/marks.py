"""The marks that may quote, one by one: what each glyph is, and how much each possible role of it costs.

A mark can open a quotation, close one, or be neither (an apostrophe, inches, a stray). Nothing is decided
here: each role gets a cost from the glyph and from what stands on either side, and ``pairing`` looks for the
cheapest reading of the whole paragraph. Costs are relative: 0 is what a careful typist would have set, about
3 is a mark lost altogether.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Family = Literal["D", "S", "G", "g", "C", "c"]
"""Marks that pair with each other: double, single, guillemets, single guillemets, corner, white corner."""

Direction = Literal["open", "close", "either"]

_GLYPHS: dict[tuple[Family, Direction], str] = {
    ("D", "open"): "“ „ ‟ 〝 ❝ ⹂ \x93 `` ‘‘ ‚‚ &ldquo; &bdquo; &#8220; &#x201c; â€œ",
    ("D", "close"): "” 〞 ❞ \x94 ’’ ´´ &rdquo; &#8221; &#x201d; â€\x9d",
    ("D", "either"): "\" ＂ ″ ʺ ˮ ˝ 〃 '' &quot; &#34; &#x22;",
    ("S", "open"): "‘ ‚ ‛ ❛ ʻ ` \x91 &lsquo; &#8216; &#x2018; â€˜",
    ("S", "close"): "’ ❜ ʼ ´ \x92 &rsquo; &#8217; &#x2019; â€™",
    ("S", "either"): "' ＇ ′ ʹ &apos; &#39; &#x27;",
    ("G", "open"): "« &laquo; <<",
    ("G", "close"): "» &raquo; >>",
    ("g", "open"): "‹ &lsaquo;",
    ("g", "close"): "› &rsaquo;",
    ("C", "open"): "「 ﹁ ｢",
    ("C", "close"): "」 ﹂ ｣",
    ("c", "open"): "『 ﹃",
    ("c", "close"): "』 ﹄",
}
GLYPHS = {glyph: key for key, glyphs in _GLYPHS.items() for glyph in glyphs.split(" ")}

_ONE = re.compile(
    "|".join(re.escape(glyph) for glyph in sorted(GLYPHS, key=len, reverse=True)), re.IGNORECASE
)
_SINGLE = "".join(glyph for glyph, (family, _) in GLYPHS.items() if family == "S" and len(glyph) == 1)
_IN_WORD = re.compile(rf"(?<=[^\W_])[{_SINGLE}](?=[^\W_])")
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|twould|tween|til|till|em|n|cause|cos|cuz|bout|round|kay|nother|fraid|ere|gainst"
    r"|mongst|neath|scuse|nuff|tude|hood|burbs|phone|flu|s|t|d|m|re|ve|ll|\d\d?s?|\d0s)(?![^\W_])",
    re.IGNORECASE,
)
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\.\d+)?\s?$")
_CUE_AFTER = re.compile(
    r"\s*[,—–-]?\s*(?:(?:he|she|they|it|I|we|who|[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3})\s)?"
    r"(?:said|says|told|tells|asked|added|adds|wrote|writes|tweeted|insisted|explained|continued|recalled)\b"
)

_OPENERS = frozenset("([{—–-/:>=*•·~|―")
_CLOSERS = frozenset(".,;:!?)]}—–-…/<*|―。，、")
_LEADERS = frozenset("….-—–$£€#@([{¿¡")
_STOPS = frozenset(".,!?…。，！？")

WRONG_GLYPH = 2.0
WRONG_SPACE = 2.5
LOST = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the text, ``[start, end)`` in code points, and what each role of it would cost."""

    start: int
    end: int
    family: Family
    direction: Direction
    opening: float
    closing: float
    skipping: float


def find_marks(text: str) -> list[Mark]:
    """Return every mark of ``text`` that is not plainly an apostrophe inside a word, in order."""
    found = list(_weigh(text, _places(text)))
    turned = _turned_glyphs(text, found)
    return [_turn(mark, turned.get(text[mark.start : mark.end])) for mark in found] if turned else found


def _places(text: str) -> Iterator[tuple[int, int, Family, Direction]]:
    """Yield where marks stand; a run of three or more of the same glyph is one mark."""
    start = end = 0
    glyph = ""
    count = 0
    for found in _ONE.finditer(text):
        if found.start() == end and found[0] == glyph:
            count += 1
            end = found.end()
            continue
        yield from _run(start, end, glyph, count)
        glyph, count, (start, end) = found[0], 1, found.span()
    yield from _run(start, end, glyph, count)


def _run(start: int, end: int, glyph: str, count: int) -> Iterator[tuple[int, int, Family, Direction]]:
    if not count:
        return
    family, direction = GLYPHS[glyph.lower()] if glyph.lower() in GLYPHS else GLYPHS[glyph]
    if count != 2:
        yield start, end, family, direction
        return
    half = (start + end) // 2
    yield start, half, family, direction
    yield half, end, family, direction


def _weigh(text: str, places: Iterator[tuple[int, int, Family, Direction]]) -> Iterator[Mark]:
    """Give each mark its costs. The neighbours that count are the nearest that are no marks themselves."""
    run: list[tuple[int, int, Family, Direction]] = []
    for place in places:
        if run and run[-1][1] != place[0]:
            yield from _weigh_run(text, run)
            run = []
        run.append(place)
    yield from _weigh_run(text, run)


def _weigh_run(text: str, run: Sequence[tuple[int, int, Family, Direction]]) -> Iterator[Mark]:
    if not run:
        return
    left, right = run[0][0], run[-1][1]
    if len(run) == 1 and run[0][2] == "S" and _IN_WORD.match(text, left):
        return
    before = text[left - 1] if left else " "
    after = text[right] if right < len(text) else " "
    opening, closing = _spacing(text, left, before, after)
    for i, (start, end, family, direction) in enumerate(run):
        mark = Mark(
            start,
            end,
            family,
            direction,
            opening + (WRONG_GLYPH if direction == "close" else 0.0),
            closing + (WRONG_GLYPH if direction == "open" else 0.0),
            LOST,
        )
        doubled = i > 0 and run[i - 1][2:] == (family, direction)
        yield (
            _as_single(text, mark, before, after)
            if family == "S"
            else _as_double(text, mark, before, doubled)
        )


def _spacing(text: str, left: int, before: str, after: str) -> tuple[float, float]:
    """Return what opening and closing cost by the white space and punctuation on either side."""
    spaced = before.isspace()
    free_left = spaced or before in _OPENERS
    free_right = after.isspace() or after in _CLOSERS
    if free_left and not free_right:
        opening = 0.0
    elif free_left:
        opening = 0.3 if after in _LEADERS else 1.0 if after.isspace() else WRONG_SPACE
    else:
        opening = WRONG_SPACE if free_right else 1.0
    if before in _STOPS and before not in _OPENERS:
        opening += 0.5
    if not spaced and free_right:
        closing = 0.0
    elif spaced and free_right:
        closing = 1.0 if after.isspace() else 0.5
    elif not spaced:
        closing = 0.3 if before in _STOPS else 1.0
    else:
        closing = WRONG_SPACE
        if after.isupper() and text[:left][-3:].rstrip()[-1:] in _STOPS:
            closing += WRONG_SPACE
    return opening, closing


def _as_double(text: str, mark: Mark, before: str, doubled: bool) -> Mark:
    """Weigh leaving the mark out of every pair: cheap for inches and for the second of a doubled mark."""
    if before.isdigit() and mark.direction == "either":
        if text[mark.start] == "″" or _FEET.search(text, max(0, mark.start - 9), mark.start):
            return replace(mark, opening=2 * LOST, closing=2 * LOST, skipping=0.0)
        return replace(mark, skipping=0.8)
    if doubled:
        return replace(mark, skipping=0.4)
    if mark.family != "D":
        return replace(mark, skipping=LOST / 2)
    if mark.closing == 0.0:
        return replace(mark, skipping=LOST + (2.5 if _CUE_AFTER.match(text, mark.end) else 1.0))
    return mark


def _as_single(text: str, mark: Mark, before: str, after: str) -> Mark:
    """Weigh a single mark against the apostrophe that it may be.

    Possessives (the players' fault, James’ car), elisions ('tis, ’90s, ’n’, goin’), feet and minutes (6').
    """
    if before.isalnum():
        return _after_word(text, mark, before)
    if before in _STOPS and mark.direction != "open":
        return replace(mark, skipping=2 * LOST)
    if not after.isalnum():
        return replace(mark, skipping=0.5)
    if _ELISION.match(text, mark.end):
        return replace(mark, opening=mark.opening + 1.0, skipping=0.0)
    loss = {"open": LOST, "either": 1.8, "close": 1.2}[mark.direction]
    return replace(mark, skipping=loss)


def _after_word(text: str, mark: Mark, before: str) -> Mark:
    if mark.direction == "open":
        return replace(mark, skipping=1.5)
    if before.isdigit():
        return replace(mark, closing=mark.closing + 0.7, skipping=0.2)
    if before in "sS":
        return replace(mark, closing=mark.closing + (0.9 if _goes_on(text, mark.end) else 0.0), skipping=0.2)
    if text[max(0, mark.start - 2) : mark.start] in {"in", " o", " n"}:
        return replace(mark, closing=mark.closing + 0.4, skipping=0.6)
    return replace(mark, skipping=1.8)


def _goes_on(text: str, place: int) -> bool:
    """Tell whether a lower-case word follows, as it does what is possessed."""
    return text[place : place + 1] == " " and text[place + 1 : place + 2].isalpha()


def _turned_glyphs(text: str, marks: Sequence[Mark]) -> dict[str, Direction]:
    """Return the glyphs that this article sets the other way round or both ways (»…«, „…“, ”…”, ”…“)."""
    votes: Counter[tuple[str, bool]] = Counter()
    for mark in marks:
        if mark.direction == "either" or mark.family == "S":
            continue
        wrong = WRONG_GLYPH
        opening = mark.opening - (wrong if mark.direction == "close" else 0.0)
        closing = mark.closing - (wrong if mark.direction == "open" else 0.0)
        if abs(opening - closing) >= 2.0:
            votes[text[mark.start : mark.end], (opening < closing) == (mark.direction == "open")] += 1
    turned: dict[str, Direction] = {}
    for glyph in {glyph for glyph, _ in votes}:
        right, wrong_way = votes[glyph, True], votes[glyph, False]
        if wrong_way >= 2 and wrong_way * 2 > right:
            direction = GLYPHS[glyph.lower()][1]
            reverse: Direction = "close" if direction == "open" else "open"
            turned[glyph] = reverse if wrong_way > 2 * right else "either"
    return turned


def _turn(mark: Mark, direction: Direction | None) -> Mark:
    if direction is None:
        return mark
    opening = mark.opening - (WRONG_GLYPH if mark.direction == "close" else 0.0)
    closing = mark.closing - (WRONG_GLYPH if mark.direction == "open" else 0.0)
    opening += WRONG_GLYPH if direction == "close" else 0.0
    closing += WRONG_GLYPH if direction == "open" else 0.0
    return replace(mark, direction=direction, opening=opening, closing=closing)
