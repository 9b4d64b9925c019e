"""``POST /v1/verify``: an article's quotes, or quotes as given, held against the texts that they are from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import orjson
from marshmallow import ValidationError

from service import errors
from service.engine import CacheState, Engine
from service.fields import Choice, Fault, Items, Record, StrictSchema, Text
from service.limits import Limits
from service.marks import quoted_stretches
from service.offsets import conversion
from service.schemas import (
    ID_CHARACTERS,
    OFFSET_UNITS,
    OffsetUnit,
    QuoteRequest,
    article_schema,
    check_text,
    faults,
    invalid,
    schema_of,
)
from service.verification.check import check
from service.verification.models import Claim, Source

QUOTE_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenQuote:
    """A quote that the caller has, with what its speaker is called."""

    text: str
    speaker: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRequest:
    """What to look up, an article's quotes or those given, and in which sources."""

    sources: tuple[Source, ...]
    article: QuoteRequest | None = None
    quotes: tuple[GivenQuote, ...] = ()
    offset_unit: OffsetUnit = "codepoint"


def load_verify_request(data: object, limits: Limits) -> VerifyRequest:
    """Return what ``data``, a JSON value, asks to have verified.

    Raises ``InvalidRequest``, or ``ArticleTooLarge`` or ``SourcesTooLarge`` for more characters than allowed.
    """
    try:
        request = VerifyRequest(**_schema(limits).load_object(data))
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None
    if (request.article is None) == (not request.quotes):
        raise invalid([("", Fault(errors.InvalidRequest, "Send an article or quotes: one of the two."))])
    if request.article is not None:
        check_text(request.article, limits, pointer="/article")
    total, limit = sum(len(source.text) for source in request.sources), limits.source_characters
    if total > limit:
        raise errors.SourcesTooLarge.over("Sources", "characters", limit=limit, actual=total)
    return request


@cache
def _schema(limits: Limits) -> StrictSchema:
    source = {"id": Text(longest=ID_CHARACTERS), "text": Text(required=True)}
    quote = {
        "id": Text(longest=ID_CHARACTERS),
        "text": Text(longest=QUOTE_CHARACTERS, required=True),
        "speaker": Text(longest=limits.name_characters),
    }
    members = {
        "article": Record(article_schema(limits), QuoteRequest),
        "quotes": Items(Record(schema_of(quote), GivenQuote), most=limits.verified_quotes),
        "sources": Items(Record(schema_of(source), Source), fewest=1, most=limits.sources, required=True),
        "offset_unit": Choice(*OFFSET_UNITS),
    }
    return schema_of(members)


def verify(engine: Engine, request: VerifyRequest, *, store: bool = True) -> tuple[bytes, CacheState]:
    """Return what became of each quote as JSON, and what the cache did for the article.

    Raises what ``Engine.extract`` raises, and ``Busy`` or ``DeadlineExceeded`` for looking up.
    """
    claims, text, state = _claims(engine, request, store=store)
    characters = sum(len(source.text) for source in request.sources)
    offsets = [conversion(source.text, request.offset_unit) for source in request.sources]
    with engine.searching(characters, len(claims)) as deadline:
        found = check(
            claims,
            request.sources,
            offsets,
            article_offset=conversion(text, request.offset_unit),
            checkpoint=deadline,
        )
    return orjson.dumps({"offset_unit": request.offset_unit, **found}), state


def _claims(engine: Engine, request: VerifyRequest, *, store: bool) -> tuple[list[Claim], str, CacheState]:
    if request.article is None:
        given = [
            Claim(id=quote.id or f"q{number}", parts=(quote.text,), names=_given_names(quote))
            for number, quote in enumerate(request.quotes, 1)
        ]
        return given, "", "bypass"
    types = tuple(kind for kind in request.article.options.types if kind != "indirect")
    options = replace(request.article.options, types=types, include_text=True, offset_unit="codepoint")
    answer = engine.extract(replace(request.article, options=options), store=store)
    result = orjson.loads(answer.body)
    return list(_claims_of(result)), result["text"], answer.cache


def _given_names(quote: GivenQuote) -> tuple[str, ...]:
    return (quote.speaker,) if quote.speaker else ()


def _claims_of(result: dict[str, Any]) -> Iterator[Claim]:
    """Yield an article's quotes. Of a mixed one, only what stands between marks is somebody's very words."""
    names = {speaker["id"]: (speaker["name"], *speaker["aliases"]) for speaker in result["speakers"]}
    for quote in result["quotes"]:
        spans = [(span["start"], span["end"]) for span in quote["content"]]
        if quote["type"] == "mixed":
            spans = [
                stretch for start, end in spans for stretch in quoted_stretches(result["text"], start, end)
            ]
        if spans:
            yield Claim(
                id=quote["id"],
                parts=tuple(result["text"][start:end] for start, end in spans),
                names=names.get(quote["speaker"], ()),
                places=tuple(spans),
            )
