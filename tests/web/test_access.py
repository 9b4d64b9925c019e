"""Who is let in: keys for all under /v1, and for /metrics if so listed; a rate for each key; open doors."""

from __future__ import annotations

import re
import time

import pytest
from fakes import FakeExtractor, make_app
from flask import Flask
from openapi import CheckingClient

from service.cache import Cache
from service.config import ConfigurationError, Settings
from service.engine import Engine
from service.errors import RateLimited
from service.keys import digest_of
from service.observability import METRICS
from service.rate_limit import RateLimit

KEYS = {name: f"qa_{name}" for name in ("cms", "desk", "prometheus")}
ENTRIES = (
    f"cms:{digest_of('qa_cms')},desk:{digest_of('qa_desk')},prometheus:{digest_of('qa_prometheus')}:metrics"
)
ARTICLE = {"text": "“It holds,” said the mayor."}


def app_with(**given: object) -> Flask:
    settings = Settings(workers=1, **given)
    return make_app(settings, Engine(FakeExtractor(), limits=settings.limits, cache=Cache()))


@pytest.fixture
def client() -> CheckingClient:
    return app_with(api_keys=ENTRIES).test_client()


def bearer(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {KEYS[name]}"}


def ask(client: CheckingClient, headers: dict[str, str]):
    return client.post("/v1/quotes", json=ARTICLE, headers=headers)


def test_everything_under_v1_needs_a_key_also_what_is_added_later() -> None:
    app = app_with(api_keys=ENTRIES)
    app.add_url_rule("/v1/later", "later", lambda: "no answer")
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")]
    assert len(rules) >= 4
    for rule in rules:
        for method in (rule.methods or set()) - {"OPTIONS"}:
            assert app.test_client().open(rule.rule, method=method).status_code == 401
    assert app.test_client().get("/v1/nothing").status_code == 401


@pytest.mark.parametrize(
    "path", ["/livez", "/readyz", "/", "/docs", "/openapi.yaml", "/problems/missing-key"]
)
def test_probes_pages_and_the_contract_are_open(client: CheckingClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic cWFfY21zOg=="},
        {"Authorization": "qa_cms"},
        {"X-API-Key": "qa_cms"},
    ],
)
def test_without_a_key_the_answer_says_what_to_send(client: CheckingClient, headers: dict[str, str]) -> None:
    answer = ask(client, headers)
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/missing-key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="quotes"'
    assert "Authorization: Bearer" in answer.json["detail"]


def test_an_unknown_key_is_refused_and_not_repeated(client: CheckingClient) -> None:
    answer = ask(client, {"Authorization": "Bearer qa_canary"})
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/unknown-key")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert "canary" not in answer.text


@pytest.mark.parametrize("name", ["cms", "desk"])
def test_each_listed_key_is_let_in(client: CheckingClient, name: str) -> None:
    before = METRICS.key_requests.labels(name)._value.get()
    assert ask(client, bearer(name)).status_code == 200
    assert client.get("/v1/info", headers={"authorization": f"bearer  {KEYS[name]}"}).status_code == 200
    assert METRICS.key_requests.labels(name)._value.get() == before + 2


def test_metrics_need_a_key_of_their_own_once_one_is_listed(client: CheckingClient) -> None:
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers=bearer("prometheus")).status_code == 200
    for answer in (client.get("/metrics", headers=bearer("cms")), ask(client, bearer("prometheus"))):
        assert (answer.status_code, answer.json["type"]) == (403, "/problems/key-not-allowed")
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


def test_metrics_are_open_when_no_key_is_listed_for_them() -> None:
    client = app_with(api_keys=ENTRIES.partition(",")[0]).test_client()
    assert client.get("/metrics").status_code == 200


def test_without_keys_everything_is_open() -> None:
    client = app_with().test_client()
    assert ask(client, {}).status_code == 200
    assert ask(client, bearer("cms")).status_code == 200


def test_each_key_has_a_rate_of_its_own() -> None:
    client = app_with(api_keys=ENTRIES, rate_limit="2/hour").test_client()
    assert [ask(client, bearer("cms")).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(client, bearer("cms"))
    assert refused.json["type"] == "/problems/rate-limited"
    assert refused.json["limit"] == 2
    assert 3_500 < int(refused.headers["Retry-After"]) == refused.json["retry_after"] <= 3_600
    assert re.search(r"Key cms: at most 2 per 1 hour", refused.json["detail"])
    assert ask(client, bearer("desk")).status_code == 200
    assert client.get("/metrics", headers=bearer("prometheus")).status_code == 200


def test_a_batch_counts_as_many_as_it_has_articles() -> None:
    client = app_with(api_keys=ENTRIES, rate_limit="3/hour").test_client()
    batch = {"articles": [ARTICLE] * 3}
    assert client.post("/v1/quotes/batch", json=batch, headers=bearer("cms")).status_code == 200
    assert ask(client, bearer("cms")).status_code == 429
    assert client.post("/v1/quotes/batch", json=batch, headers=bearer("desk")).status_code == 200


def test_counting_starts_no_threads_and_a_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit("2/minute")
    monkeypatch.setattr("threading.Thread.start", lambda thread: pytest.fail("a thread was started"))
    limit.spend("cms")
    limit.spend("cms")
    with pytest.raises(RateLimited):
        limit.spend("cms")
    later = time.time() + 61
    monkeypatch.setattr("time.time", lambda: later)
    limit.spend("cms")


def test_a_rate_without_keys_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match="QUOTES_API_KEYS must list some"):
        Settings(rate_limit="10/minute")


@pytest.mark.parametrize("rate", ["10", "0/minute", "ten/minute", "10/fortnight", "10/minute;5/second"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(ConfigurationError, match=r"QUOTES_RATE_LIMIT=.*must be a number a second"):
        Settings.from_env({"QUOTES_RATE_LIMIT": rate, "QUOTES_API_KEYS": ENTRIES})


def test_keys_never_show_when_the_settings_do() -> None:
    settings = Settings.from_env({"QUOTES_API_KEYS": ENTRIES})
    assert settings.masked()["QUOTES_API_KEYS"] == "***"
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_env({"QUOTES_API_KEYS": "cms:qa_canary"})
    assert "canary" not in str(caught.value)
