"""The plugin's source by WordPress's own rules, and what is in its zip."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "plugins" / "wordpress"


def test_php_keeps_to_wordpresss_coding_rules(rules: Path) -> None:
    command = ["phpcs", "-s", "--runtime-set", "installed_paths", str(rules)]
    done = subprocess.run(command, cwd=PLUGIN, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_zip_holds_the_plugin_and_the_shared_module(plugin: Path) -> None:
    with zipfile.ZipFile(plugin) as archive:
        names = {name.removeprefix("quote-attribution/") for name in archive.namelist()}
        assert archive.read("quote-attribution/js/quotes.js") == (ROOT / "plugins/js/quotes.js").read_bytes()
    assert {"quote-attribution.php", "uninstall.php", "readme.txt", "LICENSE", "js/sidebar.js"} <= names


def test_version_and_requirements_are_the_same_wherever_they_stand() -> None:
    header, readme = (PLUGIN / "quote-attribution.php").read_text(), (PLUGIN / "readme.txt").read_text()
    (version,) = re.findall(r"\* Version: +(\S+)", header)
    assert f"const VERSION = '{version}';" in header
    assert f"Stable tag: {version}\n" in readme
    for name in ("Requires at least", "Requires PHP"):
        (value,) = re.findall(rf"\* {name}: +(\S+)", header)
        assert f"{name}: {value}\n" in readme


def test_every_word_for_people_can_be_translated() -> None:
    template = (PLUGIN / "languages" / "quote-attribution.pot").read_text()
    known = set(re.findall(r'^msgid(?:_plural)? "(.+)"$', template, re.MULTILINE))
    sources = [*PLUGIN.rglob("*.php"), *PLUGIN.rglob("*.js")]
    call = re.compile(r"""\b(?:__|_n|esc_html__|esc_attr__)\(\s*(['"])((?:(?!\1).)+)\1""")
    said = {words for source in sources for _, words in call.findall(source.read_text())}
    assert len(said) > 20
    assert said <= known
