"""Scorer and rules joined: who decides, whose name the attribution bears, what stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from small_docs import Small, indirect, quoted, two_paragraphs

from service.extraction.attribution import attribute
from service.extraction.learned.scorer import Scored, Scorer
from service.extraction.models import Attribution, Span
from service.extraction.revision import revise
from service.extraction.scene import Scene


@dataclass
class FakeScorer:
    """Answers what it is told to."""

    answers: Sequence[Scored]
    right_pipeline: bool = True

    def fits(self, doc: Any) -> bool:
        return self.right_pipeline

    def score(self, *_: Any) -> list[Scored]:
        return list(self.answers)


def revised(small: Small, ruled: Sequence[Attribution], *answers: Scored, **options: Any):
    scorer = cast(Scorer, FakeScorer(answers, **options))
    scene = Scene.of(small.doc, small.article, small.stretches)
    return revise(scene, small.stretches, ruled, scorer)


def scored(
    content: Span, cue: int, source: int | None, ruled: int | None = None, rule: str = "scored-clause"
):
    return Scored(rule, (content,), cue, source, ruled, 0.8, 0.77)


def test_cue_and_source_are_whole_phrases():
    small = quoted()
    (found,) = revised(small, [], scored(small.stretches[0].span, 8, 7, rule="scored-quotation"))
    assert found.content == (small.stretches[0].span,)
    assert found.cue == small.at("said")
    assert found.source == small.at("Ana Roy")
    assert (found.rule, found.confidence, found.mode) == ("scored-quotation", 0.77, "speech")


def test_words_between_marks_are_never_cut():
    small = quoted()
    stretch = small.stretches[0].span
    cut = Span(stretch.start, stretch.end - 2)
    (found,) = revised(small, [], scored(cut, 8, 7, rule="scored-quotation"))
    assert found.content == (stretch,)


def test_a_rule_that_agrees_gives_its_name_and_mode():
    small = quoted()
    rule = Attribution(
        (small.stretches[0].span,), small.at("said"), small.at("Roy"), "cue-after", 0.9, "writing"
    )
    (found,) = revised(small, [rule], scored(small.stretches[0].span, 8, 7, ruled=0))
    assert (found.rule, found.mode, found.confidence) == ("cue-after", "writing", 0.77)


def test_what_only_a_rule_says_of_other_words_stands_if_the_scorer_does_not_look_for_it():
    small = indirect()
    credit = Attribution((small.at("it will rain"),), None, small.at("Ana"), "post-credit", 0.9)
    clause = Attribution((small.at("it will rain"),), small.at("thinks"), small.at("Ana"), "clause", 0.7)
    assert revised(small, [credit]) == (credit,)
    assert revised(small, [clause]) == ()


def test_what_only_a_rule_says_stands_if_the_rule_is_mostly_right():
    small = indirect()
    sure = Attribution((small.at("it will rain"),), small.at("thinks"), small.at("Ana"), "clause", 0.81)
    assert revised(small, [sure]) == (sure,)


def test_what_only_the_scorer_says_stands_if_it_is_sure_enough():
    small = indirect()
    rule = Attribution((small.at("it will rain"),), small.at("thinks"), small.at("Ana"), "clause", 0.7)
    alone, shared = (
        replace(scored(small.at("that it will rain"), 1, 0, ruled=ruled), confidence=0.44)
        for ruled in (None, 0)
    )
    assert revised(small, [rule], alone) == ()
    assert [one.rule for one in revised(small, [rule], shared)] == ["clause"]


def test_the_scorer_wins_where_both_claim_the_words():
    small = indirect()
    dashed = Attribution((small.at("it will rain"),), None, None, "dash-credit", 0.9)
    (found,) = revised(small, [dashed], scored(small.at("that it will rain"), 1, 0))
    assert found.source == small.at("Ana")


def test_what_a_form_credits_outright_is_no_report_of_its_own():
    small = indirect()
    turn = Attribution((small.at("Ana thinks that it will rain"),), None, None, "transcript-turn", 0.9)
    (found,) = revised(small, [turn], scored(small.at("that it will rain"), 1, 0))
    assert found == turn


def test_a_rule_may_not_claim_the_cue_of_the_scorer():
    small = indirect()
    credit = Attribution((small.at("Ana thinks"),), None, None, "dash-credit", 0.9)
    (found,) = revised(small, [credit], scored(small.at("that it will rain"), 1, 0))
    assert found.rule == "scored-clause"


def test_thought_is_told_from_speech_by_the_cue():
    small = indirect()
    (found,) = revised(small, [], scored(small.at("that it will rain"), 1, 0))
    assert found.mode == "thought"


def test_answers_are_in_the_order_of_the_text():
    small = indirect()
    late, early = scored(small.at("it."), 7, 0), scored(small.at("it will rain"), 1, 0)
    assert [found.content[0].start for found in revised(small, [], late, early)] == [16, 40]


def test_a_quotation_that_goes_on_is_led_to_what_became_of_the_one_before():
    small = two_paragraphs()
    first = Attribution((small.stretches[0].span,), small.at("said"), small.at("He"), "clause", 0.7)
    after = Attribution((small.stretches[1].span,), None, small.at("He"), "floating", 0.7, follows=0)
    found = revised(small, [first, after], scored(small.stretches[0].span, 1, 0))
    assert [one.follows for one in found] == [None, 0]
    alone = revised(small, [first, after])
    assert [one.follows for one in alone] == [None]


def test_another_pipeline_leaves_the_rules_alone():
    small = quoted()
    ruled = attribute(small.doc, small.article, small.stretches)
    assert ruled
    answer = scored(small.stretches[0].span, 8, 7)
    assert revised(small, ruled, answer, right_pipeline=False) == ruled


def test_attribution_takes_the_scorer():
    small = quoted()
    scorer = cast(Scorer, FakeScorer([]))
    assert attribute(small.doc, small.article, small.stretches, scorer=scorer) == revised(
        small, attribute(small.doc, small.article, small.stretches)
    )


def test_a_quotation_that_reaches_the_next_paragraph_is_followed_by_the_rules():
    small = two_paragraphs()
    here, there = (stretch.span for stretch in small.stretches)
    both = Scored("scored-quotation", (here, there), 1, 0, None, 0.8, 0.77)
    assert [one.content for one in revised(small, [], both)] == [(here,)]
    rule = Attribution((here, there), small.at("said"), small.at("He"), "cue-before", 0.9)
    agreed = replace(both, content=(here,), ruled=0)
    assert [one.content for one in revised(small, [rule], agreed)] == [(here, there)]


def test_of_two_answers_that_broken_marks_make_overlap_the_surer_stands():
    small = quoted()
    stretch = small.stretches[0].span
    front, back = Span(stretch.start, stretch.start + 4), Span(stretch.end - 4, stretch.end)
    pair = [scored(front, 8, 7, rule="scored-quotation"), scored(back, 8, 7, rule="scored-mixed")]
    (found,) = revised(small, [], *pair)
    assert (found.rule, found.content) == ("scored-quotation", (stretch,))


def test_a_quotation_in_the_sentence_after_a_report_stands_for_itself():
    small = Small(
        [
            ("Ana ", "NNP", "nsubj", 1),
            ("said ", "VBD", "ROOT", 1),
            ("it ", "PRP", "nsubj", 3),
            ("closed", "VBD", "ccomp", 1),
            (". ", ".", "punct", 1),
            ("“", "``", "punct", 7),
            ("We ", "PRP", "nsubj", 7),
            ("lost", "VBD", "ROOT", 7),
            (".", ".", "punct", 7),
            ("”", "''", "punct", 7),
        ]
    )
    both = (small.at("it closed"), small.stretches[0].span)
    first, second = revised(small, [], Scored("scored-mixed", both, 1, 0, None, 0.8, 0.77))
    assert (first.content, first.rule, first.follows) == (both[:1], "scored-clause", None)
    assert (second.content, second.rule, second.follows) == (both[1:], "follow-on", 0)
    assert (second.cue, second.source) == (None, first.source)


def test_an_unknown_verb_in_a_heading_is_no_cue_of_the_scorers_alone():
    rows = [
        ("Ana ", "NNP", "nsubj", 1),
        ("sues ", "VBZ", "ROOT", 1),
        ("it ", "PRP", "nsubj", 3),
        ("rains", "VBZ", "ccomp", 1),
    ]
    body, heading = Small(rows), Small(rows, kinds=["heading"])
    alone = scored(body.at("it rains"), 1, 0)
    assert revised(body, [], alone)
    assert not revised(heading, [], alone)


def test_who_is_only_described_by_the_noun_is_the_source():
    rows = [
        ("Lee", "NNP", "nsubj", 7),
        (", ", ",", "punct", 0),
        ("head ", "NN", "appos", 0),
        ("of ", "IN", "prep", 2),
        ("the ", "DT", "det", 5),
        ("agency", "NN", "pobj", 3),
        (", ", ",", "punct", 0),
        ("says ", "VBZ", "ROOT", 7),
        ("it ", "PRP", "nsubj", 9),
        ("rains", "VBZ", "ccomp", 7),
    ]
    small = Small(rows)
    (found,) = revised(small, [], scored(small.at("it rains"), 7, 5))
    assert found.source == small.at("Lee")


def test_a_heading_run_into_the_text_is_no_content_of_the_scorers():
    small = quoted()
    stretch = replace(small.stretches[0], kind="heading")
    small.stretches = (stretch, *small.stretches[1:])
    assert not revised(small, [], scored(stretch.span, 8, 7, rule="scored-quotation"))
