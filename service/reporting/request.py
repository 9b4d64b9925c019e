"""What a report is asked of: results as ``/v1/quotes`` gave them, checked in so far as figures need them."""

from __future__ import annotations

from functools import cache

from marshmallow import EXCLUDE, ValidationError

from service import errors
from service.fields import Choice, Items, Record, StrictField, StrictSchema, Text
from service.limits import Limits
from service.reporting.models import Quote, Result, Speaker
from service.schemas import TYPES, faults, invalid, schema_of

KINDS = ("person", "organisation", "group", "unnamed")


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
        "quotes": Items(_record(quote, Quote), required=True),
        "speakers": Items(_record(speaker, Speaker), required=True),
    }
    return _record(result, Result)


def _record(members: dict[str, StrictField], make: type) -> Record:
    """Return the field of an object whose other members may be anything: no figure depends on them."""
    schema = schema_of(members)
    schema.unknown = EXCLUDE
    return Record(schema, make)
