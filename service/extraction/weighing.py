"""What each possible role of a mark costs: to open a quotation, to close one, to be passed over.

The evidence is the glyph, what stands on either side, and how the article sets that glyph elsewhere. Costs
are relative: 0 is what a careful typist would have set, about 3 is a mark lost altogether.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.extraction.marks import GLYPHS, Direction, Family, Place, find_runs
from service.extraction.repair import ends_before_cue

WRONG_GLYPH = 2.0
WRONG_SPACE = 2.5
LOST = 3.0
REACH = 200
"""Code points after a mark within which a cue is looked for."""

FARTHEST_STOP = 24
"""Code points before a mark in which the end of a sentence is looked for, past blanks and single marks."""

STRAY = 1.2
"""Added for passing over a mark that opens well where no stray one is likely."""

_SINGLE = "".join(glyph for glyph, (family, _) in GLYPHS.items() if family == "S" and len(glyph) == 1)
_BETWEEN = _SINGLE + string.whitespace
_IN_WORD = re.compile(rf"(?<=[^\W_])[{_SINGLE}](?=[^\W_])")
_ENDING = re.compile(r"(?:s|ll|re|ve|d|t|m|er)(?![^\W_])", re.IGNORECASE)
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|twould|tween|til|till|em|n|cause|cos|cuz|bout|round|kay|nother|fraid|ere|gainst"
    r"|mongst|neath|scuse|nuff|tude|hood|burbs|phone|flu|s|t|d|m|re|ve|ll|\d\d?s?|\d0s)(?![^\W_])",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"(?:in|(?<![^\W_])[no])$", re.IGNORECASE)
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\.\d+)?\s?$")
_CUE_AFTER = re.compile(
    r"\s*+[,—–-]?\s*+(?:(?:he|she|they|it|I|we|who|[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3})\s)?"
    r"(?:said|says|told|tells|asked|added|adds|wrote|writes|tweeted|insisted|explained|continued|recalled)\b"
)

_OPENERS = frozenset("([{—–-/:>=*•·~|―")
_CLOSERS = frozenset(".,;:!?)]}—–-…/<*|―。，、")
_LEADERS = frozenset("….-—–$£€#@([{¿¡")
_STOPS = frozenset(".,!?…。，！？")
_ENDS = frozenset(".!?…。！？")


class Mark(NamedTuple):
    """One mark of the text, ``[start, end)`` in code points, and what each role of it would cost.

    ``begins``: it stands well as one that opens a sentence within a line, or is glued to the one before.
    """

    start: int
    end: int
    family: Family
    direction: Direction
    opening: float
    closing: float
    skipping: float
    begins: bool = False


def weigh(text: str) -> list[Mark]:
    """Return every mark of ``text`` that is not plainly an apostrophe inside a word, in order, weighed."""
    found = [mark for run in find_runs(text) for mark in _weigh_run(text, run)]
    turned = _turned_glyphs(text, found)
    return [_turn(mark, turned.get(text[mark.start : mark.end])) for mark in found] if turned else found


def _weigh_run(text: str, run: Sequence[Place]) -> Iterator[Mark]:
    """Weigh marks that touch. The neighbours that count are the nearest characters that are no marks."""
    left, right = run[0].start, run[-1].end
    if len(run) == 1 and run[0].family == "S" and _IN_WORD.match(text, left):
        return
    before = text[left - 1] if left else " "
    after = text[right] if right < len(text) else " "
    opening, closing = _spacing(text, left, before, after)
    ends = ends_before_cue(text, left, right)
    if ends:
        opening, closing = max(opening, WRONG_SPACE), 0.0
    for place in _triple(run, closes=closing < opening):
        direction = place.direction
        mark = Mark(
            place.start,
            place.end,
            place.family,
            direction,
            opening + (WRONG_GLYPH if direction == "close" else 0.0),
            closing + (WRONG_GLYPH if direction == "open" and not (ends and len(run) == 1) else 0.0),
            LOST,
        )
        if direction == "open" and before in _ENDS and after.isalpha():
            mark = mark._replace(begins=True)
        if place.family == "S":
            yield _as_single(text, mark, before, after)
        else:
            yield _as_double(text, mark, before, place.doubled)


def _triple(run: Sequence[Place], *, closes: bool) -> Sequence[Place]:
    """Read ``'''`` as a single and a double mark: the single one inside (``''He said, 'No.'''``)."""
    if len(run) != 2 or not closes or run[0].family != "D" or run[1].family != "S":
        return run
    double, single = run
    if double.end - double.start != 2 * (single.end - single.start) or double.direction == "open":
        return run
    half = double.start + single.end - single.start
    return [single._replace(start=double.start, end=half), double._replace(start=half, end=single.end)]


def _spacing(text: str, left: int, before: str, after: str) -> tuple[float, float]:
    """Return what opening and closing cost by the white space and punctuation on either side."""
    spaced = before.isspace()
    free_right = after.isspace() or after in _CLOSERS
    if not spaced and before not in _OPENERS:
        opening = (WRONG_SPACE if free_right else 1.0) + (0.5 if before in _STOPS else 0.0)
    elif not free_right:
        opening = 0.0
    else:
        opening = 0.3 if after in _LEADERS else 1.0 if after.isspace() else WRONG_SPACE
    if not spaced:
        closing = 0.0 if free_right else 0.3 if before in _STOPS else 1.0
    elif free_right:
        closing = 1.0 if after.isspace() else 0.5
    else:
        closing = WRONG_SPACE * (2 if after.isupper() and _begins_sentence(text, left) else 1)
    return opening, closing


def _begins_sentence(text: str, place: int) -> bool:
    return text[max(0, place - FARTHEST_STOP) : place].rstrip(_BETWEEN)[-1:] in _ENDS


def _as_double(text: str, mark: Mark, before: str, doubled: bool) -> Mark:
    """Weigh leaving the mark out of every pair.

    Cheap for inches (12" of snow; he is 6’2”), for the second of a doubled mark, for guillemets that point
    (»); dear for a mark that stands well, the more so where a cue follows (``” he said``) or, for one that
    opens, where no sentence begins (``the “``).
    """
    if before.isdigit() and (inches := _as_inches(text, mark)):
        return inches
    if doubled:
        return mark._replace(skipping=0.4)
    if mark.family != "D":
        return mark._replace(skipping=LOST / 2)
    if mark.closing == 0.0:
        return mark._replace(
            skipping=LOST + (2.5 if _CUE_AFTER.match(text, mark.end, mark.end + REACH) else 1.0)
        )
    if mark.opening > 0.0:
        return mark
    begins = _begins_sentence(text, mark.start)
    return mark._replace(skipping=LOST if begins else LOST + STRAY, begins=begins and before == " ")


def _as_inches(text: str, mark: Mark) -> Mark | None:
    """Weigh a mark after a digit as inches or seconds; None if that is no likelier than elsewhere."""
    if _FEET.search(text, max(0, mark.start - 9), mark.start):
        return mark._replace(opening=2 * LOST, closing=mark.closing + 2.0, skipping=0.0)
    if mark.direction != "either":
        return None
    return mark._replace(skipping=0.0 if text[mark.start] == "″" else 0.8)


def _as_single(text: str, mark: Mark, before: str, after: str) -> Mark:
    """Weigh a single mark against the apostrophe that it may be.

    Possessives (the players' fault, James’ car, the U.S.’s), elisions ('tis, ’90s, ’n’, goin’), feet and
    minutes (6').
    """
    if before.isalnum():
        return _after_word(text, mark, before)
    if not before.isspace() and _ENDING.match(text, mark.end):
        return mark._replace(closing=mark.closing + LOST, skipping=0.0)
    if before in _STOPS and mark.direction != "open":
        return mark._replace(skipping=2 * LOST)
    if after.isspace() or after in _CLOSERS:
        return mark._replace(skipping=0.5)
    if _ELISION.match(text, mark.end):
        return mark._replace(opening=mark.opening + 1.0, skipping=0.0)
    return mark._replace(skipping={"open": LOST, "either": 1.8, "close": 1.2}[mark.direction])


def _after_word(text: str, mark: Mark, before: str) -> Mark:
    if mark.direction == "open":
        return mark._replace(skipping=1.5)
    if before.isdigit():
        return mark._replace(closing=mark.closing + 0.7, skipping=0.2)
    if before in "sS":
        goes_on = text[mark.end : mark.end + 1] == " " and text[mark.end + 1 : mark.end + 2].isalpha()
        return mark._replace(closing=mark.closing + (0.9 if goes_on else 0.0), skipping=0.2)
    if _DROPPED.search(text, max(0, mark.start - 3), mark.start):
        return mark._replace(closing=mark.closing + 0.4, skipping=0.2)
    return mark._replace(skipping=1.8)


def _turned_glyphs(text: str, found: Iterable[Mark]) -> dict[str, Direction]:
    """Return the glyphs that this article sets the other way round or both ways (»…«, „…“, ”…”, ”…“).

    Only marks whose spacing leaves no doubt have a say, and only when at least two of them agree. A line of
    one glyph (``<<<<<<<``) has none.
    """
    votes: Counter[tuple[str, bool]] = Counter()
    for mark in found:
        glyph = text[mark.start : mark.end]
        if mark.direction == "either" or mark.family == "S" or glyph not in GLYPHS:
            continue
        bare = _turn(mark, "either")
        if abs(bare.opening - bare.closing) >= 2.0:
            opens = bare.opening < bare.closing
            votes[glyph, opens == (mark.direction == "open")] += 1
    turned: dict[str, Direction] = {"‘": "either"} if votes["„", True] and "‚" in text else {}
    for glyph in {glyph for glyph, _ in votes}:
        right, wrong = votes[glyph, True], votes[glyph, False]
        if wrong >= 2 and wrong * 2 > right:
            turned[glyph] = "either" if wrong <= 2 * right else _other_way(glyph)
    return turned


def _other_way(glyph: str) -> Direction:
    direction = GLYPHS[glyph][1]
    return "close" if direction == "open" else "open"


def _turn(mark: Mark, direction: Direction | None) -> Mark:
    """Weigh the mark as if its glyph said ``direction``."""
    if direction is None:
        return mark
    opening = mark.opening - (WRONG_GLYPH if mark.direction == "close" else 0.0)
    closing = max(0.0, mark.closing - (WRONG_GLYPH if mark.direction == "open" else 0.0))
    return mark._replace(
        direction=direction,
        opening=opening + (WRONG_GLYPH if direction == "close" else 0.0),
        closing=closing + (WRONG_GLYPH if direction == "open" else 0.0),
    )
