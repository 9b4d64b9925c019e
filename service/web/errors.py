"""Every error as ``application/problem+json`` (RFC 9457), with nothing in it that the caller may not see."""

from __future__ import annotations

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from service import errors
from service.errors import ServiceError
from service.observability import METRICS, log_failure
from service.parsing import shown
from service.web.bodies import engine

PROBLEM = "application/problem+json"


def register(app: Flask) -> None:
    """Answer every exception that a request raises."""
    app.register_error_handler(ServiceError, problem)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, unexpected)


def problem(error: ServiceError) -> Response:
    """Return the problem document of an error."""
    METRICS.problems.labels(error.type).inc()
    g.work["problem"] = error.type
    body = orjson.dumps({**error.problem(), "request_id": g.request_id})
    response = Response(body, status=error.status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(error.headers)
    if "retry_after" in error.members:
        response.headers["Retry-After"] = str(error.members["retry_after"])
    return response


def of_http(error: HTTPException) -> Response:
    """Return the problem for what Flask and werkzeug refuse by themselves."""
    response = problem(_translated(error))
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(_allowed(error))
    return response


def unexpected(error: Exception) -> Response:
    """Return a problem that tells nothing of the error; the log has its type and place."""
    log_failure("request_failed", error)
    return problem(errors.InternalError("The service failed on this request. The log has it by request_id."))


def _translated(error: HTTPException) -> ServiceError:
    if isinstance(error, MethodNotAllowed):
        allowed = _allowed(error)
        detail = f"{shown(request.method)} is not allowed here; allowed: {', '.join(allowed)}."
        return errors.MethodNotAllowed(detail, allowed=allowed)
    if isinstance(error, RequestEntityTooLarge):
        limit = engine().limits.body_bytes
        return errors.BodyTooLarge.over("Body", "bytes", limit=limit, actual=request.content_length)
    if error.code == 404:
        return errors.NotFound(f"There is nothing at {shown(request.path)}.")
    if error.code is not None and error.code < 500:
        return errors.BadRequest("The request could not be read.")
    return errors.InternalError("The service failed on this request.")


def _allowed(error: MethodNotAllowed) -> list[str]:
    return sorted(set(error.valid_methods or ()) - {"OPTIONS"})
