"""Texts that end anywhere: the first words of an article, a sentence cut off, are read without a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

ROWS = json.loads((Path(__file__).parent.parent / "cases" / "attribution.json").read_text(encoding="utf-8"))
TEXTS = [row["text"] for row in ROWS if "¶" not in row["text"]]

MARKS = (
    '“It is closed,” | “It is closed.” | "It is closed" | “closed” | “Roe | « | » | " | \' | ’ | ‘ | — | –'
)
SIGNS = ", | - | . | : | ; | ( | ) | ? | ! | … | • | * | \n | \n\n | [...] | 1."
VERBS = (
    "said | says | told | wrote | asked | quoted | called | added | adding | is | was | been | according to"
)
WORDS = "as | that | the | a | his | in | on | of | by | from | to | and | who | not | about | words"
NAMES = "Gusev | Ola Lund | Mayor | mayor | spokesman | former | he | she | they | I | TASS | EU | Q: | @roe"
PIECES = st.sampled_from(" | ".join([MARKS, SIGNS, VERBS, WORDS, NAMES]).split(" | "))
"""What sentences that credit words consist of, to be put together in any order and cut off anywhere."""


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


@pytest.mark.parametrize(
    ("text", "source"),
    [("“The road is closed” — Gusev", "Gusev"), ("“It is closed”, Gusev", None), ("— Gusev", None)],
)
def test_a_name_ends_the_text(nlp: Language, text: str, source: str | None) -> None:
    found = extract(nlp, read_text(text), scorer=load_scorer()).quotes
    assert [q.source.of(text) for q in found if q.source] == ([source] if source else [])


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(PIECES, min_size=1, max_size=11))
def test_pieces_in_any_order_are_read(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for scorer in (None, load_scorer()):
        found = extract(nlp, read_text(text), scorer=scorer)
        assert all(0 <= span.start < span.end <= len(text) for q in found.quotes for span in q.content)
