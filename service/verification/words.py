"""Texts as words that can be compared whatever their case, marks and spacing, each with its place."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:['’ʼ＇][^\W_]+)*|[$€£¥%&]")
_FIRST = 0xE000
"""The first character that stands for a word: above it there are no surrogates, and room for a million."""


class Word(NamedTuple):
    """A word of a text, ``text[start:end]``, and its ``form``, in which equal words are equal."""

    form: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order. A hyphen parts words as a space does, an apostrophe does not.

    A number is one word, with or without commas between its thousands.
    """
    return [Word(_form(match[0]), *match.span()) for match in _WORD.finditer(text)]


def _form(word: str) -> str:
    if word.isascii():
        return word.lower().replace(",", "")
    return unicodedata.normalize("NFKC", word).casefold().translate({0x2019: "'", 0x2BC: "'", 0xFF07: "'"})


class Vocabulary:
    """Gives every word a character, so that texts can be searched as strings of words, in C."""

    def __init__(self) -> None:
        """Know no word."""
        self._characters: dict[str, str] = {}

    def encode(self, words: list[Word]) -> str:
        """Return the string that has one character a word."""
        known = self._characters
        return "".join(
            known.get(word.form) or known.setdefault(word.form, chr(_FIRST + len(known))) for word in words
        )


class Indexed:
    """A source text, ready to be searched. Memory is linear in the text."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.words = words_of(text)
        self.encoded = vocabulary.encode(self.words)

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words from ``first`` up to ``last`` stand in the text."""
        return self.words[first].start, self.words[last - 1].end
