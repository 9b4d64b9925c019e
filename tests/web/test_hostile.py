"""Whatever is sent, the answer is a result whose places are right, or a problem that names the fault."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import hostile_articles
import hostile_json
import hostile_values
import pytest
from fakes import make_app
from hostile import Hostile
from openapi import CheckingClient
from places import UNITS, check_places

from service.app import build_engine
from service.config import Settings

CORPUS = [*hostile_json.corpus(), *hostile_values.corpus(), *hostile_articles.corpus()]


@pytest.fixture(scope="module")
def real() -> CheckingClient:
    """The application with the real model, and a deadline that no machine is too slow for."""
    chosen = Settings(workers=1, deadline_seconds=600, queue_seconds=600)
    return make_app(chosen, build_engine(chosen)).test_client()


def test_the_corpus_is_large_and_no_case_stands_in_it_twice() -> None:
    assert len(CORPUS) >= 300
    assert [name for name, count in Counter(each.name for each in CORPUS).items() if count > 1] == []


def check_result(real: CheckingClient, sent: dict[str, Any], result: dict[str, Any]) -> None:
    """The quotation that every legal case holds is found, and places are right in every unit."""
    assert {"Ines Okafor", "Ann Lee"} & {speaker["name"] for speaker in result["speakers"]}
    for unit in UNITS:
        answer = real.post("/v1/quotes", json={**sent, "options": {"offset_unit": unit}})
        check_places(answer.json, sent.get("html"))
        assert [quote["text"] for quote in answer.json["quotes"]] == [
            quote["text"] for quote in result["quotes"]
        ]
        assert answer.headers["X-Cache"] == "hit"


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
def test_it_is_answered_as_it_should_be(real: CheckingClient, hostile: Hostile) -> None:
    answer = real.post(
        "/v1/quotes", data=hostile.body, content_type=hostile.content_type, headers=hostile.headers
    )
    assert answer.status_code == hostile.status, answer.text[:500]
    if hostile.problem is None:
        check_result(real, json.loads(hostile.body.removeprefix(b"\xef\xbb\xbf")), answer.json)
        return
    assert answer.json["type"] == f"/problems/{hostile.problem}", answer.text[:500]
    if hostile.pointer is not None:
        assert answer.json["errors"][0]["pointer"] == hostile.pointer


def test_no_hostile_article_changes_the_answer_for_another(real: CheckingClient) -> None:
    """Alone, in a batch with all others, and kept by no cache: the same result."""
    articles = [
        json.loads(each.body) for each in CORPUS if each.name.startswith("text:") and each.body[:1] == b"{"
    ]
    private = {"Cache-Control": "no-store"}
    for first in range(0, len(articles), 20):
        some = articles[first : first + 20]
        together = real.post("/v1/quotes/batch", json={"articles": some}, headers=private).json["results"]
        assert together == [real.post("/v1/quotes", json=each).json for each in some]
