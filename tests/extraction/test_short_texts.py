"""Texts that end anywhere: the first words of an article, a sentence cut off, are read without a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

ROWS = json.loads((Path(__file__).parent.parent / "cases" / "attribution.json").read_text(encoding="utf-8"))
TEXTS = [row["text"] for row in ROWS if "¶" not in row["text"]]


@pytest.mark.parametrize(
    "text", ["The", "the", "This", "He announced this", "Dr Sunday", "“A,” is how", "sure"]
)
def test_a_few_words_are_an_article(nlp: Language, text: str) -> None:
    assert extract(nlp, read_text(text), scorer=load_scorer()).speakers == ()


@pytest.mark.parametrize("part", range(8))
def test_sentences_cut_off_are_read(nlp: Language, part: int) -> None:
    for number, text in enumerate(TEXTS[part::16]):
        words = text.split(" ")
        shown = " ".join(words[: 1 + number % len(words)])
        found = extract(nlp, read_text(shown), scorer=load_scorer() if number % 2 else None)
        assert all(0 <= span.start < span.end <= len(shown) for q in found.quotes for span in q.content)
