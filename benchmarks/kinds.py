"""Accuracy by kind of article, on the invented articles of ``tests/cases/articles``.

    python benchmarks/kinds.py [--scorer PATH] [--errors] [--json FILE] [KIND ...]

A row a kind: how many cases there are and how many are without any mistake; then, over segments as the scorer
cuts and matches them, P, R and F1 of content, F1 of content with the right source (e2e), F1 of content with
the right speaker (resolved), and the share of found quotations that carry a wrong name (a missing name is not
a wrong one, nor is a description left unresolved). It measures what the service answers by default: thoughts
are neither asked for nor held against it. ``--errors`` prints the mistakes case by case. The scorer is
``../shared/bench/score.py``; without it there is nothing to measure with: the program says so and ends well.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCORER = ROOT.parent / "shared" / "bench" / "score.py"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "extraction")]

from article_cases import Case, Expected, load_cases  # noqa: E402
from article_checks import Found, compare, found_in, right_name, similarity  # noqa: E402

from service.documents import read_text  # noqa: E402
from service.extraction.learned.scorer import load_scorer as load_learned  # noqa: E402
from service.extraction.pipeline import extract  # noqa: E402
from service.extraction.reading import load_model  # noqa: E402

HEAD_ENDS = (
    " of ",
    " for ",
    " from ",
    " at ",
    " in ",
    " by ",
    " to ",
    " who ",
    " which ",
    " with ",
    ", ",
    "’s ",
)


def load_scorer(path: Path) -> ModuleType | None:
    """Import the scorer from its file, or return None where there is none."""
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def source_head(text: str, source: tuple[int, int] | None) -> list[int] | None:
    """Guess the head word of a noun phrase: the last word before its first preposition or relative clause."""
    if source is None:
        return None
    phrase = text[slice(*source)]
    core = phrase[: min([phrase.find(end) for end in HEAD_ENDS if phrase.find(end) > 0], default=len(phrase))]
    start = core.rstrip().rfind(" ") + 1
    return [source[0] + start, source[0] + len(core.rstrip())]


def gold_quote(case: Case, expected: Expected) -> dict[str, Any]:
    """One expected quotation in the scorer's gold format, with the expectation itself for its speakers."""
    return {
        "content": [list(span) for span in expected.content],
        "source": [list(expected.source)] if expected.source else [],
        "cue": [list(expected.cue)] if expected.cue else [],
        "source_head": source_head(case.text, expected.source),
        "speaker": [name for name in expected.speakers if name],
        "speaker_kind": expected.speaker_kind,
        "optional": expected.optional or "thought" in expected.flags,
        "expected": expected,
    }


def predicted_quote(quote: Found) -> dict[str, Any]:
    """One found quotation in the scorer's format of predictions."""
    return {
        "content": [list(span) for span in quote.content],
        "source": [list(quote.source)] if quote.source else [],
        "speaker": quote.speaker,
    }


def _counts(case: Case, quote: Found) -> bool:
    """Whether a found quotation is scored: no thought, and none of a sort that the case tolerates."""
    wanted = any(similarity(case.text, e.content, quote.content) >= 0.5 for e in case.expected)
    return quote.mode != "thought" and (wanted or quote.type not in case.extra)


def _describes(case: Case, speaker: str, expected: Expected) -> bool:
    """Whether an answer only repeats the source's words ("the harbourmaster"): too little, but not wrong."""
    words = {word.lower() for word in speaker.split()} - {"a", "an", "the"}
    sources = [case.text[start:end].lower().replace(",", "").split() for start, end in expected.sources]
    return any(words <= set(source) for source in sources)


def measure(scorer: ModuleType, case: Case, found: list[Found]) -> Counter[str]:
    """Count what the table needs for one case."""
    article = scorer.Article(case.text)
    quotes = [gold_quote(case, expected) for expected in case.expected]
    gold, optional = (
        [(s, q) for q in quotes if q["optional"] is flag for s in article.segments(q)]
        for flag in (False, True)
    )
    predicted = [
        (s, q)
        for q in (predicted_quote(quote) for quote in found if _counts(case, quote))
        for s in article.segments(q)
    ]
    wanted = {j for _, j in scorer.match(gold, predicted, scorer.MIN_JACCARD)}
    predicted = [
        (s, q)
        for j, (s, q) in enumerate(predicted)
        if j in wanted or not any(len(s & o) * 2 >= len(s) for o, _ in optional)
    ]
    pairs = [(gold[i][1], predicted[j][1]) for i, j in scorer.match(gold, predicted, scorer.MIN_JACCARD)]
    named = [right_name(g["expected"], p["speaker"]) for g, p in pairs]
    return Counter(
        cases=1,
        flawless=not compare(case, found),
        gold=len(gold),
        predicted=len(predicted),
        matched=len(pairs),
        e2e=sum(scorer.source_right(article, g, p) for g, p in pairs),
        resolved=sum(named),
        wrong=sum(
            not right and p["speaker"] is not None and not _describes(case, p["speaker"], g["expected"])
            for right, (g, p) in zip(named, pairs, strict=True)
        ),
    )


def figures(count: Counter[str]) -> dict[str, float]:
    """Turn counts into the figures of a row; every rate is a percentage."""

    def f1(hits: int) -> float:
        total = count["gold"] + count["predicted"]
        return 200 * hits / total if total else 100.0

    return {
        "cases": count["cases"],
        "flawless": count["flawless"],
        "quotes": count["gold"],
        "P": 100 * count["matched"] / count["predicted"] if count["predicted"] else 100.0,
        "R": 100 * count["matched"] / count["gold"] if count["gold"] else 100.0,
        "F1": f1(count["matched"]),
        "e2e F1": f1(count["e2e"]),
        "resolved F1": f1(count["resolved"]),
        "wrong speaker": 100 * count["wrong"] / count["matched"] if count["matched"] else 0.0,
    }


def print_table(rows: dict[str, dict[str, float]]) -> None:
    """Print a row a kind, the total last."""
    print(
        f"{'kind':20}{'cases':>7}{'flawless':>10}{'quotes':>8}{'P':>7}{'R':>7}{'F1':>7}{'e2e F1':>8}"
        f"{'resolved':>10}{'wrong %':>9}"
    )
    for kind, row in rows.items():
        print(
            f"{kind:20}{row['cases']:7}{row['flawless']:10}{row['quotes']:8}{row['P']:7.1f}{row['R']:7.1f}"
            f"{row['F1']:7.1f}{row['e2e F1']:8.1f}{row['resolved F1']:10.1f}{row['wrong speaker']:9.1f}"
        )


def main() -> int:
    """Run the cases of the kinds that were asked for, all without any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--rules", action="store_true", help="leave the learned scorer out")
    parser.add_argument("--errors", action="store_true", help="print the mistakes case by case")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    if scorer is None:
        print(f"kinds: skipped, there is no scorer at {args.scorer}", file=sys.stderr)
        return 0
    nlp, learned = load_model(), None if args.rules else load_learned()
    counts: dict[str, Counter[str]] = {}
    for case in load_cases():
        if args.kinds and case.kind not in args.kinds:
            continue
        found = found_in(extract(nlp, read_text(case.text), scorer=learned))
        for kind in (case.kind, "all"):
            counts.setdefault(kind, Counter()).update(measure(scorer, case, found))
        if args.errors and (report := compare(case, found)):
            print(f"{case.id}\n{report}\n")
    rows = {kind: figures(counts[kind]) for kind in sorted(counts, key=lambda kind: (kind == "all", kind))}
    print_table(rows)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
