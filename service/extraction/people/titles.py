"""Titles before names: where they begin, what gender they say, and which belong to the name."""

from __future__ import annotations

from service.extraction.people.page import Page
from service.extraction.people.words import title_gender, titles

_REVEREND = frozenset({"rev", "revd", "reverend", "hon"})
_DEGREES = frozenset({"right", "rt", "most", "very"})


def title_before(page: Page, start: int) -> tuple[int, str | None]:
    """Return where the titles before the name at token ``start`` begin, and the gender that they say.

    Handles: Mr, Sen., Det Insp, Mr Justice, the Rev, the Right Rev.
    """
    first, gender = start, None
    while first > 0 and page.sentences[first - 1] == page.sentences[start]:
        lower = page.lower[first - 1].rstrip(".")
        capital = page.words[first - 1][0].isupper()
        reverend = first < start and page.lower[first].rstrip(".") in _REVEREND | _DEGREES
        if not (capital and lower in titles()) and not (reverend and lower in _DEGREES | {"the"}):
            break
        gender = gender or title_gender(lower)
        first -= 1
    return first, gender


def honoured(page: Page, start: int, end: int) -> str:
    """Return a single name with the title that belongs to it: "Prince Harry", "Mr Justice Dove"."""
    first, _ = title_before(page, start)
    words = [page.lower[i].rstrip(".") for i in range(first, start)]
    if "justice" in words and words[0] in {"mr", "mrs", "ms", "lord", "lady"}:
        return page.slice(first, end)
    if words and words[-1] in titles("noble"):
        return page.slice(start - 1, end)
    return page.slice(start, end)
