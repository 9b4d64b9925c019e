"""Whom a source refers to, on invented texts: the mistakes are listed, and none may be added."""

from __future__ import annotations

import json

import pytest
from spacy.language import Language
from speaker_cases import CASES, SpeakerCase, load_cases, names

from service.documents import read_text
from service.extraction.pipeline import extract

FAILURES: dict[str, str] = json.loads((CASES / "speakers_known_failures.json").read_text(encoding="utf-8"))
ALL = list(load_cases())


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=case.id, marks=[pytest.mark.xfail(reason=FAILURES[case.id])])
        if case.id in FAILURES
        else pytest.param(case, id=case.id)
        for case in ALL
    ]


@pytest.mark.parametrize("case", _parameters())
def test_names_whom_a_reader_would_name(case: SpeakerCase, nlp: Language) -> None:
    found = names(nlp, case)
    right = [name in answers for name, answers in zip(found, case.speakers, strict=True)]
    assert all(right), f"{case.text}\n{found} for {case.speakers}"


def test_known_failures_name_existing_cases() -> None:
    assert not FAILURES.keys() - {case.id for case in ALL}


def test_there_are_enough_cases() -> None:
    assert len({case.id for case in ALL}) == len(ALL) >= 80


@pytest.mark.parametrize("name", ["Zed\u2010Hall", "Zed\u2011Hall", "Zed-Hall", "Hall", "Jerry Hall"])
@pytest.mark.parametrize("title", ["", "Mr "])
def test_a_text_may_end_with_a_name_that_places_have_too(nlp: Language, title: str, name: str) -> None:
    text = f"“It rains,” said {title}{name}"
    (quote,) = extract(nlp, read_text(text), scorer=None).quotes
    assert quote.content[0].of(text) == "“It rains,”"
    assert quote.source is not None
    assert quote.source.of(text).endswith(name)
