"""Whom "they" and "it" mean: who can say something, not the things that were spoken of since."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "groups.yaml").read_text(encoding="utf-8"))
FORMS = (
    "{} {They} said the port was open.",
    "{} “The port is open,” {they} said.",
    "{}\n\nAccording to {them}, the port was open.",
    "{}\n\n“The port is open,” {they} said.",
)
PRONOUNS = {
    "they": {"They": "They", "they": "they", "them": "them"},
    "it": {"They": "It", "they": "it", "them": "it"},
}
KNOWN = [(pronoun, *row) for pronoun in PRONOUNS for row in TABLE[pronoun]]


def is_meant(nlp: Language, form: str, pronoun: str, meant: str, sentences: str) -> bool:
    """Tell whether whoever says that the port is open is called by one of the words that are ``meant``."""
    found = extract(nlp, read_text(form.format(sentences, **PRONOUNS[pronoun])), scorer=load_scorer())
    names = {speaker.id: speaker.name.lower() for speaker in found.speakers}
    name = names.get(found.quotes[-1].speaker or "")
    words = meant.lower().split(",")
    return "-" in words if name is None else any(word in name for word in words if word != "-")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("pronoun", "meant", "sentences"), KNOWN)
def test_who_can_speak_is_meant(nlp: Language, pronoun: str, meant: str, sentences: str, form: str) -> None:
    assert is_meant(nlp, form, pronoun, meant, sentences)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("pronoun", "meant", "sentences"), TABLE["unknown"])
def test_unknown_groups(nlp: Language, pronoun: str, meant: str, sentences: str) -> None:
    assert all(is_meant(nlp, form, pronoun, meant, sentences) for form in FORMS)


def test_a_body_of_another_kind_is_not_the_one_named(nlp: Language) -> None:
    found = extract(
        nlp, read_text("Norbank cut 300 jobs. The union said the port was open."), scorer=load_scorer()
    )
    assert [speaker.name.lower() for speaker in found.speakers] == ["union"]
