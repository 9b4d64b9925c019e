"""Examples as one batch of tensors: the tokens of several articles end to end, indices moved along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.examples import Example

Batch = dict[str, Tensor]


def batch(
    examples: Sequence[Example], *, keep: float = 1.0, sample: np.random.Generator | None = None
) -> Batch:
    """Join examples. Of the words that are no cue only a share ``keep`` brings its contents along.

    ``weight`` is what each cue's contents count, so that the sum stays what it is without the sampling; only
    cues bring their sources, unless ``keep`` is 1.
    """
    parts: dict[str, list[Any]] = {}
    tokens = cues = 0
    for one in examples:
        for name, value in _inputs(one, keep, sample, tokens, cues).items():
            parts.setdefault(name, []).append(value)
        tokens, cues = tokens + len(one.columns), cues + len(one.cue)
    joined = {name: _tensor(np.concatenate(values)) for name, values in parts.items()}
    return joined | _structure(joined)


def _inputs(
    one: Example, keep: float, sample: np.random.Generator | None, tokens: int, cues: int
) -> dict[str, Any]:
    columns, contents, sources = one.columns, one.contents, one.sources
    is_cue = one.is_cue > 0
    chosen = is_cue if sample is None else is_cue | (sample.random(len(is_cue)) < keep)
    chosen = chosen if keep < 1 else np.ones(len(is_cue), bool)
    mine = chosen[contents.cue]
    theirs = is_cue[sources.cue] if keep < 1 else np.ones(len(sources.cue), bool)
    same_paragraph = columns.para[1:] == columns.para[:-1]
    return {
        "number": columns.number,
        "tag": columns.tag,
        "dep": columns.dep,
        "token_features": one.tokens,
        "tensor": columns.tensor,
        "head": columns.head + tokens,
        "has_previous": np.r_[False, same_paragraph],
        "has_next": np.r_[same_paragraph, False],
        "cue": one.cue + tokens,
        "is_cue": one.is_cue,
        "weight": np.where(is_cue, 1, 1 / keep),
        "content_cue": contents.cue[mine] + cues,
        "first": contents.first[mine] + tokens,
        "end": contents.end[mine] + tokens,
        "top": one.top[mine] + tokens,
        "content_features": one.content_features[mine],
        "overlap": one.overlap[mine],
        "source_cue": sources.cue[theirs] + cues,
        "source_head": sources.head[theirs] + tokens,
        "source_features": one.source_features[theirs],
        "credit": one.credit[theirs],
        "nobody": one.nobody,
        "known": one.known,
    }


def _tensor(values: Any) -> Tensor:
    return torch.from_numpy(values.astype(np.int64 if values.dtype.kind in "iu" else np.float32))


def _structure(joined: Batch) -> Batch:
    head = joined["head"]
    has_head = (head != torch.arange(len(head))).float()
    children = torch.bincount(head, weights=has_head, minlength=len(head)).clamp(min=1).float()
    names = ("has_previous", "has_next")
    return {name: joined[name][:, None] for name in names} | {
        "has_head": has_head[:, None],
        "children": children[:, None],
    }
