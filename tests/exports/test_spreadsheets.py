"""CSV and Excel: what a spreadsheet shows is what was said, and none of it runs."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_results import sample, speaker

from service.exports.csv import to_csv, write_csv
from service.exports.rows import COLUMNS
from service.exports.xlsx import to_xlsx


def read(body):
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_line_a_quote_with_its_speaker():
    rows = read(to_csv(sample()))
    assert tuple(rows[0]) == COLUMNS
    assert [row["speaker"] for row in rows] == [
        "Ingrid Solberg",
        "Halland Lines",
        "a senior official",
        "Residents",
        "",
    ]
    assert rows[0]["text"] == "“We will not raise fares,” “Not “ever”, I mean.”"
    assert (rows[0]["cue"], rows[0]["source"], rows[0]["confidence"]) == ("said", "Ingrid Solberg", "0.75")


def test_formulas_are_neutralised():
    assert read(to_csv(sample()))[0]["article"] == "'=ferry"


CELLS = st.one_of(st.text(alphabet="=+-@\t\r\n'\",;a1😀＝＠", max_size=6), st.integers(), st.none())


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_any_cell_comes_back_and_none_begins_a_formula(rows):
    read_back = list(csv.reader(io.StringIO(write_csv(("a", "b"), rows).decode("utf-8-sig"), newline="")))[1:]
    cells = [
        (cell, back)
        for row, found in zip(rows, read_back, strict=True)
        for cell, back in zip(row, found, strict=True)
    ]
    for cell, back in cells:
        if isinstance(cell, str):
            assert back in (cell, f"'{cell}")
            assert not back.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"))
        else:
            assert back == ("" if cell is None else str(cell))


def workbook(result):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(result)))


def test_the_workbook_has_quotes_and_speakers_as_text_and_numbers():
    book = workbook(sample())
    assert book.sheetnames == ["Quotes", "Speakers"]
    head, *rows = book["Quotes"].iter_rows(values_only=True)
    assert head == COLUMNS
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert found[0]["article"] == "=ferry"
    assert (found[0]["confidence"], found[4]["speaker"], found[0]["in_headline"]) == (0.75, None, False)
    names = [row[1] for row in book["Speakers"].iter_rows(min_row=2, values_only=True)]
    assert names == ["Ingrid Solberg", "Halland Lines", "a senior official", "Residents"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for row in book["Quotes"].iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["\x01\x0b\ufffe", "_x0041_", "=cmd|' /C calc'!A1", "😀" * 20_000])
def test_hostile_names_leave_the_workbook_readable(name):
    book = workbook(sample(quotes=[], speakers=[speaker("s1", name, "person", [])]))
    shown = book["Speakers"].cell(2, 2)
    assert shown.data_type == "s"
    assert len(shown.value.encode("utf-16-le")) <= 2 * 32_767


def test_the_same_result_is_the_same_file():
    assert to_xlsx(sample()) == to_xlsx(sample())
