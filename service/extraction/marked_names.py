"""Names of papers, agencies and stations between marks where they report: '"A", writes "Vesti"'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extraction.lexicon import load_words

MOST_WORDS = 4

_REPORTS = (
    r"(?:reports|reported|writes|wrote|informs|informed|notes|noted|broadcasts|transmits|relays|says|states)"
)
_AGENCY = r"(?:[A-Z]{2,5}\s)?"
_SAID_BY = re.compile(
    rf"(?:(?:[,?!…]|(?<![^\W_])[\"”»’'])\s?[—–-]?\s|[^\W_]\s?[—–-]\s|\bAs\s){_REPORTS}\s(?:the\s)?{_AGENCY}$"
    rf"|\b(?:reported|written|quoted|cited|published)\sby\s(?:the\s)?{_AGENCY}$"
)
_TALKS_TO = re.compile(r"[^\W_]\s(?:in|to|with)\s(?:the\s)?$")
_OPENS = re.compile(rf"(?:^|[\n.!?…][\"”»]?\s|[,?!…][\"”»’']?\s?[—–-]?\s|[Aa]s\s|[Tt]he\s){_AGENCY}$")
_THAT = r"(?:that|citing|with\sreference|referring|about|on|in|it|the\swords|him|her|them)\b|[.,:\n]|$"
_ENDS = re.compile(r"\s?(?:[.,:;)\n]|$)|\s(?:about|and|as|citing|in|on|quoting|referring|that|with)\b")
_REPORTING = re.compile(
    rf"\s(?:(?:also\s|has\s)?(?:reports|reported|writes|wrote|informs|informed|notes|noted)(?:\s(?={_THAT})|(?=[.,:\n]|$))"
    r"|(?:quotes|quoted|cites|cited)\s)"
)


def is_reporting(words: Sequence[str], inner: str, before: str, after: str) -> bool:
    """Tell whether the ``words`` between two marks are the name of whoever reports.

    ``before`` and ``after`` are the text around the marks, some 40 code points of it. Handles '"A," reports
    "Vesti"', 'As RIA "Novosti" reports', '"Vesti" writes that', 'reported by "Vesti"', 'Doe to "Vesti": '.
    """
    small = load_words("small_words")
    named = all(word[0].isupper() or word[0].isdigit() or word in small for word in words)
    if not named or len(words) > MOST_WORDS or not words[0][0].isupper() or inner[-1:] in {*",.!?…"}:
        return False
    if _TALKS_TO.search(before) is not None and after.startswith(":"):
        return True
    if _SAID_BY.search(before) is not None:
        return _ENDS.match(after) is not None
    return _OPENS.search(before) is not None and _REPORTING.match(after) is not None
