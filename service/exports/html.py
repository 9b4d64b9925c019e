"""A result as a page: the article's text with its quotations marked, coloured by speaker. All is escaped."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from service.exports.segments import Mark, content_marks, credit_marks, segments

Json = Mapping[str, Any]

_LINE = re.compile(r"[^\n]+")
_COLOURS = 8
_STYLE = """
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
mark { color: inherit; padding: 0 .1em; border-bottom: 2px solid; background: #eaeef2; }
.cue { text-decoration: underline dotted; } .source { font-weight: 600; } sup { font-size: .7em; }
.hue-1 { background: #cfe6ff; } .hue-2 { background: #ffe1b8; } .hue-3 { background: #d3f2cf; }
.hue-4 { background: #f6d2ea; } .hue-5 { background: #e2d9ff; } .hue-6 { background: #c9f0ef; }
.hue-7 { background: #f7e9a0; } .hue-8 { background: #f9d0c6; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{speakers}
<article>
{paragraphs}
</article>
</body>
</html>
"""


def to_html(result: Json) -> str:
    """Return a page that needs no other file and runs no script.

    ``result`` must have its ``text`` and offsets in code points.
    """
    return _PAGE.format(
        title=escape(f"Quotations in {result['id']}" if result["id"] else "Quotations"),
        style=_STYLE,
        speakers=_speakers(result["speakers"]) if result["speakers"] else "",
        paragraphs="\n".join(_paragraphs(result)),
    )


def _speakers(speakers: Sequence[Json]) -> str:
    rows = "\n".join(
        f'<tr><td><mark class="{_hue(number)}">{escape(speaker["name"])}</mark></td>'
        f"<td>{escape(speaker['role'] or speaker['kind'])}</td>"
        f"<td>{len(speaker['quotes'])}</td><td>{speaker['words_quoted']}</td></tr>"
        for number, speaker in enumerate(speakers)
    )
    head = "<tr><th>speaker</th><th>role</th><th>quotes</th><th>words</th></tr>"
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _hue(number: int) -> str:
    return f"hue-{number % _COLOURS + 1}"


def _paragraphs(result: Json) -> Iterator[str]:
    """Yield the lines of the text that are not blank, each as a paragraph with its marks."""
    marks = [mark for quote in result["quotes"] for mark in (*content_marks(quote), *credit_marks(quote))]
    speakers = {speaker["id"]: (speaker["name"], _hue(n)) for n, speaker in enumerate(result["speakers"])}
    text = result["text"]
    lines = [line.span() for line in _LINE.finditer(text)]
    parts = segments(marks, [edge for line in lines for edge in line])
    shown = {start: _segment(text[start:end], active, end, speakers) for start, end, active in parts}
    starts = sorted(shown)
    for start, end in lines:
        inside = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        if text[start:end].strip():
            yield f"<p>{''.join(shown[place] for place in inside)}</p>"


def _segment(words: str, active: Sequence[Mark], end: int, speakers: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of the text in the colour of the innermost quotation over it."""
    shown = escape(words)
    for kind in ("cue", "source"):
        if any(mark.kind == kind for mark in active):
            shown = f'<span class="{kind}">{shown}</span>'
    contents = [mark for mark in active if mark.kind == "content"]
    if not contents:
        return shown
    innermost = max(contents, key=lambda mark: (mark.start, -mark.end, bool(mark.quote["speaker"])))
    name, hue = speakers.get(innermost.quote["speaker"], ("no speaker", "unknown"))
    about = f"{name} ({innermost.quote['type']}, {innermost.quote['confidence']:.2f})"
    shown = f'<mark class="{hue}" title="{escape(about)}">{shown}</mark>'
    ended = [mark for mark in contents if mark.is_last and mark.end == end]
    return shown + "".join(_label(mark, speakers) for mark in ended)


def _label(mark: Mark, speakers: Mapping[str, tuple[str, str]]) -> str:
    """Return the speaker's name, to stand after the quotation: colour alone tells some readers nothing."""
    return f"<sup>[{escape(speakers.get(mark.quote['speaker'], ('?', ''))[0])}]</sup>"
