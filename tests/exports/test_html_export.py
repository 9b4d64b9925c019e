"""The page of a result: the article's own words, whatever they hold and however the marks overlap."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from service.exports.html import to_html

WORDS = st.text(alphabet="ab <>&\"'“”😀\n\r{}", max_size=40)
EDGES = st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(["content", "cue", "source"]))


def span(text, start, length):
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    return {"start": start, "end": end, "text": text[start:end]}


def result(text, edges):
    quotes = []
    for number, (start, length, kind) in enumerate(edges if text else []):
        found = {"content": [span(text, 0, 1)], "cue": None, "source": None}
        found[kind] = [span(text, start, length)] if kind == "content" else span(text, start, length)
        speaker = "s1" if number % 2 else None
        quotes.append({**found, "id": f"q{number}", "type": "direct", "confidence": 0.5, "speaker": speaker})
    said = [quote["id"] for quote in quotes if quote["speaker"]]
    speaker = {
        "id": "s1",
        "name": "<Bell>",
        "role": None,
        "kind": "person",
        "quotes": said,
        "words_quoted": 1,
    }
    return {"id": "<1>", "text": text, "quotes": quotes, "speakers": [speaker]}


@given(WORDS, st.lists(EDGES, max_size=8))
def test_the_page_shows_the_text_and_nothing_of_it_is_markup(text, edges):
    page = to_html(result(text, edges))
    article = page.split("<article>")[1].split("</article>")[0]
    paragraphs = re.findall(r"<p>(.*?)</p>", article, re.DOTALL)
    shown = [re.sub(r"<sup>.*?</sup>|<[^>]*>", "", paragraph) for paragraph in paragraphs]
    assert [unescape(words) for words in shown] == [line for line in text.split("\n") if line.strip()]
    tags = set(re.findall(r"<(/?\w+)", article))
    assert tags <= {"p", "/p", "mark", "/mark", "span", "/span", "sup", "/sup"}


def test_names_are_escaped_everywhere():
    page = to_html(result("“Go”", [(0, 4, "content"), (0, 4, "content")]))
    assert "<Bell>" not in page
    assert page.count("&lt;Bell&gt;") == 3
    assert "Quotations in &lt;1&gt;" in page
    assert "<sup>[?]</sup>" in page
