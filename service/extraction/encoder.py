"""spaCy's word encoder run in fewer steps: each word form is embedded once, each window is one product.

What comes out equals what ``spacy.Tok2Vec.v2`` gives with ``MultiHashEmbed`` and ``MaxoutWindowEncoder``, but
for rounding. thinc runs a layer at a time over fresh arrays, embeds every occurrence of "the", and takes the
best of three pieces that lie interleaved; half of the reading went there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]

_LAYERS = {
    "extract_features",
    "list2ragged",
    "ints-getitem",
    "hashembed",
    "maxout",
    "layernorm",
    "dropout",
    "ragged2list",
    "expand_window",
}
"""The layers that the encoder knows how to run, by thinc's names."""

_VARIANCE_FLOOR = 1e-8
"""What thinc's layer normalisation adds to the variance."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Maxout:
    """A maxout layer and the normalisation after it: weights ``(inputs, pieces * width)``, piece by piece."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Model[Any, Any], norm: Model[Any, Any]) -> Self:
        """Lay the pieces of thinc's layer side by side."""
        weights, bias = parameter(maxout, "W"), parameter(maxout, "b")
        return cls(
            weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)),
            bias=np.ascontiguousarray(bias.T.reshape(-1)),
            gain=parameter(norm, "G"),
            shift=parameter(norm, "b"),
        )

    def __call__(self, inputs: Floats) -> Floats:
        """Return the best piece of each output, normalised over the outputs of its row."""
        pieces = inputs @ self.weights
        pieces += self.bias
        width = len(self.gain)
        best = pieces[:, :width].copy()
        for first in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, first : first + width], out=best)
        share = np.full(width, 1 / width, np.float32)
        best -= (best @ share)[:, None]
        variance = (best * best) @ share
        variance += np.float32(_VARIANCE_FLOOR)
        best /= np.sqrt(variance)[:, None]
        best *= self.gain
        best += self.shift
        return best


class Encoder:
    """The vectors of tokens, each from its form and from ``depth`` neighbours on either side."""

    def __init__(
        self, columns: Sequence[str], embed: Model[Any, Any], mix: Maxout, windows: Sequence[Maxout]
    ) -> None:
        self._columns = [*columns, "ORTH"]
        self._embed = embed
        self._mix = mix
        self._windows = tuple(windows)
        self.width = len(mix.gain)
        self._keys: Hashes = np.zeros(1, np.uint64)  # no form has the key 0
        self._rows: Floats = np.zeros((1, self.width), np.float32)

    @classmethod
    def of(cls, model: Model[Any, Any]) -> Self | None:
        """Return the encoder with the weights of a tok2vec, or None if it has layers that this one lacks."""
        nodes = list(model.walk(order="dfs_pre"))
        if {node.name for node in nodes if not node.layers} != _LAYERS:
            return None
        named = {name: [node for node in nodes if node.name == name] for name in _LAYERS}
        if any(node.attrs["window_size"] != 1 for node in named["expand_window"]):
            return None
        mix, *windows = map(Maxout.of, named["maxout"], named["layernorm"])
        embed = next(node for node in nodes if node.name.startswith("with_array")).layers[0]
        return cls(named["extract_features"][0].attrs["columns"], embed, mix, windows)

    def remember(self, doc: Doc) -> None:
        """Keep the forms of the doc's tokens, so that none of them is embedded again."""
        columns = self._columns_of([doc])
        self._keys, first = np.unique(_key(columns), return_index=True)
        self._rows = self._embedded(columns[first])

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the vectors of each doc, a row a token."""
        pad = len(self._windows)
        starts = np.cumsum([pad, *(len(doc) + pad for doc in docs)])
        places = np.concatenate([np.arange(s, s + len(doc)) for s, doc in zip(starts, docs, strict=False)])
        rows = np.zeros((int(starts[-1]), self.width), np.float32)
        rows[places] = self._forms(docs)
        windows = np.zeros((len(rows), 3, self.width), np.float32)
        for layer in self._windows:
            windows[1:, 0], windows[:, 1], windows[:-1, 2] = rows[:-1], rows, rows[1:]
            rows += layer(windows.reshape(len(rows), -1))
        return [rows[start : start + len(doc)] for start, doc in zip(starts, docs, strict=False)]

    def _forms(self, docs: Sequence[Doc]) -> Floats:
        """Return each token's own vector, computed once for all tokens of the same form."""
        columns = self._columns_of(docs)
        keys, first, number = np.unique(_key(columns), return_index=True, return_inverse=True)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        forms = self._rows[place]
        new = np.flatnonzero(self._keys[place] != keys)
        if len(new):
            forms[new] = self._embedded(columns[first[new]])
        return forms[number]

    def _columns_of(self, docs: Sequence[Doc]) -> Hashes:
        return np.concatenate([doc.to_array(list(self._columns)) for doc in docs])

    def _embedded(self, columns: Hashes) -> Floats:
        return self._mix(self._embed.predict(np.ascontiguousarray(columns[:, :-1])))


def parameter(model: Model[Any, Any], name: str) -> Any:
    """Return a layer's weights as the plain array that they are; thinc's types know only its own methods."""
    return model.get_param(name)


def _key(columns: Hashes) -> Hashes:
    """Return a number for each row that differs where rows do."""
    key = np.zeros(len(columns), np.uint64)
    for column in columns.T:
        key = (key ^ column) * _SPREAD
    return key


def quicken(nlp: Language, common: Doc | None = None) -> None:
    """Let an ``Encoder`` run the pipeline's shared tok2vec, where it is made so that one can.

    The word forms of ``common`` are embedded here and never again.
    """
    component: Any = nlp.get_pipe("tok2vec") if "tok2vec" in nlp.pipe_names else None
    encoder = Encoder.of(component.model) if component else None
    if encoder is not None:
        if common is not None:
            encoder.remember(common)
        component.model = Model("encoder", _forward, dims={"nO": encoder.width}, attrs={"encoder": encoder})


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:  # noqa: ARG001
    return model.attrs["encoder"](docs), None
