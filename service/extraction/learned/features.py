"""Features of tokens, of (cue, content) and of (cue, source) pairs, as the network's input.

Everything is surface, tag, parse and what the rules answered: no names, no entity labels. A feature's place
in the matrix is part of the model file's contract: whoever changes one trains again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from service.extraction.learned.alphabet import (
    AUXILIARY,
    DEPS,
    DIGIT,
    SUBJECT,
    UPPER,
    VERB,
    Floats,
    Ints,
)
from service.extraction.learned.candidates import Contents, Sources
from service.extraction.learned.columns import Columns, counts
from service.extraction.learned.hints import Hints

_GAPS = np.array([0, 1, 2, 3, 5, 8, 13, 21, 34])
_SIZES = np.array([1, 2, 3, 4, 6, 9, 14, 22, 35])
_POBJ = DEPS.index("pobj") + 1
_EYES = {size: np.eye(size, dtype=np.float32) for size in range(2, 12)}


def of_tokens(columns: Columns, hints: Hints) -> Floats:
    """Return what tag, dependency and word form do not say: marks, place, capitals, size of subtree."""
    n, own = len(columns), columns.own
    inside = columns.inside >= 0
    size, odd = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    opens, closes = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    if len(columns.quoted):
        stretch = columns.inside[inside]
        size[inside] = (columns.quoted[:, 1] - columns.quoted[:, 0])[stretch]
        odd[inside] = columns.quoted_otherwise[stretch]
        opens[columns.quoted[:, 0]] = closes[columns.quoted[:, 1] - 1] = True
    upper, all_upper = columns.initial & UPPER > 0, columns.initial & columns.second & UPPER > 0
    (begin, stop), (first, end), (left, right) = columns.sentence, columns.paragraph, columns.edges
    distance = np.abs(columns.head - own)
    return _matrix(
        n,
        [
            (columns.mark, inside, opens, closes),
            ((size > 0) & (size <= 2), (size > 2) & (size <= 5), size > 5, odd),
            (_shifted(columns.mark, -1), _shifted(columns.mark, 1)),
            (own == begin, own == first, own == end - 1, columns.para == 0, columns.heading),
            (upper, all_upper, columns.initial & DIGIT > 0, columns.word),
            (columns.head == own, columns.head < own, np.minimum(columns.depth, 8) / 8),
            (
                np.minimum(np.log1p(distance), 4) / 4,
                np.log1p(stop - begin) / 4,
                np.log1p(right - left - 1) / 4,
            ),
            (hints.of_tokens(),),
        ],
    )


def top(columns: Columns, found: Contents) -> Ints:
    """Return the word of each content that stands highest in the parse, the first of equals."""
    n = len(columns)
    table = [columns.depth * (n + 1) + columns.own]
    while 2 << (len(table) - 1) <= n:
        half = 1 << (len(table) - 1)
        table.append(np.minimum(table[-1][:-half], table[-1][half:]))
    level = np.log2(found.end - found.first).astype(np.int64)
    highest = np.empty(len(level), np.int64)
    for k in np.unique(level):
        at = level == k
        highest[at] = np.minimum(table[k][found.first[at]], table[k][found.end[at] - (1 << k)])
    return highest % (n + 1)


def source_in_parse(columns: Columns) -> Ints:
    """Return the nearest subject at or above each token in the parse, -1 for none: its own, its head's …"""
    found, above = columns.subject.copy(), columns.head
    for _ in range(4):
        missing = (found < 0) | (found == columns.own)
        found = np.where(missing, columns.subject[above], found)
        above = columns.head[above]
    return np.where(found == columns.own, -1, found)


def of_contents(columns: Columns, cue: Ints, found: Contents, highest: Ints, hints: Hints) -> Floats:
    """Return the features of each content for its cue; ``highest`` is ``top(columns, found)``."""
    token, first, end = cue[found.cue], found.first, found.end
    left = end <= token
    gap = (
        np.where(left, end, token + 1),
        np.maximum(np.where(left, token, first), np.where(left, end, token + 1)),
    )
    word, mark = columns.words_before, counts(columns.mark)
    quoted = counts((columns.inside >= 0) & columns.word)
    verb = counts(VERB[columns.tag] & ~AUXILIARY[columns.dep])
    subject = counts(SUBJECT[columns.dep])
    size, gap_size, gap_marks = _between(word, first, end), _between(word, *gap), _between(mark, *gap)
    share = _between(quoted, first, end) / size
    begin, stop = columns.sentence
    open_, close = columns.paragraph
    subtree_left, subtree_right = columns.edges
    starts_tree = columns.next_word[subtree_left[highest]] == first
    ends_tree = columns.last_word[subtree_right[highest]] == end
    owner = source_in_parse(columns)[token]
    return _matrix(
        len(token),
        [
            (_relation(columns, token, highest), _one_of(gap_size, _GAPS), _one_of(size, _SIZES)),
            (left, gap_marks > 0, gap_marks > 1, share, (share > 0) & (share < 1)),
            _marks(columns, first, end, token, size),
            (
                _steps(columns.sent[first] - columns.sent[token], 2),
                _steps(columns.sent[end - 1] - columns.sent[token], 2),
            ),
            (
                _steps(columns.para[first] - columns.para[token], 1),
                columns.sent[first] != columns.sent[end - 1],
            ),
            (columns.next_word[begin[first]] == first, columns.last_word[stop[end - 1]] == end),
            (columns.next_word[open_[first]] == first, columns.last_word[close[end - 1]] == end),
            (starts_tree, ends_tree, starts_tree & ends_tree),
            (_steps(columns.depth[highest] - columns.depth[token], 3),),
            (np.log1p(gap_size) / 4, np.log1p(size) / 4),
            (_upto(_between(verb, *gap), 3), _upto(_between(subject, *gap), 2)),
            ((subtree_left[token] <= first) & (end <= subtree_right[token]),),
            (owner < 0, (first <= owner) & (owner < end)),
            (
                _upto(_outside(columns, word, quoted, first, end), 3),
                _upto(_stretches_in_sentence(columns, token), 2),
            ),
            (hints.of_contents(columns, token, first, end, highest),),
        ],
    )


def of_sources(columns: Columns, cue: Ints, found: Sources, hints: Hints) -> Floats:
    """Return the features of each head of a source for its cue."""
    token, head = cue[found.cue], found.head
    low, high = np.minimum(head, token) + 1, np.maximum(head, token)
    word, mark = columns.words_before, counts(columns.mark)
    verb = counts(VERB[columns.tag] & ~AUXILIARY[columns.dep])
    is_subject = SUBJECT[columns.dep]
    gap_size, gap_marks = _between(word, low, high), _between(mark, low, high)
    left, right = columns.edges
    governor = columns.head[head]
    own = is_subject[head] & (governor == token)
    quoted, cue_quoted = columns.inside[head], columns.inside[token]
    return _matrix(
        len(token),
        [
            (_source_relation(columns, token, head), _one_of(gap_size, _GAPS)),
            (head < token, gap_marks > 0, gap_marks > 1),
            (quoted >= 0, cue_quoted >= 0, (quoted >= 0) & (quoted != cue_quoted)),
            (is_subject[head], own, columns.dep[head] == _POBJ),
            (is_subject[head] & (governor == columns.head[token]) & (head < token),),
            (_upto(_between(counts(is_subject), low, high), 3), _upto(_between(verb, low, high), 3)),
            ((left[token] <= head) & (head < right[token]), (left[head] <= token) & (token < right[head])),
            (_steps(columns.depth[head] - columns.depth[token], 3),),
            (source_in_parse(columns)[token] == head, columns.subject[token] >= 0),
            (hints.of_sources(columns, token, head),),
        ],
    )


def _relation(columns: Columns, token: Ints, highest: Ints) -> Floats:
    """Tell how the content's highest word stands to the cue in the parse: child, head, grandchild …"""
    head, up, above = columns.head, columns.head[token], columns.head[highest]
    tests = [
        above == token,
        up == highest,
        head[above] == token,
        head[head[above]] == token,
        above == up,
        head[up] == highest,
        head[up] == above,
        head[above] == up,
    ]
    return _first_of(tests)


def _source_relation(columns: Columns, token: Ints, head: Ints) -> Floats:
    """Tell how the source's head stands to the cue in the parse."""
    up, above = columns.head[token], columns.head[head]
    up2 = columns.head[up]
    tests = [
        above == token,
        above == up,
        columns.head[above] == token,
        above == up2,
        columns.head[above] == up,
        head == up,
        columns.head[columns.head[above]] == token,
        head == up2,
        above == columns.head[up2],
    ]
    return _first_of(tests)


def _first_of(tests: Sequence[NDArray[np.bool_]]) -> Floats:
    """Say which test is the first to hold: one column for none and one for each."""
    ranks = [np.int64(rank) for rank in range(1, len(tests) + 1)]
    return _eye(len(tests) + 1, np.select(tests, ranks, np.int64(0)))


def _marks(columns: Columns, first: Ints, end: Ints, token: Ints, size: Ints) -> Sequence[NDArray[np.bool_]]:
    """Tell how content lies to the quotation marks: whole stretch, part of one, one cut in two."""
    quoted = np.r_[columns.quoted, [[0, 0]]]
    a, b, mine = columns.inside[first], columns.inside[end - 1], columns.inside[token]
    opens = (a >= 0) & (columns.next_word[quoted[a, 0]] == first)
    closes = (b >= 0) & (columns.last_word[quoted[b, 1]] == end)
    one = (a >= 0) & (a == b)
    whole = one & opens & closes
    part = one & ~whole
    shared = (mine >= 0) & (a == mine) & (b == mine)
    return (
        opens,
        closes,
        whole,
        part,
        (a >= 0) & ~opens & ~part,
        (b >= 0) & ~closes & ~part,
        mine >= 0,
        shared,
        (mine >= 0) & ~shared,
        whole & (size <= 2),
        whole & (size > 2) & (size < 6),
        whole & (size >= 6),
    )


def _outside(columns: Columns, word: Ints, quoted: Ints, first: Ints, end: Ints) -> Ints:
    """Count the words outside quotation marks in the sentences of each content, up to 3, by powers of 4."""
    begin, stop = columns.sentence
    a, b = begin[first], stop[end - 1]
    free = _between(word, a, b) - _between(quoted, a, b)
    found: Ints = np.digitize(free, (1, 4, 16))
    return found


def _stretches_in_sentence(columns: Columns, token: Ints) -> Ints:
    """Count the quoted stretches that reach into each token's sentence."""
    begin, stop = columns.sentence
    before = np.searchsorted(columns.quoted[:, 1], begin[token], "right")
    after = np.searchsorted(columns.quoted[:, 0], stop[token], "left")
    found: Ints = np.maximum(after - before, 0)
    return found


def _between(running: Ints, first: Ints, end: Ints) -> Ints:
    found: Ints = running[end] - running[np.minimum(first, end)]
    return found


def _one_of(values: Ints, edges: Ints) -> Floats:
    return _eye(len(edges) + 1, np.searchsorted(edges, values, "right"))


def _steps(values: Ints, limit: int) -> Floats:
    return _eye(2 * limit + 1, np.clip(values, -limit, limit) + limit)


def _upto(values: Ints, limit: int) -> Floats:
    return _eye(limit + 1, np.minimum(values, limit))


def _eye(size: int, which: Ints) -> Floats:
    rows: Floats = _EYES[size][which]
    return rows


def _shifted(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    moved = np.roll(flags, by)
    if len(moved):
        moved[0 if by > 0 else -1] = False
    return moved


def _matrix(rows: int, groups: Sequence[Sequence[ArrayLike]]) -> Floats:
    """Lay columns and blocks of columns side by side."""
    parts = [np.asarray(part) for group in groups for part in group]
    widths = [part.shape[1] if part.ndim == 2 else 1 for part in parts]
    out = np.empty((rows, sum(widths)), np.float32)
    at = 0
    for part, width in zip(parts, widths, strict=True):
        out[:, at : at + width] = part if part.ndim == 2 else part[:, None]
        at += width
    return out
