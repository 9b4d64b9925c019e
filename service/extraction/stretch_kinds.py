"""What marks are for: someone's words, or a title, a nickname, a word mentioned, scare quotes.

Decided on the surface alone; when unsure it is a quotation, and what reads the parse decides later.
"""

from __future__ import annotations

import re

from service.extraction.lexicon import load_table, load_words
from service.extraction.marked_names import is_reporting
from service.extraction.marks import GLYPHS
from service.extraction.models import Span, StretchKind
from service.extraction.repair import cue_follows

MAX_TITLE = 10
MAX_NICKNAME = 3
MAX_HEADING = 6
MAX_WORD = 4
MAX_NAME = 2
MAX_TAIL = 40
"""Code points at the end of the words in which a mark that ends a clause is looked for."""

_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")
_SMALL = load_words("small_words")
_PLACES = frozenset(["at", "by", "for", "from", "in", "of", "on", "to", "with"])
"""Prepositions that a title follows and speech hardly ever does: on “Morning Call”."""

_PRONOUNS = frozenset(["he", "it", "she", "they", "we"])

_CHANT = re.compile(r"\b(?:chants?|cries|cry|shouts?|calls?|chorus|cheers?|screams?|choruses)\sof\s*$")
_REPORTED_BY = re.compile(r"(?:,\s(?:as\s)?|\bAs\s)(?:reports?|reported|writes?|wrote)\s(?:by\s|the\s)?$")
_CITED_BY = re.compile(
    r"[”\"»’'],?\s?[—–-]?\s?(?:leads|cite[sd]|quote[sd]|passes|transmit(?:s|ted)|relays)\s"
    r"(?:him\s|(?:his|her)\s(?:words\s)?)?$"
)
_WORK = re.compile(
    r"(?:['’]s|\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er))\s(?:[\w-]+\s)?"
    r"(?:album|article|documentary|editorial|essay|exhibition|film|headline|novel|splash),\s$"
    r"|\b[A-Z][\w.-]{0,20}['’]s\s(?:column|cover|piece|play|song|story),\s$"
)
_PLACED = re.compile(r"\b(?:for|from|in|on|to|with)\s(?:[\w’'.-]+\s){0,4}[\w-]+,\s$", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:entitled|headlined|titled)\s$")
_WROTE = re.compile(r"\b(?:wrote|written|writing)\s$")
_YEAR = re.compile(r"\s(?:in|back in)\s(?:1[89]|20)\d\d\b")
_NAMED = re.compile(r"\b(?:called|calls|call|dubbed|nicknamed)\s(?:him\s|her\s|it\s|them\s|me\s)?$")
_TOLD = re.compile(r"\b(?:told|tells|telling)\s$")
_POSSESSIVE = re.compile(r"\w(?:['’]s|s['’])\s*$")
_FIRST_NAME = re.compile(r"(?:^|[\s(])[A-Z][\w’'-]{1,20}[ \u00a0]$")
_SURNAME = re.compile(r"[ \u00a0](?:(?:de|van|von|al|el|bin|di|la)[ \u00a0])?[A-Z][\w’'-]+")
_SENTENCE_BEFORE = re.compile(r"[.!?…][\"”’»')\]]{0,2}\s{1,3}$")
_SENTENCE_AFTER = re.compile(r"\s{1,3}[A-Z]")
_ENDS_CLAUSE = re.compile(r"[.,!?;:…]\W*$")


def classify(text: str, span: Span, inner: Span, *, heading: bool = False) -> StretchKind:
    """Return what the marks around ``inner`` are for; ``heading``: the line around is set in capitals.

    Handles Dwayne “The Rock” Johnson; the film “The Long Road”, sang “The Long Road”, his “Morning Call”,
    “Morning Call” host Ann Lee, told “The Post”, ”, — quotes “The Post” the mayor; the word “genocide”, the
    phrase “rule of law”; the so-called “experts”, known as “the Fox”; the woman she called “Lady”; a
    heading run into the text.
    """
    words = _WORD.findall(text, inner.start, inner.end)
    if not words or len(words) > MAX_TITLE:
        return "quotation"
    if len(words) <= MAX_HEADING and _is_run_in(text, span, inner):
        return "heading"
    before = text[max(0, span.start - 60) : span.start]
    after = text[span.end : span.end + 40]
    if not heading and _is_nickname(words, inner.of(text), before, after):
        return "nickname"
    if is_reporting(words, inner.of(text), before, after):
        return "name"
    return _of_few_words(words, before, after, heading=heading)


def _of_few_words(words: list[str], before: str, after: str, *, heading: bool) -> StretchKind:
    """Return what marks around a few words are for that are no name of anybody's."""
    lead = _lead(before)
    if _TITLED.search(before) or _is_title(words, lead, before, after, heading=heading):
        return "title"
    named = len(words) <= MAX_NAME and _title_case(words) and _NAMED.search(before)
    if len(words) <= MAX_WORD and (lead in {"word", "scare"} or named):
        return "scare" if lead == "scare" else "word"
    return "quotation"


def _is_run_in(text: str, span: Span, inner: Span) -> bool:
    """Tell whether a heading was run into the text: '… he said. 'No magic wand' Markets rose on Monday'.

    Single marks without a stop in them, between two sentences, none of which reports what they say.
    """
    sides = text[max(0, span.start - 6) : span.start], text[span.end : span.end + 6]
    between = _SENTENCE_BEFORE.search(sides[0]) and _SENTENCE_AFTER.match(sides[1])
    if not between or GLYPHS.get(text[span.start : inner.start], ("",))[0] != "S":
        return False
    said, after = inner.of(text), _WORD.search(text, span.end)
    credited = cue_follows(text, span.end) and (after is None or after[0].lower() not in _SMALL | _PRONOUNS)
    return said[0].isupper() and said[-1].isalnum() and not credited


def is_heading(text: str, span: Span) -> bool:
    """Tell whether most words of a line are capitalised, as in a headline, so that capitals say nothing.

    A line that ends as a sentence does must be longer to count: three names make no headline.
    """
    line = text[span.start : min(span.end, span.start + 300)].rstrip()
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    least = 8 if line.endswith(".") else 3
    return len(words) >= least and 5 * sum(word[0].isupper() for word in words) > 3 * len(words)


def _lead(before: str) -> str | None:
    """Return what the last words before the marks announce: work, made, word, scare or nothing."""
    before = before.rstrip()
    if before and before[-1] != "," and not before[-1].isalnum():
        return None
    words = [word.lower() for word in _WORD.findall(before)][-3:]
    leads = load_table("mark_leads")
    for size in range(len(words), 0, -1):
        tail = " ".join(words[-size:])
        found = next((kind for kind, tails in leads.items() if tail in tails), None)
        if found:
            return found
    return None


def _is_nickname(words: list[str], inner: str, before: str, after: str) -> bool:
    """Tell whether the marks stand inside a name: a capitalised word right before, another right after."""
    return (
        len(words) <= MAX_NICKNAME
        and words[0][0].isupper()
        and not _ENDS_CLAUSE.search(inner[-MAX_TAIL:])
        and _FIRST_NAME.search(before) is not None
        and _SURNAME.match(after) is not None
        and _WORD.findall(before)[-1].lower() not in _SMALL
    )


def _is_set_off(words: list[str], before: str, after: str) -> bool:
    """Tell whether commas set off what a work is called: The Ledger's splash, “Keys to nowhere”, quotes."""
    named = _WORK.search(before) and not _PLACED.search(before)
    return bool(named) and words[0][0].isupper() and after.startswith(", ")


def _is_title(words: list[str], lead: str | None, before: str, after: str, *, heading: bool) -> bool:
    """Tell whether words in title case stand where a work, a programme or a newspaper is named."""
    if not _title_case(words):
        return _is_set_off(words, before, after)
    if lead == "work" or any(who.search(before) for who in (_REPORTED_BY, _TOLD, _CITED_BY)):
        return True
    if heading:
        return False
    follower = _WORD.match(after.lstrip())
    if follower and follower[0].lower() in load_words("work_followers"):
        return True
    if len(words) < 2 or _CHANT.search(before):
        return False
    last = _WORD.findall(before)
    made = lead == "made" or bool(_WROTE.search(before) and _YEAR.match(after))
    return (
        made
        or bool(_POSSESSIVE.search(before))
        or (bool(last) and last[-1] in _PLACES and before[-1:].isspace())
    )


def _title_case(words: list[str]) -> bool:
    """Tell whether the first word and all but the small ones are capitalised or numbers."""
    return not words[0][0].islower() and all(not word[0].islower() or word in _SMALL for word in words)
