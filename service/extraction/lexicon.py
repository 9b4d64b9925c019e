"""The words that extraction knows: reporting verbs with their modes, reporting nouns, verb forms.

The words live in ``data/*.txt``, one entry a line; ``#`` starts a comment. A word list has the entry alone
on its line, a table has ``key: value, value``. Data files are read once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from service.extraction.models import Mode

VOWELS = frozenset("aeiou")
SILENT_E = (
    "c",
    "v",
    "u",
    "dg",
    "rg",
    "ng",
    "ag",
    "ls",
    "rs",
    "ns",
    "eas",
    "aus",
    "ais",
    "at",
    "iz",
    "uir",
    "bl",
    "dl",
    "fl",
    "gl",
    "kl",
    "pl",
    "tl",
    "ttl",
    "iev",
    "ur",
    "os",
    "us",
    "id",
    "ud",
    "ot",
    "ut",
)
"""How a stem ends that has lost a silent e: not(e)d is told apart by length, announc(e)d by spelling."""
MAX_FORM = 30
"""Longest word form, in code points, that can be a verb we know: longer ones are left as they are."""

COPULAS = frozenset({"are", "is", "was", "were"})
"""Finite forms of "to be" that are spelt out."""

SUBJECT_PRONOUNS = frozenset({"he", "i", "she", "they", "we"})
"""Pronouns that can only be a subject."""

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"})
"""Pronouns of whoever is speaking."""

ADDRESSING = frozenset(
    {
        f"{verb}{ending}"
        for verb in ("ask", "remind", "warn", "assure", "inform")
        for ending in ("", "s", "ed", "ing")
    }
    | {"tell", "tells", "told", "telling", "promise", "promises", "promised", "promising"}
)
"""Forms of verbs whose object may be the hearer: 'told reporters "A"', "A, she reminded the chamber"."""

DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

VERSUS = frozenset({"v", "v.", "vs", "vs.", "versus"})
"""What stands between two opponents, either of whom may be meant."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a word reports: its mode, and the frames in which what it governs is reported.

    The frames are listed in ``data/reporting_verbs.txt``; "quote" alone means that the word takes nothing
    but words in quotation marks.
    """

    mode: Mode
    frames: frozenset[str]


def _lines(name: str) -> Iterator[str]:
    text = files("service.extraction").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return (line for line in lines if line)


@cache
def load_words(name: str) -> frozenset[str]:
    """Return the entries of the word list ``data/{name}.txt`` (FileNotFoundError when there is none)."""
    return frozenset(_lines(name))


@cache
def load_list(name: str) -> tuple[str, ...]:
    """Return the entries of the list ``data/{name}.txt`` in the file's order, which means something."""
    return tuple(_lines(name))


@cache
def load_table(name: str) -> MappingProxyType[str, tuple[str, ...]]:
    """Return the table ``data/{name}.txt``: key to values (ValueError when a key is listed twice)."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        key, _, values = line.partition(":")
        found = tuple(value.strip() for value in values.split(",") if value.strip())
        if key.strip() in table:
            raise ValueError(f"{name}.txt lists {key.strip()!r} twice")
        table[key.strip()] = found
    return MappingProxyType(table)


@cache
def person_nouns() -> frozenset[str]:
    """Return the nouns for one person in a role or relation, in the singular."""
    return frozenset(noun for nouns in load_table("person_nouns").values() for noun in nouns)


@cache
def given_names() -> frozenset[str]:
    """Return the known given names, in small letters."""
    return frozenset(name for names in load_table("given_names").values() for name in names)


@cache
def load_reporting(name: str) -> MappingProxyType[str, Reporting]:
    """Return the table ``data/{name}.txt`` of reporting words: each line's first value is the mode."""
    rows = load_table(name).items()
    return MappingProxyType({key: Reporting(cast(Mode, row[0]), frozenset(row[1:])) for key, row in rows})


@cache
def _irregular() -> MappingProxyType[str, str]:
    table = load_table("irregular_verbs")
    return MappingProxyType({form: lemma for lemma, forms in table.items() for form in forms})


def _stems(form: str) -> Iterator[str]:
    """Yield what a regular form may be made from, the likeliest first.

    Handles: says, watches, cries; added, noted, planned, cried; saying, noting, planning; died.
    """
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            if ending in {"ied", "ies"}:
                yield from (stem + "ie", stem + "y") if len(stem) == 1 else (stem + "y", stem + "ie")
            elif ending == "s":
                yield stem
            elif ending == "es":
                yield from _plain_or_silent_e(stem, bare=stem.endswith(("ss", "x", "zz", "ch", "sh", "o")))
            else:
                yield from _plain_or_silent_e(stem, bare=not stem.endswith(SILENT_E) and not _short(stem))
            return


def _plain_or_silent_e(stem: str, *, bare: bool) -> Iterator[str]:
    doubled = len(stem) > 3 and stem[-1] == stem[-2]
    if doubled and stem[-1] not in "aeioulsz":
        yield stem[:-1]
    yield from (stem, stem + "e") if bare else (stem + "e", stem)
    if doubled:
        yield stem[:-1]


def _short(stem: str) -> bool:
    """Tell whether one vowel and one consonant end the stem and no vowel comes before: "not(e)", "hop(e)"."""
    return (
        len(stem) > 1
        and stem[-1] not in VOWELS | set("wxy")
        and stem[-2] in VOWELS
        and not VOWELS.intersection(stem[:-2])
    )


@lru_cache(maxsize=16_384)
def lemma(form: str, tag: str) -> str:
    """Return the base form of a verb (``tag`` begins with VB or is MD), or of a plural noun (NNS, NNPS).

    Irregular forms come from a table. Of the bases that a regular form could have, one that is a known
    reporting verb or noun wins, else the likeliest by spelling. Words of other tags are only lowered.
    """
    word = form.lower().replace("’", "'")
    if len(word) > MAX_FORM or not tag.startswith(("VB", "NNS", "NNPS", "MD")):
        return word
    known = load_table("reporting_verbs" if tag.startswith("VB") else "reporting_nouns")
    if tag.startswith("VB") and word in _irregular():
        return _irregular()[word]
    if word in known or tag in {"VB", "VBP", "MD"}:
        return word
    stems = [*_stems(word)]
    return next((stem for stem in stems if stem in known), stems[0] if stems else word)


def reporting_verb(base: str) -> Reporting | None:
    """Return how the verb with this lemma reports, None when it does not."""
    return load_reporting("reporting_verbs").get(base)


def phrasal_verb(base: str, word: str) -> Reporting | None:
    """Return how the verb reports together with a particle or preposition: "point" with "out"."""
    return load_reporting("phrasal_verbs").get(f"{base} {word}")


def reporting_noun(base: str) -> Reporting | None:
    """Return how the noun with this (singular) lemma reports, None when it does not."""
    return load_reporting("reporting_nouns").get(base)


@cache
def said_or_held() -> frozenset[str]:
    """Return the nouns for what somebody says or holds, in singular and plural: "warning", "mottos"."""
    held = load_table("body_nouns")
    nouns = {*load_reporting("reporting_nouns"), *held["words of somebody"], *held["held by somebody"]}
    return frozenset({*nouns, *(f"{noun}s" for noun in nouns)})
