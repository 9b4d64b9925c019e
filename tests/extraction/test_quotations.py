"""The pairing of marks, on invented cases: what each form of quotation must come out as."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.extraction.models import Paragraph, Span, Stretch
from service.extraction.quotations import find_stretches

CASES = Path(__file__).parents[1] / "cases"
PLAIN = {"depth": 0, "kind": "quotation", "repaired": False, "continues": None}


def load(name: str) -> list[Any]:
    """The cases of a file: each a text and what must be found in it, in order, with what is not ``PLAIN``."""
    rows = json.loads((CASES / f"marks_{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["expected"], id=row["name"]) for row in rows]


def paragraphs_of(text: str) -> list[Paragraph]:
    return [Paragraph(Span(*found.span())) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]


def described(text: str, stretch: Stretch) -> dict[str, Any]:
    return {"text": stretch.span.of(text)} | {name: getattr(stretch, name) for name in PLAIN}


def check(text: str, expected: list[Any]) -> None:
    found = [described(text, stretch) for stretch in find_stretches(text, paragraphs_of(text))]
    assert found == [PLAIN | ({"text": row} if isinstance(row, str) else row) for row in expected]


@pytest.mark.parametrize(("text", "expected"), load("in_the_wild"))
def test_pairs_marks_as_they_are_met_in_the_wild(text: str, expected: list[Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), load("synthetic"))
def test_repairs_broken_marks_at_the_cost_of_an_edge(text: str, expected: list[Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), load("negative"))
def test_leaves_alone_what_quotes_nobody(text: str, expected: list[Any]) -> None:
    check(text, expected)


@pytest.mark.xfail(reason="known failure: promote it when it passes")
@pytest.mark.parametrize(("text", "expected"), load("known_failures"))
def test_known_failures(text: str, expected: list[Any]) -> None:
    check(text, expected)
