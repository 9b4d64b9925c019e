"""schemathesis asks the running service what the contract allows and what it does not, in thousands of ways.

All its checks on all operations, one after the other and in sequences: no 5xx, no status, header or body that
the contract does not have, nothing refused that it allows, nothing taken that it forbids.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from serving import serving

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
LEAST_CASES = 2_000
EXAMPLES = 300
"""Cases for each operation and phase that has something to vary."""


def test_the_running_service_keeps_the_contract(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        command = [
            Path(sys.executable).with_name("st"),
            f"--config-file={CONFIGURATION}",
            "--no-color",
            "run",
        ]
        options = ["--continue-on-failure", f"--max-examples={EXAMPLES}", "--seed=1", "--workers=2"]
        report = ["--report=json", f"--report-json-path={tmp_path}/report.json"]
        url = f"http://127.0.0.1:{server.port}/openapi.yaml"
        run = subprocess.run(
            [*command, *options, *report, url],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    assert run.returncode == 0, run.stdout[-10_000:] + run.stderr[-2_000:]
    found = json.loads((tmp_path / "report.json").read_text())
    assert found["failures"] == found["errors"] == []
    assert found["operations"]["tested"] == found["operations"]["total"]
    assert found["test_cases"]["generated"] >= LEAST_CASES
