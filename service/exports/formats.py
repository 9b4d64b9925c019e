"""The forms in which a result can be had, by name and by media type, and which of them a caller prefers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.exports.csv import to_csv
from service.exports.html import to_html
from service.exports.identity import Json
from service.exports.jsonld import to_jsonld
from service.exports.ninjs import to_ninjs
from service.exports.tei import to_tei
from service.exports.webannotation import to_web_annotations
from service.exports.xlsx import to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of the result, its media type, and how it is written: None for the result itself.

    What ``write`` takes has its ``text``, and offsets in code points.
    """

    name: str
    media_type: str
    write: Callable[[Json], bytes] | None

    @property
    def content_type(self) -> str:
        """The media type with the charset, where the type does not imply one."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


FORMATS = {
    found.name: found
    for found in (
        Format("json", "application/json", None),
        Format("jsonld", "application/ld+json", to_jsonld),
        Format(
            "webannotation",
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            to_web_annotations,
        ),
        Format("ninjs", "application/vnd.iptc.ninjs+json", to_ninjs),
        Format("csv", "text/csv", to_csv),
        Format("xlsx", XLSX, to_xlsx),
        Format("html", "text/html", lambda result: to_html(result).encode()),
        Format("tei", "application/tei+xml", to_tei),
    )
}
"""By name; the first one is for those who do not care."""
