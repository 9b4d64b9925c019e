"""Assembling quotes: types, headings that repeat the body, numbering, and the confidence of both stages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.extraction.models import (
    Article,
    Attribution,
    Hint,
    Paragraph,
    Quote,
    Resolution,
    Span,
    Speaker,
    Stretch,
)
from service.extraction.quotes import assemble, quote_type

ANNA = Speaker(id="a", name="Anna Moreau", kind="person")
BEN = Speaker(id="b", name="Ben Otieno", kind="person")
NOBODY = Resolution(speaker=None, rule="no-source", confidence=1.0)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(*lines: tuple[str, str]) -> Article:
    text = "\n\n".join(line for line, _ in lines)
    paragraphs = tuple(Paragraph(span(text, line), kind) for line, kind in lines)  # type: ignore[arg-type]
    return Article(text=text, paragraphs=paragraphs)


def attribution(*content: Span, source: Span | None = None, confidence: float = 0.9) -> Attribution:
    return Attribution(content=content, cue=None, source=source, rule="test", confidence=confidence)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“We will win,”", "direct"),
        ("that they “will win” easily", "mixed"),
        ("that they will win", "indirect"),
    ],
)
def test_type_follows_from_the_marks(content: str, expected: str) -> None:
    text = f"He said {content} on Monday."
    marked = [Span(text.index("“"), text.index("”") + 1)] if "“" in text else []
    assert quote_type(text, [span(text, content)], marked) == expected


def test_type_of_a_split_quotation_looks_at_every_part() -> None:
    text = "“We will win,” he said, and that nobody would mind."
    parts = [span(text, "“We will win,”"), span(text, "that nobody would mind")]
    assert quote_type(text, parts, [parts[0]]) == "mixed"


def test_quotes_come_in_text_order_and_speakers_by_first_quote() -> None:
    given = article(("“One,” said Ben. “Two,” said Anna.", "body"))
    one, two = span(given.text, "“One,”"), span(given.text, "“Two,”")
    found = assemble(
        given,
        [Stretch(one, one), Stretch(two, two)],
        [attribution(two, source=two), attribution(one, source=one)],
        [Resolution("a", "name", 1.0), Resolution("b", "name", 1.0)],
        [ANNA, BEN, Speaker(id="c", name="Never Quoted", kind="person")],
    )
    assert [(q.id, q.content, q.speaker) for q in found.quotes] == [
        ("q1", (one,), "s1"),
        ("q2", (two,), "s2"),
    ]
    assert [(s.id, s.name) for s in found.speakers] == [("s1", "Ben Otieno"), ("s2", "Anna Moreau")]


def test_confidence_is_that_of_both_stages_together() -> None:
    given = article(("“One,” said Ben.", "body"))
    one = span(given.text, "“One,”")
    sure = assemble(given, [], [attribution(one)], [Resolution("b", "name", 0.5)], [BEN]).quotes[0]
    abstained = assemble(given, [], [attribution(one)], [NOBODY], []).quotes[0]
    assert (sure.confidence, abstained.confidence) == (0.45, 0.9)


BODY = "“We have no plans to close the harbour this year,” said Ben Otieno."


def headed(heading: str) -> tuple[Article, list[Attribution]]:
    given = article((heading, "heading"), (BODY, "body"))
    marks = [span(given.text, heading), span(given.text, BODY.split(" said ", maxsplit=1)[0])]
    return given, [attribution(marks[0]), attribution(marks[1], source=span(given.text, "Ben Otieno"))]


def test_a_heading_that_repeats_the_body_word_for_word_takes_its_speaker() -> None:
    given, found = headed("“No plans to close the harbour”")
    heading, body = assemble(given, [], found, [NOBODY, Resolution("b", "name", 1.0)], [BEN]).quotes
    assert (heading.in_headline, heading.repeats, heading.speaker) == (True, body.id, body.speaker)
    assert (body.in_headline, body.repeats) == (False, None)


def test_a_heading_that_shortens_the_body_repeats_it_but_names_nobody() -> None:
    given, found = headed("“No plans to shut the harbour this year”")
    heading, body = assemble(given, [], found, [NOBODY, Resolution("b", "name", 1.0)], [BEN]).quotes
    assert (heading.repeats, heading.speaker) == (body.id, None)


def test_a_heading_of_its_own_repeats_nothing() -> None:
    given, found = headed("“The ferry was late again”")
    assert assemble(given, [], found, [NOBODY, NOBODY], []).quotes[0].repeats is None


def pulled(words: str, speaker: Resolution) -> Quote:
    lines = ("“The ferry was late again,” said Ben Otieno.", words, "It rained.")
    bare = article(*((line, "body") for line in lines))
    block = bare.paragraphs[1].span
    said, other = span(bare.text, "“The ferry was late again,”"), Speaker("c", "Ann Lee", "person")
    quotes = assemble(
        replace(bare, hints=(Hint(block, None),)),
        [Stretch(said, Span(said.start + 1, said.end - 1))],
        [attribution(said), attribution(block)],
        [Resolution("b", "name", 1.0), speaker],
        [BEN, other],
    ).quotes
    return quotes[1]


def test_a_block_quotation_is_direct_and_a_pull_quote_repeats_the_text() -> None:
    quote = pulled("The ferry was late again", Resolution("b", "name", 1.0))
    assert (quote.type, quote.in_headline, quote.repeats) == ("direct", False, "q1")


def test_a_block_quotation_of_somebody_else_or_of_other_words_repeats_nothing() -> None:
    assert pulled("The ferry was late again", Resolution("c", "name", 1.0)).repeats is None
    assert pulled("We warned them twice", Resolution("b", "name", 1.0)).repeats is None
