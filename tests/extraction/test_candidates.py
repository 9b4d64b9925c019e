"""Candidates: what may be a cue, its content, its source."""

from __future__ import annotations

import numpy as np
import pytest
from small_docs import Small, indirect, quoted, two_paragraphs
from test_columns import columns

from service.extraction.learned import candidates
from service.extraction.learned.columns import Columns

NO_WORDS = np.zeros(1, np.bool_)


def contents(found: Columns, cue: int) -> set[tuple[int, int]]:
    answer = candidates.contents(found, np.array([cue]))
    return set(zip(answer.first.tolist(), answer.end.tolist(), strict=True))


def test_cues_are_verbs_but_no_auxiliaries():
    found = columns(indirect())
    assert candidates.cues(found, NO_WORDS).tolist() == [1, 5, 7]


def test_words_that_training_saw_as_cues_are_cues():
    found = columns(quoted())
    every = np.ones(1, np.bool_)
    assert len(candidates.cues(found, every)) == len(found)


def test_a_quoted_stretch_is_content_of_its_verb():
    assert (1, 4) in contents(columns(quoted()), 8)


def test_a_clause_is_content_with_and_without_what_follows():
    found = contents(columns(indirect()), 1)
    assert (2, 6) in found
    assert (2, 9) in found


def test_no_content_holds_its_cue_or_its_subject():
    for small, cue, subject in ((quoted(), 8, 7), (indirect(), 1, 0)):
        found = contents(columns(small), cue)
        assert found
        assert not any(first <= cue < end or first <= subject < end for first, end in found)


def test_contents_begin_and_end_with_a_word_and_come_once():
    found = columns(quoted())
    answer = candidates.contents(found, np.array([3, 8]))
    assert found.word[answer.first].all()
    assert found.word[answer.end - 1].all()
    triples = list(zip(answer.cue.tolist(), answer.first.tolist(), answer.end.tolist(), strict=True))
    assert len(triples) == len(set(triples))
    assert answer.cue.tolist() == sorted(answer.cue.tolist())


def test_stretches_in_the_next_paragraph_are_content_alone_and_chained():
    found = contents(columns(two_paragraphs()), 1)
    assert (4, 6) in found
    assert (4, 11) in found


def test_stretches_two_paragraphs_away_are_not_content_alone():
    assert (9, 11) not in contents(columns(two_paragraphs()), 1)


def test_sources_are_the_heads_of_noun_phrases_in_the_sentence():
    answer = candidates.sources(columns(quoted()), np.array([8]))
    assert answer.head.tolist() == [1, 7, 10]


@pytest.mark.parametrize("small", [Small(), Small([("Oh", "UH", "ROOT", 0)])])
def test_without_cues_there_is_nothing(small: Small):
    found = columns(small)
    none = np.zeros(0, np.int64)
    assert len(candidates.contents(found, none).cue) == 0
    assert len(candidates.sources(found, none).cue) == 0


def endless(words: int) -> Columns:
    """Return a sentence of verbs and nouns in turn, each verb hung on the first one."""
    pairs = [[("go ", "VBP", "conj", 0), ("men ", "NNS", "nsubj", 2 * i)] for i in range(words // 2)]
    rows = [row for pair in pairs for row in pair]
    return columns(Small([("go ", "VBP", "ROOT", 0), *rows[1:]]))


def test_a_sentence_without_an_end_has_no_more_candidates_for_each_cue():
    found = endless(800)
    cue = candidates.cues(found, NO_WORDS)
    assert len(cue) == 400
    contents_of_each = np.bincount(candidates.contents(found, cue).cue, minlength=len(cue))
    sources_of_each = np.bincount(candidates.sources(found, cue).cue, minlength=len(cue))
    assert 0 < contents_of_each.min() <= contents_of_each.max() <= candidates.MOST_CONTENTS
    assert 0 < sources_of_each.min() <= sources_of_each.max() <= candidates.MOST_NOMINALS


def test_the_nearest_candidates_are_kept():
    found = endless(800)
    near = candidates.contents(found, np.array([400]))
    assert {398, 402} <= set(near.first.tolist())
    assert np.abs(near.end - 400).max() < 100
    assert set(candidates.sources(found, np.array([400])).head.tolist()) >= {399, 401}
