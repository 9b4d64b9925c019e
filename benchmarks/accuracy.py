"""Accuracy on annotated articles: run the service on them and print the scorer's table.

    python benchmarks/accuracy.py [GOLD.jsonl ...] [--system learned] [--direct] [--rules] [--keep DIR]
                                  [--plots DIR] [--write | --check]

A gold file has a line an article, ``{"id", "text", "quotes": [...]}``, as the scorer
``../shared/bench/score.py`` explains; by default the development articles and the seeds beside it. The
articles go through ``quotes batch``, as any caller's would, with the attribution that ``--system`` names in
``ATTRIBUTION``; with ``--direct``, straight through the pipeline in this process. Two tables a system: of
everything that it finds, and of what it answers by default, which leaves thoughts out. ``--rules`` prints,
rule by rule, how many segments it gave and how many of them are right, to set its confidence by. Below the
table of everything stands what confidence is worth; ``--plots`` draws it. ``--check`` fails when a figure
that ``accuracy.json`` keeps has fallen by more than half a point, ``--write`` keeps today's. Without the
scorer there is nothing to measure with: the program says so and ends well.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from calibration import Judged, draw, judge, print_calibration

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
GOLD = (BENCH / "data" / "polnear-dev.jsonl", BENCH / "data" / "seeds.jsonl")
MODES = ["speech", "writing", "thought"]
SYSTEMS = ("learned", "rules")
KEPT = Path(__file__).with_name("accuracy.json")
KEPT_FIGURES = {
    "quoted": ("e2e F1", "resolved F1"),
    "indirect": ("e2e F1",),
    "all": ("e2e F1", "resolved F1"),
}
GATED = (("polnear-dev", "quoted", "e2e F1"), ("polnear-dev", "all", "e2e F1"))
"""What must not fall: gold file, class and figure, for every system."""
SLACK = 0.5
"""Points of F1 by which a gated figure may fall before the check fails."""

Row = dict[str, Any]


def load_scorer(path: Path) -> ModuleType | None:
    """Import the scorer from its file, or return None where there is none."""
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(path: Path) -> list[Row]:
    """Return the JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def through_batch(articles: Iterable[Row], system: str) -> list[Row]:
    """Return the results of ``quotes batch`` with the given attribution; raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        with source.open("w", encoding="utf-8") as lines:
            for article in articles:
                request = {"id": article["id"], "text": article["text"], "options": {"modes": MODES}}
                lines.write(json.dumps(request) + "\n")
        command = [sys.executable, "-m", "service", "batch", str(source), str(target)]
        environment = {**os.environ, "ATTRIBUTION": system}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        return read_rows(target)


def through_pipeline(articles: Iterable[Row], system: str) -> Iterator[Row]:
    """Yield results of the pipeline run in this process, in the form of ``quotes batch``."""
    sys.path.insert(0, str(ROOT))
    from service.documents import read_text  # noqa: PLC0415
    from service.extraction.learned.scorer import load_scorer  # noqa: PLC0415
    from service.extraction.pipeline import extract  # noqa: PLC0415
    from service.extraction.reading import load_model  # noqa: PLC0415

    nlp, scorer = load_model(), load_scorer() if system == "learned" else None
    for article in articles:
        found = extract(nlp, read_text(article["text"]), scorer=scorer)
        quotes = [
            {
                "content": [{"start": span.start, "end": span.end} for span in quote.content],
                "source": {"start": quote.source.start, "end": quote.source.end} if quote.source else None,
                "speaker": quote.speaker,
                "rule": quote.rule,
                "mode": quote.mode,
                "confidence": quote.confidence,
            }
            for quote in found.quotes
        ]
        speakers = [{"id": speaker.id, "name": speaker.name} for speaker in found.speakers]
        yield {"id": article["id"], "quotes": quotes, "speakers": speakers}


def prediction(result: Row) -> Row:
    """Return a result in the scorer's form; a problem in a result's place is an article without quotes."""
    names = {speaker["id"]: speaker["name"] for speaker in result.get("speakers", [])}
    quotes = [
        {
            "content": [[span["start"], span["end"]] for span in quote["content"]],
            "source": [[quote["source"]["start"], quote["source"]["end"]]] if quote["source"] else [],
            "speaker": names.get(quote["speaker"]),
            "rule": quote["rule"],
            "mode": quote["mode"],
            "confidence": quote["confidence"],
        }
        for quote in result.get("quotes", [])
    ]
    return {"id": result.get("id"), "quotes": quotes}


def predictions(articles: list[Row], system: str, *, direct: bool) -> list[Row]:
    """Return what a system finds in the articles, in the scorer's form and in their order."""
    results = through_pipeline(articles, system) if direct else through_batch(articles, system)
    found = [prediction(result) for result in results]
    for article, row in zip(articles, found, strict=True):
        row["id"] = article["id"]
    return found


def by_default(found: Iterable[Row]) -> list[Row]:
    """Return predictions without the thoughts, as the service answers when nobody asks for them."""
    return [{**row, "quotes": [q for q in row["quotes"] if q["mode"] != "thought"]} for row in found]


def print_table(scored: Row, classes: Iterable[str]) -> None:
    """Print the scorer's figures per class, in percent, and its token rows."""
    head = (
        "P",
        "R",
        "F1",
        "exact F1",
        "source acc",
        "e2e P",
        "e2e R",
        "e2e F1",
        "speaker acc",
        "resolved F1",
    )
    print(f"{'class':9}{'gold':>6}{'pred':>6}" + "".join(f"{name:>12}" for name in head))
    for name in classes:
        row = scored[name]
        figures = (f"{100 * row[key]:12.1f}" if row[key] is not None else f"{'-':>12}" for key in head)
        print(f"{name:9}{row['gold']:6}{row['predicted']:6}" + "".join(figures))
    for name, row in scored["token"].items():
        print(f"token: {name:20} P {100 * row['P']:5.1f}  R {100 * row['R']:5.1f}  F1 {100 * row['F1']:5.1f}")


def print_rules(scorer: ModuleType, golds: list[Row], found: list[Row]) -> None:
    """Print per rule its segments, the share whose content is right, and whose source is right too."""
    given: Counter[str] = Counter()
    content: Counter[str] = Counter()
    right: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for gold, row in zip(golds, found, strict=True):
        article = scorer.Article(gold["text"])
        wanted = [(s, q) for q in gold["quotes"] if not q.get("optional") for s in article.segments(q)]
        segments = [(s, q) for q in row["quotes"] for s in article.segments(q)]
        for _, quote in segments:
            given[quote["rule"]] += 1
            sure[quote["rule"]] += quote["confidence"]
        for g, p in scorer.match(wanted, segments, scorer.MIN_JACCARD):
            rule = segments[p][1]["rule"]
            content[rule] += 1
            right[rule] += scorer.source_right(article, wanted[g][1], segments[p][1])
    print(f"{'rule':18}{'segments':>9}{'content':>9}{'e2e':>7}{'confidence':>12}")
    for rule, count in given.most_common():
        shares = (100 * content[rule] / count, 100 * right[rule] / count, 100 * sure[rule] / count)
        print(f"{rule:18}{count:9}{shares[0]:9.1f}{shares[1]:7.1f}{shares[2]:12.1f}")


def judged_classes(scorer: ModuleType, golds: list[Row], found: list[Row]) -> dict[str, Judged]:
    """Return the answers to quoted speech and all answers, judged one by one."""
    return {name: judge(scorer, golds, found, scorer.CLASSES[name]) for name in ("quoted", "all")}


def kept_figures(scored: Row) -> Row:
    """Return the figures of a table that are kept from one change to the next, in percent."""
    return {
        name: {key: round(100 * scored[name][key], 1) for key in keys if scored[name][key] is not None}
        for name, keys in KEPT_FIGURES.items()
    }


def fallen(kept: Row, now: Row) -> list[str]:
    """Say which gated figure has fallen by more than the slack, one sentence each."""
    return [
        f"{gold}, {system}, {name}, {key}: {classes[name][key]} now, {before} kept"
        for gold, name, key in GATED
        for system, classes in now.get(gold, {}).items()
        for before in (kept.get(gold, {}).get(system, {}).get(name, {}).get(key),)
        if before is not None and classes[name][key] < before - SLACK
    ]


def measure(scorer: ModuleType, path: Path, system: str, options: argparse.Namespace) -> Row:
    """Print what one system is worth on one gold file, and return the figures to keep."""
    golds = read_rows(path)
    found = predictions(golds, system, direct=options.direct)
    by_id = {row["id"]: row for row in golds}
    print(f"\n{path.name}, {len(golds)} articles, {system}, all modes")
    scored = scorer.score(by_id, {row["id"]: row for row in found})
    print_table(scored, scorer.CLASSES)
    classes = judged_classes(scorer, golds, found)
    print_calibration(classes)
    print(f"\n{path.name}, {len(golds)} articles, {system}, default answer")
    print_table(scorer.score(by_id, {row["id"]: row for row in by_default(found)}), scorer.CLASSES)
    if options.rules:
        print_rules(scorer, golds, found)
    if options.plots:
        draw(classes, options.plots, f"{path.stem}-{system}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(row) + "\n" for row in found)
        (options.keep / f"{path.stem}-{system}.jsonl").write_text(text, encoding="utf-8")
    return kept_figures(scored)


def main(arguments: list[str] | None = None) -> int:
    """Score each gold file; 0 also where there is nothing to score with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="*", default=list(GOLD))
    parser.add_argument("--scorer", type=Path, default=BENCH / "score.py")
    parser.add_argument("--system", choices=SYSTEMS, action="append", help="what attributes; may be repeated")
    parser.add_argument("--direct", action="store_true", help="call the pipeline in this process")
    parser.add_argument("--rules", action="store_true", help="print the precision of each rule")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the predictions there")
    parser.add_argument(
        "--plots", type=Path, metavar="DIR", help="draw reliability and precision by recall there"
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--check", action="store_true", help=f"fail when a figure of {KEPT.name} has fallen")
    kept.add_argument("--write", action="store_true", help=f"keep the figures in {KEPT.name}")
    options = parser.parse_args(arguments)
    scorer = load_scorer(options.scorer)
    if scorer is None:
        print(f"accuracy: skipped, for there is no scorer at {options.scorer}")
        return 0
    systems = options.system or SYSTEMS
    now = {path.stem: {one: measure(scorer, path, one, options) for one in systems} for path in options.gold}
    if options.write:
        KEPT.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    worse = fallen(json.loads(KEPT.read_text(encoding="utf-8")), now) if options.check else []
    print("".join(f"\nFallen by more than {SLACK}: {line}" for line in worse), end="\n" if worse else "")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
