"""The contract, the page that shows it, and the problem types that explain themselves."""

from __future__ import annotations

import re
from pathlib import Path

from openapi import CheckingClient

from service.errors import catalogue


def test_the_contract_is_served_as_it_stands_in_the_repository(client: CheckingClient) -> None:
    assert client.get("/openapi.yaml").data == Path("openapi.yaml").read_bytes()


def test_the_page_asks_for_nothing_from_elsewhere(client: CheckingClient) -> None:
    page = client.get("/docs").text
    links = re.findall(r'(?:src|href|data-contract)="([^"]*)"', page)
    assert len(links) >= 5
    for link in links:
        assert link.startswith("/")
        with client.get(link) as answer:
            assert answer.status_code == 200
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_only_the_files_of_the_page_are_served(client: CheckingClient) -> None:
    assert client.get("/docs/assets/swagger-ui.css").mimetype == "text/css"
    for name in ("index.html", "swagger-ui.js", "%2e%2e/__init__.py"):
        assert client.get(f"/docs/assets/{name}").status_code == 404


def test_every_problem_type_explains_itself(client: CheckingClient) -> None:
    for name, error in catalogue().items():
        found = client.get(f"/problems/{name}").json
        assert (found["type"], found["title"], found["status"]) == (
            f"/problems/{name}",
            error.title,
            error.status,
        )
        assert len(found["meaning"]) > 20
    assert client.get("/problems/unheard-of").status_code == 404
