"""Finds the names of people in an article: named entities repaired, titles, given names, appositions, turns.

A find is a range of tokens without titles. Names of several words define people; single ones are looked up
among them later. What the pipeline labels PERSON is evidence, not truth: "Trump" is often an ORG to it, and
a heading's "Obama Says" a PERSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.extraction.people.names import Name, parse_name
from service.extraction.people.page import Page
from service.extraction.people.spellings import fold
from service.extraction.people.words import is_given_name, is_title, name_words, person_nouns, place, titles

LONGEST = 7
"""Tokens of a name at most, hyphens and particles counted."""

NO_PERSON = frozenset({"GPE", "LOC", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW", "LANGUAGE", "NORP"})
HYPHENS = frozenset("-‐‑–")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.]*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.){1,4}|[A-Z]\.?")


@dataclass(frozen=True, slots=True)
class Find:
    """A name on the page: tokens ``[start, end)``, and what gave it away."""

    start: int
    end: int
    name: Name
    evidence: str
    """entity, title, given, apposition or turn"""


def find_names(page: Page) -> list[Find]:
    """Return the names of people on the page in text order; of overlapping ones the first found."""
    found: list[Find] = []
    taken = [False] * len(page)
    for start, end, evidence in _ranges(page):
        if any(taken[start:end]):
            continue
        name = parse_name(page.slice(start, end))
        if name is not None and _plausible(page, start, end, name, evidence):
            found.append(Find(start, end, name, evidence))
            taken[start:end] = [True] * (end - start)
    return sorted(found, key=lambda find: find.start)


def _ranges(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield possible names, the surest evidence first."""
    yield from _nicknamed(page)
    for entity in page.entities:
        if entity.label == "PERSON":
            start, end = trim(page, entity.start, entity.end)
            if start < end:
                yield (*_extended(page, start, end), "entity")
    yield from _titled(page)
    yield from _turns(page)
    yield from _by_given_name(page)
    yield from _in_apposition(page)


def is_name_word(page: Page, i: int) -> bool:
    """Tell whether a token can be a part of a name: a capital, and no word that never is one."""
    word = page.words[i]
    return (
        word[0].isupper()
        and _NAME_WORD.fullmatch(word) is not None
        and page.lower[i] not in name_words("not names")
    )


def is_initial(word: str) -> bool:
    """Tell whether a token is an initial or several: "J.", "J.K."."""
    return _INITIAL.fullmatch(word) is not None and word not in {"I", "A"}


def trim(page: Page, start: int, end: int) -> tuple[int, int]:
    """Cut titles, roles and debris off both ends: "Spokesperson Ned Price", "Obama Says", "Biden’s"."""
    for i in range(start, end):
        if "\n" in page.words[i]:
            end = i
            break
    while end > start and (not is_name_word(page, end - 1) or _debris(page, start, end)):
        end -= 1
    while start < end and (not is_name_word(page, start) or _introduces(page, start, end)):
        start += 1
    return start, end


def _debris(page: Page, start: int, end: int) -> bool:
    """Tell whether the last word ends no name: a headline's verb, a suffix cut off from its name."""
    return end - start > 1 and page.lower[end - 1] in name_words("never surnames") - name_words("suffixes")


def _introduces(page: Page, start: int, end: int) -> bool:
    """Tell whether the first word is a title, or a role before two more words: "Midfielder Jordan Ayew"."""
    lower, rest = page.lower[start], end - start - 1
    if not rest or is_given_name(fold(lower)) > lower.endswith("."):
        return False
    if is_title(lower) or page.tags[start].startswith("JJ"):
        return True
    return rest > 1 and (lower in person_nouns() or page.labels[start] in {"NORP", "GPE"})


def _extended(page: Page, start: int, end: int) -> tuple[int, int]:
    """Take in what the pipeline cut off: hyphens, particles, suffixes, a given name's surname."""
    while True:
        before = start, end
        end = _further_right(page, start, end)
        start = _further_left(page, start, end)
        if (start, end) == before or end - start >= LONGEST:
            return start, end


def _further_right(page: Page, start: int, end: int) -> int:
    if end >= len(page):
        return end
    word, lower = page.words[end], page.lower[end]
    follows = end + 1 < len(page) and is_name_word(page, end + 1)
    if word in HYPHENS and page.glued(end) and follows and page.glued(end + 1):
        return end + 2
    if lower.rstrip(".") in name_words("suffixes") and not page.glued(end):
        return end + 1
    if lower in name_words("particles") and word.islower() and follows and page.lower[end + 1] != "i":
        return end + 2 if lower != "e" and lower != "y" else end
    single = end - start == 1 and is_given_name(fold(page.words[start]))
    if single and _is_surname(page, end) and page.labels[end] not in NO_PERSON | {"ORG"}:
        return end + 1
    return end


def _further_left(page: Page, start: int, end: int) -> int:
    if start == 0:
        return start
    word = page.words[start - 1]
    if page.sentences[start - 1] != page.sentences[start]:
        return start
    if word in HYPHENS and page.glued(start) and page.glued(start - 1) and is_name_word(page, start - 2):
        return start - 2
    if page.lower[start - 1] in name_words("particles") and page.labels[start - 1] in {"", "PERSON"}:
        named = start > 1 and is_name_word(page, start - 2) and is_given_name(fold(page.words[start - 2]))
        return start - 2 if named else start - 1 if word[0].isupper() and word != "The" else start
    given = (
        is_name_word(page, start - 1) and is_given_name(fold(word)) and not is_title(page.lower[start - 1])
    )
    if (
        (given or is_initial(word))
        and page.labels[start - 1] in {"", "PERSON"}
        and page.tags[start - 1] == "NNP"
    ):
        return start - 1
    return start


def _is_surname(page: Page, i: int) -> bool:
    """Tell whether the token can follow a given name."""
    return (
        i < len(page)
        and is_name_word(page, i)
        and page.tags[i] in {"NNP", "NNPS"}
        and page.lower[i] not in name_words("never surnames")
        and page.sentences[i] == page.sentences[i - 1]
    )


def _titled(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the names after titles: "Mr. Clarke", "Sen. Ted Cruz", "DCI Shah", "Sir Keir Starmer"."""
    for i, lower in enumerate(page.lower[:-1]):
        if not page.words[i][0].isupper() or not is_title(lower) or is_title(page.lower[i + 1]):
            continue
        end = i + 1
        while end < len(page) and end - i <= 4 and _joins(page, i + 1, end):
            end += 1
        start, end = trim(page, i + 1, end)
        if start == i + 1 and start < end:
            strict = lower.rstrip(".") in titles("office") and page.labels[start] in NO_PERSON | {"ORG"}
            if not (strict and end - start == 1):
                yield (*_extended(page, start, end), "title")


def _joins(page: Page, start: int, i: int) -> bool:
    """Tell whether token ``i`` goes on a name begun at ``start``."""
    if page.sentences[i] != page.sentences[start]:
        return False
    if is_initial(page.words[i]):
        return True
    return (
        is_name_word(page, i)
        and page.tags[i] in {"NNP", "NNPS"}
        and page.lower[i] not in name_words("never surnames")
    )


def _turns(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the labels of a transcript's turns: "PENCE:", "Jane Doe:" at the head of a paragraph."""
    for i in range(len(page)):
        if page.paragraphs[i] < 0 or (i and page.paragraphs[i - 1] == page.paragraphs[i]):
            continue
        end = i
        while end < len(page) and end - i < 6 and (is_name_word(page, end) or is_initial(page.words[end])):
            end += 1
        if i < end < len(page) and page.words[end] == ":":
            start, end = trim(page, i, end)
            known = all(is_given_name(fold(page.words[j])) for j in range(start, min(end, start + 1)))
            if start < end and (page.words[start].isupper() or (known and end - start > 1)):
                yield start, end, "turn"


def _by_given_name(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield what begins with a known given name though the pipeline calls it something else."""
    for i in range(len(page) - 1):
        if not page.words[i][0].isupper() or page.tags[i] not in {"NNP", "NNPS"}:
            continue
        if page.labels[i] in NO_PERSON or not is_given_name(fold(page.words[i])) or not is_name_word(page, i):
            continue
        if i and page.tags[i - 1] == "NNP" and page.labels[i - 1] == "ORG" == page.labels[i]:
            continue
        end = i + 1
        while end < len(page) and end - i < 4 and (is_initial(page.words[end]) or _is_surname(page, end)):
            end += 1
        after = page.lower[end] if end < len(page) else ""
        if 2 <= end - i <= 3 and after not in name_words("never surnames") | {"&"}:
            yield (*_extended(page, i, end), "given")


def _in_apposition(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield capitalised words that a role or an age follows: "Elez Biberaj, the director of", "Oz Dag, 34,"."""
    for comma in range(2, len(page) - 2):
        if page.words[comma] != "," or page.tags[comma - 1] != "NNP":
            continue
        start = comma
        while (
            start > 0
            and comma - start < 4
            and page.tags[start - 1] == "NNP"
            and is_name_word(page, start - 1)
        ):
            start -= 1
        start, end = trim(page, start, comma)
        if end == comma and 2 <= end - start <= 3 and _describes(page, comma + 1):
            yield start, end, "apposition"


def _describes(page: Page, i: int) -> bool:
    """Tell whether an age, "who", or a role begins at token ``i``."""
    if page.lower[i] == "who" or (
        page.words[i].isdigit() and len(page.words[i]) == 2 and page.words[i + 1] in {",", "."}
    ):
        return True
    for j in range(i, min(i + 6, len(page))):
        if page.lower[j] in person_nouns() and page.words[j].islower():
            return True
        if not page.tags[j].startswith(("DT", "JJ", "NN", "VBN", "RB", "HYPH")):
            return False
    return False


def _nicknamed(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield names with a nickname in marks: Robert C. "Bobby" Scott."""
    for i in range(1, len(page) - 3):
        if page.words[i] not in {'"', "'", "(", "''", "``"} or page.words[i + 2] not in {'"', "'", ")", "''"}:
            continue
        names = (i - 1, i + 1, i + 3)
        if not all(is_name_word(page, j) or is_initial(page.words[j]) for j in names):
            continue
        start = i - 2 if i > 1 and is_initial(page.words[i - 1]) and is_name_word(page, i - 2) else i - 1
        if is_given_name(fold(page.words[start])):
            yield (*trim(page, start, i + 4), "entity")


def _plausible(page: Page, start: int, end: int, name: Name, evidence: str) -> bool:
    """Tell whether a find can be a person's name at all."""
    last = fold(page.words[end - 1])
    if end - start > LONGEST or (len(name.parts) > 1 and last in name_words("never surnames")):
        return False
    if place(name.text.lower()) and evidence != "title":
        return False
    if len(name.parts) == 1:
        compound = page.deps[end - 1] == "compound" and page.heads[end - 1] >= end
        return not (evidence == "entity" and compound and page.heads[end - 1] - end < 3)
    return True
