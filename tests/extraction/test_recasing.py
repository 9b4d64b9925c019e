"""Paragraphs in capitals become readable to the pipeline, a character for a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.models import Paragraph, Span
from service.extraction.recasing import recased

KNOWN = frozenset(
    [
        "the",
        "mayor",
        "said",
        "that",
        "two",
        "of",
        "bridges",
        "had",
        "been",
        "hit",
        "and",
        "third",
        "is",
        "cook",
        "talks",
        "would",
        "be",
        "no",
        "on",
        "while",
        "he",
        "there",
    ]
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


@given(st.text(alphabet="ABCdeÉßİ.'’ \n\"", max_size=300))
def test_no_character_is_lost_or_added(text: str) -> None:
    assert len(recased(text, whole(text), KNOWN)) == len(text)
    assert recased(text, whole(text), KNOWN).casefold() == text.casefold()
