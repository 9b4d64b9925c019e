"""Request ids, log lines, and the headers that protect pages."""

from __future__ import annotations

import logging
import re

import pytest
import structlog
from openapi import CheckingClient

ARTICLE = {
    "text": "“canary-55d1,” said Zebedee Quux, “is secret.”",
    "title": "canary-title",
    "id": "canary-id",
}


@pytest.mark.parametrize("given", ["cms-1.2:3_x", "a" * 64])
def test_a_safe_request_id_is_taken_over(client: CheckingClient, given: str) -> None:
    assert client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "<script>", "é", "a;b", "a\tb"])
def test_any_other_request_id_is_replaced(client: CheckingClient, given: str) -> None:
    made = client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)


def test_the_log_line_has_sizes_and_times_and_no_text(client: CheckingClient) -> None:
    with structlog.testing.capture_logs() as events:
        client.post("/v1/quotes", json=ARTICLE)
        client.post("/v1/quotes", json={**ARTICLE, "canary": 1})
    done, refused = events
    assert (done["event"], done["route"], done["status"], done["cache"]) == (
        "request",
        "/v1/quotes",
        200,
        "miss",
    )
    assert done["characters"] == len(ARTICLE["text"])
    assert done["quotes"] == 2
    assert {"wall_ms", "cpu_ms", "queue_ms", "model_ms"} <= done.keys()
    assert refused["problem"] == "unknown-field"
    assert "canary" not in str(events)
    assert "Quux" not in str(events)


def test_no_path_that_does_not_exist_is_logged(client: CheckingClient, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    client.get("/canary-path")
    assert "canary" not in caplog.text


def test_every_answer_has_the_headers_that_protect(client: CheckingClient) -> None:
    for path in ("/", "/docs", "/livez", "/nothing", "/openapi.yaml"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert "script-src" not in client.get("/livez").headers["Content-Security-Policy"]


def test_answers_say_how_long_they_took(client: CheckingClient) -> None:
    timing = client.post("/v1/quotes", json=ARTICLE).headers["Server-Timing"]
    assert re.fullmatch(r"total;dur=[\d.]+, queue;dur=[\d.]+, model;dur=[\d.]+", timing)
