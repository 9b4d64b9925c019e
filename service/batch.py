"""Many articles: JSON lines in, a result or a problem a line out, in order, going on where it stopped."""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from service import errors
from service.documents import read_html
from service.engine import Answer, Engine
from service.errors import ServiceError
from service.parsing import parse_json
from service.results import digest
from service.schemas import given_id, load_request

_CHUNK = 2**20
_BEGINNINGS = (b'{"id":', b'{"type":"' + errors.PROBLEMS.encode())
"""How every line of results begins: a result, or a problem."""


class ForeignOutputError(Exception):
    """The output file holds something else than results for this input, and is left as it is."""


@dataclass(slots=True)
class Tally:
    """What a run did: articles answered before it and in it, and its problems by type."""

    before: int = 0
    answered: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    other_engine: int = 0
    """Articles that were answered before by another version of the code or the model."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input that is not blank. ``number`` counts from 1; ``body`` is None if it is too long."""

    number: int
    body: bytes | None
    length: int


def read_lines(source: BinaryIO, longest: int) -> Iterator[Line]:
    """Yield the lines of JSON lines in order; one of more than ``longest`` bytes is not held in memory."""
    number = 0
    while piece := source.readline(longest + 2):
        number += 1
        length = len(piece)
        if length > longest + 1 or (length > longest and not piece.endswith(b"\n")):
            length += _skip_line(source, piece)
            yield Line(number, None, length)
        elif piece.strip():
            yield Line(number, piece, length)


def _skip_line(source: BinaryIO, piece: bytes) -> int:
    """Read to the end of a line that began with ``piece``; return the number of bytes."""
    skipped = 0
    while piece and not piece.endswith(b"\n"):
        piece = source.readline(_CHUNK)
        skipped += len(piece)
    return skipped


def run(engine: Engine, source: Path, target: Path, *, on_answer: Callable[[Tally], object]) -> Tally:
    """Answer every line of ``source`` that ``target`` does not answer yet, and append the answers to it.

    Each answer is written whole before the next article is read, so that a run may be killed at any time.
    ``on_answer`` is called once before the first article and after each. Raises ``ForeignOutputError`` if
    ``target`` is not the beginning of this input's results, and ``OSError`` if a file fails.
    """
    if target.exists() and not target.is_file():
        raise ForeignOutputError("The output is not a regular file.")
    if target.exists() and target.samefile(source):
        raise ForeignOutputError("The output file is the input file.")
    with source.open("rb") as articles, target.open("a+b", buffering=0) as answers:
        _lock(answers)
        tally = Tally()
        lines = read_lines(articles, engine.limits.body_bytes)
        _resume(engine, lines, answers, tally)
        on_answer(tally)
        for line in lines:
            _write(answers, _answer(engine, line, tally))
            tally.answered += 1
            on_answer(tally)
    return tally


def count_lines(source: Path, longest: int) -> int:
    """Return how many lines of the input are not blank."""
    with source.open("rb") as articles:
        return sum(1 for _ in read_lines(articles, longest))


def _lock(answers: BinaryIO) -> None:
    try:
        fcntl.flock(answers, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ForeignOutputError("Another run is writing to the output file.") from None


def _write(answers: BinaryIO, body: bytes) -> None:
    """Write a line whole; what an unbuffered file did not take at once is written after."""
    left = memoryview(body + b"\n")
    while left:
        left = left[answers.write(left) :]


def _answer(engine: Engine, line: Line, tally: Tally) -> bytes:
    """Return the result of one line, or the problem in its place."""
    data: Any = None
    try:
        if line.body is None:
            limit = engine.limits.body_bytes
            raise errors.BodyTooLarge.over("Line", "bytes", limit=limit, actual=line.length)
        data = parse_json(line.body)
        [answer] = engine.extract_batch([load_request(data, engine.limits)])
    except ServiceError as error:
        answer = error
    if isinstance(answer, Answer):
        return answer.body
    problem = {**answer.about(given_id(data)).problem(), "input_line": line.number}
    tally.problems[problem["title"]] += 1
    return orjson.dumps(problem)


def _resume(engine: Engine, lines: Iterator[Line], answers: BinaryIO, tally: Tally) -> None:
    """Read past the lines that are answered, and cut off an answer that was not written to its end."""
    answers.seek(0)
    kept = 0
    for number, body in enumerate(_written(answers), 1):
        answer = _parsed(body)
        if answer is None or not body.endswith(b"\n"):
            _cut(answers, kept, number)
            return
        line = next(lines, None)
        if line is None or not _answers(answer, line):
            raise ForeignOutputError(f"Line {number:,} of the output file does not answer this input.")
        tally.before += 1
        tally.other_engine += answer.get("engine", engine.versions) != engine.versions
        if "digest" not in answer:
            tally.problems[str(answer.get("title"))] += 1
        kept += len(body)


def _written(answers: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of an unbuffered file."""
    rest = b""
    while chunk := answers.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return answer if isinstance(answer, dict) else None


def _cut(answers: BinaryIO, kept: int, number: int) -> None:
    """Truncate the output after ``kept`` bytes, if what is left is the beginning of one of our lines."""
    answers.seek(kept)
    rest = answers.read(_CHUNK)
    is_ours = any(rest.startswith(begin) or begin.startswith(rest) for begin in _BEGINNINGS)
    if not is_ours or b"\n" in rest.rstrip(b"\n\0") or len(answers.read(1)) > 0:
        raise ForeignOutputError(f"Line {number:,} of the output file is neither a result nor a problem.")
    answers.truncate(kept)


def _answers(answer: dict[str, Any], line: Line) -> bool:
    """Tell whether a line of the output answers that line of the input: the same id and the same text."""
    data = _data(line)
    if answer.get("id") != given_id(data):
        return False
    if "digest" not in answer:
        return str(answer.get("type")).startswith(errors.PROBLEMS)
    return bool(answer["digest"] == _digest(data))


def _data(line: Line) -> Any:
    try:
        return parse_json(line.body or b"")
    except ServiceError:
        return None


def _digest(data: Any) -> str | None:
    """Return the digest of an article's canonical text; None for what is no article."""
    given = data if isinstance(data, dict) else {}
    if isinstance(given.get("text"), str):
        return digest(given["text"])
    return digest(read_html(given["html"]).article.text) if isinstance(given.get("html"), str) else None
