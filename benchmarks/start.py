"""From ``exec`` to ready, the first request against the second, and what another worker costs in memory.

    python benchmarks/start.py [--rounds N]

Starts the service for real (gunicorn, the real model) with one and with two workers in turn. *Ready*: seconds
until ``/readyz`` answers 200. *First request*: its milliseconds against the median of the next ones, the same
article each time and no cache. *Memory*: the proportional set size (``smaps_rollup``) of all its processes
after each worker has read articles; the difference is what a second worker adds. About a minute.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE), str(HERE.parent / "tests")]

from memory import novel_article  # noqa: E402
from serving import Server  # noqa: E402
from speed import spread  # noqa: E402

ARTICLE = json.dumps({"text": novel_article(1, 3_000)}).encode()
NO_STORE = {"Cache-Control": "no-store"}
ASKED = 40
"""Articles that each server reads before its memory is taken."""


def pids(server: Server) -> list[int]:
    """Return the processes of a running service, the master first."""
    master = server.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    return [master, *map(int, children)]


def megabytes(server: Server) -> float:
    """Return the memory of all processes of a service, pages that they share counted once."""
    total = 0
    for pid in pids(server):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
    return total / 1024


def asked(server: Server, times: int) -> list[float]:
    """Return the milliseconds of so many answers, each read anew."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        server.call("POST", "/v1/quotes", ARTICLE, NO_STORE)
        found.append(1e3 * (time.perf_counter() - start))
    return found


def run(workers: int) -> tuple[float, float, float]:
    """Start and stop the service: seconds to ready, first request against later ones, megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        server = Server(Path(folder), QUOTES_WORKERS=str(workers), QUOTES_LOG_LEVEL="warning")
        try:
            server.wait()
            ready = time.perf_counter() - began
            first, *later = asked(server, ASKED * workers)
            return ready, first / statistics.median(later), megabytes(server)
        finally:
            server.stop()


def main() -> None:
    """Print the three figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    rounds = parser.parse_args().rounds
    run(1)
    pairs = [(run(1), run(2)) for _ in range(rounds)]
    print(f"{rounds} rounds, one worker and two in turn, after a start that does not count")
    print(f"  seconds to ready, two workers: {spread([two[0] for _, two in pairs])}")
    print(f"  first request against later ones: {spread([one[1] for one, _ in pairs])}")
    print(f"  memory of all processes, two workers: {spread([two[2] for _, two in pairs])} MB")
    print(f"  a second worker adds: {spread([two[2] - one[2] for one, two in pairs])} MB")


if __name__ == "__main__":
    main()
