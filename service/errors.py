"""Everything that can go wrong with a request: each error has a stable problem type and a status (RFC 9457).

An error never carries any of the article's text: names of fields, limits and figures only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

PROBLEMS = "/problems/"
"""Problem types are absolute paths below this one; ``GET`` on such a path explains the type."""


class ServiceError(Exception):
    """An error that the caller is told about. ``members`` are extra members of the problem document."""

    type: ClassVar[str]
    title: ClassVar[str]
    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}
    """What the answer says besides, in HTTP's own words."""

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members: Mapping[str, Any] = members

    def problem(self) -> dict[str, Any]:
        """Return the problem document, ready to be written as ``application/problem+json``."""
        head = {
            "type": PROBLEMS + self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return {**head, **self.members}

    def about(self, article: str | None) -> ServiceError:
        """Return the same error with the ``id`` of the article that it is about, for one of a batch."""
        copy = type(self)(self.detail)
        copy.members = {**self.members, "id": article}
        return copy

    @classmethod
    def over(
        cls, what: str, unit: str, *, limit: float, actual: float | None, **members: Any
    ) -> ServiceError:
        """Return the error for a limit that was passed: it states the limit and, where known, the value."""
        found = "more" if actual is None else f"{actual:,}"
        detail = f"{what}: at most {limit:,} {unit} allowed, {found} given."
        known = {} if actual is None else {"actual": actual}
        return cls(detail, limit=limit, **known, **members)


class MalformedJson(ServiceError):
    """The body is not JSON (RFC 8259) in UTF-8; ``line`` and ``column`` (from 1) tell where."""

    type, title, status = "malformed-json", "The body is not valid JSON", 400


class BadRequest(ServiceError):
    """The request could not be read as HTTP: a broken header, a body that ended early."""

    type, title, status = "bad-request", "The request could not be read", 400


_CHALLENGE = 'Bearer realm="quotes"'


class MissingKey(ServiceError):
    """An API key is needed here and none was sent: ``Authorization: Bearer KEY``."""

    type, title, status = "missing-key", "An API key is needed", 401
    headers: ClassVar = {"WWW-Authenticate": _CHALLENGE}


class UnknownKey(ServiceError):
    """The API key that was sent is not valid, or no longer."""

    type, title, status = "unknown-key", "The API key is not valid", 401
    headers: ClassVar = {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'}


class KeyNotAllowed(ServiceError):
    """The API key is valid, but for something else: those that read metrics read nothing besides."""

    type, title, status = "key-not-allowed", "The API key is for something else", 403
    headers: ClassVar = {"WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope"'}


class RateLimited(ServiceError):
    """The API key has asked for more articles than it may. ``Retry-After`` says when counting starts anew."""

    type, title, status = "rate-limited", "Too many requests", 429


class NotFound(ServiceError):
    """There is nothing at this path."""

    type, title, status = "not-found", "No such path", 404


class MethodNotAllowed(ServiceError):
    """The path exists but does not take this method; ``Allow`` and ``allowed`` list those that it takes."""

    type, title, status = "method-not-allowed", "Method not allowed", 405


class NotAcceptable(ServiceError):
    """The form that ``?format=`` or ``Accept`` asks for does not exist; ``allowed`` lists those that do."""

    type, title, status = "not-acceptable", "No such form of the answer", 406


class BodyTooLarge(ServiceError):
    """The request body has more bytes than allowed."""

    type, title, status = "body-too-large", "The body is too large", 413


class ArticleTooLarge(ServiceError):
    """The article's text, or its HTML, has more characters (code points) than allowed."""

    type, title, status = "article-too-large", "The article is too large", 413


class BatchTooLarge(ServiceError):
    """The batch has more articles, or more characters in all, than allowed."""

    type, title, status = "batch-too-large", "The batch is too large", 413


class UriTooLong(ServiceError):
    """The request line has more bytes than allowed. Articles go into the body."""

    type, title, status = "uri-too-long", "The URI is too long", 414


class HeadersTooLarge(ServiceError):
    """The headers are more than allowed, in number or in bytes."""

    type, title, status = "headers-too-large", "The headers are too large", 431


class SourcesTooLarge(ServiceError):
    """The sources of a verification have more characters than allowed, all together."""

    type, title, status = "sources-too-large", "The sources are too large", 413


class UnsupportedMediaType(ServiceError):
    """The body is not declared as plain ``application/json`` in UTF-8. Compressed bodies are not read."""

    type, title, status = "unsupported-media-type", "Unsupported content type or encoding", 415


class InvalidRequest(ServiceError):
    """A value is of the right type but not allowed: out of range, too long, or too many."""

    type, title, status = "invalid-value", "A value is not allowed", 422

    def __init__(self, detail: str, *, errors: Sequence[Mapping[str, str]] = (), **members: Any) -> None:
        super().__init__(detail, errors=[dict(error) for error in errors], **members)


class MissingText(InvalidRequest):
    """The article has neither ``text`` nor ``html``."""

    type, title = "missing-text", "The article has no text"


class BothTextAndHtml(InvalidRequest):
    """The article has ``text`` and ``html``; only one of them can be what offsets point into."""

    type, title = "both-text-and-html", "The article has both text and HTML"


class EmptyText(InvalidRequest):
    """The article's text has no printing character, or its HTML holds no article text."""

    type, title = "empty-text", "The article is empty"


class MissingField(InvalidRequest):
    """A field that must be there is not."""

    type, title = "missing-field", "A field is missing"


class UnknownField(InvalidRequest):
    """The body has a field that the contract does not name."""

    type, title = "unknown-field", "Unknown field"


class WrongType(InvalidRequest):
    """A value has another JSON type than the contract says."""

    type, title = "wrong-type", "A value has the wrong type"


class UnknownOption(InvalidRequest):
    """``options`` has a member, or a member of it a value, that the contract does not name."""

    type, title = "unknown-option", "Unknown option"


class UnsupportedLanguage(InvalidRequest):
    """``language`` names a language other than English."""

    type, title = "unsupported-language", "Unsupported language"


class NotInstalled(ServiceError):
    """A package is needed for it that was not installed on this server; ``detail`` names the extra."""

    type, title, status = "not-installed", "Not installed here", 501


class InternalError(ServiceError):
    """The service failed. The log has the details, under the request id."""

    type, title, status = "internal-error", "The service failed", 500


class Busy(ServiceError):
    """More work is waiting than the service takes on. ``Retry-After`` says when to come back, in seconds."""

    type, title, status = "busy", "The service is busy", 503


class NotReady(ServiceError):
    """The model does not answer (yet)."""

    type, title, status = "not-ready", "The service is not ready", 503


class DeadlineExceeded(ServiceError):
    """The article could not be read within the time that a request may take."""

    type, title, status = "deadline-exceeded", "The deadline passed", 504


def catalogue() -> dict[str, type[ServiceError]]:
    """Return every error by its problem type's last part, for the documentation and the contract's test."""
    found: dict[str, type[ServiceError]] = {}
    waiting = list(ServiceError.__subclasses__())
    while waiting:
        error = waiting.pop(0)
        found[error.type] = error
        waiting.extend(error.__subclasses__())
    return found
