"""Confidence that means what it says: a line in log odds per kind of answer, fitted on articles held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from service.extraction.learned.alphabet import Floats, Ints
from service.extraction.learned.columns import Columns, counts
from service.extraction.learned.hints import Hints, ranges
from service.extraction.learned.scorer import RULES, Scored, Scorer
from training.examples import Parsed
from training.gold import GoldQuote, gold_quotes, overlap

NEUTRAL = np.tile(np.array([1.0, 0.0]), (len(RULES), 2, 1))
"""Slope 1, offset 0: the product of probabilities as it is."""
PRIOR = 5.0
"""How strongly a line is drawn to the neutral one, in answers."""


def held_out(article_id: str) -> bool:
    """Tell whether an article belongs to the seventh that calibrates."""
    return int(hashlib.md5(article_id.encode(), usedforsecurity=False).hexdigest(), 16) % 7 == 0


def calibration(model: Path, articles: Sequence[Parsed]) -> Floats:
    """Return slope and offset for each rule of the scorer, alone and in agreement with the rules."""
    scorer = Scorer.read(model.read_bytes())
    answers: dict[tuple[int, int], list[tuple[float, bool]]] = {}
    for one in articles:
        columns = one.columns(scorer.vocabulary)
        for scored, right in judged(scorer, columns, one):
            group = RULES.index(scored.rule), int(scored.ruled is not None)
            answers.setdefault(group, []).append((scored.raw, right))
    lines = NEUTRAL.copy()
    for group, pairs in sorted(answers.items()):
        raw, right = (np.array(values, float) for values in zip(*pairs, strict=True))
        lines[group] = _line(raw, right)
        print(
            f"{RULES[group[0]]} {'agreed' if group[1] else 'alone'}: {len(right)}, {right.mean():.3f} right"
        )
    return lines


def judged(scorer: Scorer, columns: Columns, one: Parsed) -> Iterator[tuple[Scored, bool]]:
    """Yield the scorer's answers, and whether content and source are right."""
    quotes = gold_quotes(columns, one.quotes)
    words = counts(columns.word)
    place = {int(token): i for i, token in enumerate(columns.kept)}
    for scored in scorer.score_columns(columns, Hints.of(columns, one.attributions)):
        head = None if scored.source is None else place[scored.source]
        pieces = ranges(columns, scored.content)
        yield scored, any(_right(words, pieces, head, quote) for quote in quotes)


def _right(words: Ints, pieces: Ints, head: int | None, quote: GoldQuote) -> bool:
    """Tell whether the source is the quote's, and every piece is half or more of one of its segments."""
    sources = not quote.source if head is None else head in quote.heads or head in quote.source
    found = (
        max(overlap(words, segment, first, end)[0] for segment in quote.segments)
        for first, end in zip(pieces[:, :1], pieces[:, 1:], strict=True)
    )
    return sources and all(share >= 0.5 for share in found)


def _line(raw: Any, right: Any) -> Any:
    """Return the slope and offset of a logistic regression on the log odds, by Newton's method."""
    raw = np.clip(raw, 0.001, 0.999)
    inputs = np.stack([np.log(raw / (1 - raw)), np.ones(len(raw))], axis=1)
    neutral = np.array([1.0, 0.0])
    line = neutral.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ line))
        slope = inputs.T @ (right - chance) - PRIOR * (line - neutral)
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + PRIOR * np.eye(2)
        line = line + np.linalg.solve(bend, slope)
    return line
