"""Whose words headings give, in the forms that newspapers from London to Delhi have for them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "headings.yaml").read_text(encoding="utf-8"))


def speakers(nlp: Language, heading: str) -> set[str | None]:
    """Return who says what a heading reports, None for nobody."""
    found = extract(nlp, read_text(f"{heading}\n\n{TABLE['text']}"), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    above = [one for one in found.quotes if one.content[0].start < len(heading) and one.mode != "thought"]
    return {names.get(one.speaker or "") for one in above}


@pytest.mark.parametrize("heading", TABLE["rows"])
def test_a_heading_is_whose_words_it_gives(nlp: Language, heading: str) -> None:
    assert speakers(nlp, heading) == {"Ola Lund"}


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("heading", TABLE["unknown"])
def test_unknown_headings(nlp: Language, heading: str) -> None:
    assert speakers(nlp, heading) == {"Ola Lund"}


@pytest.mark.parametrize("heading", TABLE["nobody"])
def test_a_heading_that_quotes_nobody(nlp: Language, heading: str) -> None:
    assert speakers(nlp, heading) == set()


@pytest.mark.parametrize("heading", TABLE["another"])
def test_a_heading_that_has_another_speak_of_somebody(nlp: Language, heading: str) -> None:
    assert "Ola Lund" not in speakers(nlp, heading)
