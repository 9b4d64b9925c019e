"""Who is speaking, given the right source: the share of right names on annotated articles, by kind and rule.

    python benchmarks/speakers.py [GOLD.jsonl ...] [--half 0|1] [--errors] [--cases]

The oracle measure of ``service/extraction/speakers.py``: each gold quotation's content and source go in as an
attribution, and the name that comes out is compared as the scorer does it (``speaker_right`` of
``../shared/bench/score.py``: first and last name of a person, containment for others, none where the gold
has none). By default on the development articles and the seeds. Rows: the kind of source mention, then the
rule that fired with its committed confidence beside its precision. ``--half`` takes every other article only,
so that one half can stay unread while working on the other; ``--errors`` lists the mistakes of what is taken.
``--cases`` measures on the invented texts of ``tests/cases/speakers.json`` instead, which needs no scorer.
Without the scorer there is nothing to measure with: the program says so and ends well.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
GOLD = (BENCH / "data" / "polnear-dev.jsonl", BENCH / "data" / "seeds.jsonl")
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "extraction")]

from speaker_cases import load_cases  # noqa: E402

from service.documents import read_text  # noqa: E402
from service.extraction.models import Attribution, Span  # noqa: E402
from service.extraction.quotations import find_stretches  # noqa: E402
from service.extraction.reading import load_model, read  # noqa: E402
from service.extraction.speakers import CONFIDENCE, resolve  # noqa: E402

PRONOUNS = {
    "he, she": {"he", "she", "him", "her", "his", "hers", "himself", "herself"},
    "it": {"it", "its"},
    "they": {"they", "them", "their"},
    "I, we, you": {"i", "we", "me", "my", "our", "you", "your"},
    "who, which, that": {"who", "whom", "whose", "which", "that"},
}


@dataclass(frozen=True)
class Asked:
    """A source in a text, its kind, and the test of a name found for it."""

    source: Span | None
    content: tuple[Span, ...]
    kind: str
    right: Callable[[str | None], bool]


@dataclass
class Tally:
    """Answers counted: right, wrong, and none where there should be a name."""

    right: int = 0
    wrong: int = 0
    none: int = 0

    def row(self, name: str, note: str = "") -> str:
        total = self.right + self.wrong + self.none
        named = self.right + self.wrong
        share, precision = 100 * self.right / total, 100 * self.right / named if named else 0.0
        wrong, abstained = 100 * self.wrong / total, 100 * self.none / total
        return f"{name:24}{total:6}{share:8.1f}{wrong:8.1f}{abstained:8.1f}{precision:11.1f}  {note}"


def load_scorer(path: Path) -> ModuleType | None:
    """Import the scorer from its file, or return None where there is none."""
    spec = importlib.util.spec_from_file_location("score", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mention_kind(source: str, quote: dict[str, Any]) -> str:
    """Return the kind of a source mention: a pronoun, a person by name or role, or the gold's kind."""
    words = source.lower().split()
    if not words:
        return "no source"
    for kind, pronouns in PRONOUNS.items():
        if words[0] in pronouns and (len(words) == 1 or kind == "he, she") and source != "US":
            return kind
    if quote["speaker_kind"] != "person":
        return quote["speaker_kind"]
    full = any(name.lower() in source.lower() for name in quote["speaker"])
    surnames = (name.split()[-1].lower() for name in quote["speaker"] if name)
    return "full name" if full else "surname" if any(last in source.lower() for last in surnames) else "role"


def gold_articles(path: Path, scorer: ModuleType, half: int | None) -> Iterator[tuple[str, str, list[Asked]]]:
    """Yield the id, text and sources of each gold article."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows if half is None else rows[half::2]:
        yield row["id"], row["text"], [_asked(row["text"], quote, scorer) for quote in row["quotes"]]


def _asked(text: str, quote: dict[str, Any], scorer: ModuleType) -> Asked:
    source = None
    if quote["source"]:
        head = quote.get("source_head") or quote["source"][0]
        source = Span(*next((s for s in quote["source"] if s[0] <= head[0] < s[1]), quote["source"][0]))
    content = tuple(Span(*part) for part in quote["content"])
    kind = mention_kind(source.of(text) if source else "", quote)
    return Asked(source, content, kind, lambda name: scorer.speaker_right(quote, name))


def case_articles() -> Iterator[tuple[str, str, list[Asked]]]:
    """Yield the invented texts in the same form."""
    for case in load_cases():
        asked = [
            Asked(source, (Span(source.end, source.end + 1),), case.kind, answers.__contains__)
            for source, answers in zip(case.sources, case.speakers, strict=True)
        ]
        yield case.id, case.text, asked


def measure(articles: Iterator[tuple[str, str, list[Asked]]], *, errors: bool) -> None:
    """Resolve all sources and print the tables."""
    nlp = load_model()
    kinds: dict[str, Tally] = defaultdict(Tally)
    rules: dict[str, Tally] = defaultdict(Tally)
    whole, tokens, seconds = Tally(), 0, 0.0
    for identifier, text, asked in articles:
        article = read_text(text)
        stretches = find_stretches(article.text, article.paragraphs)
        doc = read(nlp, article, stretches)
        given = [Attribution(a.content, None, a.source, "gold", 1.0) for a in asked]
        started = time.process_time()
        resolutions, speakers = resolve(doc, article, stretches, given)
        seconds += time.process_time() - started
        tokens += len(doc)
        names = {speaker.id: speaker.name for speaker in speakers}
        for question, found in zip(asked, resolutions, strict=True):
            name = names.get(found.speaker or "")
            outcome = "right" if question.right(name) else "wrong" if name else "none"
            for tally in (kinds[question.kind], rules[found.rule], whole):
                setattr(tally, outcome, getattr(tally, outcome) + 1)
            if errors and outcome != "right":
                shown = question.source.of(article.text) if question.source else "-"
                print(f"{identifier[:40]:40} {found.rule:20} [{shown[:60]}] {name}")
    _print(kinds, rules, whole, 1e6 * seconds / max(1, tokens))


def _print(kinds: dict[str, Tally], rules: dict[str, Tally], whole: Tally, cost: float) -> None:
    head = f"{'':24}{'asked':>6}{'right':>8}{'wrong':>8}{'none':>8}{'precision':>11}"
    print(f"{head}\n" + "\n".join(tally.row(kind) for kind, tally in _by_size(kinds)))
    print(whole.row("ALL", f"{cost:.0f} µs of processor a token") + f"\n\n{head}  confidence")
    for rule, tally in _by_size(rules):
        print(tally.row(rule, f"{CONFIDENCE[rule]:.2f}" if rule in CONFIDENCE else "-"))


def _by_size(tallies: dict[str, Tally]) -> list[tuple[str, Tally]]:
    return sorted(tallies.items(), key=lambda item: -(item[1].right + item[1].wrong + item[1].none))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="*", default=GOLD)
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="every other article, from the first or second on"
    )
    parser.add_argument("--errors", action="store_true", help="list the mistakes")
    parser.add_argument("--cases", action="store_true", help="measure on the invented texts")
    args = parser.parse_args()
    if args.cases:
        measure(case_articles(), errors=args.errors)
        return 0
    scorer = load_scorer(BENCH / "score.py")
    if scorer is None:
        print(f"skipped: there is no scorer at {BENCH / 'score.py'}")
        return 0
    for path in args.gold:
        half = "" if args.half is None else f", half {args.half}"
        print(f"{path.name}{half}")
        measure(gold_articles(path, scorer, args.half), errors=args.errors)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
