"""What somebody only speaks about is told from what was said."""

from __future__ import annotations

import pytest
from parses import parse, scene_of

from service.extraction.models import Attribution, Span
from service.extraction.topics import told

THING = """
    They PRP nsubj 1
    rejected VBD ROOT 1
    the DT det 3
    offer NN dobj 1
    of IN prep 3
    talks_ NNS pobj 4
    . . punct 1
"""

CLAUSE = """
    They PRP nsubj 1
    doubted VBD ROOT 1
    that DT det 3
    fuel NN dobj 1
    caused VBD ccomp 1
    it_ PRP dobj 4
    . . punct 1
"""

MARKED = """
    They PRP nsubj 1
    offered VBD ROOT 1
    a DT det 4
    "_ `` punct 4
    deep JJ amod 5
    apology_ NN dobj 1
    " '' punct 1
    . . punct 1
"""


def mode_of(rows: str, content: str, rule: str) -> str:
    scene = scene_of(parse(rows))
    start = scene.doc.text.index(content)
    one = Attribution((Span(start, start + len(content)),), None, None, rule, 0.5)
    return told(scene, one).mode


@pytest.mark.parametrize("rule", ["object", "preposition", "scored-clause"])
def test_a_noun_phrase_is_a_topic(rule: str) -> None:
    assert mode_of(THING, "the offer of talks", rule) == "thought"


def test_content_of_other_rules_keeps_its_mode() -> None:
    assert mode_of(THING, "the offer of talks", "clause") == "speech"


@pytest.mark.parametrize("content", ["that fuel caused it", "fuel caused it"])
def test_a_clause_is_no_topic(content: str) -> None:
    assert mode_of(CLAUSE, content, "object") == "speech"


def test_words_between_marks_are_no_topic() -> None:
    assert mode_of(MARKED, 'a "deep apology"', "object") == "speech"
