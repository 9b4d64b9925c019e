"""Features: finite numbers of one width for any parse, and the ones that matter say what they should."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_docs import Row, Small, indirect, quoted, two_paragraphs
from test_columns import columns

from service.extraction.learned import candidates, features
from service.extraction.learned.alphabet import DEPS, TAGS
from service.extraction.learned.hints import FAMILIES, FAMILY, Hints
from service.extraction.models import Attribution, Span

NO_WORDS = np.zeros(1, np.bool_)


def widths(small: Small, ruled: tuple[Attribution, ...] = ()) -> tuple[int, int, int]:
    """Compute every feature of the article, check that it is a number, and return how many there are."""
    found = columns(small)
    hints = Hints.of(found, ruled)
    cue = candidates.cues(found, NO_WORDS)
    contents, sources = candidates.contents(found, cue), candidates.sources(found, cue)
    top = features.top(found, contents)
    assert ((contents.first <= top) & (top < contents.end)).all()
    tables = (
        features.of_tokens(found, hints),
        features.of_contents(found, cue, contents, top, hints),
        features.of_sources(found, cue, sources, hints),
    )
    assert all(np.isfinite(table).all() for table in tables)
    assert [len(table) for table in tables] == [len(found), len(contents.cue), len(sources.cue)]
    first, second, third = (table.shape[1] for table in tables)
    return first, second, third


def said(small: Small) -> Attribution:
    """What a rule says of the quoted article."""
    return Attribution((small.stretches[0].span,), small.at("said"), small.at("Ana Roy"), "cue-after", 0.9)


def test_every_article_has_features_of_one_width():
    small = quoted()
    wanted = widths(small)
    others = [Small(), indirect(), two_paragraphs(), Small([("Oh", "UH", "ROOT", 0)])]
    assert [widths(other) for other in others] == [wanted] * 4
    assert widths(small, (said(small),)) == wanted


_row = st.tuples(
    st.sampled_from(["said ", "Ana ", '" ', '"', ", ", "that ", "x", "7 ", "…", "’s "]),
    st.sampled_from([*TAGS, "ODD"]),
    st.sampled_from([*(dep for dep in DEPS if dep != "ROOT"), "odd"]),
    st.integers(0, 11),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_row, min_size=12, max_size=12), min_size=1, max_size=3))
def test_any_parse_has_features(sentences: list[list[Row]]):
    trees = [[(w, t, d, min(h, i)) for i, (w, t, d, h) in enumerate(rows)] for rows in sentences]
    assert widths(Small(*trees)) == widths(quoted())


def test_the_subject_of_a_conjunct_is_that_of_its_head():
    found = features.source_in_parse(columns(indirect()))
    ana, thinks, rain, denies = 0, 1, 5, 7
    assert found[thinks] == found[denies] == ana
    assert found[rain] == 3


def test_the_top_of_a_content_is_its_highest_word():
    found = columns(indirect())
    contents = candidates.Contents(np.array([0, 0]), np.array([2, 8]), np.array([6, 9]))
    assert features.top(found, contents).tolist() == [5, 8]


def test_hints_say_where_the_rules_agree():
    small = quoted()
    found = columns(small)
    hints = Hints.of(found, [said(small)])
    assert hints.of_tokens()[:, 0].nonzero()[0].tolist() == [1, 2, 3]
    assert hints.of_tokens()[:, 3].nonzero()[0].tolist() == [8]
    first, end = np.array([1, 3]), np.array([4, 4])
    agreed = hints.of_contents(found, np.array([8, 8]), first, end, np.array([3, 3]))
    assert agreed[0, FAMILY["cue-after"]] == 1
    assert agreed[0, FAMILIES : FAMILIES + 2].tolist() == [1, 1]
    assert agreed[1, FAMILIES + 1] == 0
    assert hints.of_sources(found, np.array([8, 8]), np.array([7, 10]))[:, 2].tolist() == [1, 0]


def test_hints_find_the_attribution_that_says_the_same():
    small = quoted()
    found = columns(small)
    hints = Hints.of(found, [said(small)])
    assert hints.same(found, 1, 4, 7) == 0
    assert hints.same(found, 1, 4, None) is None
    assert hints.same(found, 1, 4, 10) is None
    assert hints.same(found, 9, 11, 7) is None
    assert Hints.of(found, []).same(found, 1, 4, 7) is None


def test_an_attribution_that_follows_another_has_its_cue():
    small = two_paragraphs()
    found = columns(small)
    root = Attribution((small.stretches[0].span,), small.at("said"), small.at("He"), "cue-before", 0.9)
    after = Attribution((small.stretches[1].span,), None, small.at("He"), "floating", 0.7, follows=0)
    assert Hints.of(found, [root, after]).cue.tolist() == [[1, 2], [1, 2]]


def test_an_attribution_of_words_that_were_left_out_is_no_hint():
    found = columns(quoted())
    beyond = Attribution((Span(0, 1),), None, None, "unattributed", 0.3)
    assert Hints.of(found, [beyond]).of_tokens()[:, 0].sum() == 0
