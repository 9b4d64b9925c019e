"""``POST /v1/quotes`` in other forms than JSON: which one, and what stays the same."""

from __future__ import annotations

import json

import pytest
from openapi import CheckingClient

from service.exports.formats import FORMATS

BODY = {"text": "😀 “We found cracks,” said the engineer.", "id": "a1"}
WEB_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def ask(client: CheckingClient, *, form: str | None = None, accept: str | None = None, **more: object):
    query = {"format": form} if form else {}
    headers = {"Accept": accept} if accept else {}
    return client.post("/v1/quotes", json={**BODY, **more}, query_string=query, headers=headers)


@pytest.mark.parametrize("form", FORMATS)
def test_by_name_and_by_media_type_it_is_the_same(client: CheckingClient, form: str) -> None:
    named = ask(client, form=form)
    negotiated = ask(client, accept=FORMATS[form].media_type)
    assert named.data == negotiated.data
    assert named.headers["Content-Type"] == negotiated.headers["Content-Type"] == FORMATS[form].content_type
    assert "Accept" in named.headers["Vary"].split(", ")
    assert (named.headers["X-Cache"], negotiated.headers["X-Cache"]) == ("miss", "hit")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("application/json;charset=utf-8", "json"),
        ("text/csv; charset=utf-8", "csv"),
        ("application/ld+json", "jsonld"),
        (WEB_ANNOTATION.replace("; ", ";"), "webannotation"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("application/json;q=0.1, application/tei+xml", "tei"),
        ("image/png, */*;q=0.1", "json"),
    ],
)
def test_what_the_caller_likes_best(client: CheckingClient, accept: str | None, form: str) -> None:
    assert ask(client, accept=accept).data == ask(client, form=form).data


def test_the_name_goes_before_accept(client: CheckingClient) -> None:
    assert ask(client, form="csv", accept="application/json").mimetype == "text/csv"


@pytest.mark.parametrize("wanted", [{"form": "pdf"}, {"form": "JSON"}, {"accept": "image/png"}])
def test_what_there_is_not_is_refused_before_anything_is_read(
    client: CheckingClient, extractor, wanted: dict[str, str]
) -> None:
    answer = ask(client, **wanted)
    assert (answer.status_code, answer.json["type"]) == (406, "/problems/not-acceptable")
    names = list(FORMATS) if "form" in wanted else [form.media_type for form in FORMATS.values()]
    assert answer.json["allowed"] == names
    assert extractor.calls == 0


def test_options_choose_but_places_count_code_points(client: CheckingClient) -> None:
    options = {"offset_unit": "utf8", "include_text": False}
    page = json.loads(ask(client, form="webannotation", options=options).data)
    assert page["items"][0]["target"]["selector"][1]["start"] == 2
    assert b"cracks" not in ask(client, form="csv", options={"types": ["indirect"]}).data


def test_each_form_has_its_own_tag(client: CheckingClient) -> None:
    tags = {form: ask(client, form=form).headers["ETag"] for form in FORMATS}
    assert len(set(tags.values())) == len(FORMATS)
    answer = client.post("/v1/quotes?format=csv", json=BODY, headers={"If-None-Match": tags["csv"]})
    assert answer.status_code == 304
    assert "Accept" in answer.headers["Vary"].split(", ")


def test_the_page_runs_nothing(client: CheckingClient) -> None:
    policy = ask(client, form="html").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def test_an_error_is_a_problem_whatever_was_asked_for(client: CheckingClient) -> None:
    answer = client.post("/v1/quotes?format=csv", json={"text": " "})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
