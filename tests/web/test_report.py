"""``POST /v1/report``: figures as JSON, a table for spreadsheets, and a page that anybody can read."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from openapi import CheckingClient
from sample_report import result, results
from sample_results import speaker

from service import extras
from service.errors import NotInstalled


def ask(client: CheckingClient, form: str = "json", **more: object):
    return client.post(f"/v1/report?format={form}", json={"results": results(), **more})


def test_the_figures(client: CheckingClient) -> None:
    answer = ask(client)
    assert answer.json["quotes"] == 9
    assert answer.headers["ETag"]


def test_the_results_of_the_service_are_taken_as_they_are(client: CheckingClient) -> None:
    batch = client.post(
        "/v1/quotes/batch", json={"articles": [{"text": "“One,” she said."}, {"text": "“Two.”"}]}
    )
    answer = client.post("/v1/report", json=batch.json)
    assert (answer.json["articles"], answer.json["quotes"]) == (2, 2)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/results"),
        ({"results": []}, "/results"),
        ({"results": [{"type": "/problems/empty-text"}]}, "/results/0/quotes"),
        ({"results": [{"quotes": [{}], "speakers": []}]}, "/results/0/quotes/0/id"),
    ],
)
def test_what_is_no_result_is_refused_with_its_place(
    client: CheckingClient, body: dict, pointer: str
) -> None:
    answer = client.post("/v1/report", json=body)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


def test_a_line_a_speaker(client: CheckingClient) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(client, "csv").data.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert (rows[0]["speaker"], rows[0]["words"]) == ("Ingrid Aas Solberg", "9")


def test_the_page_stands_alone_and_says_in_words_what_charts_show(client: CheckingClient) -> None:
    answer = ask(client, "html")
    page = answer.text
    assert not re.search(r"<script|<link|<img|src=|@import|url\((?!#)", page)
    assert "unsafe-inline" in answer.headers["Content-Security-Policy"]
    charts = re.findall(r'<svg role="img" aria-label="([^"]*)"', page)
    assert len(charts) == 6
    assert "Speakers, words quoted. Ingrid Aas Solberg: 9; " in charts[4]
    assert page.count("<caption>") == page.count("<section>") == 6
    assert '<th scope="row">Halland Lines</th>' in page


def test_no_name_becomes_markup(client: CheckingClient) -> None:
    name = "</text><script>alert(1)</script>\x00\"onload='x'"
    hostile = result(1, [speaker("s1", name, "person", [], role=name)], ("direct", "“No.”", "s1"))
    page = client.post("/v1/report?format=html", json={"results": [hostile]}).text
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.extend([tag, *dict(attributes)])  # type: ignore[method-assign]
    parser.feed(page)
    assert {"svg", "table", "aria-label"} <= set(seen)
    assert {"script", "onload"}.isdisjoint(seen)


def test_the_same_report_is_the_same_page(client: CheckingClient) -> None:
    assert ask(client, "html").data == ask(client, "html").data


def test_a_form_that_there_is_not_is_refused(client: CheckingClient) -> None:
    assert ask(client, "tei").json["allowed"] == ["json", "csv", "html"]


def test_what_is_not_installed_says_what_to_install(client: CheckingClient, monkeypatch) -> None:
    def missing(module: str):
        raise ModuleNotFoundError(name=module.partition(".")[0])

    monkeypatch.setattr(extras, "import_module", missing)
    answer = ask(client, "html")
    assert (answer.status_code, answer.json["type"]) == (501, "/problems/not-installed")
    assert "quote-attribution[report]" in answer.json["detail"]
    with pytest.raises(NotInstalled, match="quote-attribution"):
        extras.needed("pygal.style", extra="report", purpose="A test")
