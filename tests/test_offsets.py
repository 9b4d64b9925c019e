"""Offsets in each unit agree with what programs that count in it would cut out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.offsets import conversion

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def cut(text: str, unit: str, start: int, end: int) -> str:
    """Cut as JavaScript would (UTF-16 units) or as Go would (UTF-8 bytes)."""
    coding, width = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}[unit]
    return text.encode(coding)[start * width : end * width].decode(coding)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
@given(text=TEXTS, data=st.data())
def test_the_same_words_are_cut_out_in_every_unit(unit: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    convert = conversion(text, unit)
    assert cut(text, unit, convert(start), convert(end)) == text[start:end]


@pytest.mark.parametrize(
    ("unit", "expected"), [("codepoint", (3, 25)), ("utf16", (4, 26)), ("utf8", (8, 30))]
)
def test_an_emoji_and_a_curly_mark_before_the_words(unit: str, expected: tuple[int, int]) -> None:
    convert = conversion("😀 “We will not raise tax,” said Jane Doe.", unit)
    assert (convert(3), convert(25)) == expected
