"""A report as one page that needs no other file: charts, and beside each the same figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from service.reporting.charts import bar_chart

Json = dict[str, Any]

SHOWN = 20
"""Speakers and roles that have a bar. The tables have all of them."""
_SECTIONS = (
    ("by_kind", "Who speaks", "Kind of speaker"),
    ("by_naming", "Named and unnamed", "Speaker"),
    ("by_pronoun", "Pronouns that the articles use for people", "Pronoun"),
    ("by_type", "Types of quotation", "Type"),
)
_NAMES = {
    "organisation": "organisations",
    "person": "named people",
    "group": "groups",
    "unnamed": "unnamed",
    "none": "no speaker",
    "several": "more than one",
}
_STYLE = """
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; } svg { max-width: 100%; height: auto; }
section { break-inside: avoid-page; } thead { display: table-header-group; } tr { break-inside: avoid; }
@media (max-width: 40rem) { th, td { padding: .2rem; overflow-wrap: anywhere; font-size: .8rem; } }
@media print { body { margin: 0; max-width: none; } details { display: block; } }
"""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Who is quoted</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Who is quoted</h1>
<p>{summary}</p>
{sections}
</main>
</body>
</html>
"""


def to_page(report: Json) -> bytes:
    """Return the page. Raises ``NotInstalled`` without the extra ``report``."""
    shown = [
        _section(
            number,
            title,
            head,
            _renamed(key, report[key]),
        )
        for number, (key, title, head) in enumerate(_SECTIONS, 1)
    ]
    shown.append(_speakers(len(shown) + 1, report["speakers"]))
    if report["by_role"]:
        shown.append(_section(len(shown) + 1, "Roles", "Role", report["by_role"]))
    page = _PAGE.format(style=_STYLE, summary=_summary(report), sections="\n".join(shown))
    return page.encode()


def _renamed(key: str, rows: Sequence[Json]) -> list[Json]:
    """Give the rows their names in words."""
    names = {**_NAMES, "none": "none stated"} if key == "by_pronoun" else _NAMES
    return [{**row, "name": names.get(row["name"], row["name"])} for row in rows]


def _summary(report: Json) -> str:
    again = sum(speaker["repeated"] for speaker in report["speakers"])
    return (
        f"{report['quotes']:,} quotes of {report['words']:,} words by {len(report['speakers']):,} speakers "
        f"in {report['articles']:,} articles; {again:,} speakers are quoted in more than one article. "
        "Pronouns are those that the articles use; nobody's gender is guessed."
    )


def _section(number: int, title: str, head: str, rows: Sequence[Json]) -> str:
    chart = bar_chart(number, f"{title}, quotes", [(row["name"], row["quotes"]) for row in rows[:SHOWN]])
    cells = (
        (row["name"], row["speakers"], row["quotes"], row["words"], f"{100 * row['share']:.0f} %")
        for row in rows
    )
    table = _table(title, (head, "Speakers", "Quotes", "Words", "Share of quotes"), cells)
    return f"<section>\n<h2>{escape(title)}</h2>\n{chart}\n{table}\n</section>"


def _speakers(number: int, speakers: Sequence[Json]) -> str:
    bars = [(speaker["name"], speaker["words"]) for speaker in speakers[:SHOWN]]
    cells = (
        (
            speaker["name"],
            "; ".join(speaker["roles"]) or speaker["kind"],
            len(speaker["articles"]),
            speaker["quotes"],
            speaker["words"],
            speaker["longest"],
        )
        for speaker in speakers
    )
    head = ("Speaker", "Role", "Articles", "Quotes", "Words", "Longest")
    chart = bar_chart(number, "Speakers, words quoted", bars) if bars else ""
    return f"<section>\n<h2>Speakers</h2>\n{chart}\n{_table('Speakers', head, cells)}\n</section>"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "\n".join(f"<tr>{''.join(_cell(n, cell) for n, cell in enumerate(row))}</tr>" for row in rows)
    return (
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _cell(column: int, cell: object) -> str:
    if column == 0:
        return f'<th scope="row">{escape(str(cell))}</th>'
    if isinstance(cell, int):
        return f'<td class="number">{cell:,}</td>'
    return f"<td>{escape(str(cell))}</td>"
