"""The contract is valid, complete, and says what the code does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import openapi
import pytest
from flask import Flask
from openapi import CheckingClient
from openapi_spec_validator import validate

from service import schemas
from service.config import Settings
from service.errors import PROBLEMS, catalogue

DOCUMENT = openapi.document()
OPERATIONS = [
    (path, method, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
]


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every body that the contract describes, with where it stands."""
    for path, method, operation in OPERATIONS:
        bodies = {"request": operation["requestBody"]} if "requestBody" in operation else {}
        for name, body in {**bodies, **operation["responses"]}.items():
            for kind, content in openapi.resolve(body).get("content", {}).items():
                yield f"{method} {path} {name} {kind}", content


def examples() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for place, content in contents():
        if "example" in content:
            yield place, content["example"], content["schema"]
        for name, example in content.get("examples", {}).items():
            yield f"{place} {name}", example["value"], content["schema"]


def schemas_within(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property of every schema, however deep."""
    if isinstance(node, dict):
        for name, schema in node.get("properties", {}).items():
            yield f"{place}/{name}", schema
        for name, below in node.items():
            if name not in ("oneOf", "examples", "example"):
                yield from schemas_within(below, f"{place}/{name}")


def test_it_is_a_valid_openapi_document() -> None:
    validate(DOCUMENT)
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["version"] == version("quote-attribution")


def test_paths_and_methods_are_those_of_the_application(app: Flask) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not openapi.STATIC.match(rule.rule)
    }
    assert routes == {(path, method) for path, method, _ in OPERATIONS}


def test_the_files_of_pages_are_the_only_routes_outside_the_contract(app: Flask) -> None:
    outside = {rule.rule for rule in app.url_map.iter_rules() if openapi.STATIC.match(rule.rule)}
    assert outside == {"/static/<path:filename>", "/docs/assets/<name>"}


def test_problem_types_are_those_of_the_code() -> None:
    names = DOCUMENT["components"]["schemas"]["ProblemTypeName"]["enum"]
    assert names == sorted(PROBLEMS + name for name in catalogue())


@pytest.mark.parametrize(
    ("place", "value", "schema"), [pytest.param(*each, id=each[0]) for each in examples()]
)
def test_every_example_is_valid(place: str, value: Any, schema: dict[str, Any]) -> None:
    assert openapi.errors_of(value, schema) == []


def test_the_examples_inside_schemas_are_valid() -> None:
    for place, schema in schemas_within(DOCUMENT["components"]["schemas"]):
        for example in schema.get("examples", []):
            assert openapi.errors_of(example, schema) == [], place


def test_every_json_body_has_an_example() -> None:
    without = [place for place, content in contents() if not {"example", "examples"} & content.keys()]
    assert [place for place in without if place.endswith("json")] == []


def test_everything_is_described() -> None:
    components = DOCUMENT["components"]
    silent = [place for place, schema in schemas_within(components["schemas"]) if not described(schema)]
    silent += [name for name, schema in components["schemas"].items() if "description" not in schema]
    for kind in ("parameters", "headers", "responses"):
        silent += [name for name, found in components[kind].items() if "description" not in found]
    silent += [f"{method} {path}" for path, method, found in OPERATIONS if not found.get("summary")]
    assert silent == []


def described(schema: dict[str, Any]) -> bool:
    return "description" in schema or "$ref" in schema


def keywords(node: object) -> Iterator[str]:
    """Yield the names of all members of the contract but those of examples."""
    if isinstance(node, dict):
        for name, member in node.items():
            yield str(name)
            if name not in {"example", "examples"}:
                yield from keywords(member)
    elif isinstance(node, list):
        for member in node:
            yield from keywords(member)


def test_no_description_is_cut_where_it_has_a_comma() -> None:
    """Without quotation marks, YAML reads what follows a comma in ``{description: A, b.}`` as a member."""
    assert [name for name in keywords(DOCUMENT) if " " in name] == []


def test_every_operation_lists_what_can_go_wrong() -> None:
    for path, method, operation in OPERATIONS:
        expected = {"500"} | ({"304", "400", "413", "415", "422", "503"} if method == "post" else set())
        expected |= {"401", "403", "429"} if path.startswith("/v1/") else set()
        assert expected <= operation["responses"].keys(), path
        assert ("security" in operation) == ("401" in operation["responses"]), path
    assert "504" in DOCUMENT["paths"]["/v1/quotes"]["post"]["responses"]


def test_the_members_of_a_request_are_those_that_the_code_reads() -> None:
    article = schemas.article_schema(Settings().limits)
    described_members = DOCUMENT["components"]["schemas"]
    assert set(article.fields) == described_members["Article"]["properties"].keys()
    assert set(schemas._OptionsSchema().fields) == described_members["Options"]["properties"].keys()
    for name, values in (("QuoteType", schemas.TYPES), ("Mode", schemas.MODES)):
        assert tuple(described_members[name]["enum"]) == values
    assert tuple(described_members["OffsetUnit"]["enum"]) == schemas.OFFSET_UNITS


def test_defaults_are_those_of_the_code() -> None:
    options = schemas.Options()
    for name, schema in DOCUMENT["components"]["schemas"]["Options"]["properties"].items():
        value = getattr(options, name)
        assert schema["default"] == (list(value) if isinstance(value, tuple) else value)


@pytest.mark.parametrize("path", ["/v1/quotes", "/v1/quotes/batch", "/v1/verify", "/v1/report"])
def test_every_documented_request_is_answered(client: CheckingClient, path: str) -> None:
    body = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    for name, example in body["examples"].items():
        assert client.post(path, json=example["value"]).status_code == 200, name


def results_shown() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each article of the examples with the result that the contract shows for it."""
    one, many = (DOCUMENT["paths"][path]["post"] for path in ("/v1/quotes", "/v1/quotes/batch"))
    bodies = [each["requestBody"]["content"]["application/json"]["examples"] for each in (one, many)]
    answers = [each["responses"]["200"]["content"]["application/json"]["examples"] for each in (one, many)]
    for name, answer in answers[0].items():
        yield bodies[0][name]["value"], answer["value"]
    for name, answer in answers[1].items():
        yield from zip(bodies[1][name]["value"]["articles"], answer["value"]["results"], strict=True)


def test_the_results_shown_are_true_to_their_articles() -> None:
    found = 0
    for article, result in results_shown():
        if "quotes" not in result:
            assert result["id"] == article["id"]
            continue
        text = result.get("text") or article["text"]
        assert result["digest"] == hashlib.sha256(text.encode()).hexdigest()
        assert article.get("text", text) == text
        ids = [quote["id"] for quote in result["quotes"]]
        assert [name for speaker in result["speakers"] for name in speaker["quotes"]]
        assert {name for speaker in result["speakers"] for name in speaker["quotes"]} <= set(ids)
        for quote in result["quotes"]:
            found += 1
            for span in (*quote["content"], quote["cue"], quote["source"]):
                assert span is None or text[span["start"] : span["end"]] == span["text"]
    assert found >= 3
