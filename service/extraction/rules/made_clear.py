"""What somebody makes clear: "she made clear that A", "he has made it quite plain in a letter: A"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import verb_group
from service.extraction.lexicon import SUBJECT_PRONOUNS
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import FINITE, Range, Scene
from service.extraction.sources import source_span
from service.extraction.subjects import reported_subject

MAX_BETWEEN = 14
"""Most tokens between "clear" and what is clear: "made clear [in an interview with the paper] that A"."""

_OPENERS = frozenset({"that", "whether"})

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
    rest = scene.doc[clear.i + 1 : min(end, clear.i + 1 + MAX_BETWEEN)]
    first = next((t for t in rest if not _is_time(t)), clear)
    for token in rest:
        i = token.i
        if token.text == ":":
            return i + 1, end
        opens = (token.lower_ in _OPENERS and token.tag_ != "WDT") or (
            token.lower_ in SUBJECT_PRONOUNS and i + 1 < end and scene.doc[i + 1].tag_ in FINITE
        )
        at_once = token == first and token.tag_ not in {"IN", "TO", ","}
        verb = _verb_of(scene, i, end) if opens or at_once else None
        if verb is not None:
            return i, min(end, verb.right_edge.i + 1)
        if opens or token.tag_ in FINITE:
            return None
    return None


def _is_time(token: Token) -> bool:
    """Tell whether a token says when it was made clear: "yesterday", "again"."""
    return token.ent_type_ in {"DATE", "TIME"} or token.tag_ == "RB"


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
