"""A file of articles in, a result or a problem for each out, in order, going on where it stopped."""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from service import errors
from service.archives.keeping import journal_of, pack, unpack
from service.archives.lines import Line, read_articles
from service.archives.workers import Workers
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
class Answered:
    """The answer to a line as JSON; ``problem`` is the title of the problem that it is, if it is one."""

    body: bytes
    problem: str | None = None


def run(
    engine: Engine, source: Path, target: Path, *, on_answer: Callable[[Tally], object], workers: int = 1
) -> Tally:
    """Answer every article of ``source`` that ``target`` does not answer yet, and add the answers to it.

    Each answer is written whole before the next one, so that a run may be killed at any time. ``on_answer``
    is called once before the first article and after each; ``workers`` processes share the work, each for a
    spell, so that none grows for ever. Raises
    ``ForeignOutputError`` if ``target`` is not the beginning of this input's results, ``ArticlesFileError``
    if the input is damaged, and ``OSError`` if a file fails.
    """
    if target.exists() and not target.is_file():
        raise ForeignOutputError("The output is not a regular file.")
    if target.exists() and target.samefile(source):
        raise ForeignOutputError("The output file is the input file.")
    journal = journal_of(target)
    with journal.open("a+b", buffering=0) as answers:
        _lock(answers)
        if target.exists() and not journal.stat().st_size:
            unpack(target, journal)
        tally = Tally()
        lines = read_articles(source, engine.limits.body_bytes)
        _resume(engine, lines, answers, tally)
        on_answer(tally)
        processes: Workers[Line, Answered] = Workers(workers, partial(answer, engine), _lost)
        for found in processes.answers(lines):
            _write(answers, found.body)
            tally.answered += 1
            if found.problem is not None:
                tally.problems[found.problem] += 1
            on_answer(tally)
        if journal != target:
            pack(journal, target)
    return tally


def count_articles(source: Path, longest: int) -> int:
    """Return how many articles the input holds."""
    return sum(1 for _ in read_articles(source, longest))


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


def answer(engine: Engine, line: Line) -> Answered:
    """Return the result of one line, or the problem in its place."""
    data: Any = None
    try:
        if line.body is None:
            limit = engine.limits.body_bytes
            raise errors.BodyTooLarge.over("Line", "bytes", limit=limit, actual=line.length)
        data = parse_json(line.body)
        [found] = engine.extract_batch([load_request(data, engine.limits)])
    except ServiceError as error:
        found = error
    return Answered(found.body) if isinstance(found, Answer) else _problem(found, line, data)


def _lost(line: Line) -> Answered:
    """Return the problem for a line whose process died each time."""
    return _problem(errors.InternalError("The process that read the article died, twice."), line, _data(line))


def _problem(error: ServiceError, line: Line, data: Any) -> Answered:
    problem = error.about(given_id(data)).problem()
    if line.number:
        problem["input_line"] = line.number
    return Answered(orjson.dumps(problem), problem["title"])


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
