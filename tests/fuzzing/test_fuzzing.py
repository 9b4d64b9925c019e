"""atheris looks for inputs that break extraction or the mapping of HTML; what it once found stays a test."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from fuzz_targets import SEEDS, TARGETS

HERE = Path(__file__).parent
SECONDS = 15
"""For each target; ``make fuzz`` takes longer."""

GIVEN = [(target, file) for target in TARGETS for file in sorted((HERE / "seeds" / SEEDS[target]).iterdir())]
FOUND = [(file.name.partition("-")[0], file) for file in sorted((HERE / "findings").glob("*-*"))]


@pytest.mark.parametrize(
    ("target", "file"), [pytest.param(*each, id=f"{each[0]} {each[1].name}") for each in GIVEN + FOUND]
)
def test_what_was_found_once_does_not_come_back(target: str, file: Path) -> None:
    TARGETS[target](file.read_bytes())


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this machine")
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_search_finds_nothing(target: str, tmp_path: Path) -> None:
    command = [sys.executable, HERE / "fuzz.py", target, str(SECONDS), tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, check=False)
    found = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert (run.returncode, found) == (0, {}), run.stderr[-3_000:]
