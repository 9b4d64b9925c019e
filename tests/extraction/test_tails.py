"""When, where and to whom something is said, put after the cue: the words and their speaker stay the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "tails.yaml").read_text(encoding="utf-8"))


def said_by_lund(nlp: Language, text: str) -> list[str]:
    """Return what Ola Lund says, quote by quote, and what anybody else does, with a mark before it."""
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    quotes = []
    for quote in found.quotes:
        words = " + ".join(span.of(text) for span in quote.content)
        quotes.append(words if names.get(quote.speaker or "") == "Ola Lund" else f"* {words}")
    return quotes


def filled(number: int, tail: str) -> tuple[str, list[str]]:
    form, expected = TABLE["forms"][number]
    return form.replace("…", tail if tail[0] in ",;" else f" {tail}"), expected


def fits(number: int, tail: str) -> bool:
    """Tell whether a form takes a tail: what a comma sets off, or what came next, ends the clause."""
    return number < TABLE["most_forms_of_a_clause"] or (tail[0].isalpha() and not tail.startswith("and "))


def cases() -> list[tuple[int, str]]:
    every = [(number, tail) for tail in TABLE["tails"] for number in range(len(TABLE["forms"]))]
    known = {tuple(row) for row in TABLE["unknown"]}
    return [case for case in every if fits(*case) and case not in known]


@pytest.mark.parametrize(("number", "tail"), cases())
def test_what_follows_the_cue_changes_nothing(nlp: Language, number: int, tail: str) -> None:
    text, expected = filled(number, tail)
    assert said_by_lund(nlp, text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "tail"), TABLE["unknown"])
def test_known_failures(nlp: Language, number: int, tail: str) -> None:
    text, expected = filled(number, tail)
    assert said_by_lund(nlp, text) == expected
