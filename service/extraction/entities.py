"""Names found by spaCy's own recogniser, decoded over whole articles at once.

Outside a name the state that ``spacy.TransitionBasedParser.v2`` decides on is the place alone, so one product
scores all places; only the words inside longer names are then decided one by one. The names are the same,
for a tenth of the time of asking 74 moves at each word whether they may follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from service.extraction.encoder import Encoder, Floats, parameter

Bools = NDArray[np.bool_]

_FACTORY = "names"

_HERE, _FIRST, _BEFORE = range(3)
"""What a state is made of: the word, the first word of the open name, the word before within it."""


class Recogniser:
    """A component that sets ``doc.ents`` as the pipeline's ``ner`` does, on docs that have sentences."""

    def __init__(self, encoder: Encoder, ner: EntityRecognizer) -> None:
        project = ner.model.get_ref("tok2vec").layers[-1]
        lower, upper = ner.model.get_ref("lower"), ner.model.get_ref("upper")
        features, hidden, pieces, inputs = parameter(lower, "W").shape
        weights = parameter(lower, "W").transpose(3, 0, 2, 1).reshape(inputs, -1)
        self._encoder = encoder
        self._weights = parameter(project, "W").T @ weights
        self._offset = parameter(project, "b") @ weights
        self._shape = (-1, features, pieces * hidden)
        self._bias = parameter(lower, "b").T.reshape(-1)
        pad = parameter(lower, "pad")[0].transpose(0, 2, 1).reshape(features, -1)
        self._closed = self._bias + pad[_FIRST] + pad[_BEFORE]
        self._upper, self._upper_bias = parameter(upper, "W"), parameter(upper, "b")
        names = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
        self._labels = [name[2:] for name in names]
        self._impossible = np.array([name[0] in "IL" or name == "U-" for name in names])
        self._kinds = np.array([name[0] for name in names])
        self._inside = {names.index("B-" + name[2:]): names.index(name) for name in names if name[0] == "I"}
        self._last = {names.index("B-" + name[2:]): names.index(name) for name in names if name[0] == "L"}

    @classmethod
    def of(cls, ner: EntityRecognizer) -> Self | None:
        """Return the recogniser with the weights of ``ner``, or None if that is made otherwise."""
        layers = ner.model.get_ref("tok2vec").layers
        lower = ner.model.get_ref("lower")
        encoder = Encoder.of(layers[0])
        if encoder is None or not ner.model.attrs["has_upper"] or lower.get_dim("nF") != 3:
            return None
        return cls(encoder, ner)

    def remember(self, doc: Doc) -> None:
        """Keep the forms of the doc's tokens, so that none of them is embedded again."""
        self._encoder.remember(doc)

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of one doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Set the names of docs, a batch at a time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            found: dict[int, list[Span]] = {}
            numbers = np.repeat(np.arange(len(docs)), [len(doc) for doc in docs])
            starts = np.cumsum([0, *map(len, docs)])
            for first, end, label in self._names(docs):
                which = int(numbers[first])
                span = Span(docs[which], first - starts[which], end - starts[which], label)
                found.setdefault(which, []).append(span)
            for which, doc in enumerate(docs):
                doc.set_ents(found.get(which, []))
                yield doc

    def _names(self, docs: Sequence[Doc]) -> Iterator[tuple[int, int, str]]:
        """Yield the names as tokens ``[first, end)`` of the docs laid end to end, with their labels."""
        if not any(map(len, docs)):
            return
        vectors = np.concatenate(self._encoder(docs))
        parts = (vectors @ self._weights + self._offset).reshape(self._shape)
        breaks = _breaks(docs)
        moves = self._moves(docs, parts, breaks)
        until = 0
        for first in np.flatnonzero(self._kinds[moves] != "O").tolist():
            if first >= until:
                until = self._end(parts, breaks, first, int(moves[first]))
                yield first, until, self._labels[moves[first]]

    def _moves(self, docs: Sequence[Doc], parts: Floats, breaks: Bools) -> NDArray[np.intp]:
        """Return the best move of each place if no name is open there."""
        scores = _best(parts[:, _HERE] + self._closed) @ self._upper.T + self._upper_bias
        scores[:, self._impossible] = -np.inf
        spaces = np.concatenate([doc.to_array(["IS_SPACE"]) for doc in docs]).astype(bool)
        scores[np.ix_(breaks | spaces, self._kinds == "B")] = -np.inf
        scores[np.ix_(spaces, self._kinds == "U")] = -np.inf
        moves: NDArray[np.intp] = scores.argmax(axis=1)
        return moves

    def _end(self, parts: Floats, breaks: Bools, first: int, move: int) -> int:
        """Return where the name that begins at ``first`` ends: a name of one word at once."""
        if move not in self._inside:
            return first + 1
        pair = [self._inside[move], self._last[move]]
        upper, bias = self._upper[pair], self._upper_bias[pair]
        opened = parts[first, _FIRST] + self._bias
        here = first + 1
        while not breaks[here]:
            state = _best((parts[here, _HERE] + opened + parts[here - 1, _BEFORE])[None])[0]
            inside, last = upper @ state + bias
            if last > inside:
                break
            here += 1
        return here + 1


def _best(pieces: Floats) -> Floats:
    """Return the best piece of each hidden unit; the pieces lie side by side, two of them."""
    half = pieces.shape[1] // 2
    return np.maximum(pieces[:, :half], pieces[:, half:])


def _breaks(docs: Sequence[Doc]) -> Bools:
    """Tell which tokens no name goes on beyond: the last of their doc or sentence."""
    begins = [doc.to_array(["SENT_START"]) == 1 for doc in docs]
    return np.concatenate([np.append(flags[1:], True) for flags in begins if len(flags)])


@Language.factory(_FACTORY)
def _make(nlp: Language, name: str) -> Any:  # noqa: ARG001 - how spaCy calls a factory
    return Recogniser.of(nlp.get_pipe("ner"))


def quicken(nlp: Language, common: Doc | None = None) -> None:
    """Let a ``Recogniser`` find the names in place of ``ner``, where it is made so that one can.

    The word forms of ``common`` are embedded here and never again.
    """
    if nlp.pipe_names[-2:] == ["parser", "ner"] and Recogniser.of(nlp.get_pipe("ner")):
        recogniser: Any = nlp.add_pipe(_FACTORY, last=True)
        if common is not None:
            recogniser.remember(common)
        nlp.remove_pipe("ner")
