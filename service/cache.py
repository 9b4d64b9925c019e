"""Results kept by content: an in-process tier bounded in bytes, and Redis behind it. Values are bytes.

A cache only ever helps: whatever goes wrong in one, the answer is the same, a little later.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from typing import Any, Protocol

import orjson
from cachetools import TTLCache

from service.observability import METRICS

_ENTRY_BYTES = 400
"""What an entry costs besides its value: key, links and objects, measured on CPython 3.11."""


class Tier(Protocol):
    """A place that keeps values by key for a while."""

    name: str

    def get(self, key: str) -> bytes | None:
        """Return the value, or None when it is not there or cannot be had or trusted."""

    def put(self, key: str, value: bytes) -> None:
        """Keep the value if possible."""

    def state(self) -> str:
        """Return ``ok``, or in a few words what is wrong."""


def content_key(parts: Mapping[str, Any]) -> str:
    """Return the hex SHA-256 over the canonical JSON of everything that a result depends on."""
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()


class MemoryTier:
    """The in-process tier: least recently used values go first when ``capacity`` bytes are full."""

    name = "memory"

    def __init__(self, *, capacity: int, ttl_seconds: float) -> None:
        self._values: TTLCache[str, bytes] = TTLCache(capacity, ttl_seconds, getsizeof=_size)
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """Return the value, if it is there and not too old."""
        with self._lock:
            return self._values.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep the value, unless it alone is larger than the tier."""
        if _size(value) > self._values.maxsize:
            return
        with self._lock:
            self._values[key] = value
            METRICS.cache_bytes.set(self._values.currsize)

    def state(self) -> str:
        """Return ``ok``: memory does not fail."""
        return "ok"


def _size(value: bytes) -> int:
    return len(value) + _ENTRY_BYTES


class Cache:
    """The tiers in the order in which they are asked."""

    def __init__(self, *tiers: Tier) -> None:
        self.tiers = tiers

    def get(self, key: str) -> bytes | None:
        """Return the value from the first tier that has it; the tiers before that one get it as well."""
        for place, tier in enumerate(self.tiers):
            value = tier.get(key)
            METRICS.cache_lookups.labels(tier.name, "hit" if value is not None else "miss").inc()
            if value is not None:
                for earlier in self.tiers[:place]:
                    earlier.put(key, value)
                return value
        return None

    def again(self, key: str) -> bytes | None:
        """Look once more, in the first tier only: was the value put there since ``get`` missed it?"""
        return self.tiers[0].get(key) if self.tiers else None

    def states(self) -> dict[str, str]:
        """Return the state of each tier in a few words."""
        return {tier.name: tier.state() for tier in self.tiers}

    def put(self, key: str, value: bytes) -> None:
        """Keep the value in every tier."""
        for tier in self.tiers:
            tier.put(key, value)
