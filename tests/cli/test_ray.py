"""``quotes batch --engine ray`` on a Ray of this machine alone: a killed actor costs no article."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ARTICLES = [
    {"id": f"a{n}", "text": f"“Pier {n} held,” said Ines Okafor, the mayor.", "words": 8} for n in range(600)
]
ARTICLES[7]["text"] = " "
PATIENCE = 240
LISTEN = "0A"
LOOPBACK = {"0100007F", "0" * 24 + "01000000", "0000000000000000FFFF00000100007F"}
"""127.0.0.1, ::1, and the first one as an address of six, as the kernel prints them."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(ARTICLES), file, row_group_size=40)
    return file


def started(source: Path, target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "service", "batch", source, target, "--engine", "ray", "--workers", "2"]
    environ = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    with (source.parent / "log").open("wb") as log:
        return subprocess.Popen(command, env=environ, stdout=log, stderr=log)


def read(path: str) -> str:
    """What a file of /proc holds; nothing once its process has ended."""
    with suppress(OSError):
        return Path(path).read_text(errors="replace")
    return ""


def descendants(pid: int) -> Iterator[int]:
    for child in read(f"/proc/{pid}/task/{pid}/children").split():
        yield int(child)
        yield from descendants(int(child))


def actors(pid: int) -> list[int]:
    """The processes of a run that hold the model and are at work on a block."""
    found = []
    for child in descendants(pid):
        if "MapWorker(MapBatches(Reader)).submit" in read(f"/proc/{child}/cmdline"):
            found.append(child)
    return found


def at_work(process: subprocess.Popen[bytes], log: Path) -> list[int]:
    """Wait until actors are at work, and return them."""
    end = time.monotonic() + PATIENCE
    while not (found := actors(process.pid)):
        assert process.poll() is None, log.read_text()[-2_000:]
        assert time.monotonic() < end, "no actor was seen at work"
        time.sleep(0.02)
    return found


def listening_elsewhere(pid: int) -> list[str]:
    """The addresses, in hexadecimal, other than loopback on which a process and its descendants listen."""
    inodes = set()
    for one in (pid, *descendants(pid)):
        with suppress(OSError):
            inodes |= {str(file.readlink()) for file in Path(f"/proc/{one}/fd").iterdir()}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    mine = [row[1].rpartition(":")[0] for row in rows if row[3] == LISTEN and f"socket:[{row[9]}]" in inodes]
    assert mine
    return [address for address in mine if address not in LOOPBACK]


def test_a_killed_actor_loses_nothing_and_nobody_else_is_listened_to(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    process = started(source, target)
    try:
        found = at_work(process, tmp_path / "log")
        assert listening_elsewhere(process.pid) == []
        os.kill(found[0], signal.SIGKILL)
        assert process.wait(timeout=PATIENCE) == 3, (tmp_path / "log").read_text()[-2_000:]
    finally:
        process.kill()
    rows = pq.read_table(target).to_pylist()
    assert sorted(row["id"] for row in rows) == sorted(article["id"] for article in ARTICLES)
    failed = [row for row in rows if row["problem"]]
    assert [row["id"] for row in failed] == ["a7"]
    assert all(
        json.loads(row["result"])["speakers"][0]["name"] == "Ines Okafor" for row in rows if row["digest"]
    )


def test_an_interrupt_ends_it_and_is_told(source: Path, tmp_path: Path) -> None:
    process = started(source, tmp_path / "out")
    try:
        at_work(process, tmp_path / "log")
        others = [*descendants(process.pid)]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
    assert "Interrupted. On Ray no run goes on" in (tmp_path / "log").read_text()
    end = time.monotonic() + 60
    while (left := [pid for pid in others if Path(f"/proc/{pid}").exists()]) and time.monotonic() < end:
        time.sleep(0.2)
    assert left == []


def test_what_is_there_is_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "other").write_text("mine")
    process = started(source, tmp_path / "out")
    assert process.wait(timeout=60) == 1
    assert "not an empty folder" in (tmp_path / "log").read_text()
