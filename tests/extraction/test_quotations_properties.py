"""What holds for the stretches of any text at all, however broken its marks."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction import pairing
from service.extraction.marks import GLYPHS
from service.extraction.models import Paragraph, Span, Stretch
from service.extraction.quotations import find_stretches
from service.extraction.weighing import weigh

WORDS = [
    "he",
    "said",
    "Ann Lee",
    "We",
    "won",
    "don’t",
    "players’",
    "6'2",
    "the",
    "I",
    "told",
    "\u200b",
    "😀",
    "1990",
]
GAPS = [" ", " ", " ", "", ", ", ". ", "! ", ": ", "\n", "\n\n", "—", "\u00a0", "<b>"]
PIECES = st.sampled_from([*GLYPHS, *"“”\"‘’'“”\"‘’'", *WORDS * 2, *GAPS * 2])
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


def paragraphs_of(text: str) -> list[Paragraph]:
    return [Paragraph(Span(*found.span())) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]


def stretches_of(text: str) -> tuple[Stretch, ...]:
    return find_stretches(text, paragraphs_of(text))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_stretch_lies_in_one_paragraph_with_its_words_between_its_marks(text: str) -> None:
    paragraphs = paragraphs_of(text)
    for stretch in stretches_of(text):
        assert stretch.span.start <= stretch.inner.start < stretch.inner.end <= stretch.span.end
        assert sum(paragraph.span.contains(stretch.span) for paragraph in paragraphs) == 1
        assert re.search(r"[^\W_]", stretch.inner.of(text))
        if not stretch.repaired and stretch.continues is None:
            assert stretch.span.start < stretch.inner.start


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_stretches_are_ordered_and_nest(text: str) -> None:
    found = stretches_of(text)
    assert list(found) == sorted(found, key=lambda stretch: (stretch.span.start, -stretch.span.end))
    around: list[Stretch] = []
    for stretch in found:
        while around and around[-1].span.end <= stretch.span.start:
            around.pop()
        assert all(outer.inner.contains(stretch.span) for outer in around)
        assert stretch.depth == len(around)
        around.append(stretch)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_stretch_only_goes_on_from_an_outermost_one_before_it(text: str) -> None:
    found = stretches_of(text)
    for i, stretch in enumerate(found):
        if stretch.continues is not None:
            earlier = found[stretch.continues]
            assert stretch.continues < i
            assert stretch.depth == earlier.depth == 0
            assert "\n" in text[earlier.span.end : stretch.span.start]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_always_gives_the_same_stretches(text: str) -> None:
    assert stretches_of(text) == stretches_of(text)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_furniture_quotes_nobody(text: str) -> None:
    furniture = [Paragraph(paragraph.span, "furniture") for paragraph in paragraphs_of(text)]
    assert find_stretches(text, furniture) == ()


@given(TEXTS, st.sampled_from(["“One,” he said.", "‘One,’ he said.", 'He said “one” and "two".']))
@settings(max_examples=200, deadline=None)
def test_damage_never_leaves_its_paragraph(broken: str, sound: str) -> None:
    """However broken the paragraphs before, a sound paragraph of double marks after plain text stands."""
    text = f"{broken}\nNothing is quoted here at all.\n{sound}"
    start = len(text) - len(sound)
    found = [stretch for stretch in stretches_of(text) if stretch.span.start >= start]
    assert len(found) >= 1
    assert all(stretch.continues is None for stretch in found)


def test_the_work_grows_in_step_with_the_marks(monkeypatch) -> None:
    """Twice the marks may cost twice the steps of the search, not four times."""
    steps: list[int] = []
    advance = pairing._advance
    monkeypatch.setattr(
        pairing, "_advance", lambda beam, *rest: steps.append(len(beam)) or advance(beam, *rest)
    )

    def work(text: str) -> int:
        steps.clear()
        stretches_of(text)
        return sum(steps)

    for unit in ('“a ‘b" c ', '" ', "'a' b' \"c “d” ", "“a\n", "a said, “b. "):
        small, large = work(unit * 500), work(unit * 2_000)
        assert large <= 4.5 * small


def test_a_long_row_of_one_glyph_is_one_mark() -> None:
    assert len(weigh('"' * 100_000)) == 1
    assert stretches_of("“" * 100_000) == ()
