"""Who may use the model, and when: bounded work in flight, first come first served, honest waiting times."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.errors import Busy, DeadlineExceeded
from service.observability import METRICS
from service.stages import stage

Clock = Callable[[], float]


class Deadline:
    """The moment by which a request must be answered. Calling it is a ``Checkpoint``."""

    def __init__(self, seconds: float, *, clock: Clock = time.monotonic) -> None:
        self.seconds, self._clock = seconds, clock
        self._started = clock()

    def __call__(self) -> None:
        """Raise ``DeadlineExceeded`` if the moment has passed."""
        if self.remaining() <= 0:
            raise self.error()

    def remaining(self) -> float:
        """Seconds left; negative once it has passed."""
        return self._started + self.seconds - self._clock()

    def error(self) -> DeadlineExceeded:
        """Return the error that states the limit and the time spent."""
        spent = round(self._clock() - self._started, 2)
        detail = f"Not done within the {self.seconds:g} seconds that a request may take ({spent:g} spent)."
        return DeadlineExceeded(detail, limit=self.seconds, actual=spent)


class Pace:
    """How fast the model reads, as measured: an exponentially weighted mean of seconds a character."""

    _WEIGHT = 0.2

    def __init__(self, seconds_per_character: float = 1e-4) -> None:
        self.seconds_per_character = seconds_per_character

    def measured(self, characters: int, seconds: float) -> None:
        """Take one article's reading into account."""
        if characters >= 200:
            new = seconds / characters
            self.seconds_per_character += self._WEIGHT * (new - self.seconds_per_character)

    def seconds(self, characters: int) -> float:
        """Return how long so many characters should take."""
        return characters * self.seconds_per_character


@dataclass(slots=True, eq=False)
class _Turn:
    """Somebody's turn at the lock: for one of a batch's articles, or for a single one."""

    batch: bool
    has_waited_for_batch: bool = False
    come: threading.Event = field(default_factory=threading.Event)


class FairLock:
    """A lock that is handed on in the order of asking, save that nobody waits for two articles of batches.

    However many batches wait, a single article comes after one article of theirs at most; and a batch waits
    for those single articles only that were there before its turn would have been.
    """

    def __init__(self) -> None:
        self._inner = threading.Lock()
        self._holder: _Turn | None = None
        self._waiting: list[_Turn] = []

    def acquire(self, timeout: float, *, batch: bool = False) -> bool:
        """Wait for the lock at most ``timeout`` seconds; tell whether it was got."""
        turn = _Turn(batch)
        with self._inner:
            if self._holder is None:
                self._holder = turn
                return True
            turn.has_waited_for_batch = self._holder.batch
            self._waiting.append(turn)
        if turn.come.wait(max(0.0, timeout)):
            return True
        with self._inner:
            if turn.come.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hand the lock to the one whose turn it is, if anyone waits."""
        with self._inner:
            self._holder = turn = self._next()
            if turn is None:
                return
            self._waiting.remove(turn)
            for other in self._waiting:
                other.has_waited_for_batch |= turn.batch
            turn.come.set()

    def _next(self) -> _Turn | None:
        if not self._waiting:
            return None
        first = self._waiting[0]
        owed = (turn for turn in self._waiting if turn.has_waited_for_batch and not turn.batch)
        return next(owed, first) if first.batch else first


class Admission:
    """Bounds the work in flight in one process, and lets one article at a time to the model."""

    def __init__(
        self,
        *,
        characters: int,
        requests: int,
        queue_seconds: float,
        pace: Pace | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._characters, self._requests, self._queue_seconds = characters, requests, queue_seconds
        self.pace = pace or Pace()
        self._clock = clock
        self._model = FairLock()
        self._counts = threading.Lock()
        self._in_flight = {"characters": 0, "requests": 0}

    @property
    def characters_in_flight(self) -> int:
        """Characters admitted and not yet done."""
        return self._in_flight["characters"]

    @contextmanager
    def admitted(self, characters: int) -> Iterator[Callable[[int], None]]:
        """Count a request's characters as in flight. Raises ``Busy`` when that would be too much.

        Yields a function that gives characters back before the end, as articles of a batch get done.
        """
        self._enter(characters)
        left = characters

        def done(part: int) -> None:
            nonlocal left
            part = min(part, left)
            left -= part
            self._count(-part, 0)

        try:
            yield done
        finally:
            self._count(-left, -1)

    def expect(self, characters: int) -> None:
        """Raise ``Busy`` if so much would not be admitted now."""
        with self._counts:
            self._check(characters)

    @contextmanager
    def model(self, deadline: Deadline, *, batch: bool = False) -> Iterator[float]:
        """Hold the model; yields the seconds waited. Raises ``Busy`` or ``DeadlineExceeded``."""
        asked = self._clock()
        with stage("queue"):
            is_ours = self._model.acquire(min(self._queue_seconds, deadline.remaining()), batch=batch)
        if not is_ours:
            deadline()
            raise self._busy("The model has been at work on other articles", "seconds", self._queue_seconds)
        try:
            waited = self._clock() - asked
            METRICS.queue_seconds.observe(waited)
            deadline()
            yield waited
        finally:
            self._model.release()

    def _enter(self, characters: int) -> None:
        with self._counts:
            self._check(characters)
            self._in_flight["characters"] += characters
            self._in_flight["requests"] += 1
            METRICS.characters_in_flight.set(self._in_flight["characters"])

    def _check(self, characters: int) -> None:
        """Raise ``Busy`` for what is too much; who has nothing left to be extracted is never too much."""
        if not characters:
            return
        wanted = self._in_flight["characters"] + characters
        if wanted > self._characters:
            raise self._busy("Too much work is waiting", "characters in flight", self._characters, wanted)
        wanted = self._in_flight["requests"] + 1
        if wanted > self._requests:
            raise self._busy("Too many requests are waiting", "requests", self._requests, wanted)

    def _count(self, characters: int, requests: int) -> None:
        with self._counts:
            self._in_flight["characters"] += characters
            self._in_flight["requests"] += requests
            METRICS.characters_in_flight.set(self._in_flight["characters"])

    def _busy(self, what: str, unit: str, limit: float, actual: float | None = None) -> Busy:
        wait = max(1, min(60, math.ceil(self.pace.seconds(self.characters_in_flight))))
        found = "" if actual is None else f", {actual:,} wanted"
        detail = f"{what}: the limit is {limit:,} {unit}{found}. Come back in {wait} s."
        known = {} if actual is None else {"actual": actual}
        return Busy(detail, limit=limit, retry_after=wait, **known)
