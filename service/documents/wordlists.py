"""Loads the word lists of ``data/*.txt``: one entry a line, lines that begin with "#" skipped."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def load(name: str) -> frozenset[str]:
    """Return the entries of ``data/<name>.txt``."""
    lines = (
        resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def load_openings(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of a list by their first word, to look up how a line begins."""
    by_word: dict[str, tuple[str, ...]] = {}
    for entry in sorted(load(name)):
        first = first_word(entry)
        by_word[first] = (*by_word.get(first, ()), entry)
    return by_word


def first_word(line: str) -> str:
    """Return what stands before the first space, without a final colon, bar or comma."""
    return line.split(" ", 1)[0].rstrip(":|,-–—")
