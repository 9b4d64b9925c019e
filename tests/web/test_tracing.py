"""The caller's trace context in log and answer; spans for OpenTelemetry, without anything of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import structlog
from fakes import FakeExtractor
from openapi import CheckingClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service import tracing
from service.config import ConfigurationError, Settings

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GIVEN = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
ARTICLE = {"text": "“canary-text,” said Zebedee.", "id": "canary-id", "title": "canary-title"}


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.turn_on(exporter)
    yield exporter
    tracing.turn_off()


@pytest.mark.parametrize("recorded", [False, True])
def test_the_callers_trace_is_followed_in_log_and_answer(
    client: CheckingClient, recorded: bool, request
) -> None:
    if recorded:
        request.getfixturevalue("spans")
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as seen:
        answer = client.post("/v1/quotes", json=ARTICLE, headers=GIVEN)
    version, trace, span, flags = answer.headers["traceresponse"].split("-")
    assert (version, trace, flags) == ("00", TRACE, "01")
    assert re.fullmatch("[0-9a-f]{16}", span)
    assert span != PARENT
    (event,) = seen
    assert (event["trace_id"], event["span_id"]) == (TRACE, span)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "canary",
        f"00-{TRACE}-{PARENT}",
        f"00-{TRACE}-{PARENT}-01-more",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
    ],
)
def test_what_is_no_trace_context_is_left_alone(client: CheckingClient, header: str) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as seen:
        answer = client.get("/v1/info", headers={"traceparent": header})
    assert "traceresponse" not in answer.headers
    assert "trace_id" not in seen[0]


def test_a_later_version_of_the_header_is_read_as_far_as_it_is_known(client: CheckingClient) -> None:
    answer = client.get("/livez", headers={"traceparent": f"01-{TRACE}-{PARENT}-01-later"})
    assert answer.headers["traceresponse"].startswith(f"00-{TRACE}-")


def test_a_request_is_a_span_and_its_stages_are_below_it(
    client: CheckingClient, spans: InMemorySpanExporter
) -> None:
    client.post("/v1/quotes", json=ARTICLE, headers=GIVEN)
    *stages, request = spans.get_finished_spans()
    assert request.name == "POST /v1/quotes"
    assert f"{request.parent.span_id:016x}" == PARENT
    assert request.attributes["http.response.status_code"] == 200
    assert request.attributes["quotes.characters"] == len(ARTICLE["text"])
    assert [span.name for span in stages] == ["read", "cache", "document", "queue", "model", "view"]
    assert {span.parent.span_id for span in stages} == {request.context.span_id}


def test_without_a_caller_a_trace_begins_here(client: CheckingClient, spans: InMemorySpanExporter) -> None:
    answers = [client.get("/livez") for _ in range(2)]
    traces = {answer.headers["traceresponse"].split("-")[1] for answer in answers}
    assert len(traces) == 2
    assert all(span.parent is None for span in spans.get_finished_spans())


def test_spans_hold_nothing_of_article_or_exception(
    client: CheckingClient, extractor: FakeExtractor, spans: InMemorySpanExporter
) -> None:
    def fail(article, checkpoint) -> None:
        raise ValueError(article.text)

    client.post("/v1/quotes", json=ARTICLE)
    extractor.act = fail
    assert client.post("/v1/quotes", json={**ARTICLE, "text": "canary-other"}).status_code == 500
    client.get("/canary-path?canary=1")
    shown = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "canary" not in shown
    assert "Zebedee" not in shown


def test_the_log_has_wall_and_cpu_time_by_stage(client: CheckingClient) -> None:
    articles = [ARTICLE, {"text": "“Another,” he said."}]
    with structlog.testing.capture_logs() as seen:
        client.post("/v1/quotes", json=ARTICLE)
        client.post("/v1/quotes", json=ARTICLE)
        client.post("/v1/quotes/batch", json={"articles": articles})
        client.get("/v1/info")
    miss, hit, batch, info = (event["stages"] for event in seen)
    assert set(miss) == set(batch) == {"read", "cache", "document", "queue", "model", "view"}
    assert set(hit) == {"read", "cache", "view"}
    assert info == {}
    for times in (*miss.values(), *batch.values()):
        assert set(times) == {"wall_ms", "cpu_ms"}
        assert times["wall_ms"] >= 0


def test_tracing_without_the_extra_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.config.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"pip install quote-attribution\[otel\]"):
        Settings(tracing="otlp")
