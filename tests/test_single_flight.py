"""One piece of work for one key at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.admission import Deadline
from service.single_flight import SingleFlight


def test_different_keys_do_not_wait_for_each_other() -> None:
    flights: SingleFlight[int] = SingleFlight()
    barrier = threading.Barrier(2, timeout=20)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda key: flights.run(key, barrier.wait, Deadline(20)), "ab"))


def test_an_unexpected_error_reaches_everyone_who_waits() -> None:
    flights: SingleFlight[int] = SingleFlight()
    at_work, go_on, calls = threading.Event(), threading.Event(), []

    def work() -> int:
        calls.append(1)
        at_work.set()
        assert go_on.wait(20)
        raise KeyError

    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(flights.run, "a", work, Deadline(20))
        assert at_work.wait(20)
        flight, leads = flights._join("a")
        assert not leads
        go_on.set()
        with pytest.raises(KeyError):
            leader.result(20)
        with pytest.raises(KeyError):
            flight.result(20)
    assert calls == [1]
    assert flights.run("a", lambda: 7, Deadline(20)) == (7, True)
