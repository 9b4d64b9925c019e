"""How fast articles are read: against the stock pipeline, by length, and on hostile text.

    python benchmarks/speed.py [GOLD.jsonl] [--articles N] [--rounds N]

Three tables, in CPU seconds of one thread. *Stock*: the whole extraction (text in, quotes with speakers out)
and ``nlp(text)`` of the same model as installed, article by article in turn, so that a busy machine slows
both; the ratio with its spread over the rounds, and what each stage takes. *Length*: seconds per million
characters for articles of 1,000 to 100,000 characters, laid together from the same paragraphs. *Hostile*:
the same for text made to be slow. Bounded: about two minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "bench" / "data" / "polnear-dev.jsonl"
sys.path.insert(0, str(ROOT))

LENGTHS = (1_000, 10_000, 100_000)
HOSTILE_LENGTH = 100_000
LONGER = {"quotation marks": 1_000_000}
"""Hostile texts that are measured beyond the longest article, too."""

HOSTILE = {
    "quotation marks": '"',
    "nested marks": "“‘",
    "opening marks": "“a ",
    "short words": "“we” ",
    "closing marks": "a” ",
    "guillemets": "«»",
    "no spaces": "abcdefghij",
    "one sentence": "and the mayor said the town would go on and ",
    "clauses": "Lee said, on Friday, that it, she said, on Friday, that, ",
    "cues": "Lee added: “We pay now,” according to RIA, ",
    "blanks": '"       ',
    "names": "Ann Lee Bob Ray ",
    "lines": "“a\n\n",
}
"""What each hostile text repeats."""


def texts_of(path: Path) -> list[str]:
    """Return the texts of the articles of a file, one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def seconds(job: Callable[[], object]) -> float:
    """Return the CPU seconds that a job takes."""
    start = time.process_time()
    job()
    return time.process_time() - start


def spread(values: Sequence[float]) -> str:
    """Show the median of some values, and the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


class Systems:
    """The service's extraction, as a worker runs it, and the model's own pipeline."""

    def __init__(self) -> None:
        import spacy  # noqa: PLC0415

        from service.extraction import pipeline  # noqa: PLC0415
        from service.extraction.learned.scorer import load_scorer  # noqa: PLC0415
        from service.extraction.reading import MODEL, load_model  # noqa: PLC0415

        self.pipeline = pipeline
        self.nlp, self.scorer, self.installed = load_model(), load_scorer(), spacy.load(MODEL)
        self.stages: Counter[str] = Counter()

    def ours(self, text: str) -> None:
        """Extract from one article."""
        from service.documents import read_text  # noqa: PLC0415

        with self.nlp.memory_zone():
            self.pipeline.extract(self.nlp, read_text(text), scorer=self.scorer)

    def stock(self, text: str) -> None:
        """Read one article with the pipeline as installed."""
        self.installed(text)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count the seconds of each stage of the extraction in ``stages``."""
        names = ("find_stretches", "read", "attribute", "resolve", "assemble")
        kept = {name: getattr(self.pipeline, name) for name in names}

        def watched(name: str) -> Callable[..., object]:
            def run(*given: object, **options: object) -> object:
                start = time.process_time()
                try:
                    return kept[name](*given, **options)
                finally:
                    self.stages[name] += time.process_time() - start

            return run

        for name in names:
            setattr(self.pipeline, name, watched(name))
        try:
            yield
        finally:
            for name, function in kept.items():
                setattr(self.pipeline, name, function)


def against_stock(systems: Systems, texts: Sequence[str], rounds: int) -> None:
    """Print how many times faster the extraction is than the stock pipeline, and where its time goes."""
    ratios = []
    with systems.timed():
        for _ in range(rounds):
            ours = stock = 0.0
            for text in texts:
                ours += seconds(lambda text=text: systems.ours(text))
                stock += seconds(lambda text=text: systems.stock(text))
            ratios.append(stock / ours)
    print(f"stock: {len(texts)} articles, {sum(map(len, texts)):,} characters, {rounds} rounds")
    print(f"  extraction {ours:.2f} s, stock pipeline {stock:.2f} s in the last round")
    print(f"  times faster: {spread(ratios)}")
    total = sum(systems.stages.values())
    print("  stages: " + ", ".join(f"{name} {taken / total:.0%}" for name, taken in systems.stages.items()))


def joined(texts: Sequence[str], length: int) -> str:
    """Return an article of about ``length`` characters made of whole paragraphs of the given ones."""
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    out: list[str] = []
    size = 0
    while size < length:
        for line in paragraphs:
            if size >= length:
                break
            out.append(line[: length - size])
            size += len(out[-1]) + 2
    return "\n\n".join(out)[:length]


def by_length(systems: Systems, texts: Sequence[str], rounds: int) -> float:
    """Print seconds per million characters by length; return that of the middle length."""
    found = {}
    for length in LENGTHS:
        parts = max(1, 30_000 // length)
        articles = [joined(texts[number:] + texts[:number], length) for number in range(parts)]
        taken = [sum(seconds(lambda t=t: systems.ours(t)) for t in articles) for _ in range(rounds)]
        found[length] = [1e6 * one / sum(map(len, articles)) for one in taken]
    middle = statistics.median(found[LENGTHS[1]])
    print("length: CPU seconds per million characters, and against 10,000")
    for length, values in found.items():
        print(f"  {length:>9,}  {spread(values)}  x{statistics.median(values) / middle:.2f}")
    return middle


def hostile(systems: Systems, normal: float) -> None:
    """Print seconds per million characters of text made to be slow, against a normal article's."""
    print("hostile: characters, CPU seconds per million, against a normal article")
    cases = [(name, HOSTILE_LENGTH) for name in HOSTILE] + [*LONGER.items()]
    for name, length in cases:
        piece = HOSTILE[name]
        text = (piece * (length // len(piece) + 1))[:length]
        taken = 1e6 * seconds(lambda text=text: systems.ours(text)) / len(text)
        print(f"  {name:16} {length:9,} {taken:7.1f}  x{taken / normal:.2f}", flush=True)


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--articles", type=int, default=84)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--only", choices=["stock", "ours"], help="the first table; our side of it, for a profiler"
    )
    options = parser.parse_args()
    if not options.gold.is_file():
        print(f"no articles to measure with: {options.gold} is absent")
        return
    texts = texts_of(options.gold)[: options.articles]
    systems = Systems()
    systems.ours(texts[0])
    systems.stock(texts[0])
    if options.only == "ours":
        for text in texts * options.rounds:
            systems.ours(text)
        return
    against_stock(systems, texts, options.rounds)
    if options.only:
        return
    hostile(systems, by_length(systems, texts, options.rounds))


if __name__ == "__main__":
    main()
