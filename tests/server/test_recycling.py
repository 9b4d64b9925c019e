"""Metrics of several processes stay right when workers end: by a signal, by a crash, in mid-work."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import until
from prometheus_client.parser import text_string_to_metric_families
from serving import FakeServer

from service.observability import METRICS


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeServer]:
    started = FakeServer(tmp_path_factory.mktemp("recycling"), QUOTES_WORKERS="2")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


def samples(server: FakeServer) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = list(text_string_to_metric_families(server.get("/metrics")))
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def workers(server: FakeServer) -> set[int]:
    pid = server.process.pid
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def takes_signals(worker: int) -> bool:
    """Say whether a worker has set its own handlers, of which only SIGABRT's is none of the master's.

    A SIGTERM before that goes to the handler that it inherited, which does nothing in a worker.
    """
    caught = re.search(r"^SigCgt:\t(\w+)", Path(f"/proc/{worker}/status").read_text(), re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGABRT - 1) & 1)


def are_up(server: FakeServer) -> bool:
    return len(workers(server)) == 2 and all(map(takes_signals, workers(server)))


def counters(server: FakeServer) -> dict:
    gauges = {"quotes_characters_in_flight", "quotes_cache_bytes"}
    return {key: value for key, value in samples(server).items() if key[0] not in gauges}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_counters_never_fall_and_gauges_forget_the_dead(server: FakeServer, end: signal.Signals) -> None:
    until(lambda: are_up(server), "both workers are up", 60)
    for number in range(20):
        assert server.post({"text": f"“{end.name} {number},” she said."})[0] == 200
    before, old = counters(server), workers(server)
    for pid in old:
        os.kill(pid, end)
    until(lambda: len(workers(server) - old) == 2 and not workers(server) & old, "there are new workers", 60)
    server.wait()
    after = counters(server)
    assert {key: value for key, value in before.items() if after.get(key, -1) < value} == {}
    assert samples(server)[("quotes_characters_in_flight", ())] == 0
    assert samples(server)[("quotes_cache_bytes", ())] == 0
    owners = {file.stem.rpartition("_")[2] for file in server.metrics.glob("*.db")}
    assert not owners & set(map(str, old)), "files of dead workers are left"


def test_what_a_dead_worker_had_in_hand_is_in_flight_no_more(server: FakeServer) -> None:
    def linger() -> None:
        with pytest.raises(OSError, match=r".*"):
            server.post({"text": "“We linger,” she said."})

    waiting = threading.Thread(target=linger)
    waiting.start()
    until(lambda: samples(server)[("quotes_characters_in_flight", ())] > 0, "the article is at work")
    for pid in workers(server):
        os.kill(pid, signal.SIGKILL)
    waiting.join(60)
    server.wait()
    until(lambda: samples(server)[("quotes_characters_in_flight", ())] == 0, "nothing is in flight")


def test_nothing_is_exposed_that_is_not_declared(server: FakeServer) -> None:
    declared = {metric.name for metric in METRICS.registry.collect()}
    exposed = set(re.findall(r"^# TYPE (\w+?)(?:_total)? ", server.get("/metrics"), re.MULTILINE))
    assert exposed <= declared
    assert {"quotes_requests", "quotes_articles", "quotes_characters_in_flight"} <= exposed
