"""Surnames that machine translation writes in small letters, because they are words: "said trump".

They are given their capital before the text is parsed, where nothing but a name can stand; one character
stays one character.
"""

from __future__ import annotations

import re
from functools import cache

from service.extraction.lexicon import lemma, load_list, person_nouns, reporting_verb
from service.extraction.people.spellings import fold
from service.extraction.people.words import is_given_name, is_title, name_words, nouns, place
from service.extraction.recasing import COMMON

_PAIR = re.compile(r"([A-Z][a-z]{2,14}) (?=([A-Za-z][a-z]{2,14})(?![\w’'-]))")
_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,15}(?![\w’'-])")
_LETTERS = re.compile(r"[a-z]{3,}")
_BREAK = re.compile(r"[^\w ’'-]| - ")
_AFTER = re.compile(r" ([a-z]+)")
LONGEST = 40
"""Code points before a word that are looked at."""
_GO_ON = frozenset(
    {"also", "and", "at", "during", "for", "from", "had", "has", "in", "is", "on", "or", "that", "to", "was"}
    | {"were", "when", "who", "will", "with", "would"}
)
"""What may stand after a name, and makes no name of a noun before it."""
_CREDITS = frozenset({("according", "to"), ("words", "of"), ("opinion", "of")})
_NO_SURNAME = ("ed", "ing", "ly")
"""Endings of verbs and adverbs."""

_AFTER_NAMES = frozenset(
    {"bey", "bhai", "chan", "designate", "elect", "emerita", "emeritus", "incumbent", "ji", "khan", "kun"}
    | {"saheb", "sahib", "sama", "san"}
)
"""What somebody is called, or is, after a name or a title: "the President emeritus", "Salman bhai"."""


def with_capitals(text: str) -> str:
    """Return ``text`` with the surnames among its words in capitals: "Donald trump", "said trump".

    That is a word after a given name, with or without a capital there, or after a title; it must say
    something by itself somewhere ("said burns", "“…”, burns wrote") or have a title ("Senator Richard burr").
    """
    known = _surnames(text)
    if not known:
        return text
    characters = list(text)
    for word in _WORD.finditer(text):
        if word[0] in known and _names(text, word):
            characters[word.start()] = text[word.start()].upper()
    return "".join(characters)


def _surnames(text: str) -> frozenset[str]:
    """Return, in small letters, the words that are somebody's surname in the text and stand there small."""
    small = frozenset(_LETTERS.findall(text))
    maybe, sure = set(), set()
    for pair in _PAIR.finditer(text):
        first, surname = pair[1].lower(), pair[2].lower()
        if surname in small and (_is_given(first) or is_title(first)) and _is_name(surname):
            maybe.add(surname)
            if pair[2] == surname and not surname.endswith("s") and _is_credited(text, pair, first):
                sure.add(surname)
    maybe -= sure
    if not maybe:
        return frozenset(sure)
    spoke = {
        found[0] for found in _WORD.finditer(text) if found[0] in maybe and _names(text, found, bare=True)
    }
    return frozenset(sure | spoke)


def _is_credited(text: str, pair: re.Match[str], first: str) -> bool:
    """Tell whether title and surname say something, or a title stands before given name and surname.

    Not "a Clinton appointee considered moderate", which is one of many.
    """
    after = _AFTER.match(text, pair.end(2))
    before = [word for word in _before(text, pair.start()) if word not in {"the", "US"}]
    if before[-1:] in (["a"], ["an"]):
        return False
    if (after is not None and _says(after[1])) or (len(before) == 1 and _says(before[0])):
        return after is None or _goes_on(after[1])
    lead = before[-1].lower() if before else ""
    titled = len(lead) > 1 and not is_title(first) and (is_title(lead) or lead in person_nouns())
    return titled and (after is None or _goes_on(after[1]) or lemma(after[1], "VBD") != after[1])


def _before(text: str, start: int) -> list[str]:
    """Return the words before a place, back to the sign before them and not far."""
    return _BREAK.split(text[max(0, start - LONGEST) : start])[-1].split()


def _is_given(word: str) -> bool:
    return is_given_name(fold(word)) and place(word) is None


def _is_name(word: str) -> bool:
    """Tell whether a word after a given name or a title is rather a surname than any other word."""
    acted = lemma(word, "VBD") != word and not word.endswith("s")
    if word.endswith(_NO_SURNAME) or acted or _says(word) or word in _AFTER_NAMES | name_words("particles"):
        return False
    return word not in _common() and word not in person_nouns() and word not in nouns("organisation")


@cache
def _common() -> frozenset[str]:
    return frozenset(load_list("common_words")[:COMMON])


def _goes_on(after: str) -> bool:
    """Tell whether a word after a noun leaves it alone: not the noun of "price rises", "trump card"."""
    return after in _GO_ON or _says(after)


def _names(text: str, word: re.Match[str], *, bare: bool = False) -> bool:
    """Tell whether a word in small letters stands where a name would, ``bare``: without another before it."""
    after = _AFTER.match(text, word.end())
    alone = after is None or _goes_on(after[1])
    before = _before(text, word.start())
    if not before:
        return after is not None and _says(after[1])
    last = before[-1].lower()
    if before[-1][0].isupper():
        return not bare and ((alone and is_title(last)) or _is_given(last))
    return alone and (_says(last) or tuple(map(str.lower, before[-2:])) in _CREDITS)


def _says(word: str) -> bool:
    """Tell whether a word is a form of a reporting verb that has an ending of its own: not "plan"."""
    lemmas = {lemma(word, tag) for tag in ("VBD", "VBZ")} - {word}
    return any(reporting_verb(base) is not None for base in lemmas)
