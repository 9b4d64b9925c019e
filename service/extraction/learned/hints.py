"""What the rules answered, as columns: the network reads it as one more witness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from service.extraction.learned.alphabet import Floats, Ints
from service.extraction.learned.columns import Columns
from service.extraction.models import Attribution, Span

_FAMILIES = (
    ("cue-after", "cue-before", "split", "introduced"),
    ("colon", "dash-credit", "post-credit", "headline-colon", "hint"),
    ("transcript-turn",),
    ("according-to", "as-clause", "parenthetical"),
    ("clause", "question"),
    ("infinitive", "gerund"),
    ("object", "preposition", "raising"),
    ("predicate",),
    ("noun-clause",),
    ("quoted-words",),
    ("follow-on", "floating"),
    ("unattributed",),
)
"""Rules that err alike; a rule that is not listed is of the family after the last."""

FAMILY = MappingProxyType({rule: number for number, rules in enumerate(_FAMILIES) for rule in rules})
FAMILIES = len(_FAMILIES) + 1
TOKEN_HINTS = 5
CONTENT_HINTS = FAMILIES + 6
SOURCE_HINTS = 3


@dataclass(frozen=True, slots=True)
class Hints:
    """The rules' attributions over an article's tokens.

    ``piece`` is the content that each token is in, or -1. Per piece ``edges`` hold the range, ``owner`` the
    attribution. Per attribution ``cue`` and ``source`` are ranges (empty: none), those of the one that
    it follows where it has no cue of its own.
    """

    piece: Ints
    edges: Ints
    owner: Ints
    cue: Ints
    source: Ints
    family: Ints

    @classmethod
    def of(cls, columns: Columns, attributions: Sequence[Attribution]) -> Hints:
        """Lay out the rules' answer over the columns."""
        pieces = [(span, which) for which, one in enumerate(attributions) for span in one.content]
        edges = ranges(columns, [span for span, _ in pieces])
        owner = np.array([which for _, which in pieces], np.int64)
        full = edges[:, 0] < edges[:, 1]
        edges, owner = edges[full], owner[full]
        piece = np.full(len(columns), -1)
        for number, (first, end) in enumerate(edges.tolist()):
            piece[first:end] = number
        roots = [_root(attributions, which) for which in range(len(attributions))]
        return cls(
            piece=piece,
            edges=edges,
            owner=owner,
            cue=ranges(columns, [one.cue for one in roots]),
            source=ranges(columns, [one.source for one in roots]),
            family=np.array([FAMILY.get(one.rule, FAMILIES - 1) for one in attributions], np.int64),
        )

    def of_tokens(self) -> Floats:
        """Return for each token: do the rules take it for content, its first or last word, cue, source?"""
        n = len(self.piece)
        out = np.zeros((n, TOKEN_HINTS), np.float32)
        out[:, 0] = self.piece >= 0
        out[self.edges[:, 0], 1] = 1
        out[self.edges[:, 1] - 1, 2] = 1
        for column, places in ((3, self.cue), (4, self.source)):
            for first, end in places.tolist():
                out[first:end, column] = 1
        return out

    def of_contents(self, columns: Columns, cue: Ints, first: Ints, end: Ints, highest: Ints) -> Floats:
        """Return how each content of each ``cue`` (a token) agrees with what the rules see there."""
        out = np.zeros((len(first), CONTENT_HINTS), np.float32)
        if not len(self.edges):
            return out
        words = columns.words_before
        overlap = np.zeros(len(first))
        best = np.full(len(first), -1)
        for place in (first, end - 1, highest):
            piece = self.piece[place]
            share = _jaccard(words, first, end, self.edges[piece, 0], self.edges[piece, 1])
            better = (piece >= 0) & (share > overlap)
            overlap, best = np.where(better, share, overlap), np.where(better, piece, best)
        owner = self.owner[best]
        close = np.flatnonzero((best >= 0) & (overlap >= 0.5))
        credited = (self.cue[owner, 0] <= cue) & (cue < self.cue[owner, 1])
        out[close, self.family[owner[close]]] = 1
        out[:, FAMILIES] = overlap
        out[:, FAMILIES + 1] = overlap > 0.999
        out[:, FAMILIES + 2] = (best >= 0) & credited
        out[:, FAMILIES + 3] = (best >= 0) & credited & (overlap >= 0.5)
        out[:, FAMILIES + 4] = (best >= 0) & ~credited
        out[:, FAMILIES + 5] = self._is_cue(len(columns))[cue]
        return out

    def of_sources(self, columns: Columns, cue: Ints, head: Ints) -> Floats:
        """Return whether the rules credit each ``cue`` (a token), to somebody, and to this ``head``."""
        owner = np.full(len(columns), -1)
        for which, (first, end) in enumerate(self.cue.tolist()):
            owner[first:end] = which
        out = np.zeros((len(cue), SOURCE_HINTS), np.float32)
        if len(self.cue):
            mine = owner[cue]
            first, end = self.source[mine, 0], self.source[mine, 1]
            out[:, 0] = mine >= 0
            out[:, 1] = (mine >= 0) & (first < end)
            out[:, 2] = (mine >= 0) & (first <= head) & (head < end)
        return out

    def same(self, columns: Columns, first: int, end: int, head: int | None) -> int | None:
        """Return which attribution gives mostly the words ``[first, end)`` to ``head``, None for none.

        ``head`` is None where the text names no source.
        """
        words = columns.words_before
        size = words[end] - words[first]
        for piece in set(self.piece[first:end].tolist()) - {-1}:
            low, high = self.edges[piece].tolist()
            owner = int(self.owner[piece])
            begin, stop = self.source[owner].tolist()
            credited = begin == stop if head is None else begin <= head < stop
            common = words[min(end, high)] - words[max(first, low)]
            if credited and 2 * common >= size + words[high] - words[low] - common:
                return owner
        return None

    def _is_cue(self, length: int) -> Ints:
        flags = np.zeros(length, np.int64)
        for first, end in self.cue.tolist():
            flags[first:end] = 1
        return flags


def _root(attributions: Sequence[Attribution], which: int) -> Attribution:
    """Return the attribution whose cue counts for this one: itself, or the one that it follows."""
    one = attributions[which]
    while one.cue is None and one.follows is not None:
        one = attributions[one.follows]
    return one


def ranges(columns: Columns, spans: Sequence[Span | None]) -> Ints:
    """Return the token range of each span, words at both edges; an empty one for None."""
    edges = np.array([(s.start, s.end) if s else (0, 0) for s in spans], np.int64).reshape(-1, 2)
    tokens = np.searchsorted(columns.start, edges)
    first, end = columns.next_word[tokens[:, 0]], columns.last_word[tokens[:, 1]]
    return np.stack([first, np.maximum(first, end)], axis=1)


def _jaccard(words: Ints, first: Ints, end: Ints, other_first: Ints, other_end: Ints) -> Floats:
    """Return the share of common words in all words of two ranges; ``words`` are running counts."""
    low, high = np.maximum(first, other_first), np.minimum(end, other_end)
    common = np.where(low < high, words[np.maximum(low, high)] - words[low], 0)
    every = words[end] - words[first] + words[other_end] - words[other_first] - common
    share: Floats = (common / np.maximum(every, 1)).astype(np.float32)
    return share
