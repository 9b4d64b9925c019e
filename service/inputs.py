"""What the command line reads: an article from a file, the people to expect, and the request they make."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from service import errors
from service.engine import Answer, Engine
from service.errors import ServiceError
from service.limits import Limits
from service.parsing import parse_json
from service.reporting.models import Result
from service.reporting.request import load_result
from service.schemas import QuoteRequest, load_request


def read_article(source: str, limits: Limits) -> str:
    """Return the text of a file, or of standard input for "-". A byte order mark before it is left out.

    Line breaks stay as they are. Raises ``OSError``, ``ArticleTooLarge``, and ``BadRequest`` if not UTF-8.
    """
    longest = max(limits.text_characters, limits.html_characters)
    if source == "-":
        if sys.stdin.isatty():
            click.echo("Reading the article from the terminal; Ctrl-D ends it.", err=True)
        body = sys.stdin.buffer.read(4 * longest + 4)
    else:
        with Path(source).open("rb") as file:
            body = file.read(4 * longest + 4)
    if len(body) > 4 * longest + 3:
        raise errors.ArticleTooLarge.over("Article", "characters", limit=longest, actual=None)
    return _decoded(body, source)


def _decoded(body: bytes, source: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = "Standard input" if source == "-" else source
        raise errors.BadRequest(f"{name} is not UTF-8 from byte {error.start:,} on.") from None


def read_people(path: Path) -> list[Any]:
    """Return the entries of a file of known people: a JSON array, or JSON lines. Raises ``MalformedJson``."""
    body = path.read_bytes()
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        people = parse_json(body)
        return people if isinstance(people, list) else [people]
    return [parse_json(line) for line in body.splitlines() if line.strip()]


def read_results(sources: Sequence[Path]) -> tuple[list[Result], int]:
    """Return the results in files, JSON or JSON lines each, and how many problems stood among them.

    Raises ``MalformedJson``, or ``InvalidRequest`` for what is neither result nor problem.
    """
    results: list[Result] = []
    problems = 0
    for source in sources:
        for data in _values(source.read_bytes()):
            if isinstance(data, dict) and str(data.get("type")).startswith(errors.PROBLEMS):
                problems += 1
            else:
                results.append(load_result(data))
    return results, problems


def _values(body: bytes) -> list[Any]:
    """Return the JSON value that fills a file, or the values of its lines."""
    try:
        return [parse_json(body)]
    except errors.MalformedJson:
        return [parse_json(line) for line in body.splitlines() if line.strip()]


def request(*, options: dict[str, Any], limits: Limits, **members: Any) -> QuoteRequest:
    """Return the request that a body of these members would make; a member that is None is not sent.

    Raises what ``load_request`` raises.
    """
    given = {name: value for name, value in options.items() if value is not None}
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    data = {name: value for name, value in members.items() if value is not None}
    return load_request({**data, "options": listed}, limits)


def answer(engine: Engine, article: QuoteRequest) -> bytes:
    """Return the result for one article as JSON. Raises the ``ServiceError`` that stands in its place."""
    [found] = engine.extract_batch([article])
    if isinstance(found, Answer):
        return found.body
    assert isinstance(found, ServiceError)
    raise found
