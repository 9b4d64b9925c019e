"""The network's words: lemmas that training saw often or that the lexicon lists, and every form of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from service.extraction import lexicon
from service.extraction.learned.alphabet import Bools, Floats, Ints, Vocabulary

MODES = ("speech", "writing", "thought")


@dataclass(frozen=True)
class Words:
    """The vocabulary, what the lexicon says of each word, how often it was seen, and which may be cues."""

    vocabulary: Vocabulary
    lexicon: Floats
    seen: Ints
    cues: Bools


def lemma(form: str, tag: str) -> str:
    """Return the lemma of a verb, a modal or a plural; other words are their own."""
    return lexicon.lemma(form, tag) if tag.startswith(("VB", "MD", "NNS", "NNPS")) else form


def build(tokens: Iterable[tuple[str, str]], *, least: int = 4) -> Words:
    """Return the words of a corpus, given as pairs of lower-case form and tag; no word is a cue yet."""
    forms: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for form, tag in tokens:
        base = lemma(form, tag)
        counts[base] += 1
        forms[form, tag.startswith("VB")][base] += 1
    listed = {*lexicon.load_table("reporting_verbs"), *lexicon.load_table("reporting_nouns")}
    often = {base for base, count in counts.items() if count >= least}
    lemmas = sorted(often | listed, key=lambda base: (-counts[base], base))
    number = {base: 1 + place for place, base in enumerate(lemmas)}
    table = {key: number[base] for key, base in _listed_forms()}
    for key, bases in forms.items():
        base = min(bases, key=lambda b: (-bases[b], b))
        if base in number:
            table[key] = number[base]
    keys = np.array([Vocabulary.key(form, verb=verb) for form, verb in table], np.uint64)
    order = np.argsort(keys)
    numbers = np.array(list(table.values()), np.int64)
    seen = np.array([0, *(counts[base] for base in lemmas)])
    cues = np.zeros(len(lemmas) + 1, np.bool_)
    return Words(Vocabulary(keys[order], numbers[order]), _lexicon(lemmas), seen, cues)


def _listed_forms() -> Iterator[tuple[tuple[str, bool], str]]:
    """Yield every form of the lexicon's verbs and nouns."""
    for base in sorted(lexicon.load_table("reporting_verbs")):
        for form in _verb_forms(base):
            yield (form, True), base
    for base in sorted(lexicon.load_table("reporting_nouns")):
        yield (base, False), base
        yield (base + "s", False), base


def _verb_forms(base: str) -> set[str]:
    endings = {"", "s", "es", "ed", "d", "ing", base[-1] + "ed", base[-1] + "ing"}
    possible = {base + ending for ending in endings} | {base[:-1] + "ing"}
    if base.endswith("y"):
        possible |= {base[:-1] + "ied", base[:-1] + "ies"}
    possible |= set(lexicon.load_table("irregular_verbs").get(base, ()))
    tags = ("VBD", "VBZ", "VBG")
    return {
        form for form in possible if form == base or any(lexicon.lemma(form, tag) == base for tag in tags)
    }


def _lexicon(lemmas: Iterable[str]) -> Floats:
    """Return a row a word, that of the unknown word first: how it reports as a verb and as a noun."""
    tables = [lexicon.load_reporting(name) for name in ("reporting_verbs", "reporting_nouns")]
    frames = sorted({frame for table in tables for entry in table.values() for frame in entry.frames})
    width = 1 + len(MODES) + len(frames)
    rows = [np.zeros(2 * width, np.float32)]
    for base in lemmas:
        row = np.zeros((2, width), np.float32)
        for half, table in zip(row, tables, strict=True):
            entry = table.get(base)
            if entry is not None:
                half[0] = half[1 + MODES.index(entry.mode)] = 1
                for frame in entry.frames:
                    half[1 + len(MODES) + frames.index(frame)] = 1
        rows.append(row.ravel())
    return np.stack(rows)
