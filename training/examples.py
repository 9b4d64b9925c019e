"""Articles as training examples: what the service computes of each, beside what the annotation says."""

from __future__ import annotations

import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from service.documents import read_text
from service.extraction.attribution import attribute
from service.extraction.learned import candidates, features
from service.extraction.learned.alphabet import VERB, Bools, Floats, Ints, Vocabulary
from service.extraction.learned.columns import ATTRIBUTES, Columns, counts
from service.extraction.learned.hints import Hints
from service.extraction.models import Article, Attribution, Stretch
from service.extraction.quotations import find_stretches
from service.extraction.reading import read
from training.gold import GoldQuote, gold_quotes, overlap
from training.roughen import roughen
from training.vocabulary import Words, build

CUE_LEAST, CUE_SHARE = 4, 0.02
"""A word other than a verb may be a cue when it was one this often, and in this share of its places."""

COPIES = 4
"""Copies of each article that are trained on: the first as it is, the others roughened, each otherwise."""


@dataclass(frozen=True)
class Parsed:
    """An article as the service's own stages read it, with the annotation beside it."""

    id: str
    article: Article
    stretches: tuple[Stretch, ...]
    rows: Any
    tensor: Any
    words: list[tuple[str, str]]
    attributions: tuple[Attribution, ...]
    quotes: list[dict[str, Any]]

    def columns(self, vocabulary: Vocabulary) -> Columns:
        """Lay out the parse as columns."""
        tensor = self.tensor.astype(np.float32)
        return Columns.of_rows(self.rows, tensor, self.article, self.stretches, vocabulary)


@dataclass(frozen=True)
class Example:
    """Inputs and targets of one article; the arrays are those of ``Columns``, ``Contents`` and ``Sources``.

    ``overlap`` is each content's best overlap with a segment of its cue's quote. ``credit`` is 1 for the
    right source of a cue, ``nobody`` 1 where the annotation names none; ``known`` where it can be learned.
    """

    id: str
    columns: Columns
    tokens: Floats
    cue: Ints
    contents: candidates.Contents
    top: Ints
    content_features: Any
    sources: candidates.Sources
    source_features: Any
    is_cue: Floats
    overlap: Floats
    credit: Floats
    nobody: Floats
    known: Bools


def parse(nlp: Language, path: Path, *, copy: int) -> Iterator[Parsed]:
    """Read and parse the articles of a file of annotated articles, as they are (copy 0) or roughened."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if copy:
                row = roughen(row, random.Random(f"{copy} {row['id']}"))
            article = read_text(row["text"])
            stretches = find_stretches(article.text, article.paragraphs)
            doc = read(nlp, article, stretches)
            yield Parsed(
                row["id"],
                article,
                stretches,
                np.asarray(doc.to_array(ATTRIBUTES)),
                np.asarray(doc.tensor, np.float16),
                [(token.lower_, token.tag_) for token in doc if not token.is_space],
                attribute(doc, article, stretches),
                row["quotes"],
            )


def parsed(nlp: Language, path: Path, work: Path, *, copy: int = 0) -> list[Parsed]:
    """The same, kept in the folder ``work`` for the next time."""
    kept = work / f"{path.stem}-{copy}.pickle"
    if not kept.is_file():
        kept.write_bytes(pickle.dumps(list(parse(nlp, path, copy=copy))))
    found: list[Parsed] = pickle.loads(kept.read_bytes())
    return found


def words_of(articles: Sequence[Parsed]) -> Words:
    """Return the vocabulary of the articles, with the words that the annotation takes for cues."""
    words = build(pair for one in articles for pair in one.words)
    every: Counter[int] = Counter()
    as_cue: Counter[int] = Counter()
    for one in articles:
        columns = one.columns(words.vocabulary)
        other = ~VERB[columns.tag]
        every.update(columns.number[other].tolist())
        anchors = [quote.anchor for quote in gold_quotes(columns, one.quotes)]
        as_cue.update(int(columns.number[a]) for a in anchors if a is not None and other[a])
    for number, count in as_cue.items():
        words.cues[number] = number > 0 and count >= CUE_LEAST and count / every[number] > CUE_SHARE
    return words


def example(one: Parsed, words: Words) -> Example:
    """Compute inputs and targets of one article."""
    columns = one.columns(words.vocabulary)
    hints = Hints.of(columns, one.attributions)
    cue = candidates.cues(columns, words.cues)
    contents, sources = candidates.contents(columns, cue), candidates.sources(columns, cue)
    top = features.top(columns, contents)
    gold = {quote.anchor: quote for quote in gold_quotes(columns, one.quotes)}
    quotes = [gold.get(token) for token in cue.tolist()]
    credit, nobody = _credit(sources, quotes)
    return Example(
        id=one.id,
        columns=columns,
        tokens=features.of_tokens(columns, hints),
        cue=cue,
        contents=contents,
        top=top,
        content_features=features.of_contents(columns, cue, contents, top, hints).astype(np.float16),
        sources=sources,
        source_features=features.of_sources(columns, cue, sources, hints).astype(np.float16),
        is_cue=np.array([quote is not None for quote in quotes], np.float32),
        overlap=_overlap(counts(columns.word), contents, quotes),
        credit=credit,
        nobody=nobody,
        known=np.bincount(sources.cue, weights=credit, minlength=len(cue)) + nobody > 0,
    )


def _overlap(words: Ints, contents: candidates.Contents, quotes: Sequence[GoldQuote | None]) -> Floats:
    best = np.zeros(len(contents.cue), np.float32)
    edges = np.searchsorted(contents.cue, np.arange(len(quotes) + 1))
    for place, quote in enumerate(quotes):
        mine = slice(edges[place], edges[place + 1])
        for segment in quote.segments if quote else ():
            best[mine] = np.maximum(
                best[mine], overlap(words, segment, contents.first[mine], contents.end[mine])
            )
    return best


def _credit(sources: candidates.Sources, quotes: Sequence[GoldQuote | None]) -> tuple[Floats, Floats]:
    credit = np.zeros(len(sources.cue), np.float32)
    nobody = np.array([quote is not None and not quote.source for quote in quotes], np.float32)
    edges = np.searchsorted(sources.cue, np.arange(len(quotes) + 1))
    for place, quote in enumerate(quotes):
        mine = slice(edges[place], edges[place + 1])
        right = np.isin(sources.head[mine], list(quote.heads) if quote else [])
        if quote and not right.any():
            inside = np.flatnonzero(np.isin(sources.head[mine], list(quote.source)))
            right[inside[-1:]] = True
        credit[mine] = right
    return credit, nobody
