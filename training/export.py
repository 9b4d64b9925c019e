"""The model file: the network's weights in half precision, folded together where that saves work."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from service.extraction.learned.alphabet import Floats
from training.network import Network
from training.vocabulary import Words


def export(network: Network, words: Words, path: Path, *, threshold: float, calibration: Floats) -> None:
    """Write what ``service.extraction.learned.scorer`` reads.

    Words that training never saw take the vector of the unknown word, and keep what the lexicon says of them.
    """
    weights = {name: value.detach().numpy() for name, value in network.named_parameters()}
    shape = network.shape
    table = weights["word.weight"].copy()
    table[words.seen == 0] = table[0]
    widths = [shape.word, shape.kind, shape.kind, shape.token_features, shape.lexicon, shape.tensor]
    word, tag, dep, surface, lexicon, tensor = np.split(weights["input.weight"].T, np.cumsum(widths)[:-1])
    arrays = {
        "words": table @ word + words.lexicon @ lexicon + weights["input.bias"],
        "tags": weights["tag.weight"] @ tag,
        "deps": weights["dep.weight"] @ dep,
        "surface": np.concatenate([surface, tensor]),
        "content_tokens": weights["content_tokens.weight"].T,
        "source_tokens": weights["source_tokens.weight"].T,
    }
    for place in range(shape.layers):
        arrays[f"layer{place}"] = weights[f"layers.{place}.weight"].T
        arrays[f"layer{place}_bias"] = weights[f"layers.{place}.bias"]
    for name in ("cue_hidden", "content_features", "content_hidden", "source_features"):
        arrays[name] = weights[f"{name}.weight"].T
        arrays[f"{name}_bias"] = weights[f"{name}.bias"]
    for name in ("cue_out", "content_out", "source_out", "none"):
        arrays[name] = weights[f"{name}.weight"][0]
        arrays[f"{name}_bias"] = weights[f"{name}.bias"]
    halves = {name: np.ascontiguousarray(value, np.float16) for name, value in arrays.items()}
    np.savez_compressed(
        path,
        **halves,
        keys=words.vocabulary.keys,
        numbers=words.vocabulary.rows.astype(np.uint16),
        cue_words=words.cues,
        threshold=np.array(threshold, np.float64),
        width=np.array(shape.tensor),
        calibration=calibration.astype(np.float64),
    )
