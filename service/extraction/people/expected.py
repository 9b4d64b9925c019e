"""Names that need no evidence in the sentence: those that the caller lists, and those of bylines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from service.extraction.people.names import Name
from service.extraction.people.page import Page
from service.extraction.people.spellings import fold
from service.extraction.people.tokens import is_initial, is_name_word


def listed_names(page: Page, listed: Iterable[Name]) -> Iterator[tuple[int, int, str]]:
    """Yield where the listed names stand, word for word but for accents and capitals."""
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in listed:
        names[name.parts[0]].add(name.parts)
    for i in page.capitals if names else ():
        for parts in names.get(fold(page.words[i]), ()):
            if len(parts) > 1 and tuple(fold(word) for word in page.words[i : i + len(parts)]) == parts:
                yield i, i + len(parts), "known"


def byline_names(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the names after "By" in the furniture of a page, which is not parsed."""
    for i, lower in enumerate(page.lower[:-2]):
        if lower != "by" or page.kind(i) != "furniture":
            continue
        end = i + 1
        while end < len(page) and end - i < 5 and (is_name_word(page, end) or is_initial(page.words[end])):
            end += 1
        if end - i > 2:
            yield i + 1, end, "byline"
