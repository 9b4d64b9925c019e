"""Traces: W3C trace context in and out, and spans for OpenTelemetry where it is installed and turned on.

Spans carry sizes, counts and names as the log does; never text, nor the message of an exception.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Tracer

_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?"
)


@dataclass(frozen=True, slots=True)
class TraceContext:
    """Where in a trace this process is: 32, 16 and 2 digits in hexadecimal (W3C Trace Context)."""

    trace_id: str
    span_id: str
    flags: str

    @classmethod
    def parse(cls, traceparent: str) -> TraceContext | None:
        """Read the header, or return None for what is no such header."""
        found = _TRACEPARENT.fullmatch(traceparent.strip())
        if found is None or (traceparent.startswith("00") and found[4]):
            return None
        return cls(found[1], found[2], found[3])

    def child(self) -> TraceContext:
        """Return the same trace at a span of our own."""
        return TraceContext(self.trace_id, secrets.token_hex(8), self.flags)

    def __str__(self) -> str:
        """Return the header."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_here: ContextVar[TraceContext | None] = ContextVar("trace", default=None)
_tracers: list[Tracer] = []


def turn_on(exporter: SpanExporter | None = None) -> None:
    """Record spans; ``exporter`` is OTLP over HTTP unless given, set up by the variables ``OTEL_…``.

    Raises ``ImportError`` without the extra ``otel``.
    """
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": "quote-attribution"}))
    if exporter is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    else:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    _tracers[:] = [provider.get_tracer("quotes")]


def turn_off() -> None:
    """Record no spans any more."""
    _tracers.clear()


def here() -> TraceContext | None:
    """Return where in a trace the present request is, if it is in one."""
    return _here.get()


@contextmanager
def request(name: str, headers: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Be in the caller's trace during a request. The mapping that it yields is for the span."""
    known: dict[str, Any] = {}
    with _request_span(name, headers, known) if _tracers else _followed(headers):
        yield known
    _here.set(None)


@contextmanager
def span(name: str) -> Iterator[None]:
    """Record a part of a request's work."""
    if not _tracers:
        yield
        return
    with _tracers[0].start_as_current_span(name, record_exception=False, set_status_on_exception=False):
        yield


@contextmanager
def _followed(headers: Mapping[str, str]) -> Iterator[None]:
    parent = TraceContext.parse(headers.get("traceparent", ""))
    _here.set(parent.child() if parent else None)
    yield


@contextmanager
def _request_span(name: str, headers: Mapping[str, str], known: Mapping[str, Any]) -> Iterator[None]:
    from opentelemetry.trace import SpanKind  # noqa: PLC0415 - an extra
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

    parent = TraceContextTextMapPropagator().extract(headers)
    with _tracers[0].start_as_current_span(
        name, parent, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
    ) as started:
        made = started.get_span_context()
        _here.set(TraceContext(f"{made.trace_id:032x}", f"{made.span_id:016x}", f"{made.trace_flags:02x}"))
        yield
        started.set_attributes(known)
