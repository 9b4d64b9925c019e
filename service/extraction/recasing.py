"""Paragraphs in capitals, written as the pipeline was trained to read them: "PRESIDENT KOVAL SAID THAT".

Wires and old scans set whole articles so. Words that the pipeline knows become small, names and unknown words
keep their first capital; one character stays one character.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import pairwise

from service.extraction.lexicon import lemma, reporting_verb
from service.extraction.models import Paragraph
from service.extraction.people.spellings import fold
from service.extraction.people.words import is_given_name, place

LEAST = 60
"""Fewest letters of a paragraph that is looked at: a label or a headline in capitals stays."""
SHARE = 0.9
"""Least share of its words that are in capitals."""

_WORD = re.compile(r"[A-Z][A-Z'’]*(?![a-z])")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:\A|[.!?:\n][\"'”’)]{0,2}\s{0,3}|[\"“‘(]\s?)\Z")
_WORDS_TOO = frozenset(
    [
        "bill",
        "carol",
        "chance",
        "christian",
        "dawn",
        "dean",
        "drew",
        "earl",
        "faith",
        "frank",
        "grace",
        "grant",
        "guy",
        "hope",
        "judge",
        "justice",
        "king",
        "lane",
        "long",
        "mark",
        "may",
        "miles",
        "mother",
        "pope",
        "prince",
        "royal",
        "river",
        "rose",
        "summer",
        "will",
        "winter",
        "young",
    ]
)
"""Given names that are words at least as often."""

_HONORIFICS = frozenset({"dame", "dr", "gov", "lord", "mr", "mrs", "ms", "rep", "sen", "sir"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_MONTHS = frozenset(
    ["january", "february", "april", "june", "july", "august", "september", "october", "november", "december"]
)


def recased(text: str, paragraphs: Iterable[Paragraph], known: Container[str]) -> str:
    """Return ``text`` with its paragraphs in capitals recased; ``known`` are words in small letters.

    Where the whole text is in capitals, so are its short paragraphs and its headings.
    """
    pieces: list[str] = []
    reached = 0
    surnames: frozenset[str] | None = None
    throughout = _is_capital(text)
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        said = text[start:end]
        if throughout or (paragraph.kind == "body" and _is_capital(said)):
            surnames = _surnames(text) if surnames is None else surnames
            pieces += [text[reached:start], _recased(said, known, surnames)]
            reached = end
    return "".join([*pieces, text[reached:]]) if pieces else text


def _is_capital(said: str) -> bool:
    """Tell whether a text is in capitals."""
    if said[:1].islower() or said[1:2].islower() or said[2:3].islower():
        return False
    if sum(map(str.isupper, said)) < LEAST:
        return False
    words = _ANY_WORD.findall(said)
    return sum(map(str.isupper, words)) >= SHARE * len(words)


def _surnames(text: str) -> frozenset[str]:
    """Return the words that follow a given name or "Mr" somewhere, in small letters."""
    found = set()
    for first, second in pairwise(_WORD.finditer(text)):
        named = first[0].lower() in _HONORIFICS or _is_given(first[0].lower())
        if named and first.end() + 2 > second.start() - (text[first.end()] == ".") and len(second[0]) > 3:
            found.add(second[0].lower())
    return frozenset(word for word in found if not _says(word))


def _recased(said: str, known: Container[str], surnames: Container[str]) -> str:
    words = list(_WORD.finditer(said))
    lowered = [word[0].lower() for word in words]
    kept = [word in surnames or word in _HONORIFICS or _is_name(word, known) for word in lowered]
    return _written(said, words, kept)


def _is_name(word: str, known: Container[str]) -> bool:
    if word in _DAYS or word in _MONTHS or place(word) is not None:
        return True
    return len(word) > 1 and (word not in known or _is_given(word))


def _is_given(word: str) -> bool:
    """Tell whether a word is rather a given name than the word that it may be as well: not "said", "will"."""
    plain = len(word) > 3 and word not in _WORDS_TOO and not _says(word)
    return plain and is_given_name(fold(word))


def _says(word: str) -> bool:
    return any(reporting_verb(lemma(word, tag)) is not None for tag in ("VBD", "VBZ"))


def _written(said: str, words: list[re.Match[str]], kept: list[bool]) -> str:
    characters = list(said)
    for word, keeps in zip(words, kept, strict=True):
        opens = _OPENS.search(said, max(0, word.start() - 6), word.start()) is not None
        first = word.start() + (keeps or opens or word[0] == "I")
        characters[first : word.end()] = said[first : word.end()].lower()
    return "".join(characters)
