"""Attribution: content linked to cue and source, by named rules that compete and a learned scorer over them.

Candidates come from the families of rules in ``rules/``; ``decode`` lets them compete for the words; what is
left between quotation marks is credited to the speaker who is going on, or to nobody. With a scorer,
``revision`` lets it decide what of that stands and what else there is; without one the rules alone do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from service.extraction.learned.scorer import Scorer
from service.extraction.lexicon import load_words
from service.extraction.models import Article, Attribution, Checkpoint, Span, Stretch, go_on
from service.extraction.revision import revise
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.continuation import continued
from service.extraction.rules.decode import decode
from service.extraction.rules.direct import direct
from service.extraction.rules.fragments import fragments
from service.extraction.rules.indirect import indirect
from service.extraction.rules.markup import markup
from service.extraction.rules.transcript import headed, headline, posts, transcript
from service.extraction.scene import Scene
from service.extraction.topics import told

FAMILIES: tuple[Callable[[Scene], Iterable[Candidate]], ...] = (
    markup,
    transcript,
    headed,
    headline,
    posts,
    direct,
    indirect,
    fragments,
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
    kept = (with_subject(scene, told(scene, one)) for one in without_formulas(article.text, found))
    return tuple(without_time(article, without_dateline(article, one)) for one in kept)


_DATELINE = re.compile(
    r"(?:[A-Z][^()\n]{1,40})?\([A-Z][^()\n]{1,30}\)\s{0,2}[-–—]{1,2}\s{0,2}(?=\S)"
    r"|[A-Z][^()\n–—-]{1,40}\s[-–—]{1,2}\s(?=[A-Z])"
)
"""A place, an agency in brackets or both, and a dash: "Paris (AFP) - ", "(BUSINESS WIRE)--", "Amman - "."""


def without_dateline(article: Article, one: Attribution) -> Attribution:
    """Begin a source that opens a paragraph after its dateline: "Lisbon (AFN) - Portugal's main union"."""
    source = one.source
    if source is None or not any(source.start == p.span.start for p in article.paragraphs):
        return one
    match = _DATELINE.match(article.text, source.start, source.end)
    return replace(one, source=Span(match.end(), source.end)) if match else one


_TIME = re.compile(
    r"(?:(?:(?:on|late|early|last|this)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s(?:morning|afternoon|evening|night))?|yesterday|today|tonight)\s(?=[^\W\d_])"
)


def without_time(article: Article, one: Attribution) -> Attribution:
    """Begin content after the time of the saying: "said [on Monday] it would close", where the parse errs."""
    first = one.content[0]
    if one.cue is None or article.text[one.cue.end : first.start].strip():
        return one
    match = _TIME.match(article.text, first.start, first.end) if one.cue.end <= first.start else None
    if match is None or article.text.startswith(("and ", "but ", "or ", "is ", "was "), match.end()):
        return one
    return replace(one, content=(Span(match.end(), first.end), *one.content[1:]))


def with_subject(scene: Scene, one: Attribution) -> Attribution:
    """Begin a clause with its pronoun where the parse gave that away: "told the podcast she found it odd"."""
    first, _ = scene.tokens(one.content[0])
    if one.cue is None or not 0 < first < len(scene.doc) or scene.inside[first] >= 0:
        return one
    verb, before = scene.doc[first], scene.doc[first - 1]
    lost = (
        before.lower_ in _SUBJECTS and before.idx >= one.cue.end and verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}
    )
    if not lost or (one.source is not None and one.source.end > before.idx):
        return one
    return replace(one, content=(Span(before.idx, one.content[0].end), *one.content[1:]))


_SUBJECTS = frozenset({"he", "i", "she", "they", "we"})

_OPENINGS = ("with reference to ", "to comment on ")
_REASON = re.compile(r",? (?:because|as|since|for fear|so that|citing)\b")
_ASIDE = re.compile(r"(?:should|must|may|can) (?:also )?be \w+$")


def without_formulas(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Leave out what only explains the reporting itself: "asked not to be named", "a request for comment".

    Nothing follows on from such an attribution, for it quotes nothing.
    """
    kept = [i for i, one in enumerate(found) if not is_formula(text, one)]
    place = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(one, follows=None if one.follows is None else place.get(one.follows))
        for one in (found[i] for i in kept)
    )


def is_formula(text: str, one: Attribution) -> bool:
    """Tell whether an attribution reports nothing but a formula of the trade, or is the writer's own aside.

    Handles: "asked not to be named", "reports with reference to the ministry", "it should be recalled that".
    """
    if one.mode == "thought" or len(one.content) > 1:
        return False
    words = " ".join(one.content[0].of(text).lower().split()).strip(" ,.;:")
    aside = one.source is None and one.cue is not None and _ASIDE.match(one.cue.of(text).lower())
    bare = _REASON.split(words.removeprefix("to "))[0]
    return bool(aside) or bare in load_words("formulas") or words.startswith(_OPENINGS)


def _candidates(scene: Scene, checkpoint: Checkpoint) -> Iterator[Candidate]:
    for family in FAMILIES:
        checkpoint()
        for candidate in family(scene):
            yield candidate
            checkpoint()
