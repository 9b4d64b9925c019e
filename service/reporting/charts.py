"""Charts as SVG that stands inside a page: no script, nothing fetched, told in words as well."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import escape

from service.extras import needed

BLUE = "#1f5fa8"
_LONGEST_LABEL = 32


def bar_chart(number: int, title: str, bars: Sequence[tuple[str, int]]) -> str:
    """Return a chart of horizontal bars, the first at the top. ``number`` tells the charts of a page apart.

    Raises ``NotInstalled`` without the extra ``report``.
    """
    pygal = needed("pygal", extra="report", purpose="A report as a page")
    style = needed("pygal.style", extra="report", purpose="A report as a page").Style(
        background="transparent",
        plot_background="transparent",
        colors=(BLUE,),
        font_family="system-ui, sans-serif",
        label_font_size=15,
        value_font_size=15,
        value_label_font_size=15,
        foreground="#222",
        foreground_strong="#222",
        foreground_subtle="#767676",
    )
    _without_import_hook()
    chart = pygal.HorizontalBar(
        style=style,
        js=(),
        show_legend=False,
        print_values=True,
        explicit_size=True,
        width=760,
        height=90 + 34 * len(bars),
        disable_xml_declaration=True,
        no_data_text="Nothing to show",
        truncate_label=_LONGEST_LABEL,
        show_x_labels=True,
        order_min=0,
        value_formatter=lambda value: f"{value:,.0f}",
    )
    chart.uuid = f"chart-{number}"
    chart.x_labels = [_plain(name) for name, _ in reversed(bars)]
    chart.add("", [count for _, count in reversed(bars)])
    told = "; ".join(f"{name}: {count:,}" for name, count in bars)
    return _accessible(chart.render(is_unicode=True), f"{title}. {told}")


def _without_import_hook() -> None:
    """Take back the hook that pygal leaves for its plugins (none of which we use).

    It lacks ``find_spec``, so Python 3.11 warns at every import after it, and later ones pass over it.
    """
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]


def _plain(words: str) -> str:
    """Return words without what XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in words)


def _accessible(svg: str, told: str) -> str:
    """Take out what pygal adds for its scripts, and give the picture a name."""
    svg = re.sub(
        r"<script.*?</script>|<!--.*?-->|<title>.*?</title>|<desc.*?</desc>", "", svg, flags=re.DOTALL
    )
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(_plain(told))}" ', 1)
