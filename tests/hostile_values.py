"""Hostile bodies that are JSON: values of wrong types, out of bounds, unknown, or no characters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hostile import HTML, TEXT, Hostile, article


def corpus() -> Iterator[Hostile]:
    """Yield the bodies for ``POST /v1/quotes``."""
    yield from wrong_types()
    yield from values_not_allowed()
    yield from half_characters()


VALUES = {
    "a number": 1,
    "a fraction": 0.5,
    "a boolean": True,
    "a string": "a",
    "an array": [],
    "an object": {},
}
MEMBERS = {
    "/text": "string",
    "/html": "string",
    "/id": "string",
    "/title": "string",
    "/url": "string",
    "/language": "string",
    "/known_people": "array",
    "/known_people/0": "object",
    "/known_people/0/name": "string",
    "/known_people/0/aliases": "array",
    "/known_people/0/aliases/0": "string",
    "/known_people/0/identifier": "string",
    "/options": "object",
    "/options/types": "array",
    "/options/types/0": "string",
    "/options/modes": "array",
    "/options/modes/0": "string",
    "/options/min_confidence": "number fraction",
    "/options/offset_unit": "string",
    "/options/include_text": "boolean",
}


def placed(pointer: str, value: Any) -> dict[str, Any]:
    """Return an article with this value at the place that the pointer names, and all that leads there."""
    built: Any = value
    for step in reversed(pointer.split("/")[1:]):
        if step == "0":
            built = [built]
        elif step in ("aliases", "identifier"):
            built = {"name": "Ann", step: built}
        else:
            built = {step: built}
    return built if pointer == "/html" else {"text": TEXT, **built}


def wrong_types() -> Iterator[Hostile]:
    for pointer, allowed in MEMBERS.items():
        for name, value in VALUES.items():
            if name.split()[-1] not in allowed:
                body = article(**placed(pointer, value))
                yield Hostile(f"type: {pointer} is {name}", body, 422, "wrong-type", pointer)
    for name, value in {**VALUES, "null": None}.items():
        if name != "an object":
            yield Hostile(f"type: the body is {name}", json.dumps(value).encode(), 422, "wrong-type", "")
    for name in ("name", "aliases/0"):
        pointer = f"/known_people/0/{name}"
        yield Hostile(
            f"type: {pointer} is null", article(**placed(pointer, None)), 422, "wrong-type", pointer
        )


NOT_ALLOWED = {
    "/id": ["x" * 201, "\u0301" * 201, "😀" * 201],
    "/title": ["x" * 1_001],
    "/url": [
        "javascript:alert(1)",
        "data:text/html,a",
        "file:///etc/passwd",
        "//news.example",
        "https://",
        "https://a b",
        "https://a\nb",
        "http://" + "x" * 2_000,
        "",
    ],
    "/known_people/0/name": ["", " ", "–", "\u200b", "\u202e", "x" * 201],
    "/known_people/0/aliases": [["x"] * 21],
    "/known_people/0/aliases/0": ["", "?!", "x" * 201],
    "/known_people/0/identifier": ["x" * 501],
    "/known_people": [[{"name": "Ann"}] * 201],
    "/options/types": [[], ["direct"] * 4],
    "/options/modes": [[], ["speech"] * 4],
    "/options/min_confidence": [-0.1, 1.000001, 1e308, -1e308, 10**400],
}
UNKNOWN_OPTIONS = {
    "/options/types/0": ["spoken", "", "DIRECT", "direct "],
    "/options/modes/0": ["shouted", "\0"],
    "/options/offset_unit": ["utf32", "", "UTF16", "bytes"],
    "/options/format": ["csv"],
    "/options/__proto__": [{}],
}
OTHER_LANGUAGES = ["de", "english", "", "xx", "e", "../en", "zh-en", "en us", "\u0435\u043d"]


def values_not_allowed() -> Iterator[Hostile]:
    for kind, table in (("invalid-value", NOT_ALLOWED), ("unknown-option", UNKNOWN_OPTIONS)):
        for pointer, values in table.items():
            for number, value in enumerate(values):
                body = article(**placed(pointer, value))
                yield Hostile(f"value: {pointer} {number}", body, 422, kind, pointer)
    for language in OTHER_LANGUAGES:
        body = article(text=TEXT, language=language)
        yield Hostile(f"language: {language!r}", body, 422, "unsupported-language", "/language")
    for name in (
        "body",
        "Text",
        "text ",
        "__class__",
        "constructor",
        "$ref",
        "a/b",
        "~",
        "",
        "\0",
        "\u202etxet",
    ):
        pointer = "/" + name.replace("~", "~0").replace("/", "~1")
        yield Hostile(f"member: {name!r}", article(**{"text": TEXT, name: 1}), 422, "unknown-field", pointer)
    yield Hostile("neither text nor html", b"{}", 422, "missing-text", "")
    yield Hostile("text and html", article(text=TEXT, html=HTML), 422, "both-text-and-html", "")
    nameless = article(text=TEXT, known_people=[{}])
    yield Hostile("a person without a name", nameless, 422, "missing-field", "/known_people/0/name")


def half_characters() -> Iterator[Hostile]:
    for escaped in (r"\ud800", r"\udfff", r"\udc00\ud800", r"a\ud83db", r"\ud83d\u0041"):
        for pointer in (
            "/text",
            "/html",
            "/id",
            "/title",
            "/known_people/0/name",
            "/known_people/0/aliases/0",
        ):
            body = json.dumps(placed(pointer, "@@")).replace("@@", escaped).encode()
            yield Hostile(f"half a character: {escaped} in {pointer}", body, 422, "invalid-value", pointer)
