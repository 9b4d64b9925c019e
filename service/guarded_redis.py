"""Redis that cannot hurt: a breaker, one client a process, and every failure counted instead of raised."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from redis.exceptions import RedisClusterException, RedisError

from service.observability import METRICS, log
from service.redis_client import Client, connect_to

FAILURES_TOLERATED = 3
PAUSE_SECONDS = 5.0

Result = TypeVar("Result")

_FAILURES = (RedisError, RedisClusterException, OSError, ValueError)


class Breaker:
    """Counts failures in a row; after ``tolerated`` of them, nothing is tried for ``pause`` seconds.

    After the pause one caller tries: its success closes the breaker, its failure starts another pause.
    """

    def __init__(
        self,
        *,
        tolerated: int = FAILURES_TOLERATED,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.tolerated, self.pause, self._clock = tolerated, pause, clock
        self._failures, self._closed_until = 0, 0.0
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether so much failed that calls are spared."""
        return self._failures >= self.tolerated

    @property
    def doubtful(self) -> bool:
        """Whether the last call failed."""
        return self._failures > 0

    def permits(self) -> bool:
        """Tell whether to try now. While open, only the first caller after each pause may."""
        with self._lock:
            if not self.open:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self.pause
            return True

    def succeeded(self) -> None:
        """Close the breaker."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count a failure; the last one tolerated opens the breaker."""
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self.pause


class GuardedRedis:
    """One Redis for all who use it: what fails for one of them is spared the others."""

    def __init__(
        self,
        url: str,
        *,
        connect: Callable[[str], Client] = connect_to,
        breaker: Breaker | None = None,
    ) -> None:
        self._url, self._connect = url, connect
        self.breaker = breaker or Breaker()
        self._client: Client | None = None
        self._process = 0
        self._lock = threading.Lock()

    def attempt(
        self, action: str, call: Callable[[Client], Result], *, permitted: bool = False
    ) -> Result | None:
        """Return what ``call`` returns, or None if it fails or the breaker is open.

        ``action`` names the call in logs; ``permitted``: the breaker was asked already.
        """
        if not permitted and not self.breaker.permits():
            return None
        try:
            result = call(self._bound())
        except _FAILURES as error:
            self.breaker.failed()
            METRICS.redis_failures.labels(action).inc()
            log().warning("redis_failed", action=action, error=type(error).__name__, open=self.breaker.open)
            return None
        self.breaker.succeeded()
        return result

    def state(self) -> str:
        """Return ``ok``, or in a few words what is wrong, for the readiness report. Asks at most once."""
        if not self.breaker.permits():
            return "unavailable: paused after failures"
        return "ok" if self.attempt("ping", lambda client: client.ping(), permitted=True) else "unavailable"

    def _bound(self) -> Client:
        """Return this process's client: a pool made before a fork must not be shared after it."""
        with self._lock:
            if self._client is None or self._process != os.getpid():
                self._client, self._process = self._connect(self._url), os.getpid()
            return self._client
