"""Small articles with the parse written out, for tests of what reads the parse: no model is loaded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import spacy
from spacy.tokens import Doc

from service.extraction.models import Article, Paragraph, Span
from service.extraction.quotations import find_stretches

VOCAB = spacy.blank("en").vocab
WIDTH = 4

Row = tuple[str, str, str, int]
"""A token: its word with the white space after it, its tag, its dependency, its head in the sentence."""


class Small:
    """An article, a sentence a paragraph unless ``together``, and its parse."""

    def __init__(self, *sentences: Sequence[Row], kinds: Sequence[str] = (), together: bool = False) -> None:
        rows: list[tuple[str, str, str, int]] = []
        paragraphs: list[Paragraph] = []
        gap = " " if together else "\n\n"
        text = ""
        for place, sentence in enumerate(sentences):
            if rows:
                text += gap
            if rows and not together:
                rows.append((gap, "_SP", "dep", len(rows) - 1))
            start, offset = len(text), len(rows)
            rows.extend((word, tag, dep, head + offset) for word, tag, dep, head in sentence)
            text += "".join(word for word, *_ in sentence).rstrip()
            kind = kinds[place] if kinds else "body"
            paragraphs.append(Paragraph(Span(start, len(text)), kind))  # type: ignore[arg-type]
        if together and paragraphs:
            paragraphs = [Paragraph(Span(0, len(text)))]
        self.text = text
        self.article = Article(text, tuple(paragraphs))
        self.stretches = find_stretches(text, self.article.paragraphs)
        self.doc = _doc(rows, text)
        assert self.doc.text == text

    def at(self, words: str) -> Span:
        """Return the span of the first place where the words stand."""
        start = self.text.index(words)
        return Span(start, start + len(words))


def _doc(rows: Sequence[Row], text: str) -> Doc:
    words, spaces, end = [], [], 0
    for word, *_ in rows:
        bare = word if not word.strip() else word.strip()
        start = text.index(bare, end)
        end = start + len(bare)
        words.append(bare)
        spaces.append(bool(bare.strip()) and text[end : end + 1] == " ")
    doc = Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        tags=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
    )
    doc.tensor = np.zeros((len(doc), WIDTH), np.float32)
    return doc


def quoted() -> Small:
    """``"Rain will stop," Ana Roy said in Lyon.``"""
    return Small(
        [
            ('"', "``", "punct", 8),
            ("Rain ", "NN", "nsubj", 3),
            ("will ", "MD", "aux", 3),
            ("stop", "VB", "ccomp", 8),
            (",", ",", "punct", 8),
            ('" ', "''", "punct", 8),
            ("Ana ", "NNP", "compound", 7),
            ("Roy ", "NNP", "nsubj", 8),
            ("said ", "VBD", "ROOT", 8),
            ("in ", "IN", "prep", 8),
            ("Lyon", "NNP", "pobj", 9),
            (".", ".", "punct", 8),
        ]
    )


def indirect() -> Small:
    """``Ana thinks that it will rain and denies it.``"""
    return Small(
        [
            ("Ana ", "NNP", "nsubj", 1),
            ("thinks ", "VBZ", "ROOT", 1),
            ("that ", "IN", "mark", 5),
            ("it ", "PRP", "nsubj", 5),
            ("will ", "MD", "aux", 5),
            ("rain ", "VB", "ccomp", 1),
            ("and ", "CC", "cc", 1),
            ("denies ", "VBZ", "conj", 1),
            ("it", "PRP", "dobj", 7),
            (".", ".", "punct", 1),
        ]
    )


def two_paragraphs() -> Small:
    """``He said:`` and two paragraphs that are only a quotation."""
    return Small(
        [("He ", "PRP", "nsubj", 1), ("said", "VBD", "ROOT", 1), (":", ":", "punct", 1)],
        [
            ('"', "``", "punct", 2),
            ("We ", "PRP", "nsubj", 2),
            ("won", "VBD", "ROOT", 2),
            (".", ".", "punct", 2),
            ('"', "''", "punct", 2),
        ],
        [
            ('"', "``", "punct", 2),
            ("They ", "PRP", "nsubj", 2),
            ("lost", "VBD", "ROOT", 2),
            (".", ".", "punct", 2),
            ('"', "''", "punct", 2),
        ],
    )
