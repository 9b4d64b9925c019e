"""Whether the spans of a result say where their words stand, in the unit that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNITS = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
"""For each unit of offsets the coding whose units are so many bytes wide."""


def check_places(result: Mapping[str, Any], source: str | None = None) -> None:
    """Raise ``AssertionError`` for a span that is not where it says; ``source`` is the HTML that was sent."""
    coding, width = UNITS[result["offset_unit"]]

    def cut(text: str, span: Mapping[str, Any]) -> str:
        return text.encode(coding)[span["start"] * width : span["end"] * width].decode(coding)

    for quote in result["quotes"]:
        for span in filter(None, (*quote["content"], quote["cue"], quote["source"])):
            assert cut(result["text"], span) == span["text"]
            if source is not None:
                assert cut(source, span["html"])
