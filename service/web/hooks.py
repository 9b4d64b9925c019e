"""What happens around every request: its id, its log line, its metrics, and headers that protect pages."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

import structlog
from flask import Flask, Response, g, request

from service import stages, tracing
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
_TRACED = ("articles", "characters", "quotes", "cache", "problem", "key")
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
    stages.begin()
    _enter_trace()


def finish(response: Response) -> Response:
    """Add the headers, count the request and log it."""
    seconds = time.perf_counter() - g.started
    _add_headers(response, seconds)
    route, method = _route(), _method()
    METRICS.requests.labels(route, method, str(response.status_code)).inc()
    METRICS.request_seconds.labels(route).observe(seconds)
    write = log().debug if route in _QUIET else log().info
    write("request", **_summary(route, method, response.status_code, seconds), **g.work)
    g.span.update(_attributes(route, method, response.status_code))
    return response


def forget(_: BaseException | None) -> None:
    """End the request's trace, and take its id off the thread, which will serve others."""
    g.trace.close()
    structlog.contextvars.clear_contextvars()


def _enter_trace() -> None:
    """Follow the caller's trace, if there is one; the answer and the log name it."""
    g.trace = ExitStack()
    given = {name: request.headers.get(name, "") for name in ("traceparent", "tracestate")}
    g.span = g.trace.enter_context(tracing.request(f"{_method()} {_route()}", given))
    if here := tracing.here():
        structlog.contextvars.bind_contextvars(trace_id=here.trace_id, span_id=here.span_id)


def _attributes(route: str, method: str, status: int) -> dict[str, Any]:
    """Return what the request's span says, in OpenTelemetry's words where it has them."""
    work = {f"quotes.{name}": g.work[name] for name in _TRACED if name in g.work}
    return {"http.route": route, "http.request.method": method, "http.response.status_code": status, **work}


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "unmatched"


def _method() -> str:
    return request.method if request.method in _METHODS else "other"


def _summary(route: str, method: str, status: int, seconds: float) -> dict[str, Any]:
    return {
        "route": route,
        "method": method,
        "status": status,
        "wall_ms": round(1000 * seconds, 1),
        "cpu_ms": round(1000 * (time.thread_time() - g.cpu_started), 1),
        "stages": stages.measured(),
    }


def _add_headers(response: Response, seconds: float) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    is_page = response.mimetype == "text/html"
    response.headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _API_POLICY)
    response.headers["X-Request-ID"] = g.request_id
    response.headers["Server-Timing"] = _timing(seconds)
    if here := tracing.here():
        response.headers["traceresponse"] = str(here)


def _timing(seconds: float) -> str:
    """Return the ``Server-Timing`` header: milliseconds in all, waiting for the model, and in it."""
    parts = [f"total;dur={1000 * seconds:.1f}"]
    parts += [f"{name};dur={g.work[name + '_ms']}" for name in ("queue", "model") if f"{name}_ms" in g.work]
    return ", ".join(parts)
