"""Quotations that a noun for words credits: '"A", the words of the mayor Doe', '"A": Doe is sure'.

As Italian sets it, with a comma, a colon or a full stop before.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from service.extraction.cues import is_verb, verb_reporting
from service.extraction.lexicon import COPULAS, person_nouns
from service.extraction.rules.beside import Beside, is_name, named, precedes_verb, somebody
from service.extraction.scene import Scene
from service.extraction.sources import SAYINGS, WHERE, source_span
from service.extraction.subjects import own_subject

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
_HELD = frozenset({"belief", "conviction", "hope", "plea", "position"})
"""What words are said to be with a verb only: '"A" is the hope of Jane Doe'."""

_LEADS = frozenset({"the", "such", "these", "this", "those", "that", "are", "is", "it", "was", "were"})
_SURE = frozenset({"adamant", "categorical", "certain", "clear", "confident", "convinced", "sure"})
_SPEAKS = frozenset({"speaks", "talks"})

_UTTERED = frozenset({"leaked", "leaking", "pronounced", "spoken", "used", "uttered"})
_POINTS = frozenset({"such", "that", "these", "this", "those"})
_TERMS = frozenset({"message", "phrase", "sentence", "statement", "terms", "words"})
"""With what somebody is said to have done something: "with these words Jane Doe closed the fair"."""

IS = COPULAS | {"'s", "’s"}
_PUTS = frozenset({"put", "puts", "phrase", "phrased", "phrases", "say", "sum", "summed", "sums"})
"""How somebody says something: '"A," is how she put it'."""

_ANSWERS = frozenset({"answers", "replies", "responds"})

_STATING = frozenset(
    {"affirmed", "affirms", "announced", "announces", "declared", "declares", "explained", "explains", "said"}
    | {"says", "stated", "states", "underlined", "underlines", "writes", "wrote"}
)

MOST_OWNER = 8
"""Most words of an owner before "'s words"."""

MOST_CERTAIN = 4
"""Most words that say how sure somebody is: "does not mince words"."""

MOST_HEADINGS = 3
"""Most quotations in the headings of an article."""

MOST_LEADS = 3
"""Most words before the noun: "these are the words"."""


def told_before(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Find whom the sentence after a quotation, of ``following``, says to have spoken before."""
    return whose_words(scene, following) or says_it(scene, following)


def whose_words(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Find whose words the clause after a quotation, of ``following``, says they were."""
    points = len(following) > 2 and following[0].lower_ in _POINTS
    rest = following[1:] if points else following
    return (
        _is_how(scene, rest)
        or _are_words(scene, rest)
        or _with_words(scene, following)
        or words_of(scene, following)
    )


def _is_how(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A," is how Jane Doe put it', '"A," is what she says', '"A," was all the mayor would say'."""
    leads = {"all", "how", "what"}
    if len(following) < 4 or following[0].lower_ not in IS or following[1].lower_ not in leads:
        return None
    puts = (t for t in following[2:10] if is_verb(t) and own_subject(t) is not None)
    verb = next((t for t in puts if verb_reporting(t) is not None or t.lower_ in _PUTS), None)
    head = own_subject(verb) if verb is not None else None
    if verb is None or head is None:
        return None
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), source_span(scene, head), sure=0.95)


def _are_words(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A" were her words', '"A" was the message from Jane Doe'."""
    if len(following) < 3 or following[0].lower_ not in IS:
        return None
    noun = next((t for t in following[1:8] if t.lower_ in SAYINGS and t.head == following[0]), None)
    if noun is None:
        return None
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    of = next((t for t in noun.rights if t.lower_ in {"of", "from"}), None)
    whose = owner if owner is not None else noun if of is not None else None
    if whose is None:
        return None
    return Beside("cue-after", scene.span(noun.i, noun.i + 1), source_span(scene, whose), sure=0.95)


def _with_words(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A". With these words the mayor Jane Doe opened the fair', 'It is in these terms that …'.

    Not 'With these words she opened the fair: "A"'.
    """
    tokens = (
        following[2:] if [t.lower_ for t in following[:2]] in (["it", "is"], ["it", "was"]) else following
    )
    lead, rest = [t.lower_ for t in tokens[:3]], tokens[3:]
    if len(lead) < 3 or lead[0] not in {"in", "with"} or lead[1] not in _POINTS or lead[2] not in _TERMS:
        return None
    who = somebody(rest[1:] if rest and rest[0].lower_ == "that" else rest)
    human = any(is_name(t) or t.tag_ == "PRP" or t.lower_ in person_nouns() for t in who)
    if not human or _leads_in(scene, rest[-1]):
        return None
    return Beside("cue-after", scene.span(tokens[2].i, tokens[2].i + 1), named(scene, who), sure=0.9)


def _leads_in(scene: Scene, last: Token) -> bool:
    """Tell whether a colon follows the sentence that ends with ``last``."""
    return scene.doc[last.i + 1 : last.i + 2].text == ":"


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
    leads = {t.lower_ for t in following[:at]}
    announced = noun.lower_ in {"reaction", "reply", "response"} and following[0].text[0].isupper()
    bare = announced or noun.lower_ in _HELD
    if noun.lower_ not in _WORDS | _HELD or not rest or (bare and leads.isdisjoint(COPULAS)):
        return None
    used = noun.lower_ == "words" and not leads.isdisjoint(_POINTS)
    rest = rest[1:] if rest[0].lower_ in _UTTERED else rest
    if rest and rest[0].lower_ in {"by", "from", "of"}:
        who = somebody(rest[1:])
    else:
        who = somebody(rest[_after_relative(rest) :]) if used else []
    if not who or (not used and precedes_verb(who[-1])):
        return None
    return Beside("cue-after", scene.span(noun.i, noun.i + 1), named(scene, who), sure=0.9)


def _after_relative(rest: Sequence[Token]) -> int:
    """Return where a relative clause begins after its pronoun: "the words [with which] she closed"."""
    lead = [t.lower_ for t in rest[:2]]
    return 2 if lead == ["with", "which"] else int(lead[:1] == ["that"])


def says_it(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A." The leader of the League Jane Doe affirms it.', "wrote it on Twitter"."""
    who = somebody(following)
    rest = following[len(who) :]
    if not who or len(rest) < 2 or rest[0].lower_ not in _STATING or rest[1].lower_ not in {"it", "this"}:
        return None
    if _leads_in(scene, rest[-1]) or (len(rest) > 2 and rest[2].lower_ not in WHERE | {"into"}):
        return None
    return Beside("cue-after", scene.span(rest[0].i, rest[0].i + 1), named(scene, who), sure=0.9)


def stands_by_it(scene: Scene, index: int, following: Sequence[Token]) -> Beside | None:
    """Handle an article that opens so: '"A". The mayor Jane Doe has no doubts.', "Jane Doe answers critics".

    ``index`` is that of the quotation: only the first one of the text below the headings.
    """
    earlier = (
        [scene.paragraph_of[scene.ranges[i][0]] for i in range(index)] if index < MOST_HEADINGS else [-1]
    )
    if any(at < 0 or scene.article.paragraphs[at].kind != "heading" for at in earlier):
        return None
    who = somebody(following)
    rest = following[len(who) :]
    human = any(is_name(t) for t in who)
    if not human or not rest or _leads_in(scene, rest[-1]):
        return None
    answers = rest[0].lower_ in _ANSWERS and rest[0].tag_ in {"NNS", "VBZ"}
    if not (answers or _is_certain(rest)):
        return None
    return Beside("cue-after", scene.span(rest[0].i, rest[0].i + 1), named(scene, who), sure=0.8)


def _is_certain(rest: Sequence[Token]) -> bool:
    """Tell whether a predicate says how plainly somebody speaks: "is categorical", "has no doubts"."""
    said = [t.lower_ for t in rest[:4]]
    sure = said[0] in COPULAS and len(said) > 1 and said[1] in _SURE
    doubts = said[0] in {"has", "have", "had"} and said[1:3] in (["no", "doubt"], ["no", "doubts"])
    return sure or doubts or said[1:] == ["not", "mince", "words"]


def after_colon(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A": word of Jane Doe', '"A": the mayor Jane Doe is sure', '"A": Jane Doe speaks'."""
    if not following:
        return None
    who = somebody(following)
    rest = following[len(who) :]
    if not who or not rest:
        return whose_words(scene, following)
    verb, last = rest[0], rest[-1]
    certain = len(rest) <= MOST_CERTAIN and _is_certain(rest)
    speaks = len(rest) == 1 and (
        verb.lower_ in _SPEAKS or (verb.tag_ == "VBZ" and verb_reporting(verb) is not None)
    )
    if not (certain or speaks):
        return whose_words(scene, following)
    return Beside("cue-after", scene.span(verb.i, last.i + 1), named(scene, who), sure=0.9)
