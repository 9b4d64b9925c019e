"""Marks that an encoding has spoilt, put back: "ìWe donít know,î she said" is "“We don’t know,” she said".

Two things happen to typographic marks. Bytes are read in another encoding than they were written in: each
mark has become another sign, and a table says which. Or a converter that does not know them writes one sign
for all: a question mark, U+FFFD, or three, one for each byte in UTF-8. Which mark each was is then told by
what it touches. The text keeps its length, so that offsets stay: where a mark became three characters it is
written as three, misread as UTF-8 mostly is, which ``debris`` mends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from service.extraction.models import Article

Mark = Literal["“", "”", "’", "–"]

_MARKS = "“”‘’–—…"


def _misread(mark: str, written: str, read: str) -> str:
    """Return what a mark becomes when it is written in one encoding and read in another.

    A byte that the other encoding leaves undefined becomes the control character of its number.
    """
    return "".join(bytes([byte]).decode(read, "ignore") or chr(byte) for byte in mark.encode(written))


_MISREADINGS = tuple(
    {mark: _misread(mark, *encodings) for mark in _MARKS}
    for encodings in (
        ("utf-8", "latin-1"),
        ("utf-8", "mac_roman"),
        ("utf-8", "cp850"),
        ("cp1252", "mac_roman"),
        ("cp1252", "cp850"),
        ("mac_roman", "cp1252"),
    )
)
_TRACES = tuple(re.compile(rf"n{signs['’']}t\b|[,.?!]{signs['”']}(?=\s|$)") for signs in _MISREADINGS)
"""What tells each: "donít", and a closing mark after a comma or a stop."""

_SIGNS = ("\ufffd\ufffd\ufffd", "ï¿½", "???", "\ufffd", "¿", "â", "?")
"""What is written for any mark, the longest first."""
_CONTRACTED = r"(?:t|s|re|ve|ll|d|m)\b"
_NO_BREAK = re.compile("Â[ \xa0]")
_NEAR = 12
"""Code points after a sign, and signs after it in its paragraph, that are looked at."""


class _Sign(NamedTuple):
    """One sign: its place, the mark that it was if that is plain, and whether it may have closed."""

    start: int
    mark: Mark | None
    may_close: bool
    plural: bool


def with_marks_restored(article: Article) -> Article:
    """Return ``article`` with its spoilt marks put back, or itself; offsets stay."""
    if article.text.isascii() and "?" not in article.text:
        return article
    text = _without_sign(article, _reread(article.text))
    return article if text == article.text else replace(article, text=text)


def _written(mark: str, length: int) -> str:
    """Return a mark in one character or three, as ``debris`` reads it."""
    return mark if length == 1 else _misread(mark, "utf-8", "cp1252").ljust(length)


def _reread(text: str) -> str:
    """Put back the marks of a text that was read in another encoding, and its no-break spaces ("Â ")."""
    text = _NO_BREAK.sub("  ", text) if "Â" in text else text
    for signs, trace in zip(_MISREADINGS, _TRACES, strict=True):
        if signs["’"][0] not in text and signs["”"][0] not in text:
            continue
        if trace.search(text):
            for mark, sign in signs.items():
                text = text.replace(sign, _written(mark, len(sign)))
    return text


def _without_sign(article: Article, text: str) -> str:
    """Put back the marks that are all written with one sign."""
    sign = next((sign for sign in _SIGNS if _stands_for_marks(text, sign)), None)
    if sign is None:
        return text
    pieces: list[str] = []
    reached = 0
    for paragraph in article.paragraphs:
        span = paragraph.span
        for start, mark in _read(list(_signs(text, sign, span.start, span.end))):
            pieces += [text[reached:start], _written(mark, len(sign))]
            reached = start + len(sign)
    return "".join([*pieces, text[reached:]])


def _stands_for_marks(text: str, sign: str) -> bool:
    """Tell whether ``sign`` stands within "don?t", after a comma or, where it is no letter, before a word."""
    lost = re.escape(sign)
    ends = "," if sign == "?" else "[,.!]"
    opens = rf"|(?:^|\s){lost}(?=[^\W\d_]{{2}})" if sign not in {"¿", "â"} else ""
    trace = rf"[a-z]{lost}{_CONTRACTED}|{ends}{lost}(?=\s|$){opens}"
    return sign in text and re.search(trace, text, re.MULTILINE) is not None


def _signs(text: str, sign: str, start: int, end: int) -> Iterator[_Sign]:
    at = text.find(sign, start, end)
    while at >= 0:
        after = text[at + len(sign) : min(end, at + len(sign) + _NEAR)]
        yield _sign(at, text[max(start, at - 2) : at], after, asks=sign == "?")
        at = text.find(sign, at + len(sign), end)


def _sign(start: int, before: str, after: str, *, asks: bool) -> _Sign:
    """Read one sign between the two characters ``before`` it and the few ``after`` it."""
    last, next_to = before[-1:], after[:1]
    mark: Mark | None = None
    may_close = False
    if last.isalpha() and next_to.isalpha():
        initial = last.isupper() and not before[:-1].isalpha() and next_to.isupper()
        mark = "’" if initial or re.match(_CONTRACTED, after) else None
    elif last.isdigit() and next_to.isdigit():
        mark = "–"
    elif not last.strip() and not next_to.strip():
        mark = "–" if last and next_to else None
    elif not last.strip() or last in "([—–-":
        mark = "’" if re.match(r"\d0s\b", after) else "“"
    elif not last.isalnum():
        mark = None if next_to.isalnum() else "”"
    else:
        may_close = not after.strip() or not (asks and re.match(r"[\s\"“(]*[A-Z]", after))
    return _Sign(start, mark, may_close, plural=last == "s" and next_to == " ")


def _read(signs: list[_Sign]) -> Iterator[tuple[int, Mark]]:
    """Yield the marks of a paragraph: what may have closed a quotation did where one is open.

    Not so where a plainer mark closes it after, nor after a plural ("the workers? demands?") before another.
    """
    is_open = False
    for i, sign in enumerate(signs):
        mark = sign.mark
        if sign.may_close:
            after = next(
                (one for one in signs[i + 1 : i + _NEAR] if one.may_close or one.mark in {"“", "”"}), None
            )
            closed_after = after is not None and (after.mark == "”" or (sign.plural and after.may_close))
            if is_open and not closed_after:
                mark = "”"
            elif sign.plural:
                mark = "’"
        if mark is not None:
            yield sign.start, mark
        is_open = mark == "“" or (is_open and mark != "”")
