"""Every example of docs/integrating.md runs as it stands there, against the service with its real model."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import make_app
from werkzeug.serving import make_server

from service.app import build_engine
from service.config import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "integrating.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RUNNERS = {
    "sh": ["bash", "example.sh"],
    "python": [sys.executable, "example.py"],
    "js": ["node", "example.mjs"],
    "php": ["php", "example.php"],
}
PRINTED = {
    "sh": "4711,,q1,Ines Okafor,person,mayor,,direct,speech,“The bridge is safe,” “We tested it twice.”",
    "python": "Ines Okafor ['“The bridge is safe,”', '“We tested it twice.”']",
    "js": "Ines Okafor [ '“The bridge is safe,”' ]",
    "php": "Ines Okafor: &ldquo;The bridge is safe,&rdquo;",
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    settings = Settings(workers=1)
    server = make_server("127.0.0.1", 0, make_app(settings, build_engine(settings)), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_there_is_one_example_in_each_language() -> None:
    assert [language for language, _ in EXAMPLES] == list(RUNNERS)


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=list(RUNNERS))
def test_the_example_prints_who_said_what(url: str, tmp_path: Path, language: str, code: str) -> None:
    command, name = RUNNERS[language]
    if shutil.which(command) is None or (language == "sh" and shutil.which("curl") is None):
        assert not os.environ.get("CI"), f"{command} is not here"
        pytest.skip(f"{command} is not here")
    (tmp_path / name).write_text(code, "utf-8")
    environment = {"QUOTES_URL": url, "PATH": os.environ["PATH"], "NO_PROXY": "*", "LC_ALL": "C.UTF-8"}
    # Node 18 warns that fetch may change.
    environment["NODE_NO_WARNINGS"] = "1"
    ran = subprocess.run(
        [command, name],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert PRINTED[language] in ran.stdout.replace('""', '"').replace('"', "")
