"""Pair the marks of one paragraph: the cheapest reading of all of them at once.

A left-to-right search over stacks of open marks. At each mark a reading may open, close, pass over the mark,
or repair: close what was never opened, open although the last one was never closed, close an outer mark over
an inner one that is missing its end. Each step has a cost (``weighing`` gives that of each role, the table
below that of each repair), and only the few cheapest stacks live on, so time is linear in the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from service.extraction.repair import cue_follows, has_cue, leads_up
from service.extraction.weighing import LOST, STRAY, WRONG_GLYPH, Mark

Action = Literal["open", "close", "skip", "reopen", "unopened", "over"]

MAX_DEPTH = 3
BEAM = 6
BLOCK = 400
"""Marks read between two points where the cheapest reading so far is made final, which bounds memory."""

CROWDED = 1_000
"""Marks in one paragraph from which on they can be no quotations: only the cheapest stack is kept."""

_SLACK = 7.0
_WORD = re.compile(r"[^\W_]")

NESTED_SAME = 1.0
NESTED_SAME_STRAIGHT = 2.0
EMPTY = 4.0
MIXED_PAIR = 4.0
REOPENED = 0.2
RESUMED = 1.5
"""For passing over a mark inside a quotation where a sentence begins: paragraphs of it were run together."""

LED = 2.0
"""For closing a quotation by a mark that a sentence leads in to: '"A. He added: [“]B'."""

MOST_SHARING = 9
"""Most marks of a paragraph whose last one may close two quotations."""

MOST_BEFORE = 8
"""Code points looked back for the beginning of a line."""

CLOSED_LATER = 1.0
CUE = -1.0
NO_CUE = 0.6
"""Added to the cost of a lost closing mark where a cue clause says that the quotation ended, or none does."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together, or one whose partner is missing; ``depth`` 0 is outermost.

    ``limit`` is where the words must end at the latest when the closing mark is missing: the next mark that
    opens or closes something else, or the end of the paragraph. ``repaired``: a mark of it is missing,
    doubled, turned or of another kind than its partner, or a stray one stands inside.
    """

    opener: Mark | None
    closer: Mark | None
    depth: int
    limit: int
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a paragraph beyond its marks.

    ``british``: this article quotes in single marks; ``cues_outside``: its cues follow closing marks.
    ``reopens``: the next paragraph begins with an opening mark, so a quotation left open at the end is as it
    should be; ``closes``: its first mark closes what it has not opened, so one may have been left open.
    ``went_on``: the paragraph before was left open.
    ``width``: how many readings are followed at once.
    """

    british: bool = False
    cues_outside: bool = False
    reopens: bool = False
    closes: bool = False
    went_on: bool = False
    width: int = BEAM

    @property
    def goes_on(self) -> bool:
        """Whether a quotation may be left open for the next paragraph."""
        return self.reopens or self.closes


class _Gap(NamedTuple):
    """What stands between a mark and the one before it: nothing, any word, a clause that ends a quotation.

    ``leads``: a sentence that leads in to the next one.
    """

    adjacent: bool
    worded: bool
    cue: bool
    leads: bool

    @classmethod
    def between(cls, text: str, start: int, end: int) -> _Gap:
        worded = _WORD.search(text, start, end) is not None
        return cls(start == end, worded, has_cue(text, start, end), leads_up(text, start, end))


class _Step(NamedTuple):
    """How a stack was reached at a mark: the cost so far, the stack before, what was done."""

    cost: float
    before: str
    action: Action


def pair(text: str, marks: Sequence[Mark], *, end: int, setting: Setting) -> tuple[list[Pair], bool]:
    """Pair the ``marks`` of the paragraph that ends at ``end``.

    Returns the pairs in the order of their ends, and whether the paragraph is left open to go on in the next.
    """
    if _shares_end(text, marks, end, setting):
        return [Pair(marks[0], marks[-1], 0, marks[-1].start, repaired=True)], False
    reader = _Reader([], [])
    setting = replace(setting, width=BEAM if len(marks) < CROWDED else 1)
    for start in range(0, len(marks), BLOCK):
        block = marks[start : start + BLOCK]
        stack = "".join(opener.mark.family for opener in reader.open)
        ending = end if start + BLOCK >= len(marks) else None
        for mark, action in zip(block, _cheapest(text, block, stack, ending, setting), strict=True):
            reader.take(mark, action)
    left_open = bool(reader.open) and setting.goes_on and not has_cue(text, reader.open[-1].mark.end, end)
    reader.close_rest(end)
    return reader.pairs, left_open


def _shares_end(text: str, marks: Sequence[Mark], end: int, setting: Setting) -> bool:
    """Tell whether words between marks end where the quotation around them does: '"A is "B", said Doe.'.

    The first mark opens the paragraph, a cue follows the last or nothing does, and within each odd mark
    opens words in the middle of a clause.
    """
    if len(marks) % 2 == 0 or not 3 <= len(marks) <= MOST_SHARING or not _opens_line(text, marks[0].start):
        return False
    opening, last = [marks[0], *marks[1:-1:2]], marks[-1]
    closing = [*marks[2:-1:2], last]
    turned = any(m.direction == "close" for m in opening) or any(m.direction == "open" for m in closing)
    if turned or any(mark.family != "D" for mark in marks):
        return False
    ends = not setting.goes_on and not text[last.end : end].strip(" .!?…")
    ends = ends or cue_follows(text, last.end)
    inner = [text[mark.start - 2 : mark.start] for mark in marks[1:-1:2]]
    opened = all(before[1:] == " " and before[:1].isalnum() for before in inner)
    spaced = all(mark.opening < mark.closing for mark in marks[1:-1:2])
    gaps = ((one.end, two.start) for one, two in pairwise(marks))
    return ends and opened and spaced and not any(has_cue(text, *gap) or leads_up(text, *gap) for gap in gaps)


def _opens_line(text: str, place: int) -> bool:
    """Tell whether nothing but blanks and dashes stands in the line before ``place``."""
    line = text[text.rfind("\n", max(0, place - MOST_BEFORE), place) + 1 : place] if place else ""
    return len(line) < MOST_BEFORE and not line.strip(" \t\u00a0-–—")


def _cheapest(
    text: str, marks: Sequence[Mark], stack: str, end: int | None, setting: Setting
) -> list[Action]:
    """Return the cheapest action at each mark, from ``stack`` on; ``end`` is the paragraph's, if here."""
    beam: dict[str, _Step] = {stack: _Step(0.0, stack, "skip")}
    history: list[dict[str, _Step]] = []
    previous = marks[0].start
    for mark in marks:
        beam = _advance(beam, mark, _Gap.between(text, previous, mark.start), setting)
        history.append(beam)
        previous = mark.end
    lost = 0.0 if end is None else _lost_at_end(has_cue(text, previous, end), setting)
    ending = {state: step.cost + _left_over(state, lost, setting) for state, step in beam.items()}
    return _trace(history, min(ending, key=ending.__getitem__))


def _trace(history: Sequence[dict[str, _Step]], state: str) -> list[Action]:
    actions: list[Action] = []
    for beam in reversed(history):
        actions.append(beam[state].action)
        state = beam[state].before
    return actions[::-1]


def _lost_at_end(cue: bool, setting: Setting) -> float:
    """Return what it costs to leave a quotation open at the end of the paragraph."""
    if setting.goes_on and not cue:
        return REOPENED if setting.reopens else CLOSED_LATER
    return LOST + (0.0 if cue else NO_CUE)


def _left_over(state: str, lost: float, setting: Setting) -> float:
    """Return what the marks still open cost: ``lost`` for the outermost, each inner one is simply broken."""
    if not state or not lost:
        return 0.0
    return lost + LOST * (len(state) - 1) + sum(_single(family, setting) for family in state)


def _single(family: str, setting: Setting) -> float:
    """A single mark left without its partner is rather an apostrophe, unless the article quotes in them."""
    return 0.0 if family != "S" or setting.british else 1.0


def _advance(beam: dict[str, _Step], mark: Mark, gap: _Gap, setting: Setting) -> dict[str, _Step]:
    """Take every open stack past ``mark`` in each way it can be, and keep the cheapest few."""
    reached: dict[str, _Step] = {}
    for state, step in beam.items():
        for after, action in _moves(state, mark.family):
            cost = step.cost + _cost(state, mark, action, gap, setting)
            if action == "close" and step.action in {"open", "reopen"} and not gap.worded:
                cost += EMPTY / 4 if gap.adjacent else EMPTY
            if after not in reached or cost < reached[after].cost:
                reached[after] = _Step(cost, state, action)
    best = min(step.cost for step in reached.values())
    kept = sorted(reached.items(), key=lambda item: item[1].cost)[: setting.width]
    return {state: step for state, step in kept if step.cost <= best + _SLACK}


@cache
def _moves(state: str, family: str) -> tuple[tuple[str, Action], ...]:
    """List what may be done at a mark of ``family`` under the stack ``state``, and the stack after it."""
    moves: list[tuple[str, Action]] = [(state, "skip")]
    if len(state) < MAX_DEPTH:
        moves.append((state + family, "open"))
    if state:
        moves.append((family, "reopen"))
        moves.append((state[:-1], "close"))
    else:
        moves.append((state, "unopened"))
    if family in state[:-1]:
        moves.append((state[: state.rindex(family, 0, len(state) - 1)], "over"))
    return tuple(moves)


def _cost(state: str, mark: Mark, action: Action, gap: _Gap, setting: Setting) -> float:
    """Return what ``action`` at ``mark`` costs under the stack ``state``."""
    match action:
        case "skip":
            return _inside(state, mark, gap) if state else _outside(mark, setting)
        case "open":
            return mark.opening + _cost_of_depth(state, mark, setting)
        case "close":
            led = LED if gap.leads else 0.0
            return mark.closing + led + (0.0 if state[-1] == mark.family else MIXED_PAIR)
        case "over":
            return mark.closing + LOST
        case "reopen":
            lost = LOST * len(state) + (CUE if gap.cue or gap.leads else NO_CUE)
            return mark.opening + lost + _single(state[0], setting)
        case "unopened":
            lost = LOST / 2 if setting.went_on else LOST
            return mark.closing + lost + 2 * _single(mark.family, setting)


def _inside(state: str, mark: Mark, gap: _Gap) -> float:
    """Return what it costs to pass over a mark in a quotation: little where one line was a paragraph each."""
    resumed = mark.begins and state[0] == mark.family and not gap.cue
    return min(mark.skipping, RESUMED) if resumed else mark.skipping


def _outside(mark: Mark, setting: Setting) -> float:
    """Return what it costs to pass over a mark where nothing is open: if it opens well, words are lost."""
    quotes = mark.family == "D" or (setting.british and mark.family == "S")
    if quotes and mark.opening < mark.closing and mark.skipping >= LOST:
        return max(mark.skipping, LOST + STRAY)
    return mark.skipping


def _cost_of_depth(state: str, mark: Mark, setting: Setting) -> float:
    """Return what it adds that a quotation opens here: inside one in the same marks, or in single marks."""
    if state.endswith(mark.family):
        return NESTED_SAME_STRAIGHT if mark.direction == "either" else NESTED_SAME
    return 0.3 if mark.family == "S" and not state and not setting.british else 0.0


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner, and whether something was amiss since it opened."""

    mark: Mark
    amiss: bool


@dataclass(slots=True)
class _Reader:
    """Carries out the chosen actions: the marks open now, and the pairs made so far."""

    open: list[_Open]
    pairs: list[Pair]
    skipped: Mark | None = None

    def take(self, mark: Mark, action: Action) -> None:
        """Do at ``mark`` what the cheapest reading does."""
        if action == "skip":
            self._skip(mark)
            return
        mark = self._with_double(mark)
        if action == "reopen":
            self.close_rest(mark.start)
        if action in {"open", "reopen"}:
            self.open.append(_Open(mark, mark.opening >= WRONG_GLYPH))
        elif action == "unopened":
            self.pairs.append(Pair(None, mark, 0, mark.start, repaired=True))
        else:
            self._close(mark, inner=self._inner(mark) if action == "over" else 0)

    def _skip(self, mark: Mark) -> None:
        """Pass over a mark: part of a doubled one, a stray one inside a quotation, or nothing."""
        self.skipped = mark
        if self.open and _touches(self.open[-1].mark, mark):
            self.open[-1] = _Open(self.open[-1].mark._replace(end=mark.end), True)
        elif self.pairs and (closer := self.pairs[-1].closer) and _touches(closer, mark):
            self.pairs[-1] = replace(self.pairs[-1], closer=closer._replace(end=mark.end), repaired=True)
        elif self.open and mark.skipping >= LOST:
            self.open[0].amiss = True

    def _with_double(self, mark: Mark) -> Mark:
        """Take in the mark right before, if it was passed over because this one doubles it."""
        doubled = self.skipped is not None and _touches(self.skipped, mark)
        return mark._replace(start=self.skipped.start) if doubled and self.skipped else mark

    def _inner(self, mark: Mark) -> int:
        """Count the open marks inside the one that ``mark`` closes."""
        return [opener.mark.family for opener in self.open[:-1]][::-1].index(mark.family) + 1

    def _close(self, mark: Mark, *, inner: int) -> None:
        for _ in range(inner):
            self._lose(mark.start)
        opener = self.open.pop()
        amiss = opener.amiss or mark.closing >= WRONG_GLYPH or mark.family != opener.mark.family
        self.pairs.append(Pair(opener.mark, mark, len(self.open), mark.start, repaired=amiss or inner > 0))

    def _lose(self, limit: int) -> None:
        opener = self.open.pop()
        self.pairs.append(Pair(opener.mark, None, len(self.open), limit, repaired=True))

    def close_rest(self, limit: int) -> None:
        """Give up waiting for the closing marks of everything that is still open."""
        while self.open:
            self._lose(limit)


def _touches(first: Mark, second: Mark) -> bool:
    """Tell whether two marks of a kind stand next to each other, as the halves of a doubled one do."""
    return first.end == second.start and first.family == second.family and first.direction == second.direction
