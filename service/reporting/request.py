"""What a report is asked of: results as ``/v1/quotes`` gave them, checked in so far as figures need them."""

from __future__ import annotations

from functools import cache

from marshmallow import ValidationError

from service import errors
from service.fields import Anything, Choice, Items, Record, StrictField, StrictSchema, Text
from service.limits import Limits
from service.reporting.models import Quote, Result, Speaker
from service.schemas import TYPES, faults, invalid, schema_of

KINDS = ("person", "organisation", "group", "unnamed")
_SHOWN_ONLY = {
    "result": ("digest", "engine", "language", "offset_unit", "warnings", "text"),
    "quote": (
        "mode",
        "content",
        "cue",
        "source",
        "confidence",
        "rule",
        "speaker_rule",
        "paragraph",
        "in_headline",
    ),
    "speaker": ("quotes", "words_quoted"),
}
"""Members of a result that no figure depends on."""


def load_results(data: object, limits: Limits) -> list[Result]:
    """Return the results of ``{"results": […]}``. Raises ``InvalidRequest``, or ``BatchTooLarge``."""
    try:
        results = tuple(_schema().load_object(data)["results"])
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None
    if len(results) > limits.reported_results:
        raise errors.BatchTooLarge.over(
            "Report", "results", limit=limits.reported_results, actual=len(results)
        )
    return list(results)


def load_result(data: object) -> Result:
    """Return one result. Raises ``InvalidRequest`` for what is none."""
    try:
        found: Result = _result().read(data)
    except ValidationError as error:
        raise invalid(faults(error.messages)) from None
    return found


@cache
def _schema() -> StrictSchema:
    return schema_of({"results": Items(_result(), fewest=1, required=True)})


def _result() -> Record:
    """Return the field of a result; a result out of a batch is the same, and a problem is none."""
    quote = {
        "id": Text(required=True),
        "type": Choice(*TYPES, required=True),
        "text": Text(required=True),
        "speaker": Text(),
        "repeats": Text(),
    }
    speaker = {
        "id": Text(required=True),
        "name": Text(required=True),
        "kind": Choice(*KINDS, required=True),
        "role": Text(),
        "aliases": Items(Text()),
        "identifier": Text(),
        "pronouns": Items(Text()),
    }
    result = {
        "id": Text(),
        "url": Text(),
        "quotes": Items(_record("quote", quote, Quote), required=True),
        "speakers": Items(_record("speaker", speaker, Speaker), required=True),
    }
    return _record("result", result, Result)


def _record(name: str, members: dict[str, StrictField], make: type) -> Record:
    """Return the field of an object whose other known members may be anything, and are left out."""
    ignored = _SHOWN_ONLY[name]

    def made(**found: object) -> object:
        return make(**{member: value for member, value in found.items() if member not in ignored})

    return Record(schema_of({**members, **{member: Anything() for member in ignored}}), made)
