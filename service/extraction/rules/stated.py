"""What somebody's words are said to be: 'her advice is to "A"', "the mayor's answer was that A"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import noun_reporting, outside
from service.extraction.lexicon import COPULAS, said_or_held
from service.extraction.models import Mode, Span
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import Scene, is_punctuation
from service.extraction.sources import SAYINGS, own_subject, source_span

STATES = COPULAS | {"remains", "remained"}
WRITERS = frozenset({"my", "our", "your"})
"""Owners who are nobody of the article: "my answer is that"."""

MOST_BETWEEN = 3
"""Most words between the verb and what it says that the words are: "is [always, quite simply,] to"."""


def stated(scene: Scene) -> Iterator[Candidate]:
    """Yield what the words of somebody are, after the verb "to be".

    Handles: 'Her advice is to "be brave"', "the mayor's answer was that it is late", 'His motto was: "A"',
    'the message from the club is simple: "A"'. Without marks, only clauses that a noun of speech takes.
    """
    for verb in scene.having(forms=STATES):
        noun = _subject(scene, verb) if outside(scene, verb) else None
        owner = _owner(noun) if noun is not None and noun.i < verb.i else None
        if noun is None or owner is None or owner.lower_ in WRITERS or not outside(scene, owner):
            continue
        found = _complement(scene, verb, noun)
        if found is not None:
            content, mode = found
            source = source_span(scene, owner, avoid=(noun.i, verb.i + 1))
            yield Candidate("noun-is", (content,), scene.span(noun.i, noun.i + 1), source, mode)


def _subject(scene: Scene, verb: Token) -> Token | None:
    """Return the subject, also where the verb was taken for an auxiliary of quoted words: 'was "go"'."""
    helps = verb.dep_ in {"aux", "auxpass"} and scene.inside[verb.head.i] >= 0
    return own_subject(verb.head if helps else verb)


def _owner(noun: Token) -> Token | None:
    """Return whose words a noun is: "[her] advice", "the message from [the club]", "the words of [one]"."""
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    if owner is not None:
        return owner
    links = {"from", "of"} if noun.lower_ in SAYINGS | {"argument", "opinion", "view"} else {"from"}
    by = next((t for t in noun.rights if t.lower_ in links), None)
    return next((t for t in by.rights if t.dep_ == "pobj"), None) if by is not None else None


def _complement(scene: Scene, verb: Token, noun: Token) -> tuple[Span, Mode] | None:
    """Return the words and their mode: a quotation, a clause with "that" or one with "to".

    Not what the noun only is like: 'his view is "dangerously wrong"'.
    """
    end = scene.sentences[verb.i][1]
    first = verb.i + 1
    while first < min(end, verb.i + 1 + MOST_BETWEEN) and _is_passed(scene, first):
        first += 1
    if first >= end:
        return None
    word, known = scene.doc[first], noun_reporting(noun)
    marked = next((i for i in range(first, min(first + 2, end)) if i in scene.edges), None)
    said = marked is not None and noun.lower_ in said_or_held()
    if said and marked is not None and (marked == first or word.lower_ in {"that", "to"}):
        inside = scene.doc[slice(*scene.edges[marked])]
        if marked == first and not any(t.tag_.startswith(("VB", "MD")) for t in inside):
            return None
        content = content_span(scene, (first, scene.edges[marked][1]))
        return (content, "speech") if content is not None else None
    frame = {"that": "clause", "to": "infinitive"}.get(word.lower_)
    if frame is None or known is None or frame not in known.frames:
        return None
    if frame == "infinitive" and known.mode == "thought":
        return None
    last = max((t.right_edge.i for t in verb.rights if t.right_edge.i >= first), default=first) + 1
    content = content_span(scene, (first, last))
    return (content, known.mode) if content is not None else None


def _is_passed(scene: Scene, i: int) -> bool:
    """Tell whether a token before the words is passed over: "is [simply] to", "was [clear :]"."""
    token = scene.doc[i]
    return i not in scene.edges and (is_punctuation(token) or token.tag_ in {"RB", "JJ"})
