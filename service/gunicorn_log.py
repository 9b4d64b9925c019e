"""gunicorn's own messages as JSON lines among ours. There is no access log: each request logs itself."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from service.observability import configure_logging


class JsonLogger(Logger):  # type: ignore[misc]
    """Hands gunicorn's records to the root logger."""

    def setup(self, cfg: Any) -> None:
        """Configure logging once, for gunicorn and for the service."""
        configure_logging(cfg.loglevel)
        self.error_log.propagate = True

    def access(self, *_: Any) -> None:
        """Write nothing."""
