"""Every error is a problem of a stable type that states limit and value, and tells nothing it should not."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from io import BytesIO

import pytest
from fakes import FakeExtractor, make_app
from openapi import CheckingClient

from service.config import Settings
from service.engine import Engine

TEXT = "“It holds,” said the mayor."


def problem(answer, status: int, name: str) -> dict:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert answer.json["type"] == f"/problems/{name}"
    assert answer.json["status"] == status
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def post(client: CheckingClient, body: bytes | str, **more):
    return client.post("/v1/quotes", data=body, **{"content_type": "application/json", **more})


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", {"line": 1, "column": 1}),
        (b'{"text": "a",\n "id" 3}', {"line": 2, "column": 7}),
        (b'{"text": "a"} x', {"line": 1, "column": 15}),
        (b'{"text": "two\nlines"}', {"line": 1, "column": 14}),
        (b'{"text": "\xff"}', {"byte": 10}),
        (b'{"text": NaN}', {}),
        (b'{"text": "a", "text": "b"}', {}),
        (b'{"text": ' + b"[" * 100_000, {}),
        (b'{"text": ' + b"1" * 5_000 + b"}", {}),
    ],
)
def test_malformed_json_is_told_with_its_place(client: CheckingClient, body: bytes, place: dict) -> None:
    found = problem(post(client, body), 400, "malformed-json")
    assert {name: found[name] for name in ("line", "column", "byte") if name in found} == place


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "text/plain"},
        {"content_type": None},
        {"content_type": "application/json; charset=latin-1"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"headers": {"Content-Encoding": "gzip"}},
    ],
)
def test_only_plain_json_is_read(client: CheckingClient, headers: dict) -> None:
    found = problem(post(client, json.dumps({"text": TEXT}), **headers), 415, "unsupported-media-type")
    assert found["allowed"] == ["application/json"]


@pytest.mark.parametrize(
    ("body", "name", "pointer"),
    [
        ({}, "missing-text", ""),
        ({"text": None}, "missing-text", ""),
        ({"text": TEXT, "html": "<p>"}, "both-text-and-html", ""),
        ({"text": ""}, "empty-text", "/text"),
        ({"text": " \n\t\u200b"}, "empty-text", "/text"),
        ({"html": "<p> </p>"}, "empty-text", "/html"),
        ({"text": TEXT, "body": 1}, "unknown-field", "/body"),
        ({"text": TEXT, "a/b~c": 1}, "unknown-field", "/a~1b~0c"),
        ({"text": TEXT, "_schema": 1}, "unknown-field", "/_schema"),
        ([TEXT], "wrong-type", ""),
        (None, "wrong-type", ""),
        ({"text": 1}, "wrong-type", "/text"),
        ({"text": [TEXT]}, "wrong-type", "/text"),
        ({"text": TEXT, "id": 4711}, "wrong-type", "/id"),
        ({"text": TEXT, "known_people": {}}, "wrong-type", "/known_people"),
        ({"text": TEXT, "known_people": ["Ann Lee"]}, "wrong-type", "/known_people/0"),
        ({"text": TEXT, "known_people": [{"name": "A"}, {}]}, "missing-field", "/known_people/1/name"),
        ({"text": TEXT, "known_people": [{"name": "–"}]}, "invalid-value", "/known_people/0/name"),
        ({"text": TEXT, "options": {"offset_unit": "utf32"}}, "unknown-option", "/options/offset_unit"),
        ({"text": TEXT, "options": {"types": ["spoken"]}}, "unknown-option", "/options/types/0"),
        ({"text": TEXT, "options": {"format": "csv"}}, "unknown-option", "/options/format"),
        ({"text": TEXT, "options": {"types": []}}, "invalid-value", "/options/types"),
        ({"text": TEXT, "options": {"types": "direct"}}, "wrong-type", "/options/types"),
        ({"text": TEXT, "options": {"min_confidence": 1.1}}, "invalid-value", "/options/min_confidence"),
        ({"text": TEXT, "options": {"min_confidence": True}}, "wrong-type", "/options/min_confidence"),
        ({"text": TEXT, "options": {"min_confidence": "1"}}, "wrong-type", "/options/min_confidence"),
        ({"text": TEXT, "options": {"min_confidence": 10**400}}, "invalid-value", "/options/min_confidence"),
        ({"text": TEXT, "options": {"include_text": 1}}, "wrong-type", "/options/include_text"),
        ({"text": TEXT, "language": "de"}, "unsupported-language", "/language"),
        ({"text": TEXT, "language": "english"}, "unsupported-language", "/language"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "invalid-value", "/url"),
        ({"text": TEXT, "id": "x" * 201}, "invalid-value", "/id"),
    ],
)
def test_an_invalid_article_is_told_what_is_wrong_and_where(client, body, name, pointer) -> None:
    found = problem(post(client, json.dumps(body)), 422, name)
    assert found["errors"][0]["pointer"] == pointer
    assert found["errors"][0]["type"] == f"/problems/{name}"


def test_all_mistakes_are_told_at_once_each_with_its_own_type(client: CheckingClient) -> None:
    body = {"text": 1, "zzz": 2, "options": {"types": ["x", 3]}, "id": []}
    found = problem(post(client, json.dumps(body)), 422, "wrong-type")
    assert [(error["pointer"], error["type"].rpartition("/")[2]) for error in found["errors"]] == [
        ("/id", "wrong-type"),
        ("/options/types/0", "unknown-option"),
        ("/options/types/1", "wrong-type"),
        ("/text", "wrong-type"),
        ("/zzz", "unknown-field"),
    ]


def test_no_more_than_twenty_mistakes_are_listed(client: CheckingClient) -> None:
    body = {"text": TEXT, **{f"field{number}": 1 for number in range(10_000)}}
    found = problem(post(client, json.dumps(body)), 422, "unknown-field")
    assert len(found["errors"]) == 20
    assert "9,999 more" in found["detail"]


@pytest.mark.parametrize("escaped", [r'"\ud800"', r'"a\udc00b"', r'"\udc00\ud800"'])
def test_half_a_character_is_refused_where_it_stands(client: CheckingClient, escaped: str) -> None:
    for name in ("text", "html", "id", "title"):
        body = f'{{"text": "a", "{name}": {escaped}}}' if name != "text" else f'{{"text": {escaped}}}'
        if name == "html":
            body = f'{{"html": {escaped}}}'
        found = problem(post(client, body), 422, "invalid-value")
        assert found["errors"][0]["pointer"] == f"/{name}"


def test_half_a_character_in_a_name_is_refused_and_still_answered(client: CheckingClient) -> None:
    problem(post(client, rb'{"text": "a", "\ud800": 1}'), 422, "unknown-field")


def test_limits_are_stated_with_the_value(extractor: FakeExtractor) -> None:
    settings = Settings(
        max_body_bytes=5_000,
        max_text_characters=1_000,
        max_html_characters=2_000,
        max_batch_articles=3,
        max_batch_characters=2_500,
        max_known_people=2,
        max_aliases=1,
        max_name_characters=10,
    )
    client = make_app(settings, Engine(extractor, limits=settings.limits)).test_client()
    ann = {"name": "Ann"}
    cases = [
        ({"text": "x" * 5_000}, 413, "body-too-large", 5_000, 5_012),
        ({"text": "x" * 1_001}, 413, "article-too-large", 1_000, 1_001),
        ({"html": "x" * 2_001}, 413, "article-too-large", 2_000, 2_001),
        ({"html": f"<p>{'word ' * 300}</p>"}, 413, "article-too-large", 1_000, None),
        ({"text": TEXT, "known_people": [ann] * 3}, 422, "invalid-value", None, None),
        ({"text": TEXT, "known_people": [{**ann, "aliases": ["A", "B"]}]}, 422, "invalid-value", None, None),
        ({"text": TEXT, "known_people": [{"name": "Ann Archer-Lee"}]}, 422, "invalid-value", None, None),
    ]
    for body, status, name, limit, actual in cases:
        found = problem(client.post("/v1/quotes", json=body), status, name)
        assert found.get("limit") == limit
        assert actual is None or found["actual"] == actual
    batches = [([{"text": TEXT}] * 4, 3, 4), ([{"text": "a" * 900}] * 3, 2_500, 2_700)]
    for articles, limit, actual in batches:
        answer = client.post("/v1/quotes/batch", json={"articles": articles})
        found = problem(answer, 413, "batch-too-large")
        assert (found["limit"], found["actual"]) == (limit, actual)


def test_a_body_that_does_not_say_its_length_is_limited_too(extractor: FakeExtractor) -> None:
    settings = Settings(max_body_bytes=1_024)
    client = make_app(settings, Engine(extractor, limits=settings.limits)).test_client()
    for length, status in ((1_024, 200), (1_025, 413), (100_000, 413)):
        body = b'{"text": "' + b"a" * (length - 12) + b'"}'
        answer = client.open(
            "/v1/quotes",
            method="POST",
            input_stream=BytesIO(body),
            content_type="application/json",
            environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
        )
        assert answer.status_code == status
        if status == 413:
            assert problem(answer, 413, "body-too-large")["limit"] == 1_024
            assert "actual" not in answer.json


def test_paths_and_methods_that_do_not_exist(client: CheckingClient) -> None:
    for path in (
        "/nothing",
        "/v1/quotes/",
        "//v1/quotes",
        "/v1",
        "/static/none.js",
        "/docs/assets/../app.py",
    ):
        problem(client.get(path), 404, "not-found")
    refused = client.get("/v1/quotes")
    assert problem(refused, 405, "method-not-allowed")["allowed"] == ["POST"]
    assert refused.headers["Allow"] == "POST"
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"):
        assert client.open("/readyz", method=method).headers["Allow"] == "GET, HEAD"


def test_a_batch_that_is_none(client: CheckingClient) -> None:
    cases = [
        ({}, "missing-field", "/articles"),
        ({"articles": []}, "invalid-value", "/articles"),
        ({"articles": {}}, "wrong-type", "/articles"),
        ({"articles": [1], "options": {}}, "unknown-field", "/options"),
    ]
    for body, name, pointer in cases:
        found = problem(client.post("/v1/quotes/batch", json=body), 422, name)
        assert found["errors"][0]["pointer"] == pointer


def test_another_language_is_refused_unless_it_is_called_english(client: CheckingClient) -> None:
    german = (
        "„Wir haben die Brücke gestern geschlossen“, sagte die Bürgermeisterin am Montag vor dem Rathaus. "
        "Die Arbeiten sollen bis zum Sommer dauern, und niemand weiß, was sie am Ende kosten werden."
    )
    found = problem(client.post("/v1/quotes", json={"text": german}), 422, "unsupported-language")
    assert found["errors"][0]["pointer"] == "/text"
    answer = client.post("/v1/quotes", json={"text": german, "language": "en"})
    assert (answer.status_code, answer.json["warnings"]) == (200, [])
    found = problem(client.post("/v1/quotes", json={"text": german}), 422, "unsupported-language")


def test_an_unexpected_error_tells_nothing_of_itself(client, extractor: FakeExtractor, caplog) -> None:
    def act(article, checkpoint) -> None:
        raise ValueError(article.text)

    extractor.act = act
    answer = client.post("/v1/quotes", json={"text": "“canary-7f3a,” she said."})
    problem(answer, 500, "internal-error")
    assert "canary" not in answer.text
    assert "canary" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_busy_service_says_when_to_come_back(settings: Settings) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def act(article, checkpoint) -> None:
        at_work.set()
        assert go_on.wait(20)

    limits = replace(settings.limits, characters_in_flight=100)
    client = make_app(settings, Engine(FakeExtractor(act), limits=limits)).test_client()
    first = threading.Thread(target=client.post, args=("/v1/quotes",), kwargs={"json": {"text": "a" * 80}})
    first.start()
    assert at_work.wait(20)
    refused = client.post("/v1/quotes", json={"text": "b" * 30})
    batch = client.post("/v1/quotes/batch", json={"articles": [{"text": "c" * 20}, {"text": "d" * 10}]})
    go_on.set()
    first.join(20)
    for answer in (refused, batch):
        found = problem(answer, 503, "busy")
        assert (found["limit"], found["actual"]) == (100, 110)
        assert int(answer.headers["Retry-After"]) == found["retry_after"] >= 1
    assert client.post("/v1/quotes", json={"text": "b" * 30}).status_code == 200


def test_the_deadline_ends_an_article_and_leaves_the_rest_of_a_batch(settings: Settings) -> None:
    def act(article, checkpoint) -> None:
        while "slow" in article.text:
            checkpoint()

    limits = replace(settings.limits, deadline_seconds=0.2)
    client = make_app(settings, Engine(FakeExtractor(act), limits=limits)).test_client()
    found = problem(client.post("/v1/quotes", json={"text": "slow"}), 504, "deadline-exceeded")
    assert found["limit"] == 0.2 <= found["actual"]
    articles = [{"id": "a", "text": TEXT}, {"id": "b", "text": "slow"}, {"id": "c", "text": TEXT + " "}]
    results = client.post("/v1/quotes/batch", json={"articles": articles}).json["results"]
    assert [result.get("type") for result in results] == [None, *["/problems/deadline-exceeded"] * 2]
    assert [result["id"] for result in results] == ["a", "b", "c"]
