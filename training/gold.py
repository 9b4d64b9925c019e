"""Annotated articles as targets: which token is a cue, which range its content, which word its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from service.extraction.learned.alphabet import AUXILIARY, VERB, Ints
from service.extraction.learned.columns import Columns

Range = tuple[int, int]


@dataclass(frozen=True)
class GoldQuote:
    """A quote of the annotation, in tokens. ``anchor`` stands for its cue; ``heads`` for its source.

    ``segments`` are the maximal runs of words of its content; ``heads`` is empty where it has no source, None
    where it has one that no token is the head of.
    """

    segments: tuple[Range, ...]
    anchor: int | None
    source: frozenset[int]
    heads: frozenset[int]


def gold_quotes(columns: Columns, quotes: Iterable[dict[str, Any]]) -> list[GoldQuote]:
    """Return the annotated quotes of an article that are not optional and hold a word."""
    return [found for quote in quotes if not quote.get("optional") and (found := _quote(columns, quote))]


def _quote(columns: Columns, quote: dict[str, Any]) -> GoldQuote | None:
    segments = _segments(columns, _tokens(columns, quote["content"]))
    if not segments:
        return None
    source = frozenset(_tokens(columns, quote["source"]))
    named = _tokens(columns, [quote["source_head"]]) if quote.get("source_head") else ()
    heads = named or [i for i in source if columns.head[i] not in source]
    anchor = _anchor(columns, sorted(_tokens(columns, quote["cue"])), segments)
    return GoldQuote(tuple(segments), anchor, source, frozenset(heads))


def _tokens(columns: Columns, spans: Iterable[Sequence[int]]) -> list[int]:
    """Return the tokens of which more than half lies in one of the spans."""
    found = []
    for start, end in spans:
        i = int(np.searchsorted(columns.end, start, side="right"))
        while i < len(columns) and columns.start[i] < end:
            first, last = int(columns.start[i]), int(columns.end[i])
            if (min(last, end) - max(first, start)) * 2 > last - first:
                found.append(i)
            i += 1
    return found


def _segments(columns: Columns, tokens: Iterable[int]) -> list[Range]:
    """Return the runs of words among ``tokens`` that only punctuation interrupts."""
    words = sorted(i for i in set(tokens) if columns.word[i])
    runs: list[list[int]] = []
    for i in words:
        if runs and not columns.word[runs[-1][-1] + 1 : i].any():
            runs[-1].append(i)
        else:
            runs.append([i])
    return [(run[0], run[-1] + 1) for run in runs]


def _anchor(columns: Columns, cue: Sequence[int], segments: Sequence[Range]) -> int | None:
    """Return the token that stands for a cue: its verb; of several verbs the one that governs the content."""
    verbs = [i for i in cue if VERB[columns.tag[i]] and not AUXILIARY[columns.dep[i]]]
    if not verbs:
        tops = [i for i in cue if columns.head[i] not in cue or columns.head[i] == i]
        return next((i for i in tops if columns.word[i]), next(iter(cue), None))
    votes = Counter(v for segment in segments if (v := _governor(columns, segment, verbs)) is not None)
    if votes:
        return votes.most_common(1)[0][0]
    return next((i for i in verbs if columns.head[i] not in cue or columns.head[i] == i), verbs[0])


def _governor(columns: Columns, segment: Range, verbs: Sequence[int]) -> int | None:
    here = segment[0] + int(np.argmin(columns.depth[segment[0] : segment[1]]))
    for _ in range(40):
        if here in verbs:
            return here
        if columns.head[here] == here:
            return None
        here = int(columns.head[here])
    return None


def overlap(words: Ints, segment: Range, first: Ints, end: Ints) -> np.ndarray[Any, Any]:
    """Return each range's Jaccard overlap with a gold segment, in words; ``words`` are running counts."""
    low, high = np.maximum(first, segment[0]), np.minimum(end, segment[1])
    common = np.where(low < high, words[np.maximum(low, high)] - words[low], 0)
    every = words[segment[1]] - words[segment[0]] + words[end] - words[first] - common
    return common / np.maximum(every, 1)


def publisher(article_id: str) -> str:
    """Return the publisher that an article's id begins with."""
    return re.split(r"_\d{4}", article_id)[0]
