"""One piece of work at a time for one key: whoever asks for the same meanwhile waits for its result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from service.admission import Deadline
from service.errors import ServiceError

Value = TypeVar("Value")


class SingleFlight(Generic[Value]):
    """Shares results between callers that ask for the same thing at the same time, in one process."""

    def __init__(self) -> None:
        self._flights: dict[str, Future[Value]] = {}
        self._lock = threading.Lock()

    def run(self, key: str, work: Callable[[], Value], deadline: Deadline) -> tuple[Value, bool]:
        """Return what ``work`` gives, and whether this caller did it.

        A caller whose leader was refused or late tries by itself, as its own deadline may be later. Raises
        what ``work`` raises, and ``DeadlineExceeded`` when waiting takes too long.
        """
        while True:
            flight, leads = self._join(key)
            if leads:
                return self._lead(key, flight, work), True
            try:
                return flight.result(timeout=max(0.0, deadline.remaining())), False
            except ServiceError:
                deadline()
            except TimeoutError:
                if flight.done():
                    raise
                raise deadline.error() from None

    def _join(self, key: str) -> tuple[Future[Value], bool]:
        with self._lock:
            if key in self._flights:
                return self._flights[key], False
            flight = self._flights[key] = Future()
            return flight, True

    def _lead(self, key: str, flight: Future[Value], work: Callable[[], Value]) -> Value:
        try:
            value = work()
        except BaseException as error:
            self._land(key)
            flight.set_exception(error)
            raise
        self._land(key)
        flight.set_result(value)
        return value

    def _land(self, key: str) -> None:
        with self._lock:
            del self._flights[key]
