"""No secret gets out: no text, key or password is in logs, metrics, traces, problems or names in Redis."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import redis
from processes import RedisServer, redis_binary, until
from serving import FakeServer

from service.keys import digest_of

KEY = "qa_canary-key"
SECRETS = ("canary", "minister", "Zebedee")
"""Parts of what is confidential in every request below, in any spelling."""

TEXT = "“The canary-text is secret,” said the minister, Zebedee Quux."
ARTICLES = [
    {"text": TEXT},
    {"text": TEXT, "title": "canary-title", "url": "https://canary.example/draft", "id": "canary-id"},
    {"html": f"<p>{TEXT}</p><!-- canary-comment -->"},
    {"text": f"{TEXT} explode"},
    {"html": f"<p>{TEXT} explode</p>"},
    {"text": TEXT, "known_people": [{"name": "canary-person", "aliases": ["Zebedee"]}]},
]
REFUSED = [
    {"text": TEXT, "html": TEXT},
    {"text": [TEXT]},
    {"text": TEXT, "title": ["canary-title"]},
    {"text": TEXT, "options": {"min_confidence": TEXT}},
    {"text": TEXT, "known_people": [TEXT]},
    {"text": "Der Minister sagte, das sei ein canary-Geheimnis, und zwar für die ganze Stadt und das Land."},
    {"text": f"{TEXT} \ud800"},
]


class Collector:
    """Takes spans by OTLP over HTTP, and keeps the bytes."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        kept = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                kept.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(redis_binary(), tmp_path_factory.mktemp("redis"))
    server.start("--requirepass", "canary-password")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory, redis_server: RedisServer, collector: Collector) -> Iterator[FakeServer]:
    started = FakeServer(
        tmp_path_factory.mktemp("server"),
        QUOTES_API_KEYS=f"cms:{digest_of(KEY)}",
        QUOTES_RATE_LIMIT="1000/minute",
        QUOTES_TRACING="otlp",
        QUOTES_CORS_ORIGINS="https://cms.example",
        OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
        OTEL_BSP_SCHEDULE_DELAY="50",
        REDIS_URL=f"redis://:canary-password@127.0.0.1:{redis_server.port}/0",
    )
    try:
        started.wait()
        yield started
    finally:
        started.stop()


def answers(server: FakeServer) -> Iterator[tuple[int, str]]:
    """Ask everything that may go wrong, and some that goes well; yield each status and body."""
    for key in (KEY, "qa_canary-other", ""):
        headers = {
            "Authorization": f"Bearer {key}",
            "User-Agent": "canary-agent",
            "X-Request-ID": "canary id",
        }
        for body in [*ARTICLES, *REFUSED, {"articles": ARTICLES + REFUSED}]:
            path = "/v1/quotes/batch" if "articles" in body else "/v1/quotes"
            yield server.ask(path, json.dumps(body).encode(), headers)
        for raw in (
            TEXT.encode(),
            json.dumps(TEXT).encode()[:-1],
            TEXT.encode("utf-16"),
            b"{}" + TEXT.encode(),
        ):
            yield server.ask("/v1/quotes", raw, headers)
        yield server.ask(
            "/v1/quotes?text=canary-query", b"{}", {**headers, "Content-Type": "text/canary-type"}
        )


def leaks(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret.lower() in text.lower()}


def test_nothing_that_is_emitted_has_a_secret_in_it(
    server: FakeServer, redis_server: RedisServer, collector: Collector, tmp_path: Path
) -> None:
    seen = list(answers(server))
    assert {200, 400, 401, 415, 422, 500} <= {status for status, _ in seen}
    for status, body in seen:
        # Of an article, a problem may repeat what is its caller's own name for it.
        told = body.replace("canary-id", "") if status == 200 else body.replace("text/canary-type", "")
        assert status == 200 or not leaks(told), body
        for result in json.loads(body).get("results", []):
            assert "quotes" in result or not leaks(json.dumps({**result, "id": None})), result
    redis_server.stop()
    for number in range(5):
        assert server.ask("/v1/quotes", json.dumps({"text": f"{TEXT} {number}"}).encode(), bearer())[0] == 200
    assert not leaks(server.get("/metrics"))
    until(lambda: b"POST /v1/quotes" in b"".join(collector.received), "spans arrive")
    assert not leaks(b"".join(collector.received).decode("latin-1"))
    written = server.err.read_text() + server.out.read_text()
    for event in ("configured", "request", "request_failed", "article_failed", "redis_failed"):
        assert f'"event":"{event}"' in written
    assert '"key":"cms"' in written
    assert not leaks(written)


def test_names_in_redis_are_digests(server: FakeServer, redis_server: RedisServer) -> None:
    redis_server.start("--requirepass", "canary-password")
    client = redis.Redis(port=redis_server.port, password="canary-password")
    article = json.dumps({"text": f"{TEXT} kept"}).encode()
    until(lambda: server.ask("/v1/quotes", article, bearer()) and client.keys(), "a value is kept", 30)
    assert not leaks(str(client.keys()))


def bearer() -> dict[str, str]:
    return {"Authorization": f"Bearer {KEY}"}
