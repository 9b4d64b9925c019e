"""The adapter for Wagtail on a real Wagtail from PyPI, in an environment of its own beside ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".cache" / "wagtail"
REQUIREMENTS = ROOT / "plugins" / "wagtail" / "requirements.txt"


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python of an environment with Wagtail, from the hash-pinned lock file."""
    interpreter, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True, timeout=120)
        install = [interpreter, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        command = [*install, "--require-hashes", "--requirement", REQUIREMENTS]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            message = f"Wagtail cannot be installed: {done.stderr.strip()[-500:]}"
            pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
        stamp.write_bytes(REQUIREMENTS.read_bytes())
    return interpreter


def test_the_view_in_a_real_wagtail(python: Path, service_url: str) -> None:
    places = [ROOT / "plugins" / "wagtail", ROOT / "tests" / "plugins"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, places)),
        "DJANGO_SETTINGS_MODULE": "wagtail_site.settings",
        "QUOTE_ATTRIBUTION_URL": service_url,
    }
    command = [python, "-m", "django", "test", "wagtail_site.news"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ran 6 tests" in done.stderr
