"""The service as it is started for real, on a port of its own: gunicorn and the real model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import ClassVar

import openapi
from processes import free_port, until
from werkzeug.wrappers import Response

TESTS = Path(__file__).parent
JSON = {"Content-Type": "application/json"}
START = "import os; from service.server import serve; serve(os.environ)"


class Server:
    command: ClassVar = [sys.executable, "-c", START]

    def __init__(self, folder: Path, **environ: str) -> None:
        self.port = free_port()
        self.out, self.err = folder / "out", folder / "err"
        self.metrics = folder / "metrics"
        given = {"QUOTES_BIND": f"127.0.0.1:{self.port}", "QUOTES_WORKERS": "2", "QUOTES_LOG_LEVEL": "debug"}
        given["PROMETHEUS_MULTIPROC_DIR"] = str(self.metrics)
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                self.command, env={**os.environ, **given, **environ}, stdout=out, stderr=err
            )

    def wait(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.err.read_text()[-3000:]
            try:
                return self.call("GET", "/readyz").status_code == 200
            except OSError:
                return False

        until(ready, "the service is ready", 120)

    def get(self, path: str) -> str:
        """Return what stands at a path."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.status
        return answer.get_data(as_text=True)

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = JSON
    ) -> Response:
        """Return the answer, which is held to the contract. Raises ``OSError`` if there is none."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=300)) as connection:
            connection.request(method, path, body, {**JSON, **headers})
            found = connection.getresponse()
            response = Response(found.read(), found.status, found.getheaders())
        openapi.check(path.partition("?")[0], method, response)
        return response

    def ask(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post a body; return status and body of any answer."""
        response = self.call("POST", path, body, headers)
        return response.status_code, response.get_data(as_text=True)

    def post(self, article: dict, path: str = "/v1/quotes") -> tuple[int, dict]:
        status, body = self.ask(path, json.dumps(article).encode(), {})
        return status, json.loads(body)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=400)


class FakeServer(Server):
    """The same with a stand-in for the model (``server/fake_wsgi.py``), which does as it is told."""

    command: ClassVar = [
        *(sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_config"),
        *("--pythonpath", f"{TESTS},{TESTS / 'server'}", "fake_wsgi:app"),
    ]


@contextmanager
def serving(folder: Path, **environ: str) -> Iterator[Server]:
    """Run the service with these settings, and stop it at the end."""
    server = Server(folder, **environ)
    try:
        server.wait()
        yield server
    finally:
        server.stop()
