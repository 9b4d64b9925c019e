"""What marks are for: someone's words, or a title, a nickname, a word mentioned, scare quotes.

Decided on the surface alone; when unsure it is a quotation, and what reads the parse decides later.
"""

from __future__ import annotations

import re

from service.extraction.models import Span, StretchKind

_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = frozenset(
    re.findall(r"\w+", "a an and as at by de for from in is it la le of on or the to vs with nor but my your")
)
_WORK = re.compile(
    r"\b(?:film|movie|book|song|novel|album|single|play|show|series|sitcom|drama|comedy|musical|opera|memoir|poem"
    r"|painting|track|hit|game|podcast|documentary|program|programme|magazine|newspaper|article|essay|paper|report"
    r"|titled|entitled|episode|anthem|ballad|tune|thriller|classic|bestseller|blockbuster|starred in|reading)"
    r"(?:\s(?:called|named|titled|entitled))?,?\s*$",
    re.IGNORECASE,
)
_WORD_LEAD = re.compile(
    r"\b(?:words?|terms?|phrases?|expressions?|labels?|adjectives?|nouns?|verbs?|slogans?|hashtags?|letters?"
    r"|acronyms?|spelled|spelling)(?:\s(?:like|such as|is|was))?\s*$",
    re.IGNORECASE,
)
_SCARE_LEAD = re.compile(
    r"\b(?:so-called|so called|known as|dubbed|nicknamed|named|referred to as|termed|(?:is|was|are|were|being|been|be|also|often)\s"
    r"(?:called|labell?ed|branded|termed))(?:\s(?:the|an?))?\s*$",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile(r"(?:^|[\s(])[A-Z][\w’'-]*\.?\s$")
_SURNAME = re.compile(r"\s(?:(?:de|van|von|al|el|bin|di|la)\s)?[A-Z][\w’'-]+")
_INNER_STOP = re.compile(r"[.,!?;:]\W*$")

MAX_TITLE = 9
MAX_NICKNAME = 4
MAX_WORD = 4


def classify(text: str, span: Span, inner: Span) -> StretchKind:
    """Return what the marks around ``inner`` are for.

    Handles Dwayne “The Rock” Johnson; the film “The Long Road”; the word “genocide”; the so-called “experts”.
    """
    words = _WORDS.findall(text, inner.start, inner.end)
    if not words or len(words) > MAX_TITLE:
        return "quotation"
    before = text[max(0, span.start - 60) : span.start]
    after = text[span.end : span.end + 40]
    if len(words) <= MAX_NICKNAME and _nickname(words, before, after):
        return "nickname"
    if _title_case(words) and _WORK.search(before):
        return "title"
    if len(words) <= MAX_WORD and _WORD_LEAD.search(before):
        return "word"
    if len(words) <= MAX_WORD and _SCARE_LEAD.search(before):
        return "scare"
    return "quotation"


def _nickname(words: list[str], before: str, after: str) -> bool:
    """Tell whether a capitalised name stands right before and right after."""
    return words[0][0].isupper() and bool(_FIRST_NAME.search(before)) and bool(_SURNAME.match(after))


def _title_case(words: list[str]) -> bool:
    """Tell whether every word but the small ones is capitalised or a number."""
    return not words[0][0].islower() and all(_capital(word) for word in words)


def _capital(word: str) -> bool:
    return not word[0].islower() or word in _SMALL
