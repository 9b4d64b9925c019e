"""Redis as a cache tier: values under a seal, trusted only when it is whole. It only ever helps."""

from __future__ import annotations

import hashlib

from service.guarded_redis import GuardedRedis
from service.observability import METRICS, log

PREFIX = "quotes:"

_HEADER = b"quotes1\n"
_CHECKSUM_BYTES = 16


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


def place(key: str) -> str:
    """Return the name of ``key``, a digest, in Redis. In a cluster the digest alone decides on the node."""
    return f"{PREFIX}{{{key}}}"


class RedisTier:
    """Results shared by processes. Every failure is a miss, counted and logged without the value."""

    name = "redis"

    def __init__(self, redis: GuardedRedis, *, ttl_seconds: int) -> None:
        self._redis, self._ttl_seconds = redis, ttl_seconds

    def get(self, key: str) -> bytes | None:
        """Return the value, or None when Redis does not have it, does not answer, or answers rubbish."""
        sealed = self._redis.attempt("get", lambda client: client.get(place(key)))
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
        if self._redis.breaker.doubtful:
            return
        sealed = seal(key, value)
        self._redis.attempt("put", lambda client: client.set(place(key), sealed, ex=self._ttl_seconds))

    def state(self) -> str:
        """Return ``ok``, or in a few words what is wrong, for the readiness report."""
        return self._redis.state()
