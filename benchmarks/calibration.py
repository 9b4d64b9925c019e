"""Does confidence mean what it says? Answers judged one by one, binned, and drawn.

An answer is a segment that was predicted; it is right when it matches a segment of the gold, has the right
source and, where it names a speaker and the gold does, the right one, each as ``../shared/bench/score.py``
decides it: that is what ``confidence`` promises. Expected calibration error as in Guo et al., "On Calibration
of Modern Neural Networks" (ICML 2017): ten bins of equal width, the gap between the mean confidence and the
share that is right, weighted by the bin's share of the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

BINS = 10
SURE = 0.9
"""The confidence from which on an answer is called sure."""

Row = dict[str, Any]


class Answer(NamedTuple):
    """A predicted segment: how sure the service was (0 to 1), and whether it was right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The answers of like confidence: how many, their mean confidence, the share that is right."""

    count: int
    confidence: float
    right: float


class Judged(NamedTuple):
    """The answers of one class of segments, and how many segments the gold has."""

    answers: list[Answer]
    gold: int


def judge(scorer: ModuleType, golds: Sequence[Row], found: Sequence[Row], kinds: set[str]) -> Judged:
    """Judge every predicted segment of the given kinds (direct, mixed, indirect) as the scorer does."""
    judged = Judged([], 0)
    for gold, row in zip(golds, found, strict=True):
        article = scorer.Article(gold["text"])
        wanted = list(_segments(article, (q for q in gold["quotes"] if not q.get("optional")), kinds))
        waived = [s for s, _ in _segments(article, (q for q in gold["quotes"] if q.get("optional")), kinds)]
        given = list(_segments(article, row["quotes"], kinds))
        pairs = scorer.match(wanted, given, scorer.MIN_JACCARD)
        right = {p: _right(scorer, article, wanted[g][1], given[p][1]) for g, p in pairs}
        answers = [
            Answer(quote["confidence"], right.get(p, False))
            for p, (segment, quote) in enumerate(given)
            if p in right or not any(len(segment & one) * 2 >= len(segment) for one in waived)
        ]
        judged = Judged(judged.answers + answers, judged.gold + len(wanted))
    return judged


def _right(scorer: ModuleType, article: Any, gold: Row, given: Row) -> bool:
    named = given["speaker"] is not None and "speaker" in gold
    return bool(
        scorer.source_right(article, gold, given)
        and (not named or scorer.speaker_right(gold, given["speaker"]))
    )


def _segments(article: Any, quotes: Any, kinds: set[str]) -> Iterator[tuple[frozenset[int], Row]]:
    for quote in quotes:
        for segment in article.segments(quote):
            if article.kind(segment) in kinds:
                yield segment, quote


def bins(answers: Sequence[Answer]) -> list[Bin]:
    """Return the bins that are not empty, by confidence."""
    filled: list[list[Answer]] = [[] for _ in range(BINS)]
    for answer in answers:
        filled[min(int(answer.confidence * BINS), BINS - 1)].append(answer)
    return [
        Bin(len(held), sum(a.confidence for a in held) / len(held), sum(a.right for a in held) / len(held))
        for held in filled
        if held
    ]


def calibration_error(answers: Sequence[Answer]) -> float:
    """Return the expected calibration error, 0 to 1."""
    return sum(one.count * abs(one.confidence - one.right) for one in bins(answers)) / len(answers)


def sure_answers(answers: Sequence[Answer]) -> tuple[float, float]:
    """Return the precision of the sure answers, and the share of all answers that they are."""
    sure = [answer.right for answer in answers if answer.confidence >= SURE]
    return (sum(sure) / len(sure) if sure else 0.0), len(sure) / len(answers)


def precision_recall(judged: Judged) -> list[tuple[float, float]]:
    """Return (recall, precision) of the n surest answers, for each n."""
    ordered = sorted(judged.answers, key=lambda answer: -answer.confidence)
    hits = accumulate(answer.right for answer in ordered)
    return [(hit / judged.gold, hit / n) for n, hit in enumerate(hits, 1)]


def print_calibration(classes: Mapping[str, Judged]) -> None:
    """Print, per class, the calibration error, and what the sure answers are worth."""
    for name, (answers, _) in classes.items():
        precision, share = sure_answers(answers)
        print(
            f"calibration: {name:8} ECE {calibration_error(answers):.3f}, confidence >= {SURE}: "
            f"{100 * precision:.1f} % right, {100 * share:.1f} % of {len(answers)} answers"
        )


def draw(classes: Mapping[str, Judged], folder: Path, name: str) -> None:
    """Write NAME-reliability.png and NAME-precision-recall.png into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    held = {label: bins(judged.answers) for label, judged in classes.items()}
    reliability = {label: [(b.confidence, b.right) for b in full] for label, full in held.items()}
    _chart(reliability, "confidence", "share right", folder / f"{name}-reliability.png")
    curves = {label: precision_recall(judged) for label, judged in classes.items()}
    _chart(curves, "recall", "precision", folder / f"{name}-precision-recall.png")


def _chart(lines: Mapping[str, Sequence[tuple[float, float]]], x: str, y: str, path: Path) -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws needs it

    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    for label, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o" if len(points) <= BINS else None, label=label)
    axes.set(xlabel=x, ylabel=y, xlim=(0, 1.01), ylim=(0, 1.01), title=path.stem)
    axes.grid(color="0.9")
    axes.legend()
    figure.savefig(path, dpi=120)
