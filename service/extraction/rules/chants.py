"""What a crowd calls out, after a noun for it: 'they broke into chants of "A"', 'amid cries of "A"'."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.cues import is_passive, is_verb, outside
from service.extraction.heard import CROWDS
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import MARKS, Range, Scene
from service.extraction.sources import source_span
from service.extraction.subjects import own_subject

_CALLS = frozenset(
    f"{noun}{ending}" for noun in ("call", "chant", "jeer", "scream", "shout", "yell") for ending in ("", "s")
) | {"cries", "cry"}
"""Nouns for what is called out."""

_JOINS = frozenset(
    {"answered", "began", "break", "breaks", "broke", "burst", "erupt", "erupted", "erupts", "greeted"}
    | {"greets", "interrupted", "joined", "launched", "marched", "reacted", "replied", "responded"}
    | {"respond", "rose", "started", "struck", "welcomed"}
)
"""What those do who call: "they [broke] into chants of"."""

_ROUSES = frozenset({"led", "leads", "roused", "whipped"})
"""What is done to those who call: "[roused] the crowd to chants of"."""

FARTHEST_JOINS = 4
"""Most heads from the noun to such a verb."""


def chants(scene: Scene) -> Iterator[Candidate]:
    """Yield quotations that a noun for calling out leads in, whoever calls.

    Handles: 'their chants of "A"', 'the crowd broke into chants of "A" and "B"', 'shouts of "A" from
    protesters'; 'he was met with cries of "A"' credits nobody.
    """
    for noun in scene.having(forms=_CALLS):
        opens = noun.i + 2
        of = noun.i + 1 < len(scene.doc) and noun.nbor().lower_ == "of" and outside(scene, noun)
        if not of or opens not in scene.edges or scene.doc[opens].text not in MARKS:
            continue
        end = _to_the_last(scene, opens)
        content = scene.span(opens, end)
        caller = _caller(scene, noun, (opens, end))
        source = source_span(scene, caller, avoid=(noun.i, noun.i + 1)) if caller is not None else None
        if content is not None:
            yield Candidate("noun-is", (content,), scene.span(noun.i, noun.i + 1), source, "speech")


def _to_the_last(scene: Scene, opens: int) -> int:
    """Return where the last of the quotations ends that "and" joins to the first."""
    end = scene.edges[opens][1]
    while (
        end + 1 < len(scene.doc)
        and scene.doc[end].lower_ in {"and", "or"}
        and scene.doc[end + 1].text in MARKS
    ):
        if end + 1 not in scene.edges:
            break
        end = scene.edges[end + 1][1]
    return end


def _caller(scene: Scene, noun: Token, said: Range) -> Token | None:
    """Return who calls: "[their] chants", "shouts … from [protesters]", "[the crowd] broke into chants"."""
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    if owner is not None:
        return owner
    by = scene.doc[said[1]] if said[1] < len(scene.doc) else noun
    if by.lower_ in {"by", "from"}:
        people = next((t for t in by.rights if t.dep_ == "pobj"), None)
        return people if people is not None and people.lower_ in CROWDS else None
    verb = noun
    for _ in range(FARTHEST_JOINS):
        if is_verb(verb) or verb.head == verb:
            break
        verb = verb.head
    if not is_verb(verb) or is_passive(verb):
        return None
    if verb.lower_ in _ROUSES:
        return next((t for t in verb.rights if t.dep_ == "dobj" and t.lower_ in CROWDS), None)
    joins = own_subject(verb) if verb.lower_ in _JOINS else None
    return joins if joins is not None and joins.i < verb.i < noun.i else None
