"""Reads the invented articles of ``tests/cases/articles`` and compares what was found in them.

Each file holds the cases of one kind of article, a YAML list of ``{name, text, quotes}``. ``quotes`` is a
table, a line a quotation, so that a case can be reviewed at a glance::

    “We lost [...] season,” + “The [...] again.” | said | she | Moira Kettle | writing

The columns are content, cue, source, speaker and flags:

- **content**: exact substrings of the text with their quotation marks, pieces joined by `` + ``; ``[...]``
  stands for any words between a unique beginning and the first such end after it. A leading "that" belongs to it.
- **cue**: a substring, the occurrence nearest to the content is meant; ``-`` where there is none.
- **source**: the whole noun phrase, without an apposition after a comma; the occurrence nearest to the cue.
- **speaker**: the fullest name in the article; ``=`` where that is the source as it stands; ``-`` where the
  reader cannot know; alternatives are separated by `` / ``.
- **flags**: ``optional`` (may be found or not); ``direct``, ``mixed`` or ``indirect`` where the marks of the
  content alone do not tell; ``speech``, ``writing`` or ``thought`` where the mode must be that one; ``headline``
  and ``repeats`` for quotations in a heading; ``organisation``, ``group`` or ``unnamed`` for names that are no
  person's though they begin with a capital.

``#2`` after any substring means its second occurrence. ``\\|`` is not needed: no article contains a bar.

A case may also say ``extra: indirect`` (further indirect quotations are tolerated, for the text has reports that
no two editors would mark alike). A case without quotations tolerates nothing, not even thoughts.

Nothing here imports the service: a found quotation comes in as a plain :class:`Found`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

ARTICLES = Path(__file__).parent.parent / "cases" / "articles"
WORD = re.compile(r"\w+(?:['’]\w+)*")
MARKS = "\"“”„‟«»‹›‘‚‛'’`´"
ELISION = " [...] "
MIN_JACCARD = 0.5
FLAGS = frozenset(
    "optional direct mixed indirect speech writing thought headline repeats person organisation group unnamed".split()
)
LEADING = frozenset({"the", "a", "an"})
TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sen rep gov president senator secretary judge justice prof professor".split()
)

Pair = tuple[int, int]


class CaseError(ValueError):
    """The case itself is wrong: a substring is not in the text, is ambiguous, or a row is malformed."""


@dataclass(frozen=True)
class Expected:
    """One quotation that a careful reader marks. Offsets are code points of the case's text."""

    content: tuple[Pair, ...]
    cue: Pair | None
    source: Pair | None
    speakers: tuple[str | None, ...]
    type: str
    flags: frozenset[str] = frozenset()

    @property
    def optional(self) -> bool:
        """Whether it may also go unmarked."""
        return "optional" in self.flags

    @property
    def speaker_kind(self) -> str:
        """Person, organisation, group, unnamed or none, as the scorer's gold format has it."""
        stated = self.flags & {"person", "organisation", "group", "unnamed"}
        if stated:
            return next(iter(stated))
        name = next((name for name in self.speakers if name), None)
        return "none" if name is None else "person" if name[:1].isupper() else "unnamed"


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


@dataclass(frozen=True)
class Found:
    """One quotation as the service found it, in plain values."""

    content: tuple[Pair, ...]
    source: Pair | None
    speaker: str | None
    type: str
    mode: str = "speech"
    rule: str = ""
    in_headline: bool = False
    repeats: bool = False


# ── Loading ──────────────────────────────────────────────────────────────────────────────────────────────


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
    source = None if source_text == "-" else _nearest(text, source_text, [cue] if cue else content, outside=content)
    names = [None if name == "-" else name for name in speaker_text.split(" / ")]
    if names == ["="]:
        if source is None:
            raise CaseError(f"no source to take the speaker from in {line!r}")
        names = [text[slice(*source)]]
    return Expected(content, cue, source, tuple(names), _type(text, content, flags), flags)


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


def _type(text: str, content: Sequence[Pair], flags: frozenset[str]) -> str:
    """Direct when every piece begins and ends with a mark, indirect when no piece holds a double mark."""
    stated = flags & {"direct", "mixed", "indirect"}
    if stated:
        return next(iter(stated))
    pieces = [text[a:b] for a, b in content]
    if all(piece[0] in MARKS and piece.rstrip(".,;:!?")[-1:] in MARKS for piece in pieces):
        return "direct"
    return "mixed" if any(mark in piece for piece in pieces for mark in '"“”„«»‘') else "indirect"


# ── Comparing ────────────────────────────────────────────────────────────────────────────────────────────


def words_in(text: str, spans: Iterable[Pair]) -> frozenset[int]:
    """The starts of the words that lie in one of the spans."""
    spans = list(spans)
    return frozenset(
        match.start() for match in WORD.finditer(text) if any(a <= match.start() and match.end() <= b for a, b in spans)
    )


def similarity(text: str, first: Iterable[Pair], second: Iterable[Pair]) -> float:
    """Jaccard index of the word tokens that two contents cover."""
    a, b = words_in(text, first), words_in(text, second)
    return len(a & b) / len(a | b) if a | b else 0.0


def same_name(expected: str | None, found: str | None) -> bool:
    """Whether two names mean one speaker: equal but for articles, titles and, for people, middle names."""
    if expected is None or found is None:
        return expected is found
    truth, mine = (_name_words(name) for name in (expected, found))
    if truth == mine:
        return True
    if not truth or not mine:
        return False
    if expected[:1].isupper():
        return len(truth) > 1 and len(mine) > 1 and (truth[0], truth[-1]) == (mine[0], mine[-1])
    return set(truth) <= set(mine) or set(mine) <= set(truth)


def _name_words(name: str) -> list[str]:
    words = [re.sub(r"['’]s?$", "", word.lower()) for word in re.findall(r"\w+(?:['’.-]\w+)*['’]?", name)]
    return [word.replace("’", "'") for word in words if word not in LEADING | TITLES]


@dataclass
class Report:
    """What is wrong with the quotations found in one case; empty when nothing is."""

    lines: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def compare(case: Case, found: Sequence[Found]) -> Report:
    """Compare all that was found with all that was expected; says what is missing, wrong and spurious."""
    report = Report()
    found = _joined(case, found)
    pairs = _match(case, found)
    for index, expected in enumerate(case.expected):
        if index in pairs:
            for flaw in [] if expected.optional else _flaws(case, expected, found[pairs[index]]):
                report.lines.append(flaw)
        elif not expected.optional:
            report.lines.append(f"MISSED    {_shown(case.text, expected.content)}")
    for index, quote in enumerate(found):
        if index not in pairs.values() and not _tolerated(case, quote):
            source = _shown(case.text, [quote.source]) if quote.source else "-"
            shown = _shown(case.text, quote.content)
            report.lines.append(f"SPURIOUS  {shown} [{source}] {quote.mode} by {quote.rule}")
    return report


def _joined(case: Case, found: Sequence[Found]) -> list[Found]:
    """Join found quotations of one speaker that lie in one expected quotation: how it is cut is no error."""
    homes: dict[tuple[int, str | None], list[Found]] = {}
    for number, quote in enumerate(found):
        words = words_in(case.text, quote.content)
        home = next(
            (
                index
                for index, expected in enumerate(case.expected)
                if not expected.optional and len(words & words_in(case.text, expected.content)) * 10 > len(words) * 9
            ),
            -1 - number,
        )
        homes.setdefault((home, quote.speaker), []).append(quote)
    return [_union(quotes) for quotes in homes.values()]


def _union(quotes: Sequence[Found]) -> Found:
    first = next((quote for quote in quotes if quote.source), quotes[0])
    return replace(first, content=tuple(sorted(span for quote in quotes for span in quote.content)))


def _match(case: Case, found: Sequence[Found]) -> dict[int, int]:
    """Expected to found, one to one, required ones first, then best similarity first."""
    scored = [
        (expected.optional, -similarity(case.text, expected.content, quote.content), i, j)
        for i, expected in enumerate(case.expected)
        for j, quote in enumerate(found)
    ]
    pairs: dict[int, int] = {}
    for _, minus, i, j in sorted(scored):
        if -minus >= MIN_JACCARD and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _tolerated(case: Case, quote: Found) -> bool:
    """A thought that nobody asked about, an indirect one where extra ones may be, a part of an optional one."""
    if quote.type in case.extra or (case.expected and quote.mode == "thought"):
        return True
    words = words_in(case.text, quote.content)
    return any(
        expected.optional and len(words & words_in(case.text, expected.content)) * 2 >= len(words)
        for expected in case.expected
    )


def _flaws(case: Case, expected: Expected, quote: Found) -> list[str]:
    shown = _shown(case.text, expected.content)
    flaws = []
    if not _source_right(case, expected, quote):
        wanted, got = (_shown(case.text, [s]) if s else "-" for s in (expected.source, quote.source))
        flaws.append(f"SOURCE    {wanted} expected, {got} found for {shown} by {quote.rule}")
    if not any(same_name(name, quote.speaker) for name in expected.speakers):
        flaws.append(f"SPEAKER   {expected.speakers} expected, {quote.speaker} found for {shown}")
    if quote.type != expected.type and not _turn(expected):
        flaws.append(f"TYPE      {expected.type} expected, {quote.type} found for {shown}")
    modes = expected.flags & {"speech", "writing", "thought"}
    if quote.mode not in (modes or {"speech", "writing"}):
        flaws.append(f"MODE      {'/'.join(modes) or 'speech'} expected, {quote.mode} found for {shown}")
    if "headline" in expected.flags and not quote.in_headline:
        flaws.append(f"HEADLINE  not marked as one: {shown}")
    if "repeats" in expected.flags and not quote.repeats:
        flaws.append(f"REPEATS   not linked to the quotation of the body: {shown}")
    return flaws


def _turn(expected: Expected) -> bool:
    """Whether it is a transcript's turn, words without marks and cue, whose type is a matter of taste."""
    return expected.type == "indirect" and expected.cue is None


def _source_right(case: Case, expected: Expected, quote: Found) -> bool:
    """Overlap of half of the found words; a quotation without a cue may name any mention of its speaker."""
    if expected.source is None or quote.source is None:
        return expected.source is quote.source
    mine = words_in(case.text, [quote.source])
    sources = [expected.source]
    if expected.cue is None:
        sources += [other.source for other in case.expected if other.source and other.speakers == expected.speakers]
    return any(len(mine & words_in(case.text, [source])) * 2 >= len(mine) > 0 for source in sources)


def _shown(text: str, spans: Sequence[Pair]) -> str:
    pieces = [text[a:b].replace("\n", " / ") for a, b in spans]
    return " + ".join(piece if len(piece) <= 90 else f"{piece[:50]} […] {piece[-30:]}" for piece in pieces)
