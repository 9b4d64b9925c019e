"""A real Redis server: it only ever helps, and whatever happens to it, the answer is the same."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import redis
from fakes import FakeExtractor, make_app
from openapi import CheckingClient
from processes import RedisServer, free_port, until

from service.cache import Cache, Tier
from service.config import Settings
from service.engine import Engine
from service.guarded_redis import Breaker, GuardedRedis
from service.redis_tier import PREFIX, RedisTier

TEXT = "“It holds,” said the mayor."


def client_of(url: str, extractor: FakeExtractor, *, ttl: int = 60, pause: float = 0.05) -> CheckingClient:
    settings = Settings(workers=1, redis_url=url)
    tier: Tier = RedisTier(GuardedRedis(url, breaker=Breaker(pause=pause)), ttl_seconds=ttl)
    engine = Engine(extractor, limits=settings.limits, cache=Cache(tier))
    return make_app(settings, engine).test_client()


def ask(client: CheckingClient, text: str = TEXT):
    answer = client.post("/v1/quotes", json={"text": text})
    assert answer.status_code == 200
    return answer


def patient(url: str) -> redis.Redis:
    """A client for the tests' own use."""
    return redis.Redis.from_url(url, socket_timeout=5)


def test_one_process_finds_what_another_put_there(redis_server: RedisServer) -> None:
    first, second = FakeExtractor(), FakeExtractor()
    put = ask(client_of(redis_server.url, first))
    found = ask(client_of(redis_server.url, second))
    assert (put.headers["X-Cache"], found.headers["X-Cache"]) == ("miss", "hit")
    assert (first.calls, second.calls) == (1, 0)
    assert put.data == found.data


def test_results_live_as_long_as_they_are_given(redis_server: RedisServer, extractor: FakeExtractor) -> None:
    client = client_of(redis_server.url, extractor, ttl=1)
    ask(client)
    server = patient(redis_server.url)
    (key,) = server.keys(PREFIX + "*")
    assert 0 < server.pttl(key) <= 1_000
    until(lambda: not server.exists(key), "the value expires")
    assert ask(client).headers["X-Cache"] == "miss"


def test_no_store_leaves_nothing_in_redis(redis_server: RedisServer, extractor: FakeExtractor) -> None:
    client = client_of(redis_server.url, extractor)
    client.post("/v1/quotes", json={"text": TEXT}, headers={"Cache-Control": "no-store"})
    assert patient(redis_server.url).keys("*") == []


def test_corrupt_and_foreign_values_are_not_trusted(
    redis_server: RedisServer, extractor: FakeExtractor
) -> None:
    client = client_of(redis_server.url, extractor)
    honest, server = ask(client).data, patient(redis_server.url)
    (key,) = server.keys(PREFIX + "*")
    kept = server.get(key)
    for bad in (b"", b"\x00" * 500, b'{"quotes":[]}', kept[:-1], kept[:30] + b"?" + kept[31:]):
        server.set(key, bad)
        answer = ask(client)
        assert (answer.data, answer.headers["X-Cache"]) == (honest, "miss")
        assert server.get(key) == kept
    server.delete(key)
    server.lpush(key, "a list")
    assert ask(client).data == honest


def test_a_server_killed_and_started_again_costs_no_request(redis_server: RedisServer) -> None:
    client = client_of(redis_server.url, FakeExtractor())
    honest, stop, answers = ask(client).data, threading.Event(), []

    def load() -> None:
        while not stop.is_set():
            answers.append(ask(client).data)

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(load) for _ in range(4)]
        until(lambda: len(answers) > 20, "the load runs")
        redis_server.stop()
        so_far = len(answers)
        until(lambda: len(answers) > so_far + 20, "the load goes on without Redis")
        redis_server.start()
        until(lambda: ask(client).headers["X-Cache"] == "hit", "Redis helps again")
        stop.set()
        for future in running:
            future.result(30)
    assert set(answers) == {honest}


def test_a_redis_that_is_full_or_read_only_costs_no_request(redis_server: RedisServer) -> None:
    client, server = client_of(redis_server.url, FakeExtractor()), patient(redis_server.url)
    ask(client)
    server.config_set("maxmemory", "1")
    assert ask(client).headers["X-Cache"] == "hit"
    assert [ask(client, "Other.").headers["X-Cache"] for _ in range(2)] == ["miss", "miss"]
    server.config_set("maxmemory", "0")
    server.replicaof("127.0.0.1", free_port())
    server.config_set("replica-serve-stale-data", "yes")
    assert [ask(client, "Another.").headers["X-Cache"] for _ in range(2)] == ["miss", "miss"]


def test_a_wrong_password_is_only_a_warning(redis_server: RedisServer, extractor: FakeExtractor) -> None:
    patient(redis_server.url).config_set("requirepass", "right")
    client = client_of(redis_server.url.replace("//", "//:wrong@"), extractor)
    assert ask(client).headers["X-Cache"] == "miss"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["warnings"]) == (200, ["redis: unavailable"])


@contextmanager
def server_that(answers: Callable[[socket.socket], object]) -> Iterator[str]:
    """Run something that is no Redis on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def run() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                kept.append(connection)
                threading.Thread(target=guarded, args=(connection,), daemon=True).start()

        def guarded(connection: socket.socket) -> None:
            try:
                answers(connection)
            except OSError:
                return

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
            for connection in kept:
                connection.close()


def say(rubbish: bytes) -> Callable[[socket.socket], object]:
    def answer(connection: socket.socket) -> None:
        while connection.recv(65_536):
            connection.sendall(rubbish)

    return answer


def silent(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


def slow(connection: socket.socket) -> None:
    while connection.recv(65_536):
        time.sleep(0.2)
        connection.sendall(b"$-1\r\n")


@pytest.mark.parametrize(
    "answers",
    [
        silent,
        slow,
        socket.socket.close,
        say(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        say(b"\x00\xff\xfe rubbish\r\n"),
        say(b"$5\r\nab"),
        say(b"$-7\r\n"),
        say(b"*3\r\n:1\r\n"),
        say(b"$notanumber\r\n"),
        say(b"\r\n\r\n"),
        say(b":12\r\n"),
        say(b"+OK\r\n"),
        say(b"-LOADING Redis is loading the dataset in memory\r\n"),
    ],
)
def test_something_else_than_redis_costs_no_request(answers: Callable[[socket.socket], object]) -> None:
    honest = ask(client_of("redis://127.0.0.1:1/0", FakeExtractor())).data
    with server_that(answers) as url:
        client = client_of(url, FakeExtractor(), pause=60)
        assert [ask(client).data for _ in range(8)] == [honest] * 8
        assert client.get("/readyz").status_code == 200


def test_a_silent_server_is_asked_three_times_and_then_left_alone() -> None:
    asked: list[int] = []

    def note(connection: socket.socket) -> None:
        while connection.recv(65_536):
            asked.append(1)

    with server_that(note) as url:
        client = client_of(url, FakeExtractor(), pause=60)
        for _ in range(20):
            ask(client)
    assert len(asked) == 3
