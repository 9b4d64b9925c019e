"""Articles out of a file, one after another: JSON lines, CSV or Parquet, as they are or compressed.

The ending of the name tells the form: ``.csv`` and ``.parquet``, anything else is JSON lines; ``.gz`` or
``.zst`` after it tells the compression. Every article becomes a ``Line`` that holds it as JSON.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from service.extras import needed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLUMNS = ("id", "text", "html", "title", "url", "language")
"""The columns of a table that are read; any others are left alone."""

_CHUNK = 2**20
_ROWS = 64
"""Rows of a Parquet file that are held in memory at a time."""


class ArticlesFileError(Exception):
    """The file of articles is damaged, or not what its name says. The message says where and what."""


@dataclass(frozen=True, slots=True)
class Line:
    """An article of the input; ``body`` is None if it is too long, and ``length`` is in bytes.

    ``number`` counts lines, or rows, from 1; it is 0 where they have no order.
    """

    number: int
    body: bytes | None
    length: int


def read_articles(source: Path, longest: int) -> Iterator[Line]:
    """Yield the articles of a file in order; one of more than ``longest`` bytes is not held in memory.

    Raises ``ArticlesFileError`` for a damaged file, at the place of the damage, and ``OSError``.
    """
    form = form_of(source)
    with told_what_is_wrong(source):
        if form == "parquet":
            yield from _read_parquet(source, longest)
            return
        with opened(source) as stream:
            yield from _read_csv(stream, longest) if form == "csv" else read_lines(stream, longest)


def form_of(path: Path) -> str:
    """Return ``csv``, ``parquet`` or ``jsonl``, by the ending before that of a compression."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".zst")
    return next((form for form in ("csv", "parquet") if name.endswith("." + form)), "jsonl")


def compression_of(path: Path) -> str | None:
    """Return ``gz``, ``zst`` or None, by the ending of the name."""
    return next((ending for ending in ("gz", "zst") if path.name.lower().endswith("." + ending)), None)


def opened(path: Path, mode: str = "rb") -> BinaryIO:
    """Open a file of bytes through its compression."""
    opens: dict[str | None, Callable[..., Any]] = {"gz": gzip.open, "zst": zstd.open, None: Path.open}
    stream: BinaryIO = opens[compression_of(path)](path, mode)
    return stream


@contextmanager
def told_what_is_wrong(path: Path) -> Iterator[None]:
    """Turn what the readers of each form raise into an ``ArticlesFileError`` that names the file."""
    try:
        yield
    except (gzip.BadGzipFile, zlib.error, zstd.ZstdError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise ArticlesFileError(f"{path}: damaged, or not what its name says ({error}).") from None


def read_lines(source: BinaryIO, longest: int) -> Iterator[Line]:
    """Yield the lines of JSON lines that are not blank, in order."""
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


def _read_csv(stream: BinaryIO, longest: int) -> Iterator[Line]:
    """Yield the rows of a CSV with a header, in UTF-8 with or without a byte order mark."""
    csv.field_size_limit(longest)
    with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        rows = csv.DictReader(text)
        _check_columns(rows.fieldnames or ())
        for number, row in enumerate(rows, 1):
            yield _line(number, {name: row.get(name) or None for name in COLUMNS}, longest)


def _read_parquet(source: Path, longest: int) -> Iterator[Line]:
    """Yield the rows of a Parquet file, a few at a time."""
    parquet = needed("pyarrow.parquet", extra="archive", purpose="Parquet")
    arrow = needed("pyarrow", extra="archive", purpose="Parquet")
    try:
        with parquet.ParquetFile(source) as file:
            names = file.schema_arrow.names
            _check_columns(names)
            batches = file.iter_batches(batch_size=_ROWS, columns=[name for name in COLUMNS if name in names])
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                yield _line(number, row, longest)
    except arrow.ArrowException as error:
        raise ArticlesFileError(f"{source}: damaged, or not what its name says ({error}).") from None


def _check_columns(names: Iterable[str]) -> None:
    """Raise ``ArticlesFileError`` unless there is a column with articles."""
    found = list(names)
    if "text" not in found and "html" not in found:
        shown = ", ".join(found[:20]) or "none"
        wanted = f'a column "text" or "html" is needed, and {", ".join(COLUMNS)} are read'
        raise ArticlesFileError(f"No column of articles: {wanted}; the columns are: {shown}.")


def _line(number: int, row: dict[str, Any], longest: int) -> Line:
    given = {name: value for name, value in row.items() if value is not None}
    body = orjson.dumps(given, default=str)
    return Line(number, body if len(body) <= longest else None, len(body))
