"""Stand-ins for the model: what they find is known beforehand, and they take as long as a test wants."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

from flask import Flask
from openapi import CheckingClient

from service.app import create_app
from service.config import Settings
from service.engine import Engine
from service.extraction.models import Article, Checkpoint, Extraction, Quote, Span, Speaker


class FakeExtractor:
    """Takes what stands between curly marks as said by one speaker. Counts how often it is called."""

    name = "fake_model 1.0"
    attribution = "rules"
    rules = {"between-marks": "“A”"}  # noqa: RUF012

    def __init__(self, act: Callable[[Article, Checkpoint], None] = lambda article, checkpoint: None) -> None:
        self.act = act
        self.calls = 0
        self.at_once = 0
        self._inside = threading.Lock()

    def __call__(self, article: Article, *, checkpoint: Checkpoint) -> Extraction:
        self.calls += 1
        assert self._inside.acquire(blocking=False), "two articles at once"
        try:
            checkpoint()
            self.act(article, checkpoint)
            return found_in(article)
        finally:
            self._inside.release()


def found_in(article: Article) -> Extraction:
    spans = [Span(*match.span()) for match in re.finditer(r"“[^”]*”", article.text)]
    quotes = tuple(
        Quote(
            id=f"q{number}",
            type="direct",
            mode="speech",
            content=(span,),
            cue=None,
            source=None,
            speaker="s1",
            confidence=0.8,
            rule="between-marks",
            speaker_rule=None,
            paragraph=0,
        )
        for number, span in enumerate(spans, 1)
    )
    speakers = (Speaker("s1", "Somebody", "unnamed", pronouns=("she", "her")),) if quotes else ()
    return Extraction(quotes, speakers)


def make_app(settings: Settings, engine: Engine) -> Flask:
    app = create_app(settings, engine=engine)
    app.testing = True
    app.test_client_class = CheckingClient
    return app
