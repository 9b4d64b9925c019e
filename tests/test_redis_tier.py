"""The Redis tier against a fake: what it stores, what it trusts, and when it stops asking."""

from __future__ import annotations

import fakeredis
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from service.guarded_redis import Breaker, GuardedRedis
from service.redis_client import connect_to
from service.redis_tier import RedisTier, place, seal, unseal

KEY = "ab" * 32


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Broken(fakeredis.FakeRedis):
    """Fails when it is told to, and counts how often it is asked."""

    error: Exception | None = None
    asked = 0

    def execute_command(self, *args, **options):
        self.asked += 1
        if self.error:
            raise self.error
        return super().execute_command(*args, **options)


@pytest.fixture
def client() -> Broken:
    return Broken()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tier(client: Broken, clock: Clock) -> RedisTier:
    breaker = Breaker(tolerated=3, pause=5.0, clock=clock)
    return RedisTier(GuardedRedis("redis://x", connect=lambda url: client, breaker=breaker), ttl_seconds=60)


def test_a_value_comes_back_with_a_time_to_live(tier: RedisTier, client: Broken) -> None:
    tier.put(KEY, b"value")
    assert tier.get(KEY) == b"value"
    assert 0 < client.ttl(place(KEY)) <= 60
    assert tier.get("cd" * 32) is None


@pytest.mark.parametrize("value", [b"", b"x", bytes(range(256)) * 100])
def test_what_is_sealed_is_unsealed_under_the_same_key_only(value: bytes) -> None:
    assert unseal(KEY, seal(KEY, value)) == value
    assert unseal("cd" * 32, seal(KEY, value)) is None


def test_whatever_was_changed_is_not_trusted(tier: RedisTier, client: Broken) -> None:
    sealed = seal(KEY, b'{"quotes": []}')
    flipped = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    rubbish = [b"", b"x", sealed[:-1], sealed + b" ", b"quotes0\n" + sealed[8:], b'{"quotes": []}']
    for bad in flipped + rubbish:
        client.set(place(KEY), bad)
        assert tier.get(KEY) is None
    tier.put(KEY, b"good")
    assert tier.get(KEY) == b"good"


def test_a_value_of_another_type_is_a_miss(tier: RedisTier, client: Broken) -> None:
    client.lpush(place(KEY), "x")
    assert tier.get(KEY) is None
    tier.put(KEY, b"good")


def test_after_three_failures_nobody_asks_until_the_pause_is_over(tier, client: Broken, clock: Clock) -> None:
    client.error = RedisConnectionError()
    for _ in range(10):
        assert tier.get(KEY) is None
    assert client.asked == 3
    clock.now = 4.9
    tier.get(KEY)
    assert client.asked == 3
    clock.now = 5.1
    for _ in range(10):
        tier.get(KEY)
    assert client.asked == 4
    client.error = None
    clock.now = 10.3
    tier.get(KEY)
    tier.get(KEY)
    assert client.asked == 6


def test_after_a_failed_look_up_the_same_request_does_not_wait_again(tier, client: Broken) -> None:
    client.error = RedisConnectionError()
    tier.get(KEY)
    tier.put(KEY, b"value")
    assert client.asked == 1


def test_a_full_redis_still_gives_what_it_has(tier: RedisTier, client: Broken) -> None:
    tier.put(KEY, b"value")
    client.error = ResponseError("OOM command not allowed when used memory > 'maxmemory'.")
    tier.put("cd" * 32, b"other")
    client.error = None
    assert tier.get(KEY) == b"value"


@pytest.mark.parametrize(
    "error", [OSError(), TimeoutError(), ValueError("rubbish"), ResponseError("READONLY")]
)
def test_no_failure_of_redis_reaches_the_caller(tier: RedisTier, client: Broken, error: Exception) -> None:
    client.error = error
    assert tier.get(KEY) is None
    tier.put(KEY, b"value")
    assert tier.state() == "unavailable"


def test_the_state_does_not_ask_while_paused(tier: RedisTier, client: Broken) -> None:
    assert tier.state() == "ok"
    client.error = RedisConnectionError()
    for _ in range(3):
        tier.get(KEY)
    asked = client.asked
    assert tier.state().startswith("unavailable")
    assert client.asked == asked


def test_a_process_that_was_forked_off_makes_its_own_client(monkeypatch) -> None:
    made: list[str] = []

    def connect(url: str) -> Redis:
        made.append(url)
        return fakeredis.FakeRedis()

    tier = RedisTier(GuardedRedis("redis://x", connect=connect), ttl_seconds=60)
    tier.get(KEY)
    tier.get(KEY)
    assert len(made) == 1
    monkeypatch.setattr("service.guarded_redis.os.getpid", lambda: -1)
    tier.get(KEY)
    assert len(made) == 2


def test_a_client_is_impatient() -> None:
    options = connect_to("redis://127.0.0.1:1/0").connection_pool.connection_kwargs
    assert options["socket_timeout"] == options["socket_connect_timeout"] == 0.05
    assert options["retry"].get_retries() == 0
