"""Candidates: which words may be a cue, which ranges its content, which words the head of its source.

All are found for all cues of an article at once, as parallel arrays. ``cue`` is always an index into the
array of cues, the other values are tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from service.extraction.learned.alphabet import AUXILIARY, MODIFIER, NOMINAL, VERB, Bools, Ints
from service.extraction.learned.columns import Columns

NEAR = 3
"""How many quoted stretches before and after the cue's sentence may be its content."""
CHAIN = 3
"""How many more stretches, with no word between them, may be one content with the first."""

MOST_RELATIVES, MOST_STRETCHES, MOST_NOMINALS, MOST_EDGES, MOST_CONTENTS = 32, 8, 48, 32, 256
"""Most words near a cue in the parse, stretches and nouns of its sentence, beginnings and ends, and ranges.

The nearest are kept. No cue of polnear-dev has more than 29 relatives, 5 stretches, 27 edges and 178 ranges.
In a sentence without an end each has thousands.
"""


MOST_AT_ONCE, LEAST_CONTENTS = 50_000, 8
"""Ranges of an article from which on each cue has fewer, and how many at least; a long article has 20,000."""
MOST_PAIRS, LEAST_EDGES = 200_000, 5
"""Pairs of a beginning and an end, and how many of either a cue keeps at least; a long article has 50,000."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Ranges ``[first, end)``, word at both edges, each for one cue."""

    cue: Ints
    first: Ints
    end: Ints

    def __getitem__(self, at: slice) -> Contents:
        return Contents(self.cue[at], self.first[at], self.end[at])


@dataclass(frozen=True, slots=True)
class Sources:
    """Heads of noun phrases, each for one cue."""

    cue: Ints
    head: Ints

    def __getitem__(self, at: slice) -> Sources:
        return Sources(self.cue[at], self.head[at])


def cues(columns: Columns, cue_words: Bools) -> Ints:
    """Return the tokens that may be cues: verbs, and the words (by number) that training saw as cues."""
    return np.flatnonzero(VERB[columns.tag] & ~AUXILIARY[columns.dep] | cue_words[columns.number])


def contents(columns: Columns, cue: Ints) -> Contents:
    """Return what each cue may report.

    Ranges between the edges of the words near the cue in the parse (its children and theirs, its head and
    its siblings), of its sentence and of the quoted stretches in it; and whole stretches nearby, alone or
    chained.
    None holds the cue or its subject.
    """
    which, near = _relatives(columns, cue)
    left, right = columns.edges
    begin, stop = columns.sentence
    every = np.arange(len(cue))
    before, after = _stretches_around(columns, cue)
    at = np.searchsorted(columns.quoted[:, 0], cue)
    in_sentence, stretch = _spread(*_clipped(before, np.maximum(after, before), at, MOST_STRETCHES // 2))
    firsts = (left[near], near, begin[cue], cue + 1, columns.quoted[stretch, 0])
    ends = (right[near], stop[cue], cue, left[cue], columns.quoted[stretch, 1])
    size = len(columns) + 1
    first = _distinct(
        np.concatenate([which, which, every, every, in_sentence]),
        columns.next_word[np.concatenate(firsts)],
        size,
    )
    end = _distinct(
        np.concatenate([which, every, every, every, in_sentence]),
        columns.last_word[np.concatenate(ends)],
        size,
    )
    first, end = _nearest(cue, *first, most=MOST_EDGES), _nearest(cue, *end, most=MOST_EDGES)
    if np.bincount(first[0], minlength=len(cue)) @ np.bincount(end[0], minlength=len(cue)) > MOST_PAIRS:
        most = max(LEAST_EDGES, isqrt(MOST_PAIRS // len(cue)))
        first, end = _nearest(cue, *first, most=most), _nearest(cue, *end, most=most)
    stops = np.searchsorted(end[0], np.arange(len(cue) + 1))
    pairs, place = _spread(stops[first[0]], stops[first[0] + 1])
    whole = _whole_stretches(columns, cue, before, after)
    found = Contents(
        np.concatenate([first[0][pairs], whole.cue]),
        np.concatenate([first[1][pairs], whole.first]),
        np.concatenate([end[1][place], whole.end]),
    )
    return _possible(columns, cue, found)


def sources(columns: Columns, cue: Ints) -> Sources:
    """Return the heads of noun phrases in each cue's sentence."""
    begin, stop = columns.sentence
    nominal = np.flatnonzero(NOMINAL[columns.tag] & columns.word)
    ranges = (np.searchsorted(nominal, begin[cue]), np.searchsorted(nominal, stop[cue]))
    which, place = _spread(*_clipped(*ranges, np.searchsorted(nominal, cue), MOST_NOMINALS // 2))
    head = nominal[place]
    governed = columns.head[head] == cue[which]
    usable = (head != cue[which]) & (governed | ~MODIFIER[columns.dep[head]])
    return Sources(which[usable], head[usable])


def _relatives(columns: Columns, cue: Ints) -> tuple[Ints, Ints]:
    """Return the nearest of each cue's children, theirs, its head and siblings: which cue, and the token."""
    every = np.arange(len(cue))
    first, child = _children(columns, every, cue, cue)
    second, grandchild = _children(columns, first, child, cue)
    governed = np.flatnonzero(columns.head[cue] != cue)
    head = columns.head[cue[governed]]
    third, sibling = _children(columns, governed, head, cue)
    other = sibling != cue[third]
    which = np.concatenate([first, second, third[other], governed])
    order = np.argsort(which, kind="stable")
    token = np.concatenate([child, grandchild, sibling[other], head])
    return _nearest(cue, which[order], token[order], most=MOST_RELATIVES)


def _children(columns: Columns, which: Ints, heads: Ints, cue: Ints) -> tuple[Ints, Ints]:
    """Return the children of ``heads`` nearest to their cue, ``cue[which]``: which cue, and the token."""
    tokens, begin = columns.children
    size = len(columns) + 1
    keys = columns.head[tokens] * size + tokens
    at = np.searchsorted(keys, heads * size + cue[which])
    index, place = _spread(*_clipped(begin[heads], begin[heads + 1], at, MOST_RELATIVES))
    return which[index], tokens[place]


def _nearest(cue: Ints, which: Ints, token: Ints, *, most: int) -> tuple[Ints, Ints]:
    """Return the ``most`` tokens nearest to each cue, ``cue[which]``; ``which`` is in order."""
    kept = _ranks(which, np.abs(token - cue[which]), most) < most
    return which[kept], token[kept]


def _clipped(begin: Ints, stop: Ints, at: Ints, most: int) -> tuple[Ints, Ints]:
    """Return the ranges ``[begin, stop)``, ``most`` on either side of ``at`` at the most."""
    begin = np.clip(at - most, begin, stop)
    return begin, np.clip(at + most, begin, stop)


def _stretches_around(columns: Columns, cue: Ints) -> tuple[Ints, Ints]:
    """Return which stretch is the first to end after each cue's sentence begins, and to begin after it."""
    begin, stop = columns.sentence
    before = np.searchsorted(columns.quoted[:, 1], begin[cue], "right")
    return before, np.searchsorted(columns.quoted[:, 0], stop[cue], "left")


def _whole_stretches(columns: Columns, cue: Ints, before: Ints, after: Ints) -> Contents:
    """Return stretches near each cue, up to a paragraph away, alone and chained with those right after."""
    quoted = columns.quoted
    which, stretch = _spread(
        np.maximum(before - NEAR, 0), np.minimum(np.maximum(after, before) + NEAR, len(quoted))
    )
    away = np.abs(columns.para[quoted[stretch, 0]] - columns.para[cue[which]])
    which, stretch = which[away <= 1], stretch[away <= 1]
    joined = np.zeros(len(quoted), np.bool_)
    joined[:-1] = columns.next_word[quoted[:-1, 1]] >= columns.next_word[quoted[1:, 0]]
    found = [(which, stretch, stretch)]
    first = last = stretch
    for _ in range(CHAIN if len(quoted) else 0):
        more = joined[last]
        which, first, last = which[more], first[more], last[more] + 1
        found.append((which, first, last))
    which, first, last = (np.concatenate(part) for part in zip(*found, strict=True))
    return Contents(which, columns.next_word[quoted[first, 0]], columns.last_word[quoted[last, 1]])


def _possible(columns: Columns, cue: Ints, found: Contents) -> Contents:
    """Return the ranges, each once, that hold a word but neither their cue nor its subject."""
    size = len(columns) + 1
    token, subject = cue[found.cue], columns.subject[cue[found.cue]]
    usable = (
        (found.first < found.end)
        & ~((found.first <= token) & (token < found.end))
        & ~((found.first <= subject) & (subject < found.end))
    )
    keys = np.unique(((found.cue * size + found.first) * size + found.end)[usable])
    which, first, end = keys // size**2, keys // size % size, keys % size
    most = MOST_CONTENTS if len(which) <= MOST_AT_ONCE else max(LEAST_CONTENTS, MOST_AT_ONCE // len(cue))
    kept = _ranks(which, np.abs(first - cue[which]) + np.abs(end - cue[which]), most) < most
    return Contents(which[kept], first[kept], end[kept])


def _ranks(which: Ints, distance: Ints, most: int) -> Ints:
    """Return how many of the same ``which``, in order, are nearer than each, or as near and before it.

    Zeros where none has more than ``most``.
    """
    if np.bincount(which).max(initial=0) <= most:
        return np.zeros_like(which)
    order = np.lexsort((distance, which))
    ranks = np.empty(len(which), np.int64)
    ranks[order] = np.arange(len(which)) - np.searchsorted(which, which[order])
    return ranks


def _distinct(which: Ints, value: Ints, size: int) -> tuple[Ints, Ints]:
    """Return the distinct pairs, in order."""
    keys = np.unique(which * size + value)
    return keys // size, keys % size


def _spread(begin: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Return every integer of every range ``[begin, stop)``, with the index of its range before it."""
    sizes = stop - begin
    which = np.repeat(np.arange(len(begin)), sizes)
    return which, np.arange(sizes.sum()) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
