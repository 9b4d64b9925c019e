"""What bodies are called: in full, by "it", and by the noun for what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "bodies.yaml").read_text(encoding="utf-8"))
FORMS: list[str] = TABLE["forms"]
NOUNS: dict[str, str] = dict(TABLE["names"])
UNKNOWN = {(number, name) for number, name in TABLE["unknown"]}
KNOWN = [(number, name) for name in NOUNS for number in range(len(FORMS)) if (number, name) not in UNKNOWN]
COMPANIES = TABLE["companies"]
DESCRIPTIONS = (
    "the regulator ",
    "energy firm ",
    "the airline ",
    "the supermarket chain ",
    "the NGO ",
    "the ",
)
"""What may stand before a name and is no part of it."""


def speaker(nlp: Language, number: int, name: str) -> str | None:
    """Return who says the last words of a form, in small letters, without "the"."""
    opening = name if name[1].isupper() else name[0].upper() + name[1:]
    text = FORMS[number].format(X=opening, x=name, n=NOUNS[name])
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    said = found.quotes[-1].speaker
    return None if said is None else names[said].lower().removeprefix("the ")


def bare(name: str) -> set[str]:
    return {name.lower().removeprefix(words) for words in DESCRIPTIONS}


@pytest.mark.parametrize(("number", "name"), KNOWN)
def test_a_body_is_known_by_name_and_noun(nlp: Language, number: int, name: str) -> None:
    assert speaker(nlp, number, name) in bare(name)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "name"), sorted(UNKNOWN))
def test_unknown_bodies(nlp: Language, number: int, name: str) -> None:
    assert speaker(nlp, number, name) in bare(name)


def names_of_speakers(nlp: Language, text: str) -> list[str | None]:
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    return [names.get(quote.speaker or "") for quote in found.quotes if quote.mode != "thought"]


@pytest.mark.parametrize("form", COMPANIES["forms"])
@pytest.mark.parametrize("noun", COMPANIES["nouns"])
@pytest.mark.parametrize("name", COMPANIES["names"])
def test_the_company_is_the_one_that_acts(nlp: Language, name: str, noun: str, form: str) -> None:
    said = names_of_speakers(
        nlp, form.replace("X", name).replace("the N", f"the {noun}").replace("The N", f"The {noun}")
    )
    assert said
    assert set(said) == {name}


@pytest.mark.parametrize("form", COMPANIES["others"])
@pytest.mark.parametrize("name", COMPANIES["names"])
def test_of_two_companies_or_of_other_bodies_none_is_taken(nlp: Language, name: str, form: str) -> None:
    said = names_of_speakers(nlp, form.replace("X", name))
    assert said
    assert not {name, "Tarn Water"}.intersection(said)


@pytest.mark.parametrize(("form", "who"), TABLE["marked"]["forms"])
@pytest.mark.parametrize("name", TABLE["marked"]["names"])
@pytest.mark.parametrize("noun", TABLE["marked"]["nouns"])
def test_a_name_between_marks_is_the_bodys(nlp: Language, noun: str, name: str, form: str, who: str) -> None:
    for marks in TABLE["marked"]["marks"]:
        text = form.replace(" N Q", f" {noun} {marks.replace('Q', name)}")
        assert names_of_speakers(nlp, text) == [name if who == "Q" else who]
