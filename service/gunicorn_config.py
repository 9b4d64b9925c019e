"""How gunicorn runs the service. Read before the application is imported, so the environment is set here."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from service.config import ConfigurationError, Settings

_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - for gunicorn's heartbeat files, on a root that may be read-only

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")


def _remove_metrics(owner: int) -> None:
    """Remove the folder of metrics at the end of the master; workers, being forks of it, leave it alone."""
    if os.getpid() == owner:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def _wipe_metrics() -> None:
    """Remove what an earlier run left. Before anything is imported that opens these files."""
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()


_in_memory = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="quotes-metrics-", dir=_in_memory)
    atexit.register(_remove_metrics, os.getpid())

_wipe_metrics()

try:
    _settings = Settings.from_env(os.environ)
except ConfigurationError as error:
    raise SystemExit(str(error)) from None

bind = _settings.bind
workers = _settings.workers
threads = _settings.threads
worker_class = "service.gunicorn_worker.ProblemWorker"
preload_app = True
control_socket_disable = True
worker_tmp_dir = _in_memory
timeout = max(60, 2 * round(_settings.deadline_seconds))
graceful_timeout = round(_settings.deadline_seconds) + 5
keepalive = 5
max_requests = 10_000
max_requests_jitter = 2_000
logger_class = "service.gunicorn_log.JsonLogger"
loglevel = _settings.log_level

_PATIENCE_SECONDS = 20
_EXAMPLE = r'{"text": "\"We will rebuild the bridge,\" said Maria Lopez, the mayor."}'


def when_ready(server: Any) -> None:
    """Keep the model's memory shared after the fork, and say where the service listens and how to ask it."""
    gc.collect()
    gc.freeze()
    address = str(server.LISTENERS[0]).replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    sys.stdout.write(
        f"Listening at {address} (API page: {address}/docs). Try:\n"
        f"curl -s {address}/v1/quotes -H 'Content-Type: application/json' -d '{_EXAMPLE}'\n"
    )
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Read an article in the new process: the first one copies the pages that it does not share."""
    worker.wsgi.extensions["quotes"].warm_up()


def pre_request(_: Any, request: Any) -> None:
    """Give up on a client that stops sending or reading: it would hold its thread for ever."""
    connection = getattr(request.unreader, "sock", None)
    if connection is not None:
        connection.settimeout(_PATIENCE_SECONDS)


def child_exit(_: Any, worker: Any) -> None:
    """Keep what a dead worker counted, without its files. The server outlives files that a crash broke."""
    from service.metrics_files import bury  # noqa: PLC0415 - prometheus_client reads the environment
    from service.observability import log_failure  # noqa: PLC0415

    try:
        bury(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]), worker.pid)
    except Exception as error:
        log_failure("metrics_lost", error)
