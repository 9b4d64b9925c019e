"""Several processes that answer articles, forked from one that has loaded the model, so that they share it.

Answers come in the order of the articles, exactly one each. A process that dies costs no article: what it had
is answered again, and an article whose process dies twice, the second time with no other beside it, gets a
problem in its place.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

AHEAD = 4
"""Articles for each process that are read before they are wanted."""

SPELL = 5_000
"""Articles a process after which it is replaced: what novel words leave behind in its tables goes with it."""

_work: Callable[[Any], Any] | None = None
"""What the processes do, handed on by the fork: an engine cannot be pickled."""


class Workers(Generic[Given, Made]):
    """``count`` processes that each ``work`` on one thing at a time. ``lost`` answers for what kills them."""

    def __init__(
        self, count: int, work: Callable[[Given], Made], lost: Callable[[Given], Made], *, spell: int = SPELL
    ) -> None:
        self._count, self._work, self._lost, self._spell = count, work, lost, count * spell

    def answers(self, given: Iterable[Given]) -> Iterator[Made]:
        """Yield what is made of each thing given, in order; a few more are read ahead."""
        rest = iter(given)
        gc.collect()
        gc.freeze()
        while (first := next(rest, None)) is not None:
            yield from self._through(chain([first], islice(rest, self._spell - 1)))

    def _through(self, given: Iterator[Given]) -> Iterator[Made]:
        """Answer a spell of things with one set of processes, or more where some die."""
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        pool = self._pool(self._count)
        try:
            while True:
                for one in islice(given, AHEAD * self._count - len(waiting)):
                    waiting.append((one, self._submit(pool, one)))
                if not waiting:
                    return
                one, future = waiting.popleft()
                try:
                    found = future.result()
                except BrokenProcessPool:
                    pool.shutdown()
                    found = self._alone(one)
                    pool = self._pool(self._count)
                    waiting = deque((left, self._again(pool, left, old)) for left, old in waiting)
                yield found
        finally:
            pool.shutdown(cancel_futures=True)

    def _pool(self, count: int) -> ProcessPoolExecutor:
        global _work  # noqa: PLW0603 - what a fork hands on, and a pipe cannot
        _work = self._work
        return ProcessPoolExecutor(
            count, mp_context=get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
        )

    def _submit(self, pool: ProcessPoolExecutor, one: Given) -> Future[Made]:
        """Hand one thing to a pool; one that has broken meanwhile says so when the result is asked for."""
        try:
            return pool.submit(_do, one)
        except BrokenProcessPool as error:
            broken: Future[Made] = Future()
            broken.set_exception(error)
            return broken

    def _again(self, pool: ProcessPoolExecutor, one: Given, old: Future[Made]) -> Future[Made]:
        done = old.done() and not old.cancelled() and old.exception() is None
        return old if done else self._submit(pool, one)

    def _alone(self, one: Given) -> Made:
        """Try again what may have killed a process, with nothing else beside it."""
        with self._pool(1) as pool:
            try:
                found: Made = pool.submit(_do, one).result()
                return found
            except BrokenProcessPool:
                return self._lost(one)


def _do(one: Any) -> Any:
    assert _work is not None
    return _work(one)


def _begin(parent: int) -> None:
    """Leave interrupts to the parent, and end when it has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
