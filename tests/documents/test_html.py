"""HTML into the text a reader sees, and every character of it back to where it came from."""

import html as html_module
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents import read_html, read_text
from service.documents.tokens import read_tokens
from service.extraction.models import Span

CASES = Path(__file__).parents[1] / "cases" / "documents"
TEXTS = json.loads((CASES / "html.json").read_text("utf-8"))
KINDS = json.loads((CASES / "html_kinds.json").read_text("utf-8"))
HINTS = json.loads((CASES / "hints.json").read_text("utf-8"))


def name(case):
    return case["name"]


@pytest.mark.parametrize("case", TEXTS, ids=name)
def test_the_text_is_what_a_reader_sees(case):
    assert read_html(case["html"]).article.text == case["text"]


@pytest.mark.parametrize("case", KINDS, ids=name)
def test_kinds_of_paragraphs(case):
    article = read_html(case["html"]).article
    found = [(paragraph.kind, paragraph.span.of(article.text)) for paragraph in article.paragraphs]
    assert [kind for kind, _ in found] == case["kinds"], found


@pytest.mark.parametrize("case", HINTS, ids=name)
def test_block_quotations_hint_at_their_source(case):
    article = read_html(case["html"]).article
    text = article.text
    found = [[hint.content.of(text), hint.source.of(text) if hint.source else None] for hint in article.hints]
    assert found == case["hints"]


def source_of(html, words):
    read = read_html(html)
    start = read.article.text.index(words)
    return read.offsets.source_span(Span(start, start + len(words))).of(html)


@pytest.mark.parametrize(
    ("html", "words", "source"),
    [
        ("<p>Caf&eacute; &amp; bar</p>", "Café & bar", "Caf&eacute; &amp; bar"),
        ("<p>un<b>think</b>able</p>", "thinkable", "think</b>able"),
        ("<p>One  \n two</p>", "One two", "One  \n two"),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo.", "One.</p>\n<p>Two."),
        ("<p>a<br />b</p>", "\n", "<br />"),
        ("<p>He: <q>go</q>.</p>", "“go”", "<q>go</q>"),
        ("<p>😀 &#x1F600; “we”</p>", "“we”", "“we”"),
        ("<p>😀&#x1F600;</p>", "😀😀", "😀&#x1F600;"),
        ("\r\n<p>a\r\nb</p>", "a b", "a\r\nb"),
    ],
)
def test_a_span_of_the_text_has_its_place_in_the_source(html, words, source):
    assert source_of(html, words) == source


def test_a_span_outside_the_text_is_refused():
    offsets = read_html("<p>One</p>").offsets
    for span in (Span(0, 0), Span(0, 4), Span(-1, 2), Span(3, 4)):
        with pytest.raises(ValueError, match="length 3"):
            offsets.source_span(span)


def test_the_text_of_a_page_reads_like_the_same_text_given_plain():
    html = "<p>Mayor resigns</p><p>The mayor of Leeds<br>resigned on Friday.</p><p>“Sorry,” she said.</p>"
    article = read_html(html, title="Mayor").article
    assert read_text(article.text, title="Mayor") == article


TAGS = [
    "p",
    "b",
    "i",
    "q",
    "div",
    "span",
    "blockquote",
    "cite",
    "h2",
    "ul",
    "li",
    "aside",
    "nav",
    "br",
    "hr",
    "pre",
]
TAGS += ["script", "figure", "figcaption", "table", "td", "a", "svg"]
SNIPPETS = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<p hidden>", "<p class='a>b'>", "<!-- c -->", "<!--", "<", "</", "</>", ">", "<br/>", "\r\n"]
    ),
    st.sampled_from(["&amp;", "&lt", "&nbsp;", "&#x1F600;", "&#10;", "&notit;", "&shy;", "&#0;", "&", "&#"]),
    st.text(alphabet=" \t\n\r\f\u00a0\u200b\ufeffaé😀\ud800\x00\"'“”’", max_size=6),
    st.text(max_size=6),
)
SOURCES = st.lists(SNIPPETS, max_size=30).map("".join)


@given(SOURCES)
def test_any_source_is_read_and_mapped(html):
    read = read_html(html)
    text = read.article.text
    assert text == text.strip("\n" if "<pre>" in html else " \t\n\r\f")
    reached = 0
    for offset, char in enumerate(text):
        span = read.offsets.source_span(Span(offset, offset + 1))
        assert reached <= span.start <= span.end <= len(html)
        reached = span.start
        assert comes_from(char, span.of(html)), (char, span.of(html))


def comes_from(char, source):
    """Tell whether a character of the text may come from that part of the source."""
    if source == char or source.startswith("&"):
        return True
    if char == " ":
        return source.strip(" \t\n\r\f") == "" or source.startswith("&#") or source[:1] == "<"
    if char == "\n":
        return source.strip(" \t\n\r\f") == "" or "<" in source
    return char in "“”‘’" and (source == "" or source[:2] in {"<q", "</"})


@given(SOURCES)
def test_tokens_tile_the_source(html):
    reached = 0
    for token in read_tokens(html):
        assert token.start == reached
        assert token.start < token.end
        reached = token.end
    assert reached == len(html) or html[reached] == "<"


@given(st.lists(st.text(alphabet="abc é😀“”&<>\"'.", min_size=1), max_size=8))
def test_escaped_text_comes_back_as_it_was(lines):
    paragraphs = [" ".join(line.split()) for line in lines]
    html = "".join(f"<p>{html_module.escape(paragraph)}</p>" for paragraph in paragraphs)
    assert read_html(html).article.text == "\n\n".join(filter(None, paragraphs))


HUGE = {
    "unclosed tags": "<a " * 80_000,
    "open elements": "<div>" * 50_000,
    "open blockquotes": "<blockquote>x" * 20_000,
    "nested blockquotes": "<blockquote>x" * 10_000 + "</blockquote>" * 10_000,
    "figures": "<figure><blockquote>x</blockquote><figcaption>y</figcaption></figure>" * 3_500,
    "cites": "<blockquote>" + "<p>x</p><cite>y</cite>" * 10_000 + "</blockquote>",
    "quotes": "<q>x" * 60_000,
    "empty quotes": "<q></q>" * 35_000,
    "open empty quotes": "<q>" * 80_000 + "x",
    "comments": "<!--" * 60_000,
    "references": "&amp;" * 50_000,
    "half references": "&#" * 125_000,
    "long references": "&aaaaaaaaaaaaa" * 18_000,
    "one attribute": "<p class='" + "a " * 125_000 + "'>x",
    "many attributes": "<p " + "".join(f"a{i}=1 " for i in range(30_000)) + ">x",
    "line feeds": "\n" * 250_000,
    "carriage returns": "\r" * 250_000,
    "spaces": "a" + " " * 250_000,
    "soft hyphens": "\u00ad" * 250_000,
    "breaks": "<br>" * 60_000 + "x",
    "end tags": "</p>" * 60_000,
    "end tags without start": "<div>" * 25_000 + "</b>" * 30_000,
    "preformatted": "<pre>" + " \n" * 120_000,
    "furniture": "<nav>x</nav>" * 20_000,
    "mis-nested": "<b><p></b></p>" * 18_000,
    "less than": "<" * 250_000,
    "one word": "a" * 250_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_time_grows_no_faster_than_the_source(kind):
    """Sixteen times the source takes at most some 40 times as long, on this machine against itself."""
    html = HUGE[kind]
    small = _seconds(html[: len(html) // 16])
    assert _seconds(html) <= 40 * small + 0.5


def _seconds(html):
    start = time.process_time()
    read_html(html)
    return time.process_time() - start
