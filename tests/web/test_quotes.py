"""``POST /v1/quotes`` and its batch: what comes back, and how the request's headers change it."""

from __future__ import annotations

import hashlib

import pytest
from fakes import FakeExtractor
from openapi import CheckingClient

TEXT = "The harbour closes. “We found cracks,” said the engineer. “They are not new.”"


def ask(client: CheckingClient, **article: object):
    return client.post("/v1/quotes", json=article)


def test_an_article_comes_back_with_its_quotes_and_speakers(client: CheckingClient) -> None:
    result = ask(client, text=TEXT, id="a1", url="https://news.example/1").json
    assert (result["id"], result["url"], result["language"]) == ("a1", "https://news.example/1", "en")
    assert result["digest"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [quote["text"] for quote in result["quotes"]] == ["“We found cracks,”", "“They are not new.”"]
    assert result["speakers"][0]["quotes"] == ["q1", "q2"]
    assert result["speakers"][0]["words_quoted"] == 7
    assert result["text"] == TEXT


def test_the_text_is_left_out_on_request(client: CheckingClient) -> None:
    assert "text" not in ask(client, text=TEXT, options={"include_text": False}).json


def test_members_that_are_null_count_as_left_out(client: CheckingClient) -> None:
    nulls = dict.fromkeys(("html", "id", "title", "url", "language", "known_people"))
    options = dict.fromkeys(("types", "modes", "min_confidence", "offset_unit", "include_text"))
    assert ask(client, text=TEXT, **nulls, options=options).data == ask(client, text=TEXT).data


def test_options_choose_from_what_was_found_without_finding_it_anew(
    client: CheckingClient, extractor: FakeExtractor
) -> None:
    ask(client, text=TEXT)
    for options in ({"types": ["indirect"]}, {"modes": ["thought"]}, {"min_confidence": 0.81}):
        answer = ask(client, text=TEXT, options=options)
        assert answer.json["quotes"] == answer.json["speakers"] == []
        assert answer.headers["X-Cache"] == "hit"
    assert len(ask(client, text=TEXT, options={"min_confidence": 0.8}).json["quotes"]) == 2
    assert extractor.calls == 1


def test_the_second_time_is_a_hit_and_the_same_byte_for_byte(client: CheckingClient) -> None:
    first, second = ask(client, text=TEXT), ask(client, text=TEXT)
    assert [answer.headers["X-Cache"] for answer in (first, second)] == ["miss", "hit"]
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.parametrize(
    "other",
    [
        {"text": TEXT + " "},
        {"text": TEXT, "title": "Harbour closes"},
        {"text": TEXT, "known_people": [{"name": "Ann Lee"}]},
        {"text": TEXT, "known_people": [{"name": "Ann Lee", "aliases": ["A. Lee"]}]},
    ],
)
def test_what_extraction_depends_on_is_part_of_the_key(
    client: CheckingClient, other: dict[str, object]
) -> None:
    ask(client, text=TEXT)
    assert ask(client, **other).headers["X-Cache"] == "miss"


def test_no_store_keeps_an_article_out_of_the_cache_both_ways(
    client: CheckingClient, extractor: FakeExtractor
) -> None:
    for _ in range(2):
        answer = client.post("/v1/quotes", json={"text": TEXT}, headers={"Cache-Control": "no-store"})
        assert answer.headers["X-Cache"] == "bypass"
        assert answer.headers["Cache-Control"] == "no-store"
    assert ask(client, text=TEXT).headers["X-Cache"] == "miss"
    assert extractor.calls == 3


def test_who_has_the_answer_gets_304(client: CheckingClient) -> None:
    first = ask(client, text=TEXT)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.post("/v1/quotes", json={"text": TEXT}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = {"text": TEXT, "options": {"offset_unit": "utf8"}}
    assert (
        client.post("/v1/quotes", json=other, headers={"If-None-Match": first.headers["ETag"]}).status_code
        == 200
    )


@pytest.mark.parametrize("tags", ['""', 'W/""', '"", "x"', "*, W/", '"'])
def test_a_tag_that_is_empty_or_broken_is_nobodys(client: CheckingClient, tags: str) -> None:
    answer = client.post("/v1/quotes", json={"text": TEXT}, headers={"If-None-Match": tags})
    assert answer.status_code == 200


def test_a_batch_answers_each_article_in_order(client: CheckingClient) -> None:
    articles = [
        {"id": "a", "text": TEXT},
        {"id": "b", "text": "\n"},
        7,
        {"id": "d", "txt": TEXT},
        {"text": TEXT},
    ]
    results = client.post("/v1/quotes/batch", json={"articles": articles}).json["results"]
    assert [result.get("id") for result in results] == ["a", "b", None, "d", None]
    assert [result.get("type") for result in results] == [
        None,
        "/problems/empty-text",
        "/problems/wrong-type",
        "/problems/unknown-field",
        None,
    ]
    assert {**results[4], "id": "a"} == results[0] == ask(client, id="a", text=TEXT).json


def test_an_article_that_breaks_the_model_does_not_break_its_batch(
    client: CheckingClient, extractor: FakeExtractor
) -> None:
    def act(article, checkpoint) -> None:
        if "boom" in article.text:
            raise KeyError(article.text)

    extractor.act = act
    batch = {"articles": [{"id": "x", "text": "boom “secret”"}, {"text": TEXT}]}
    first, second = client.post("/v1/quotes/batch", json=batch).json["results"]
    assert (first["type"], first["id"]) == ("/problems/internal-error", "x")
    assert "secret" not in str(first)
    assert len(second["quotes"]) == 2


def test_a_batch_tells_what_the_cache_did(client: CheckingClient) -> None:
    one, two = {"text": TEXT}, {"text": TEXT + "\n\nMore of it."}
    states = [
        client.post("/v1/quotes/batch", json={"articles": articles}).headers["X-Cache"]
        for articles in ([one], [one, two], [one, two])
    ]
    assert states == ["miss", "miss", "hit"]
    private = client.post("/v1/quotes/batch", json={"articles": [one]}, headers={"Cache-Control": "no-store"})
    assert private.headers["X-Cache"] == "bypass"


def test_a_byte_order_mark_is_no_part_of_the_json(client: CheckingClient) -> None:
    body = "\ufeff".encode() + b'{"text": "Nobody spoke."}'
    answer = client.post("/v1/quotes", data=body, content_type="application/json; charset=UTF-8")
    assert answer.json["quotes"] == []
