"""Tells page furniture from article: bylines, dates, picture credits, share links, forms, promotion.

A body paragraph taken for furniture loses its quotes. So a test wants the whole line to fit, or to begin in a
way that no article begins, and a line that holds a quotation is body whatever else it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from service.documents.wordlists import first_word, load, load_openings

LONGEST = 600
"""A line longer than this, in code points, is never furniture by itself."""

MARKS = frozenset('"“”„«»')
_QUOTATION = re.compile(r"[\"“„«](?:[^\"“”„«»\s]{1,60}\s{1,3}){3}|''?[^']{25}|[‘‚`](?:[^\s]{1,60}\s{1,3}){4}")
_EDGES = " \t\xa0.,:;!?*|·•…→←»«›‹>()[]{}<-–—+=_~#▶►▼▾▲✕×✓|/\\&@"
_NUMBER = re.compile(r"\d[\d,.]*")
_SPACE = re.compile(r"\s+")
_CREDIT_LABEL = re.compile(
    r"\W{0,2}(?:file )?(?:photo|photograph|picture|image|illustration|graphic|video|credit|caption|©)(?:graph)?s?"
    r"(?: credits?| caption| source)?(?: by)? ?[:/|]",
    re.IGNORECASE,
)
_FILE_CAPTION = re.compile(r"(?:FILE(?: PHOTO| IMAGE)?|File photo) ?[-–—:]|\(?(?:Photo|Image|Picture) by ")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)[^.]{0,60}\b(?:19|20)\d\d\b|(?:©|\(c\) ?\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$", re.IGNORECASE)
_HANDLES = re.compile(r"(?:[#@]\w+[\s,|]*)+$")
_FOLLOW = re.compile(
    r"follow\b.{1,60}(?: on (?:twitter|x|facebook|instagram|linkedin|bluesky|threads|mastodon|youtube)\b| @\w)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:tags?|topics?|filed under|file under|categor(?:y|ies)|keywords?|posted in|tagged(?: as| with)?|labels?|section)"
    r"\s*[:|]",
    re.IGNORECASE,
)
_TEMPERATURE = re.compile(r"[-−+]?\d+(?:[.,]\d+)? ?°? ?[CF]$")
_SLUG = re.compile(r"(?=[a-z\d_-]*\d)[a-z\d]+(?:[-_][a-z\d]+){1,8}$")
_WIRE_CREDIT = re.compile(
    r"\(?(?:(?:additional |with )?(?:reporting|writing|editing|compiled|translated) by\b)[^“”\"]*[;.)]"
)
_COLON = re.compile(r"\s*[:|–—-]|\s{2}|$")
_CLOSED = re.compile(r"[.!?…][)\]]?$")
_SEPARATORS = re.compile(r"\s+[>»›/|•·]\s+|\s*[>»›]\s*")
_PARTICLES = frozenset("de da del della di du la le van von der den bin ibn al el y".split())
_BYLINE_GLUE = _PARTICLES | frozenset("and in at for of the & | - – — / with on".split())


def furniture_rule(line: str) -> str | None:
    """Return the name of the rule by which ``line`` is page furniture; None for a line of the article."""
    if len(line) > LONGEST or _QUOTATION.search(line):
        return None
    return next((name for name, applies in RULES if applies(line)), None)


@cache
def _posts() -> frozenset[str]:
    return load("bylines")


def normalise(line: str) -> str:
    """Return the line without case, edge punctuation and spacing, numbers as "#", to look it up in a list."""
    folded = line.casefold().replace("’", "'").strip(_EDGES)
    return _NUMBER.sub("#", _SPACE.sub(" ", folded)).strip()


def is_name(line: str) -> bool:
    """Tell whether the line is nothing but a person's name: "Jane Doe", "JANE DOE", "Ludwig van der Berg"."""
    words = line.split()
    if not 2 <= len(words) <= 5 or not line.replace("’", "").replace("'", "")[-1].isalpha():
        return False
    capitals = [
        word for word in words if word[0].isupper() and word.rstrip(".").replace("-", "")[-1:].isalpha()
    ]
    return len(capitals) >= 2 and all(word in capitals or word in _PARTICLES for word in words)


def _is_listed(line: str) -> bool:
    """Whole lines: "Share on Facebook", "Leave a Reply", "12 Comments", "- Advertisement -", "Loading…"."""
    return len(line) < 80 and normalise(line) in load("furniture_lines")


def _is_opening(line: str) -> bool:
    """Labels and links: "See also  Chief visits site", "Photos by Jane Doe", "Related: Ten things to know"."""
    words = len(line.split())
    if words > 40 or (words >= 9 and _CLOSED.search(line)):
        return False
    return _begins(line, "furniture_openings")


def _is_appeal(line: str) -> bool:
    """Sentences to the reader: "Sign up to our newsletter.", "Your email address will not be published."."""
    return len(line.split()) <= 60 and _begins(line, "furniture_sentences")


def _begins(line: str, name: str) -> bool:
    folded = line.casefold().replace("’", "'").lstrip(_EDGES)
    for entry in load_openings(name).get(first_word(folded), ()):
        stem = entry.rstrip(":")
        if folded.startswith(stem):
            rest = folded[len(stem) :]
            if _COLON.match(rest) if entry != stem else not rest[:1].isalnum():
                return True
    return False


def _holds_phrase(line: str) -> bool:
    """Lines with a give-away: "Required fields are marked *", "All rights reserved", "delivered to your inbox"."""
    if len(line.split()) > 60 or not MARKS.isdisjoint(line):
        return False
    folded = _SPACE.sub(" ", line.casefold().replace("’", "'"))
    return any(phrase in folded for phrase in load("furniture_phrases"))


def _is_byline(line: str) -> bool:
    """Authors: "By Jane Doe", "BY JANE DOE AND JOHN ROE", "Words by Jane Doe in Leeds | 3 May", "By Jane Doe, editor"."""
    words = re.split(r"[\s,:]+", line)
    lowered = [word.lower() for word in words]
    start = lowered.index("by") + 1 if "by" in lowered[:2] else 0
    if not 2 <= len(words) - start <= 20 or start == 0 or _CLOSED.search(line):
        return False
    if start == 2 and lowered[0] not in {"words", "story", "text", "written", "posted", "report", "reported"}:
        return False
    return words[start][:1].isupper() and all(map(_fits_byline, words[start:]))


def _fits_byline(word: str) -> bool:
    return (
        not word
        or not word[0].islower()
        or word in _BYLINE_GLUE
        or word.rstrip(".,") in _posts() | load("date_words")
    )


def _is_signature(line: str) -> bool:
    """A name with a newspaper's post: "Jane Doe, Political Correspondent", "Jane Doe | Staff Writer"."""
    name, _, post = re.sub(r"\s[-–—|/]\s|\s*[,|]\s*", "\n", line, count=1).partition("\n")
    words = post.casefold().split()
    return is_name(name) and 1 <= len(words) <= 6 and words[-1] in _posts()


def _is_date(line: str) -> bool:
    """When it appeared: "Friday, January 21", "Published 3 hours ago", "Updated: 4 May 2024, 14:05 BST", "2024-05-04".

    A bare time ("14:32", "3.15pm BST") is none: it heads an entry of a live blog.
    """
    words = [word.strip(".,:;()|·•-–—/") for word in line.casefold().replace("’", "'").split()]
    words = [word for word in words if word]
    if not 1 <= len(words) <= 18 or not all(map(_fits_date, words)):
        return False
    if re.search(r"\b(?:19|20)\d\d\b|\bago\b|publi|update|\b\d{1,2}[./]\d{1,2}[./]\d\d", line, re.IGNORECASE):
        return len(words) > 1 or not line.isdigit()
    months = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
    }
    months |= {
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    }
    return not months.isdisjoint(words) and any(word[0].isdigit() for word in words)


def _fits_date(word: str) -> bool:
    return (
        word in load("date_words")
        or re.fullmatch(r"\d[\d:./-]*(?:st|nd|rd|th|am|pm|h|t[\d:.]+z?|z)?", word) is not None
    )


def _is_credit(line: str) -> bool:
    """Picture credits and captions: "Jane Doe. © AP", "(Photo: Reuters)", "FILE - Jane Doe speaks. (AP Photo/X)"."""
    if len(line.split()) > 70:
        return False
    if _FILE_CAPTION.match(line) or (_CREDIT_LABEL.match(line) and len(line.split()) <= 40):
        return True
    tail = re.split(
        r"[©(\[]|[/|] ?|\bvia |(?:photo|image|picture|credit|source|photograph|courtesy)s?(?: by|:| of) ",
        line[-90:],
        flags=re.IGNORECASE,
    )
    if len(tail) > 1 and tail[-1].casefold().strip(" .)]") in load("photo_credits"):
        return True
    return bool(
        re.search(
            r"(?:©|\b(?:AP Photo|REUTERS|AFP|EPA|PA|Getty Images|Getty|NurPhoto|ZUMA)/)[^.!?]{0,60}[)\]]?\.?$",
            line[-90:],
        )
    ) or normalise(line) in load("photo_credits")


def _is_navigation(line: str) -> bool:
    """Breadcrumbs and menus: "Home > News > Politics", "News | Sport | Weather | Shop"."""
    parts = _SEPARATORS.split(line)
    if _CLOSED.search(line) or any(len(part.split()) > 4 for part in parts):
        return False
    return (
        len(parts) >= 4
        or (len(parts) >= 2 and parts[0].casefold() == "home")
        or (len(parts) == 3 and ">" in line)
    )


def _is_label(line: str) -> bool:
    """Tags, addresses and the like: "Tags: budget, tax", "#Budget #Tax", "www.example.org", "Follow Jane Doe on X"."""
    if len(line.split()) > 40:
        return False
    return any(
        pattern.match(line) for pattern in (_LABELLED, _ADDRESS, _HANDLES, _TEMPERATURE, _SLUG)
    ) or bool(len(line.split()) <= 14 and _FOLLOW.match(line))


def _is_notice(line: str) -> bool:
    """Copyright and wire credits: "© 2024 Example Media", "(Reporting by Jane Doe; Editing by John Roe)"."""
    if len(line.split()) > 60:
        return False
    return (
        bool(_COPYRIGHT.match(line))
        or (len(line.split()) <= 30 and ";" in line and bool(_WIRE_CREDIT.match(line)))
        or bool(line.startswith("(") and _WIRE_CREDIT.match(line))
    )


def _is_ornament(line: str) -> bool:
    """Lines without a letter or digit: "* * *", "—", "."; not one that holds a quotation mark."""
    return not any(char.isalnum() for char in line) and MARKS.isdisjoint(line) and not set("'’‘") & set(line)


RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ornament", _is_ornament),
    ("listed", _is_listed),
    ("opening", _is_opening),
    ("appeal", _is_appeal),
    ("date", _is_date),
    ("byline", _is_byline),
    ("signature", _is_signature),
    ("label", _is_label),
    ("navigation", _is_navigation),
    ("notice", _is_notice),
    ("credit", _is_credit),
    ("phrase", _holds_phrase),
)
