"""Marks that an encoding has spoilt are put back, each character where it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents import read_text
from service.extraction.lost_signs import with_marks_restored

CLEAN = "“We don’t know,” said Ada Koval, the port’s head. “We’ll ask – 10–12 of us.”"
ENCODINGS = [
    [("utf-8", "latin-1")],
    [("utf-8", "mac_roman")],
    [("utf-8", "cp850")],
    [("cp1252", "mac_roman")],
    [("cp1252", "cp850")],
    [("cp1252", "cp437")],
    [("mac_roman", "cp1252")],
]

LOST = [
    ("?We don?t know,? she said.", "“We don’t know,” she said."),
    ("He called it ?nonsense? and left.", "He called it “nonsense” and left."),
    ("?Why not?? he asked. Why indeed? No idea.", "“Why not?” he asked. Why indeed? No idea."),
    ("?Who? I?m off,? she said. Who else?", "“Who? I’m off,” she said. Who else?"),
    ("The workers? union ? the largest ? isn?t ready.", "The workers’ union – the largest – isn’t ready."),
    ("?The workers? demands? are new, Ms O?Dea said.", "“The workers’ demands” are new, Ms O’Dea said."),
    ("In the ?90s he?d say: ?Go 2?1 up!?", "In the ’90s he’d say: “Go 2–1 up!”"),
    ("\ufffdWe don\ufffdt know,\ufffd she said.", "“We don’t know,” she said."),
    ("He called it \ufffdnonsense\ufffd and left.", "He called it “nonsense” and left."),
    ("¿We don¿t know,¿ she said.", "“We don’t know,” she said."),
    ("âWe donât know,â she said.", "“We don’t know,” she said."),
]

UNTOUCHED = [
    "Who knows? Not I. “Is it?” he asked. What?! No?",
    "She asked: “¿Qué pasa?” and “¿Por qué?” twice.",
    "The caf\ufffd of Jos\ufffd M\ufffdller is shut.",
    "The château in Benítez, the rôle of Ólafur, Æ and Õ.",
    "",
]


def restored(text: str) -> str:
    return with_marks_restored(read_text(text)).text


@pytest.mark.parametrize("encodings", ENCODINGS)
def test_marks_read_in_another_encoding_are_put_back(encodings: list[tuple[str, str]]) -> None:
    spoilt = CLEAN
    for written, read in encodings:
        spoilt = spoilt.encode(written).decode(read)
    text = restored(spoilt)
    assert len(text) == len(spoilt)
    assert text.replace("â€œ", "“").replace("â€\x9d", "”").replace("â€™", "’").replace("â€“", "–") == CLEAN


@pytest.mark.parametrize(("spoilt", "meant"), LOST)
def test_one_sign_for_all_marks_is_told_by_its_place(spoilt: str, meant: str) -> None:
    assert restored(spoilt) == meant


@pytest.mark.parametrize(("spoilt", "meant"), LOST[:7])
def test_three_signs_for_a_mark_are_one(spoilt: str, meant: str) -> None:
    thrice = "".join(
        "\ufffd" * 3 if left == "?" != right else left for left, right in zip(spoilt, meant, strict=True)
    )
    forms = {"“": "â€œ", "”": "â€\x9d", "’": "â€™", "–": "â€“"}
    assert restored(thrice) == "".join(forms.get(character, character) for character in meant)


def test_no_break_spaces_misread_are_blanks() -> None:
    assert restored("He said,Â\xa0on Monday,Â that “it” is.") == "He said,  on Monday,  that “it” is."


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_no_encoding_has_spoilt_stays(text: str) -> None:
    article = read_text(text)
    assert with_marks_restored(article) is article


@given(st.text(alphabet="?\ufffdâ¿ìîíÂ\xa0 abst,.!\n01", max_size=60))
def test_the_length_never_changes(text: str) -> None:
    article = read_text(text)
    assert len(with_marks_restored(article).text) == len(article.text)
