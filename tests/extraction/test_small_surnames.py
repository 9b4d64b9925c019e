"""Surnames in small letters get their capital where nothing but a name can stand, and no other word does."""

from __future__ import annotations

import pytest

from service.extraction.small_surnames import with_capitals

NAMES = [
    ("Sarah Flint came. “We wait”, — said flint.", "Sarah Flint came. “We wait”, — said Flint."),
    (
        "The Senator Richard burr came. According to burr, it rains. “Yes”, burr added.",
        "The Senator Richard Burr came. According to Burr, it rains. “Yes”, Burr added.",
    ),
    ("“It rains”, — said President flint. He left.", "“It rains”, — said President Flint. He left."),
    ("President flint said that it rains.", "President Flint said that it rains."),
    ("Edward burns left. “It rains”, — said burns.", "Edward Burns left. “It rains”, — said Burns."),
]
NO_NAMES = [
    "Sarah Flint sold a flint. The flint was old, she said.",
    "Mark Price said price rises hurt. He said price is all.",
    "Sarah chimed in. “It rains”, Sarah quipped to laughter.",
    "Mayor Sarah Banks spoke. “It rains”, banks in the city said banks closed.",
    "The Senator Richard railed against the plan.",
    "Osama bin Laden was named.",
    "Ann Lee, a Clinton appointee considered moderate, spoke. The appointee left.",
    "“It rains”, said the President emeritus. The Secretary designate, too.",
    "sarah flint said flint",
    "",
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_surname_gets_its_capital(text: str, expected: str) -> None:
    assert with_capitals(text) == expected


@pytest.mark.parametrize("text", NO_NAMES)
def test_other_words_stay_small(text: str) -> None:
    assert with_capitals(text) == text
