"""Checks answers against ``openapi.yaml``: path, method, status, media type, headers and body."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from service.contract import contract

STATIC = re.compile(r"/static/|/docs/assets/")
"""Files of the pages: no part of the contract."""


@cache
def document() -> dict[str, Any]:
    return yaml.safe_load(contract())


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a ``$ref`` to a component."""
    if "$ref" not in node:
        return node
    found: Any = document()
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


@cache
def validator(schema: str) -> jsonschema_rs.Validator:
    """Return the validator of a schema, given as JSON so that it can be a key."""
    whole = {**json.loads(schema), "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(whole)


def errors_of(value: Any, schema: Mapping[str, Any]) -> list[str]:
    found = validator(json.dumps(schema)).iter_errors(value)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}"[:300] for error in found]


def errors_of_component(value: Any, name: str) -> list[str]:
    return errors_of(value, {"$ref": f"#/components/schemas/{name}"})


def operation(path: str, method: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the path item and the operation that answer, as far as the contract has them."""
    for template, item in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", template), path):
            return item, item.get("get" if method == "HEAD" else method.lower())
    return None, None


def check(path: str, method: str, response: Response) -> None:
    """Raise ``AssertionError`` for an answer that the contract does not promise."""
    if STATIC.match(path):
        return None
    item, found = operation(path, method)
    if found is None:
        refusals = (405,) if item else (401, 404, 413)
        assert response.status_code in refusals, f"undocumented {method} {path}: {response.status_code}"
        return _check_problem(response, method)
    promised = found["responses"].get(str(response.status_code))
    assert promised, f"undocumented status of {method} {path}: {response.status_code} {response.data[:300]!r}"
    _check_headers(resolve(promised), response)
    return _check_body(resolve(promised), response, method)


def _check_problem(response: Response, method: str) -> None:
    assert response.mimetype == "application/problem+json"
    if method != "HEAD":
        assert not errors_of_component(response.json, "Problem")


def _check_headers(promised: dict[str, Any], response: Response) -> None:
    for name, header in promised.get("headers", {}).items():
        assert name in response.headers, f"no header {name}"
        schema, value = resolve(header)["schema"], response.headers[name]
        wrong = errors_of(int(value) if schema["type"] == "integer" else value, schema)
        assert not wrong, f"{name}: {wrong}"


def _check_body(promised: dict[str, Any], response: Response, method: str) -> None:
    if "content" not in promised:
        assert not response.data
        return
    assert response.mimetype in promised["content"], f"undocumented media type {response.mimetype}"
    if method != "HEAD" and response.mimetype.endswith("json"):
        wrong = errors_of(json.loads(response.data), promised["content"][response.mimetype]["schema"])
        assert not wrong, wrong


class CheckingClient(FlaskClient):
    """Checks every answer against the contract."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        check(response.request.path, response.request.method, response)
        return response
