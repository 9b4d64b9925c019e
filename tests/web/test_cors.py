"""Cross-origin requests: none by default; from listed origins, exactly, to /v1 alone."""

from __future__ import annotations

import pytest
from fakes import make_app
from flask.testing import FlaskClient

from service.config import ConfigurationError, Settings
from service.engine import Engine
from service.keys import digest_of

CMS = "https://cms.example"
PREFLIGHT = {
    "Origin": CMS,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
}


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    """A client that is allowed what the contract does not know: preflights."""
    app = make_app(
        Settings(cors_origins=f"{CMS},http://127.0.0.1:3000", api_keys=f"cms:{digest_of('k')}"), engine
    )
    app.test_client_class = FlaskClient
    return app.test_client()


def test_by_default_no_origin_is_told_anything(client: FlaskClient, app) -> None:
    closed = app.test_client()
    assert closed.options("/v1/quotes", headers=PREFLIGHT).status_code == 405
    headers = closed.get("/v1/info", headers={"Origin": CMS}).headers
    assert not [name for name, _ in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("origin", [CMS, "http://127.0.0.1:3000"])
def test_a_listed_origin_may_ask_and_read(client: FlaskClient, origin: str) -> None:
    allowed = client.options("/v1/quotes", headers={**PREFLIGHT, "Origin": origin})
    assert (allowed.status_code, allowed.data) == (204, b"")
    assert "POST" in allowed.headers["Access-Control-Allow-Methods"]
    assert {"Authorization", "Content-Type"} <= set(
        allowed.headers["Access-Control-Allow-Headers"].split(", ")
    )
    for answer in (allowed, client.get("/v1/info", headers={"Origin": origin, "Authorization": "Bearer k"})):
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Origin" in answer.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_problems_can_be_read_as_well(client: FlaskClient) -> None:
    refused = client.get("/v1/info", headers={"Origin": CMS})
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == CMS
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://cms.example.evil",
        "https://evil-cms.example",
        "http://cms.example",
        "https://CMS.example",
        "*",
        "",
    ],
)
def test_no_other_origin_may(client: FlaskClient, origin: str) -> None:
    for answer in (
        client.options("/v1/quotes", headers={**PREFLIGHT, "Origin": origin}),
        client.get("/v1/info", headers={"Origin": origin, "Authorization": "Bearer k"}),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/metrics", "/", "/livez"])
def test_only_v1_is_shared(client: FlaskClient, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": CMS}).headers
    assert client.options(path, headers=PREFLIGHT).status_code == 405


@pytest.mark.parametrize(
    "origins",
    [
        "*",
        "null",
        "https://cms.example/",
        "https://*.example",
        "cms.example",
        "https://CMS.example",
        f"{CMS}, {CMS}",
    ],
)
def test_what_is_no_origin_cannot_be_listed(origins: str) -> None:
    with pytest.raises(ConfigurationError, match="QUOTES_CORS_ORIGINS"):
        Settings.from_env({"QUOTES_CORS_ORIGINS": origins})
