"""The encoder and the recogniser give what spaCy's own do, and leave alone what they do not know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Linear

from service.extraction import encoder, entities
from service.extraction.encoder import Encoder
from service.extraction.reading import MODEL

ARTICLE = (
    'Mayor Maria Lopez of New York City told the Associated Press on Tuesday that "we can\'t wait".',
    "Ann Lee",
    "\n  ",
    "On 3 May, Bob Ray Jones Jr., who runs Harrow & Sons, paid $2.5 million in London. He left for the Alps.",
    "THE HOUSE OF COMMONS VOTED. EU EU EU",
    "…",
)
WORDS = st.sampled_from([*" ".join(ARTICLE).split(), "\n", "  ", "of", "the", "Zzyzx", "’s", "🙂"])


@pytest.fixture(scope="module")
def stock(nlp: Language) -> Language:
    """The pipeline as it is installed, less what only fills attributes, over the words of ours."""
    stock = spacy.load(MODEL, exclude=["attribute_ruler", "lemmatizer", "senter"])
    tokenizer: Any = stock.tokenizer
    tokenizer.infix_finditer = nlp.tokenizer.infix_finditer  # type: ignore[attr-defined]
    return stock


def names(docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in docs]


@pytest.mark.parametrize("ahead", ["", "York Mayor the , paid", " ".join(ARTICLE)])
@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_encodes_as_thinc_does(stock: Language, component: str, ahead: str) -> None:
    model = stock.get_pipe(component).model  # type: ignore[attr-defined]
    model = model if component == "tok2vec" else model.get_ref("tok2vec").layers[0]
    quick = Encoder.of(model)
    assert quick is not None
    if ahead:
        quick.remember(stock.make_doc(ahead))
    docs = [stock.make_doc(text) for text in (*ARTICLE, "", *ARTICLE)]
    for ours, theirs in zip(quick(docs), model.predict(docs), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_reads_as_the_installed_pipeline_does(stock: Language, nlp: Language) -> None:
    attributes: list[int | str] = ["TAG", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    for ours, theirs in zip(nlp.pipe(ARTICLE), stock.pipe(ARTICLE), strict=True):
        assert (ours.to_array(attributes) == theirs.to_array(attributes)).all()
        assert ours.tensor.shape == theirs.tensor.shape


@settings(max_examples=40, deadline=None, derandomize=True)
@given(texts=st.lists(st.lists(WORDS, max_size=25).map(" ".join), min_size=1, max_size=4))
def test_finds_the_names_that_the_pipeline_finds(stock: Language, nlp: Language, texts: list[str]) -> None:
    assert names(list(nlp.pipe(texts))) == names(list(stock.pipe(texts)))


def test_one_doc_is_read_as_in_a_batch(nlp: Language) -> None:
    assert names([nlp(text) for text in ARTICLE]) == names(list(nlp.pipe(ARTICLE)))


def test_leaves_alone_what_it_does_not_know() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    encoder.quicken(blank)
    entities.quicken(blank)
    assert blank.pipe_names == ["sentencizer"]
    assert Encoder.of(Linear(2, 2)) is None
