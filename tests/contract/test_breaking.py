"""Nobody who calls by a released contract is broken by the one that is written here."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import openapi
import pytest
import yaml
from breaking import Comparison

RELEASED = sorted(Path(__file__).with_name("released").glob("*.yaml"))
ARTICLE = "components/schemas/Article"
OPTIONS = "components/schemas/Options/properties"
QUOTE = "components/schemas/Quote"
POST = "paths#/v1/quotes#post"
PROBLEMS = openapi.document()["components"]["schemas"]["ProblemTypeName"]["enum"]
GONE = object()


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_it_breaks_no_caller_of_a_release(released: Path) -> None:
    """A break that is wanted needs a new major version: then the older releases leave this folder."""
    old = yaml.safe_load(released.read_text())
    assert sorted(Comparison(old, openapi.document()).breaks()) == []


def test_every_release_of_the_changelog_is_held_to() -> None:
    versions = re.findall(r"^## \[(\d.*)\]", Path("CHANGELOG.md").read_text(), re.MULTILINE)
    assert set(versions) == {path.stem for path in RELEASED}


def changed(place: str, value: Any) -> dict[str, Any]:
    """Return the contract with another value at a place; ``#`` parts the steps where a name has slashes."""
    document = deepcopy(openapi.document())
    *way, last = place.split("#" if "#" in place else "/")
    node: Any = document
    for step in way:
        node = node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return document


@pytest.mark.parametrize(
    ("place", "value", "found"),
    [
        ("paths#/v1/info", GONE, "GET /v1/info: gone"),
        ("paths#/v1/info#get#responses#200", GONE, "GET /v1/info 200: gone"),
        (f"{POST}#responses#200#headers#ETag", GONE, "POST /v1/quotes 200: header ETag gone"),
        (f"{POST}#responses#200#content#application/json", GONE, "200: application/json gone"),
        (f"{POST}#requestBody#content#application/json", GONE, "request: application/json gone"),
        ("components/parameters/RequestId/required", True, "needs parameter X-Request-ID now"),
        (f"{ARTICLE}/properties/title", GONE, "title not taken any more"),
        (f"{ARTICLE}/required", ["title"], "needs title now"),
        (f"{ARTICLE}/properties/id/type", "string", "/id: null not taken any more"),
        (f"{ARTICLE}/properties/id/maxLength", 100, "/id: maxLength is lower"),
        (f"{ARTICLE}/properties/id/minLength", 2, "/id: minLength is higher"),
        (f"{ARTICLE}/properties/id/enum", ["a"], "/id: any other value not taken any more"),
        (f"{ARTICLE}/properties/id/pattern", "^a", "/id: pattern is another"),
        (f"{OPTIONS}/include_text/default", False, "/include_text: default is another"),
        ("components/schemas/OffsetUnit/enum", ["codepoint"], "utf16 not taken any more"),
        (f"{QUOTE}/properties/rule", GONE, "rule gone"),
        (f"{QUOTE}/required", ["id"], "confidence may be missing now"),
        (f"{QUOTE}/properties/rule/type", ["string", "null"], "/rule: may be null now"),
        (f"{QUOTE}/properties/confidence/type", "string", "/confidence: may be string now"),
        (f"{QUOTE}/properties/id/pattern", GONE, "/id: pattern gone"),
    ],
)
def test_a_break_is_found_where_it_is(place: str, value: Any, found: str) -> None:
    breaks = list(Comparison(openapi.document(), changed(place, value)).breaks())
    assert any(found in each for each in breaks), breaks


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("paths#/v2/quotes", {"get": {"responses": {"200": {"description": "New."}}}}),
        (f"{ARTICLE}/properties/section", {"type": "string"}),
        (f"{ARTICLE}/properties/id/maxLength", 1_000),
        (f"{QUOTE}/properties/section", {"type": "string"}),
        (f"{QUOTE}/properties/confidence/type", "integer"),
        ("components/schemas/ProblemTypeName/enum", [*PROBLEMS, "/problems/new"]),
    ],
)
def test_what_callers_may_pass_over_is_no_break(place: str, value: Any) -> None:
    assert list(Comparison(openapi.document(), changed(place, value)).breaks()) == []
