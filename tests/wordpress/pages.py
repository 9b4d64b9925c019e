"""What a published page says to search engines."""

from __future__ import annotations

import json
import re


def described(page: str) -> list[dict]:
    """The graph of our JSON-LD in a page; empty if there is none."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    graphs = [json.loads(script)["@graph"] for script in found]
    return graphs[0] if graphs else []


def quoted(page: str) -> set[str]:
    """The words of the quotations that a page describes."""
    return {node["text"] for node in described(page) if node["@type"] == "Quotation"}
