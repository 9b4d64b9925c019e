"""Edges mended after the choice: what is cut off a source or a content, what is given back to it."""

from __future__ import annotations

import pytest
from small_docs import Row, Small

from service.extraction.edges import covered, mended, requoted, with_signs, without_hearer, without_label
from service.extraction.formulas import without_formulas
from service.extraction.models import Attribution, Span
from service.extraction.narration import goes_on_to_act
from service.extraction.scene import Scene


def flat(*words: str) -> Small:
    """A sentence whose words (``word/TAG`` or ``word``) hang on the first."""
    rows: list[Row] = []
    for place, word in enumerate(words):
        bare, _, tag = word.partition("/")
        space = "" if place + 1 == len(words) or words[place + 1][0] in ",.:”" or bare == "“" else " "
        rows.append((bare + space, tag or "NN", "ROOT" if place == 0 else "dep", 0))
    return Small(rows)


def scene_of(small: Small) -> Scene:
    return Scene.of(small.doc, small.article, small.stretches)


def attribution(small: Small, content: str, cue: str, source: str | None = None) -> Attribution:
    where = small.at(source) if source else None
    return Attribution((small.at(content),), small.at(cue), where, "clause", 0.9)


def test_a_source_begins_after_the_dateline() -> None:
    small = flat("Amaran/NNP", "-/HYPH", "The/DT", "minister", "said/VBD", "it/PRP", "held/VBD", ".")
    [found] = mended(scene_of(small), [attribution(small, "it held", "said", "Amaran - The minister")])
    assert found.source == small.at("The minister")


def test_a_source_within_the_paragraph_keeps_its_dash() -> None:
    small = flat(
        "Then/RB", "Amaran/NNP", "-/HYPH", "The/DT", "minister", "said/VBD", "it/PRP", "held/VBD", "."
    )
    before = attribution(small, "it held", "said", "Amaran - The minister")
    assert [*mended(scene_of(small), [before])] == [before]


@pytest.mark.parametrize(
    ("words", "content", "mended_content"),
    [
        (
            ("She/PRP", "said/VBD", "on/IN", "Monday/NNP", "it/PRP", "held/VBD"),
            "on Monday it held",
            "it held",
        ),
        (("She/PRP", "said/VBD", "yesterday/NN", "it/PRP", "held/VBD"), "yesterday it held", "it held"),
        (("She/PRP", "said/VBD", "Monday/NNP", "was/VBD", "late/JJ"), "Monday was late", "Monday was late"),
    ],
)
def test_the_time_of_the_saying_is_not_what_was_said(
    words: tuple[str, ...], content: str, mended_content: str
) -> None:
    small = flat(*words)
    [found] = mended(scene_of(small), [attribution(small, content, "said", "She")])
    assert found.content == (small.at(mended_content),)


def test_a_clause_gets_its_pronoun_back_unless_it_is_said_elsewhere() -> None:
    small = flat("Ann/NNP", "told/VBD", "Bob/NNP", "she/PRP", "found/VBD", "it/PRP", "odd/JJ")
    clause = attribution(small, "found it odd", "told", "Ann")
    [found] = mended(scene_of(small), [clause])
    assert found.content == (small.at("she found it odd"),)
    other = Attribution((small.at("Bob she"),), None, None, "floating", 0.5)
    assert [*mended(scene_of(small), [other, clause])][1] == clause


def test_what_the_speaker_does_next_is_told_from_words() -> None:
    small = flat("“", "Go/VB", ",", "”", "she/PRP", "says/VBZ", ",", "and/CC", "waves/VBZ", "a/DT", "hand")
    scene = scene_of(small)
    assert goes_on_to_act(scene, scene.tokens(small.at("says")), small.at("and waves a hand"))
    assert not goes_on_to_act(scene, scene.tokens(small.at("says")), small.at("“Go,”"))


def test_a_label_before_a_quotation_is_cut_off_and_a_clause_is_not() -> None:
    small = flat("A/DT", "footnote", ":", "“", "It/PRP", "held/VBD", ".", "”")
    whole = Span(0, len(small.text))
    assert without_label(scene_of(small), (0, 0), whole).of(small.text) == "“It held.”"
    small = flat("It/PRP", "said/VBD", ":", "“", "It/PRP", "held/VBD", ".", "”")
    whole = Span(0, len(small.text))
    assert without_label(scene_of(small), (0, 0), whole) == whole


def test_what_somebody_answers_is_no_part_of_the_answer() -> None:
    small = flat("Asked/VBN", "if/IN", "it/PRP", "held/VBD", ":", "“", "It/PRP", "did/VBD", ".", "”")
    whole = Span(small.at("if").start, len(small.text))
    assert without_label(scene_of(small), (0, 1), whole).of(small.text) == "“It did.”"


@pytest.mark.parametrize(
    ("words", "content", "begins"),
    [
        (("told/VBD", "reporters/NNS", "rents/NNS", "fell/VBD"), "reporters rents fell", "rents fell"),
        (("told/VBD", "reporters/NNS", "of/IN", "it/PRP"), "reporters of it", "of it"),
        (("told/VBD", "rents/NNS", "they/PRP", "fell/VBD"), "rents they fell", "rents they fell"),
        (("said/VBD", "reporters/NNS", "they/PRP", "fell/VBD"), "reporters they fell", "reporters they fell"),
        (("told/VBD", "the/DT", "Today/NNP", "show/NN", "it/PRP", "fell/VBD"), "show it fell", "it fell"),
    ],
)
def test_whoever_was_told_is_not_what_was_said(words: tuple[str, ...], content: str, begins: str) -> None:
    small = flat(*words)
    assert without_hearer(scene_of(small), (0, 1), small.at(content)) == small.at(begins)


@pytest.mark.parametrize(
    ("text", "content", "printed"),
    [
        ("it would pay $20 million, she said", "20 million", "$20 million"),
        ("it fell by -£5m", "5m", "-£5m"),
        ("it was -5 in May", "5 in May", "-5 in May"),
        ("it was the well-known 5-5 draw", "5 draw", "5 draw"),
        ("growth of 4-6%, it said", "growth of 4-6", "growth of 4-6%"),
        ("growth of 40 %, it said", "growth of 40", "growth of 40 %"),
        ("it cost 5 € then", "it cost 5", "it cost 5 €"),
        ("it cost 5 $then", "it cost 5", "it cost 5 $"),
        ("#MeToo mattered", "MeToo mattered", "#MeToo mattered"),
        ("it was the last (really), she said", "it was the last (really", "it was the last (really)"),
        ("she (said it held)", "it held", "it held"),
        ("half - five", "five", "five"),
    ],
)
def test_signs_belong_to_the_words_beside_them(text: str, content: str, printed: str) -> None:
    start = text.index(content)
    assert with_signs(text, Span(start, start + len(content))).of(text) == printed


def test_covered_tells_content_from_the_rest() -> None:
    small = flat("She/PRP", "said/VBD", "it/PRP", "held/VBD")
    said = covered(small.text, [attribution(small, "it held", "said")])
    assert [small.text[i] for i in range(len(said)) if said[i]] == [*"it held"]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("not to be named", False),
        ("not to be named because the deal is not signed", False),
        ("to a request for comment", False),
        ("that nobody was named", True),
    ],
)
def test_formulas_report_nothing(content: str, kept: bool) -> None:
    one = Attribution((Span(0, len(content)),), None, None, "infinitive", 0.9)
    assert bool(without_formulas(content, [one])) is kept


def quoting(*tail: Row) -> tuple[Small, Attribution]:
    """``The paper quoted a bishop as warning`` with a tail, and all after the verb as its content."""
    small = Small(
        [
            ("The ", "DT", "det", 1),
            ("paper ", "NN", "nsubj", 2),
            ("quoted ", "VBD", "ROOT", 2),
            ("a ", "DT", "det", 4),
            ("bishop ", "NN", "dobj", 2),
            ("as ", "IN", "prep", 2),
            ("warning" + (" " if tail else ""), "VBG", "pcomp", 5),
            *tail,
        ]
    )
    content = Span(small.at("a bishop").start, len(small.text))
    return small, Attribution((content,), small.at("quoted"), small.at("The paper"), "predicate", 0.7)


def test_who_is_quoted_is_credited() -> None:
    small, one = quoting(("of ", "IN", "prep", 6), ("pride", "NN", "pobj", 7))
    found = requoted(scene_of(small), one)
    assert found.content == (small.at("of pride"),)
    assert (found.cue, found.source) == (small.at("warning"), small.at("a bishop"))


def test_nothing_is_credited_to_who_is_quoted_as_saying_nothing() -> None:
    small, one = quoting()
    assert requoted(scene_of(small), one) == one
