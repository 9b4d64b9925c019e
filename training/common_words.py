"""The words that news is written in, the commonest first.

    python -m training.common_words ARTICLES.jsonl > service/extraction/data/common_words.txt

A word counts once an article, and only where it stands in small letters; names that are words too stay out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LEAST = 2
"""In how many articles a word must stand."""

NAMES = 10
"""In how many times as many articles a word stands with a capital that is a name: "Rose", not "President"."""

_WORD = re.compile(r"(?<![\w'’@#/.-])[a-z]+(?![\w'’@/-]|\.\w)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def common_words(texts: Iterable[str], *, least: int = LEAST) -> list[str]:
    """Return the words in small letters that stand in at least ``least`` texts, the commonest first.

    Not those that stand within sentences with a capital in ``NAMES`` times as many texts or more.
    """
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_WORD.findall(text)))
        names.update({name.lower() for name in _NAME.findall(text)})
    often = (word for word, count in counts.items() if least <= count and names[word] < NAMES * count)
    return sorted(often, key=lambda word: (-counts[word], word))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    lines = parser.parse_args().articles.read_text("utf-8").splitlines()
    print(
        "# Words of news that are written in small letters, the commonest first (training/common_words.py)."
    )
    print("\n".join(common_words(json.loads(line)["text"] for line in lines)))


if __name__ == "__main__":
    main()
