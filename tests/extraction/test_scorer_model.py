"""The model file that the package brings: it fits the code, and knows the plainest reported speech."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from service.documents import read_text
from service.extraction.attribution import attribute
from service.extraction.learned.scorer import MODEL_FILE, Scorer, load_scorer
from service.extraction.models import Attribution
from service.extraction.quotations import find_stretches
from service.extraction.reading import read

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = """Bridge to open in May, mayor says

The bridge over the Tarn will open in May, the mayor, Ruth Odell, told reporters on Monday.

“We have waited nine years,” she said. “Nobody will miss the ferry.”

Tom Brandt, who runs the ferry, called the bridge “a monument to vanity” and denied that he would sell it.

Engineers believe that the piers need another winter.
"""


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    found = load_scorer()
    assert found is not None
    return found


def found_in(nlp: Language, scorer: Scorer, text: str) -> dict[str, tuple[str | None, Attribution]]:
    """Return what is attributed in a text: the words to the source and the whole attribution."""
    article = read_text(text)
    stretches = find_stretches(article.text, article.paragraphs)
    doc = read(nlp, article, stretches)
    assert scorer.fits(doc) or not any(map(str.isalpha, text))
    attributions = attribute(doc, article, stretches, scorer=scorer)
    return {
        span.of(article.text): (one.source.of(article.text) if one.source else None, one)
        for one in attributions
        for span in one.content
    }


def test_it_is_small():
    assert len(files("service.extraction").joinpath("data", MODEL_FILE).read_bytes()) < 5_000_000


def test_it_knows_plain_reported_speech(nlp: Language, scorer: Scorer):
    found = found_in(nlp, scorer, TEXT)
    assert found["“We have waited nine years,”"][0] == "she"
    assert found["“Nobody will miss the ferry.”"][0] == "she"
    assert found["that he would sell it"][0] == "Tom Brandt"
    assert found["that the piers need another winter"][0] == "Engineers"


def test_thought_is_told_from_speech(nlp: Language, scorer: Scorer):
    found = found_in(nlp, scorer, TEXT)
    assert found["that the piers need another winter"][1].mode == "thought"
    assert found["“We have waited nine years,”"][1].mode == "speech"


def test_confidence_is_a_probability(nlp: Language, scorer: Scorer):
    found = found_in(nlp, scorer, TEXT)
    assert all(0 < one.confidence < 1 for _, one in found.values())
    assert found["“We have waited nine years,”"][1].confidence > 0.9


@pytest.mark.parametrize("text", ["", "\n\n", "Rain.", "“", "“”", "x" * 5000, "“No,” " * 300])
def test_any_text_will_do(nlp: Language, scorer: Scorer, text: str):
    found_in(nlp, scorer, text)


def test_without_a_model_file_there_is_no_scorer():
    assert load_scorer("absent.npz") is None
