"""A result as CSV (RFC 4180), so that a spreadsheet opens it as it is: UTF-8 with a byte order mark.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises ("CSV
injection"): an article's words must not run on the desk of whoever opens the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from service.exports.identity import Json
from service.exports.rows import COLUMNS, Cell, quote_rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(result: Json) -> bytes:
    """Return one line for each quotation, below one with the names of the columns."""
    return write_csv(COLUMNS, quote_rows(result))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV. Cells of text that could be formulas are neutralised; numbers stay numbers."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _neutral(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
