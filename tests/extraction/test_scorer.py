"""The scorer: what is chosen, what is credited, and that a model file can be trusted or is refused."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_docs import Small, indirect, quoted, two_paragraphs
from test_columns import columns
from tiny_model import tiny_model

from service.extraction.learned.candidates import Contents
from service.extraction.learned.scorer import MAX_PIECES, Piece, Scorer, calibrated, credited, decode, span_of


def chosen(*contents: tuple[int, int, int, float], cue: tuple[int, ...]) -> dict[int, list[tuple[int, int]]]:
    """Decode contents ``(index of the cue, first, end, probability)``; return the ranges by cue."""
    which, first, end, probability = (np.array(values) for values in zip(*contents, strict=True))
    answer = decode(40, np.array(cue), Contents(which, first, end), probability, threshold=0.3)
    return {key: [(piece.first, piece.end) for piece in pieces] for key, pieces in answer.items()}


def test_the_likelier_of_two_contents_that_overlap_wins():
    assert chosen((0, 2, 6, 0.6), (0, 2, 9, 0.8), cue=(1,)) == {0: [(2, 9)]}


def test_unlikely_contents_are_not_chosen():
    assert chosen((0, 2, 6, 0.2), cue=(1,)) == {}


def test_a_cue_inside_chosen_content_is_silent():
    assert chosen((0, 2, 9, 0.9), (1, 6, 9, 0.8), (1, 10, 12, 0.8), cue=(1, 5)) == {0: [(2, 9)]}


def test_content_that_holds_the_cue_of_another_is_not_chosen():
    assert chosen((1, 10, 12, 0.9), (0, 2, 9, 0.8), cue=(1, 5)) == {1: [(10, 12)]}


def test_a_split_quotation_has_several_contents():
    assert chosen((0, 2, 4, 0.9), (0, 7, 9, 0.8), cue=(5,)) == {0: [(2, 4), (7, 9)]}


def test_a_cue_has_a_bounded_number_of_contents():
    many = [(0, 2 * i, 2 * i + 1, 0.9) for i in range(1, 12)]
    assert len(chosen(*many, cue=(0,))[0]) == MAX_PIECES


def test_the_source_stands_outside_the_content():
    heads, sure = np.array([3, 7]), np.array([0.8, 0.15], np.float32)
    assert credited([Piece(2, 5, 1.0)], heads, sure, 0.05)[0] == 7
    assert credited([Piece(9, 12, 1.0)], heads, sure, 0.05)[0] == 3


def test_nobody_is_credited_where_that_is_likeliest():
    heads, sure = np.array([3]), np.array([0.4], np.float32)
    assert credited([Piece(9, 12, 1.0)], heads, sure, 0.6) == (None, pytest.approx(0.6))
    assert credited([Piece(9, 12, 1.0)], np.zeros(0, np.int64), np.zeros(0, np.float32), 1.0)[0] is None


def test_confidence_rises_with_probability_and_stays_a_probability():
    line = np.array([1.4, -0.5])
    found = [calibrated(raw, line) for raw in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert found == sorted(found)
    assert 0 <= found[0] < found[-1] <= 1


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer.read(tiny_model())


@pytest.mark.parametrize("small", [quoted(), indirect(), two_paragraphs(), Small()])
def test_answers_lie_in_the_text_without_overlap_and_are_always_the_same(scorer: Scorer, small: Small):
    answers = scorer.score(small.doc, small.article, small.stretches, [])
    spans = sorted(span for answer in answers for span in answer.content)
    assert all(0 <= span.start < span.end <= len(small.text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 < answer.confidence < 1 for answer in answers)
    assert answers == scorer.score(small.doc, small.article, small.stretches, [])


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6))
def test_content_with_its_marks_and_the_edges_of_indirect_content(repeats: int):
    small = Small(
        *[[("Ana ", "NNP", "nsubj", 1), ("said ", "VBD", "ROOT", 1), ("no", "UH", "dobj", 1)]] * repeats
    )
    answers = Scorer.read(tiny_model(threshold=0.01)).score(small.doc, small.article, small.stretches, [])
    for answer in answers:
        for span in answer.content:
            assert small.text[span.start].isalnum() and small.text[span.end - 1].isalnum()


def test_the_marks_that_content_reaches_belong_to_it():
    small = quoted()
    found = columns(small)
    assert span_of(found, Piece(1, 4, 1.0)) == small.at('"Rain will stop,"')
    assert span_of(found, Piece(2, 4, 1.0)) == small.at('will stop,"')
    assert span_of(found, Piece(1, 3, 1.0)) == small.at('"Rain will')
    assert span_of(found, Piece(9, 11, 1.0)) == small.at("in Lyon")


def test_a_doc_of_another_pipeline_does_not_fit(scorer: Scorer):
    small = quoted()
    assert scorer.fits(small.doc)
    small.doc.tensor = np.zeros((len(small.doc), 3), np.float32)
    assert not scorer.fits(small.doc)
    small.doc.tensor = np.zeros((0,), np.float32)
    assert not scorer.fits(small.doc)


@pytest.mark.parametrize("data", [b"", b"not a model", b"PK\x03\x04 broken"])
def test_what_is_no_model_file_is_refused(data: bytes):
    with pytest.raises(ValueError, match="model file"):
        Scorer.read(data)
