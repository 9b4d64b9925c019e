"""``plugins/js`` by node's own test runner: types, client, tracing, ProseMirror. The DOM: tests/browser."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "plugins" / "js"


def run(*command):
    done = subprocess.run(command, cwd=MODULE, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def npm():
    """npm with the development packages of the lock file in place."""
    found = shutil.which("npm")
    if found is None:
        message = "the JavaScript tests need Node.js: apt-get install nodejs npm"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    installed = MODULE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (MODULE / "package-lock.json").stat().st_mtime:
        run(found, "ci", "--ignore-scripts")
    return found


def test_the_module_holds_to_its_types_and_passes_its_own_tests(npm):
    run(npm, "test")


def test_lock_file_names_no_registry():
    assert '"resolved"' not in (MODULE / "package-lock.json").read_text()


def test_the_services_page_uses_the_very_same_module():
    assert (ROOT / "service" / "web" / "static" / "quotes.js").resolve() == MODULE / "quotes.js"
