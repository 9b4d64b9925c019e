"""The rate of a key over processes that share a Redis, and what becomes of it when Redis goes."""

from __future__ import annotations

import pytest
from processes import RedisServer, free_port

from service.errors import RateLimited
from service.guarded_redis import Breaker, GuardedRedis
from service.rate_limit import RateLimit


def limit(url: str, rate: str = "3/hour") -> RateLimit:
    return RateLimit(rate, GuardedRedis(url, breaker=Breaker(pause=0.05)))


def test_processes_count_together(redis_server: RedisServer) -> None:
    one, other = limit(redis_server.url), limit(redis_server.url)
    one.spend("cms")
    other.spend("cms")
    one.charge("cms", 1)
    for each in (one, other):
        with pytest.raises(RateLimited) as caught:
            each.spend("cms")
        assert 3_500 < caught.value.members["retry_after"] <= 3_600
    other.spend("desk")


def test_without_redis_everybody_is_let_in() -> None:
    away = limit(f"redis://127.0.0.1:{free_port()}/0", "1/hour")
    for _ in range(10):
        away.spend("cms")


def test_a_redis_that_goes_and_comes_back(redis_server: RedisServer) -> None:
    counted = limit(redis_server.url, "1/hour")
    counted.spend("cms")
    redis_server.stop()
    for _ in range(5):
        counted.spend("cms")
