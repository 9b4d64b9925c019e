"""The component for spaCy: by entry point, the same result as the service, in any pipeline."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from fakes import make_app
from spacy.tokens import Doc

from service.app import build_engine
from service.config import Settings

TEXT = (
    "😀 Fire at the mill\n\n“Nobody was hurt,” said Aoife Ní Bhriain, the fire chief. "
    "She hopes it will be rebuilt.\n"
)


@pytest.fixture(scope="module")
def nlp():
    made = spacy.blank("en")
    made.add_pipe("quotations")
    return made


def test_the_result_is_that_of_the_service(nlp) -> None:
    settings = Settings(workers=1)
    client = make_app(settings, build_engine(settings)).test_client()
    answer = client.post("/v1/quotes", json={"text": TEXT}).json
    doc = nlp(TEXT)
    assert doc._.quotations == answer["quotes"] != []
    assert doc._.speakers == answer["speakers"]


def test_offsets_are_those_of_the_document(nlp) -> None:
    doc = nlp(TEXT)
    [span] = doc._.quotations[0]["content"]
    assert doc.char_span(span["start"], span["end"]).text == "“Nobody was hurt,”"


def test_many_documents_and_empty_ones(nlp) -> None:
    docs = list(nlp.pipe([TEXT, "", " \n", "No.", TEXT]))
    assert [len(doc._.quotations) for doc in docs] == [
        len(docs[0]._.quotations),
        0,
        0,
        0,
        len(docs[0]._.quotations),
    ]
    assert docs[1]._.quotations is not docs[2]._.quotations


def test_settings_are_the_options_of_the_service() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotations", config={"modes": ["thought"], "attribution": "rules"})
    assert {quote["mode"] for quote in nlp(TEXT)._.quotations} <= {"thought"}
    with pytest.raises(ValueError, match="modes must be of speech, writing, thought; are loud"):
        spacy.blank("en").add_pipe("quotations", config={"modes": ["loud"]})


def test_what_was_found_is_kept_with_the_document(nlp) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.quotations == doc._.quotations


def test_spacy_finds_it_without_an_import() -> None:
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('quotations'); print(nlp.pipe_names)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert found.stdout == "['quotations']\n"
