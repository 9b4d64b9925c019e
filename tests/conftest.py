"""What tests of every part share: an application with a fake model, the real model, a real Redis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeExtractor, make_app
from flask import Flask
from live import browser, service_url  # noqa: F401 - fixtures for all folders
from openapi import CheckingClient
from processes import RedisServer, redis_binary

from service.cache import Cache, MemoryTier
from service.config import Settings
from service.engine import Engine

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture
def settings() -> Settings:
    return Settings(workers=1)


@pytest.fixture
def extractor() -> FakeExtractor:
    return FakeExtractor()


@pytest.fixture
def engine(settings: Settings, extractor: FakeExtractor) -> Engine:
    cache = Cache(MemoryTier(capacity=settings.cache_bytes, ttl_seconds=60))
    made = Engine(extractor, limits=settings.limits, cache=cache)
    made.warm_up()
    extractor.calls = 0
    return made


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:
    return make_app(settings, engine)


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A client that checks every answer against the contract."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The real pipeline, as the service loads it."""
    from service.extraction.reading import load_model  # noqa: PLC0415 - most tests do not need spaCy

    return load_model()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(redis_binary(), tmp_path)
    server.start()
    yield server
    server.stop()
