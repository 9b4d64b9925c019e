"""A result as an Excel workbook: a sheet of quotations and one of speakers. Text is text, never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.exports.identity import Json
from service.exports.rows import COLUMNS, SPEAKER_COLUMNS, Cell, quote_rows, speaker_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_LITERALLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_CELL = 32_767
"""Characters that a cell can hold, in UTF-16 code units; Excel calls a file with more of them broken."""
_WIDTHS = {"text": 80, "speaker": 28, "role": 36, "source": 28, "url": 36, "aliases": 36, "identifier": 28}
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time at which the file was made, so that the same result is the same file."""


def to_xlsx(result: Json) -> bytes:
    """Return the workbook. A text too long for a cell ends in an ellipsis."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - it takes longer to import than most answers take

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **_LITERALLY}) as book:
        book.set_properties({"created": _BEGINNING})
        formats = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        _sheet(book, "Quotes", COLUMNS, quote_rows(result), formats)
        _sheet(book, "Speakers", SPEAKER_COLUMNS, speaker_rows(result), formats)
    return file.getvalue()


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    formats: tuple[Format, Format],
) -> None:
    wrapped, heading = formats
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, columns, heading)
    last = 0
    for last, row in enumerate(rows, 1):
        sheet.write_row(last, 0, [_fitting(cell) for cell in row], wrapped)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _WIDTHS.get(column, 12))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _fitting(cell: Cell) -> Cell:
    if not isinstance(cell, str) or len(cell.encode("utf-16-le")) <= 2 * _LONGEST_CELL:
        return cell
    return cell.encode("utf-16-le")[: 2 * _LONGEST_CELL - 2].decode("utf-16-le", "ignore") + "…"
