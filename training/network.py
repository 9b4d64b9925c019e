"""The network in torch, as ``service.extraction.learned.network`` computes it in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

TAGS, DEPS, ROLES = 52, 48, 7


@dataclass(frozen=True)
class Shape:
    """Widths: of the inputs, then of the layers."""

    words: int
    lexicon: int
    token_features: int
    content_features: int
    source_features: int
    tensor: int = 96
    word: int = 32
    kind: int = 12
    token: int = 64
    content: int = 64
    source: int = 32
    layers: int = 2
    rivals: int = 7


class Network(nn.Module):
    """Tokens to vectors; vectors and pair features to the logits of cues, contents and sources."""

    def __init__(self, shape: Shape, lexicon: Tensor, *, dropout: float, word_dropout: float) -> None:
        super().__init__()
        self.shape, self.word_dropout = shape, word_dropout
        self.register_buffer("lexicon", lexicon)
        self.word = nn.Embedding(shape.words, shape.word)
        self.tag = nn.Embedding(TAGS, shape.kind)
        self.dep = nn.Embedding(DEPS, shape.kind)
        for table in (self.word, self.tag, self.dep):
            nn.init.normal_(table.weight, std=0.3)
        surface = shape.word + 2 * shape.kind + shape.token_features + shape.lexicon + shape.tensor
        self.input = nn.Linear(surface, shape.token)
        self.layers = nn.ModuleList(nn.Linear(5 * shape.token, shape.token) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.cue_hidden, self.cue_out = nn.Linear(shape.token, shape.token), nn.Linear(shape.token, 1)
        self.content_tokens = nn.Linear(shape.token, ROLES * shape.content, bias=False)
        self.content_features = nn.Linear(shape.content_features + shape.rivals, shape.content)
        self.content_hidden = nn.Linear(shape.content, shape.content)
        self.content_out = nn.Linear(shape.content, 1)
        self.source_tokens = nn.Linear(shape.token, 2 * shape.source, bias=False)
        self.source_features = nn.Linear(shape.source_features, shape.source)
        self.source_out, self.none = nn.Linear(shape.source, 1), nn.Linear(shape.token, 1)

    def encode(self, batch: dict[str, Tensor]) -> Tensor:
        """Return a vector a token."""
        number = batch["number"]
        seen = number
        if self.training:
            seen = torch.where(torch.rand(number.shape) < self.word_dropout, 0, number)
        parts = [self.word(seen), self.tag(batch["tag"]), self.dep(batch["dep"])]
        parts += [batch["token_features"], self.lexicon[number], batch["tensor"]]
        tokens = self.dropout(functional.relu(self.input(torch.cat(parts, 1))))
        nothing = torch.zeros(1, tokens.shape[1])
        for layer in self.layers:
            previous = torch.cat([nothing, tokens[:-1]]) * batch["has_previous"]
            following = torch.cat([tokens[1:], nothing]) * batch["has_next"]
            below = torch.zeros_like(tokens).index_add_(0, batch["head"], tokens * batch["has_head"])
            mixed = [tokens, tokens[batch["head"]], previous, following, below / batch["children"]]
            tokens = tokens + self.dropout(functional.relu(layer(torch.cat(mixed, 1))))
        return tokens

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits of cues, of contents, of sources, and of there being no source."""
        tokens = self.encode(batch)
        cue = self.cue_out(functional.relu(self.cue_hidden(tokens[batch["cue"]])))[:, 0]
        content = self._contents(batch, tokens, cue.detach())
        roles = self.source_tokens(tokens)
        width = self.shape.source
        hidden = self.source_features(batch["source_features"])
        hidden = hidden + functional.embedding(batch["cue"][batch["source_cue"]], roles[:, :width])
        hidden = hidden + functional.embedding(batch["source_head"], roles[:, width:])
        source = self.source_out(functional.relu(hidden))[:, 0]
        return cue, content, source, self.none(tokens[batch["cue"]])[:, 0]

    def _contents(self, batch: dict[str, Tensor], tokens: Tensor, cue_logits: Tensor) -> Tensor:
        token, first, end = batch["cue"][batch["content_cue"]], batch["first"], batch["end"]
        n, width = len(tokens), self.shape.content
        roles = torch.cat([self.content_tokens(tokens), torch.zeros(1, ROLES * width)])
        before = torch.where(batch["has_previous"][first, 0] > 0, first - 1, n)
        after = torch.where(batch["has_next"][end - 1, 0] > 0, end, n)
        rivals = self._rivals(batch, n, cue_logits, token)
        hidden = self.content_features(torch.cat([batch["content_features"], rivals], 1))
        for role, place in enumerate((token, first, end - 1, before, after, batch["top"])):
            hidden = hidden + functional.embedding(place, roles[:, role * width : (role + 1) * width])
        running = torch.cat([torch.zeros(1, width), torch.cumsum(roles[:-1, -width:], 0)])
        hidden = hidden + (running[end] - running[first]) / (end - first)[:, None]
        hidden = self.dropout(functional.relu(hidden))
        return self.content_out(functional.relu(self.content_hidden(hidden)))[:, 0]

    @staticmethod
    def _rivals(batch: dict[str, Tensor], n: int, logits: Tensor, token: Tensor) -> Tensor:
        evidence = torch.zeros(n).index_put((batch["cue"],), functional.softplus(logits))
        running = torch.cat([torch.zeros(1), torch.cumsum(evidence, 0)])
        first, end = batch["first"], batch["end"]
        left = end <= token
        low, high = torch.where(left, end, token + 1), torch.where(left, token, first)
        inside, between = running[end] - running[first], running[torch.maximum(low, high)] - running[low]
        mine = logits[batch["content_cue"]]
        parts = [inside.clamp(max=5) / 2, torch.exp(-inside), between.clamp(max=5) / 2, torch.exp(-between)]
        parts += [torch.sigmoid(mine), mine.clamp(-6, 6) / 3, (inside / (end - first)).clamp(max=2)]
        return torch.stack(parts, 1)
