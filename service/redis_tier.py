"""Redis as a cache tier that cannot hurt: short time-outs, no retries, a breaker, values verified."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.observability import METRICS, log

TIMEOUT_SECONDS = 0.05
FAILURES_TOLERATED = 3
PAUSE_SECONDS = 5.0
PREFIX = "quotes:"

_HEADER = b"quotes1\n"
_CHECKSUM_BYTES = 16

Result = TypeVar("Result")


def seal(key: str, value: bytes) -> bytes:
    """Return ``value`` under a header: the form's version, and a checksum over key and value."""
    return _HEADER + _checksum(key, value) + value


def unseal(key: str, sealed: bytes) -> bytes | None:
    """Return the value that was sealed under ``key``, or None if version, key or checksum do not agree."""
    head = len(_HEADER) + _CHECKSUM_BYTES
    value = sealed[head:]
    return value if sealed[:head] == _HEADER + _checksum(key, value) else None


def _checksum(key: str, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECKSUM_BYTES, key=key.encode()[:64]).digest()


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


class RedisTier:
    """Results shared by processes. Every failure is a miss, counted and logged without the value."""

    name = "redis"

    def __init__(
        self,
        url: str,
        *,
        ttl_seconds: int,
        connect: Callable[[str], Redis] | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._url, self._ttl_seconds = url, ttl_seconds
        self._connect = connect or connect_to
        self._breaker = breaker or Breaker()
        self._client: Redis | None = None
        self._process = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """Return the value, or None when Redis does not have it, does not answer, or answers rubbish."""
        sealed = self._try("get", lambda client: client.get(PREFIX + key))
        if sealed is None:
            return None
        value = unseal(key, sealed) if isinstance(sealed, bytes) else None
        if value is None:
            METRICS.redis_failures.labels("untrusted").inc()
            log().warning("redis_value_untrusted", key=key)
        return value

    def put(self, key: str, value: bytes) -> None:
        """Ask Redis to keep the value for the time to live; if it will not, go on.

        Not tried when the last call failed, so that a silent server costs a request one time-out, not two.
        """
        if self._breaker.doubtful:
            return
        sealed = seal(key, value)
        self._try("put", lambda client: client.set(PREFIX + key, sealed, ex=self._ttl_seconds))

    def state(self) -> str:
        """Return ``ok``, or in a few words what is wrong, for the readiness report. Asks at most once."""
        if not self._breaker.permits():
            return "unavailable: paused after failures"
        return "ok" if self._try("ping", lambda client: client.ping(), permitted=True) else "unavailable"

    def _try(self, action: str, call: Callable[[Redis], Result], *, permitted: bool = False) -> Result | None:
        if not permitted and not self._breaker.permits():
            return None
        try:
            result = call(self._bound())
        except (RedisError, OSError, ValueError) as error:
            self._breaker.failed()
            METRICS.redis_failures.labels(action).inc()
            log().warning("redis_failed", action=action, error=type(error).__name__, open=self._breaker.open)
            return None
        self._breaker.succeeded()
        return result

    def _bound(self) -> Redis:
        """Return this process's client: a pool made before a fork must not be shared after it."""
        with self._lock:
            if self._client is None or self._process != os.getpid():
                self._client, self._process = self._connect(self._url), os.getpid()
            return self._client


def connect_to(url: str) -> Redis:
    """Return a client that gives up after ``TIMEOUT_SECONDS`` instead of redis-py's minute. Connects later.

    RESP2 and no client information: a new connection then needs no round trip before the first command.
    """
    return Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
        driver_info=None,
    )
