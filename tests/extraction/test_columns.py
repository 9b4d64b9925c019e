"""The parse as columns: offsets lead back to the text, trees are right, odd input breaks nothing."""

from __future__ import annotations

import numpy as np
from small_docs import Small, indirect, quoted, two_paragraphs

from service.extraction.learned.alphabet import TAGS, Vocabulary
from service.extraction.learned.columns import Columns, counts

NOTHING = Vocabulary(np.zeros(1, np.uint64), np.zeros(1, np.int64))


def columns(small: Small, vocabulary: Vocabulary = NOTHING) -> Columns:
    return Columns.of(small.doc, small.article, small.stretches, vocabulary)


def words(small: Small, found: Columns) -> list[str]:
    return [small.text[start:end] for start, end in zip(found.start, found.end, strict=True)]


def test_offsets_lead_back_to_the_text_and_white_space_is_left_out():
    small = two_paragraphs()
    assert words(small, columns(small)) == [
        "He",
        "said",
        ":",
        '"',
        "We",
        "won",
        ".",
        '"',
        '"',
        "They",
        "lost",
        ".",
        '"',
    ]


def test_furniture_is_left_out():
    row = [("Share ", "VB", "ROOT", 0), ("this", "DT", "dobj", 0)]
    small = Small(row, [("Ana ", "NNP", "nsubj", 1), ("left", "VBD", "ROOT", 1)], kinds=["furniture", "body"])
    found = columns(small)
    assert words(small, found) == ["Ana", "left"]
    assert found.head.tolist() == [1, 1]
    assert found.sent.tolist() == [0, 0]


def test_subtrees_and_depth():
    found = columns(indirect())
    left, right = found.edges
    rain, thinks = 5, 1
    assert (left[rain], right[rain]) == (2, 6)
    assert (left[thinks], right[thinks]) == (0, 10)
    assert found.depth.tolist()[:6] == [1, 0, 2, 2, 2, 1]


def test_tokens_between_marks_know_their_stretch():
    found = columns(quoted())
    assert found.quoted.tolist() == [[1, 5]]
    assert found.inside.tolist() == [-1, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1]
    assert found.mark.nonzero()[0].tolist() == [0, 5]


def test_words_are_what_has_a_letter_or_digit():
    small = quoted()
    found = columns(small)
    assert [w for w, is_word in zip(words(small, found), found.word, strict=True) if is_word] == [
        "Rain", "will", "stop", "Ana", "Roy", "said", "in", "Lyon",
    ]  # fmt: skip
    assert found.next_word[0] == 1
    assert found.last_word[6] == 4


def test_sentences_and_paragraphs_have_bounds():
    found = columns(two_paragraphs())
    begin, stop = found.sentence
    assert (begin[4], stop[4]) == (3, 8)
    assert found.para.tolist() == [0] * 3 + [1] * 5 + [2] * 5


def test_verbs_and_other_words_of_one_spelling_have_numbers_of_their_own():
    keys = {Vocabulary.key("said", verb=True): 7, Vocabulary.key("rain", verb=False): 3}
    ordered = sorted(keys)
    vocabulary = Vocabulary(np.array(ordered, np.uint64), np.array([keys[key] for key in ordered]))
    assert columns(quoted(), vocabulary).number.tolist() == [0, 3, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0]
    assert columns(indirect(), vocabulary).number[5] == 0


def test_tags_are_numbered_from_one():
    found = columns(quoted())
    assert TAGS[found.tag[8] - 1] == "VBD"


def test_an_article_without_tokens_has_columns():
    found = columns(Small())
    assert len(found) == 0
    assert found.edges[0].tolist() == found.children[0].tolist() == []


def test_characters_beyond_the_first_plane_are_words():
    small = Small([("😀 ", "NFP", "punct", 1), ("日本 ", "NNP", "nsubj", 2), ("said", "VBD", "ROOT", 2)])
    assert columns(small).word.tolist()[1:] == [True, True]


def test_running_counts():
    running = counts(np.array([True, False, True]))
    assert (running[3] - running[1]).item() == 1
