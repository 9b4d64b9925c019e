"""The limits that a request is held to. Values come from the settings; every error states limit and value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request, and all requests at work in one process, may ask for."""

    body_bytes: int
    """Bytes of a request body."""

    text_characters: int
    """Code points of one article's canonical text."""

    html_characters: int
    """Code points of one article's HTML source."""

    batch_articles: int
    """Articles in one batch."""

    batch_characters: int
    """Code points of text in one batch, all articles together."""

    known_people: int
    """Entries of one article's ``known_people``."""

    aliases: int
    """Aliases of one known person."""

    name_characters: int
    """Code points of a name or alias."""

    sources: int
    """Texts that one verification looks quotes up in."""

    source_characters: int
    """Code points of those texts, all together."""

    verified_quotes: int
    """Quotes given to one verification."""

    reported_results: int
    """Results of one report."""

    characters_in_flight: int
    """Code points being extracted or waiting for it, over all requests of a process."""

    requests_in_flight: int
    """Requests being extracted or waiting for it, in a process."""

    deadline_seconds: float
    """Seconds that a request may take, waiting included."""

    queue_seconds: float
    """Seconds that one article may wait for the model."""
