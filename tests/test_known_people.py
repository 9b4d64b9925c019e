"""The newsroom's own people: who is named, who is not, and what happens when the file changes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeExtractor
from structlog.testing import capture_logs

from service.cache import Cache, MemoryTier
from service.config import ConfigurationError, Settings
from service.engine import Engine
from service.extraction.models import KnownPerson
from service.known_people import KnownPeople, PeopleFileError
from service.schemas import QuoteRequest

ZELENSKYY = {
    "name": "Volodymyr Zelenskyy",
    "aliases": ["Zelensky"],
    "identifier": "ua-1",
    "role": "president",
}
MCFAUL = {"name": "Michael McFaul", "identifier": "us-1"}
SOLBERG = {"name": "Ingrid Sølberg", "identifier": "no-1"}
BELLS = [{"name": "Tom Bell", "identifier": "b-1"}, {"name": "Thomas J. Bell", "identifier": "b-2"}]


def write(path: Path, *people: dict[str, Any]) -> KnownPeople:
    path.write_text("\n".join(map(json.dumps, people)) + "\n\n", "utf-8")
    return KnownPeople(path)


def named(known: KnownPeople, text: str | None, **more: Any) -> list[str]:
    request = known.expect(QuoteRequest(text=text, **more))
    return [person.identifier or person.name for person in request.known_people]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Volodymyr Zelenskiy spoke.", ["ua-1"]),
        ("President Zelenskyy spoke.", ["ua-1"]),
        ("Michael McFaul wrote.", ["us-1"]),
        ("Mike McFaul wrote.", ["us-1"]),
        ("M. A. McFaul wrote.", ["us-1"]),
        ("Michael McFall wrote.", []),
        ("McFaul wrote.", []),
        ("Ingrid Solberg said.", ["no-1"]),
        ("INGRID SOLBERG said.", ["no-1"]),
        ("Anna Solberg met Ingrid.", []),
        ("Nobody spoke.", []),
        ("Ingrid Solberg, Michael McFaul and Ingrid Solberg.", ["no-1", "us-1"]),
    ],
)
def test_who_is_named_in_full_is_expected(tmp_path: Path, text: str, people: list[str]) -> None:
    assert named(write(tmp_path / "people.jsonl", ZELENSKYY, MCFAUL, SOLBERG), text) == people


def test_names_are_found_in_the_title_and_through_markup(tmp_path: Path) -> None:
    known = write(tmp_path / "people.jsonl", MCFAUL, SOLBERG)
    html = "<p>Ingrid S<b>&oslash;l</b>berg</p><p>said.</p>"
    assert named(known, None, html=html, title="Michael McFaul") == ["us-1", "no-1"]


def test_both_of_two_people_are_expected_so_that_neither_is_taken_for_the_other(tmp_path: Path) -> None:
    assert named(write(tmp_path / "people.jsonl", *BELLS), "Tom Bell spoke.") == ["b-1", "b-2"]


def test_the_callers_people_come_first_and_replace_those_of_the_file(tmp_path: Path) -> None:
    known = write(tmp_path / "people.jsonl", ZELENSKYY, MCFAUL)
    given = (
        KnownPerson("Ann Lee"),
        KnownPerson("V. Zelensky", identifier="ua-1"),
        KnownPerson("michael mcfaul"),
    )
    text = "Ann Lee, Volodymyr Zelensky and Michael McFaul met."
    assert named(known, text, known_people=given) == ["Ann Lee", "ua-1", "michael mcfaul"]


def touch(path: Path) -> None:
    """Make sure that the change shows, however coarse the file system's clock is."""
    later = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


def test_a_change_of_the_file_counts_from_the_next_article_on(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    known = write(path, MCFAUL)
    assert named(known, "Ingrid Solberg and Michael McFaul.") == ["us-1"]
    path.write_text(json.dumps(SOLBERG), "utf-8")
    touch(path)
    assert named(known, "Ingrid Solberg and Michael McFaul.") == ["no-1"]


@pytest.mark.parametrize("body", ["{", '{"name": 7}', '{"name": "A B", "nmae": "x"}', None])
def test_a_file_that_breaks_later_leaves_the_people_as_they_were(tmp_path: Path, body: str | None) -> None:
    path = tmp_path / "people.jsonl"
    known = write(path, MCFAUL)
    if body is None:
        path.unlink()
    else:
        path.write_text(body, "utf-8")
        touch(path)
    assert named(known, "Michael McFaul.") == ["us-1"]
    write(path, SOLBERG)
    touch(path)
    assert named(known, "Ingrid Solberg.") == ["no-1"]


def test_what_is_wrong_with_a_changed_file_is_logged_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    people = write(path, MCFAUL)
    path.write_text(json.dumps(MCFAUL) + '\n{"nmae": "x"}', "utf-8")
    touch(path)
    with capture_logs() as logs:
        named(people, "Michael McFaul.")
    [line] = logs
    assert (line["event"], line["kept"]) == ("known_people_failed", 1)
    assert "line 2: " in line["reason"]


def test_a_file_that_is_wrong_from_the_start_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"name": "A B"}\n\n{"name": "?"}\n', "utf-8")
    with pytest.raises(PeopleFileError, match=r"people.jsonl, line 3: /name"):
        KnownPeople(path)
    with pytest.raises(PeopleFileError, match="No such file"):
        KnownPeople(tmp_path / "none.jsonl")


def test_the_service_does_not_start_without_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from service import app  # noqa: PLC0415

    monkeypatch.setattr(app, "SpacyExtractor", lambda *args, **options: FakeExtractor())
    with pytest.raises(ConfigurationError, match=r"KNOWN_PEOPLE: .*none"):
        app.build_engine(Settings(workers=1, known_people=str(tmp_path / "none")))


def test_the_people_whom_an_article_names_are_part_of_its_key(tmp_path: Path) -> None:
    path, extractor = tmp_path / "people.jsonl", FakeExtractor()
    cache = Cache(MemoryTier(capacity=10**6, ttl_seconds=60))
    engine = Engine(extractor, limits=Settings().limits, cache=cache, expect=write(path, MCFAUL).expect)
    about, other = QuoteRequest(text="“No,” said Michael McFaul."), QuoteRequest(text="“Yes,” said Ann Lee.")
    assert [engine.extract(each).cache for each in (about, other, about, other)] == [
        "miss",
        "miss",
        "hit",
        "hit",
    ]
    path.write_text(json.dumps({**MCFAUL, "identifier": "us-2"}), "utf-8")
    touch(path)
    assert [engine.extract(each).cache for each in (about, other)] == ["miss", "hit"]
