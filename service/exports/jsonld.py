"""A result as schema.org in JSON-LD, fit to stand in a page: https://schema.org/Quotation.

What stands between quotation marks is a ``Quotation``. Indirect speech is nobody's very words, so it is a
``Claim``, without any rating. ``creator`` is a named person or organisation; who is unnamed is only credited
(``creditText``), and a quotation without a speaker says nothing of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from service.exports.identity import Json, article_uri, quote_uri, speaker_uri, speakers_by_id, words_of

_TYPES = {"person": "Person", "organisation": "Organization"}


def to_jsonld(result: Json) -> bytes:
    """Return one graph: the article, its quotations, its named speakers.

    No character of it can end the ``<script>`` that it is pasted into.
    """
    graph = [_article(result), *_speakers(result), *_quotes(result)]
    body = orjson.dumps({"@context": "https://schema.org", "@graph": graph})
    return body.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def _article(result: Json) -> Json:
    address = {"url": article_uri(result)} if result["url"] else {}
    name = {"identifier": result["id"]} if result["id"] else {}
    return {
        "@type": "NewsArticle",
        "@id": article_uri(result),
        **address,
        **name,
        "inLanguage": result["language"],
    }


def _node(result: Json, speaker: Json) -> str:
    return speaker_uri(speaker) or f"{article_uri(result).partition('#')[0]}#{speaker['id']}"


def _speakers(result: Json) -> Iterator[Json]:
    for speaker in result["speakers"]:
        if speaker["kind"] in _TYPES:
            yield {"@id": _node(result, speaker), **_described(speaker)}


def _described(speaker: Json) -> Json:
    found: dict[str, Any] = {"@type": _TYPES[speaker["kind"]], "name": speaker["name"]}
    if speaker["aliases"]:
        found["alternateName"] = speaker["aliases"]
    if speaker["role"]:
        found["jobTitle" if speaker["kind"] == "person" else "description"] = speaker["role"]
    if speaker["identifier"]:
        uri = speaker_uri(speaker)
        found["sameAs" if uri else "identifier"] = uri or speaker["identifier"]
    return found


def _quotes(result: Json) -> Iterator[Json]:
    speakers = speakers_by_id(result)
    for quote in result["quotes"]:
        speaker = speakers.get(quote["speaker"])
        head = {"@id": quote_uri(result, quote), "text": words_of(quote)}
        whole = {"@id": article_uri(result)}
        if quote["type"] == "indirect":
            yield {"@type": "Claim", **head, "appearance": whole, **_credit(result, speaker, "author")}
        else:
            yield {"@type": "Quotation", **head, "isPartOf": whole, **_credit(result, speaker, "creator")}


def _credit(result: Json, speaker: Json | None, member: str) -> Json:
    """Return the members that say who it is by. An organisation always speaks through someone."""
    if speaker is None:
        return {}
    if speaker["kind"] not in _TYPES:
        return {"creditText": speaker["name"]}
    node = {"@id": _node(result, speaker)}
    through = {"spokenByCharacter": node} if speaker["kind"] == "organisation" and member == "creator" else {}
    return {member: node, **through}
