"""Whether memory stays: articles of words never seen before, one after another through one process.

    python benchmarks/memory.py [--articles N] [--size CHARACTERS] [--largest CHARACTERS] [--plot FILE.png]

The engine reads them as a worker of the service does, without a cache. Prints the resident memory, the
entries of the string store and the parses (``Doc``) still alive along the way, the growth after the first
twentieth of the articles, and the peak of a process of its own that reads the largest article allowed. The
words are invented by number, so no two articles share one. 20,000 articles of 300 characters take about three
minutes.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MEGABYTE = 1 << 20
LETTERS = "bcdfghjklmnprstv"


class Point(NamedTuple):
    """What the process held after so many articles: megabytes, strings, parses."""

    articles: int
    resident: float
    strings: int
    docs: int


def word(number: int) -> str:
    """Return a word that can be said, another for each number."""
    out = ""
    while number:
        number, letter = divmod(number, len(LETTERS))
        out += LETTERS[letter] + "aeiou"[letter % 5]
    return out or "a"


def novel_article(number: int, size: int) -> str:
    """Return an article of about ``size`` characters whose names and nouns stand in no other article."""
    out: list[str] = []
    written, next_word = 0, 1 + number * size
    while written < size:
        name, first, second = (word(next_word + i) for i in range(3))
        out.append(f"“The {first} is {second},” said Ann {name.capitalize()}.")
        written += len(out[-1]) + 2
        next_word += 3
    return "\n\n".join(out)[:size]


def resident() -> float:
    """Return the resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def peak() -> float:
    """Return the most that this process ever held, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def soak(articles: int, size: int, *, points: int = 20) -> list[Point]:
    """Extract from so many articles and return what was held at ``points`` places along the way."""
    from service.config import Settings  # noqa: PLC0415
    from service.engine import Engine  # noqa: PLC0415
    from service.model import SpacyExtractor  # noqa: PLC0415
    from service.schemas import QuoteRequest  # noqa: PLC0415

    settings = Settings.from_env({})
    extractor = SpacyExtractor(settings.spacy_model)
    engine = Engine(extractor, limits=settings.limits)
    engine.warm_up()
    gc.collect()
    gc.freeze()
    found = []
    every = max(1, articles // points)
    for number in range(1, articles + 1):
        engine.extract(QuoteRequest(text=novel_article(number, size), language="en"), store=False)
        if number % every == 0:
            found.append(Point(number, resident(), extractor.words_known, docs_alive()))
    return found


def docs_alive() -> int:
    """Return how many parses the process still holds, after a collection."""
    from spacy.tokens import Doc  # noqa: PLC0415

    gc.collect()
    return sum(isinstance(held, Doc) for held in gc.get_objects())


def largest(size: int) -> float:
    """Return the peak memory of a new process that reads one article of ``size`` characters, in megabytes."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak_of, (size,))


def _peak_of(size: int) -> float:
    soak(1, size)
    return peak()


def plot(points: list[Point], file: Path) -> None:
    """Draw resident memory against articles."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who wants the picture needs it

    axes = (figure := Figure(figsize=(6, 3), layout="constrained")).subplots()
    axes.plot([point.articles for point in points], [point.resident for point in points])
    axes.set(xlabel="articles", ylabel="resident memory, MB", ylim=(0, None))
    figure.savefig(file, dpi=100)


def main() -> None:
    """Print the curve, the growth and the peak."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    points = soak(options.articles, options.size)
    for point in points:
        print(
            f"{point.articles:>7,} articles  {point.resident:6.1f} MB  {point.strings:,} strings  "
            f"{point.docs} docs"
        )
    print(f"growth after the first twentieth: {points[-1].resident / points[0].resident - 1:+.1%}")
    print(f"strings added: {points[-1].strings - points[0].strings}")
    print(f"peak with an article of {options.largest:,} characters: {largest(options.largest):.0f} MB")
    if options.plot:
        plot(points, options.plot)


if __name__ == "__main__":
    main()
