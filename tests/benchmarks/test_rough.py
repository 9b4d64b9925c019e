"""Articles made rough keep their annotation: every span still covers its words."""

from __future__ import annotations

import pytest
from rough import WAYS, roughened

TEXT = (
    "Ola Lund said it was over. “We are closing,” she added — twice.\n\n"
    "Nobody believed her, said Kola Berg. She left the office, and the flat was left."
)
WORDS = {"source": "Ola Lund", "cue": "said", "content": "it was over.", "source_head": "Lund"}


TOKENIZED = {"treebank tokens", "tokens of Moses"}
"""The ways that set a stop apart from its word."""


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


@pytest.mark.parametrize("name", WAYS)
def test_spans_move_along(name: str) -> None:
    quote = {key: span(words) if key == "source_head" else [span(words)] for key, words in WORDS.items()}
    row = roughened({"id": "1", "text": TEXT, "quotes": [{**quote, "speaker": "Ola Lund"}]}, WAYS[name])
    (moved,) = row["quotes"]
    assert moved["speaker"] == "Ola Lund"
    for key, words in WORDS.items():
        start, end = moved[key] if key == "source_head" else moved[key][0]
        found = row["text"][start:end].replace("\u200b", "").replace("\u00a0", " ")
        expected = words.replace(".", " .") if name in TOKENIZED else words
        assert " ".join(found.split()).lower() == expected.lower()


def test_every_way_changes_something() -> None:
    long = (TEXT + "\n\n") * 2 + "Word “word.”Word “word,” Word's " * 10
    same = {name for name, way in WAYS.items() if not list(way(long))}
    assert same <= {"as it is", "no blank after a mark"}
