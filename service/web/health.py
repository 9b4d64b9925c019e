"""Whether the service lives, whether it is ready, what it is, and how it does."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from service.observability import METRICS
from service.schemas import MODES, OFFSET_UNITS, TYPES
from service.web.bodies import engine

health = Blueprint("health", __name__)


@health.get("/livez")
def live() -> dict[str, str]:
    """Say that the process answers. Asks nothing of the model or of Redis."""
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> dict[str, Any]:
    """Say that the model answers; a Redis that does not is a warning, as results come without it."""
    states = engine().ready()
    warnings = [f"{name}: {state}" for name, state in states.items() if state != "ok"]
    return {"status": "ok", "checks": states, "warnings": warnings}


@health.get("/v1/info")
def info() -> dict[str, Any]:
    """Say which versions answer, under which limits, and which values the options take."""
    return {
        "name": "quote-attribution",
        **engine().versions,
        "languages": ["en"],
        "limits": asdict(engine().limits),
        "options": {"types": TYPES, "modes": MODES, "offset_unit": OFFSET_UNITS},
        "rules": engine().rules,
    }


@health.get("/metrics")
def metrics() -> Response:
    """Return the metrics of all worker processes in Prometheus' text format."""
    return Response(METRICS.exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
