"""A result as rows for spreadsheets: one for each quotation, the same in CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterator

from service.exports.identity import Json, speakers_by_id

Cell = str | int | float | bool | None

COLUMNS = (
    "article",
    "url",
    "quote",
    "speaker",
    "kind",
    "role",
    "identifier",
    "type",
    "mode",
    "text",
    "cue",
    "source",
    "confidence",
    "rule",
    "speaker_rule",
    "paragraph",
    "in_headline",
    "repeats",
    "start",
    "end",
)
"""``start`` and ``end`` are code points of the canonical text, from the first part of it to the last."""

SPEAKER_COLUMNS = (
    "article",
    "speaker",
    "kind",
    "role",
    "identifier",
    "aliases",
    "pronouns",
    "quotes",
    "words",
)


def quote_rows(result: Json) -> Iterator[tuple[Cell, ...]]:
    """Yield the quotations in the order of the text, with the cells that ``COLUMNS`` names."""
    speakers = speakers_by_id(result)
    for quote in result["quotes"]:
        speaker = speakers.get(quote["speaker"], {})
        yield (
            result["id"],
            result["url"],
            quote["id"],
            *(speaker.get(name) for name in ("name", "kind", "role", "identifier")),
            *(quote[name] for name in ("type", "mode", "text")),
            *(quote[name]["text"] if quote[name] else None for name in ("cue", "source")),
            *(quote[name] for name in ("confidence", "rule", "speaker_rule", "paragraph")),
            *(quote[name] for name in ("in_headline", "repeats")),
            quote["content"][0]["start"],
            quote["content"][-1]["end"],
        )


def speaker_rows(result: Json) -> Iterator[tuple[Cell, ...]]:
    """Yield the speakers in the order of their first quotation, with the cells of ``SPEAKER_COLUMNS``."""
    for speaker in result["speakers"]:
        yield (
            result["id"],
            *(speaker[name] for name in ("name", "kind", "role", "identifier")),
            "; ".join(speaker["aliases"]),
            "; ".join(speaker["pronouns"]),
            len(speaker["quotes"]),
            speaker["words_quoted"],
        )
