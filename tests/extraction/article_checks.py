"""Compares what was found in an invented article with what should be, and says what is wrong.

A quotation counts as found when the word tokens of the two contents have a Jaccard index of at least 0.5; how
it is cut into pieces is no error. Then its source must overlap the expected one, and its speaker, type and
mode must be right. Nothing here runs the service: a found quotation comes in as a plain :class:`Found`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from article_cases import MODES, Case, Expected, Pair

if TYPE_CHECKING:
    from service.extraction.models import Extraction

WORD = re.compile(r"\w+(?:['’]\w+)*")
MIN_JACCARD = 0.5
LEADING = frozenset({"the", "a", "an"})
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "sen",
        "rep",
        "gov",
        "president",
        "senator",
        "secretary",
        "judge",
        "justice",
        "prof",
        "rev",
        "professor",
        "captain",
        "capt",
        "inspector",
        "superintendent",
        "sergeant",
        "sgt",
        "constable",
        "councillor",
        "cllr",
    ]
)


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


def found_in(extraction: Extraction) -> list[Found]:
    """The quotations of an extraction in the plain values that the cases are compared with."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    return [
        Found(
            content=tuple((span.start, span.end) for span in quote.content),
            source=(quote.source.start, quote.source.end) if quote.source else None,
            speaker=names[quote.speaker] if quote.speaker else None,
            type=quote.type,
            mode=quote.mode,
            rule=quote.rule,
            in_headline=quote.in_headline,
            repeats=quote.repeats is not None,
        )
        for quote in extraction.quotes
    ]


def words_in(text: str, spans: Iterable[Pair]) -> frozenset[int]:
    """The starts of the words that lie in one of the spans."""
    spans = list(spans)
    return frozenset(
        match.start()
        for match in WORD.finditer(text)
        if any(a <= match.start() and match.end() <= b for a, b in spans)
    )


def similarity(text: str, first: Iterable[Pair], second: Iterable[Pair]) -> float:
    """Jaccard index of the word tokens that two contents cover."""
    a, b = words_in(text, first), words_in(text, second)
    return len(a & b) / len(a | b) if a | b else 0.0


def right_name(expected: Expected, found: str | None) -> bool:
    """Whether the speaker that was found is one of those that are accepted."""
    return any(same_name(name, found, person=expected.speaker_kind == "person") for name in expected.speakers)


def same_name(expected: str | None, found: str | None, *, person: bool) -> bool:
    """Whether two names mean one speaker: first and last name agree, of others one contains the other."""
    if expected is None or found is None:
        return expected is found
    truth, mine = (_name_words(name) for name in (expected, found))
    if truth == mine:
        return True
    if not truth or not mine:
        return False
    if person:
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
                if not expected.optional
                and len(words & words_in(case.text, expected.content)) * 10 > len(words) * 9
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
    """A thought nobody asked about, an indirect one where extra ones may be, part of an optional one."""
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
    if not right_name(expected, quote.speaker):
        flaws.append(f"SPEAKER   {expected.speakers} expected, {quote.speaker} found for {shown}")
    if quote.type not in expected.types and not _turn(expected):
        flaws.append(f"TYPE      {'/'.join(expected.types)} expected, {quote.type} found for {shown}")
    modes = expected.flags & MODES
    if quote.mode not in (modes or {"speech", "writing"}):
        flaws.append(f"MODE      {'/'.join(modes) or 'speech'} expected, {quote.mode} found for {shown}")
    if "headline" in expected.flags and not quote.in_headline:
        flaws.append(f"HEADLINE  not marked as one: {shown}")
    if "repeats" in expected.flags and not quote.repeats:
        flaws.append(f"REPEATS   not linked to the quotation of the body: {shown}")
    return flaws


def _turn(expected: Expected) -> bool:
    """Whether it is a transcript's turn, words without marks and cue, whose type is a matter of taste."""
    return expected.cue is None and expected.types == {"indirect"}


def _source_right(case: Case, expected: Expected, quote: Found) -> bool:
    """Overlap of half of the found words; a quotation without a cue may name any mention of its speaker."""
    if not expected.sources or quote.source is None:
        return not expected.sources and quote.source is None
    mine = words_in(case.text, [quote.source])
    sources = [*expected.sources]
    if expected.cue is None:
        sources += [
            s for other in case.expected if other.speakers == expected.speakers for s in other.sources
        ]
    return any(len(mine & words_in(case.text, [source])) * 2 >= len(mine) > 0 for source in sources)


def _shown(text: str, spans: Sequence[Pair]) -> str:
    pieces = [text[a:b].replace("\n", " / ") for a, b in spans]
    return " + ".join(piece if len(piece) <= 90 else f"{piece[:50]} […] {piece[-30:]}" for piece in pieces)
