"""Tags, dependencies, word forms and kinds of characters by number, as the network counts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]


_TAGS = """
$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$
RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``
"""
_DEPS = """
ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass
dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj
poss preconj predet prep prt punct quantmod relcl xcomp
"""
TAGS, DEPS = tuple(_TAGS.split()), tuple(_DEPS.split())
"""Part-of-speech tags and dependencies by number: 1 + the index here, 0 for any other."""

_MARKS = ('"', "“", "”", "„", "«", "»", "``", "''")

ALNUM, UPPER, DIGIT = 1, 2, 4


@dataclass(frozen=True)
class Vocabulary:
    """Word forms by number: sorted hashes (see ``key``) and the number of each; any other form is 0."""

    keys: Hashes
    rows: Ints

    def numbers(self, lower: Hashes, verb: Bools) -> Ints:
        """Return each token's number, from the hash of its lower-case form and whether it is a verb."""
        return _look_up(lower + verb.astype(np.uint64), self.keys, self.rows)

    @staticmethod
    def key(form: str, *, verb: bool) -> int:
        """Return the key of a lower-case form: verbs are told from other words of the same spelling."""
        return (int(get_string_id(form)) + verb) % (1 << 64)


def _look_up(hashes: Hashes, keys: Hashes, rows: Ints) -> Ints:
    at = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
    return np.where(keys[at] == hashes, rows[at], 0)


@cache
def _sorted_hashes(names: tuple[str, ...]) -> tuple[Hashes, Ints]:
    hashes = np.array([get_string_id(name) for name in names], dtype=np.uint64)
    order = np.argsort(hashes)
    return hashes[order], order + 1


def numbers_of(hashes: Hashes, names: tuple[str, ...]) -> Ints:
    """Return for each hash 1 + the index of its string in ``names``, 0 for any other string."""
    return _look_up(hashes, *_sorted_hashes(names))


@cache
def mark_hashes() -> Hashes:
    """Return the hashes of tokens that are double quotation marks."""
    return np.array([get_string_id(mark) for mark in _MARKS], np.uint64)


def _which(names: tuple[str, ...], chosen: str) -> Bools:
    """Return a table by number: true for the names in ``chosen``."""
    table = np.zeros(len(names) + 1, np.bool_)
    table[[names.index(name) + 1 for name in chosen.split()]] = True
    return table


VERB = _which(TAGS, "VB VBD VBG VBN VBP VBZ")
NOMINAL = _which(TAGS, "NN NNS NNP NNPS PRP PRP$ WP WDT DT CD JJ EX WP$ FW ADD XX")
AUXILIARY = _which(DEPS, "aux auxpass")
SUBJECT = _which(DEPS, "nsubj nsubjpass csubj csubjpass")
MODIFIER = _which(DEPS, "compound det nummod quantmod")


@cache
def _kinds_table() -> NDArray[np.uint8]:
    """What kind of character each code point below U+3000 is."""
    chars = map(chr, range(0x3000))
    rows = [ALNUM * c.isalnum() + UPPER * c.isupper() + DIGIT * c.isdigit() for c in chars]
    return np.array(rows, np.uint8)


def character_kinds(text: str) -> NDArray[np.uint8]:
    """Return ALNUM, UPPER and DIGIT for each code point; those from U+3000 on count as letters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _kinds_table()
    return np.where(codes < len(table), table[np.minimum(codes, len(table) - 1)], np.uint8(ALNUM))
