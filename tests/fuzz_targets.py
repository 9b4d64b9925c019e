"""What is fuzzed: from bytes to an assertion. A target takes anything, and fails for what must never be."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.language import Language

from service import documents
from service.extraction.learned.scorer import load_scorer
from service.extraction.models import Article, Span
from service.extraction.normalising import normalise
from service.extraction.pipeline import extract
from service.extraction.quotations import find_stretches
from service.extraction.reading import load_model

LONGEST = 1_500
"""Code points that are read of an input, so that thousands of them are tried in a minute."""


def text_of(data: bytes, longest: int = LONGEST) -> str:
    return data.decode("utf-8", "ignore")[:longest]


def inside(span: Span, length: int) -> bool:
    return 0 <= span.start <= span.end <= length


def html(data: bytes) -> None:
    """HTML becomes an article whose every place has one in the source, in the same order."""
    source = text_of(data)
    page = documents.read_html(source, title=None, known_people=())
    check_article(page.article)
    before = 0
    for paragraph in page.article.paragraphs:
        found = page.offsets.source_span(paragraph.span)
        assert inside(found, len(source))
        assert before <= found.start
        before = found.start


def marks(data: bytes) -> None:
    """Text becomes paragraphs and quoted stretches that lie within it, and a text of the same length."""
    article = documents.read_text(text_of(data), title=None, known_people=())
    check_article(article)
    stretches = find_stretches(article.text, article.paragraphs)
    assert list(stretches) == sorted(stretches, key=lambda stretch: stretch.span.start)
    for stretch in stretches:
        assert stretch.span.contains(stretch.inner)
        assert any(paragraph.span.contains(stretch.span) for paragraph in article.paragraphs)
    assert len(normalise(article.text, stretches)) == len(article.text)


def extraction(data: bytes) -> None:
    """The whole way with the real model: spans are places, ids lead somewhere, no content lies twice."""
    article = documents.read_text(text_of(data, LONGEST // 4), title=None, known_people=())
    nlp = model()
    with nlp.memory_zone():
        found = extract(nlp, article, scorer=load_scorer())
    speakers = {speaker.id for speaker in found.speakers}
    taken: list[Span] = []
    for quote in found.quotes:
        assert quote.speaker is None or quote.speaker in speakers
        for span in filter(None, (*quote.content, quote.cue, quote.source)):
            assert inside(span, len(article.text))
            assert span.of(article.text).strip()
        assert not any(span.overlaps(other) for span in quote.content for other in taken)
        taken.extend(quote.content)


def check_article(article: Article) -> None:
    """Paragraphs lie in the text, in order, and do not overlap."""
    before = 0
    for paragraph in article.paragraphs:
        assert inside(paragraph.span, len(article.text))
        assert before <= paragraph.span.start
        before = paragraph.span.end


@cache
def model() -> Language:
    return load_model()


TARGETS: dict[str, Callable[[bytes], None]] = {"html": html, "marks": marks, "extraction": extraction}
SEEDS = {"html": "html", "marks": "text", "extraction": "text"}
"""The folder of seeds that each target begins with."""
