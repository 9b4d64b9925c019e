"""``quotes report``: the figures over what the other commands wrote."""

import json

import pytest
from sample_report import results

PROBLEM = {"type": "/problems/empty-text", "title": "The article is empty", "status": 422, "detail": "None."}


@pytest.fixture
def files(tmp_path):
    one, lines = tmp_path / "one.json", tmp_path / "lines.jsonl"
    first, *others = results()
    one.write_text(json.dumps(first, indent=1), "utf-8")
    lines.write_text("\n".join(map(json.dumps, [*others, PROBLEM])), "utf-8")
    return one, lines


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_the_report_is_the_one_that_http_gives(quotes, client, files, form):
    printed = quotes("report", *files, "--format", form)
    assert printed.exit_code == 0, printed.stderr
    answer = client.post(f"/v1/report?format={form}", json={"results": results()})
    assert printed.stdout_bytes.rstrip(b"\n") == answer.data.rstrip(b"\n")
    assert printed.stderr == "Left out: 1 problems.\n"


@pytest.mark.parametrize("body", ["{", "7", '{"quotes": 7}', '{"id": "a", "text": "An article."}'])
def test_what_is_no_result_is_refused(quotes, tmp_path, body):
    file = tmp_path / "a.json"
    file.write_text(body, "utf-8")
    refused = quotes("report", file)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "Traceback" not in refused.stderr
