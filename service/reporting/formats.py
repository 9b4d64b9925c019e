"""The forms in which a report can be had."""

from __future__ import annotations

import orjson

from service.exports.csv import write_csv
from service.exports.formats import Format
from service.exports.identity import Json
from service.reporting.page import to_page

_COLUMNS = (
    "speaker",
    "kind",
    "identifier",
    "roles",
    "aliases",
    "pronoun",
    "articles",
    "quotes",
    "words",
    "longest",
)


def to_csv(report: Json) -> bytes:
    """Return a line for each speaker: what a spreadsheet can sum up further."""
    return write_csv(
        _COLUMNS,
        (
            (
                *(speaker[name] for name in ("name", "kind", "identifier")),
                "; ".join(speaker["roles"]),
                "; ".join(speaker["aliases"]),
                speaker["pronoun"],
                len(speaker["articles"]),
                *(speaker[name] for name in ("quotes", "words", "longest")),
            )
            for speaker in report["speakers"]
        ),
    )


REPORT_FORMATS = {
    found.name: found
    for found in (
        Format("json", "application/json", orjson.dumps),
        Format("csv", "text/csv", to_csv),
        Format("html", "text/html", lambda report: to_page(dict(report))),
    )
}
