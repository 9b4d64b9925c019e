"""Cross-origin requests: from origins that the operator lists, exactly as written there, to ``/v1`` alone."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, Response, request

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, "
    "X-Request-ID, traceparent, tracestate",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "ETag, Retry-After, Server-Timing, WWW-Authenticate, X-Cache, X-Request-ID, traceresponse"


def register(app: Flask, origins: Collection[str]) -> None:
    """Let scripts of ``origins`` ask and read answers. Cookies are never asked for: keys go in a header."""
    if not origins:
        return

    def answer_preflight() -> Response | None:
        is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        if is_preflight and _is_shared() and request.headers.get("Origin") in origins:
            return Response(status=204, headers=_PREFLIGHT)
        return None

    def share(response: Response) -> Response:
        if _is_shared():
            response.vary.add("Origin")
            if (origin := request.headers.get("Origin")) in origins:
                response.headers["Access-Control-Allow-Origin"] = origin
                response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        return response

    app.before_request(answer_preflight)
    app.after_request(share)


def _is_shared() -> bool:
    return request.path.startswith("/v1/")
