"""The in-process tier is bounded in bytes and time; tiers are asked in order and filled from behind."""

from __future__ import annotations

import threading
import time

from service.cache import Cache, MemoryTier, content_key


def test_the_oldest_goes_when_the_bytes_are_full() -> None:
    tier = MemoryTier(capacity=10_000, ttl_seconds=60)
    for number in range(20):
        tier.put(str(number), b"x" * 1_000)
    kept = [number for number in range(20) if tier.get(str(number))]
    assert 5 <= len(kept) <= 9
    assert kept == list(range(20 - len(kept), 20))


def test_what_is_larger_than_the_tier_is_not_kept_and_throws_nothing_out() -> None:
    tier = MemoryTier(capacity=5_000, ttl_seconds=60)
    tier.put("small", b"x")
    tier.put("large", b"x" * 6_000)
    assert (tier.get("small"), tier.get("large")) == (b"x", None)


def test_what_is_old_is_gone() -> None:
    tier = MemoryTier(capacity=5_000, ttl_seconds=1e-6)
    tier.put("key", b"x")
    time.sleep(0.001)
    assert tier.get("key") is None


def test_the_first_tier_is_filled_from_the_second() -> None:
    first, second = (MemoryTier(capacity=5_000, ttl_seconds=60) for _ in range(2))
    second.put("key", b"x")
    cache = Cache(first, second)
    assert cache.again("key") is None
    assert cache.get("key") == b"x"
    assert first.get("key") == b"x"
    cache.put("other", b"y")
    assert first.get("other") == second.get("other") == b"y"


def test_without_tiers_nothing_is_kept() -> None:
    cache = Cache()
    cache.put("key", b"x")
    assert cache.get("key") is cache.again("key") is None


def test_the_key_does_not_depend_on_the_order_of_parts() -> None:
    assert content_key({"a": 1, "b": "é"}) == content_key({"b": "é", "a": 1})
    assert content_key({"a": 1}) != content_key({"a": 2})
    assert len(content_key({})) == 64


def test_many_threads_may_use_the_tier_at_once() -> None:
    tier = MemoryTier(capacity=20_000, ttl_seconds=60)

    def work(name: str) -> None:
        for number in range(300):
            tier.put(f"{name}{number % 40}", b"x" * (number * 7 % 900))
            tier.get(f"{name}{(number + 20) % 40}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert tier._values.currsize <= 20_000
