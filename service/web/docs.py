"""The contract itself, a page to read and try it, and what each problem type means."""

from __future__ import annotations

import inspect
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import NotFound

from service.contract import contract
from service.errors import PROBLEMS, catalogue

docs = Blueprint("docs", __name__, template_folder="templates")

_ASSETS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
_WEEK = 7 * 86_400


@docs.get("/openapi.yaml")
def openapi() -> Response:
    """Return the contract as it was written."""
    return Response(contract(), content_type="application/yaml")


@docs.get("/docs")
def page() -> str:
    """Return the page on which the contract can be read and tried."""
    return render_template("docs.html")


@docs.get("/docs/assets/<name>")
def asset(name: str) -> Response:
    """Return a file of Swagger UI, from the PyPI package that carries it."""
    if name not in _ASSETS:
        raise NotFound
    with (files("flask_swagger_ui") / "dist" / name).open("rb") as file:
        response = Response(file.read(), content_type=f"{_ASSETS[name]}; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={_WEEK}"
    return response


@docs.get(f"{PROBLEMS}<name>")
def problem_type(name: str) -> dict[str, Any]:
    """Explain one problem type, so that a problem's ``type`` leads somewhere."""
    found = catalogue().get(name)
    if found is None:
        raise NotFound
    meaning = " ".join((inspect.getdoc(found) or "").replace("``", "`").split())
    return {"type": PROBLEMS + name, "title": found.title, "status": found.status, "meaning": meaning}
