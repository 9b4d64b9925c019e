"""Who is meant by what several may be called, and whom a line or two credit in many ways."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

CASES = Path(__file__).parent.parent / "cases"
TABLES = [
    yaml.safe_load((CASES / name).read_text(encoding="utf-8")) for name in ("posts.yaml", "credits.yaml")
]
SURE, UNKNOWN = ([row for table in TABLES for row in table[group]] for group in ("sure", "unknown"))


def told(name: str) -> str:
    return name.lower().replace("’", "'").removeprefix("the ")


def speakers(nlp: Language, text: str) -> list[str]:
    """Return who says each quotation that is no thought, `-` for nobody."""
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    return [told(names.get(q.speaker or "", "-")) for q in found.quotes if q.mode != "thought"]


def are_meant(said: list[str], meant: list[str]) -> bool:
    return len(said) == len(meant) and all(
        one in {told(name) for name in names.split(" / ")} for one, names in zip(said, meant, strict=True)
    )


@pytest.mark.parametrize("row", SURE, ids=lambda row: row[0])
def test_who_is_described(nlp: Language, row: list[str]) -> None:
    text, *meant = row
    said = speakers(nlp, text)
    assert are_meant(said, meant), said


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("row", UNKNOWN, ids=lambda row: row[0])
def test_known_failures(nlp: Language, row: list[str]) -> None:
    text, *meant = row
    assert are_meant(speakers(nlp, text), meant)
