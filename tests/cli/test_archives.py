"""``quotes batch`` on files of other forms, and with several processes: the same results, come what may."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd

from service.archives.workers import Workers

ARTICLES = [{"id": f"a{n}", "text": f"Number {n}.\n“I am {n},” she said."} for n in range(30)]
ARTICLES[7] = {"id": "a7", "text": " "}
LINES = "".join(json.dumps(article) + "\n" for article in ARTICLES).encode()
SLOW = Path(__file__).parent / "slow_quotes.py"


def as_csv(articles: list[dict]) -> bytes:
    made = io.StringIO(newline="")
    rows = csv.DictWriter(made, ["id", "section", "text"])
    rows.writeheader()
    rows.writerows({"section": "news", **article} for article in articles)
    return made.getvalue().encode("utf-8-sig")


def as_parquet(articles: list[dict]) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{**article, "words": 3} for article in articles]), made)
    return made.getvalue()


SOURCES = {
    "in.jsonl.gz": gzip.compress(LINES),
    "in.jsonl.zst": zstd.compress(LINES),
    "in.csv": as_csv(ARTICLES),
    "in.csv.gz": gzip.compress(as_csv(ARTICLES)),
    "in.CSV.ZST": zstd.compress(as_csv(ARTICLES)),
    "in.parquet": as_parquet(ARTICLES),
}
TARGETS = ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.csv", "out.csv.gz", "out.parquet"]


def read(target: Path) -> list[dict]:
    """The results in a file of any form."""
    body = target.read_bytes()
    if target.name.endswith(".parquet"):
        return [json.loads(row["result"]) for row in pq.read_table(io.BytesIO(body)).to_pylist()]
    body = gzip.decompress(body) if target.name.endswith(".gz") else body
    body = zstd.decompress(body) if target.name.endswith(".zst") else body
    if ".csv" in target.name:
        return [json.loads(row["result"]) for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]
    return [json.loads(line) for line in body.splitlines()]


@pytest.fixture
def plain(quotes, tmp_path) -> list[dict]:
    """What plain JSON lines give."""
    source = tmp_path / "plain.jsonl"
    source.write_bytes(LINES)
    assert quotes("batch", source, tmp_path / "plain-out.jsonl").exit_code == 3
    return read(tmp_path / "plain-out.jsonl")


@pytest.mark.parametrize("name", SOURCES)
def test_every_form_of_input_gives_the_same_results(name, quotes, plain, tmp_path):
    (tmp_path / name).write_bytes(SOURCES[name])
    assert quotes("batch", tmp_path / name, tmp_path / "out.jsonl").exit_code == 3
    assert read(tmp_path / "out.jsonl") == plain


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("workers", [1, 3])
def test_every_form_of_output_holds_the_same_results(name, workers, quotes, plain, tmp_path):
    run = quotes("batch", tmp_path / "plain.jsonl", tmp_path / name, "--workers", workers)
    assert run.exit_code == 3, run.stderr
    assert "30 articles: 29 results, 1 problem" in run.stderr
    assert read(tmp_path / name) == plain
    assert not (tmp_path / f"{name}.part").exists()


@pytest.mark.parametrize("name", TARGETS)
def test_a_finished_run_goes_on_when_the_input_has_grown(name, quotes, plain, tmp_path):
    source, target = tmp_path / "plain.jsonl", tmp_path / name
    source.write_bytes(b"".join(LINES.splitlines(keepends=True)[:11]))
    quotes("batch", source, target)
    source.write_bytes(LINES)
    run = quotes("batch", source, target)
    assert "30 articles, 11 of them before" in run.stderr
    assert read(target) == plain


def test_a_table_tells_problems_and_counts(quotes, tmp_path):
    (tmp_path / "in.csv").write_bytes(as_csv(ARTICLES[6:8]))
    quotes("batch", tmp_path / "in.csv", tmp_path / "out.parquet")
    good, bad = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (good["id"], good["quotes"], good["problem"]) == (
        "a6",
        len(json.loads(good["result"])["quotes"]),
        None,
    )
    assert (bad["id"], bad["quotes"], bad["digest"]) == ("a7", None, None)
    assert bad["problem"] == json.loads(bad["result"])["title"]


DAMAGED = {
    "cut.jsonl.gz": (gzip.compress(LINES)[:-30], "damaged"),
    "not.jsonl.gz": (LINES, "damaged"),
    "cut.jsonl.zst": (zstd.compress(LINES)[:-5], "damaged"),
    "not.parquet": (LINES, "damaged"),
    "latin.csv": ("id,text\n1,caf\u00e9\n".encode("latin-1"), "damaged"),
    "other.csv": (b"id,body\n1,One.\n", 'a column "text" or "html" is needed'),
    "empty.csv": (b"", "the columns are: none"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_with_what_is_wrong(name, quotes, tmp_path):
    body, told = DAMAGED[name]
    (tmp_path / name).write_bytes(body)
    run = quotes("batch", tmp_path / name, tmp_path / "out.jsonl")
    assert run.exit_code == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_rows_that_are_too_long_have_a_problem_in_their_place(quotes, tmp_path):
    articles = [ARTICLES[0], {"id": "long", "text": "a" * 5_000_000}, ARTICLES[1]]
    (tmp_path / "in.parquet").write_bytes(as_parquet(articles))
    assert quotes("batch", tmp_path / "in.parquet", tmp_path / "out.jsonl").exit_code == 3
    found = read(tmp_path / "out.jsonl")
    assert [one.get("digest") is not None for one in found] == [True, False, True]
    assert found[1]["type"] == "/problems/body-too-large"


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def started(source: Path, target: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, SLOW, "batch", source, target, *options]
    return subprocess.Popen(command, env={**os.environ, "PAUSE": "0.05"}, stderr=subprocess.DEVNULL)


def until_some(target: Path, process: subprocess.Popen[bytes], lines: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if target.exists() and target.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.01)
    pytest.fail("the run did not get far enough")


def test_a_killed_process_loses_nothing(plain, tmp_path):
    source, target = tmp_path / "plain.jsonl", tmp_path / "out.jsonl"
    process = started(source, target, "--workers", "2")
    until_some(target, process, 4)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    assert process.wait(timeout=60) == 3
    assert [one["id"] for one in read(target)] == [article["id"] for article in ARTICLES]
    assert [one.get("digest") for one in read(target)] == [one.get("digest") for one in plain]


def test_a_killed_run_goes_on_and_leaves_no_process_behind(plain, tmp_path):
    source, target = tmp_path / "plain.jsonl", tmp_path / "out.csv.gz"
    process = started(source, target, "--workers", "2")
    until_some(tmp_path / "out.csv.gz.part", process, 4)
    workers = children(process.pid)
    process.kill()
    process.wait(timeout=10)
    assert not target.exists()
    end = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    again = started(source, target, "--workers", "2")
    assert again.wait(timeout=60) == 3
    assert [one.get("digest") for one in read(target)] == [one.get("digest") for one in plain]


def double(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.parametrize("spell", [3, 1_000])
def test_what_kills_its_process_each_time_gets_another_answer(spell):
    workers: Workers[int, int] = Workers(2, double, lambda number: -number, spell=spell)
    assert list(workers.answers(range(30))) == [-13 if n == 13 else 2 * n for n in range(30)]
