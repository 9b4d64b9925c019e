"""Builds the ``Doc`` that a unit test needs from a parse written out by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from service.extraction.models import Article, Paragraph, Span, Stretch
from service.extraction.scene import Scene

VOCAB = spacy.blank("en").vocab


def parse(rows: str) -> Doc:
    """Return the doc of ``word tag dep head`` rows, one a line; ``head`` is the row's number, from 0.

    A word that ends with ``_`` has no space after it.
    """
    table = [line.split() for line in rows.strip().splitlines()]
    return Doc(
        VOCAB,
        words=[row[0].rstrip("_") for row in table],
        spaces=[not row[0].endswith("_") for row in table],
        tags=[row[1] for row in table],
        deps=[row[2] for row in table],
        heads=[int(row[3]) for row in table],
    )


def article_of(doc: Doc) -> Article:
    """Return the doc's text as an article of one paragraph."""
    return Article(doc.text, (Paragraph(Span(0, len(doc.text.rstrip()))),))


def stretches_of(text: str) -> tuple[Stretch, ...]:
    """Return the stretches between straight double marks, none nested."""
    found = []
    at = text.find('"')
    while at >= 0:
        end = text.index('"', at + 1)
        found.append(Stretch(Span(at, end + 1), Span(at + 1, end)))
        at = text.find('"', end + 1)
    return tuple(found)


def scene_of(doc: Doc) -> Scene:
    """Return the scene of a doc whose quotations stand between straight double marks."""
    return Scene.of(doc, article_of(doc), stretches_of(doc.text))


SAID_THAT = """
    Brook NNP nsubj 1
    said VBD ROOT 1
    that IN mark 4
    it PRP nsubj 4
    failed_ VBD ccomp 1
    . . punct 1
"""

PARENTHETICAL = """
    The DT det 1
    plan_ NN nsubj 7
    , , punct 7
    he PRP nsubj 4
    said_ VBD parataxis 7
    , , punct 7
    would MD aux 7
    fail_ VB ROOT 7
    . . punct 7
"""

QUOTED = """
    "_ `` punct 6
    We PRP nsubj 2
    lost_ VBD ccomp 6
    ,_ , punct 6
    " '' punct 6
    Ann NNP nsubj 6
    said_ VBD ROOT 6
    . . punct 6
    "_ `` punct 10
    It PRP nsubj 10
    hurts_ VBZ ROOT 10
    ._ . punct 10
    " '' punct 10
"""

ACCUSED = """
    She PRP nsubjpass 2
    was VBD auxpass 2
    accused VBN ROOT 2
    of IN prep 2
    theft NN pobj 3
    by IN agent 2
    Brook_ NNP pobj 5
    . . punct 2
"""

WENT_ON = """
    He PRP nsubj 1
    went VBD ROOT 1
    on RP prt 1
    to TO aux 4
    say VB xcomp 1
    it PRP nsubj 6
    failed_ VBD ccomp 4
    , , punct 1
    adding VBG advcl 6
    that IN mark 11
    nobody NN nsubj 11
    cared_ VBD ccomp 8
    . . punct 1
"""

FRIED = """
    said VBD ROOT 0
    Daniel NNP compound 2
    Fried_ NNP nsubj 0
    , , punct 2
    the DT det 6
    former JJ amod 6
    ambassador NN appos 2
    to IN prep 6
    Poland_ NNP pobj 7
    . . punct 0
"""
