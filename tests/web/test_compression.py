"""Answers compressed as the caller accepts, the same ones underneath; compressed requests refused."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

ARTICLE = {"text": "“It holds,” said the mayor. " * 60}


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client that does not read what it gets: compressed JSON is none."""
    app.test_client_class = FlaskClient
    return app.test_client()


@pytest.mark.parametrize(("coding", "undo"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_an_answer_is_compressed_as_accepted(plain: FlaskClient, coding: str, undo) -> None:
    whole = plain.post("/v1/quotes", json=ARTICLE)
    small = plain.post("/v1/quotes", json=ARTICLE, headers={"Accept-Encoding": coding})
    assert "Content-Encoding" not in whole.headers
    assert small.headers["Content-Encoding"] == coding
    assert len(small.data) < len(whole.data) / 4
    assert undo(small.data) == whole.data
    assert "Accept-Encoding" in small.headers["Vary"]
    tags = [answer.headers["ETag"].strip('"') for answer in (whole, small)]
    assert tags == [tags[0], f"{tags[0]}:{coding}"]


@pytest.mark.parametrize("coding", ["", "identity", "deflate", "gzip;q=0", "gzip;q=0, br;q=0.0, *;q=0"])
def test_and_otherwise_not(plain: FlaskClient, coding: str) -> None:
    answer = plain.post("/v1/quotes", json=ARTICLE, headers={"Accept-Encoding": coding})
    assert "Content-Encoding" not in answer.headers
    assert answer.json["quotes"]


@pytest.mark.parametrize("codings", ["gzip;q=0, br", "gzip;q=0.5, br;q=0.7", "br, zstd;q=0.000"])
def test_what_is_refused_or_liked_less_is_not_taken(plain: FlaskClient, codings: str) -> None:
    answer = plain.post("/v1/quotes", json=ARTICLE, headers={"Accept-Encoding": codings})
    assert answer.headers["Content-Encoding"] == "br"


def test_the_tag_of_a_compressed_answer_is_known_again(plain: FlaskClient) -> None:
    tag = plain.post("/v1/quotes", json=ARTICLE, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    for accepted in ("gzip", "br", ""):
        again = plain.post(
            "/v1/quotes", json=ARTICLE, headers={"Accept-Encoding": accepted, "If-None-Match": tag}
        )
        assert (again.status_code, again.data) == (304, b"")


def test_small_answers_and_pictures_are_left_alone(plain: FlaskClient) -> None:
    assert "Content-Encoding" not in plain.get("/livez", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("path", ["/docs/assets/swagger-ui.css", "/openapi.yaml"])
def test_what_pages_are_made_of_is_compressed(plain: FlaskClient, path: str) -> None:
    whole, small = (plain.get(path, headers={"Accept-Encoding": coding}) for coding in ("", "gzip"))
    assert gzip.decompress(small.data) == whole.data


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "identity, gzip", "x"])
def test_a_compressed_request_is_refused_before_it_is_read(client, coding: str) -> None:
    body = gzip.compress(b'{"text": "x"}')
    answer = client.post(
        "/v1/quotes", data=body, content_type="application/json", headers={"Content-Encoding": coding}
    )
    assert (answer.status_code, answer.json["type"]) == (415, "/problems/unsupported-media-type")
    assert "Content-Encoding" in answer.json["detail"]
