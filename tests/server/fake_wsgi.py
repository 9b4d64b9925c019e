"""The service's own entry point with a stand-in for the model, which does what an article tells it to."""

from __future__ import annotations

import time

from fakes import FakeExtractor

from service import app as composition
from service.extraction.models import Article, Checkpoint


def act(article: Article, checkpoint: Checkpoint) -> None:
    if "explode" in article.text:
        raise ValueError(article.text)
    if "linger" in article.text:
        time.sleep(60)


composition.SpacyExtractor = lambda *_, **__: FakeExtractor(act)

from service.wsgi import app  # noqa: E402 - what it imports must be replaced first

__all__ = ["app"]
