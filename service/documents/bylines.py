"""Finds the lines that say who wrote the article: bylines, names, and notes about the author."""

from __future__ import annotations

import re

from service.documents.wordlists import load

_GLUE = {"and", "in", "at", "for", "of", "the", "&", "|", "-", "–", "—", "/", "with", "on"}
_BEFORE_BY = {"by", "words", "story", "text", "written", "posted", "report", "reported"}
_FIRST_SEPARATOR = re.compile(r"\s[-–—|/]\s|(?:(?<!\s)\s++)?[,|]\s*+")
_CLOSED = re.compile(r"[.!?…][)\]]?$")
_BIOGRAPHY = re.compile(
    r"\S+(?: \S+){0,4}? (?:is|was|has been|works|writes|covers|reports) (?:\S+ ){0,12}?"
    r"(?:journalist|reporter|correspondent|writer|editor|columnist|contributor|freelancer|producer)\b"
)


def is_name(line: str) -> bool:
    """Tell whether the line is nothing but a person's name: "Jane Doe", "JANE DOE", "Ludwig van der Berg"."""
    words = line.split()
    if not 2 <= len(words) <= 5:
        return False
    capitals = sum(map(_is_name_part, words))
    return capitals >= 2 and all(_is_name_part(word) or word in load("name_particles") for word in words)


def _is_name_part(word: str) -> bool:
    """Tell whether the word may be part of a name: "Jane", "O’Neil", "Smith-Jones", "J."."""
    letters = word.rstrip(".").translate({ord(char): None for char in "-'’."})
    return word[0].isupper() and letters.isalpha()


def is_byline(line: str) -> bool:
    """Authors: "By Jane Doe", "Words by JANE DOE in Leeds | 3 May", "By Jane Doe, city editor"."""
    words = [word for word in re.split(r"[\s,:]+", line, maxsplit=24) if word]
    lowered = [word.lower() for word in words[:2]]
    if "by" not in lowered or len(words) > 20 or _CLOSED.search(line):
        return False
    first, rest = words[0].lower(), words[lowered.index("by") + 1 :]
    if not rest or first not in _BEFORE_BY:
        return False
    return rest[0][0].isupper() and all(map(_fits_byline, rest))


def _fits_byline(word: str) -> bool:
    """Tell whether a byline may hold the word: a name, a place, a post, a date, or what joins them."""
    if not word[0].islower() or word in _GLUE:
        return True
    return any(word.rstrip(".") in load(name) for name in ("name_particles", "bylines", "date_words"))


def is_signature(line: str) -> bool:
    """A name with a newspaper's post: "Jane Doe, Political Correspondent", "Jane Doe | Staff Writer"."""
    if len(line) > 200:
        return False
    name, _, post = _FIRST_SEPARATOR.sub("\n", line, count=1).partition("\n")
    words = post.casefold().split()
    return is_name(name) and 1 <= len(words) <= 6 and words[-1] in load("bylines")


def is_biography(line: str, name: str) -> bool:
    """Tell whether the line says who the author ``name`` is: "Jane is a reporter and lives in Leeds."."""
    if len(line) > 600:
        return False
    begins = line.split(maxsplit=1)[0].rstrip(",’'s") in {*name.split(), "He", "She"}
    return begins and bool(_BIOGRAPHY.match(line))
