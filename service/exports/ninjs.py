"""A result as IPTC ninjs 3.1 (https://iptc.org/standards/ninjs/): a news item with the quoted and the quotes.

ninjs knows no quotations: a speaker is one of the item's people (or organisations) with ``rel: quoted``, a
quotation an associated text item with ``rel: quote``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from service.exports.identity import Json, article_uri, quote_uri, speaker_uri, speakers_by_id, words_of

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
_LONGEST_NAME = 80


def to_ninjs(result: Json) -> bytes:
    """Return a partial news item: what it says of the article is who is quoted, and with what words."""
    people = [_party(speaker) for speaker in result["speakers"] if speaker["kind"] == "person"]
    organisations = [_party(speaker) for speaker in result["speakers"] if speaker["kind"] == "organisation"]
    speakers = speakers_by_id(result)
    quotes = [_association(result, quote, speakers.get(quote["speaker"])) for quote in result["quotes"]]
    item = {
        "uri": article_uri(result),
        "standard": _STANDARD,
        "type": "text",
        "representationType": "partial",
        "language": result["language"],
        **_if_any("people", people),
        **_if_any("organisations", organisations),
        **_if_any("associations", quotes),
    }
    return orjson.dumps(item)


def _if_any(name: str, items: Sequence[Any]) -> Json:
    return {name: items} if items else {}


def _party(speaker: Json) -> Json:
    found = {"name": speaker["name"], "rel": "quoted"}
    uri = speaker_uri(speaker)
    if uri:
        return {**found, "uri": uri}
    return {**found, "literal": speaker["identifier"]} if speaker["identifier"] else found


def _association(result: Json, quote: Json, speaker: Json | None) -> Json:
    words = words_of(quote)
    return {
        "name": words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…",
        "rel": "quote",
        "uri": quote_uri(result, quote),
        "type": "text",
        "representationType": "partial",
        "language": result["language"],
        **({"by": speaker["name"]} if speaker else {}),
        "bodies": [{"role": "quote", "contentType": "text/plain", "value": words}],
    }
