"""The table of faults, at the end of the run."""

from __future__ import annotations

import pytest
from fault_table import HEAD, Row

ROWS = pytest.StashKey[list[Row]]()


@pytest.fixture(scope="session")
def rows(pytestconfig: pytest.Config) -> list[Row]:
    return pytestconfig.stash.setdefault(ROWS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if found := config.stash.get(ROWS, []):
        terminalreporter.section("faults: milliseconds added to a request")
        terminalreporter.line(HEAD)
        for row in found:
            terminalreporter.line(str(row))
