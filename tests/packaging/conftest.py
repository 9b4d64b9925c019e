"""The manifests as kustomize renders them."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OVERLAYS = sorted(path.parent.name for path in (ROOT / "k8s" / "overlays").glob("*/kustomization.yaml"))


@pytest.fixture(scope="session")
def render():
    """All objects of a folder's kustomization. Skipped where kustomize is not to be had, save in CI."""

    def rendered(folder):
        command = [ROOT / "scripts" / "render-manifests", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode and not os.environ.get("CI"):
            pytest.skip(f"k8s/ cannot be rendered here: {done.stderr.strip()}")
        assert done.returncode == 0, done.stderr
        return list(yaml.safe_load_all(done.stdout))

    return rendered


@pytest.fixture(scope="session", params=OVERLAYS)
def manifests(request, render):
    """Every object of one overlay."""
    return render(f"k8s/overlays/{request.param}")


@pytest.fixture(scope="session")
def dockerfile():
    return (ROOT / "Dockerfile").read_text()
