"""What of a record a view shows, and how its figures are counted."""

from __future__ import annotations

import pytest

from service.articles import Document
from service.documents import read_html, read_text
from service.extraction.models import Extraction, Quote, Span, Speaker
from service.results import record, view
from service.schemas import Options, QuoteRequest

TEXT = "‘Safe bridge’ 😀\n\n“The bridge is\nsafe,” said Berg. “And old.” It will be mended, Berg said."


def quote(number: int, *words: str, **more: object) -> Quote:
    spans = tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in words)
    given = {"type": "direct", "mode": "speech", "confidence": 0.9, "speaker": "s1", "repeats": None, **more}
    return Quote(
        id=f"q{number}",
        content=spans,
        cue=None,
        source=None,
        rule="r",
        speaker_rule="n",
        paragraph=0,
        **given,
    )


QUOTES = (
    quote(1, "‘Safe bridge’", in_headline=True, repeats="q2"),
    quote(2, "“The bridge is\nsafe,”", "“And old.”", confidence=0.7),
    quote(3, "It will be mended", type="indirect", speaker="s2"),
    quote(4, "mended", type="mixed", mode="thought", speaker=None),
)
SPEAKERS = (Speaker("s1", "Tomas Berg", "person"), Speaker("s2", "a group", "group", role="experts"))


def shown(**options: object) -> dict:
    article = read_text(TEXT)
    kept = record(Document(article, ("en", 0.9)), Extraction(QUOTES, SPEAKERS))
    return view(kept, QuoteRequest(text=TEXT, options=Options(**options)), {"version": "1"})


def test_thought_is_left_out_by_default() -> None:
    assert [found["id"] for found in shown()["quotes"]] == ["q1", "q2", "q3"]
    assert [found["id"] for found in shown(modes=("thought",))["quotes"]] == ["q4"]


def test_a_split_quote_reads_as_one_line_and_keeps_its_spans() -> None:
    second = shown()["quotes"][1]
    assert second["text"] == "“The bridge is safe,” “And old.”"
    assert [span["text"] for span in second["content"]] == ["“The bridge is\nsafe,”", "“And old.”"]


def test_words_of_a_headline_that_repeats_the_body_count_once() -> None:
    first = shown()["speakers"][0]
    assert (first["quotes"], first["words_quoted"]) == (["q1", "q2"], 6)


def test_what_an_entity_is_called_is_no_word() -> None:
    text = "&ldquo;It&rsquo;s safe,&rdquo; said Berg."
    said = Quote("q1", "direct", "speech", (Span(0, 31),), None, None, "s1", 0.9, "r", "n", 0)
    kept = record(Document(read_text(text), ("en", 0.9)), Extraction((said,), SPEAKERS[:1]))
    (speaker,) = view(kept, QuoteRequest(text=text, options=Options()), {})["speakers"]
    assert speaker["words_quoted"] == 2


def test_only_speakers_of_quotes_that_are_shown_are_shown() -> None:
    assert [found["id"] for found in shown(types=("indirect",))["speakers"]] == ["s2"]


def test_a_repeat_of_a_quote_that_is_not_shown_is_not_told() -> None:
    only = shown(min_confidence=0.8)
    assert [(found["id"], found["repeats"]) for found in only["quotes"]] == [("q1", None), ("q3", None)]
    assert only["speakers"][0]["words_quoted"] == 2


@pytest.mark.parametrize(("unit", "coding", "width"), [("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)])
def test_spans_are_in_the_unit_asked_for(unit: str, coding: str, width: int) -> None:
    for found in shown(offset_unit=unit)["quotes"]:
        for span in found["content"]:
            cut = TEXT.encode(coding)[span["start"] * width : span["end"] * width]
            assert cut.decode(coding) == span["text"]


def test_spans_of_html_point_back_into_it() -> None:
    html = "<p>😀 <b>&ldquo;It holds,&rdquo;</b> she said.</p>"
    article = read_text("😀 “It holds,” she said.")
    found = Extraction(
        (Quote("q1", "direct", "speech", (Span(2, 13),), None, None, None, 0.5, "r", None, 0),), ()
    )
    kept = record(Document(article, ("en", 0.9), lambda span: Span(8, 29), (0,)), found)
    request = QuoteRequest(html=html, options=Options(offset_unit="utf16"))
    place = {"start": 9, "end": 30}
    assert view(kept, request, {})["quotes"][0]["content"] == [
        {
            "start": 3,
            "end": 14,
            "text": "“It holds,”",
            "html": {**place, "blocks": [{"index": 0, "start": 3, "end": 14}]},
        }
    ]


@pytest.mark.parametrize(
    ("detected", "declared", "language", "warned"),
    [
        (("en", 0.99), None, "en", False),
        (("nl", 0.8), None, "nl", True),
        (("nl", 0.8), "en-GB", "en", False),
        (("nl", 0.3), None, "en", False),
    ],
)
def test_a_language_that_may_be_another_gets_a_warning(detected, declared, language, warned) -> None:
    kept = record(Document(read_text(TEXT), detected), Extraction((), ()))
    result = view(kept, QuoteRequest(text=TEXT, language=declared), {})
    assert result["language"] == language
    assert bool(result["warnings"]) is warned


@pytest.mark.parametrize(
    ("html", "page", "found", "codes"),
    [
        ("<p>It holds.</p>", False, True, []),
        ("<html><BODY class=a><p>It holds.</p></body></html>", False, True, ["whole-page"]),
        ("<body><p>It holds.</p></body>", True, True, []),
        ("<body><p>It holds.</p></body>", True, False, ["article-not-found"]),
        ("<p>The &lt;body&gt; holds.</p>", False, True, []),
    ],
)
def test_a_whole_page_gets_a_warning_unless_its_article_was_looked_for_and_found(
    html: str, page: bool, found: bool, codes: list[str]
) -> None:
    article = read_html(html).article
    document = Document(article, ("en", 0.99), lambda span: span, article_found=found)
    kept = record(document, Extraction((), ()))
    warnings = view(kept, QuoteRequest(html=html, page=page), {})["warnings"]
    assert [warning["code"] for warning in warnings] == codes
