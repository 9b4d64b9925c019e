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


class Queue:
    """Threads that wait for one lock, each joining after the one before it; tells who got it when."""

    def __init__(self, *, batch: bool) -> None:
        self.lock, self.order, self.threads = FairLock(), [], []
        assert self.lock.acquire(0, batch=batch)

    def joins(self, name: str) -> None:
        thread = threading.Thread(target=self._wait, args=(name,))
        self.threads.append(thread)
        thread.start()
        until(lambda: len(self.lock._waiting) == len(self.threads), f"{name} waits")

    def _wait(self, name: str) -> None:
        assert self.lock.acquire(20, batch=name.startswith("batch"))
        self.order.append(name)
        self.lock.release()

    def served(self) -> list[str]:
        self.lock.release()
        for thread in self.threads:
            thread.join(20)
        return self.order


def test_the_lock_goes_to_the_one_who_waited_longest() -> None:
    queue = Queue(batch=False)
    for name in "abcde":
        queue.joins(name)
    assert queue.served() == list("abcde")


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


def test_a_single_article_waits_for_one_article_of_all_batches_together() -> None:
    queue = Queue(batch=True)
    for name in ("batch 1", "batch 2", "batch 3", "single 1", "single 2"):
        queue.joins(name)
    assert queue.served() == ["single 1", "single 2", "batch 1", "batch 2", "batch 3"]


def test_a_batch_gets_its_turn_between_single_articles() -> None:
    """Those who came while a single article was read have not waited for a batch yet."""
    queue = Queue(batch=False)
    for name in ("single", "batch 1", "late", "batch 2"):
        queue.joins(name)
    assert queue.served() == ["single", "batch 1", "late", "batch 2"]


def test_who_needs_nothing_of_the_model_is_admitted_however_busy_it_is() -> None:
    gate = admission(requests=1)
    with gate.admitted(1_000):
        gate.expect(0)
        with gate.admitted(0):
            pass
