"""Does it carry over? Train on all publishers but one, measure on that one, for each.

    python -m training.crossval ARTICLES.jsonl --work DIR [--seed 1] [--epochs 10]

Prints precision, recall and F1 of segments found with the right source, for quoted (at least one word between
marks) and indirect content, a line a publisher, then mean and spread. It counts in the service's own tokens,
so the figures lie close to, but are not, those of the benchmark.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from service.extraction.learned.columns import Columns, counts
from service.extraction.learned.hints import Hints, ranges
from service.extraction.learned.scorer import Scorer
from service.extraction.reading import load_model
from training.__main__ import THRESHOLD
from training.calibrate import NEUTRAL
from training.examples import Parsed, example, parsed, words_of
from training.export import export
from training.gold import gold_quotes, overlap, publisher
from training.train import fit

Tally = Counter[tuple[str, str]]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=10)
    options = parser.parse_args()
    torch.set_num_threads(1)
    articles = parsed(load_model(), options.articles, options.work)
    scores = []
    for name in sorted({publisher(one.id) for one in articles}):
        rest = [one for one in articles if publisher(one.id) != name]
        words = words_of(rest)
        network = fit(
            [[example(one, words)] for one in rest], words, seed=options.seed, epochs=options.epochs
        )
        file = options.work / "fold.npz"
        export(network, words, file, threshold=THRESHOLD, calibration=NEUTRAL)
        scorer = Scorer.read(file.read_bytes())
        tally = sum((measure(scorer, one) for one in articles if publisher(one.id) == name), Counter())
        scores.append([f1(tally, kind) for kind in ("quoted", "indirect", "all")])
        print(f"{name:14}", *(f"{figure:6.1f}" for kind in scores[-1] for figure in kind), flush=True)
    table = np.array(scores)[:, :, 2]
    print("mean F1       ", table.mean(axis=0).round(1), "spread", table.std(axis=0).round(1))


def measure(scorer: Scorer, one: Parsed) -> Tally:
    """Count gold segments, answers, and answers that are right, of quoted and of indirect content."""
    columns = one.columns(scorer.vocabulary)
    words = counts(columns.word)
    place = {int(token): i for i, token in enumerate(columns.kept)}
    tally: Tally = Counter()
    gold = [(segment, quote) for quote in gold_quotes(columns, one.quotes) for segment in quote.segments]
    for segment, _ in gold:
        tally[_kind(columns, *segment), "gold"] += 1
    for scored in scorer.score_columns(columns, Hints.of(columns, one.attributions)):
        head = None if scored.source is None else place[scored.source]
        for first, end in ranges(columns, scored.content).tolist():
            kind = _kind(columns, first, end)
            tally[kind, "answers"] += 1
            edges = np.array([first]), np.array([end])
            right = next((g for g in gold if overlap(words, g[0], *edges)[0] >= 0.5), None)
            if right and (not right[1].source if head is None else head in right[1].heads | right[1].source):
                gold.remove(right)
                tally[kind, "right"] += 1
    return tally


def _kind(columns: Columns, first: int, end: int) -> str:
    return "quoted" if (columns.inside[first:end] >= 0).any() else "indirect"


def f1(tally: Tally, kind: str) -> Sequence[float]:
    """Return precision, recall and F1 in per cent."""
    kinds = ("quoted", "indirect") if kind == "all" else (kind,)
    right, answers, gold = (sum(tally[k, what] for k in kinds) for what in ("right", "answers", "gold"))
    precision, recall = 100 * right / max(answers, 1), 100 * right / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main()
