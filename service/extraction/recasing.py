"""Text without small letters or without capitals, written as the pipeline was trained to read it.

Wires and old scans set whole articles in capitals ("PRESIDENT KOVAL SAID THAT"), some transcripts have none
at all. Words that are written in small letters elsewhere become small, names and unknown words begin with
a capital; one character stays one character.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.extraction.lexicon import DAYS, lemma, load_list, load_words, reporting_verb
from service.extraction.models import Paragraph
from service.extraction.people.spellings import fold
from service.extraction.people.words import is_given_name, is_title, place

LEAST = 60
"""Fewest letters of a paragraph that is looked at: a label or a headline in capitals stays."""
FEW = 200
"""Small letters for each capital of a text that is still one in small letters."""
SHARE = 0.9
"""Least share of its words that are in capitals."""

LONGEST_INITIALS = 5
"""Most letters of a word that may be initials: "NATO"."""
COMMON = 3_600
"""How many of the commonest words are nobody's surname, whatever stands before them."""

_WORD = re.compile(r"[A-Z][A-Z'’]*(?![a-z])")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:\A|[.!?:\n][\"'”’)]{0,2}\s{0,3}|[“‘(]\s?|\")\Z")
_CONTRACTED = re.compile(r"(?:(?:\bca|\bwo)?n['’]t|['’](?:s|d|m|ll|re|ve))$|['’]$")
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers", "ness")
_SHORTENED = re.compile(r"(?:\b[A-Z]|\b(?:DR|GEN|GOV|JR|LT|MR|MRS|MS|REP|SEN|SGT|SR|ST|VS))\.\s{0,3}\Z")
"""What ends in a full stop that ends no sentence."""

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
_BODIES = frozenset(
    [
        "association",
        "college",
        "commission",
        "committee",
        "council",
        "county",
        "court",
        "department",
        "foundation",
        "institute",
        "journal",
        "ministry",
        "news",
        "party",
        "post",
        "school",
        "times",
        "union",
        "university",
    ]
)
"""What a name goes on with: "Ruritania Times", "Strelsau County Council"."""
_MONTHS = frozenset(
    ["january", "february", "april", "june", "july", "august", "september", "october", "november", "december"]
)


@dataclass(frozen=True, slots=True)
class Casing:
    """How words are written, by their forms in small letters: small, or as initials."""

    small: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()


def recased(text: str, paragraphs: Iterable[Paragraph], known: Casing) -> str:
    """Return ``text`` with what has no small letters, or no capitals, recased as ``known`` writes words.

    That is each paragraph of the body in capitals. Where the whole text is in capitals, so are its short
    paragraphs and its headings, and where it is all in small letters, each of its paragraphs.
    """
    pieces: list[str] = []
    reached = 0
    surnames: frozenset[str] | None = None
    small = _is_small(text)
    throughout = small or _is_capital(text)
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        said = text[start:end]
        if throughout or (paragraph.kind == "body" and _is_capital(said)):
            surnames = _surnames(_raised(text) if small else text) if surnames is None else surnames
            pieces += [text[reached:start], _recased(_raised(said) if small else said, known, surnames)]
            reached = end
    return "".join([*pieces, text[reached:]]) if pieces else text


def _is_small(text: str) -> bool:
    """Tell whether a text has no capitals, or hardly any: a text as people write it has one in 25 letters."""
    small = sum(map(str.islower, text))
    return small >= max(LEAST, FEW * sum(map(str.isupper, text)))


def _raised(said: str) -> str:
    """Return the text in capitals, a character for a character."""
    return "".join(letter if len(letter) == 1 else small for small in said if (letter := small.upper()))


def _is_capital(said: str) -> bool:
    """Tell whether a text is in capitals."""
    if said[:1].islower() or said[1:2].islower() or said[2:3].islower():
        return False
    if sum(map(str.isupper, said)) < LEAST:
        return False
    words = _ANY_WORD.findall(said)
    return sum(map(str.isupper, words)) >= SHARE * len(words)


def casing(vocabulary: Iterable[str]) -> Casing:
    """Return how a vocabulary writes its words, those in small letters that are common added."""
    every = frozenset(filter(str.isalpha, vocabulary))
    common = load_words("common_words")
    small = {word for word in every if word.islower() and word.capitalize() not in every}
    short = (word for word in every if word.isupper() and 2 <= len(word) <= LONGEST_INITIALS)
    whole = {word.lower() for word in short if word.capitalize() not in every} - common
    return Casing((common | small) - whole, frozenset(whole))


def _surnames(text: str) -> frozenset[str]:
    """Return the words that follow a given name or "Mr" somewhere, in small letters."""
    found = set()
    for first, second in pairwise(_WORD.finditer(text)):
        named = first[0].lower() in _HONORIFICS or _is_given(first[0].lower())
        if named and first.end() + 2 > second.start() - (text[first.end()] == ".") and len(second[0]) > 3:
            found.add(second[0].lower())
    common = load_list("common_words")[:COMMON]
    return frozenset(word for word in found.difference(common) if not _says(word))


def _recased(said: str, known: Casing, surnames: Container[str]) -> str:
    words = list(_WORD.finditer(said))
    lowered = [word[0].lower() for word in words]
    kept = [word in surnames or word in _HONORIFICS or _is_name(word, known) for word in lowered]
    for i, pair in enumerate(pairwise(lowered)):
        if place(" ".join(pair)) is not None:
            kept[i : i + 2] = True, True
        kept[i] = kept[i] or (kept[i + 1] and is_title(pair[0]))
        kept[i + 1] = kept[i + 1] or (kept[i] and pair[1] in _BODIES)
    whole = [word in known.initials for word in lowered]
    return _written(said, words, kept, whole)


def _is_name(word: str, known: Casing) -> bool:
    stem = _CONTRACTED.sub("", word)
    if stem in DAYS or stem in _MONTHS or (len(stem) > 3 and place(stem) is not None):
        return True
    return len(stem) > 1 and (not _is_small_form(stem, known.small) or _is_given(stem))


def _is_small_form(word: str, small: Container[str]) -> bool:
    """Tell whether a word, or what it is a form of, is written in small letters: "chalks", "bristled"."""
    stems = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
    return any(stem in small or f"{stem}e" in small for stem in stems if len(stem) > 2 or stem == word)


def _is_given(word: str) -> bool:
    """Tell whether a word is rather a given name than the word that it may be as well: not "said", "will"."""
    plain = (len(word) > 3 or word not in load_words("common_words")) and word not in _WORDS_TOO
    plain = plain and not _says(word)
    return plain and is_given_name(fold(word))


def _says(word: str) -> bool:
    return any(reporting_verb(lemma(word, tag)) is not None for tag in ("VBD", "VBZ"))


def _written(said: str, words: Sequence[re.Match[str]], kept: Sequence[bool], whole: Sequence[bool]) -> str:
    characters = list(said)
    for word, keeps, stays in zip(words, kept, whole, strict=True):
        if stays:
            continue
        before = max(0, word.start() - 6), word.start()
        opens = _OPENS.search(said, *before) is not None and _SHORTENED.search(said, *before) is None
        letter = word[0] == "I" or (len(word[0]) == 1 and said[word.end() : word.end() + 1] == ".")
        first = word.start() + (keeps or opens or letter)
        characters[first : word.end()] = said[first : word.end()].lower()
    return "".join(characters)
