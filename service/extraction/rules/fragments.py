"""A few words between marks inside the narrator's sentence: what they are part of, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import clipped, tidy
from service.extraction.cues import is_left_unsaid, is_verb, noun_reporting, verb_group, verb_reporting
from service.extraction.lexicon import Reporting
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.direct import gaps, is_whole
from service.extraction.rules.inverted import marked_body
from service.extraction.scene import Range, Scene, is_punctuation
from service.extraction.sources import source_span
from service.extraction.subjects import reported_subject
from service.extraction.unspoken import may_only_expect

MAX_CLIMB = 6
"""How many heads up from the quoted words a reporting word is looked for."""

QUOTE_ONLY = frozenset({"quote"})
LEAST_WORDS = 2


def fragments(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for quoted words that a reporting word governs from further off.

    Handles: 'he thanked them for "standing up"', 'calling the protester "a very obnoxious guy"', 'it offered
    "a deep apology" to the mayor'.
    """
    for paragraph, stretches in enumerate(scene.stretches_of):
        if not scene.readable(paragraph):
            continue
        for place, index in enumerate(stretches):
            before, _ = gaps(scene, scene.paragraphs[paragraph], stretches, place)
            if not is_whole(scene, index, before):
                yield from _fragment(scene, index)


def _fragment(scene: Scene, index: int) -> Iterator[Candidate]:
    first, end = scene.ranges[index]
    inside = [t for t in scene.doc[first:end] if not is_punctuation(t)]
    if len(inside) < LEAST_WORDS:
        return
    root = next((t for t in inside if not first <= t.head.i < end), inside[0])
    found = governor(scene, root, (first, end))
    if found is None:
        return
    cue, known, argument = found
    if marked_body(cue) is not None or may_only_expect(cue) or is_left_unsaid(cue):
        return
    head = reported_subject(cue) if is_verb(cue) else next((t for t in cue.lefts if t.dep_ == "poss"), None)
    if head is None or scene.inside[head.i] >= 0:
        return
    group = verb_group(cue) if is_verb(cue) else (cue.i, cue.i + 1)
    tokens = tidy(scene, content_of(cue, argument, (first, end)))
    content = scene.span(*tokens) if tokens else None
    if content is not None:
        source = source_span(scene, head, avoid=group)
        rule = "clause" if speaks_as(cue, argument) else "quoted-words"
        yield Candidate(rule, (content,), scene.span(*group), source, known.mode)


def governor(scene: Scene, root: Token, quotation: Range) -> tuple[Token, Reporting, Token] | None:
    """Return the nearest reporting word above the quoted words, and its argument that they are in."""
    here = root
    for _ in range(MAX_CLIMB):
        above = here.head
        if above == here:
            return None
        if scene.inside[above.i] < 0 and above.i < quotation[0]:
            known = verb_reporting(above) if is_verb(above) else noun_reporting(above)
            if known is not None and known.frames != QUOTE_ONLY:
                return above, known, here
        here = above
    return None


def speaks_as(cue: Token, argument: Token) -> bool:
    """Tell whether an argument only says as what somebody speaks: 'she says [as a tenant] "A"'."""
    return argument.lower_ == "as" and cue.lower_.startswith(("add", "said", "say"))


def content_of(cue: Token, argument: Token, quotation: Range) -> Range:
    """Return the argument of the cue from its first word to the end of the quoted words or its own."""
    first, end = argument.left_edge.i, argument.right_edge.i + 1
    if argument.dep_ in {"prep", "agent", "dative"}:
        first = argument.i + 1
    if speaks_as(cue, argument):
        first = quotation[0]
    first = min(max(first, cue.i + 1), quotation[0])
    return clipped(cue, (first, max(end, quotation[1])))
