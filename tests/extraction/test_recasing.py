"""Paragraphs in capitals become readable to the pipeline, a character for a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.models import Paragraph, Span
from service.extraction.recasing import Casing, casing, recased

SMALL = (
    "a and be been bridge bridges by cook hit had he in is it mayor no not of on said talks that the there"
)
KNOWN = Casing(
    small=frozenset(f"{SMALL} they third two we were while would".split()), initials=frozenset({"nato"})
)

CAPITALS = [
    (
        "MAYOR ANTON KOVAL SAID THAT TWO OF THE BRIDGES HAD BEEN HIT. THE THIRD IS THERE, HE SAID.",
        "Mayor Anton Koval said that two of the bridges had been hit. The third is there, he said.",
    ),
    (
        'MR COOK SAID THERE WOULD BE NO TALKS ON SUNDAY. "HE SAID THE BRIDGES HAD BEEN HIT AND I SAID NO."',
        'Mr Cook said there would be no talks on Sunday. "He said the bridges had been hit and I said no."',
    ),
    (
        "\"WE WEREN'T HIT AND CAN'T BE,\" SAID RUTH E. VARGA JR. OF THE ZENDA TIMES. NATO SAID IT IS THERE.",
        "\"We weren't hit and can't be,\" said Ruth E. Varga Jr. of the Zenda Times. NATO said it is there.",
    ),
    (
        "MAYOR TIM OLSZEWSKI BRIDGED IT BY U.S. TALKS IN NORTH KOREA, AND THE UNITED STATES HADN'T SAID NO.",
        "Mayor Tim Olszewski bridged it by U.S. talks in North Korea, and the United States hadn't said no.",
    ),
]

UNTOUCHED = [
    "The mayor said that two of the bridges in KYIV had been hit, and that THE THIRD was imaginary.",
    "PRESIDENT: NO TALKS UNDER FIRE",
    "QUJD" * 100 + " The mayor, Ann Lee, said that two of the bridges had been hit.",
    "",
]


def whole(text: str, kind: str = "body") -> tuple[Paragraph, ...]:
    return (Paragraph(Span(0, len(text)), kind=kind),) if text else ()


@pytest.mark.parametrize(("text", "read"), CAPITALS)
def test_words_become_small_and_names_keep_a_capital(text: str, read: str) -> None:
    assert recased(text, whole(text), KNOWN) == read


@pytest.mark.parametrize("read", [read for _, read in CAPITALS])
def test_a_text_without_any_capital_is_recased_too(read: str) -> None:
    assert recased(read.lower(), whole(read), KNOWN) == read


def test_a_vocabulary_says_which_words_are_small_and_which_are_initials() -> None:
    known = casing(
        ["bridgework", "Varga", "varga", "NATO", "nato", "the", "The", "THE", "IMF", "Imf", "imf", "3"]
    )
    assert {"bridgework", "the"} < known.small
    assert not {"varga", "nato", "imf"} & known.small
    assert known.initials == {"nato"}


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_text_stays(text: str) -> None:
    assert recased(text, whole(text), KNOWN) == text


def test_headings_are_recased_only_in_a_text_that_is_in_capitals_throughout() -> None:
    heading, body = "NO TALKS SAID THE MAYOR", CAPITALS[0][0]
    text = f"{heading}\n{body}"
    paragraphs = (
        Paragraph(Span(0, len(heading)), kind="heading"),
        Paragraph(Span(len(heading) + 1, len(text)), kind="body"),
    )
    assert recased(text, paragraphs, KNOWN).startswith("No talks said the mayor")
    small = text.lower() + " " + text
    assert recased(small, paragraphs, KNOWN) == small


@given(
    st.text(alphabet="ABCdeÉßİ.'’ \n\"", max_size=300) | st.text(alphabet="abcdeéßı.'’ \n\"", max_size=300)
)
def test_no_character_is_lost_or_added(text: str) -> None:
    assert len(recased(text, whole(text), KNOWN)) == len(text)
    assert recased(text, whole(text), KNOWN).casefold() == text.casefold()
