"""What rough copy costs: annotated articles made rough in one way at a time, and scored again.

    python benchmarks/rough.py [WAY ...] [--gold GOLD.jsonl]

Each way changes every article as a page or a wire might have come: lines broken at a column, doubled blanks,
spaces without width, marks that a wrong encoding or a scraper has spoilt or lost, tags, numbers of footnotes,
capitals. The annotation's offsets move along. Printed are end to end F1 and resolved F1 (the right name too)
over all reported speech, as the benchmark's scorer counts them. By default on the development articles.
Without the scorer there is nothing to measure with: the program says so and ends well.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from accuracy import BENCH, GOLD, Row, load_scorer, prediction, read_rows, through_pipeline

Edit = tuple[int, int, str]
"""Code points ``[start, end)`` of the text, and what is put in their place."""
Way = Callable[[str], Iterator[Edit]]

ESCAPED = {"“": r"\u201c", "”": r"\u201d", "‘": r"\u2018", "’": r"\u2019", "—": r"\u2014", '"': r"\""}
MISREAD = {"“": "â€œ", "”": "â€", "‘": "â€˜", "’": "â€™", "—": "â€”", "–": "â€“", "…": "â€¦"}
ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "‘": "&lsquo;", "’": "&rsquo;", "—": "&mdash;", '"': "&quot;"}


def each(pattern: str, new: str | Callable[[str], str]) -> Way:
    """Return a way that replaces what matches a pattern."""

    def way(text: str) -> Iterator[Edit]:
        for found in re.finditer(pattern, text):
            yield found.start(), found.end(), new if isinstance(new, str) else new(found[0])

    return way


def some(pattern: str, new: str) -> Way:
    """Return a way that replaces a third of what matches a pattern, always the same."""

    def way(text: str) -> Iterator[Edit]:
        chance = random.Random(len(text))
        return (edit for edit in each(pattern, new)(text) if chance.random() < 1 / 3)

    return way


def both(*ways: Way) -> Way:
    """Return a way that does what others do, nowhere in the same place."""
    return lambda text: iter(sorted(edit for way in ways for edit in way(text)))


def wrapped(width: int) -> Way:
    """Return a way that breaks lines at a column."""

    def way(text: str) -> Iterator[Edit]:
        column = 0
        for found in re.finditer(r"(\s*)(\S+)", text):
            blank, word = found[1], found[2]
            if "\n" in blank or not blank:
                column = len(word)
            elif column + 1 + len(word) > width:
                yield found.start(1), found.end(1), "\n"
                column = len(word)
            else:
                column += 1 + len(word)

    return way


def uneven(text: str) -> Iterator[Edit]:
    """Break lines anywhere, after a blank, with no blank line between paragraphs."""
    column, limit, chance = 0, 60, random.Random(len(text))
    for found in re.finditer(r"(\s*)(\S+)", text):
        blank, word = found[1], found[2]
        if "\n" in blank or not blank:
            column = 0
            if len(blank) > 1:
                yield found.start(1) + 1, found.end(1), ""
        elif column > limit:
            yield found.end(1), found.end(1), "\n"
            column, limit = 0, chance.randint(25, 100)
        column += 1 + len(word)


def torn(width: int) -> Way:
    """Return a way that breaks lines at a column and tears long words that do not fit."""

    def way(text: str) -> Iterator[Edit]:
        column = 0
        for found in re.finditer(r"(\s*)(\S+)", text):
            blank, word = found[1], found[2]
            room = width - column - 2
            if "\n" in blank or not blank:
                column = len(word)
            elif column + 1 + len(word) <= width:
                column += 1 + len(word)
            elif room > 2 and re.fullmatch(r"[A-Za-z]?[a-z]{7,}[.,]?", word) and len(word) > room + 3:
                yield found.start(2) + room, found.start(2) + room, "-\n"
                column = len(word) - room
            else:
                yield found.start(1), found.end(1), "\n"
                column = len(word)

    return way


SIGNS = "[“”‘’—–…]"

WAYS: dict[str, Way] = {
    "as it is": each(r"(?!)", ""),
    "lines of 72": wrapped(72),
    "lines of 38": wrapped(38),
    "lines of any length": uneven,
    "torn words": torn(60),
    "one paragraph": each(r"\n+", " "),
    "paragraphs glued": each(r"\n+", ""),
    "wide gaps": each(r"\n+", " " * 17),
    "bullets between": each(r"\n+", " • "),
    "line breaks of HTML": each(r"\n+", "<br><br>"),
    "line breaks of JSON": each(r"\n", "\\n"),
    "escapes of JSON": both(each('[“”‘’—"]', ESCAPED.__getitem__), each(r"\n", "\\n")),
    "escapes in escapes": both(each('[“”"]', '\\\\\\"'), each("[‘’']", "\\\\'"), each(r"\n", "\\\\n")),
    "escapes without backslash": each(SIGNS, lambda sign: f"u{ord(sign):04x}"),
    "escapes of R": each(SIGNS, lambda sign: f"<U+{ord(sign):04X}>"),
    "bytes of Python": each(SIGNS, lambda sign: "".join(f"\\x{byte:02x}" for byte in sign.encode())),
    "bytes of addresses": each(SIGNS, lambda sign: "".join(f"%{byte:02X}" for byte in sign.encode())),
    "entities not ended": each(SIGNS, lambda sign: f"&#{ord(sign)}"),
    "apostrophes doubled": both(each("[“”]", '"'), each(r"(?<=\w)[’'](?=\w)", "''")),
    "a line a sentence": each(r"(?<=[a-z”][.”]) (?=[A-Z“])", "\n"),
    "treebank tokens": both(
        each(r"(?<=\w)(?=[,.;:!?](?:\s|$))", " "),
        each("“", "`` "),
        each("”", " ''"),
        each(r"(?<=\w)(?=[’']s\b)|(?=n[’']t\b)", " "),
    ),
    "tokens of Moses": both(
        each(r"(?<=\w)(?=[,.;:!?](?:\s|$))", " "),
        each("[“”]", lambda mark: "&quot; " if mark == "“" else " &quot;"),
        each(r"(?<=\w)[’'](?=\w)", " &apos;"),
        each(r"(?<=\w)-(?=\w)", " @-@ "),
    ),
    "hyphens and blanks": each(r"(?<= [a-z]{4})(?=[a-z]{4})", "- "),
    "elements for marks": both(each("“", "<q>"), each("”", "</q>")),
    "wide punctuation": both(each(r"(?<=[a-z]), ", "，"), each(r"(?<=[a-z])\. (?=[A-Z])", "。")),
    "ligatures": both(each("ffi", "\ufb03"), each("fi", "\ufb01"), each("fl", "\ufb02")),
    "soft hyphens": each(r"(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad"),
    "no blank lines": each(r"\n\n+", "\n"),
    "no-break spaces": each(" ", "\u00a0"),
    "two blanks after a stop": each(r"(?<=[.?!]) ", "  "),
    "no blank after a stop": each(r"(?<=[a-z]{3}\.) (?=[A-Z])", ""),
    "no blank after a mark": each("(?<=[,.?!]”) (?=[A-Za-z])", ""),
    "spaces without width": each(r"(?<=\w) (?=\w)", " \u200b"),
    "indents": each(r"(?<=\n)(?=[^\n])", "    "),
    "tags of paragraphs": each(r"(?<=[^\n])\n+(?=[^\n])", "</p>\n<p>"),
    "tags around cues": both(
        each(r"(?<=\s)(?=(?:said|says)\s)", "<em>"), each(r"(?<=\ssa(?:id|ys))(?=\s)", "</em>")
    ),
    "footnotes": each(r"(?<=[a-z]\.)(?=\s)", "[3]"),
    "signs of footnotes": each(r"(?<=[.”])(?=\s)", "\u00b9"),
    "links between": each(r"\n\n", "\n\nREAD MORE: How the city lost its trams\n\n"),
    "entities": each('[“”‘’—"]', ENTITIES.__getitem__),
    "entities of entities": each('[“”‘’—"]', lambda mark: ENTITIES[mark].replace("&", "&amp;")),
    "bytes of mail": each(SIGNS, lambda mark: "".join(f"={byte:02X}" for byte in mark.encode())),
    "wrong encoding": each(SIGNS, MISREAD.__getitem__),
    "question marks": each("[“”‘’—–]", "?"),
    "three signs lost": each("[“”‘’—–]", "\ufffd" * 3),
    "another encoding": each(SIGNS, lambda mark: mark.encode("cp1252").decode("mac_roman")),
    "some openers lost": some("“", ""),
    "some closers lost": some("”", ""),
    "two apostrophes": each('[“”"]', "''"),
    "two commas": each("[“”]", lambda mark: ",," if mark == "“" else "''"),
    "marks lost": each('[“”"]', ""),
    "capitals": each(r"[a-zà-ÿ]", lambda letter: letter.upper() if len(letter.upper()) == 1 else letter),
    "small letters": each(r"[A-Z]", str.lower),
}


def roughened(row: Row, way: Way) -> Row:
    """Return an annotated article made rough, its offsets moved; what is put between words is in no span."""
    text = row["text"]
    pieces: list[str] = []
    lengths = [1] * len(text)
    put_in = [0] * (len(text) + 1)
    reached = 0
    for start, end, new in way(text):
        pieces += [text[reached:start], new]
        reached = end
        if start == end:
            put_in[start] = len(new)
        else:
            lengths[start:end] = [len(new), *[0] * (end - start - 1)]
    ends = [0, *accumulate(length + gap for length, gap in zip(lengths, put_in, strict=False))]
    starts = [end + gap for end, gap in zip(ends, put_in, strict=True)]

    def moved(found: list[Any]) -> list[Any]:
        if isinstance(found[0], list):
            return [moved(span) for span in found]
        return [starts[found[0]], ends[found[1]]]

    spans = {"content", "source", "cue", "source_head"}
    quotes = [
        {key: moved(value) if value and key in spans else value for key, value in quote.items()}
        for quote in row["quotes"]
    ]
    return {**row, "text": "".join([*pieces, text[reached:]]), "quotes": quotes}


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ways", nargs="*", metavar="WAY", choices=[*WAYS, []], help="all by default")
    parser.add_argument("--gold", type=Path, default=GOLD[0])
    options = parser.parse_args()
    scorer = load_scorer(BENCH / "score.py")
    if scorer is None or not options.gold.is_file():
        print("No scorer and no annotated articles beside this repository: nothing to measure.")
        return 0
    articles = read_rows(options.gold)
    print(f"{'':26}{'e2e F1':>8}{'resolved F1':>13}")
    for name in options.ways or WAYS:
        rows = [roughened(row, WAYS[name]) for row in articles]
        found = [
            {**prediction(result), "id": row["id"]}
            for row, result in zip(rows, through_pipeline(rows, "learned"), strict=True)
        ]
        scored = scorer.score({row["id"]: row for row in rows}, {row["id"]: row for row in found})
        figures = (100 * scored["all"][key] for key in ("e2e F1", "resolved F1"))
        print(f"{name:26}" + "{:8.1f}{:13.1f}".format(*figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
