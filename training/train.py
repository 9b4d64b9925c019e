"""Train the network: the loop and its loss. On one machine, the same seed gives the same weights."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch, batch
from training.examples import Example
from training.network import Network, Shape
from training.vocabulary import Words

BATCH = 8
LEARNING_RATE = 3e-3
WEIGHT_DECAY = 1e-4
KEEP = 0.35
"""Share of the words that are no cue whose contents are trained on; their weight makes up for it."""
SHARPNESS = 2.0
"""A content's target is its overlap with the gold to this power, where it is at least a half."""


def fit(
    examples: Sequence[Sequence[Example]], words: Words, *, seed: int, epochs: int, dropout: float = 0.3
) -> Network:
    """Return a network trained on the examples: of each article's copies, another one in each epoch."""
    torch.manual_seed(seed)
    shuffle, sample = random.Random(seed), np.random.default_rng(seed)
    one = examples[0][0]
    shape = Shape(
        words=len(words.lexicon),
        lexicon=words.lexicon.shape[1],
        token_features=one.tokens.shape[1],
        content_features=one.content_features.shape[1],
        source_features=one.source_features.shape[1],
    )
    network = Network(shape, torch.from_numpy(words.lexicon), dropout=dropout, word_dropout=0.1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = epochs * ((len(examples) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, LEARNING_RATE, total_steps=steps, pct_start=0.15
    )
    network.train()
    for epoch in range(epochs):
        order = list(range(len(examples)))
        shuffle.shuffle(order)
        total = 0.0
        for at in range(0, len(order), BATCH):
            chosen = [shuffle.choice(examples[place]) for place in order[at : at + BATCH]]
            loss = loss_of(network, batch(chosen, keep=KEEP, sample=sample)) / BATCH
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * BATCH
        print(f"epoch {epoch + 1}/{epochs}: loss {total / len(order):.3f}", flush=True)
    return network.eval()


def loss_of(network: Network, inputs: Batch) -> Tensor:
    """Return the loss, summed over the articles: of cues, contents and sources."""
    cue, content, source, none = network(inputs)
    of_cues = functional.binary_cross_entropy_with_logits(cue, inputs["is_cue"], reduction="sum")
    overlap = inputs["overlap"]
    target = torch.where(overlap >= 0.5, overlap**SHARPNESS, 0.3 * overlap)
    of_contents = functional.binary_cross_entropy_with_logits(content, target, reduction="none")
    of_contents = (of_contents * inputs["weight"][inputs["content_cue"]]).sum()
    return (of_cues + of_contents + _of_sources(inputs, source, none)) / 30


def _of_sources(inputs: Batch, source: Tensor, none: Tensor) -> Tensor:
    """Return the negative log of the probability that the right source, or none, has among all of its cue."""
    which = inputs["source_cue"]
    most = none.scatter_reduce(0, which, source, "amax").detach()
    right = torch.exp(none - most) * inputs["nobody"]
    right = right.index_add(0, which, torch.exp(source - most[which]) * inputs["credit"])
    every = torch.exp(none - most).index_add(0, which, torch.exp(source - most[which]))
    known = inputs["known"] > 0
    return -torch.log((right[known] / every[known]).clamp(min=1e-6)).sum()
