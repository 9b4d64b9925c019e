"""The running service, with a Redis to which everything happens: no request fails, no answer changes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
import redis
from fault_table import Row
from faulty_redis import Door, cut_off, rubbish, slow
from processes import RedisServer, free_port, redis_binary, until
from serving import Server, serving

from service.guarded_redis import FAILURES_TOLERATED, PAUSE_SECONDS
from service.redis_tier import PREFIX

REQUESTS = 24
TEXTS = [f"“Pier {number} held,” said Ines Okafor, the mayor." for number in range(REQUESTS)]
WORKERS = 2
BOUND = 0.1
"""Seconds that a request may take longer with a fault than without …"""
ALLOWANCE = 1.0
"""… and what it may on a machine that is busy with other things. Clients that nobody tuned cost 4 to 59."""


@dataclass
class Stage:
    """The service, its Redis, and the door between them."""

    server: Server
    redis: RedisServer
    door: Door
    honest: list[bytes] = field(default_factory=list)

    @property
    def admin(self) -> redis.Redis:
        """A client of the tests' own, past the door."""
        return redis.Redis(port=self.redis.port, socket_timeout=5)

    def names(self) -> list[bytes]:
        return self.admin.keys(PREFIX + "*")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Every answer goes through Redis: there is no cache in the service's own memory."""
    folder = tmp_path_factory.mktemp("faults")
    behind = RedisServer(redis_binary(), folder)
    behind.start()
    door = Door(behind.port)
    url = f"redis://127.0.0.1:{door.port}/0"
    with serving(folder, REDIS_URL=url, QUOTES_CACHE_BYTES="0", QUOTES_WORKERS=str(WORKERS)) as server:
        made = Stage(server, behind, door)
        ask_all(made)
        made.honest, _ = ask_all(made)
        yield made
    door.shut()
    behind.stop()


def ask(stage: Stage, text: str) -> tuple[bytes, float, str]:
    started = time.monotonic()
    answer = stage.server.call("POST", "/v1/quotes", json.dumps({"text": text}).encode())
    taken = time.monotonic() - started
    assert answer.status_code == 200, answer.data[:300]
    return answer.data, taken, answer.headers["X-Cache"]


def ask_all(stage: Stage) -> tuple[list[bytes], list[float]]:
    found = [ask(stage, text) for text in TEXTS]
    return [body for body, _, _ in found], [seconds for _, seconds, _ in found]


def set_all(stage: Stage, value: Callable[[bytes], bytes]) -> None:
    """Put something else in the place of every value."""
    ask_all(stage)
    for key in stage.names():
        stage.admin.set(key, value(stage.admin.get(key)))


def no_password(stage: Stage) -> None:
    stage.admin.config_set("requirepass", "other")
    stage.door.cut()


def lists(stage: Stage) -> None:
    ask_all(stage)
    for key in stage.names():
        stage.admin.delete(key)
        stage.admin.lpush(key, "foreign")


FAULTS: dict[str, Callable[[Stage], object]] = {
    "refused": lambda stage: stage.door.shut(),
    "silent": lambda stage: setattr(stage.door, "silent", True),
    "slow (200 ms)": lambda stage: setattr(stage.door, "passing", slow),
    "hangs up": lambda stage: setattr(stage.door, "passing", cut_off),
    "answers rubbish": lambda stage: setattr(stage.door, "passing", rubbish),
    "out of memory": lambda stage: stage.admin.config_set("maxmemory", "1"),
    "read-only replica": lambda stage: stage.admin.replicaof("127.0.0.1", free_port()),
    "wrong password": no_password,
    "corrupt values": lambda stage: set_all(stage, lambda value: value[:40] + b"?" + value[41:]),
    "cut values": lambda stage: set_all(stage, lambda value: value[: len(value) // 2]),
    "foreign values": lambda stage: set_all(stage, lambda value: b'{"quotes":[]}'),
    "values of another type": lists,
    "values of another version": lambda stage: set_all(stage, lambda value: b"quotes0\n" + value[8:]),
}


NEVER_ANSWERED = ("refused", "silent", "slow (200 ms)", "hangs up", "answers rubbish")
"""Faults after which each process leaves Redis alone: counted in attempts, as time is the machine's, too."""


def mend(stage: Stage) -> None:
    """Undo every fault, and wait until the service uses Redis again."""
    behind = redis.Redis(port=stage.redis.port, password="other", socket_timeout=5)
    try:
        behind.ping()
    except redis.AuthenticationError:
        behind = stage.admin
    behind.config_set("requirepass", "")
    stage.admin.config_set("maxmemory", "0")
    stage.admin.replicaof("NO", "ONE")
    stage.door.mend()
    stage.admin.flushall()
    until(lambda: all(ask(stage, TEXTS[0])[2] == "hit" for _ in range(3 * WORKERS)), "Redis helps again", 60)
    stage.admin.flushall()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_redis_costs_no_request_and_little_time(stage: Stage, rows: list[Row], fault: str) -> None:
    stage.admin.flushall()
    _, usual = ask_all(stage)
    stage.admin.flushall()
    FAULTS[fault](stage)
    stage.door.asked, started = 0, time.monotonic()
    try:
        answers, seconds = ask_all(stage)
        asked, pauses = stage.door.asked, 1 + (time.monotonic() - started) // PAUSE_SECONDS
    finally:
        mend(stage)
    row = Row(f"Redis: {fault}", wrong(stage, enumerate(answers)), seconds, usual)
    rows.append(row)
    assert row.failures == 0
    assert max(row.added) < 1000 * (BOUND + ALLOWANCE)
    if fault in NEVER_ANSWERED:
        assert asked <= WORKERS * (FAILURES_TOLERATED + pauses)


def wrong(stage: Stage, answers: Iterable[tuple[int, bytes]]) -> int:
    """Count the answers that are not those of a Redis without a fault."""
    return sum(body != stage.honest[number] for number, body in answers)


def test_a_redis_killed_and_started_again_under_load_costs_no_request(stage: Stage, rows: list[Row]) -> None:
    stop = threading.Event()
    answers: list[tuple[int, bytes, float]] = []

    def load(first: int) -> None:
        number = first
        while not stop.is_set():
            number = (number + 1) % REQUESTS
            body, seconds, _ = ask(stage, TEXTS[number])
            answers.append((number, body, seconds))

    with ThreadPoolExecutor(3) as pool:
        loads = [pool.submit(load, first) for first in (0, 8, 16)]
        until(lambda: len(answers) > 20, "the load runs", 60)
        usual = [seconds for _, _, seconds in answers]
        stage.redis.stop()
        so_far = len(answers)
        until(lambda: len(answers) > so_far + 40, "the load goes on without Redis", 60)
        stage.redis.start()
        stop.set()
        for future in loads:
            future.result(60)
    mend(stage)
    failures = wrong(stage, ((number, body) for number, body, _ in answers))
    rows.append(Row("Redis: killed and started again", failures, [s for _, _, s in answers[so_far:]], usual))
    assert failures == 0
