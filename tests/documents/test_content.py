"""A whole page: its article is read, the rest is left alone, and every place is one of the page's source."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from service import extras
from service.documents import read_html
from service.pages import content_lines

PAGE = """<!doctype html><html><head><title>Ferry row - The Gazette</title></head><body>
<header><nav><a href="/">Home</a></nav>
<p>“Best paper in town,” says the Mayor of Nowhere in an advertisement.</p></header>
<div class="cookies"><p>“We value your privacy,” said our lawyers. Accept all cookies to go on.</p></div>
<main><article><h1>Ferry row deepens</h1><p class="byline">By Sam Poe</p>
<p>The ferry to the island will not sail this winter, the council decided after a debate of five hours.</p>
<p>“We cannot pay for it,” said Ann&nbsp;Lee, the mayor, who promised it. “There is <em>no</em> money.”</p>
<p>Bob Ray, who runs the island's only shop, told the meeting that he would lose half of his trade.</p>
<p>“It is a death sentence,” he added. “They know it, and they do not care about it at all.”</p>
</article></main>
<div class="teasers"><h2>More</h2>
<p><a href="/x">“I was robbed,” says baker Tim Hole after a night in the cells</a></p></div>
<div id="comments"><h3>Comments</h3>
<div class="comment"><p>“What a farce,” said my neighbour when he read it.</p></div></div>
<footer><p>“News you trust,” said nobody ever of this paper, © The Gazette.</p></footer></body></html>
"""


def bodies(html: str, lines: tuple[str, ...]) -> list[str]:
    article = read_html(html, content=lines).article
    return [p.span.of(article.text) for p in article.paragraphs if p.kind == "body"]


def test_only_the_article_of_a_page_is_read() -> None:
    found = bodies(PAGE, content_lines(PAGE))
    assert [words[:20] for words in found] == [
        "The ferry to the isl",
        "“We cannot pay for i",
        "Bob Ray, who runs th",
        "“It is a death sente",
    ]


def test_without_lines_or_with_foreign_ones_nothing_changes() -> None:
    assert bodies(PAGE, ()) == bodies(PAGE, ("Quite another article, of which nothing stands here.",))
    assert len(bodies(PAGE, ())) > 4


LINES = st.lists(st.text(max_size=40), max_size=6)


@given(LINES, LINES)
def test_places_are_those_of_the_page_whatever_is_content(paragraphs: list[str], lines: list[str]) -> None:
    html = "".join(f"<p>{words.replace('<', '&lt;')}</p>" for words in paragraphs)
    plain, kept = read_html(html), read_html(html, content=[*lines, *paragraphs[:1]])
    assert kept.article.text == plain.article.text
    spans = [p.span for p in kept.article.paragraphs]
    assert spans == [p.span for p in plain.article.paragraphs]
    assert [kept.offsets.source_span(s) for s in spans] == [plain.offsets.source_span(s) for s in spans]


def test_a_request_says_that_it_is_a_page(client: FlaskClient) -> None:
    bodies = [{"html": PAGE}, {"html": PAGE, "page": True}, {"html": PAGE, "page": True}]
    answers = [client.post("/v1/quotes", json=body) for body in bodies]
    assert [answer.headers["X-Cache"] for answer in answers] == ["miss", "miss", "hit"]
    assert len({answer.json["digest"] for answer in answers}) == 1
    refused = client.post("/v1/quotes", json={"text": "One.", "page": True})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/page")


def test_without_the_extra_a_page_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras, "import_module", missing)
    answer = client.post("/v1/quotes", json={"html": PAGE, "page": True})
    assert (answer.status_code, answer.json["type"]) == (501, "/problems/not-installed")
    assert "quote-attribution[pages]" in answer.json["detail"]


def test_pages_of_any_kind_are_read() -> None:
    for html in (
        "",
        "<",
        "<p>",
        "<html>" * 3_000,
        "&#0;",
        "<!doctype html>" + "<div>" * 5_000 + json.dumps(PAGE),
    ):
        assert isinstance(content_lines(html), tuple)
