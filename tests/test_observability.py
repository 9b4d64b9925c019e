"""Logs are JSON lines without messages of exceptions; metrics are declared in one place."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from service.observability import METRICS, configure_logging, log, log_failure, request_id


@pytest.fixture
def root_logger():
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    yield root
    root.handlers, root.level = kept[0], kept[1]


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_our_lines_and_those_of_libraries_are_json(root_logger, capsys) -> None:
    configure_logging("info")
    structlog.contextvars.bind_contextvars(request_id="r1")
    log().info("done", quotes=3)
    logging.getLogger("library").warning("odd %s", "thing")
    log().debug("not written")
    structlog.contextvars.clear_contextvars()
    ours, theirs = lines(capsys.readouterr().err)
    assert (ours["event"], ours["quotes"], ours["request_id"], ours["level"]) == ("done", 3, "r1", "info")
    assert (theirs["event"], theirs["request_id"]) == ("odd thing", "r1")


def test_an_exception_is_logged_by_type_and_place_only(root_logger, capsys) -> None:
    configure_logging("info")
    try:
        raise ValueError("canary")
    except ValueError as error:
        log_failure("failed", error)
        log().exception("failed")
        logging.getLogger("library").exception("failed")
    text = capsys.readouterr().err
    assert "canary" not in text
    for line in lines(text):
        assert line["error"] == "ValueError"
        assert "test_observability.py" in line["places"][0]


def test_a_made_up_request_id_is_new_each_time() -> None:
    assert request_id(None) != request_id(None)
    assert request_id("mine") == "mine"
    assert request_id("mine\n") != "mine\n"


def test_metrics_are_declared_nowhere_else() -> None:
    for file in Path("service").rglob("*.py"):
        if file.name not in ("observability.py", "gunicorn_config.py"):
            assert not re.search(
                r"prometheus_client import .*(Counter|Gauge|Histogram|Summary)", file.read_text()
            )


def test_every_metric_has_the_services_prefix_and_a_help_text() -> None:
    for metric in METRICS.registry.collect():
        assert metric.name.startswith("quotes_")
        assert metric.documentation.endswith(".")


def test_metrics_of_several_processes_are_added_up(tmp_path: Path) -> None:
    program = "from service.observability import METRICS; METRICS.characters.inc(5)"
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], env=environ, check=True, timeout=60)
    show = "import os; from service.observability import METRICS; os.write(1, METRICS.exposition())"
    shown = subprocess.run(
        [sys.executable, "-c", show], env=environ, check=True, capture_output=True, text=True, timeout=60
    )
    assert "quotes_characters_total 10.0" in shown.stdout
