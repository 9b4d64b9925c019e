"""At most so many articles for a key in a window: counted in Redis for all processes, or in each alone."""

from __future__ import annotations

import math
import threading
import time
from functools import lru_cache

from limits import parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from service.errors import RateLimited
from service.guarded_redis import GuardedRedis
from service.redis_client import Client


class _Shared(RedisStorage):
    """limits' own storage, on the client that the cache uses: one time-out, one breaker."""

    def __init__(self, client: Client) -> None:
        self._client = client
        super().__init__("redis://", key_prefix="quotes:limit")

    def get_connection(self, readonly: bool = False) -> Client:  # type: ignore[override]  # noqa: ARG002
        return self._client


@lru_cache(maxsize=1)
def _shared(client: Client) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(_Shared(client))


def _in_process() -> MemoryStorage:
    """Return counts in memory. limits starts a thread to expire them at almost every count, if none is at it;
    there are no more names here than keys are listed, and reading one expires it.
    """
    storage = MemoryStorage()
    storage.timer = threading.main_thread()  # type: ignore[assignment]
    return storage


class RateLimit:
    """How much each key may ask for: ``rate`` is such as ``600/minute``.

    A Redis that does not answer lets everybody in: it must not stop an editor from saving.
    """

    def __init__(self, rate: str, redis: GuardedRedis | None = None) -> None:
        self._rate, self._redis = parse(rate), redis
        self._alone = FixedWindowRateLimiter(_in_process())

    def spend(self, name: str) -> None:
        """Count an article for the key of that name. Raises ``RateLimited`` if it is one too many."""
        wait = self._counted(name, 1)
        if wait > 0:
            retry_after = max(1, math.ceil(wait))
            detail = f"Key {name}: at most {self._rate} allowed. Come back in {retry_after} s."
            raise RateLimited(detail, limit=self._rate.amount, retry_after=retry_after)

    def charge(self, name: str, articles: int) -> None:
        """Count articles that were let in together with one that ``spend`` counted. Refuses nothing."""
        if articles:
            self._counted(name, articles)

    def _counted(self, name: str, articles: int) -> float:
        """Count, and return the seconds to wait if that is beyond the rate, else 0."""
        if self._redis is None:
            return self._wait(self._alone, name, articles)
        wait = self._redis.attempt("limit", lambda client: self._wait(_shared(client), name, articles))
        return wait or 0.0

    def _wait(self, limiter: FixedWindowRateLimiter, name: str, articles: int) -> float:
        if limiter.hit(self._rate, name, cost=articles):
            return 0.0
        return limiter.get_window_stats(self._rate, name).reset_time - time.time()
