"""A short soak: articles of words never seen before leave nothing behind in the process that reads them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "memory.py"
ARTICLES = 600
MOST_GROWTH = 0.05
"""Of resident memory, after the first twentieth of the articles."""


def test_novel_words_leave_nothing_behind() -> None:
    command = [sys.executable, SCRIPT, "--articles", str(ARTICLES), "--largest", "1000"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    row = re.compile(r"([\d,]+) articles +([\d.]+) MB +([\d,]+) strings +(\d+) docs")
    points = [found.groups() for found in row.finditer(run.stdout)]
    assert [points[0][0], points[-1][0], len(points)] == ["30", str(ARTICLES), 20]
    assert {strings for _, _, strings, _ in points} == {points[0][2]}
    assert {docs for *_, docs in points} == {"0"}
    assert float(points[-1][1]) < (1 + MOST_GROWTH) * float(points[0][1])
