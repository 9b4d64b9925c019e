"""The service as it is started for real: gunicorn, several workers, the real model."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from processes import until
from serving import START, Server

ARTICLE = "“Zanzibar canary-81c2 holds,” said Quintina Marchbanks, the harbour master."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "metrics").mkdir()
    (folder / "metrics" / "counter_1.db").write_bytes(b"left by an earlier run")
    started = Server(folder)
    try:
        started.wait()
        yield started
    finally:
        started.stop()


def test_the_line_that_is_printed_works_as_pasted(server: Server) -> None:
    printed = server.out.read_text()
    assert f"http://127.0.0.1:{server.port}" in printed
    line = next(line for line in printed.splitlines() if line.startswith("curl "))
    answer = subprocess.run(["bash", "-c", line], capture_output=True, check=True, timeout=60)
    result = json.loads(answer.stdout)
    assert [speaker["name"] for speaker in result["speakers"]] == ["Maria Lopez"]


def test_articles_alone_and_in_a_batch_get_the_same_answer_from_every_worker(server: Server) -> None:
    articles = [{"text": f"{ARTICLE} It is number {number}."} for number in range(6)]
    status, batch = server.post({"articles": articles}, "/v1/quotes/batch")
    assert status == 200
    with ThreadPoolExecutor(6) as pool:
        for _ in range(3):
            assert [result for _, result in pool.map(server.post, articles)] == batch["results"]


def test_the_log_is_json_and_never_has_text(server: Server) -> None:
    server.post({"text": ARTICLE, "title": "canary-title"})
    server.post({"text": ARTICLE, "canary-field": 1})
    events = [json.loads(line) for line in server.err.read_text().splitlines()]
    assert {"configured", "request"} <= {event["event"] for event in events}
    assert any("Booting worker" in event["event"] for event in events)
    text = server.err.read_text()
    for word in ("canary", "Zanzibar", "Quintina", "Marchbanks"):
        assert word not in text


def test_a_broken_request_is_logged_without_what_it_says(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(b"canary-9d3e: the minister said\r\n\r\n")
        assert b" 400 " in connection.recv(1_000)
    until(lambda: '"problem":"bad-request"' in server.err.read_text(), "it is logged")
    assert "canary-9d3e" not in server.err.read_text()


def test_metrics_are_those_of_all_workers(server: Server) -> None:
    def requests() -> float:
        found = re.findall(
            r'^quotes_requests_total\{.*"/livez".*\} ([\d.]+)$', server.get("/metrics"), re.MULTILINE
        )
        return sum(map(float, found))

    before = requests()
    for _ in range(10):
        server.get("/livez")
    assert requests() == before + 10
    assert not (server.metrics / "counter_1.db").exists()


def test_stopping_under_load_loses_no_request(tmp_path: Path) -> None:
    server = Server(tmp_path, QUOTES_WORKERS="1", QUOTES_DEADLINE_SECONDS="300", QUOTES_QUEUE_SECONDS="300")
    server.wait()
    text = " ".join(f"“Sentence {n} holds,” said Quintina Marchbanks, the master." for n in range(60))
    batch = {"articles": [{"text": f"{n} {text}"} for n in (4, 5)]}
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(server.post, {"text": f"{n} {text}"}) for n in range(4)]
        asked.append(pool.submit(server.post, batch, "/v1/quotes/batch"))
        until(lambda: admitted(server) >= 6 * len(text), "all are admitted", 120)
        assert server.stop() == 0
        answers = [future.result(60) for future in asked]
    assert [status for status, _ in answers] == [200] * 5
    assert all("quotes" in result for result in answers[-1][1]["results"])


def admitted(server: Server) -> float:
    """Characters that are in flight or done."""
    text = server.get("/metrics")
    names = ("quotes_characters_in_flight", "quotes_characters_total")
    found = [re.search(rf"^{name} ([\d.]+)$", text, re.MULTILINE) for name in names]
    return sum(float(match[1]) for match in found if match)


@pytest.mark.parametrize(
    "command",
    [
        ["-c", START],
        ["-m", "gunicorn", "--config", "python:service.gunicorn_config", "service.wsgi:app"],
    ],
)
def test_invalid_settings_stop_the_start_with_one_clear_line(command: list[str]) -> None:
    environ = {**os.environ, "QUOTES_THREADS": "many"}
    ended = subprocess.run(
        [sys.executable, *command], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    last = ended.stderr.strip().splitlines()[-1]
    assert last.endswith("QUOTES_THREADS=many: must be a whole number from 6 to 512.")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"SPACY_MODEL": "no_such_model"}, "Can't find model 'no_such_model'"),
        ({"KNOWN_PEOPLE": "/no/such/file"}, "KNOWN_PEOPLE: "),
    ],
)
def test_a_setting_that_proves_wrong_at_the_start_is_told_without_a_traceback(
    setting: dict[str, str], told: str
) -> None:
    environ = {**os.environ, "QUOTES_BIND": "127.0.0.1:0", **setting}
    ended = subprocess.run(
        [sys.executable, "-c", START], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert told in ended.stderr.strip().splitlines()[-1]
    assert "Traceback" not in ended.stderr
