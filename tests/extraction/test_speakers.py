"""Whom a source refers to, on invented texts: the mistakes are listed, and none may be added."""

from __future__ import annotations

import json

import pytest
from spacy.language import Language
from speaker_cases import CASES, SpeakerCase, load_cases, names

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
