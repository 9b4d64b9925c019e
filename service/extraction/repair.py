"""Where a quotation must begin or end when its mark is missing, from the words around it.

The edge is a guess, but a bounded one: it never leaves the paragraph nor passes another quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VERB = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|tweeted|posted|insisted|explained|continued"
    r"|recalled|replied|noted|warned|argued|declared|claimed|stated|concluded|announced|admitted|complained)"
)
_PROPER = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady)\.?\s)?[A-Z][\w’'.-]*(?:\s(?:[A-Z][\w’'.-]*|of|de|von|van|al)){0,5}"
)
_COMMON = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Oo]ne|[Aa]nother)(?:\s[\w’'-]+){1,5}?"
_SUBJECT = rf"(?:he|she|they|it|I|we|{_PROPER}|{_COMMON})"

CUE_BOUNDARY = re.compile(
    rf"[,!?…—–]\s+(?:(?:{_SUBJECT}\s(?:(?:also|later|then|had|has)\s)?{_VERB}|{_VERB}\s{_SUBJECT})\b|according\sto\b)"
)
"""Punctuation that ends quoted words, and the clause that says whose: ``, he said``, ``! said Ann``."""

_CUE_LEAD = re.compile(rf"\b{_VERB}\b[^.!?\n,:]{{0,60}}[,:]\s+(?=[^\W_])")
_CUE_ONLY = re.compile(rf"[\s,—–-]*(?:{_SUBJECT}\s{_VERB}|{_VERB}\s{_SUBJECT})\b[^.!?]{{0,60}}[.!?]?\s*")
_SIGNATURE = re.compile(r"\W*(?:[A-Z][\w.’'-]*,?\s){1,7}[\w.’',-]+(?:\s[\w.’',-]+){0,4}[.]?\s*")
_SENTENCE_END = re.compile(r"[.!?…][)\]]?\s+(?=[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|Jr|Sr|No|vs|U\.S)\.\s+$"
)


def lost_end(text: str, start: int, limit: int) -> int:
    """Return where words that open at ``start`` and never close must end, at most ``limit``.

    That is the punctuation before a cue clause (``“We won, he said.``) if there is one, else ``limit``
    without the white space before it.
    """
    found = CUE_BOUNDARY.search(text, start, limit)
    if found:
        return found.start() + 1
    return start + len(text[start:limit].rstrip())


def lost_start(text: str, earliest: int, end: int, *, after_quotation: bool, left_open: bool) -> int | None:
    """Return where words that close at ``end`` but were never opened must begin, at least ``earliest``.

    After a cue with a comma or colon (``He said: We won.”``) if there is one; after the sentence in which an
    earlier quotation of the paragraph ended; else at ``earliest``. None when the mark is a stray: nothing but
    a cue before it (``“We won,” he said.”``), or the name under a quotation that the paragraph before left
    open (``“We won.`` and on the next line ``Ann Lee, coach”``).
    """
    leads = list(_CUE_LEAD.finditer(text, earliest, end))
    if leads and leads[-1].end() < end:
        return leads[-1].end()
    start = earliest
    if after_quotation:
        start = next(_sentence_starts(text, earliest, end), earliest)
        if start == earliest and _CUE_ONLY.fullmatch(text, earliest, end):
            return None
    elif left_open and _SIGNATURE.fullmatch(text, earliest, end):
        return None
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    for found in _SENTENCE_END.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, found.end() - 8), found.end()):
            yield found.end()
