"""Where sentences begin that the parser does not see.

After abbreviations ("at 5 p.m. He left"), and after headings that were run into the text ("IP theft  One
expert said").
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from service.extraction.lexicon import load_table
from service.extraction.models import Stretch

_LAST_WORD = re.compile(r"(?<!\S)(\S{1,12}\.)\s{1,3}\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}")
_TITLES = frozenset({"dr", "messrs", "mr", "mrs", "ms", "mt", "prof", "st", "vs", "e.g", "i.e"})
"""Abbreviations that end no sentence, besides those of ranks."""
_OPENER = (
    r"(?:According|After|An?|And|As|At|Both|But|Earlier|For|He|Her|His|However|If|In|It|Its|Later|Many|Meanwhile"
    r"|No|On|One|She|Some|That|The|Their|Then|There|These|They|This|Those|We|When|While|With)"
)
_OPENED = re.compile(rf"(?<=[A-Za-z]\.)\s{{1,3}}(?={_OPENER}\s)")
"""Blanks after a stop and before a word that opens sentences."""
_DOUBLED = re.compile(r"[a-z][ \xa0]{2,4}[a-z]")
_BLANKS = re.compile(r"\s{0,3}")
_RUN_IN = re.compile(rf"(?<=[a-z0-9])[ \xa0]{{2,4}}(?={_OPENER}[ ,])")
"""Blanks between a heading and such a word."""
_LONGEST_WORD = 16
"""Code points before a mark in which an abbreviation is looked for."""
_LONG_ENOUGH = 40
"""Code points of a quotation that is a sentence, whatever it ends in."""


def sentence_breaks(rules: Container[str], text: str, stretches: Sequence[Stretch]) -> list[int]:
    """Return where a sentence begins after an abbreviation: 'in the U.S. "It was hard," he', "at 5 p.m. He".

    The stop belongs to the abbreviation, and the parser sees none. What begins is a quotation, or a word that
    opens sentences. Not after a title: 'Sgt. "Bull" Lee'. ``rules`` are the tokenizer's abbreviations. So it
    does after a heading run into the text, in marks or before two blanks.
    """
    quoted = [one.span.start for one in stretches if not one.depth and _is_sentence(text, one)]
    opened = [found.end() for found in _OPENED.finditer(text)]
    headed = [_BLANKS.match(text, one.span.end) for one in stretches if one.kind == "heading"]
    return [
        *(found.end() for found in headed if found is not None),
        *_after_run_in(text),
        *(at for at in quoted if _abbreviated(rules, text, at, 1)),
        *(at for at in opened if _abbreviated(rules, text, at, 3)),
    ]


def _after_run_in(text: str) -> list[int]:
    """Return where sentences begin after headings run in before two blanks, if not all words have two."""
    found = [one.end() for one in _RUN_IN.finditer(text)]
    return found if found and len(_DOUBLED.findall(text)) < len(found) else []


def _is_sentence(text: str, stretch: Stretch) -> bool:
    """Tell whether a quotation begins with a capital and is long or ends with a stop or a comma."""
    start, end = stretch.inner.start, stretch.inner.end
    inner = text[start : min(end, start + _LONG_ENOUGH)].strip()
    return inner[:1].isupper() and (end - start > _LONG_ENOUGH or inner.endswith((",", ".", "!", "?", "…")))


def _abbreviated(rules: Container[str], text: str, at: int, least: int) -> bool:
    """Tell whether an abbreviation of so many letters at the least ends right before ``at``, and no title."""
    before = _LAST_WORD.search(text, max(0, at - _LONGEST_WORD), at)
    word = before[1] if before is not None else ""
    known = len(word) > least and (word in rules or _INITIALS.fullmatch(word) is not None)
    bare = word.rstrip(".").lower()
    return known and bare not in _TITLES and bare not in load_table("title_abbreviations")
