"""``POST /v1/verify``: is each quote in its source?"""

from __future__ import annotations

from flask import Blueprint, Response

from service.verify import load_verify_request
from service.verify import verify as look_up
from service.web.bodies import engine, json_body, json_response, may_store

verification = Blueprint("verification", __name__)


@verification.post("/v1/verify")
def verify() -> Response:
    """Answer what became of each quote."""
    request = load_verify_request(json_body(), engine().limits)
    body, cache = look_up(engine(), request, store=may_store())
    return json_response(body, cache=cache)
