"""Plain text in, ``Article`` out: the text itself unchanged, and its paragraphs."""

from __future__ import annotations

from service.documents.lines import split_lines
from service.documents.paragraphs import classify
from service.documents.wrapping import join_wrapped
from service.extraction.models import Article, KnownPerson


def read_text(text: str, *, title: str | None = None, known_people: tuple[KnownPerson, ...] = ()) -> Article:
    """Return the article that ``text`` holds.

    ``text`` is the canonical text as it stands, so that every offset is the caller's own. ``title`` is a
    headline given apart from the text: it has no offsets and no quotes are found in it; it only helps to know
    names. Any string is accepted; one without a printing character gives an article of no paragraphs.
    """
    pieces = tuple(join_wrapped(text, split_lines(text)))
    paragraphs = classify(text, pieces)
    return Article(text=text, paragraphs=paragraphs, known_people=known_people, title=title)
