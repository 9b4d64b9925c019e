"""Results kept in the form that the name of the output asks for.

While a run goes on, results are JSON lines in a journal beside the output (``OUT.part``); when the run is
killed, only its last line may be torn. At the end it is packed into the output, which is replaced whole. For
plain JSON lines the output is its own journal.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from service.archives.lines import compression_of, form_of, opened, read_lines, told_what_is_wrong
from service.extras import needed

FIELDS = ("id", "digest", "language", "quotes", "problem", "result")
"""The columns of results in a table: how many quotes, the problem's title if there is one, all as JSON."""

_ROWS = 1_000
_LONGEST = 2**31


def journal_of(target: Path) -> Path:
    """Return where the results are written while a run goes on."""
    plain = form_of(target) == "jsonl" and compression_of(target) is None
    return target if plain else target.with_name(target.name + ".part")


def unpack(target: Path, journal: Path) -> None:
    """Write the results of an earlier run as JSON lines, for another one to go on from.

    Raises ``ArticlesFileError`` if the file is damaged.
    """
    with told_what_is_wrong(target), journal.open("wb") as lines:
        if form_of(target) == "jsonl":
            with opened(target) as packed:
                shutil.copyfileobj(packed, lines)
            return
        for result in _results(target):
            lines.write(result + b"\n")


def pack(journal: Path, target: Path) -> None:
    """Write the results in the form of ``target``, which is replaced at once when all of it is written."""
    new = target.with_name(".new." + target.name)
    {"csv": _pack_csv, "parquet": _pack_parquet, "jsonl": _pack_lines}[form_of(target)](journal, new)
    new.replace(target)
    journal.unlink()


def _pack_lines(journal: Path, new: Path) -> None:
    with journal.open("rb") as lines, opened(new, "wb") as packed:
        shutil.copyfileobj(lines, packed)


def _pack_csv(journal: Path, new: Path) -> None:
    with opened(new, "wb") as packed, io.TextIOWrapper(packed, "utf-8-sig", newline="") as text:
        rows = csv.DictWriter(text, FIELDS)
        rows.writeheader()
        rows.writerows(_rows(journal))


def _results(target: Path) -> Iterator[bytes]:
    if form_of(target) == "parquet":
        parquet = needed("pyarrow.parquet", extra="archive", purpose="Parquet")
        with parquet.ParquetFile(target) as file:
            for batch in file.iter_batches(batch_size=_ROWS, columns=["result"]):
                yield from (row["result"].encode() for row in batch.to_pylist())
        return
    csv.field_size_limit(_LONGEST)
    with opened(target) as packed, io.TextIOWrapper(packed, "utf-8-sig", newline="") as text:
        yield from (row["result"].encode() for row in csv.DictReader(text))


def _rows(journal: Path) -> Iterator[dict[str, Any]]:
    with journal.open("rb") as lines:
        for line in read_lines(lines, _LONGEST):
            if line.body is not None:
                yield row_of(line.body)


def row_of(body: bytes) -> dict[str, Any]:
    """Return a result, or a problem, as a row with ``FIELDS``."""
    result = orjson.loads(body)
    failed = "digest" not in result
    return {
        "id": result.get("id"),
        "digest": result.get("digest"),
        "language": result.get("language"),
        "quotes": None if failed else len(result["quotes"]),
        "problem": result.get("title") if failed else None,
        "result": body.decode().rstrip("\n"),
    }


def _pack_parquet(journal: Path, new: Path) -> None:
    arrow = needed("pyarrow", extra="archive", purpose="Parquet")
    parquet = needed("pyarrow.parquet", extra="archive", purpose="Parquet")
    types = {name: arrow.int64() if name == "quotes" else arrow.string() for name in FIELDS}
    schema = arrow.schema(list(types.items()))
    with parquet.ParquetWriter(new, schema, compression="zstd") as file:
        for rows in _in_groups(_rows(journal)):
            file.write_table(arrow.Table.from_pylist(rows, schema=schema))


def _in_groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(row)
        if len(group) == _ROWS:
            yield group
            group = []
    if group:
        yield group
