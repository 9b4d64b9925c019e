"""Quotation marks in words that are known to be a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IN_MARKS = re.compile(
    r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|(?<!\w)‘.*?(?:’(?!\w)|$)|(?<!\w)'.*?(?:'(?!\w)|$)", re.DOTALL
)
_PAIRS = (("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"), ("«", "»"), ("‹", "›"), ("„", "“"), ("„", "”"))


def quoted_stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text[start:end]`` in marks, marks included; one left open ends with it."""
    for stretch in _IN_MARKS.finditer(text, start, end):
        yield stretch.span()


def without_marks(words: str) -> str:
    """Return words without the pair of marks that encloses all of them, if one does."""
    for opening, closing in _PAIRS:
        if len(words) > 1 and words.startswith(opening) and words.endswith(closing):
            return words[1:-1].strip()
    return words
