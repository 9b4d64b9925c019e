"""Tells page furniture from article: bylines, dates, picture credits, share links, forms, promotion.

A body paragraph taken for furniture loses its quotes. So a test wants the whole line to fit, or to begin in a
way that no article begins, and a line that holds a quotation is body whatever else it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from service.documents.bylines import is_byline, is_signature
from service.documents.notices import is_credit, is_date, is_label, is_navigation, is_notice
from service.documents.wordlists import first_word, load, load_openings

LONGEST = 600
"""A line longer than this, in code points, is never furniture by itself."""

_MARKS = frozenset('"“”„«»')
_ANY_MARK = _MARKS | frozenset("'’‘")
_QUOTATION = re.compile(
    r"[\"“„«](?:[^\"“”„«»\s]{1,60}\s{1,3}){3}|''[^']{25}|[‘‚`](?:[^\s]{1,60}\s{1,3}){4}|(?<!\w)'(?:[^\s]{1,60}\s{1,3}){4}"
)
_EDGES = " \t\xa0.,:;!?*|·•…→←»«›‹>()[]{}<-–—+=_~#▶►▼▾▲✕×✓/\\&@"
_NUMBER = re.compile(r"\d[\d,.]*")
_SPACE = re.compile(r"[\s()\[\]]+")
_AFTER_LABEL = re.compile(r"\s*[:|–—-]|\s{2}|$")
_TIMING = re.compile(r"(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3} --> (?:\d{1,2}:)?\d\d:\d\d[.,]\d{3}")
_CLOSED = re.compile(r"[.!?…][)\]]?$")


def furniture_rule(line: str) -> str | None:
    """Return the name of the rule by which ``line`` is page furniture; None for a line of the article."""
    if len(line) > LONGEST or _QUOTATION.search(line):
        return None
    return next((name for name, applies in RULES if applies(line)), None)


def is_listed(line: str, name: str) -> bool:
    """Tell whether the whole line stands in ``data/<name>.txt``."""
    return len(line) < 80 and normalise(line) in load(name)


def normalise(line: str) -> str:
    """Return the line without case, brackets, edge punctuation and spacing, and with numbers as "0"."""
    folded = line.casefold().replace("’", "'").strip(_EDGES)
    return _NUMBER.sub("0", _SPACE.sub(" ", folded)).strip()


def _is_whole(line: str) -> bool:
    """Whole lines: "Share on Facebook", "Leave a Reply", "12 Comments", "- Advertisement -", "Loading…"."""
    return is_listed(line, "furniture_lines")


def _is_opening(line: str) -> bool:
    """Labels and links: "See also  Chief visits site", "Photos by Jane Doe", "Related: Ten things"."""
    words = len(line.split())
    is_sentence = words >= 9 and _CLOSED.search(line)
    return words <= 40 and not is_sentence and _begins(line, "furniture_openings")


def _is_appeal(line: str) -> bool:
    """Sentences to the reader: "Sign up to our newsletter.", "Your email address will not be published."."""
    return len(line.split()) <= 60 and _begins(line, "furniture_sentences")


def _begins(line: str, name: str) -> bool:
    """Tell whether the line begins with an entry of ``data/<name>.txt``."""
    folded = line.casefold().replace("’", "'").lstrip(_EDGES)
    return any(_begins_with(folded, entry) for entry in load_openings(name).get(first_word(folded), ()))


def _begins_with(folded: str, entry: str) -> bool:
    """Tell whether the line begins with the entry: whole words, and what follows a label if it is one."""
    stem = entry.rstrip(":")
    rest = folded[len(stem) :]
    if not folded.startswith(stem):
        return False
    return bool(_AFTER_LABEL.match(rest)) if entry != stem else not rest[:1].isalnum()


def _holds_phrase(line: str) -> bool:
    """Give-aways: "Required fields are marked *", "All rights reserved", "straight to your inbox"."""
    if len(line.split()) > 60 or not _MARKS.isdisjoint(line):
        return False
    folded = _SPACE.sub(" ", line.casefold().replace("’", "'"))
    return any(phrase in folded for phrase in load("furniture_phrases"))


def _is_ornament(line: str) -> bool:
    """Lines without a letter or digit: "* * *", "—", "."; not one that holds a quotation mark."""
    return not any(map(str.isalnum, line)) and _ANY_MARK.isdisjoint(line)


def is_timing(line: str) -> bool:
    """Tell whether a line says when a subtitle is shown: "00:00:01,000 --> 00:00:04,000"."""
    return _TIMING.match(line) is not None


RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ornament", _is_ornament),
    ("timing", is_timing),
    ("whole-line", _is_whole),
    ("opening", _is_opening),
    ("appeal", _is_appeal),
    ("date", is_date),
    ("byline", is_byline),
    ("signature", is_signature),
    ("label", is_label),
    ("navigation", is_navigation),
    ("notice", is_notice),
    ("credit", is_credit),
    ("phrase", _holds_phrase),
)
"""What a line may be, in the order in which it is asked; the first that applies names the reason."""
