"""What somebody makes clear: "she made clear that A", "he has made it quite plain in a letter: A"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import verb_group
from service.extraction.lexicon import SUBJECT_PRONOUNS
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import FINITE, Range, Scene
from service.extraction.sources import reported_subject, source_span

MAX_BETWEEN = 14
"""Most tokens between "clear" and what is clear: "made clear [in an interview with the paper] that A"."""

MAX_SUBJECT = 20
"""Most tokens of a clause before its verb."""


def made_clear(scene: Scene, verb: Token, clear: Token) -> Iterator[Candidate]:
    """Yield the clause, or the thing, that somebody makes clear; the cue takes "it" and "clear" in."""
    content = _clause(scene, clear)
    rule, head = "clause", reported_subject(verb)
    if content is None:
        rule, content = "object", _thing(verb, clear)
    if content is None or head is None:
        return
    cue = verb_group(verb)
    span, source = content_span(scene, content), source_span(scene, head, avoid=cue)
    if span is not None and source is not None:
        yield Candidate(rule, (span,), scene.span(*cue), source)


def _clause(scene: Scene, clear: Token) -> Range | None:
    """Return the tokens of the clause: after a colon, from its "that" or pronoun on, or right away."""
    end = scene.sentences[clear.i][1]
    for i in range(clear.i + 1, min(end, clear.i + 1 + MAX_BETWEEN)):
        token = scene.doc[i]
        if token.text == ":":
            return i + 1, end
        if (
            token.lower_ in {"that", "whether"}
            or (i == clear.i + 1 and token.tag_ not in {"IN", "TO", ","})
            or (token.lower_ in SUBJECT_PRONOUNS and i + 1 < end and scene.doc[i + 1].tag_ in FINITE)
        ):
            begun = i
        else:
            if token.tag_ in FINITE:
                return None
            continue
        verb = _verb_of(scene, begun, end)
        return None if verb is None else (begun, min(end, verb.right_edge.i + 1))
    return None


def _verb_of(scene: Scene, first: int, end: int) -> Token | None:
    """Return the verb of the clause that begins with token ``first``."""
    opener = scene.doc[first]
    if opener.dep_ == "mark":
        return opener.head
    for token in scene.doc[first : min(end, first + MAX_SUBJECT)]:
        if token.tag_ in FINITE:
            verb = token.head if token.dep_ in {"aux", "auxpass"} else token
            if verb.left_edge.i <= first or opener.lower_ in SUBJECT_PRONOUNS | {"that"}:
                return verb
    return None


def _thing(verb: Token, clear: Token) -> Range | None:
    thing = next((t for t in verb.rights if t.dep_ == "dobj" and t.i > clear.i), None)
    return (thing.left_edge.i, thing.right_edge.i + 1) if thing is not None else None
