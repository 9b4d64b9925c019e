"""The learned scorer: from a parsed article to scored attributions, and the model file that it reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from spacy.tokens import Doc

from service.extraction.learned import candidates
from service.extraction.learned.alphabet import Bools, Floats, Ints, Vocabulary
from service.extraction.learned.candidates import Contents
from service.extraction.learned.columns import Columns
from service.extraction.learned.hints import Hints
from service.extraction.learned.network import Network, Reading
from service.extraction.models import Article, Attribution, Span, Stretch

MODEL_FILE = "scorer.npz"

LIKELY_CUE = -1.5
"""Least logit (18 %) at which a word is taken further as a possible cue: lower ones only cost time."""
MAX_PIECES = 3
"""Most pieces of content that one cue may have."""

RULES = ("scored-quotation", "scored-mixed", "scored-clause")


@dataclass(frozen=True, slots=True)
class Scored:
    """An attribution as the network sees it: tokens of the doc, spans of the text, and how sure it is.

    ``cue`` and ``source`` (None: the text names none) are single tokens, the heads of the words that cue and
    source consist of. ``ruled`` is the index of the rules' attribution that says the same, None for none;
    ``raw`` the product of the network's probabilities that ``confidence`` is calibrated from.
    """

    rule: str
    content: tuple[Span, ...]
    cue: int
    source: int | None
    ruled: int | None
    raw: float
    confidence: float


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A range of tokens chosen as content."""

    first: int
    end: int
    probability: float


class Scorer:
    """Finds attributions with the network in a model file."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.vocabulary = Vocabulary(model["keys"], model["numbers"].astype(np.int64))
        self._cue_words: Bools = model["cue_words"]
        self._network = Network(
            {name: w.astype(np.float32) for name, w in model.items() if w.dtype == np.float16}
        )
        self._calibration: Floats = model["calibration"]
        self._threshold = float(model["threshold"])
        self._width = int(model["width"])

    @classmethod
    def read(cls, data: bytes) -> Scorer:
        """Read a model file (ValueError when it is not one; nothing in it is executed)."""
        try:
            with np.load(BytesIO(data), allow_pickle=False) as model:
                return cls(dict(model))
        except (BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
            raise ValueError("this is not a model file of the scorer") from error

    def fits(self, doc: Doc) -> bool:
        """Tell whether ``doc`` comes from the pipeline that the network was trained on."""
        return doc.tensor.ndim == 2 and doc.tensor.shape == (len(doc), self._width)

    def score(
        self,
        doc: Doc,
        article: Article,
        stretches: Sequence[Stretch],
        attributions: Sequence[Attribution],
    ) -> list[Scored]:
        """Return attributions whose contents do not overlap, the surest first.

        ``attributions`` are what the rules answered, for the network to agree or disagree with.
        """
        columns = Columns.of(doc, article, stretches, self.vocabulary)
        return self.score_columns(columns, Hints.of(columns, attributions))

    def score_columns(self, columns: Columns, hints: Hints) -> list[Scored]:
        """The same from an article laid out as columns."""
        every = candidates.cues(columns, self._cue_words)
        if not len(every):
            return []
        read = self._network.read(columns, hints, every)
        cue = np.flatnonzero(read.cue_logits > LIKELY_CUE)
        contents = candidates.contents(columns, cue)
        found = self._network.contents(read, cue, contents)
        sources = candidates.sources(columns, cue)
        credit, nobody = self._network.sources(read, cue, sources)
        chosen = decode(len(columns), cue, contents, found, threshold=self._threshold)
        edges = np.searchsorted(sources.cue, np.arange(len(cue) + 1))
        scored = []
        for which, pieces in chosen.items():
            span = slice(edges[which], edges[which + 1])
            head, sure = credited(pieces, sources.head[span], credit[span], float(nobody[which]))
            scored.append(self._scored(read, int(cue[which]), sorted(pieces), (head, sure)))
        return sorted(scored, key=lambda one: -one.confidence)

    def _scored(
        self, read: Reading, cue: int, pieces: Sequence[Piece], credit: tuple[int | None, float]
    ) -> Scored:
        columns = read.columns
        source, sure = credit
        kind = _kind(columns, pieces)
        ruled = read.hints.same(columns, pieces[0].first, pieces[0].end, source)
        raw = min(piece.probability for piece in pieces) * sure
        return Scored(
            rule=RULES[kind],
            content=tuple(span_of(columns, piece) for piece in pieces),
            cue=int(columns.kept[cue]),
            source=None if source is None else int(columns.kept[source]),
            ruled=ruled,
            raw=raw,
            confidence=calibrated(raw, self._calibration[kind, int(ruled is not None)]),
        )


def calibrated(raw: float, line: Floats) -> float:
    """Return how often an answer with this raw product is right: ``line`` is slope and offset in log odds."""
    raw = min(max(raw, 0.001), 0.999)
    odds = line[0] * math.log(raw / (1 - raw)) + line[1]
    return round(1 / (1 + math.exp(-float(odds))), 3)


def decode(
    length: int, cue: Ints, contents: Contents, probability: Floats, *, threshold: float
) -> dict[int, list[Piece]]:
    """Choose contents, the likeliest first: none overlaps another, none holds the cue of another.

    Returns the pieces chosen for each index into ``cue``. ``length`` is the number of tokens.
    """
    likely = np.flatnonzero(probability > threshold)
    taken, cues = bytearray(length), bytearray(length)
    chosen: dict[int, list[Piece]] = {}
    for at in likely[np.argsort(-probability[likely], kind="stable")]:
        which, first, end = int(contents.cue[at]), int(contents.first[at]), int(contents.end[at])
        token = int(cue[which])
        if taken[token] or taken.find(1, first, end) >= 0 or cues.find(1, first, end) >= 0:
            continue
        pieces = chosen.setdefault(which, [])
        if len(pieces) < MAX_PIECES:
            pieces.append(Piece(first, end, float(probability[at])))
            taken[first:end] = b"\x01" * (end - first)
            cues[token] = 1
    return chosen


def credited(
    pieces: Sequence[Piece], heads: Ints, probability: Floats, nobody: float
) -> tuple[int | None, float]:
    """Return the likeliest source outside the content (None: the text names none), and how likely it is."""
    outside = np.ones(len(heads), np.bool_)
    for piece in pieces:
        outside &= (heads < piece.first) | (heads >= piece.end)
    sure = np.where(outside, probability, 0)
    if not len(sure) or sure.max() <= nobody:
        return None, nobody
    return int(heads[sure.argmax()]), float(sure.max())


def _kind(columns: Columns, pieces: Sequence[Piece]) -> int:
    """Tell content in quotation marks (0) from content partly in them (1) and without any (2)."""
    quoted = np.concatenate([columns.inside[piece.first : piece.end] >= 0 for piece in pieces])
    word = np.concatenate([columns.word[piece.first : piece.end] for piece in pieces])
    quoted = quoted[word]
    return 0 if quoted.all() else 1 if quoted.any() else 2


def span_of(columns: Columns, piece: Piece) -> Span:
    """Return the code points of a piece, with the quotation marks that it reaches."""
    start, end = int(columns.start[piece.first]), int(columns.end[piece.end - 1])
    opened, closed = columns.inside[piece.first], columns.inside[piece.end - 1]
    if opened >= 0 and columns.next_word[columns.quoted[opened, 0]] == piece.first:
        start = int(columns.quoted_spans[opened, 0])
    if closed >= 0 and columns.last_word[columns.quoted[closed, 1]] == piece.end:
        end = int(columns.quoted_spans[closed, 1])
    return Span(start, end)


@cache
def load_scorer(name: str = MODEL_FILE) -> Scorer | None:
    """Load the model file of the package, once; None when there is none, so that rules alone decide."""
    file = files("service.extraction").joinpath("data", name)
    return Scorer.read(file.read_bytes()) if file.is_file() else None
