"""The service as it is started for real, on a port of its own: gunicorn and the real model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from processes import free_port, until

START = "import os; from service.server import serve; serve(os.environ)"


class Server:
    def __init__(self, folder: Path, **environ: str) -> None:
        self.port = free_port()
        self.out, self.err = folder / "out", folder / "err"
        self.metrics = folder / "metrics"
        given = {"QUOTES_BIND": f"127.0.0.1:{self.port}", "QUOTES_WORKERS": "2", "QUOTES_LOG_LEVEL": "debug"}
        given["PROMETHEUS_MULTIPROC_DIR"] = str(self.metrics)
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START], env={**os.environ, **given, **environ}, stdout=out, stderr=err
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

    def post(self, article: dict, path: str = "/v1/quotes") -> tuple[int, dict]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(article).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=400)
