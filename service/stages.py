"""Where a request's time goes: wall and CPU time of each stage of its work, for log and trace."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from service import tracing

_times: ContextVar[dict[str, tuple[float, float]] | None] = ContextVar("stages", default=None)


def begin() -> None:
    """Forget what was measured before on this thread."""
    _times.set({})


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure a stage; what comes several times, as in a batch, is added up."""
    wall, cpu = time.perf_counter(), time.thread_time()
    try:
        with tracing.span(name):
            yield
    finally:
        _add(name, time.perf_counter() - wall, time.thread_time() - cpu)


def measured() -> dict[str, dict[str, float]]:
    """Return stage -> milliseconds, by the clock and of this thread's CPU."""
    return {
        name: {"wall_ms": round(1000 * wall, 1), "cpu_ms": round(1000 * cpu, 1)}
        for name, (wall, cpu) in (_times.get() or {}).items()
    }


def _add(name: str, wall: float, cpu: float) -> None:
    times = _times.get()
    if times is not None:
        before = times.get(name, (0.0, 0.0))
        times[name] = (before[0] + wall, before[1] + cpu)
