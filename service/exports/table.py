"""A result as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

Json = Mapping[str, Any]


def to_tables(result: Json) -> RenderableType:
    """Return a table of the quotes and one of the speakers; a line that says so if there are none."""
    if not result["quotes"]:
        return Text("No quotations found.")
    return Group(_quotes(result), _speakers(result["speakers"]))


def _quotes(result: Json) -> Table:
    names = {speaker["id"]: speaker["name"] for speaker in result["speakers"]}
    table = Table(show_lines=True)
    table.add_column("speaker", ratio=2)
    table.add_column("type")
    table.add_column("quote", ratio=5)
    table.add_column("confidence", justify="right")
    for quote in result["quotes"]:
        speaker = plain(names[quote["speaker"]]) if quote["speaker"] else _unknown(quote)
        table.add_row(speaker, Text(quote["type"]), plain(quote["text"]), f"{quote['confidence']:.2f}")
    return table


def _unknown(quote: Json) -> Text:
    """Return what stands in a speaker's place: a dash, and the source as the text mentions it."""
    source = quote["source"]
    return plain(f"— ({source['text']})" if source else "—", style="dim")


def _speakers(speakers: Sequence[Json]) -> Table:
    table = Table()
    table.add_column("speaker", ratio=3)
    table.add_column("role", ratio=4)
    table.add_column("kind")
    table.add_column("quotes", justify="right")
    table.add_column("words", justify="right")
    for speaker in speakers:
        figures = (str(len(speaker["quotes"])), str(speaker["words_quoted"]))
        table.add_row(plain(speaker["name"]), plain(speaker["role"] or ""), speaker["kind"], *figures)
    return table


def plain(words: str, *, style: str = "") -> Text:
    """Return an article's words without what could steer a terminal: no mark-up, no control characters."""
    return Text("".join(char if char.isprintable() else " " for char in words), style=style)
