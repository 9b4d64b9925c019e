"""What locust sends, as ``load.py`` asks for in the environment: articles at a rate, and a probe beside them.

Every answer's milliseconds and status are written to ``TRAFFIC_OUT`` as JSON, as locust itself rounds them.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, constant_throughput, events, task

RATE = float(os.environ["TRAFFIC_RATE"])

BODIES = [json.dumps(article) for article in json.loads(Path(os.environ["TRAFFIC_ARTICLES"]).read_text())]
HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store"}
if RATE < 1:  # the server closes a connection that is idle for five seconds
    HEADERS["Connection"] = "close"
FOUND: list[tuple[str, float, int]] = []


class Editor(FastHttpUser):
    """Posts articles at random, ``TRAFFIC_RATE`` a second on average; a refusal is an answer, too."""

    weight = 1

    def wait_time(self) -> float:
        """Return the seconds to the next article, so that all users' articles come as a Poisson process."""
        return random.expovariate(RATE)

    def on_start(self) -> None:
        """Begin at a time of its own."""
        gevent.sleep(self.wait_time())

    @task
    def ask(self) -> None:
        """Post one of the articles."""
        body = random.choice(BODIES)
        with self.client.post("/v1/quotes", data=body, headers=HEADERS, catch_response=True) as answer:
            if answer.status_code in {200, 503}:
                answer.success()


class Probe(FastHttpUser):
    """Asks whether the service is alive, ten times a second."""

    fixed_count = 1
    wait_time = constant_throughput(10)

    @task
    def ask(self) -> None:
        """Ask once."""
        self.client.get("/livez")


@events.request.add_listener
def note(name: str, response_time: float, response: Any, **_: object) -> None:
    """Keep what an answer took; a request without one counts with status 0."""
    FOUND.append((name, response_time, getattr(response, "status_code", 0) or 0))


@events.quitting.add_listener
def write(**_: object) -> None:
    """Hand over what was noted."""
    Path(os.environ["TRAFFIC_OUT"]).write_text(json.dumps(FOUND))
