"""Bytes of a request in, JSON value out, strictly: one meaning, or a problem that says where it breaks."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from service.errors import MalformedJson

_LONGEST_NAME_SHOWN = 60


def parse_json(body: bytes) -> Any:
    """Return the JSON value that ``body`` holds in UTF-8; a byte order mark before it is skipped.

    Raises ``MalformedJson`` for bytes that are not UTF-8, for what RFC 8259 does not allow (``NaN``, text
    after the value, …), for a name that stands twice in one object, and for what cannot be represented:
    nesting hundreds deep, whole numbers of thousands of digits.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedJson(
            f"The body is not UTF-8 from byte {error.start:,} on.", byte=error.start
        ) from None
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        detail = f"{error.msg} at line {error.lineno:,}, column {error.colno:,}."
        raise MalformedJson(detail, **place) from None
    except RecursionError:
        raise MalformedJson("Arrays or objects are nested too deeply.") from None
    except ValueError:
        raise MalformedJson("A number has too many digits.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise MalformedJson(f"The name {shown(name)} stands twice in one object.")
        seen.add(name)
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not a JSON value.")


def shown(value: object) -> str:
    """Return a value of the caller's as short, plain ASCII, safe to stand in an error."""
    text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST_NAME_SHOWN else text[:_LONGEST_NAME_SHOWN] + "…"
