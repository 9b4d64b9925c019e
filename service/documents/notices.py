"""Finds the small print around an article: dates, picture credits, copyright, menus, tags and addresses."""

from __future__ import annotations

import re

from service.documents.wordlists import load

_CLOSED = re.compile(r"[.!?…][)\]]?$")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_DATING = re.compile(r"\b(?:19|20)\d\d\b|\bago\b|publish|updated|\b\d{1,2}[./]\d{1,2}[./]\d\d", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d:./-]*(?:st|nd|rd|th|am|pm|h|t[\d:.]+z?|z)?")
_CREDIT_LABEL = re.compile(
    r"\W{0,2}(?:file )?(?:photo(?:graph)?|picture|image|illustration|graphic|video|credit|caption|©)s?"
    r"(?: credits?| caption| source)?(?: by)? ?[:/|]",
    re.IGNORECASE,
)
_FILE_CAPTION = re.compile(r"(?:FILE(?: PHOTO| IMAGE)?|File photo) ?[-–—:]|\(?(?:Photo|Image|Picture) by ")
_BEFORE_AGENCY = re.compile(
    r"[©/|]|\bvia |(?:photo|image|picture|credit|source|photograph|courtesy)s?(?: by|:| of) ", re.IGNORECASE
)
_AGENCY_PATH = re.compile(
    r"(?:©|\b(?:AP Photo|REUTERS|AFP|EPA|PA|Getty Images|Getty|NurPhoto|ZUMA)/)[^.!?]{0,60}[)\]]?\.?$"
)
_IN_BRACKETS = re.compile(r"(?<![.!?…”\"] )[(\[]([^()\[\]]{2,40})[)\]]\.?$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)[^.]{0,60}\b(?:19|20)\d\d\b|©|\(c\) ?\d", re.IGNORECASE)
_WIRE_CREDIT = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|translated) by\b[^“”\"]*[;.)]",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"(?<!\s)\s++[>»›/|•·]\s++|(?:(?<!\s)\s++)?[>»›]\s*+")
_LABELS = (
    re.compile(
        r"(?:tags?|topics?|filed under|file under|categor(?:y|ies)|keywords?|posted in|tagged(?: as| with)?"
        r"|labels?|section)\s*[:|]",
        re.IGNORECASE,
    ),
    re.compile(r"(?:https?://|www\.)\S+$|[^\s@]+@[^\s@.]+\.[\w.]+$", re.IGNORECASE),
    re.compile(r"(?:[#@]\w+[\s,|]*)+$"),
    re.compile(r"[-−+]?\d+(?:[.,]\d+)? ?°? ?[CF]$"),
    re.compile(r"(?=[a-z\d_-]*\d)[a-z\d]+(?:[-_][a-z\d]+){1,8}$"),
)
_FOLLOW = re.compile(
    r"follow\b.{1,60}(?: @\w| on (?:twitter|x|facebook|instagram|linkedin|bluesky|threads|youtube)\b)",
    re.IGNORECASE,
)


def is_date(line: str) -> bool:
    """When it appeared: "Friday, January 21", "Published 3 hours ago", "Updated: 4 May 2024, 14:05 BST".

    A bare time ("14:32", "3.15pm BST") is none: it heads an entry of a live blog.
    """
    words = [word.strip(".,:;()|·•-–—/") for word in line.casefold().replace("’", "'").split()]
    words = [word for word in words if word]
    if not 1 <= len(words) <= 18 or not all(map(_fits_date, words)):
        return False
    if _DATING.search(line):
        return len(words) > 1 or not words[0].isalnum()
    return bool(_MONTH.search(line)) and any(word[0].isdigit() for word in words)


def _fits_date(word: str) -> bool:
    return word in load("date_words") or _FIGURE.fullmatch(word) is not None


def is_credit(line: str) -> bool:
    """Pictures: "Jane Doe. © AP", "(Photo: Reuters)", "Photo: J. Roe", "FILE - Doe speaks. (AP/Roe)"."""
    words = len(line.split())
    if words > 70:
        return False
    if _FILE_CAPTION.match(line) or (words <= 40 and _CREDIT_LABEL.match(line)):
        return True
    return _ends_on_agency(line) or (words <= 12 and _ends_on_agency_in_brackets(line))


def _ends_on_agency(line: str) -> bool:
    """Tell whether the line's end credits an agency: "© AP", "J. Roe/Getty Images", "via Reuters"."""
    end = line[-90:]
    last = _BEFORE_AGENCY.split(end)
    is_agency = last[-1].casefold().strip(" .)]") in load("photo_credits")
    return (is_agency and (len(last) > 1 or len(end.split()) <= 4)) or bool(_AGENCY_PATH.search(end))


def _ends_on_agency_in_brackets(line: str) -> bool:
    """Tell whether the line ends on "(AP)" or "[Getty]": a caption if short, else an agency's story."""
    match = _IN_BRACKETS.search(line[-50:])
    return match is not None and match[1].casefold() in load("photo_credits")


def is_navigation(line: str) -> bool:
    """Breadcrumbs and menus: "Home > News > Politics", "News | Sport | Weather | Shop"."""
    parts = [] if _CLOSED.search(line, max(0, len(line) - 3)) else _SEPARATORS.split(line)
    if len(parts) < 2 or any(len(part.split()) > 4 for part in parts):
        return False
    is_home = parts[0].casefold() == "home"
    return is_home or len(parts) >= 4 or (len(parts) == 3 and ">" in line)


def is_label(line: str) -> bool:
    """Tags, addresses and the like: "Tags: budget, tax", "#Budget", "www.example.org", "Follow Jane on X"."""
    words = len(line.split())
    if words <= 14 and _FOLLOW.match(line):
        return True
    return words <= 40 and any(pattern.match(line) for pattern in _LABELS)


def is_notice(line: str) -> bool:
    """Copyright and wire credits: "© 2024 Example Media", "(Reporting by Jane Doe; Editing by John Roe)"."""
    words = len(line.split())
    if words <= 60 and _COPYRIGHT.match(line):
        return True
    is_list = line.startswith("(") or (words <= 30 and ";" in line)
    return is_list and bool(_WIRE_CREDIT.match(line))
