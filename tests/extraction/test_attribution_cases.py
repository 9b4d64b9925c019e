"""Invented sentences of every family of rules, with what is said, by which cue, by whom and by which rule.

``tests/cases/attribution.json`` lists ``{family, text, quotes}``; a quote is ``[content, cue, source, rule]``
with the mode after it where it is not speech. Pieces of content are joined by `` + ``, ``-`` stands for none,
``¶`` for the end of a paragraph. A case without quotes expects none. What the rules cannot do yet stands in
``attribution_known_failures.json``; a case there that passes fails the run and must be promoted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from service.documents import read_text
from service.extraction.attribution import attribute
from service.extraction.models import Attribution, Span
from service.extraction.quotations import find_stretches
from service.extraction.reading import read

CASES = Path(__file__).parent.parent / "cases"


def load(name: str) -> list[Any]:
    cases = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{case['family']}: {case['text'][:50]}") for case in cases]


def described(text: str, found: Attribution) -> list[str]:
    def words(span: Span | None) -> str:
        return span.of(text) if span else "-"

    content = " + ".join(span.of(text) for span in found.content)
    mode = [found.mode] if found.mode != "speech" else []
    return [content, words(found.cue), words(found.source), found.rule, *mode]


def run(nlp: Language, case: dict[str, Any]) -> tuple[str, tuple[Attribution, ...]]:
    article = read_text(case["text"].replace("¶", "\n\n"))
    stretches = find_stretches(article.text, article.paragraphs)
    return article.text, attribute(read(nlp, article, stretches), article, stretches)


@pytest.mark.parametrize("case", load("attribution.json"))
def test_case(nlp: Language, case: dict[str, Any]) -> None:
    text, found = run(nlp, case)
    assert [described(text, one) for one in found] == case["quotes"]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", load("attribution_known_failures.json"))
def test_known_failure(nlp: Language, case: dict[str, Any]) -> None:
    text, found = run(nlp, case)
    assert [described(text, one) for one in found] == case["quotes"]


def test_a_follow_on_names_the_attribution_whose_speaker_goes_on(nlp: Language) -> None:
    case = {"text": "“We start at six,” said Brook.¶“Nobody sleeps before the boats are in.”"}
    _, (first, second) = run(nlp, case)
    assert (first.follows, second.follows) == (None, 0)
    assert second.source == first.source and second.cue is None
