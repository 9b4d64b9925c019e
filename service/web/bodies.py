"""The request's body as a JSON value, and the result's bytes as a response."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, current_app, g, request

from service.engine import Engine
from service.errors import BodyTooLarge, UnsupportedMediaType
from service.parsing import parse_json, shown

JSON = "application/json"


def engine() -> Engine:
    """Return the engine of the application that answers."""
    found: Engine = current_app.extensions["quotes"]
    return found


def json_body() -> Any:
    """Return the body's JSON value.

    Raises ``UnsupportedMediaType``, ``BodyTooLarge`` (or werkzeug's 413), ``MalformedJson``.
    """
    if request.mimetype != JSON:
        given = shown(request.content_type) if request.content_type else "none"
        raise UnsupportedMediaType(f"Content-Type must be {JSON}; is {given}.", allowed=[JSON])
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"The charset must be utf-8; is {shown(charset)}.", allowed=[JSON])
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        detail = f"Compressed bodies are not read: Content-Encoding is {shown(coding)}, must not be sent."
        raise UnsupportedMediaType(detail, allowed=[JSON])
    body, limit = request.get_data(cache=False), engine().limits.body_bytes
    if len(body) > limit:
        raise BodyTooLarge.over("Body", "bytes", limit=limit, actual=request.content_length)
    return parse_json(body)


def may_store() -> bool:
    """Tell whether the caller lets caches see this request: not so with ``Cache-Control: no-store``."""
    return not request.cache_control.no_store


def _is_known(etag: str) -> bool:
    """Tell whether the caller has the answer, compressed or not: then ``:gzip``, say, ends its tag."""
    known = request.if_none_match
    tags = {tag.partition(":")[0] for tag in known.as_set(include_weak=True) if tag}
    return known.star_tag or etag in tags


def json_response(body: bytes, *, cache: str) -> Response:
    """Return a result with its ``ETag``, or 304 without it if the caller has it (``If-None-Match``).

    No shared cache may keep it, and a private one must ask again: articles may be confidential drafts.
    """
    etag = hashlib.sha256(body).hexdigest()[:32]
    response = Response(status=304) if _is_known(etag) else Response(body, mimetype=JSON)
    response.set_etag(etag)
    response.headers["X-Cache"] = g.work["cache"] = cache
    response.headers["Cache-Control"] = "private, no-cache" if may_store() else "no-store"
    return response
