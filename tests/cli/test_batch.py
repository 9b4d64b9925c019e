"""``quotes batch``: a line for a line, in order, whatever the lines hold and whenever it is killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

ARTICLES = [{"id": f"a{n}", "text": f"Number {n}. “I am {n},” she said."} for n in range(20)]
LINES = [json.dumps(article) for article in ARTICLES]


@pytest.fixture
def files(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(LINES) + "\n", "utf-8")
    return source, target


def answers(target):
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()]


def test_results_in_order_and_as_http_gives_them(quotes, client, files):
    _, target = files
    run = quotes("batch", *files)
    assert run.exit_code == 0
    assert run.stdout == ""
    assert "20 articles: 20 results, 0 problems" in run.stderr
    assert target.read_bytes().splitlines() == [
        client.post("/v1/quotes", json=article).data for article in ARTICLES
    ]


BAD_LINES = [
    ("{", "malformed-json"),
    ('{"id": "x", "text": 1}', "wrong-type"),
    ('{"id": "x"}', "missing-text"),
    ('{"id": "x", "text": "", "html": ""}', "both-text-and-html"),
    ('{"id": "x", "text": " "}', "empty-text"),
    ('{"id": "x", "text": "One.", "colour": 1}', "unknown-field"),
    ('{"id": "x", "html": "<p></p>"}', "empty-text"),
    ('["text"]', "wrong-type"),
    ('{"id": "x", "text": "%s"}' % ("a" * 100_001), "article-too-large"),
    ('{"id": "x", "text": "%s"}' % ("a" * 5_000_000), "body-too-large"),
    ("\ufeff{", "malformed-json"),
    ("[" * 100_000, "malformed-json"),
]


def test_a_line_that_fails_has_a_problem_in_its_place(quotes, files):
    source, target = files
    lines = [line for bad, _ in BAD_LINES for line in (bad, LINES[0])]
    source.write_text("\n".join(lines), "utf-8")
    run = quotes("batch", *files)
    assert run.exit_code == 3
    found = answers(target)
    assert [answer["type"] for answer in found[::2]] == [f"/problems/{name}" for _, name in BAD_LINES]
    assert [answer["id"] for answer in found[1::2]] == ["a0"] * len(BAD_LINES)
    assert [answer["input_line"] for answer in found[::2]] == list(range(1, 2 * len(BAD_LINES), 2))
    assert [answer["id"] for answer in found[::2]][1] == "x"
    assert "24 articles: 12 results, 12 problems" in run.stderr


def test_bytes_that_are_no_text(quotes, files):
    source, target = files
    source.write_bytes(b"\xff\n" + b"\x00\n" + LINES[0].encode() + b"\n")
    assert quotes("batch", *files).exit_code == 3
    assert [answer["id"] for answer in answers(target)] == [None, None, "a0"]


def test_a_failure_of_the_model_costs_one_line(quotes, extractor, files):
    def fail(article, checkpoint):
        if "Number 3." in article.text:
            raise RuntimeError("secret")

    extractor.act = fail
    assert quotes("batch", *files).exit_code == 3
    found = answers(files[1])
    assert found[3]["type"] == "/problems/internal-error"
    assert found[3]["id"] == "a3"
    assert [answer["id"] for answer in found] == [article["id"] for article in ARTICLES]


def test_blank_lines_are_skipped_and_an_empty_input_is_done(quotes, files):
    source, target = files
    source.write_text("\n \n" + LINES[0] + "\r\n\n" + LINES[1], "utf-8")
    assert quotes("batch", *files).exit_code == 0
    assert [answer["id"] for answer in answers(target)] == ["a0", "a1"]
    source.write_text("", "utf-8")
    target.unlink()
    assert quotes("batch", *files).exit_code == 0
    assert target.read_bytes() == b""


def whole(quotes, files):
    _, target = files
    assert quotes("batch", *files).exit_code in {0, 3}
    found = target.read_bytes()
    target.unlink()
    return found


@pytest.mark.parametrize("kept", [0, 1, 3, 200, 400, 401, 999, 3_000])
def test_it_goes_on_wherever_it_was_stopped(quotes, extractor, files, kept):
    source, target = files
    lines = ["{", *LINES, '{"id": "h", "html": "<p>“One&nbsp;two”</p>"}', '{"text": 1}']
    source.write_text("\n".join(lines), "utf-8")
    full = whole(quotes, files)
    target.write_bytes(full[:kept])
    extractor.calls = 0
    run = quotes("batch", *files)
    assert run.exit_code == 3
    assert target.read_bytes() == full
    assert full[:kept].count(b"\n") == 0 or "of them before" in run.stderr


def test_an_answer_that_ended_in_rubbish_is_made_again(quotes, files):
    full = whole(quotes, files)
    first = full[: full.index(b"\n") + 1]
    files[1].write_bytes(first + full[len(first) : len(first) + 50] + b"\0" * 500)
    assert quotes("batch", *files).exit_code == 0
    assert files[1].read_bytes() == full


def test_a_finished_batch_has_nothing_left_to_do(quotes, extractor, files):
    full = whole(quotes, files)
    files[1].write_bytes(full)
    extractor.calls = 0
    assert quotes("batch", *files).exit_code == 0
    assert extractor.calls == 0
    assert files[1].read_bytes() == full


FOREIGN = {
    "notes without a line break": b"Buy milk",
    "notes": b"Buy milk\nand eggs\n",
    "other JSON": b'{"a": 1}\n',
    "other JSON without a line break": b'{"a": 1}',
    "one letter": b"x",
    "a list": b"[]\n",
    "bytes": b"\x80\x81\n" * 5,
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_refused_and_left_alone(quotes, files, kind):
    files[1].write_bytes(FOREIGN[kind])
    run = quotes("batch", *files)
    assert run.exit_code == 1
    assert "Line 1 of the output file" in run.stderr
    assert "Nothing was changed" in run.stderr
    assert files[1].read_bytes() == FOREIGN[kind]


def test_the_results_of_another_input_are_refused(quotes, files):
    source, target = files
    full = whole(quotes, files)
    changed = [*LINES]
    changed[2] = json.dumps({**ARTICLES[2], "text": "Another text."})
    for lines, number in ((changed, 3), (LINES[1:], 1), (LINES[:5], 6)):
        target.write_bytes(full)
        source.write_text("\n".join(lines), "utf-8")
        run = quotes("batch", *files)
        assert run.exit_code == 1
        assert f"Line {number} of the output file does not answer this input" in run.stderr
        assert target.read_bytes() == full


def test_the_input_is_never_the_output(quotes, files):
    source, _ = files
    before = source.read_bytes()
    run = quotes("batch", source, source)
    assert run.exit_code == 1
    assert "is the input file" in run.stderr
    assert source.read_bytes() == before


def test_answers_of_another_version_are_named(quotes, engine, files):
    whole_run = whole(quotes, files)
    files[1].write_bytes(whole_run[: len(whole_run) // 2])
    engine.versions = {**engine.versions, "code": "another"}
    run = quotes("batch", *files)
    assert run.exit_code == 0
    assert "were answered by another version" in run.stderr


def test_wrong_usage(quotes, tmp_path, files):
    source, target = files
    for args in ([tmp_path / "none", target], [tmp_path, target], [source, tmp_path], [source]):
        assert quotes("batch", *args).exit_code == 2
    assert quotes("batch", source, tmp_path / "none" / "out.jsonl").exit_code == 1
    assert "not a regular file" in quotes("batch", source, "/dev/null").stderr


def test_the_bar_is_on_standard_error(quotes, files):
    run = quotes("batch", *files, "--progress")
    assert "20 of 20" in run.stderr
    assert run.stdout == ""


def start(files):
    env = {**os.environ, "PAUSE": "0.02", "PYTHONWARNINGS": "error"}
    command = [sys.executable, "tests/cli/slow_quotes.py", "batch", *map(str, files)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not files[1].exists() or files[1].stat().st_size < 2_000:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.005)
    return process


def test_killed_in_the_middle_it_loses_and_doubles_nothing(quotes, files):
    source, target = files
    source.write_text("\n".join(LINES * 20), "utf-8")
    full = whole(quotes, files)
    process = start(files)
    assert "Another run is writing" in quotes("batch", *files).stderr
    process.kill()
    process.communicate(timeout=30)
    assert 0 < len(target.read_bytes()) < len(full)
    assert quotes("batch", *files).exit_code == 0
    assert target.read_bytes() == full


def test_interrupted_it_says_how_to_go_on(files):
    files[0].write_text("\n".join(LINES * 20), "utf-8")
    process = start(files)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.decode() == "Interrupted. The same command goes on where this one stopped.\n"
