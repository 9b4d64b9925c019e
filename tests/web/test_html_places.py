"""HTML in: every span leads back to the text, to the HTML that was sent, and to the editor's blocks."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import orjson
import pytest
from fakes import FakeExtractor
from hypothesis import given
from hypothesis import strategies as st

from service.config import Settings
from service.engine import Engine
from service.schemas import load_request

LIMITS = Settings(workers=1).limits
ENGINE = Engine(FakeExtractor(), limits=LIMITS)
UNITS = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}


def cut(text: str, place: dict[str, Any], unit: str) -> str:
    """Cut a stretch out of ``text`` as a caller would who counts in ``unit``."""
    encoding, width = UNITS[unit]
    return text.encode(encoding)[width * place["start"] : width * place["end"]].decode(encoding)


def spans(html: str, unit: str) -> tuple[str, list[dict[str, Any]]]:
    request = load_request({"html": html, "language": "en", "options": {"offset_unit": unit}}, LIMITS)
    result = orjson.loads(ENGINE.extract(request, store=False).body)
    return result["text"], [span for quote in result["quotes"] for span in quote["content"]]


GUTENBERG = (
    "<!-- wp:heading -->\n<h2>Ferry 😀 news</h2>\n<!-- /wp:heading -->\n\n"
    "<!-- wp:paragraph -->\n<p>“W<em>e</em>&nbsp;waited<br>long &amp; hard,” she said.</p>\n"
    "<!-- /wp:paragraph -->\n\n"
    '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><p>“One 😀.</p><p>Two.”</p><cite>Ann Lee</cite>'
    "</blockquote>\n<!-- /wp:quote -->\n\n"
    "<!-- wp:list --><ul><li>He: <q>go</q></li></ul><!-- /wp:list -->"
)


@pytest.mark.parametrize("unit", UNITS)
def test_the_blocks_of_a_wordpress_article(unit: str) -> None:
    text, found = spans(GUTENBERG, unit)
    blocks = text.split("\n\n")
    assert blocks == [
        "Ferry 😀 news",
        "“We\u00a0waited\nlong & hard,” she said.",
        "“One 😀.",
        "Two.”",
        "Ann Lee",
        "He: “go”",
    ]
    places = [
        [(block["index"], cut(blocks[block["index"]], block, unit)) for block in span["html"]["blocks"]]
        for span in found
    ]
    assert places == [
        [(1, "“We\u00a0waited\nlong & hard,”")],
        [(2, "“One 😀."), (3, "Two.”")],
        [(5, "“go”")],
    ]
    assert [cut(GUTENBERG, span["html"], unit) for span in found] == [
        "“W<em>e</em>&nbsp;waited<br>long &amp; hard,”",
        "“One 😀.</p><p>Two.”",
        "<q>go</q>",
    ]


WORDS = st.text(alphabet="ab é😀“”&<>.", min_size=1, max_size=12).filter(str.strip)
INLINE = st.sampled_from(
    [("", ""), ("<b>", "</b>"), ("<a href='x'>", "</a>"), ("<i class=y>", "</i>"), ("<!-- c -->", "")]
)
RUNS = st.lists(
    st.tuples(WORDS, INLINE, st.sampled_from(["", " ", "<br>", "&nbsp;"])), min_size=1, max_size=5
)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["p", "h2", "li", "blockquote", "div"]), RUNS), min_size=1, max_size=5
)


@given(BLOCKS, st.sampled_from(sorted(UNITS)))
def test_every_place_leads_back_to_the_same_words(blocks: list[Any], unit: str) -> None:
    """The words cut from the text, put together from the blocks, and read out of the HTML are the same."""
    html = "<p>Once.</p>" + "".join(f"<{name}>{inside(runs)}</{name}>" for name, runs in blocks)
    text, found = spans(html, unit)
    lines = text.split("\n\n")
    for span in found:
        assert cut(text, span, unit) == span["text"]
        parts = [cut(lines[block["index"]], block, unit) for block in span["html"]["blocks"]]
        assert "\n\n".join(parts) == span["text"]
        assert plain(cut(html, span["html"], unit)) == squeezed(span["text"])


def inside(runs: list[Any]) -> str:
    return "".join(f"{opening}{escape(words)}{closing}{gap}" for words, (opening, closing), gap in runs)


def plain(html: str) -> str:
    return squeezed(unescape(re.sub(r"<[^>]*>", " ", html)))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
