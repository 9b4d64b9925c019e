"""Roughened copies keep their annotation: the words that it names, wherever they have moved to."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from training.roughen import PRESENT, VERBS, roughen

TEXT = (
    "The mayor said that the ferry “would sail in May,” and left.\n\n"
    "“It is safe,” Ana Roy said. “I sail on it daily.”\n\n"
    "Critics say the plan is dead."
)
QUOTES = (
    ("that the ferry “would sail in May,”", "said", "The mayor"),
    ("“It is safe,”", "said", "Ana Roy"),
    ("the plan is dead", "say", "Critics"),
)
LOST = {"the", "a", "an", "that"}
SAYING = {word for line in (*VERBS, *PRESENT) for verb in line.split() for word in verb.split("&")}


def article() -> dict[str, Any]:
    def spans(words: str, after: int) -> list[list[int]]:
        start = TEXT.index(words, after)
        return [[start, start + len(words)]]

    quotes = []
    for content, cue, source in QUOTES:
        near = max(0, TEXT.index(content) - 20)
        found = {"content": spans(content, 0), "cue": spans(cue, near), "source": spans(source, near)}
        quotes.append(found | {"source_head": found["source"][0]})
    return {"id": "one", "text": TEXT, "quotes": quotes}


def words(text: str, spans: list[list[int]]) -> list[str]:
    found = " ".join(text[start:end] for start, end in spans)
    return [word for word in re.findall(r"\w+", found.lower()) if word not in LOST]


@pytest.mark.parametrize("seed", range(60))
def test_the_annotation_names_the_same_words(seed: int) -> None:
    before = article()
    after = roughen(before, random.Random(seed))
    for old, new in zip(before["quotes"], after["quotes"], strict=True):
        for part in ("content", "source"):
            assert words(after["text"], new[part]) == words(TEXT, old[part])
        assert set(words(after["text"], new["cue"])) <= {*words(TEXT, old["cue"]), *SAYING}
        assert new["source_head"] == new["source"][0]


def test_the_same_seed_gives_the_same_copy() -> None:
    assert roughen(article(), random.Random(3)) == roughen(article(), random.Random(3))


def test_copies_differ_in_marks_and_words() -> None:
    copies = [roughen(article(), random.Random(seed))["text"] for seed in range(60)]
    assert any("«" in copy for copy in copies) and any("‘It is safe" in copy for copy in copies)
    assert any("\n" not in copy for copy in copies) and any("Roy said" not in copy for copy in copies)
