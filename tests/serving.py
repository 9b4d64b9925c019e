"""The service as it is started for real, on a port of its own: gunicorn and the real model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from processes import free_port, until

TESTS = Path(__file__).parent
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
                return self.get("/readyz").status == 200
            except OSError:
                return False

        until(ready, "the service is ready", 120)

    def get(self, path: str):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60)

    def ask(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post a body; return status and body of any answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            headers={"Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

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
