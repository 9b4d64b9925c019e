"""What gunicorn refuses by itself is a problem too, repeats nothing, and ends the connection."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from openapi import errors_of_component
from serving import Server

from service.gunicorn_worker import refusal


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("refusals"), QUOTES_WORKERS="1")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


def send(server: Server, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer; it ends when the connection does."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request)
        while part := connection.recv(65_536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}, body


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        (b"canary: the minister said\r\n\r\n", 400, "bad-request"),
        (b"GET /livez HTTP/9.9\r\n\r\n", 400, "bad-request"),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nbad header canary\r\n\r\n", 400, "bad-request"),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: a\r\n canary\r\n\r\n", 400, "bad-request"),
        (b"POST /v1/quotes HTTP/1.1\r\nHost: x\r\nContent-Length: canary\r\n\r\n", 400, "bad-request"),
        (b"POST /v1/quotes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: canary\r\n\r\n", 400, "bad-request"),
        (b"GET /" + b"canary" * 1_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri-too-long"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"canary" * 2_000 + b"\r\n\r\n", 431, "headers-too-large"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Canary: x\r\n" * 200 + b"\r\n", 431, "headers-too-large"),
    ],
)
def test_a_broken_request_gets_a_problem(server: Server, request_: bytes, status: int, kind: str) -> None:
    found, headers, body = send(server, request_)
    problem = json.loads(body)
    assert (found, problem["type"], problem["status"]) == (status, f"/problems/{kind}", status)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert headers["x-request-id"] == problem["request_id"]
    assert not errors_of_component(problem, "Problem")
    assert "canary" not in body.decode().lower()
    assert "canary" not in server.err.read_text().lower()


def test_refusals_are_counted_and_logged(server: Server) -> None:
    send(server, b"nonsense\r\n\r\n")
    assert 'quotes_problems_total{type="bad-request"}' in server.get("/metrics")
    assert '"event":"request_refused"' in server.err.read_text()


def test_what_nobody_expected_is_an_internal_error() -> None:
    assert refusal(ValueError("canary")).problem()["type"] == "/problems/internal-error"
    assert "canary" not in str(refusal(ValueError("canary")).problem())
