"""Attribution: content linked to cue and source, by named rules that compete and a learned scorer over them.

Candidates come from the families of rules in ``rules/``; ``decode`` lets them compete for the words; what is
left between quotation marks is credited to the speaker who is going on, or to nobody. With a scorer,
``revision`` lets it decide what of that stands and what else there is; without one the rules alone do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from service.extraction.edges import mended
from service.extraction.formulas import without_formulas
from service.extraction.learned.scorer import Scorer
from service.extraction.links import kept
from service.extraction.media import with_media
from service.extraction.models import Article, Attribution, Checkpoint, Span, Stretch, go_on
from service.extraction.reactions import reactions
from service.extraction.revision import revise
from service.extraction.rules.blocks import blocks
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.chants import chants
from service.extraction.rules.continuation import continued, credited_above
from service.extraction.rules.decode import decode
from service.extraction.rules.direct import direct
from service.extraction.rules.echoes import echoes, views
from service.extraction.rules.fragments import fragments
from service.extraction.rules.headed import headed, introduced_by_line
from service.extraction.rules.headlines import headlines
from service.extraction.rules.indirect import indirect
from service.extraction.rules.interviews import interviews
from service.extraction.rules.markup import markup
from service.extraction.rules.stated import owned, stated, with_words
from service.extraction.rules.transcript import (
    addressed,
    credited_alone,
    headline,
    posts,
    soundbites,
    transcript,
    voices,
)
from service.extraction.scene import Scene
from service.extraction.topics import told

MOST_BEYOND_TITLE = 3
"""Most words after a title that belong to it rather than to what somebody says: "in 1990"."""

FAMILIES: tuple[Callable[[Scene], Iterable[Candidate]], ...] = (
    markup,
    blocks,
    interviews,
    transcript,
    headed,
    introduced_by_line,
    headline,
    headlines,
    posts,
    soundbites,
    addressed,
    credited_alone,
    voices,
    direct,
    indirect,
    fragments,
    echoes,
    views,
    stated,
    owned,
    with_words,
    chants,
)
"""The families of rules, each of which yields its candidates for an article."""


def attribute(
    doc: Doc,
    article: Article,
    stretches: Sequence[Stretch],
    *,
    scorer: Scorer | None = None,
    checkpoint: Checkpoint = go_on,
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order, contents never overlapping.

    ``scorer`` is the learned scorer; with None, the rules alone decide. ``checkpoint`` is called before each
    family of rules and after each candidate.
    """
    scene = Scene.of(doc, article, stretches)
    decided = decode(_candidates(scene, checkpoint), len(article.text))
    ruled = continued(scene, decided)
    checkpoint()
    found = ruled if scorer is None else revise(scene, stretches, ruled, scorer)
    told_of = without_formulas(article.text, found)
    credited = credited_above(scene, _without_titles(article.text, told_of, stretches))
    own = reactions(scene, tuple(credited))
    return tuple(mended(scene, list(with_media(scene, (told(scene, one) for one in own)))))


def _without_titles(
    text: str, found: Sequence[Attribution], stretches: Sequence[Stretch]
) -> tuple[Attribution, ...]:
    """Leave out what is only the title of a work or a programme: 'told NBC's ["Meet the Mayor."]'.

    Or that and when it was made: 'wrote ["The Boat and the Sea" in 1990]'.
    """
    named = (stretch.span for stretch in stretches if stretch.kind in {"name", "title"})
    titles = {span.start: span.end for span in named}
    places = [
        i for i, one in enumerate(found) if not all(_is_title(text, span, titles) for span in one.content)
    ]
    return kept(found, places)


def _is_title(text: str, span: Span, titles: Mapping[int, int]) -> bool:
    end = titles.get(span.start)
    return end is not None and end <= span.end and len(text[end : span.end].split()) <= MOST_BEYOND_TITLE


def _candidates(scene: Scene, checkpoint: Checkpoint) -> Iterator[Candidate]:
    for family in FAMILIES:
        checkpoint()
        for candidate in family(scene):
            yield candidate
            checkpoint()
