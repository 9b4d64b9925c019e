"""The network that scores candidates: a few matrix products in numpy over weights from a file.

Word, tag, dependency, token features and the tagger's vectors make a vector a token; two layers mix in the
head, the children and the neighbours. From these come the probability that a word is a cue, that a range is
its content, and that a head is its source. ``training/`` holds the same network in torch, and trains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from service.extraction.learned import features
from service.extraction.learned.alphabet import Floats, Ints
from service.extraction.learned.candidates import Contents, Sources
from service.extraction.learned.columns import Columns
from service.extraction.learned.hints import Hints

_PARTS = 5
"""What a token gives to a layer above: to itself, its children, the next token, the one before, its head."""
_ROLES = 7
"""What a token can be to a content: its cue, first and last word, the ones around it, the highest, any."""
_BLOCK = 8_192
"""Candidates looked at together: larger arrays are given back to the system at once, which costs more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the network read it: a vector a token, and the logit that it is a cue (or -inf)."""

    columns: Columns
    hints: Hints
    tokens: Floats
    cue_logits: Floats


class Network:
    """The weights, by name; see ``training/README.md`` for their shapes."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = dict(weights)
        layers = sum(name.startswith("layer") for name in weights) // 2
        self._layers = [np.vsplit(weights[f"layer{k}"], _PARTS) for k in range(layers)]
        self._roles = [np.ascontiguousarray(w) for w in np.hsplit(weights["content_tokens"], _ROLES)]

    def read(self, columns: Columns, hints: Hints, cue: Ints) -> Reading:
        """Return the vector of each token, and which of the possible cues are likely ones."""
        tokens = self._encode(columns, hints)
        w = self._weights
        hidden = _relu(tokens[cue] @ w["cue_hidden"] + w["cue_hidden_bias"])
        logits = np.full(len(columns), -np.inf, np.float32)
        logits[cue] = hidden @ w["cue_out"] + w["cue_out_bias"]
        return Reading(columns, hints, tokens, logits)

    def _encode(self, columns: Columns, hints: Hints) -> Floats:
        w = self._weights
        own = features.of_tokens(columns, hints)
        tokens: Floats = own @ w["surface"][: own.shape[1]]
        tokens += columns.tensor @ w["surface"][own.shape[1] :]
        tokens += w["words"][columns.number]
        tokens += w["tags"][columns.tag]
        tokens += w["deps"][columns.dep]
        tokens = _relu(tokens)
        for k, parts in enumerate(self._layers):
            tokens = tokens + _relu(_mixed(columns, tokens, parts) + w[f"layer{k}_bias"])
        return tokens

    def contents(self, read: Reading, cue: Ints, found: Contents) -> Floats:
        """Return the probability of each content of each ``cue``, given that cue."""
        highest = features.top(read.columns, found)
        running = np.zeros((len(read.columns) + 1, read.tokens.shape[1]), np.float32)
        np.cumsum(read.tokens, axis=0, out=running[1:])
        probability = np.zeros(len(highest), np.float32)
        for at in _blocks(len(highest)):
            probability[at] = self._contents(read, cue, found[at], highest[at], running)
        return probability

    def _contents(self, read: Reading, cue: Ints, found: Contents, highest: Ints, running: Floats) -> Floats:
        """The same for a block of the contents; ``running`` adds up the vectors of the tokens before each."""
        w, columns, tokens = self._weights, read.columns, read.tokens
        *single, every = self._roles
        pair = features.of_contents(columns, cue, found, highest, read.hints)
        other = _rivals(read.cue_logits, cue, found)
        hidden = (
            pair @ w["content_features"][: pair.shape[1]] + other @ w["content_features"][pair.shape[1] :]
        )
        hidden += w["content_features_bias"]
        begin, stop = columns.paragraph
        preceded, followed = begin[found.first] < found.first, found.end < stop[found.end - 1]
        vectors = (
            tokens[cue[found.cue]],
            tokens[found.first],
            tokens[found.end - 1],
            tokens[found.first - preceded] * preceded[:, None],
            tokens[found.end - ~followed] * followed[:, None],
            tokens[highest],
        )
        for role, vector in zip(single, vectors, strict=True):
            hidden += vector @ role
        hidden += ((running[found.end] - running[found.first]) / (found.end - found.first)[:, None]) @ every
        hidden = _relu(_relu(hidden) @ w["content_hidden"] + w["content_hidden_bias"])
        return _sigmoid(hidden @ w["content_out"] + w["content_out_bias"])

    def sources(self, read: Reading, cue: Ints, found: Sources) -> tuple[Floats, Floats]:
        """Return the probability of each source, and for each cue that it has none."""
        w = self._weights
        scores = np.zeros(len(found.head), np.float32)
        for at in _blocks(len(scores)):
            scores[at] = self._sources(read, cue, found[at])
        none: Floats = np.exp(read.tokens[cue] @ w["none"] + w["none_bias"])
        total = none + np.bincount(found.cue, weights=scores, minlength=len(cue)).astype(np.float32)
        return scores / total[found.cue], none / total

    def _sources(self, read: Reading, cue: Ints, found: Sources) -> Floats:
        w, tokens = self._weights, read.tokens
        of_cue, of_head = np.hsplit(w["source_tokens"], 2)
        hidden: Floats = features.of_sources(read.columns, cue, found, read.hints) @ w["source_features"]
        hidden += w["source_features_bias"]
        hidden += tokens[cue[found.cue]] @ of_cue
        hidden += tokens[found.head] @ of_head
        return np.exp(_relu(hidden) @ w["source_out"] + w["source_out_bias"])  # type: ignore[no-any-return]


def _blocks(size: int) -> Iterator[slice]:
    """Yield ``_BLOCK`` candidates after another."""
    return (slice(k, k + _BLOCK) for k in range(0, size, _BLOCK))


def _mixed(columns: Columns, tokens: Floats, parts: Sequence[Floats]) -> Floats:
    """Add up what each token gets from itself, its head, the one before, the next one and its children.

    A product a part: one for all would fill five times the memory at once, and what is given back to the
    system after each costs long articles more than the products do.
    """
    own, of_head, of_previous, of_next, of_children = parts
    first = columns.paragraph[0] == columns.own
    mixed: Floats = tokens @ own
    mixed += (tokens @ of_head)[columns.head]
    mixed[1:] += (tokens @ of_previous)[:-1] * ~first[1:, None]
    mixed[:-1] += (tokens @ of_next)[1:] * ~first[1:, None]
    below, begin = columns.children
    heads = np.flatnonzero(begin[1:] > begin[:-1])
    if len(heads):
        share = (begin[heads + 1] - begin[heads])[:, None].astype(np.float32)
        mixed[heads] += np.add.reduceat((tokens @ of_children)[below], begin[heads]) / share
    return mixed


def _rivals(logits: Floats, cue: Ints, found: Contents) -> Floats:
    """Return what the other cues say: is there one inside the content, or between it and its cue?"""
    evidence = np.logaddexp(np.float32(0), logits)
    running = np.concatenate([np.zeros(1, np.float32), np.cumsum(evidence, dtype=np.float32)])
    token = cue[found.cue]
    inside = running[found.end] - running[found.first]
    left = found.end <= token
    low, high = np.where(left, found.end, token + 1), np.where(left, token, found.first)
    between = running[np.maximum(low, high)] - running[low]
    mine = logits[token]
    parts = np.stack(
        [
            np.minimum(inside, 5) / 2,
            np.exp(-inside),
            np.minimum(between, 5) / 2,
            np.exp(-between),
            _sigmoid(mine),
            np.clip(mine, -6, 6) / 3,
            np.minimum(inside / (found.end - found.first), 2),
        ],
        axis=1,
    )
    return parts.astype(np.float32)


def _relu(values: Floats) -> Floats:
    return np.maximum(values, np.float32(0))


def _sigmoid(values: Floats) -> Floats:
    return np.float32(1) / (np.float32(1) + np.exp(-np.clip(values, -60, 60)))
