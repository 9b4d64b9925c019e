"""Logs, request ids and metrics. Never any article text: sizes, counts, names of rules and errors only."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
import uuid
from pathlib import Path
from typing import Any, Final

import orjson
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from service.extraction.models import Extraction
from service.metrics_files import locked

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Every metric of the service, declared here and nowhere else."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "quotes_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self.key_requests = Counter(
            "quotes_key_requests", "Requests with a valid API key, by its name.", ("key",), registry=registry
        )
        self.request_seconds = Histogram(
            "quotes_request_seconds",
            "Seconds from reading a request to its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self.problems = Counter("quotes_problems", "Problems told to callers.", ("type",), registry=registry)
        self.articles = Counter(
            "quotes_articles", "Articles answered, by what the cache did.", ("cache",), registry=registry
        )
        self.characters = Counter(
            "quotes_characters", "Characters (code points) extracted from.", registry=registry
        )
        self.found = Counter(
            "quotes_found",
            "Quotes extracted, by type and by the rule that decided.",
            ("type", "rule"),
            registry=registry,
        )
        self.queue_seconds = Histogram(
            "quotes_queue_seconds",
            "Seconds that an article waited for the model.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.model_seconds = Histogram(
            "quotes_model_seconds",
            "Seconds that the model took for an article.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.characters_in_flight = Gauge(
            "quotes_characters_in_flight",
            "Characters being extracted from or waiting for it.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.cache_lookups = Counter(
            "quotes_cache_lookups", "Look-ups in a tier of the cache.", ("tier", "result"), registry=registry
        )
        self.cache_bytes = Gauge(
            "quotes_cache_bytes", "Bytes held in process.", multiprocess_mode="livesum", registry=registry
        )
        self.redis_failures = Counter(
            "quotes_redis_failures",
            "Calls of Redis that failed, or values not trusted.",
            ("action",),
            registry=registry,
        )

    def extracted(self, characters: int, seconds: float, extraction: Extraction) -> None:
        """Count one article's extraction."""
        self.characters.inc(characters)
        self.model_seconds.observe(seconds)
        for quote in extraction.quotes:
            self.found.labels(quote.type, quote.rule).inc()

    def exposition(self) -> bytes:
        """Return the metrics of all worker processes in Prometheus' text format."""
        folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        if folder is None:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        with locked(Path(folder), alone=False):
            return generate_latest(registry)


METRICS: Final = Metrics()


def request_id(inbound: str | None) -> str:
    """Return the caller's request id if it is in a safe form, else a new one."""
    return inbound if inbound and _SAFE_ID.fullmatch(inbound) else uuid.uuid4().hex


def log() -> structlog.stdlib.BoundLogger:
    """Return the service's logger; the request's id is bound to it by context."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger("quotes")
    return logger


def log_failure(event: str, error: BaseException) -> None:
    """Log an error that nobody expected: its type and the places it passed, as its message may hold text."""
    log().error(event, error=type(error).__name__, places=places(error))


def configure_logging(level: str) -> None:
    """Write every log record of the process, ours and our libraries', as one JSON line on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())


def _as_json(event: dict[str, Any], **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def _without_messages(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace an exception by its type and the places it passed: its message may hold article text."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    error = given if isinstance(given, BaseException) else sys.exc_info()[1]
    if isinstance(given, tuple):
        error = given[1]
    if error is not None:
        event["error"] = type(error).__name__
        event["places"] = places(error)
    return event


def places(error: BaseException) -> list[str]:
    """Return where an exception passed, innermost last, as ``file:line function``."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


_SHARED: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_messages,
]

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
)
