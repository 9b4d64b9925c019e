"""Names of many cultures, titles before them: in one invented story each, the bearer keeps the full name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "name_tables.yaml").read_text(encoding="utf-8")
)
HEADING = "Council votes on harbour plan\n\nThe vote was close. "


def speakers(nlp: Language, text: str) -> list[str | None]:
    """Return the name of who is credited with each quote of a text."""
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    return [names[quote.speaker] if quote.speaker else None for quote in found.quotes]


def called_by(name: str, surname: str, title: str) -> str:
    later = f"{title} {surname} said the boats were old."
    return f"{HEADING}“It is over and we know it,” {name} told reporters. {later}"


def titled(title: str) -> str:
    first = f"{title[0].upper()}{title[1:]} Kwame Osafo said the plan was dead."
    return (
        f"{HEADING}{first} “It is over and we know it,” {title} Osafo said. “Nobody will pay,” Osafo added."
    )


@pytest.mark.parametrize(("name", "surname", "title"), TABLES["names"])
def test_a_name_is_known_again_by_its_surname(nlp: Language, name: str, surname: str, title: str) -> None:
    assert speakers(nlp, called_by(name, surname, title)) == [name, name]


@pytest.mark.parametrize("title", TABLES["titles"])
def test_a_title_is_no_part_of_the_name(nlp: Language, title: str) -> None:
    assert speakers(nlp, titled(title)) == ["Kwame Osafo"] * 3


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("row", [*TABLES["unknown"]["names"], *TABLES["unknown"]["titles"]])
def test_known_failures(nlp: Language, row: Any) -> None:
    if isinstance(row, str):
        assert speakers(nlp, titled(row)) == ["Kwame Osafo"] * 3
    else:
        assert speakers(nlp, called_by(*row)) == [row[0], row[0]]
