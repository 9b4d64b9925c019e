"""Liveness, readiness, versions and metrics."""

from __future__ import annotations

import threading

from fakes import FakeExtractor, make_app
from openapi import CheckingClient

from service import engine as engine_module
from service.cache import Cache
from service.config import Settings
from service.engine import Engine
from service.guarded_redis import GuardedRedis
from service.redis_tier import RedisTier


def test_it_lives_and_is_ready(client: CheckingClient) -> None:
    assert client.get("/livez").json == {"status": "ok"}
    assert client.get("/readyz").json == {
        "status": "ok",
        "checks": {"model": "ok", "memory": "ok"},
        "warnings": [],
    }


def test_a_model_that_fails_is_not_ready_but_lives(settings: Settings) -> None:
    def act(article, checkpoint) -> None:
        raise RuntimeError

    client = make_app(settings, Engine(FakeExtractor(act), limits=settings.limits)).test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/not-ready")
    assert client.get("/livez").status_code == 200


def test_readiness_reads_a_sentence_when_the_last_proof_is_old(
    engine, client, extractor, monkeypatch
) -> None:
    client.get("/readyz")
    assert extractor.calls == 0
    monkeypatch.setattr(engine_module, "_PROOF_SECONDS", 0.0)
    assert client.get("/readyz").status_code == 200
    assert extractor.calls == 1


def test_a_model_at_work_keeps_nobody_waiting_for_its_health(engine, client, extractor, monkeypatch) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def act(article, checkpoint) -> None:
        at_work.set()
        assert go_on.wait(20)

    extractor.act = act
    monkeypatch.setattr(engine_module, "_PROOF_SECONDS", 0.0)
    thread = threading.Thread(target=client.post, args=("/v1/quotes",), kwargs={"json": {"text": "Long."}})
    thread.start()
    assert at_work.wait(20)
    assert client.get("/livez").status_code == client.get("/readyz").status_code == 200
    go_on.set()
    thread.join(20)


def test_redis_that_is_gone_is_a_warning(settings: Settings, extractor: FakeExtractor) -> None:
    tier = RedisTier(GuardedRedis("redis://127.0.0.1:1/0"), ttl_seconds=60)
    engine = Engine(extractor, limits=settings.limits, cache=Cache(tier))
    answer = make_app(settings, engine).test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json["warnings"] == ["redis: unavailable"]


def test_info_tells_versions_limits_and_rules(client: CheckingClient, settings: Settings) -> None:
    info = client.get("/v1/info").json
    assert info["model"] == "fake_model 1.0"
    assert info["limits"]["text_characters"] == settings.max_text_characters
    assert info["rules"] == {"between-marks": "“A”"}
    versions = {name: info[name] for name in ("version", "code", "model", "attribution", "schema")}
    assert client.post("/v1/quotes", json={"text": "Nobody spoke."}).json["engine"] == versions


def test_metrics_count_what_was_done(client: CheckingClient) -> None:
    client.post("/v1/quotes", json={"text": "“It holds,” she said."})
    client.get("/nothing")
    text = client.get("/metrics").text
    for line in (
        'quotes_requests_total{method="POST",route="/v1/quotes",status="200"}',
        'quotes_requests_total{method="GET",route="unmatched",status="404"}',
        'quotes_found_total{rule="between-marks",type="direct"}',
        'quotes_problems_total{type="not-found"}',
        "quotes_model_seconds_bucket",
    ):
        assert line in text


def test_a_strange_method_does_not_become_a_label(client: CheckingClient) -> None:
    client.open("/livez", method="BREW")
    assert "BREW" not in client.get("/metrics").text
