"""Where the points go: every mistake on annotated articles, sorted into classes, with counts.

    python benchmarks/errors.py [GOLD.jsonl] [--system learned] [--show CLASS] [--limit N]

A gold segment that nothing matches is missed (nothing overlaps it) or cut wrongly (something does); a
predicted segment that matches and overlaps nothing is spurious; a match may have the wrong source; the
right source may have the wrong speaker. The classes divide these further by what is told apart without
reading: quoted or indirect, too long or too short, one or two words, whom the source names.
``--show`` prints the cases of one class. Everything is scored in all modes, as ``accuracy.py`` does.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from accuracy import BENCH, GOLD, SYSTEMS, Row, load_scorer, predictions, read_rows

Segment = tuple[frozenset[int], Row]
PRONOUNS = {"he", "she", "they", "it", "i", "we", "who", "which", "his", "her", "their", "its", "my", "our"}


class Mistake(NamedTuple):
    """One mistake: its class, and a line about it."""

    kind: str
    line: str


def mistakes(scorer: ModuleType, gold: Row, found: Row) -> Iterator[Mistake]:
    """Yield the mistakes in one article."""
    article = scorer.Article(gold["text"])
    wanted = [(s, q) for q in gold["quotes"] if not q.get("optional") for s in article.segments(q)]
    given = [(s, q) for q in found["quotes"] for s in article.segments(q)]
    pairs = scorer.match(wanted, given, scorer.MIN_JACCARD)
    matched, used = {g for g, _ in pairs}, {p for _, p in pairs}
    for number, segment in enumerate(wanted):
        if number not in matched:
            yield _unmatched(article, gold["text"], segment, given)
    for number, (words, quote) in enumerate(given):
        if number not in used and not any(words & other for other, _ in wanted):
            kind = f"spurious, {_class(article, words)}, {quote['mode']}"
            yield Mistake(kind, f"{_source(gold['text'], quote)} {_cut(article, gold['text'], words)}")
    for g, p in pairs:
        yield from _wrong(scorer, article, gold["text"], wanted[g], given[p])


def _unmatched(article: Any, text: str, segment: Segment, given: list[Segment]) -> Mistake:
    words, quote = segment
    kind = _class(article, words)
    line = f"{_source(text, quote)} {_cut(article, text, words)}"
    overlapping = [other for other, _ in given if other & words]
    if overlapping:
        best = max(overlapping, key=lambda other: len(other & words))
        how = "too long" if len(best) > len(words) else "too short"
        return Mistake(f"cut wrongly, {kind}, {how}", f"{line}  GOT {_cut(article, text, best)}")
    if not quote.get("cue"):
        return Mistake(f"missed, {kind}, no cue", line)
    if len(words) <= 2:
        return Mistake(f"missed, {kind}, one or two words", line)
    return Mistake(f"missed, {kind}, cue not taken", f"{line}  CUE {_words(text, quote['cue'])}")


def _wrong(scorer: ModuleType, article: Any, text: str, wanted: Segment, given: Segment) -> Iterator[Mistake]:
    words, gold = wanted
    found = given[1]
    kind = _class(article, words)
    line = f"{_source(text, gold)} GOT {_source(text, found)} {found['speaker']} {_cut(article, text, words)}"
    if not scorer.source_right(article, gold, found):
        if not gold["source"]:
            how = "none in the gold"
        elif not found["source"]:
            how = "none given"
        else:
            shared = article.covered(gold["source"]) & article.covered(found["source"])
            how = "too much or too little" if shared else "another"
        yield Mistake(f"wrong source, {kind}, {how}", line)
    elif "speaker" in gold and not scorer.speaker_right(gold, found["speaker"]):
        how = "none given" if found["speaker"] is None else "another"
        yield Mistake(f"wrong speaker, {_mention(text, gold)}, {how}", f"{line} FOR {gold['speaker']}")


def _class(article: Any, words: frozenset[int]) -> str:
    return "indirect" if article.kind(words) == "indirect" else "quoted"


def _mention(text: str, quote: Row) -> str:
    said_by = _words(text, quote["source"]).lower()
    if not said_by:
        return "no source"
    return "pronoun" if said_by.split()[0] in PRONOUNS else "name or description"


def _words(text: str, spans: list[list[int]]) -> str:
    return " + ".join(" ".join(text[start:end].split()) for start, end in spans)


def _source(text: str, quote: Row) -> str:
    return f"[{_words(text, quote['source'])}]"


def _cut(article: Any, text: str, words: frozenset[int]) -> str:
    first, last = min(words), max(words)
    return " ".join(text[article.tokens[first][0] : article.tokens[last][1]].split())[:160]


def main(arguments: list[str] | None = None) -> int:
    """Print the classes, the largest first, or the cases of one; 0 also where nothing can be scored."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD[0])
    parser.add_argument("--system", choices=SYSTEMS, default=SYSTEMS[0])
    parser.add_argument("--show", metavar="CLASS", help="print the cases of the classes that begin so")
    parser.add_argument("--limit", type=int, default=40, metavar="N", help="print at most so many cases")
    options = parser.parse_args(arguments)
    scorer = load_scorer(BENCH / "score.py")
    if scorer is None:
        print(f"errors: skipped, for there is no scorer in {BENCH}")
        return 0
    golds = read_rows(options.gold)
    found = predictions(golds, options.system, direct=True)
    every = [one for pair in zip(golds, found, strict=True) for one in mistakes(scorer, *pair)]
    if options.show:
        shown = [mistake for mistake in every if mistake.kind.startswith(options.show)]
        print("\n".join(f"{mistake.kind}: {mistake.line}" for mistake in shown[: options.limit]))
        return 0
    for kind, count in Counter(mistake.kind for mistake in every).most_common():
        print(f"{count:6} {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
