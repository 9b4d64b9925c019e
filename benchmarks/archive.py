"""How many articles a second ``quotes batch`` answers with one process and with two, in turn.

    python benchmarks/archive.py [GOLD.jsonl] [--articles N] [--rounds N]

The rate is over the wall-clock seconds of the whole command less those of one that has nothing to do, so that
loading the model does not count. About two minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from speed import GOLD, spread, texts_of  # noqa: E402


def seconds(source: Path, workers: int) -> float:
    """Return what a run takes that answers all of ``source``."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "service", "batch", source, Path(folder, "out.jsonl")]
        began = time.monotonic()
        subprocess.run(
            [*command, "--workers", str(workers)], cwd=HERE.parent, check=True, capture_output=True
        )
        return time.monotonic() - began


def rates(folder: Path, texts: Sequence[str], workers: int) -> float:
    """Return the articles a second, without the seconds that it takes to begin."""
    source, nothing = folder / "in.jsonl", folder / "nothing.jsonl"
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    nothing.write_text("")
    return len(texts) / (seconds(source, workers) - seconds(nothing, workers))


def main() -> None:
    """Print both rates and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not options.gold.is_file():
        print(f"no articles to measure with: {options.gold} is absent")
        return
    known = texts_of(options.gold)
    texts = [f"{known[number % len(known)]} {number}" for number in range(options.articles)]
    with tempfile.TemporaryDirectory() as name:
        pairs = [(rates(Path(name), texts, 1), rates(Path(name), texts, 2)) for _ in range(options.rounds)]
    print(
        f"{options.articles} articles, {sum(map(len, texts)):,} characters, {options.rounds} rounds in turn"
    )
    print(f"  articles a second, one process: {spread([one for one, _ in pairs])}")
    print(f"  articles a second, two:         {spread([two for _, two in pairs])}")
    print(f"  two against one:                {spread([two / one for one, two in pairs])}")


if __name__ == "__main__":
    main()
