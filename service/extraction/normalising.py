"""Text as the pipeline was trained to read it, one character for one character.

Marks and apostrophes are straightened; what is no sentence (tags, Markdown, datelines) becomes
blanks. The words that are answered are always the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from service.extraction.models import Paragraph, Span, Stretch
from service.extraction.people.words import place

_APOSTROPHES = "’‘ʼ＇´`ʹ′‛\x91\x92"
_DOUBLES = "“”„‟＂″〃〝〞❝❞\x93\x94"
_BLANKS = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_TAG_LEFT = re.compile(
    r"<(?!v[ .])/?[a-zA-Z][\w:-]{0,20}(?:\s[^<>]{0,500})?/?>"
    r"|(?<=[\w.,;!?\"”’')])\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\]"
)
"""Tags of HTML, and the numbers of footnotes: "said.[3]"."""
_MARKDOWN = re.compile(
    r"(?<![^\s\"“”‘’'«»(])[*_]{1,4}(?=[^\W_]|[\"“‘'«(@$£€])"
    r"|(?<=[^\s*_])(?:\*{1,2}_?|_\*{0,2}|(?<=\w\w)\*{3})(?![\w*])"
    r"|^[ ]{0,3}(?:>[ ]?){1,3}|^#{1,6}(?=[ ])"
    r"|\[(?=[^\[\]\n]{1,200}\]\((?:https?:|/|#))|\]\((?:https?:|/|#)[^\s()]{0,500}\)",
    re.MULTILINE,
)
"""Emphasis, quoted lines, headings and links of Markdown: "**so**", "> We won", "[the plan](/p)"."""

_SIGNS_OF_MARKDOWN = ("*", "_", ">", "#", "](")
_LETTER_ENDS = re.compile(
    r"(\b(?:(?:on|to|via|platform|network)\s(?=X)|(?i:appendix|block|category|class|exhibit|gate|gen|generation|grade"
    r"|group|hepatitis|level|option|phase|plan|row|section|serie|terminal|type|vitamin)\s))([A-Z])(?=\.(?:[\s\"”’')]|\Z))"
)
"""A letter that is no initial, before a full stop: "wrote on X.", "Plan B."; else the two were one word."""
_BULLETS = "•▪●■►▶◦‣∙"
_ITEM = re.compile(r"^[ \t]{0,8}(?:[*·§→✓➤※★+o]|\d{1,2}\)|\([a-z\d]\))(?= [\"“”„«‘'])", re.MULTILINE)
"""What opens an item of a list before a quotation: '* "A"', '2) "A"', '(b) "A"'."""

_STRAIGHTEN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DOUBLES, '"') | dict.fromkeys(_BULLETS, " ")
)

_GLUED_DASH = re.compile(r'(?:(?<=" )|(?<="  ))-(?=[^\W\d_])')
"""A dash after a quotation that the next word sticks to: '"A" -said Jane Doe'."""

_PLACE_COLON = re.compile(r"([A-Z][a-zA-Z]{2,20}(?: [A-Z][a-zA-Z]{2,20})?): (?=[A-Z])")
_DATELINE = re.compile(
    r"[A-Z][A-Z.' -]{2,30}"
    r"(?P<more>(?:, [A-Z][A-Za-z. ]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?:,? ?(?:[—–-]{1,2} ?)?[(/][A-Za-z -]{2,25}[)/])?)"
    r"(?: ?[—–-]{1,2}|\.[—–-]{1,2}|(?<=\d):|(?<=\d)\. /[A-Za-z ]{2,25}/\.)(?: |(?<=\)--))(?=[A-Z\"“‘'])"
    r"|[A-Z][A-Z.' -]{2,30},? \((?P<agency>[A-Za-z /.,]{2,40} [-–] \d[\w ,]{1,25})\) (?=[A-Z\"“‘'])"
)
"""A place in capitals, its country or state, the day, an agency and a dash: "MANILA, Philippines (AP) — ".

After a day a colon will do, or an agency between slashes: "RIGA, May 3: ", "RIGA, May 3. /TASS/. ".
After an agency with the day in brackets, nothing need stand: "RIGA, (NewsPoint - 3rd May, 2024) ".
"""
_AGENCY_LINE = re.compile(
    r"[A-Z][a-zA-Z]{2,20}(?: [A-Z][a-zA-Z]{2,20})?(?: \[[A-Z][A-Za-z ]{2,25}\])?"
    r",? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})? \([A-Za-z/ ]{2,25}\)"
    r"(?: ?[—–-]{1,2}|:)? (?=[A-Z\"“‘'])"
    r"|[A-Z][a-zA-Z]{2,20}(?: [A-Z][a-zA-Z]{2,20})?, [A-Z][A-Za-z.]{1,20} ?[—–-]{1,2} ?"
    r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4} ?[—–-]{1,2} ?(?=[A-Z\"“‘'])"
)
"""A place, the day and an agency in brackets, with or without a sign after: "Rampur, Aug 23 (PTI) ".

Or a place and the day between dashes, as firms write: "Hull, England – May 3, 2024 – "."""


_AGENCY = re.compile(r"\([A-Z][A-Za-z/. ]{1,30}\) ?[—–-]{1,2} ?(?=[A-Z\"“‘'])")
"""An agency in brackets and a dash, without a place, where they lead the article: "(Reuters) - "."""

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?:? (?=[A-Z\"“‘'])")
"""The time that opens an entry of a live blog: "10:15 ", "9.40pm GMT: "."""


_REPORTER = re.compile(r"[^\n=.?!\"“”]{0,60} = ?(?=[A-Z\"“‘'])")
"""Who reports, before a sign of equality, as Korean agencies begin: "[Seoul = Daily] Reporter Park Ji = "."""

_DESK = re.compile(r"[\[(][A-Z][^\])\n]{1,40}[\])] ?")


def normalise(text: str, stretches: Sequence[Stretch]) -> str:
    """Return ``text`` as the pipeline was trained to read it, one character for one character.

    The marks of outermost stretches become ``"``, those of nested ones ``'``; a mark of several characters
    (two grave accents) keeps one and is blank for the rest, as are stray marks inside a repaired stretch. A
    hyphen for the dash after a quotation becomes one, apostrophes become ``'``; no-break, zero-width and odd
    spaces, soft line breaks, bullets and control characters become spaces.
    """
    if "<" in text or "[" in text:
        text = _TAG_LEFT.sub(lambda found: " " * len(found[0]), text)
    if any(sign in text for sign in _SIGNS_OF_MARKDOWN):
        text = _MARKDOWN.sub(lambda found: " " * len(found[0]), text)
    text = _ITEM.sub(lambda found: " " * len(found[0]), text)
    text = _LETTER_ENDS.sub(lambda found: found[1] + found[2].lower(), text)
    characters = list(_BLANKS.sub(" ", text.translate(_STRAIGHTEN)))
    for stretch in stretches:
        if stretch.repaired and not stretch.depth:
            inner = slice(stretch.inner.start, stretch.inner.end)
            characters[inner] = [" " if character == '"' else character for character in characters[inner]]
        mark = " " if stretch.kind == "name" else "'" if stretch.depth else '"'
        _write(characters, Span(stretch.span.start, stretch.inner.start), mark, at_end=True)
        _write(characters, Span(stretch.inner.end, stretch.span.end), mark, at_end=False)
    return _GLUED_DASH.sub("–", "".join(characters))


def without_datelines(text: str, paragraphs: Iterable[Paragraph]) -> str:
    """Blank out the datelines, "MANILA, Philippines — ", "New Delhi: ", and times, "10:15 ", of paragraphs.

    The parser takes them for the subject of the sentence.
    """
    pieces: list[str] = []
    reached = 0
    body = [paragraph.span for paragraph in paragraphs if paragraph.kind == "body"]
    for span in body:
        start = span.start
        found = _dateline(text, span, leads=span == body[0])
        if found is not None:
            pieces += [text[reached:start], " " * (found - start)]
            reached = found
    return "".join([*pieces, text[reached:]])


def _dateline(text: str, paragraph: Span, *, leads: bool) -> int | None:
    """Return where the dateline that opens a paragraph ends.

    A place before a colon must be a known one; capitals alone count where they lead the article, for in a
    transcript they are whose turn it is.
    """
    found = _DATELINE.match(text, paragraph.start, paragraph.end)
    if found is not None and (leads or found["more"] or found["agency"]):
        return found.end()
    found = _AGENCY_LINE.match(text, paragraph.start, paragraph.end)
    found = found or (_AGENCY.match(text, paragraph.start, paragraph.end) if leads else None)
    desk = _DESK.match(text, paragraph.start, paragraph.end) if leads else None
    begins = desk.end() if desk is not None else paragraph.start
    found = found or (_REPORTER.match(text, begins, paragraph.end) if leads else None)
    found = found or _CLOCK.match(text, paragraph.start, paragraph.end)
    if found is not None:
        return found.end()
    found = _PLACE_COLON.match(text, paragraph.start, paragraph.end)
    return found.end() if found is not None and place(found[1].lower()) is not None else None


def _write(characters: list[str], place: Span, mark: str, *, at_end: bool) -> None:
    """Put ``mark`` on the edge of ``place`` that touches the quoted words, blanks on the rest."""
    for offset in range(place.start, place.end):
        characters[offset] = " "
    if place.start < place.end:
        characters[place.end - 1 if at_end else place.start] = mark
