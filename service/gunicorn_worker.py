"""gunicorn's threaded worker, refusing what is no HTTP as all else is refused: with a problem document."""

from __future__ import annotations

from typing import Any

import orjson
from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http import errors as http  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from service.errors import BadRequest, HeadersTooLarge, InternalError, ServiceError, UriTooLong
from service.observability import METRICS, log, log_failure, request_id

_REASONS = {
    400: "Bad Request",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    500: "Internal Error",
}


class ProblemWorker(ThreadWorker):  # type: ignore[misc]
    """Never repeats a broken request: after a wrong Content-Length, it is article text."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:  # noqa: ARG002
        """Tell the client what is wrong, as far as it still listens; gunicorn closes the connection."""
        problem = refusal(exc)
        name = request_id(None)
        METRICS.problems.labels(problem.type).inc()
        if isinstance(problem, InternalError):
            log_failure("request_failed", exc)
        log().warning("request_refused", problem=problem.type, error=type(exc).__name__, request_id=name)
        try:
            util.write_nonblock(client, response(problem, name))
        except OSError as error:
            log().debug("refusal_unsent", error=type(error).__name__, request_id=name)


def refusal(exc: BaseException) -> ServiceError:
    """Return the problem for what gunicorn could not read, or for what nobody expected."""
    if isinstance(exc, http.LimitRequestLine):
        return UriTooLong("The request line has too many bytes.")
    if isinstance(exc, http.LimitRequestHeaders):
        return HeadersTooLarge("The headers are too many, or one of them has too many bytes.")
    if isinstance(exc, http.ParseException):
        return BadRequest("The request is no proper HTTP/1.1.")
    return InternalError("The service failed on this request. The log has it by request_id.")


def response(problem: ServiceError, name: str) -> bytes:
    """Return a whole HTTP response, after which the connection ends."""
    body = orjson.dumps({**problem.problem(), "request_id": name})
    head = [
        f"HTTP/1.1 {problem.status} {_REASONS[problem.status]}",
        "Connection: close",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"X-Request-ID: {name}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
