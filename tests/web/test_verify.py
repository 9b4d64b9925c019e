"""``POST /v1/verify``: quotes of an article or given, in every unit, within limits."""

from __future__ import annotations

import json

import pytest
from fakes import make_app
from openapi import CheckingClient

from service.config import Settings
from service.engine import Engine

ARTICLE = "😀 “We found cracks,” said the engineer. “They are not new.”"
SOURCE = "😀 ENGINEER: We found cracks. They are quite new."


def ask(client: CheckingClient, **body: object):
    return client.post("/v1/verify", json={"sources": [{"text": SOURCE, "id": "tape"}], **body})


def test_the_quotes_of_an_article_are_looked_up(client: CheckingClient) -> None:
    answer = ask(client, article={"text": ARTICLE})
    quotes = answer.json["quotes"]
    assert [(quote["id"], quote["status"]) for quote in quotes] == [("q1", "exact"), ("q2", "altered")]
    assert answer.json["summary"] == {
        "exact": 1,
        "normalised": 0,
        "altered": 1,
        "absent": 0,
        "speaker_differs": 0,
    }
    assert quotes[0]["parts"][0]["passages"][0]["source_id"] == "tape"
    assert answer.headers["X-Cache"] == "miss"
    assert ask(client, article={"text": ARTICLE}).headers["X-Cache"] == "hit"


@pytest.mark.parametrize(("unit", "encoding", "width"), [("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)])
def test_places_in_article_and_source_are_in_the_unit_asked_for(
    client: CheckingClient, unit: str, encoding: str, width: int
) -> None:
    answer = ask(client, article={"text": ARTICLE, "options": {"offset_unit": "codepoint"}}, offset_unit=unit)
    for part in (part for quote in answer.json["quotes"] for part in quote["parts"]):
        for text, place in ((ARTICLE, part), (SOURCE, part["passages"][0])):
            start, end = width * place["start"], width * place["end"]
            assert text.encode(encoding)[start:end].decode(encoding) == place["text"]


def test_quotes_given_are_named_and_have_no_place(client: CheckingClient) -> None:
    quotes = [{"text": "“We found cracks”", "speaker": "Ann Lee"}, {"text": "No", "id": "x"}]
    first, second = ask(client, quotes=quotes).json["quotes"]
    assert (first["id"], first["speaker"], first["parts"][0]["start"]) == ("q1", "Ann Lee", None)
    assert (second["id"], second["status"], second["speaker"]) == ("x", "absent", None)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"article": {"text": ARTICLE}, "quotes": [{"text": "x"}]}, ""),
        ({"article": {}}, "/article"),
        ({"article": {"text": "x", "html": "x"}}, "/article"),
        ({"article": {"text": "x", "options": {"types": ["loud"]}}}, "/article/options/types/0"),
        ({"quotes": [{"text": "x"}], "sources": []}, "/sources"),
        ({"quotes": [{"text": "x"}], "sources": [{}]}, "/sources/0/text"),
        ({"quotes": [{"speaker": "x"}]}, "/quotes/0/text"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(client: CheckingClient, body: dict, pointer: str) -> None:
    answer = ask(client, **body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def small(engine: Engine, **settings: int) -> CheckingClient:
    changed = Settings(workers=1, **settings)
    engine.limits = changed.limits
    return make_app(changed, engine).test_client()  # type: ignore[return-value]


def test_limits_state_themselves(engine: Engine) -> None:
    client = small(engine, max_source_characters=100, max_sources=1, max_verified_quotes=1)
    quote = {"text": "x"}
    answer = client.post("/v1/verify", json={"quotes": [quote], "sources": [{"text": "x" * 101}]})
    assert (answer.status_code, answer.json["type"]) == (413, "/problems/sources-too-large")
    assert (answer.json["limit"], answer.json["actual"]) == (100, 101)
    for body in (
        {"quotes": [quote, quote], "sources": [quote]},
        {"quotes": [quote], "sources": [quote, quote]},
    ):
        assert client.post("/v1/verify", json=body).status_code == 422


def test_a_search_is_work_in_flight_too(engine: Engine) -> None:
    settings = Settings(workers=1)
    client = small(engine, max_verified_quotes=500)
    body = {"quotes": [{"text": "x"}] * 500, "sources": [{"text": "x " * 950_000}]}
    assert settings.characters_in_flight < 1_900_000 * 510 // 3_000
    answer = client.post("/v1/verify", json=body)
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/busy")
    assert answer.headers["Retry-After"]


def test_the_deadline_ends_a_search(engine: Engine) -> None:
    client = small(engine, deadline_seconds=0.1)
    quotes = [{"text": f"not {number} there at all"} for number in range(400)]
    answer = client.post(
        "/v1/verify", json={"quotes": quotes, "sources": [{"text": "there it is at all " * 20_000}]}
    )
    assert (answer.status_code, answer.json["type"]) == (504, "/problems/deadline-exceeded")


def test_nothing_of_it_is_kept_on_request(client: CheckingClient) -> None:
    body = {"article": {"text": ARTICLE}, "sources": [{"text": SOURCE}]}
    answer = client.post(
        "/v1/verify",
        data=json.dumps(body),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
    assert (answer.headers["X-Cache"], answer.headers["Cache-Control"]) == ("bypass", "no-store")
