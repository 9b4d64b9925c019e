"""A request's text or HTML as extraction reads it. The only place that knows both requests and documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service import documents, errors
from service.extraction.models import Article, Span
from service.fields import Fault
from service.limits import Limits
from service.pages import content_lines
from service.schemas import QuoteRequest, invalid
from service.stages import stage

SURE_OF_LANGUAGE = 0.9
"""From this confidence on, a text in another language is refused, unless the caller calls it English."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article, the language it seems to be in and how surely, and for HTML the way back to the source."""

    article: Article
    language: tuple[str, float]
    to_source: Callable[[Span], Span] | None = None
    blocks: tuple[int, ...] = ()
    """Where in the text each block of the HTML begins."""
    article_found: bool = True
    """False for a whole page on which no article was found."""


@stage("document")
def read_document(request: QuoteRequest, limits: Limits) -> Document:
    """Read what was sent.

    Raises ``EmptyText``, ``UnsupportedLanguage``, ``ArticleTooLarge``, or ``NotInstalled`` for a whole page.
    """
    content = content_lines(request.html) if request.html is not None and request.page else ()
    if request.html is not None:
        page = documents.read_html(
            request.html,
            title=request.title,
            known_people=request.known_people,
            content=content,
        )
        article, to_source, blocks = page.article, page.offsets.source_span, page.offsets.blocks
    else:
        text = request.text or ""
        article = documents.read_text(text, title=request.title, known_people=request.known_people)
        to_source, blocks = None, ()
    _check(article, "html" if request.html is not None else "text", limits)
    language = documents.detect_language(article.text)
    check_language(language, request)
    return Document(article, language, to_source, blocks, bool(content) or not request.page)


def check_language(detected: tuple[str, float], request: QuoteRequest) -> None:
    """Raise ``UnsupportedLanguage`` if the text surely is in one and the caller does not call it English."""
    code, confidence = detected
    if request.language or code == "en" or confidence < SURE_OF_LANGUAGE:
        return
    detail = (
        f"Only English is read; the text looks like {code!r} (confidence {confidence:.2f}). "
        'If it is English, send "language": "en".'
    )
    name = "html" if request.html is not None else "text"
    raise invalid([(f"/{name}", Fault(errors.UnsupportedLanguage, detail))])


def _check(article: Article, name: str, limits: Limits) -> None:
    if not article.paragraphs:
        raise invalid([(f"/{name}", Fault(errors.EmptyText, "Has no text to read."))])
    characters, limit = len(article.text), limits.text_characters
    if characters > limit:
        raise errors.ArticleTooLarge.over("Article", "characters of text", limit=limit, actual=characters)
