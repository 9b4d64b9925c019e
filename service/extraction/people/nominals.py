"""Finds the noun phrases, besides names, that pronouns and later sources may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.extraction.lexicon import person_nouns
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import SUBJECTS, Page, Range
from service.extraction.people.phrases import phrase_around, with_complement
from service.extraction.people.words import nouns, singular

_SKIPPED = frozenset({"compound", "amod", "nmod", "attr", "npadvmod", "oprd", "dep"})
_NOBODY = frozenset({"DATE", "TIME", "LOC", "LAW", "LANGUAGE", "WORK_OF_ART", "MONEY", "QUANTITY", "PERCENT"})
"""What the name of something that is no body may be labelled."""


def find_nominals(page: Page, occurrences: Sequence[Occurrence]) -> Iterator[Range]:
    """Yield the phrases, complements included, that are built on a noun for a person, body or group."""
    named = {i for found in occurrences for i in range(found.first, found.end)}
    for i, tag in enumerate(page.tags):
        if i in named or page.deps[i] in _SKIPPED or page.kind(i) == "furniture":
            continue
        if not tag.startswith("NN") and not _of_those(page, i):
            continue
        if page.deps[i] == "pobj" and page.lower[page.heads[i]] == "as":
            continue  # "works as a nurse" says what somebody is
        if i + 1 < len(page) and (
            i + 1 in named or page.tags[i + 1].startswith("NN") or _introduces(page, i, named)
        ):
            continue
        if _worth(page, i, tag):
            first, end = phrase_around(page, i)
            if not named.intersection(range(max(first, i - 1), end)):
                yield with_complement(page, first, end)


def _introduces(page: Page, i: int, named: set[int]) -> bool:
    """Tell whether a comma and a name follow, titles between or not: "the driver, Mohammed Iqbal"."""
    if page.words[i + 1] != ",":
        return False
    for j in range(i + 2, min(i + 8, len(page))):
        if j in named:
            return page.heads[j] == i or page.deps[j] in {"appos", "compound"} or j == i + 2
        if not page.tags[j].startswith(("DT", "NN", "JJ")):
            return False
    return False


def _of_those(page: Page, i: int) -> bool:
    """Tell whether a word for some of a group begins its phrase: "Many of those who", "those whose"."""
    if page.lower[i] not in nouns("quantifiers") or not page.tags[i].startswith(("DT", "JJ", "CD")):
        return False
    beyond = i + 1 if page.lower[i] == "those" else i + 3
    those = beyond == i + 1 or page.lower[i + 1 : beyond] == ["of", "those"]
    return those and page.lower[beyond : beyond + 1] in (["who"], ["whose"])


def _worth(page: Page, i: int, tag: str) -> bool:
    """Tell whether the noun can speak or be "he", "it" or "they"."""
    lower = page.lower[i]
    noun = singular(lower)
    subject = page.deps[i] in SUBJECTS
    if not tag.startswith("NN"):
        return subject
    if tag == "NN":
        return noun in person_nouns() or (
            subject and (noun in nouns("organisation") or noun in nouns("group"))
        )
    if tag in {"NNP", "NNPS"}:
        return subject and page.labels[i] not in _NOBODY
    return subject and page.words[i][0].isalpha()
