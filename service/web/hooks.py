"""What happens around every request: its id, its log line, its metrics, and headers that protect pages."""

from __future__ import annotations

import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

from service.observability import METRICS, log, request_id

_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = frozenset({"/livez", "/readyz", "/metrics"})


def register(app: Flask) -> None:
    """Hook into every request of ``app``."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(forget)


def begin() -> None:
    """Name the request and start its clocks. ``g.work`` gathers what its log line will say."""
    g.request_id = request_id(request.headers.get("X-Request-ID"))
    g.started, g.cpu_started = time.perf_counter(), time.thread_time()
    g.work = {}
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Add the headers, count the request and log it."""
    seconds = time.perf_counter() - g.started
    _add_headers(response, seconds)
    route = request.url_rule.rule if request.url_rule else "unmatched"
    method = request.method if request.method in _METHODS else "other"
    METRICS.requests.labels(route, method, str(response.status_code)).inc()
    METRICS.request_seconds.labels(route).observe(seconds)
    write = log().debug if route in _QUIET else log().info
    write("request", **_summary(route, method, response.status_code, seconds), **g.work)
    return response


def forget(_: BaseException | None) -> None:
    """Take the request's id off the thread, which will serve others."""
    structlog.contextvars.clear_contextvars()


def _summary(route: str, method: str, status: int, seconds: float) -> dict[str, Any]:
    return {
        "route": route,
        "method": method,
        "status": status,
        "wall_ms": round(1000 * seconds, 1),
        "cpu_ms": round(1000 * (time.thread_time() - g.cpu_started), 1),
    }


def _add_headers(response: Response, seconds: float) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    is_page = response.mimetype == "text/html"
    response.headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _API_POLICY)
    response.headers["X-Request-ID"] = g.request_id
    response.headers["Server-Timing"] = _timing(seconds)


def _timing(seconds: float) -> str:
    """Return the ``Server-Timing`` header: milliseconds in all, waiting for the model, and in it."""
    parts = [f"total;dur={1000 * seconds:.1f}"]
    parts += [f"{name};dur={g.work[name + '_ms']}" for name in ("queue", "model") if f"{name}_ms" in g.work]
    return ", ".join(parts)
