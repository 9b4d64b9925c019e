"""Extraction in, JSON out, in two steps: a record of everything found, kept in caches, and a view of it.

A record's offsets are code points and its spans are lists of numbers: ``[start, end]``, or for an article
that came as HTML ``[start, end, start in the source, end in the source]``. A view shows what the request's
options ask for, in the offset unit that they ask for.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from service.articles import Document
from service.extraction.debris import mended
from service.extraction.models import Extraction, Quote, Span
from service.extraction.quotes import WORD
from service.offsets import Conversion, conversion
from service.schemas import QuoteRequest

SCHEMA_VERSION = 3
"""Raise it when a record changes its form, so that records in caches are not taken for new ones."""

LEAST_CONFIDENCE_IN_LANGUAGE = 0.5

_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
"""A fragment has no body."""

_UNCHANGED = ("speaker", "confidence", "rule", "speaker_rule", "paragraph", "in_headline")

Record = dict[str, Any]
Pack = Callable[[Span], list[int]]


def digest(text: str) -> str:
    """Return the hex SHA-256 of the canonical text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(document: Document, extraction: Extraction) -> Record:
    """Return everything found in one article as JSON values."""
    article, to_source = document.article, document.to_source

    def pack(span: Span) -> list[int]:
        if to_source is None:
            return [span.start, span.end]
        source = to_source(span)
        return [span.start, span.end, source.start, source.end]

    return {
        "digest": digest(article.text),
        "text": article.text,
        "language": list(document.language),
        "quotes": [_quote_record(quote, pack) for quote in extraction.quotes],
        "speakers": [asdict(speaker) for speaker in extraction.speakers],
        "blocks": list(document.blocks),
        "article_found": document.article_found,
    }


def _quote_record(quote: Quote, pack: Pack) -> Record:
    return {
        "id": quote.id,
        "type": quote.type,
        "mode": quote.mode,
        "content": [pack(span) for span in quote.content],
        "cue": pack(quote.cue) if quote.cue else None,
        "source": pack(quote.source) if quote.source else None,
        "speaker": quote.speaker,
        "confidence": quote.confidence,
        "rule": quote.rule,
        "speaker_rule": quote.speaker_rule,
        "paragraph": quote.paragraph,
        "in_headline": quote.in_headline,
        "repeats": quote.repeats,
    }


def view(found: Record, request: QuoteRequest, engine: Mapping[str, str]) -> Record:
    """Return the result that ``request`` asks for, of what was ``found`` in its article."""
    options, text = request.options, found["text"]
    spans = _SpanView(found, request)
    shown = [quote for quote in found["quotes"] if _wanted(quote, request)]
    ids = {quote["id"] for quote in shown}
    quotes = [_quote_view(quote, spans, ids) for quote in shown]
    result = {
        "id": request.id,
        "url": request.url,
        "digest": found["digest"],
        "engine": dict(engine),
        "language": _language(found, request),
        "offset_unit": options.offset_unit,
        "quotes": quotes,
        "speakers": _speaker_views(found["speakers"], quotes),
        "warnings": _warnings(found, request),
    }
    return {**result, "text": text} if options.include_text else result


def _wanted(quote: Record, request: QuoteRequest) -> bool:
    options = request.options
    return (
        quote["type"] in options.types
        and quote["mode"] in options.modes
        and quote["confidence"] >= options.min_confidence
    )


class _SpanView:
    """Shows a record's spans with their words, in the unit asked for."""

    def __init__(self, found: Record, request: QuoteRequest) -> None:
        unit = request.options.offset_unit
        self.text: str = found["text"]
        self._blocks: list[int] = found["blocks"]
        self._offset: Conversion = conversion(self.text, unit)
        self._source_offset = conversion(request.html, unit) if request.html is not None else None

    def __call__(self, span: Sequence[int] | None) -> Record | None:
        if span is None:
            return None
        start, end, *source = span
        shown: Record = {
            "start": self._offset(start),
            "end": self._offset(end),
            "text": self.text[start:end],
        }
        if source and self._source_offset:
            shown["html"] = {
                "start": self._source_offset(source[0]),
                "end": self._source_offset(source[1]),
                "blocks": list(self._pieces(start, end)),
            }
        return shown

    def _pieces(self, start: int, end: int) -> Iterator[Record]:
        """Yield the part of a span in each block that it touches, counted from the beginning of the block."""
        index = bisect_right(self._blocks, start) - 1
        while index < len(self._blocks) and self._blocks[index] < end:
            first, last = self._blocks[index], self._end_of_block(index)
            before = self._offset(first)
            yield {
                "index": index,
                "start": self._offset(max(start, first)) - before,
                "end": self._offset(min(end, last)) - before,
            }
            index += 1

    def _end_of_block(self, index: int) -> int:
        following = index + 1
        return self._blocks[following] - 2 if following < len(self._blocks) else len(self.text)


def _quote_view(quote: Record, spans: _SpanView, ids: set[str]) -> Record:
    said = " ".join(spans.text[start:end] for start, end, *_ in quote["content"])
    return {
        "id": quote["id"],
        "type": quote["type"],
        "mode": quote["mode"],
        "text": " ".join(said.split()),
        "content": [spans(span) for span in quote["content"]],
        "cue": spans(quote["cue"]),
        "source": spans(quote["source"]),
        **{name: quote[name] for name in _UNCHANGED},
        "repeats": quote["repeats"] if quote["repeats"] in ids else None,
    }


def _speaker_views(speakers: Sequence[Record], quotes: Sequence[Record]) -> list[Record]:
    """Return the speakers of the quotes shown, with their quotes and how many words of theirs are quoted.

    A quote that repeats another (a heading, a pull quote) is listed, but its words are not counted again.
    """
    said: dict[str, list[Record]] = defaultdict(list)
    for quote in quotes:
        said[quote["speaker"]].append(quote)
    return [
        {
            **speaker,
            "quotes": [quote["id"] for quote in said[speaker["id"]]],
            "words_quoted": sum(
                len(WORD.findall(mended(quote["text"])))
                for quote in said[speaker["id"]]
                if not quote["repeats"]
            ),
        }
        for speaker in speakers
        if speaker["id"] in said
    ]


def _language(found: Record, request: QuoteRequest) -> str:
    """Return the language's code. What the caller says goes; a guess that is unsure is no guess."""
    code, confidence = found["language"]
    return "en" if request.language or confidence < LEAST_CONFIDENCE_IN_LANGUAGE else str(code)


def _warnings(found: Record, request: QuoteRequest) -> list[Record]:
    return [{"code": code, "detail": detail} for code, detail in _told(found, request)]


def _told(found: Record, request: QuoteRequest) -> Iterator[tuple[str, str]]:
    code = _language(found, request)
    if code != "en":
        yield (
            "language-not-english",
            f'The text looks like {code!r}, not English. If it is English, send "language": "en".',
        )
    if not found["article_found"]:
        yield "article-not-found", "No article was found on the page, so all of it was read."
    if request.html is not None and not request.page and _BODY.search(request.html):
        yield "whole-page", 'The HTML looks like a whole page. With "page": true only its article is read.'
