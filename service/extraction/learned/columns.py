"""One article's parse as numpy columns, a row a token: what candidates and features are computed from.

White space and furniture are left out. Token ranges are half-open, like spans; ``columns.start`` and
``columns.end`` lead back to code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from service.extraction.learned.alphabet import (
    ALNUM,
    DEPS,
    SUBJECT,
    TAGS,
    VERB,
    Bools,
    Floats,
    Hashes,
    Ints,
    Vocabulary,
    character_kinds,
    mark_hashes,
    numbers_of,
)
from service.extraction.models import Article, Stretch

_MAX_CLIMB = 200
"""Levels of a sentence's tree that are told apart: a bound on what a broken parse can cost."""

ATTRIBUTES: list[int | str] = ["LOWER", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "SENT_START", "IS_SPACE"]


@dataclass(frozen=True)
class Columns:
    """The tokens of one article.

    ``quoted`` holds the token ranges inside outermost marks, in order, ``quoted_spans`` the code points with
    the marks, ``quoted_otherwise`` whether they hold a title, a nickname, a word mentioned or scare quotes.
    ``kept`` are the indices into the doc; ``head`` is an index into these columns, a root its own head;
    ``sent`` and ``para`` number sentences and paragraphs; ``initial`` and ``second`` are bit sets (ALNUM,
    UPPER, DIGIT) for the first two characters; ``tensor`` holds the tagger's vectors.
    """

    kept: Ints
    start: Ints
    end: Ints
    head: Ints
    tag: Ints
    dep: Ints
    number: Ints
    sent: Ints
    para: Ints
    word: Bools
    mark: Bools
    heading: Bools
    initial: NDArray[np.uint8]
    second: NDArray[np.uint8]
    tensor: Floats
    quoted: Ints
    quoted_spans: Ints
    quoted_otherwise: Bools

    @classmethod
    def of(cls, doc: Doc, article: Article, stretches: Sequence[Stretch], vocabulary: Vocabulary) -> Columns:
        """Lay out the parse of ``article`` as columns."""
        rows: Hashes = np.asarray(doc.to_array(ATTRIBUTES), np.uint64)
        tensor: Floats = np.asarray(doc.tensor, np.float32)
        return cls.of_rows(rows, tensor, article, stretches, vocabulary)

    @classmethod
    def of_rows(
        cls,
        rows: Hashes,
        tensor: Floats,
        article: Article,
        stretches: Sequence[Stretch],
        vocabulary: Vocabulary,
    ) -> Columns:
        """The same from what ``Doc.to_array`` gives for ``ATTRIBUTES``."""
        lower, tag, dep, head, idx, length, sent_start, is_space = rows.T
        start = idx.astype(np.int64)
        para, readable, heading = _paragraphs(article, start)
        keep = readable & (is_space == 0)
        kept = np.flatnonzero(keep)
        start, para = start[kept], para[kept]
        end = start + length[kept].astype(np.int64)
        sent = _renumber(np.cumsum(sent_start == 1)[kept], para)
        tags = numbers_of(tag[kept], TAGS)
        kinds = character_kinds(article.text)
        alnum = np.r_[0, np.cumsum(kinds & ALNUM)]
        ranges, spans, otherwise = _quoted(stretches, start)
        return cls(
            kept=kept,
            start=start,
            end=end,
            head=_heads(head.astype(np.int64), keep, sent),
            tag=tags,
            dep=numbers_of(dep[kept], DEPS),
            number=vocabulary.numbers(lower[kept], VERB[tags]),
            sent=sent,
            para=para,
            word=alnum[end] > alnum[start],
            mark=np.isin(lower[kept], mark_hashes()),
            heading=heading[para],
            initial=kinds[start],
            second=np.where(end - start > 1, np.r_[kinds, np.uint8(0)][start + 1], 0).astype(np.uint8),
            tensor=tensor[kept].astype(np.float32, copy=False),
            quoted=ranges,
            quoted_spans=spans,
            quoted_otherwise=otherwise,
        )

    def __len__(self) -> int:
        return len(self.kept)

    @cached_property
    def own(self) -> Ints:
        """Each token's own index."""
        return np.arange(len(self))

    @cached_property
    def inside(self) -> Ints:
        """For each token the index of the quoted stretch that it stands in, or -1."""
        where = np.full(len(self), -1)
        for index, (first, end) in enumerate(self.quoted.tolist()):
            where[first:end] = index
        return where

    @cached_property
    def depth(self) -> Ints:
        """How many heads stand between each token and the root of its sentence."""
        depth = np.zeros(len(self), np.int64)
        here = self.own
        for _ in range(_MAX_CLIMB):
            above = self.head[here]
            moved = above != here
            if not moved.any():
                break
            depth += moved
            here = above
        return depth

    @cached_property
    def edges(self) -> tuple[Ints, Ints]:
        """The first token of each token's subtree, and the end of the last."""
        left, right = self.own.copy(), self.own + 1
        order = np.argsort(-self.depth, kind="stable")
        levels = np.searchsorted(-self.depth[order], np.arange(-self.depth.max(initial=0), 1))
        for first, end in pairwise(levels):
            level = order[first:end]
            np.minimum.at(left, self.head[level], left[level])
            np.maximum.at(right, self.head[level], right[level])
        return left, right

    @cached_property
    def sentence(self) -> tuple[Ints, Ints]:
        """Where each token's sentence begins and ends."""
        return np.searchsorted(self.sent, self.sent, "left"), np.searchsorted(self.sent, self.sent, "right")

    @cached_property
    def paragraph(self) -> tuple[Ints, Ints]:
        """Where each token's paragraph begins and ends."""
        return np.searchsorted(self.para, self.para, "left"), np.searchsorted(self.para, self.para, "right")

    @cached_property
    def children(self) -> tuple[Ints, Ints]:
        """Tokens ordered by head, and where each head's children begin among them, closed by their number."""
        below = np.flatnonzero(self.head != self.own)
        order = np.argsort(self.head[below], kind="stable")
        counts = np.bincount(self.head[below], minlength=len(self))
        return below[order], np.r_[0, np.cumsum(counts)]

    @cached_property
    def words_before(self) -> Ints:
        """Running counts of the words."""
        return counts(self.word)

    @cached_property
    def next_word(self) -> Ints:
        """For each token index, one past the last included, the first word at or after it."""
        n = len(self)
        words = np.where(self.word, self.own, n)
        found: Ints = np.r_[np.minimum.accumulate(words[::-1])[::-1], n]
        return found

    @cached_property
    def last_word(self) -> Ints:
        """For each end of a range the end after its trailing punctuation is cut."""
        found: Ints = np.r_[0, np.maximum.accumulate(np.where(self.word, self.own + 1, 0))]
        return found

    @cached_property
    def subject(self) -> Ints:
        """For each token its (last) subject, or -1."""
        found = np.full(len(self), -1)
        subjects = np.flatnonzero(SUBJECT[self.dep])
        found[self.head[subjects]] = subjects
        return found


def counts(flags: Bools) -> Ints:
    """Return running counts: those at ``j`` less those at ``i`` are how many flags hold in ``[i, j)``."""
    running = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=running[1:])
    return running


def _paragraphs(article: Article, start: Ints) -> tuple[Ints, Bools, Bools]:
    """Return per token its paragraph and whether it may be read, per paragraph whether it is a heading."""
    if not article.paragraphs:
        return np.zeros(len(start), np.int64), np.zeros(len(start), np.bool_), np.zeros(1, np.bool_)
    begins = np.array([paragraph.span.start for paragraph in article.paragraphs])
    furniture = np.array([paragraph.kind == "furniture" for paragraph in article.paragraphs])
    heading = np.array([paragraph.kind == "heading" for paragraph in article.paragraphs])
    para = np.searchsorted(begins, start, "right") - 1
    return np.maximum(para, 0), (para >= 0) & ~furniture[np.maximum(para, 0)], heading


def _renumber(sent: Ints, para: Ints) -> Ints:
    """Number sentences from 0; a new paragraph begins a new one."""
    if not len(sent):
        return sent
    return np.cumsum(np.r_[False, (np.diff(sent) != 0) | (np.diff(para) != 0)])


def _heads(offsets: Ints, keep: Bools, sent: Ints) -> Ints:
    """Return heads as indices of the kept tokens; a token whose head was dropped is a root."""
    head = np.arange(len(keep)) + offsets
    number = np.cumsum(keep) - 1
    own = np.arange(len(sent))
    head = head[keep]
    found = np.where(keep[head], number[head], own) if len(own) else own
    return np.where(sent[found] == sent, found, own) if len(own) else own


def _quoted(stretches: Sequence[Stretch], start: Ints) -> tuple[Ints, Ints, Bools]:
    """Return token ranges and spans of outermost stretches, and which of them are not somebody's words."""
    outer = [stretch for stretch in stretches if stretch.depth == 0]
    inner = np.array([(s.inner.start, s.inner.end) for s in outer], np.int64).reshape(-1, 2)
    spans = np.array([(s.span.start, s.span.end) for s in outer], np.int64).reshape(-1, 2)
    otherwise = np.array([stretch.kind != "quotation" for stretch in outer], np.bool_)
    ranges = np.searchsorted(start, inner)
    full = ranges[:, 0] < ranges[:, 1]
    return ranges[full], spans[full], otherwise[full]
