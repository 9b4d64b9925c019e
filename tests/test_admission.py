"""Bounds on work in flight, turns in the order of asking, deadlines, and honest waiting times."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest
from processes import until

from service.admission import Admission, Deadline, FairLock, Pace
from service.errors import Busy, DeadlineExceeded


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def admission(**more: float) -> Admission:
    return Admission(**{"characters": 1_000, "requests": 3, "queue_seconds": 20.0, **more})


def test_characters_in_flight_are_bounded() -> None:
    gate = admission()
    with gate.admitted(600), gate.admitted(400):
        with pytest.raises(Busy) as caught, gate.admitted(1):
            pass
        assert caught.value.members["limit"] == 1_000
        assert caught.value.members["actual"] == 1_001
    assert gate.characters_in_flight == 0
    with gate.admitted(1_000):
        pass


def test_requests_in_flight_are_bounded_however_small() -> None:
    gate = admission()
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(gate.admitted(1))
        with pytest.raises(Busy, match="3 requests"), gate.admitted(1):
            pass


def test_a_batch_gives_back_what_is_done() -> None:
    gate = admission()
    with gate.admitted(1_000) as done:
        done(300)
        assert gate.characters_in_flight == 700
        with gate.admitted(300):
            pass
        done(5_000)
        assert gate.characters_in_flight == 0
    assert gate.characters_in_flight == 0


def test_characters_are_given_back_when_work_fails() -> None:
    gate = admission()
    with pytest.raises(ZeroDivisionError), gate.admitted(1_000):
        raise ZeroDivisionError
    assert gate.characters_in_flight == 0


def test_retry_after_is_how_long_the_work_in_flight_takes_as_measured() -> None:
    pace = Pace()
    for _ in range(60):
        pace.measured(1_000, 10.0)
    gate = admission(characters=5_000, pace=pace)
    with gate.admitted(2_000), pytest.raises(Busy) as caught, gate.admitted(4_000):
        pass
    assert caught.value.members["retry_after"] == pytest.approx(20, abs=1)


def test_an_article_of_a_few_words_does_not_change_the_pace() -> None:
    pace = Pace(1e-4)
    pace.measured(3, 5.0)
    assert pace.seconds(10_000) == pytest.approx(1.0)


def test_the_lock_goes_to_the_one_who_waited_longest() -> None:
    lock, order = FairLock(), []
    assert lock.acquire(0)

    def wait(name: str) -> None:
        assert lock.acquire(20)
        order.append(name)
        lock.release()

    threads = []
    for number, name in enumerate("abcde", 1):
        thread = threading.Thread(target=wait, args=(name,))
        thread.start()
        threads.append(thread)
        until(lambda number=number: len(lock._waiting) == number, "the thread waits")
    lock.release()
    for thread in threads:
        thread.join(20)
    assert order == list("abcde")


def test_a_thread_that_takes_the_lock_again_lets_others_in_between() -> None:
    """As a batch does, between two of its articles."""
    lock, order = FairLock(), []
    lock.acquire(0)

    def single() -> None:
        assert lock.acquire(20)
        order.append("single")
        lock.release()

    thread = threading.Thread(target=single)
    thread.start()
    until(lambda: len(lock._waiting) == 1, "the single waits")
    lock.release()
    assert lock.acquire(20)
    order.append("batch")
    lock.release()
    thread.join(20)
    assert order == ["single", "batch"]


def test_who_gives_up_waiting_leaves_the_queue() -> None:
    lock = FairLock()
    lock.acquire(0)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0)


def test_under_many_threads_only_one_holds_the_lock() -> None:
    lock, inside, worst = FairLock(), [0], [0]

    def work() -> None:
        for _ in range(200):
            if lock.acquire(0.001):
                inside[0] += 1
                worst[0] = max(worst[0], inside[0])
                inside[0] -= 1
                lock.release()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert worst[0] == 1
    assert lock.acquire(0)


def test_waiting_for_the_model_ends_in_busy_or_at_the_deadline() -> None:
    gate = admission(queue_seconds=0.01)
    with gate.model(Deadline(20)):
        with pytest.raises(Busy, match=r"0\.01 seconds"), gate.model(Deadline(20)):
            pass
        with pytest.raises(DeadlineExceeded), gate.model(Deadline(0)):
            pass
    with gate.model(Deadline(20)) as waited:
        assert waited >= 0


def test_a_deadline_that_passed_while_waiting_frees_the_model() -> None:
    gate = admission()
    with pytest.raises(DeadlineExceeded), gate.model(Deadline(0)):
        pass
    with gate.model(Deadline(20)):
        pass


def test_the_deadline_states_limit_and_time_spent() -> None:
    clock = Clock()
    deadline = Deadline(2.0, clock=clock)
    deadline()
    clock.now += 2.5
    with pytest.raises(DeadlineExceeded, match=r"2 seconds.*2.5 spent") as caught:
        deadline()
    assert caught.value.members == {"limit": 2.0, "actual": 2.5}
