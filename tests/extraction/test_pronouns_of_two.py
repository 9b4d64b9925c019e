"""Whom a pronoun means after a sentence about two people who both may be meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "pronouns.yaml").read_text(encoding="utf-8"))
SURE, OPEN, FAILING = (
    [next(iter(row.items())) for row in TABLE[name]] for name in ("sure", "open", "unknown")
)

MEN, WOMEN, UNKNOWN = ("Ola Lund", "Erik Berg"), ("Anna Lund", "Maria Berg"), ("Tovik Marel", "Jandor Kess")
FORMS = (" “It is over and nobody came,” he said.", " He said it was over.")
NEXT = tuple(f"\n\n{form.strip()}" for form in FORMS)
every_form = pytest.mark.parametrize("form", FORMS + NEXT)
every_pair = pytest.mark.parametrize("names", [MEN, WOMEN, UNKNOWN], ids=["men", "women", "unknown"])
FEMALE = {
    "he": "she",
    "He": "She",
    "his": "her",
    "His": "Her",
    "him": "her",
    "brother": "sister",
    "son": "daughter",
    "father": "mother",
    "spokesman": "spokeswoman",
}


def written(sentence: str, names: tuple[str, str]) -> str:
    """Put the names in for A and B, and pronouns and kin to match."""
    words = FEMALE if names is WOMEN else {}
    words = {**words, "A": names[0], "B": names[1]}
    return re.sub(r"\b\w+\b", lambda found: words.get(found[0], found[0]), sentence)


def speaker(nlp: Language, sentence: str, form: str, names: tuple[str, str]) -> str | None:
    """Return A or B as whoever says the last words, None for nobody."""
    text = written(sentence + form, names)
    found = extract(nlp, read_text(text), scorer=load_scorer())
    said = [quote for quote in found.quotes if "over" in quote.content[0].of(text)][-1]
    name = next((speaker.name for speaker in found.speakers if speaker.id == said.speaker), None)
    return None if name is None else "AB"[names.index(name)] if name in names else name


@every_pair
@every_form
@pytest.mark.parametrize(("meant", "sentence"), SURE)
def test_the_one_who_is_meant(
    nlp: Language, meant: str, sentence: str, form: str, names: tuple[str, str]
) -> None:
    assert speaker(nlp, sentence, form, names) == meant


@every_pair
@every_form
@pytest.mark.parametrize(("meant", "sentence"), OPEN)
def test_never_the_other_one(
    nlp: Language, meant: str, sentence: str, form: str, names: tuple[str, str]
) -> None:
    assert speaker(nlp, sentence, form, names) in {meant, None}


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("form", NEXT)
@pytest.mark.parametrize(("meant", "sentence"), FAILING)
def test_known_failures(nlp: Language, meant: str, sentence: str, form: str) -> None:
    assert speaker(nlp, sentence, form, UNKNOWN) in {meant, None}
