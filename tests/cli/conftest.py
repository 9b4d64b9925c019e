"""The command ``quotes`` in process, with the stand-in model."""

import pytest
from click.testing import CliRunner, Result

from service import observability
from service.cli import main


@pytest.fixture
def quotes(engine, monkeypatch):
    """Run the command: ``quotes("extract", "-", stdin=b"…")``."""
    monkeypatch.setattr("service.app.build_engine", lambda settings: engine)
    monkeypatch.setattr(observability, "configure_logging", lambda level: None)

    def run(*args, stdin=None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin, prog_name="quotes")

    return run
