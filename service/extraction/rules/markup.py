"""What the mark-up of a page says outright: a block quotation and whom it cites."""

from __future__ import annotations

from collections.abc import Iterator

from service.extraction.models import Hint, Span
from service.extraction.rules.before import cue_before
from service.extraction.rules.beside import Beside, last_token
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import Scene


def markup(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for every block quotation that cites somebody, or that a cue leads in to.

    Handles ``<blockquote>A<cite>Jane Doe</cite></blockquote>``, and "The mayor wrote:" before a block
    quotation without marks.
    """
    for hint in scene.article.hints:
        content = _trimmed(scene, hint.content)
        if content is None:
            continue
        if hint.source is not None:
            yield Candidate("hint", (content,), None, hint.source)
        elif (found := _led_in(scene, hint)) is not None:
            yield Candidate(found.rule, (content,), found.span, found.source, found.mode, found.sure)


def _trimmed(scene: Scene, span: Span) -> Span | None:
    return scene.span(*scene.tokens(span))


def _led_in(scene: Scene, hint: Hint) -> Beside | None:
    """Find the cue that ends with a colon in the paragraph before a block quotation without a source."""
    quotation = scene.tokens(hint.content)
    here = scene.paragraph_of[quotation[0]] if quotation[0] < len(scene.doc) else 0
    if here <= 0 or not scene.readable(here - 1):
        return None
    before = scene.paragraphs[here - 1]
    last = last_token(scene, before)
    return cue_before(scene, quotation, before) if last is not None and last.text == ":" else None
