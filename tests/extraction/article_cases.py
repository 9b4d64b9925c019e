"""Reads the invented articles of ``tests/cases/articles``.

Each file holds the cases of one kind of article, a YAML list of ``{name, text, quotes}``. ``quotes`` is a
table, a line a quotation, so that a case can be reviewed at a glance::

    “We lost [...] season,” + “The [...] again.” | said | she | Moira Kettle | speech

The columns are content, cue, source, speaker and flags:

- **content**: exact substrings of the text with their quotation marks, pieces joined by `` + ``; ``[...]``
  stands for any words between a unique beginning and the first such end after it. A leading "that" belongs
  to the content.
- **cue**: a substring, the occurrence nearest to the content is meant; ``-`` where there is none.
- **source**: the whole noun phrase, without an apposition after a comma; the occurrence nearest to the cue;
  alternatives are separated by `` / ``.
- **speaker**: the fullest name in the article; ``=`` where that is the source as it stands (which, for a
  description that the article never names, "the regulator", accepts no answer too); ``-`` where the reader
  cannot know; alternatives are separated by `` / ``.
- **flags**: ``optional`` (may be found or not); ``direct``, ``mixed`` or ``indirect`` where the marks of the
  content alone do not tell; ``speech``, ``writing`` or ``thought`` where the mode must be that one;
  ``headline`` and ``repeats`` for quotations in a heading; ``organisation``, ``group`` or ``unnamed`` for
  names that are no person's though they begin with a capital.

``#2`` after any substring means its second occurrence. No article contains a bar.

A case may also say ``extra: indirect`` (further indirect quotations are tolerated, for the text has reports
that no two editors would mark alike) and have a ``note`` for the reviewer. A case without quotations
tolerates nothing, not even thoughts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ARTICLES = Path(__file__).parent.parent / "cases" / "articles"
MARKS = "\"“”„‟«»‹›‘‚‛'’`´"
ELISION = " [...] "
KINDS = frozenset({"person", "organisation", "group", "unnamed"})
TYPES = frozenset({"direct", "mixed", "indirect"})
MODES = frozenset({"speech", "writing", "thought"})
FLAGS = KINDS | TYPES | MODES | {"optional", "headline", "repeats"}

Pair = tuple[int, int]


class CaseError(ValueError):
    """The case itself is wrong: a substring is not in the text, is ambiguous, or a row is malformed."""


@dataclass(frozen=True)
class Expected:
    """One quotation that a careful reader marks. Offsets are code points of the case's text."""

    content: tuple[Pair, ...]
    cue: Pair | None
    sources: tuple[Pair, ...]
    speakers: tuple[str | None, ...]
    types: frozenset[str]
    flags: frozenset[str] = frozenset()

    @property
    def source(self) -> Pair | None:
        """The source, the first where alternatives are accepted."""
        return self.sources[0] if self.sources else None

    @property
    def optional(self) -> bool:
        """Whether it may also go unmarked."""
        return "optional" in self.flags

    @property
    def speaker_kind(self) -> str:
        """Person, organisation, group, unnamed or none, as the scorer's gold format has it."""
        stated = self.flags & KINDS
        if stated:
            return next(iter(stated))
        name = next((name for name in self.speakers if name), None)
        return "none" if name is None else "person" if is_name(name) else "unnamed"


@dataclass(frozen=True)
class Case:
    """One invented article with everything that should be found in it."""

    kind: str
    name: str
    text: str
    expected: tuple[Expected, ...]
    extra: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The name that the known failures and the test report use."""
        return f"{self.kind}: {self.name}"


def is_name(name: str) -> bool:
    """Tell "The Border Monitor" from "A spokesman for Tarn Water" by the first letter after the article."""
    return re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)[:1].isupper()


def load_cases(folder: Path = ARTICLES) -> list[Case]:
    """Read every case of every file, in the order of the files' names. Raises CaseError on the first flaw."""
    cases = [case for path in sorted(folder.glob("*.yaml")) for case in load_file(path)]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"two cases are called {case.id!r}")
        seen.add(case.id)
    return cases


def load_file(path: Path) -> list[Case]:
    """Read the cases of one kind; the kind is the file's name."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_case(path.stem, row) for row in rows]


def _case(kind: str, row: dict[str, str]) -> Case:
    name = row["name"]
    if unknown := row.keys() - {"name", "text", "quotes", "extra", "note"}:
        raise CaseError(f"{kind}: {name}: unknown keys {sorted(unknown)}")
    text = row["text"].strip("\n")
    lines = [line for line in (row.get("quotes") or "").splitlines() if line.strip()]
    try:
        expected = tuple(_expected(text, line) for line in lines)
    except CaseError as error:
        raise CaseError(f"{kind}: {name}: {error}") from None
    return Case(kind, name, text, expected, frozenset((row.get("extra") or "").split()))


def _expected(text: str, line: str) -> Expected:
    columns = [column.strip() for column in line.split(" | ")]
    if not 4 <= len(columns) <= 5:
        raise CaseError(f"{len(columns)} columns in {line!r}")
    content_text, cue_text, source_text, speaker_text, flag_text = (*columns, "")[:5]
    flags = frozenset(flag_text.split())
    if flags - FLAGS:
        raise CaseError(f"unknown flags in {line!r}")
    content = tuple(_locate(text, piece.strip()) for piece in content_text.split(" + "))
    cue = None if cue_text == "-" else _nearest(text, cue_text, content, outside=content)
    near = [cue] if cue else content
    phrases = [] if source_text == "-" else source_text.split(" / ")
    sources = tuple(_nearest(text, phrase, near, outside=content) for phrase in phrases)
    if not sources and "=" in speaker_text.split(" / "):
        raise CaseError(f"no source to take the speaker from in {line!r}")
    names = [name for part in speaker_text.split(" / ") for name in _names(text, part, sources)]
    return Expected(content, cue, sources, tuple(names), _types(text, content, flags), flags)


def _names(text: str, written: str, sources: Sequence[Pair]) -> list[str | None]:
    if written == "-":
        return [None]
    name = text[slice(*sources[0])] if written == "=" else written
    nameless = written == "=" and re.match("the ", name, re.IGNORECASE) and not is_name(name)
    return [name, None] if nameless else [name]


def _split_ordinal(wanted: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(.+)#(\d+)", wanted)
    return (match[1], int(match[2])) if match else (wanted, None)


def _occurrences(text: str, wanted: str) -> list[Pair]:
    """Where ``wanted`` stands as whole words."""
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(wanted) + after, text)]


def _locate(text: str, piece: str) -> Pair:
    wanted, ordinal = _split_ordinal(piece)
    head, elided, tail = wanted.partition(ELISION)
    places = _occurrences(text, head)
    if not places:
        raise CaseError(f"not in the text: {head!r}")
    if ordinal is None and len(places) > 1:
        raise CaseError(f"{len(places)} times in the text: {head!r}")
    start, end = places[(ordinal or 1) - 1]
    if elided:
        ends = [place for place in _occurrences(text, tail) if place[0] >= end]
        if not ends:
            raise CaseError(f"not in the text after {head!r}: {tail!r}")
        end = ends[0][1]
    return start, end


def _gap(a: Pair, b: Pair) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def _nearest(text: str, wanted: str, to: Sequence[Pair], *, outside: Sequence[Pair]) -> Pair:
    wanted, ordinal = _split_ordinal(wanted)
    places = _occurrences(text, wanted)
    if ordinal is not None:
        return places[ordinal - 1]
    places = [place for place in places if not any(a < place[1] and place[0] < b for a, b in outside)]
    if not places:
        raise CaseError(f"not in the text outside the content: {wanted!r}")
    return min(places, key=lambda place: min(_gap(place, other) for other in to))


def _types(text: str, content: Sequence[Pair], flags: frozenset[str]) -> frozenset[str]:
    """Direct when every piece begins and ends with a mark, indirect when no piece holds a double mark."""
    if stated := flags & TYPES:
        return stated
    pieces = [text[a:b] for a, b in content]
    if all(piece[0] in MARKS and piece.rstrip(".,;:!?")[-1:] in MARKS for piece in pieces):
        return frozenset({"direct"})
    return frozenset(
        {"mixed" if any(mark in piece for piece in pieces for mark in '"“”„«»‘') else "indirect"}
    )
