"""Quotations that a noun for words credits: '"A", the words of the mayor Doe', '"A": Doe is sure'.

As Italian sets it, with a comma, a colon or a full stop before.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from service.extraction.cues import verb_reporting
from service.extraction.lexicon import COPULAS
from service.extraction.rules.beside import Beside, named, precedes_verb, somebody
from service.extraction.scene import Scene
from service.extraction.sources import SAYINGS, WHERE

_WORDS = (
    SAYINGS
    | {
        "accusation",
        "alarm",
        "appeal",
        "assessment",
        "attack",
        "comments",
        "complaint",
        "outburst",
        "statement",
    }
    | {"thought", "warning", "word"}
)
_LEADS = frozenset({"the", "these", "this", "those", "that", "are", "is", "it", "was", "were"})
_SURE = frozenset({"adamant", "categorical", "certain", "clear", "confident", "convinced", "sure"})
_SPEAKS = frozenset({"speaks", "talks"})

_STATING = frozenset(
    {"affirmed", "affirms", "announced", "announces", "declared", "declares", "explained", "explains", "said"}
    | {"says", "stated", "states", "underlined", "underlines", "writes", "wrote"}
)

MOST_OWNER = 8
"""Most words of an owner before "'s words"."""

MOST_LEADS = 3
"""Most words before the noun: "these are the words"."""


def words_of(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A", these are the words of Jane Doe', '"A". To say it is the mayor Jane Doe'.

    ``following`` are the narrator's words after a quotation, without signs.
    """
    opening = [t.lower_ for t in following[:4]]
    if opening[:1] == ["to"] and opening[2:] == ["it", "is"] and opening[1] in {"declare", "say", "state"}:
        who = somebody(following[4:])
        return (
            Beside("cue-after", scene.span(following[1].i, following[1].i + 1), named(scene, who))
            if who
            else None
        )
    owner = next((i for i, t in enumerate(following[:MOST_OWNER]) if t.tag_ == "POS"), 0)
    if owner and len(following) == owner + 2 and following[owner + 1].lower_ in _WORDS:
        who = somebody(following[:owner])
        noun = following[owner + 1]
        return (
            Beside("cue-after", scene.span(noun.i, noun.i + 1), named(scene, who), sure=0.9) if who else None
        )
    at = next((i for i, t in enumerate(following[: MOST_LEADS + 1]) if t.lower_ not in _LEADS), 0)
    noun, rest = following[at], following[at + 1 :]
    announced = noun.lower_ in {"reaction", "reply", "response"} and following[0].text[0].isupper()
    if noun.lower_ not in _WORDS or announced or not rest or rest[0].lower_ not in {"from", "of"}:
        return None
    who = somebody(rest[1:])
    if not who or precedes_verb(who[-1]):
        return None
    return Beside("cue-after", scene.span(noun.i, noun.i + 1), named(scene, who), sure=0.9)


def says_it(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A." The leader of the League Jane Doe affirms it.', "wrote it on Twitter"."""
    who = somebody(following)
    rest = following[len(who) :]
    if not who or len(rest) < 2 or rest[0].lower_ not in _STATING or rest[1].lower_ not in {"it", "this"}:
        return None
    leads_in = scene.doc[rest[-1].i + 1 : rest[-1].i + 2].text == ":"
    if leads_in or (len(rest) > 2 and rest[2].lower_ not in WHERE | {"into"}):
        return None
    return Beside("cue-after", scene.span(rest[0].i, rest[0].i + 1), named(scene, who), sure=0.9)


def after_colon(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A": word of Jane Doe', '"A": the mayor Jane Doe is sure', '"A": Jane Doe speaks'."""
    if not following:
        return None
    who = somebody(following)
    rest = following[len(who) :]
    if not who or not rest:
        return words_of(scene, following)
    verb, last = rest[0], rest[-1]
    sure = verb.lower_ in COPULAS and len(rest) == 2 and last.lower_ in _SURE
    doubts = verb.lower_ in {"has", "have", "had"} and last.lower_ in {"doubt", "doubts"} and len(rest) == 3
    speaks = len(rest) == 1 and (
        verb.lower_ in _SPEAKS or (verb.tag_ == "VBZ" and verb_reporting(verb) is not None)
    )
    if not (sure or doubts or speaks):
        return words_of(scene, following)
    return Beside("cue-after", scene.span(verb.i, last.i + 1), named(scene, who), sure=0.9)
