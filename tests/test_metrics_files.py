"""What dead processes counted is kept, once, in files that do not grow in number."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.metrics_files import bury

COUNT = """
import os
from service.observability import METRICS
METRICS.characters.inc(5)
METRICS.model_seconds.observe(0.2)
METRICS.problems.labels("busy").inc()
METRICS.characters_in_flight.set(7)
print(os.getpid())
"""
SHOW = "import os; from service.observability import METRICS; os.write(1, METRICS.exposition())"


def run(program: str, folder: Path) -> str:
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout


def shown(folder: Path) -> set[str]:
    names = ("quotes_characters_total ", "quotes_model_seconds_count ", 'quotes_problems_total{type="busy"} ')
    return {line for line in run(SHOW, folder).splitlines() if line.startswith(names)}


def test_what_the_dead_counted_is_counted_once(tmp_path: Path) -> None:
    pids = [int(run(COUNT, tmp_path)) for _ in range(3)]
    for buried in range(4):
        assert shown(tmp_path) == {
            "quotes_characters_total 15.0",
            "quotes_model_seconds_count 3.0",
            'quotes_problems_total{type="busy"} 3.0',
        }
        if buried < 3:
            bury(tmp_path, pids[buried])
    assert not {file.stem.rpartition("_")[2] for file in tmp_path.glob("*.db")} & set(map(str, pids))
    assert "quotes_characters_in_flight 0.0" in run(SHOW, tmp_path)


def test_to_bury_who_counted_nothing_does_nothing(tmp_path: Path) -> None:
    bury(tmp_path, 1)
    assert list(tmp_path.glob("*.db")) == []


def test_a_broken_file_is_an_error_once(tmp_path: Path) -> None:
    (tmp_path / "counter_7.db").write_bytes(b"\xff\x7f\x00\x00" + b"\x09" * 100)
    with pytest.raises(RuntimeError, match="corrupted"):
        bury(tmp_path, 7)
    bury(tmp_path, 7)
    assert "quotes_characters_total 0.0" in shown(tmp_path)
