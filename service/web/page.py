"""The page at ``/``: paste an article, see who said what. Everything it does goes through the public API."""

from __future__ import annotations

from flask import Blueprint, render_template

page = Blueprint(
    "page", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)


@page.get("/")
def index() -> str:
    """Return the page; its script and style are its only other requests besides the API's."""
    return render_template("page.html")
