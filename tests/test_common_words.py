"""The list of common words counts articles, and only what stands in small letters."""

from __future__ import annotations

from service.extraction.lexicon import load_list
from training.common_words import common_words

TEXTS = ["The mayor of Oslo and the mayor said so.", "An Oslo mayor isn't the one-time mayor.", "so it is"]


def test_counts_articles_and_leaves_names_and_parts_of_words_out() -> None:
    assert common_words(TEXTS, least=2) == ["mayor", "so", "the"]


def test_leaves_out_what_is_nearly_always_a_name_and_parts_of_addresses() -> None:
    texts = ["They met Rose today."] * 20 + ["prices rose", "they rose"] + ["see lund.example and @lund"] * 2
    words = common_words(texts, least=2)
    assert "prices" not in words
    assert not {"rose", "lund", "example"} & set(words)
    assert {"see", "today", "met"} <= set(words)


def test_the_commonest_come_first() -> None:
    assert common_words([*TEXTS, "the so", "the"], least=3) == ["the", "so"]


def test_the_list_of_the_package_is_in_small_letters_and_begins_with_the_commonest() -> None:
    words = load_list("common_words")
    assert {"the", "of", "and"} <= set(words[:20])
    assert all(word.isascii() and word.islower() and word.isalpha() for word in words)
    assert len(set(words)) == len(words)
