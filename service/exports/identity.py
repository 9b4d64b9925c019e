"""What the articles, quotations and speakers of a result are called elsewhere: URIs, words without marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote as percent_encode
from uuid import NAMESPACE_URL, uuid5

from service.marks import without_marks

Json = Mapping[str, Any]

_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_ALLOWED = "%/:?#@!$&'()*+,;=~-._"


def article_uri(result: Json) -> str:
    """Return the article's address if it has one, else a URN that equal texts share."""
    return _encoded(result["url"]) if result["url"] else f"urn:uuid:{uuid5(NAMESPACE_URL, result['digest'])}"


def quote_uri(result: Json, quote: Json) -> str:
    """Return a URN for a quotation: the same as long as the article's text is."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, result['digest'] + '#' + quote['id'])}"


def speaker_uri(speaker: Json) -> str | None:
    """Return the speaker's identifier if it is a URI (RFC 3986)."""
    identifier = speaker["identifier"]
    return _encoded(identifier) if identifier and _HAS_SCHEME.fullmatch(identifier) else None


def speakers_by_id(result: Json) -> dict[str | None, Json]:
    """Return the speakers of a result by their ids."""
    return {speaker["id"]: speaker for speaker in result["speakers"]}


def words_of(quote: Json) -> str:
    """Return what was said on one line; a direct quotation without the marks that enclose each part of it."""
    if quote["type"] != "direct":
        return str(quote["text"])
    return " ".join(" ".join(without_marks(span["text"]).split()) for span in quote["content"])


def _encoded(uri: str) -> str:
    """Return a URI of ASCII alone; a per cent sign that encodes nothing is encoded itself."""
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", percent_encode(uri, safe=_ALLOWED))
