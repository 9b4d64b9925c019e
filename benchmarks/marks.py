"""How well marks are paired: quoted stretches against gold segments, and damage done by corrupted marks.

    python benchmarks/marks.py [DATA.jsonl] [--articles N] [--rate R] [--show NAME]

The first table asks what a stretch is in the annotation, by its length in words. The second corrupts marks on
purpose and asks how much of each original stretch is found again, outermost stretches matched one to one by
the Jaccard overlap of their words ("broken" and "spared": the mean overlap of the quotations that lost a
mark, and of the others beside them). Needs the annotated articles (``../shared``); says
so and stops when they are not there.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from service.extraction.models import Paragraph, Span, Stretch
from service.extraction.quotations import find_stretches

DATA = Path(__file__).parents[2] / "shared" / "bench" / "data" / "polnear-train.jsonl"
WORD = re.compile(r"\w+(?:['’]\w+)*")
LINE = re.compile(r"[^\n]*\S[^\n]*")

Words = frozenset[int]
Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the string."""


def stretches_of(text: str) -> tuple[Stretch, ...]:
    return find_stretches(text, [Paragraph(Span(*found.span())) for found in LINE.finditer(text)])


class Indexed:
    """A text whose spans can be named by the numbers of the words in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [found.span() for found in WORD.finditer(text) if found[0] != "quot"]
        self.ends = [end for _, end in self.words]

    def covered(self, spans: Iterable[tuple[int, int]]) -> Words:
        found = set()
        for start, end in spans:
            for i in range(bisect_right(self.ends, start), len(self.words)):
                first, last = self.words[i]
                if first >= end:
                    break
                if (min(end, last) - max(start, first)) * 2 > last - first:
                    found.add(i)
        return frozenset(found)

    def segments(self, spans: Iterable[tuple[int, int]]) -> list[Words]:
        runs: list[list[int]] = []
        for i in sorted(self.covered(spans)):
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        return [frozenset(run) for run in runs]

    def outermost(self) -> list[Words]:
        spans = [(s.span.start, s.span.end) for s in stretches_of(self.text) if not s.depth]
        return [words for words in map(self.covered, ([span] for span in spans)) if words]


# ---------------------------------------------------------------- against the annotation


def relation(words: Words, gold: Sequence[Words]) -> str:
    touching = [segment for segment in gold if segment & words]
    if not touching:
        return "none"
    if words in touching:
        return "equal"
    if any(words < segment for segment in touching):
        return "inside"
    return "around" if any(segment < words for segment in touching) else "across"


def against_gold(articles: Sequence[dict]) -> None:
    rows: dict[tuple[str, str], Counter[str]] = {}
    for row in articles:
        indexed = Indexed(row["text"])
        gold = [segment for quote in row["quotes"] for segment in indexed.segments(quote["content"])]
        for stretch in stretches_of(row["text"]):
            words = indexed.covered([(stretch.span.start, stretch.span.end)])
            if stretch.depth or not words:
                continue
            found = relation(words, gold)
            mark = row["text"][stretch.span.start]
            mark = mark if mark in "\"“'‘" else "other"
            size = "1" if len(words) == 1 else "2-3" if len(words) < 4 else "4-5" if len(words) < 6 else "6+"
            for key in (
                ("words", size),
                ("marks, 6+ words", mark) if size == "6+" else ("", ""),
                ("kind", stretch.kind),
                ("repaired", str(stretch.repaired)),
            ):
                rows.setdefault(key, Counter())[found] += 1
    names = ("equal", "inside", "around", "across", "none")
    print(f"{'stretches':28}{'count':>7}" + "".join(f"{name:>9}" for name in names))
    for key in sorted(key for key in rows if key[0]):
        total = sum(rows[key].values())
        shares = "".join(f"{100 * rows[key][name] / total:8.1f}%" for name in names)
        print(f"{key[0] + ' ' + key[1]:28}{total:7}{shares}")


# ---------------------------------------------------------------- corruptions

MARK = "{}"
CORRUPTIONS: dict[str, tuple[str, str, str, str]] = {
    "nothing": (MARK, MARK, MARK, MARK),
    "closer dropped": (MARK, MARK, MARK, ""),
    "opener dropped": (MARK, MARK, "", MARK),
    "closer turned": (MARK, MARK, MARK, "“"),
    "opener turned": (MARK, MARK, "”", MARK),
    "closer turned, spaced": (MARK, MARK, MARK, " “"),
    "opener doubled": (MARK, MARK, MARK * 2, MARK),
    "closer doubled": (MARK, MARK, MARK, MARK * 2),
    "both doubled": (MARK, MARK, MARK * 2, MARK * 2),
    "closer straight": (MARK, MARK, MARK, '"'),
    "closer single": (MARK, MARK, MARK, "’"),
    "spaces inside": (MARK, MARK, MARK + " ", " " + MARK),
    "stray mark before": (MARK, MARK, "“ " + MARK, MARK),
    "all straight": ('"', '"', '"', '"'),
    "all straight, closer dropped": ('"', '"', '"', ""),
    "all straight, opener dropped": ('"', '"', "", '"'),
    "all ”turned“": ("”", "“", "”", "“"),
    "all “opening“": ("“", "“", "“", "“"),
    "all ”closing”": ("”", "”", "”", "”"),
    "all „low-high“": ("„", "“", "„", "“"),
    "all «guillemets»": ("«", "»", "«", "»"),
    "all « spaced »": ("« ", " »", "« ", " »"),
    "all »turned«": ("»", "«", "»", "«"),
    "all ``TeX''": ("``", "''", "``", "''"),
    "all &quot;": ("&quot;", "&quot;", "&quot;", "&quot;"),
    "all ‘British’": ("‘", "’", "‘", "’"),
    "all 'British straight'": ("'", "'", "'", "'"),
    "all ‘British’, closer dropped": ("‘", "’", "‘", ""),
    "all ‘British’, opener dropped": ("‘", "’", "", "’"),
}
"""Name: the opening and closing mark to set, and those for the unlucky share; ``{}`` is the mark that was."""


def edits(text: str, stretch: Stretch, name: str, unlucky: bool) -> list[Edit]:
    opener, closer = CORRUPTIONS[name][2:] if unlucky else CORRUPTIONS[name][:2]
    first, last = (stretch.span.start, stretch.inner.start), (stretch.inner.end, stretch.span.end)
    return [
        (*first, opener.replace(MARK, text[slice(*first)])),
        (*last, closer.replace(MARK, text[slice(*last)])),
    ]


def corrupted(text: str, changes: Sequence[Edit]) -> str:
    out, done = [], 0
    for start, end, mark in sorted(changes):
        out += [text[done:start], mark]
        done = end
    return "".join([*out, text[done:]])


def overlap(truth: Sequence[Words], found: Sequence[Words]) -> tuple[float, int]:
    """Return the summed Jaccard of the best one-to-one match, and how many match exactly."""
    pairs = sorted(
        ((len(t & f) / len(t | f), i, j) for i, t in enumerate(truth) for j, f in enumerate(found) if t & f),
        reverse=True,
    )
    used_truth, used_found, total, exact = set(), set(), 0.0, 0
    for jaccard, i, j in pairs:
        if i not in used_truth and j not in used_found:
            used_truth.add(i)
            used_found.add(j)
            total += jaccard
            exact += jaccard == 1.0
    return total, exact


class Damage:
    """What is left of the original stretches after a corruption, summed over articles."""

    def __init__(self) -> None:
        self.total, self.exact, self.truth, self.found = 0.0, 0, 0, 0
        self.broken: list[float] = []
        self.spared: list[float] = []

    def add(self, truth: Sequence[Words], found: Sequence[Words], broken: set[Words]) -> None:
        total, exact = overlap(truth, found)
        self.total, self.exact = self.total + total, self.exact + exact
        self.truth, self.found = self.truth + len(truth), self.found + len(found)
        for words in truth:
            best = max((len(words & other) / len(words | other) for other in found), default=0.0)
            (self.broken if words in broken else self.spared).append(best)

    def row(self) -> str:
        both = self.truth + self.found
        means = (100 * sum(v) / len(v) if v else 0.0 for v in (self.broken, self.spared))
        return "".join(f"{v:9.1f}" for v in (200 * self.total / both, 200 * self.exact / both, *means))


def damage(texts: Sequence[str], name: str, rate: float, show: bool) -> Damage:
    rng = random.Random(7)
    result = Damage()
    for text in texts:
        clean = Indexed(text)
        outer = [s for s in stretches_of(text) if not s.depth and not s.repaired and s.inner.end < s.span.end]
        unlucky = {s for s in outer if rng.random() < rate}
        changes = [edit for s in outer for edit in edits(text, s, name, s in unlucky)]
        other = Indexed(corrupted(text, changes))
        if [text[a:b] for a, b in clean.words] != [other.text[a:b] for a, b in other.words]:
            continue
        truth, found = clean.outermost(), other.outermost()
        result.add(truth, found, {clean.covered([(s.span.start, s.span.end)]) for s in unlucky})
        if show:
            _show(other, truth, found)
    return result


def _show(indexed: Indexed, truth: Sequence[Words], found: Sequence[Words]) -> None:
    def words(run: Words) -> str:
        return indexed.text[max(0, indexed.words[min(run)][0] - 3) : indexed.words[max(run)][1] + 12]

    for run in truth:
        if run not in found:
            near = [other for other in found if other & run]
            print("WANT", repr(words(run)), *(f"\n GOT {words(other)!r}" for other in near))
    for run in found:
        if not any(run & other for other in truth):
            print("EXTRA", repr(words(run)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--articles", type=int, default=250, help="how many articles to corrupt")
    parser.add_argument(
        "--rate", type=float, default=0.15, help="share of quotations that lose or turn a mark"
    )
    parser.add_argument("--show", metavar="NAME", help="print what one corruption breaks")
    args = parser.parse_args()
    if not args.data.exists():
        print(f"benchmarks/marks.py: no annotated articles at {args.data}: skipped", file=sys.stderr)
        return 0
    articles = [json.loads(line) for line in args.data.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in articles if stretches_of(row["text"])][: args.articles]
    if args.show:
        damage(texts, args.show, args.rate, show=True)
        return 0
    against_gold(articles)
    print(f"\n{'corruption':32}{'soft F1':>9}{'exact F1':>9}{'broken':>9}{'spared':>9}")
    for name in CORRUPTIONS:
        print(f"{name:32}{damage(texts, name, args.rate, show=False).row()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
