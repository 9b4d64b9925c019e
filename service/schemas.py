"""What callers may send: one article or a batch of them, checked against the contract and the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Literal

from marshmallow import ValidationError

from service import errors
from service.documents import is_english
from service.errors import ServiceError
from service.extraction.models import KnownPerson
from service.fields import Anything, Choice, Fault, Flag, Items, Record, Share, StrictSchema, Text
from service.limits import Limits
from service.parsing import shown

OffsetUnit = Literal["codepoint", "utf16", "utf8"]

TYPES = ("direct", "mixed", "indirect")
MODES = ("speech", "writing", "thought")
OFFSET_UNITS = ("codepoint", "utf16", "utf8")

ID_CHARACTERS = 200
TITLE_CHARACTERS = 1_000
URL_CHARACTERS = 2_000
IDENTIFIER_CHARACTERS = 500
ROLE_CHARACTERS = 300
ERRORS_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller wants to see of the result. No option changes what is extracted."""

    types: tuple[str, ...] = TYPES
    modes: tuple[str, ...] = ("speech", "writing")
    min_confidence: float = 0.0
    offset_unit: OffsetUnit = "codepoint"
    include_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRequest:
    """One article to read: exactly one of ``text`` and ``html`` is there.

    ``page``: the HTML is a whole page, on which the article is to be found.
    """

    text: str | None = None
    html: str | None = None
    page: bool = False
    id: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    known_people: tuple[KnownPerson, ...] = ()
    options: Options = Options()


def load_request(data: object, limits: Limits) -> QuoteRequest:
    """Return the article that ``data``, a JSON value, asks to have read.

    Raises an ``InvalidRequest`` (422) that lists every fault with its JSON pointer, or ``ArticleTooLarge``
    (413). An article that turns out to have no text is left to the engine, which reads it.
    """
    try:
        request = QuoteRequest(**article_schema(limits).load_object(data))
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None
    check_text(request, limits)
    return request


def load_batch(data: object, limits: Limits) -> list[QuoteRequest | ServiceError]:
    """Return the articles of a batch in order, with the error in the place of each that is invalid.

    Raises ``InvalidRequest`` when the batch itself is no such object, ``BatchTooLarge`` for too many of them.
    """
    try:
        articles = _BatchSchema().load_object(data)["articles"]
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None
    if len(articles) > limits.batch_articles:
        raise errors.BatchTooLarge.over(
            "Batch", "articles", limit=limits.batch_articles, actual=len(articles)
        )
    return [_loaded(article, limits) for article in articles]


def given_id(data: object) -> str | None:
    """Return the ``id`` of an article that may be invalid, if it is one that a problem can repeat."""
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) and len(found) <= ID_CHARACTERS and found.isprintable() else None


def _loaded(article: object, limits: Limits) -> QuoteRequest | ServiceError:
    try:
        return load_request(article, limits)
    except ServiceError as error:
        return error.about(given_id(article))


def check_text(request: QuoteRequest, limits: Limits, *, pointer: str = "") -> None:
    """Raise an error for an article, at ``pointer`` in the body, without one text, or with too long a one."""
    if request.text is not None and request.html is not None:
        raise invalid([(pointer, Fault(errors.BothTextAndHtml, "Send text or html, not both."))])
    if request.text is None and request.html is None:
        raise invalid([(pointer, Fault(errors.MissingText, "Send the article as text or as html."))])
    if request.page and request.html is None:
        raise invalid([(f"{pointer}/page", Fault(errors.InvalidRequest, "Goes with html, not with text."))])
    if request.text is not None and len(request.text) > limits.text_characters:
        raise errors.ArticleTooLarge.over(
            "Article", "characters of text", limit=limits.text_characters, actual=len(request.text)
        )
    if request.html is not None and len(request.html) > limits.html_characters:
        raise errors.ArticleTooLarge.over(
            "Article", "characters of HTML", limit=limits.html_characters, actual=len(request.html)
        )


class _OptionsSchema(StrictSchema):
    unknown_member = errors.UnknownOption

    types = Items(Choice(*TYPES), fewest=1, most=len(TYPES))
    modes = Items(Choice(*MODES), fewest=1, most=len(MODES))
    min_confidence = Share()
    offset_unit = Choice(*OFFSET_UNITS)
    include_text = Flag()


class _BatchSchema(StrictSchema):
    articles = Items(Anything(), fewest=1, required=True)


@cache
def _person_schema(longest: int | None = None, most_aliases: int | None = None) -> StrictSchema:
    """Return what a known person may have; without limits for the operator's own file."""
    person = {
        "name": Text(longest=longest, wrong=_not_a_name, required=True),
        "aliases": Items(Text(longest=longest, wrong=_not_a_name), most=most_aliases),
        "identifier": Text(longest=IDENTIFIER_CHARACTERS),
        "role": Text(longest=ROLE_CHARACTERS),
    }
    return schema_of(person)


def load_person(data: object) -> KnownPerson:
    """Return a person of the operator's file. Raises ``InvalidRequest``."""
    try:
        return KnownPerson(**_person_schema().load_object(data))
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None


@cache
def article_schema(limits: Limits) -> StrictSchema:
    """Return what an article may have."""
    person = _person_schema(limits.name_characters, limits.aliases)
    article = {
        "id": Text(longest=ID_CHARACTERS),
        "text": Text(),
        "html": Text(),
        "page": Flag(),
        "title": Text(longest=TITLE_CHARACTERS),
        "url": Text(longest=URL_CHARACTERS, wrong=_not_a_web_address),
        "language": Text(wrong=_not_english),
        "known_people": Items(Record(person, KnownPerson), most=limits.known_people),
        "options": Record(_OptionsSchema(), Options),
    }
    return schema_of(article)


def schema_of(members: dict[str, Any]) -> StrictSchema:
    """Return the schema of an object with these members and no others."""
    schema = StrictSchema.from_dict(members)()
    assert isinstance(schema, StrictSchema)
    return schema


def _not_a_name(value: str) -> Fault | None:
    if any(character.isalnum() for character in value):
        return None
    return Fault(errors.InvalidRequest, "Must have at least one letter.")


def _not_a_web_address(value: str) -> Fault | None:
    if re.fullmatch(r"https?://[^\s\x00-\x20]+", value, re.IGNORECASE):
        return None
    return Fault(errors.InvalidRequest, "Must be a web address that begins with http:// or https://.")


def _not_english(value: str) -> Fault | None:
    if is_english(value):
        return None
    detail = f"Only English (en, en-GB, …) is read; language is {shown(value)}."
    return Fault(errors.UnsupportedLanguage, detail)


def invalid(found: Iterable[tuple[str, Fault]]) -> ServiceError:
    """Return the error for all faults of a request, of the first one's type; each states its own."""
    faults = sorted(found, key=itemgetter(0))
    pointer, first = faults[0]
    more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    listed = [
        {"pointer": where, "type": errors.PROBLEMS + fault.error.type, "detail": fault.detail}
        for where, fault in faults[:ERRORS_LISTED]
    ]
    where = f"{pointer}: " if pointer else ""
    return first.error(f"{where}{first.detail}{more}", errors=listed)


def faults(messages: Any, pointer: str = "") -> Iterator[tuple[str, Fault]]:
    """Walk marshmallow's nested messages and yield each fault with its JSON pointer (RFC 6901)."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            step = str(name).encode("utf-8", "backslashreplace").decode()[:100]
            yield from faults(below, f"{pointer}/{step.replace('~', '~0').replace('/', '~1')}")
    else:
        yield from ((pointer, fault) for fault in messages)
