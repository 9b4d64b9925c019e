"""``quotes extract``: one article, the same result as over HTTP, and every error in a line."""

import json
import os
import subprocess
import sys

import pytest

from service import schemas
from service.cli import extract

TEXT = "Mayor resigns\n\n“I am sorry,” said Ruth Okafor. “It was time.”\n"


def result_of(run):
    assert run.exit_code == 0, run.stderr
    return json.loads(run.stdout_bytes)


def test_the_result_is_the_one_that_http_gives(quotes, client, tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(TEXT, "utf-8")
    printed = quotes("extract", file, "--id", "a1", "--min-confidence", "0.5", "--offset-unit", "utf16")
    body = {"text": TEXT, "id": "a1", "options": {"min_confidence": 0.5, "offset_unit": "utf16"}}
    assert printed.stdout_bytes == client.post("/v1/quotes", json=body).data + b"\n"


def test_standard_input_is_read(quotes):
    found = result_of(quotes("extract", stdin=TEXT.encode()))
    assert [quote["text"] for quote in found["quotes"]] == ["“I am sorry,”", "“It was time.”"]
    assert found == result_of(quotes("extract", "-", stdin=TEXT.encode()))


@pytest.mark.parametrize(("name", "flags"), [("a.html", []), ("a.HTM", []), ("a.txt", ["--html"])])
def test_html_by_suffix_or_flag(quotes, tmp_path, name, flags):
    file = tmp_path / name
    file.write_text("<p>One.</p><p>&ldquo;Two&rdquo;, she said.</p>", "utf-8")
    found = result_of(quotes("extract", file, *flags))
    assert found["text"] == "One.\n\n“Two”, she said."
    assert found["quotes"][0]["content"][0]["html"] == {
        "start": 14,
        "end": 31,
        "blocks": [{"index": 1, "start": 0, "end": 5}],
    }


def test_text_in_a_file_named_html(quotes, tmp_path):
    file = tmp_path / "a.html"
    file.write_text("One <p> “two”.", "utf-8")
    assert result_of(quotes("extract", "--text", file))["text"] == "One <p> “two”."


def test_line_breaks_stay_and_a_byte_order_mark_goes(quotes):
    found = result_of(quotes("extract", stdin=b"\xef\xbb\xbfOne.\r\n\r\nTwo.\r\n"))
    assert found["text"] == "One.\r\n\r\nTwo.\r\n"


@pytest.mark.parametrize(
    "body",
    [
        '[{"name": "Ruth Okafor"}, {"name": "Tom Bell", "aliases": ["Bell"]}]',
        '{"name": "Ruth Okafor"}\n\n{"name": "Tom Bell", "aliases": ["Bell"]}\n',
    ],
)
def test_known_people_as_json_or_json_lines(quotes, extractor, tmp_path, body):
    seen = []
    extractor.act = lambda article, checkpoint: seen.extend(article.known_people)
    people = tmp_path / "people"
    people.write_text(body, "utf-8")
    result_of(quotes("extract", "--known-people", people, stdin=TEXT.encode()))
    assert [(person.name, person.aliases) for person in seen] == [
        ("Ruth Okafor", ()),
        ("Tom Bell", ("Bell",)),
    ]


def test_the_text_can_be_left_out(quotes):
    assert "text" not in result_of(quotes("extract", "--no-text", stdin=TEXT.encode()))


def test_a_table(quotes):
    printed = quotes("extract", "--format", "table", stdin=TEXT.encode())
    assert printed.exit_code == 0
    assert "Somebody" in printed.stdout
    assert "“I am sorry,”" in printed.stdout


def test_a_table_cannot_steer_the_terminal(quotes):
    printed = quotes(
        "extract", "--format", "table", stdin="“\x1b[31mred [bold]bold\x07\u202e” she said.".encode()
    )
    assert "[31mred [bold]bold" in printed.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(printed.stdout)


def test_a_table_of_nothing(quotes):
    assert quotes("extract", "--format", "table", stdin=b"Nothing.").stdout == "No quotations found.\n"


def test_a_page(quotes):
    text = 'He & <b>she</b>.\n\n“I <script>alert(1)</script> am "sorry",” she said.\n“Again.”'
    printed = quotes("extract", "--format", "html", "--id", "<i>1", "--no-text", stdin=text.encode())
    page = printed.stdout
    assert printed.exit_code == 0
    assert page.startswith("<!doctype html>")
    assert "<script" not in page and "<b>" not in page and "<i>" not in page
    assert "<p>He &amp; &lt;b&gt;she&lt;/b&gt;.</p>" in page
    assert (
        "“I &lt;script&gt;alert(1)&lt;/script&gt; am &quot;sorry&quot;,”</mark><sup>[Somebody]</sup> she"
        in page
    )
    assert page.count("<mark") == 3


REFUSALS = {
    "empty": (b"", "The article is empty"),
    "blank": (b" \n\t\n", "The article is empty"),
    "not UTF-8": (b"One \xff", "Standard input is not UTF-8 from byte 4 on."),
    "too long": (b"a" * 200_001, "at most 100,000"),
    "far too long": (b"a" * 5_000_000, "at most 1,000,000"),
    "French": (
        "Le maire a déclaré qu'il ne démissionnerait pas, malgré tout. ".encode() * 9,
        "Only English is read",
    ),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_a_line_or_two_on_standard_error(quotes, kind):
    body, message = REFUSALS[kind]
    refused = quotes("extract", stdin=body)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert message in refused.stderr
    assert refused.stderr.startswith("quotes: ")
    assert len(refused.stderr.splitlines()) <= 3


def test_wrong_usage(quotes, tmp_path):
    for args in (
        ["extract", tmp_path / "none"],
        ["extract", tmp_path],
        ["extract", "--format", "xml"],
        ["none"],
        ["extract", "--min-confidence", "2"],
        ["extract", "--known-people", tmp_path],
    ):
        refused = quotes(*args, stdin=b"One.")
        assert refused.exit_code == 2, args
        assert "Traceback" not in refused.stderr


def test_an_invalid_setting(quotes, monkeypatch):
    monkeypatch.setenv("QUOTES_CACHE_BYTES", "many")
    refused = quotes("extract", stdin=b"One.")
    assert refused.exit_code == 2
    assert "QUOTES_CACHE_BYTES=many" in refused.stderr


def test_a_file_of_known_people_that_is_broken(quotes, tmp_path):
    people = tmp_path / "people.json"
    for body, message in (('[{"name": 1}]', "/known_people/0/name"), ("[", "not valid JSON"), ("{}", "name")):
        people.write_text(body, "utf-8")
        refused = quotes("extract", "--known-people", people, stdin=b"One.")
        assert refused.exit_code == 1
        assert message in refused.stderr


def test_a_failure_of_the_model_is_told_without_the_text(quotes, extractor):
    def fail(article, checkpoint):
        raise RuntimeError("secret " + article.text)

    extractor.act = fail
    refused = quotes("extract", stdin=b"A canary.")
    assert refused.exit_code == 1
    assert "The service failed" in refused.stderr
    assert "canary" not in refused.stderr


def test_the_choices_are_those_of_the_contract():
    choices = {
        option.name: tuple(option.type.choices)
        for option in extract.params
        if hasattr(option.type, "choices")
    }
    assert choices["types"] == schemas.TYPES
    assert choices["modes"] == schemas.MODES
    assert choices["offset_unit"] == schemas.OFFSET_UNITS


def python(*args, **options):
    env = {**os.environ, "PYTHONWARNINGS": "error", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, *args], capture_output=True, env=env, timeout=120, check=False, **options
    )


def test_help_and_version_load_no_model():
    script = "import sys; from service.cli import main; main(['--help'], standalone_mode=False);"
    script += "print({'spacy', 'flask', 'turbohtml', 'numpy'} & set(sys.modules))"
    shown = python("-c", script)
    assert shown.returncode == 0, shown.stderr
    assert b"Commands:" in shown.stdout
    assert shown.stdout.endswith(b"set()\n")
    assert python("-m", "service", "--version").stdout.startswith(b"quotes, version ")


def test_a_reader_that_goes_away_leaves_no_traceback():
    script = f"{sys.executable} tests/cli/slow_quotes.py extract - | head -c 1"
    text = ("“One.” " * 12_000).encode()
    shown = subprocess.run(
        ["bash", "-c", script],
        input=text,
        capture_output=True,
        env={**os.environ, "PAUSE": "0"},
        timeout=120,
        check=False,
    )
    assert shown.stdout == b"{"
    assert shown.stderr == b""


def test_the_real_command_end_to_end(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text("The mayor, Ruth Okafor, resigned on Friday.\n\n“I am sorry,” she said.\n", "utf-8")
    shown = python("-m", "service", "extract", file)
    assert shown.returncode == 0, shown.stderr
    assert shown.stderr == b""
    found = json.loads(shown.stdout)
    assert found["quotes"][0]["text"] == "“I am sorry,”"
    assert found["speakers"][0]["name"] == "Ruth Okafor"


@pytest.mark.parametrize("form", ["jsonld", "webannotation", "ninjs", "csv", "xlsx", "html", "tei"])
def test_other_forms_are_those_of_http(quotes, client, form):
    printed = quotes("extract", "--format", form, "--id", "a1", stdin=TEXT.encode())
    assert printed.exit_code == 0, printed.stderr
    body = {"text": TEXT, "id": "a1"}
    assert printed.stdout_bytes == client.post(f"/v1/quotes?format={form}", json=body).data
