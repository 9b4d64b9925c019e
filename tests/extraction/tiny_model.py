"""A model file of the right shapes and no knowledge: what it says is arbitrary, that it runs is the point."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from small_docs import WIDTH, quoted
from test_columns import columns

from service.extraction.learned import candidates, features
from service.extraction.learned.alphabet import DEPS, TAGS
from service.extraction.learned.hints import Hints
from service.extraction.learned.scorer import RULES

TOKEN, CONTENT, SOURCE, RIVALS, ROLES = 8, 6, 5, 7, 7


def tiny_model(*, threshold: float = 0.5, spread: float = 1.0) -> bytes:
    """Return a model file for docs whose tensor is ``WIDTH`` wide."""
    chance = np.random.default_rng(1)
    small = columns(quoted())
    hints = Hints.of(small, [])
    cue = candidates.cues(small, np.zeros(1, np.bool_))
    contents, sources = candidates.contents(small, cue), candidates.sources(small, cue)
    of_contents = features.of_contents(small, cue, contents, features.top(small, contents), hints)
    shapes: dict[str, tuple[int, ...]] = {
        "words": (2, TOKEN),
        "tags": (len(TAGS) + 1, TOKEN),
        "deps": (len(DEPS) + 1, TOKEN),
        "surface": (features.of_tokens(small, hints).shape[1] + WIDTH, TOKEN),
        "layer0": (5 * TOKEN, TOKEN),
        "cue_hidden": (TOKEN, TOKEN),
        "cue_out": (TOKEN,),
        "content_tokens": (TOKEN, ROLES * CONTENT),
        "content_features": (of_contents.shape[1] + RIVALS, CONTENT),
        "content_hidden": (CONTENT, CONTENT),
        "content_out": (CONTENT,),
        "source_tokens": (TOKEN, 2 * SOURCE),
        "source_features": (features.of_sources(small, cue, sources, hints).shape[1], SOURCE),
        "source_out": (SOURCE,),
        "none": (TOKEN,),
    }
    with_bias = ("layer0", "cue_hidden", "content_features", "content_hidden", "source_features")
    shapes |= {f"{name}_bias": (shapes[name][1],) for name in with_bias}
    shapes |= {f"{name}_bias": (1,) for name in ("cue_out", "content_out", "source_out", "none")}
    weights = {
        name: (spread * chance.normal(size=shape)).astype(np.float16) for name, shape in shapes.items()
    }
    file = BytesIO()
    np.savez(
        file,
        **weights,
        keys=np.zeros(1, np.uint64),
        numbers=np.zeros(1, np.uint16),
        cue_words=np.zeros(2, np.bool_),
        threshold=np.array(threshold),
        width=np.array(WIDTH),
        calibration=np.tile([1.0, 0.0], (len(RULES), 2, 1)),
    )
    return file.getvalue()
