"""The whole extraction on invented articles of many kinds: the mistakes are listed, and none may be added."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from article_cases import Case, load_cases
from article_checks import compare, found_in
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

KNOWN_FAILURES = Path(__file__).parent.parent / "cases" / "articles_known_failures.yaml"
CASES = load_cases()
FAILURES: dict[str, str] = yaml.safe_load(KNOWN_FAILURES.read_text(encoding="utf-8")) or {}


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=case.id, marks=[pytest.mark.xfail(reason=FAILURES[case.id])])
        if case.id in FAILURES
        else pytest.param(case, id=case.id)
        for case in CASES
    ]


@pytest.mark.parametrize("case", _parameters())
def test_finds_what_a_careful_reader_marks(case: Case, nlp: Language) -> None:
    report = compare(case, found_in(extract(nlp, read_text(case.text), scorer=load_scorer())))
    assert not report, f"\n{case.text}\n\n{report}"


def test_known_failures_name_existing_cases() -> None:
    assert not FAILURES.keys() - {case.id for case in CASES}


def test_there_are_enough_cases_and_negatives() -> None:
    assert len(CASES) >= 170
    assert sum(not any(not quote.optional for quote in case.expected) for case in CASES) >= 40
