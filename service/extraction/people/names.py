"""Names of people taken apart, and told to be one person's or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.extraction.people.spellings import KEYED, NEAR, SAME, UNLIKE, declined, fold, likeness
from service.extraction.people.words import given_name_gender, is_given_name, is_variant, name_words

_NICKNAME = re.compile(r"""["“”(']+([^"“”()']+)["“”)']+""")
_ARTICLE = re.compile(r"\b(?:[AEU]l|A[dnrstz])[-‐‑–](?=\w)", re.IGNORECASE)
"""The Arabic article, joined to a name: al-Sisi, El-Sayegh, Ash-Shami's "Ash" left alone."""
_SPLIT = re.compile(r"[\s\-‐‑–]+")
_JOINED = re.compile(r"^\w+ \w{2,5}[-‐‑]\w{2,5}$")
"""A surname and two syllables of a given name: Kim Tae-joon, Tsai Ing-wen."""
_JOINED_GIVEN = re.compile(r"([A-Z][a-z]+)[A-Z][a-z]+ ")
"""Two given names written as one: "RoseAnn"."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}[^\W\d_]?|[A-Z]\.?|[B-DF-HJ-NP-TV-Z]{2}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the article writes it, without titles: ``text``, and its folded ``parts`` to compare.

    ``parts`` leaves out particles ("van"), suffixes ("Jr.") and nicknames; initials are single letters.
    """

    text: str
    parts: tuple[str, ...]
    nickname: str | None = None
    suffix: str | None = None

    @property
    def last(self) -> str:
        """The folded surname, or the only name."""
        return self.parts[-1]

    @property
    def given(self) -> str | None:
        """The folded first of several names."""
        return self.parts[0] if len(self.parts) > 1 else None


_HYPHENED = re.compile(r"(?<=[a-z]-)[a-z]{2,3}$")
"""What ends a name after a hyphen: "Lai Ching-te", where it is no particle."""


def parse_name(text: str) -> Name | None:
    """Take apart a name without titles; None when no name is left.

    Handles: Bill de Blasio, Ohad Zur, Abdel Fattah al-Sisi, J.K. Rowling, Robert C. "Bobby" Scott, Martin
    Luther King Jr., Doris Crouse-Mays, Ama Osei KC, O’Neill’s.
    """
    text = re.sub(r"['’]s?$", "", " ".join(text.split()).strip(" ,;:"))
    nickname = _NICKNAME.search(text)
    plain = _NICKNAME.sub(" ", text) if nickname and nickname.start() else text
    parts: list[str] = []
    suffix: str | None = None
    kept: list[str] = []
    plain = _ARTICLE.sub("", plain)
    words = [raw for raw in _SPLIT.split(plain.replace(",", " ")) if raw]
    hyphened = set(_HYPHENED.findall(plain))
    for raw in words:
        word = fold(raw)
        if not word:
            continue
        if parts and word in name_words("suffixes"):
            suffix = word
        elif parts and word in name_words("letters after a name") and raw.isupper():
            kept.append(raw)
        elif _INITIALS.fullmatch(raw):
            parts.extend(word)
        elif (
            not _is_particle(raw, word)
            or raw in hyphened
            or (len(words) == 2 and raw is words[1] and raw[0].isupper())
        ):
            parts.append(word)
    if not parts or all(len(part) == 1 for part in parts):
        return None
    for raw in kept:
        text = re.sub(rf"[,\s]+{re.escape(raw)}\b", "", text)
    return Name(text, tuple(parts), fold(nickname[1]) if nickname and nickname.start() else None, suffix)


def _is_particle(raw: str, word: str) -> bool:
    """Tell whether a word of a name is a particle; "Al" with a capital is Al Gore's."""
    return word in name_words("particles") and not (raw == "Al" or raw.isupper())


def agree(first: Name, second: Name) -> int:
    """Return how surely two names of several parts are one person's: SAME, KEYED, NEAR, or UNLIKE.

    Given names agree as equals, as initial, as short form or nickname, or by spelling; surnames by spelling,
    after one and the same given name in whatever gender or case.
    Middle initials and suffixes must not contradict each other (George W., George H.W.).
    """
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return UNLIKE
    if first.parts == second.parts:
        return SAME
    if _part_of(first.parts, second.parts) or sorted(first.parts) == sorted(second.parts):
        return SAME
    one = first.given == second.given and declined(first.last, second.last) and len(first.parts[0]) > 1
    surname = KEYED if one else likeness(first.last, second.last)
    given = same_given(first, second)
    if UNLIKE in {surname, given} or (surname, given) == (NEAR, NEAR) or _middles_differ(first, second):
        return UNLIKE
    return min(surname, given)


def name_gender(name: Name) -> str | None:
    """Return the gender that the given name, or the nickname, tells.

    Handles: Ana Petkanova, T. Maria Fox, RoseAnn Lee, Kim Bo-ra and Zhao Mingyu (the surname first).
    """
    if name.given is None:
        return None
    if surname_first(name):
        return given_name_gender("".join(name.parts[1:])) or given_name_gender(name.last)
    given = next((part for part in name.parts[:-1] if len(part) > 1), "")
    joined = _JOINED_GIVEN.match(name.text)
    known = given_name_gender(given) or (given_name_gender(fold(joined[1])) if joined else None)
    return known or (given_name_gender(name.nickname) if name.nickname else None)


def surname_first(name: Name) -> bool:
    """Tell whether the surname is the first part: by the word itself, or the joined given name after it."""
    if len(name.parts) > 3 or name.given is None:
        return False
    if len(name.parts) == 3 and _JOINED.search(name.text):
        return True
    western = is_given_name(name.given) and (len(name.parts) < 3 or any(map(is_given_name, name.parts[1:])))
    return name.given in name_words("surname first") and not western


def _part_of(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether the shorter of two names of two parts or more stands whole at an edge of the longer."""
    short, long = sorted((tuple(first), tuple(second)), key=len)
    size = len(short)
    return 1 < size < len(long) and short in {long[:size], long[-size:]} and len(short[0]) > 1


def same_given(first: Name, second: Name) -> int:
    """Return how alike the given names of two names are, nicknames counted."""
    mine = [part for part in (first.given, first.nickname) if part]
    yours = [part for part in (second.given, second.nickname) if part]
    best = max((_given_likeness(a, b) for a in mine for b in yours), default=UNLIKE)
    if best == UNLIKE and first.given and second.given:
        best = max(_by_middle(first, second), _by_middle(second, first))
    return best


def _by_middle(first: Name, second: Name) -> int:
    """Compare the name that follows an initial, as in F. Scott Fitzgerald, with the other's given name."""
    middle = first.parts[1] if len(first.parts) > 2 else ""
    return SAME if len(first.parts[0]) == 1 and len(middle) > 1 and middle == second.given else UNLIKE


def _given_likeness(first: str, second: str) -> int:
    if 1 in {len(first), len(second)}:
        return SAME if first[0] == second[0] else UNLIKE
    return KEYED if first != second and is_variant(first, second) else likeness(first, second)


def _middles_differ(first: Name, second: Name) -> bool:
    """Tell whether both have middle names and they are not the same: George W. is not George H. W."""
    mine, yours = first.parts[1:-1], second.parts[1:-1]
    if not mine or not yours or any(len(part) > 1 and part in yours for part in mine):
        return False
    return [part[0] for part in mine] != [part[0] for part in yours]
