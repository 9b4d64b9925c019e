"""Accuracy on annotated articles: run the service on them and print the scorer's table.

    python benchmarks/accuracy.py [GOLD.jsonl ...] [--system learned] [--direct] [--rules] [--keep DIR]

A gold file has a line an article, ``{"id", "text", "quotes": [...]}``, as the scorer
``../shared/bench/score.py`` explains; by default the development articles and the seeds beside it. The
articles go through ``quotes batch``, as any caller's would, with the attribution that ``--system`` names in
``ATTRIBUTION``; with ``--direct``, straight through the pipeline in this process. Two tables a system: of
everything that it finds, and of what it answers by default, which leaves thoughts out. ``--rules`` prints,
rule by rule, how many segments it gave and how many of them are right, to set its confidence by. Without the
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

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
GOLD = (BENCH / "data" / "polnear-dev.jsonl", BENCH / "data" / "seeds.jsonl")
MODES = ["speech", "writing", "thought"]
SYSTEMS = ("learned", "rules")

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


def main(arguments: list[str] | None = None) -> int:
    """Score each gold file; 0 also where there is nothing to score with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="*", default=list(GOLD))
    parser.add_argument("--scorer", type=Path, default=BENCH / "score.py")
    parser.add_argument("--system", choices=SYSTEMS, action="append", help="what attributes; may be repeated")
    parser.add_argument("--direct", action="store_true", help="call the pipeline in this process")
    parser.add_argument("--rules", action="store_true", help="print the precision of each rule")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the predictions there")
    options = parser.parse_args(arguments)
    scorer = load_scorer(options.scorer)
    if scorer is None:
        print(f"accuracy: skipped, for there is no scorer at {options.scorer}")
        return 0
    for path in options.gold:
        golds = read_rows(path)
        for system in options.system or SYSTEMS:
            found = predictions(golds, system, direct=options.direct)
            by_id = {row["id"]: row for row in golds}
            for name, rows in (("all modes", found), ("default answer", by_default(found))):
                print(f"\n{path.name}, {len(golds)} articles, {system}, {name}")
                print_table(scorer.score(by_id, {row["id"]: row for row in rows}), scorer.CLASSES)
            if options.rules:
                print_rules(scorer, golds, found)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                text = "".join(json.dumps(row) + "\n" for row in found)
                (options.keep / f"{path.stem}-{system}.jsonl").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
