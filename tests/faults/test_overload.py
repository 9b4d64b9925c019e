"""The running service under more than it can take: it refuses clearly, ends in time, and goes on."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from processes import until
from serving import JSON, Server, serving

DEADLINE = 2
LONG = "“The bridge is safe,” said Ines Okafor, the mayor. She denied that it had moved. " * 1_200
"""An article that no machine reads within the deadline."""
SHORT = "“It holds,” said Ines Okafor, the mayor."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "QUOTES_WORKERS": "1",
        "QUOTES_CACHE_BYTES": "0",
        "QUOTES_DEADLINE_SECONDS": str(DEADLINE),
        "QUOTES_QUEUE_SECONDS": "60",
        "QUOTES_MAX_BATCH_CHARACTERS": "150000",
        "QUOTES_CHARACTERS_IN_FLIGHT": "150000",
    }
    with serving(tmp_path_factory.mktemp("overload"), **settings) as started:
        yield started


def in_flight(server: Server) -> float:
    text = server.call("GET", "/metrics").get_data(as_text=True)
    found = re.findall(r"^quotes_characters_in_flight(?:\{.*\})? ([\d.]+)$", text, re.MULTILINE)
    return sum(map(float, found))


def test_an_article_that_takes_too_long_is_ended_and_the_next_one_read(server: Server) -> None:
    status, problem = server.post({"text": LONG})
    assert (status, problem["type"]) == (504, "/problems/deadline-exceeded")
    assert problem["actual"] >= problem["limit"] == DEADLINE
    until(lambda: in_flight(server) == 0, "the article is given up")
    assert server.post({"text": SHORT})[0] == 200


def test_a_batch_returns_what_it_has_by_the_deadline(server: Server) -> None:
    batch = {"articles": [{"text": SHORT}, {"text": LONG}, {"text": f"{SHORT} Yes."}]}
    status, found = server.post(batch, "/v1/quotes/batch")
    assert status == 200
    types = [result.get("type") for result in found["results"]]
    assert types == [None, *["/problems/deadline-exceeded"] * 2]


def test_more_than_fits_is_refused_with_the_time_to_come_back(server: Server) -> None:
    """One such article fits at a time; whoever comes while it is read is sent away, not kept waiting."""
    bodies = [json.dumps({"text": f"{number} {LONG}"}).encode() for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: server.call("POST", "/v1/quotes", body), bodies))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert {answer.status_code for answer in answers} <= {503, 504}
    for answer in refused:
        assert answer.json["actual"] > answer.json["limit"] == 150_000
        assert 1 <= int(answer.headers["Retry-After"]) == answer.json["retry_after"] <= 60


def test_a_caller_who_left_does_not_keep_others_waiting(server: Server) -> None:
    body = json.dumps({"text": LONG}).encode()
    head = "".join(f"{name}: {value}\r\n" for name, value in {**JSON, "Content-Length": len(body)}.items())
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(f"POST /v1/quotes HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode() + body)
        until(lambda: in_flight(server) > 0, "the article is admitted")
    until(lambda: in_flight(server) == 0, "the article is given up")
    assert server.post({"text": SHORT})[0] == 200


def test_a_caller_who_never_sends_the_body_does_not_keep_others_waiting(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(b"POST /v1/quotes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert server.post({"text": SHORT})[0] == 200
    assert in_flight(server) == 0


def test_who_asks_at_the_same_time_is_answered_whatever_becomes_of_the_others(server: Server) -> None:
    """Every answer is one of those that overload has: a result, or to come back, or too late."""
    articles = [{"text": f"{number} {LONG if number % 6 == 0 else SHORT}"} for number in range(24)]
    with ThreadPoolExecutor(12) as pool:
        statuses = [status for status, _ in pool.map(server.post, articles)]
    assert set(statuses) <= {200, 503, 504}
    until(lambda: in_flight(server) == 0, "nothing is left")
    assert server.post({"text": SHORT})[0] == 200
