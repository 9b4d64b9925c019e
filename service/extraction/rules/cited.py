"""Words that a medium passes on, in the order of other languages: '"A", leads "Vesti" words of Jane Doe'.

And "As told Vesti Jane Doe, A", where neither order nor cases say who told whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import verb_group, verb_reporting
from service.extraction.lexicon import (
    ADDRESSING,
    Reporting,
    given_names,
    lemma,
    load_table,
    person_nouns,
    reporting_verb,
)
from service.extraction.models import Mode
from service.extraction.rules.beside import Beside, is_name, named, somebody
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.inverted import delayed_subject
from service.extraction.scene import CLOSERS, DASHES, FINITE, MARKS, Range, Scene
from service.extraction.sources import WHERE
from service.extraction.subjects import own_subject

CITING = frozenset(
    {"brings", "cited", "cites", "conveys", "gives", "leads", "passes", "quoted", "quotes", "relays"}
    | {"reported", "reports", "transfers", "transmits", "transmitted"}
)
"""What a medium does with somebody's words, in the forms that machine translation has for it."""

WORDS = frozenset({"word", "words"})
MOST_BEFORE_WORDS = 7
"""Most tokens before "the words of": the verb and the medium, before or after it."""

HEARING = frozenset({"asked", "asks", "read", "told", "tells"})
"""Verbs after which stands who hears, or what is read, not who says."""

_ONLY_SAYS = frozenset(
    {"added", "adds", "argued", "argues", "declared", "declares", "emphasised", "emphasized", "explained"}
    | {"explains", "insisted", "insists", "noted", "notes", "said", "says", "stated", "states", "stressed"}
    | {"stresses"}
)
"""Verbs with which hardly anybody does anything but say what stands before them."""

_RELAYS = frozenset({"broadcasts", "conveys", "informs", "relays", "reports", "transmits", "writes"})
"""What a medium does with news, in the present tense: "Two were hurt, transmits Vesti"."""

_TELLING = frozenset({"document", "establishment", "organisation", "publication"})
_TEXTS_DO = frozenset({"adds", "concludes", "notes", "reads", "said", "says", "states", "warns"})
"""What a text does that says something."""

MOST_TOLD = 20
"""Most tokens between "As told" and the comma before what was told."""

PLACED = frozenset({"CARDINAL", "DATE", "FAC", "GPE", "LOC", "ORDINAL", "TIME"})
"""Kinds of entities that only say when or where: "As announced in May"."""


def cited(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A", — leads RIA the words of Jane Doe', '"A", quotes her words', '"A", — quoted him "RIA"'.

    So '"A", — quotes "Vesti" Jane Doe'.

    ``following`` are the narrator's tokens after the quotation, without signs.
    """
    at = next((i for i, t in enumerate(following[:MOST_BEFORE_WORDS]) if t.lower_ in CITING), None)
    if at is None:
        return None
    verb = following[at]
    place = next((i for i, t in enumerate(following[: MOST_BEFORE_WORDS + 1]) if t.lower_ in WORDS), 0)
    if not place:
        if at == 0 and (who := somebody(_beyond_medium(scene, following))):
            return _credited(scene, verb, who)
        whom = following[1] if at == 0 and len(following) > 1 else verb
        alone = whom.lower_ == "him" or (
            whom.lower_ == "her" and (whom.dep_ != "poss" or len(following) == 2)
        )
        return _credited(scene, verb, [whom]) if alone else None
    medium = [*following[:at], *following[at + 1 : place]]
    owner = following[place - 1]
    if place < at or any(t.tag_ not in {"DT", "PRP$"} and t.text.islower() for t in medium):
        return None
    if owner.tag_ == "PRP$" and owner.lower_ in {"his", "her"}:
        return _credited(scene, verb, [owner])
    rest = following[place + 1 :]
    who = somebody(rest[1:]) if rest and rest[0].lower_ == "of" else []
    return _credited(scene, verb, _without_medium(who)) if who else None


def _beyond_medium(scene: Scene, following: Sequence[Token]) -> Sequence[Token]:
    """Return what follows a medium between marks, or half between them: 'quotes RIA "Novosti" [Jane Doe]'."""
    signs = [t.i for t in scene.doc[following[0].i + 1 : following[-1].i + 1] if t.text in MARKS]
    leads = [t for t in following[1:] if signs and t.i < signs[0]]
    if len(signs) != 2 or len(leads) > 1 or not all(map(is_name, leads)):
        return ()
    return [t for t in following if t.i > signs[1]]


def told_in(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle a verb without a subject and where it was said: '"A", — stressed in the Ministry of Health.'."""
    verb, leads = following[0], following[1] if len(following) > 1 else following[0]
    known = reporting_verb(lemma(verb.text, "VBD")) if verb.tag_ in {"VBD", "VBN"} else None
    if known is None or "clause" not in known.frames or known.mode == "thought" or leads.lower_ != "in":
        return None
    who = somebody(following[2:]) if own_subject(verb) is None else []
    bodies = load_table("body_nouns")["organisation"]
    if not who or who[0].tag_ != "DT" or not any(t.lower_ in bodies and t.text[0].isupper() for t in who):
        return None
    last = who[-1].i == following[-1].i
    return (
        Beside("cue-after", scene.span(verb.i, verb.i + 1), named(scene, who), known.mode, 0.9)
        if last
        else None
    )


def _credited(scene: Scene, verb: Token, who: Sequence[Token]) -> Beside:
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), named(scene, who), sure=0.9)


def _without_medium(who: Sequence[Token]) -> Sequence[Token]:
    """Leave out the agency that runs on after a name: "Jane Doe RIA News"."""
    media = (i for i, t in enumerate(who) if i and t.text.isupper() and len(t.text) > 2)
    return who[: next(media, len(who))]


def as_told(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what "As told Vesti the mayor Jane Doe, A" credits to her, "As reports "Vesti", A" to the paper.

    So "As stated in the ministry, A".
    """
    first, end = scene.sentences[verb.i]
    known = reporting_verb(lemma(verb.text, "VBZ")) if verb.tag_ == "NNS" else verb_reporting(verb)
    if verb.i != first + 1 or scene.doc[first].lower_ != "as" or known is None:
        return
    if "clause" not in known.frames or known.mode == "thought":
        return
    reach = range(verb.i + 1, min(end, verb.i + MOST_TOLD))
    comma = next((i for i in reach if scene.doc[i].text == "," and scene.inside[i] < 0), None)
    content = content_span(scene, (comma + 1, end)) if comma is not None else None
    if comma is None or content is None:
        return
    source = _teller(scene, verb.i + 1, comma) if comma > verb.i + 1 else None
    if source is not None:
        cue, span = scene.span(verb.i, verb.i + 1), scene.span(*source)
        yield Candidate("as-clause", (content,), cue, span, known.mode, sure=0.9)


def as_somebody(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what "As the mayor of Oslo, Doe, has explained, A" credits where the parser tears that apart."""
    first, end = scene.sentences[verb.i]
    known = verb_reporting(verb)
    if scene.doc[first].lower_ != "as" or not first + 1 < verb.i < first + MOST_TOLD or known is None:
        return
    if known.mode == "thought" or "clause" not in known.frames:
        return
    group = verb_group(verb)
    who = [t for t in scene.doc[first + 1 : group[0]] if t.text != ","]
    if not who or not all(_may_describe(t) for t in who) or not is_name(who[-1]):
        return
    reach = range(verb.i + 1, min(end, verb.i + MOST_TOLD))
    comma = next((i for i in reach if scene.doc[i].text == "," or scene.doc[i].tag_ in FINITE), None)
    content = content_span(scene, (comma + 1, end)) if comma is not None else None
    if comma is None or content is None or scene.doc[comma].text != ",":
        return
    if verb.lower_ in ADDRESSING or scene.doc[verb.i + 1].tag_ in {",", "IN", "RB", "RP"}:
        source = scene.span(who[0].i, who[-1].i + 1)
        yield Candidate("as-clause", (content,), scene.span(*group), source, known.mode, sure=0.9)


def _may_describe(token: Token) -> bool:
    return token.tag_ in {"DT", "HYPH", "JJ", "NN", "NNP", "NNPS", "POS"} or token.lower_ in {
        "of",
        "for",
        "and",
    }


def dashed(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what comma and dash set off where the marks are lost: "A, - has told Jane Doe, - B".

    As Russian sets it, the verb first.
    """
    first, end = scene.sentences[verb.i]
    begins = verb.i
    while begins > first and scene.doc[begins - 1].lower_ in {"has", "have", "had"}:
        begins -= 1
    known = verb_reporting(verb)
    if known is None or known.mode == "thought" or "clause" not in known.frames or begins < first + 3:
        return
    if scene.doc[begins - 1].text not in DASHES or scene.doc[begins - 2].text != ",":
        return
    rest = list(takewhile(lambda t: t.text not in CLOSERS, scene.doc[verb.i + 1 : end]))
    who = somebody(rest) or list(delayed_subject(rest, hears=True))
    if not who:
        return
    stop = who[-1].i + 1
    pieces = [(first, begins - 2), *_beyond_dash(scene, stop, end)]
    content = tuple(span for piece in pieces if (span := content_span(scene, piece)) is not None)
    if content:
        cue = scene.span(begins, verb.i + 1)
        yield Candidate("dash-credit", content, cue, named(scene, who), known.mode)


def delayed(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what is credited beyond when or where: "The port is closed, said today the mayor Doe".

    As Balkan and Romance languages set it, without marks.
    """
    if _follows_comma(scene, verb):
        rest = _after(scene, verb)
        yield from _set_off(scene, verb, delayed_subject(rest, hears=verb.lower_ in ADDRESSING))


def at_end(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what ends in who said it: "The strike will go on, warned the union"."""
    if not _follows_comma(scene, verb):
        return
    rest = _after(scene, verb)
    modifies = bool(rest) and rest[0].tag_ == "NNS" and verb.lower_.endswith("ed")
    if verb.lower_ not in HEARING and not modifies and not _goes_on(scene, verb):
        yield from _set_off(scene, verb, _teller_at_end(verb, rest))


def _after(scene: Scene, verb: Token) -> list[Token]:
    """Return what stands after a verb in its sentence, without the blanks that marks have left."""
    return [t for t in scene.doc[verb.i + 1 : scene.sentences[verb.i][1]] if not t.is_space]


def _goes_on(scene: Scene, verb: Token) -> bool:
    """Tell whether who acts before a comma may do what the verb says: "She came, answered the pupils"."""
    if verb.lower_ in _ONLY_SAYS | _RELAYS:
        return False
    before = scene.doc[scene.sentences[verb.i][0] : verb.i - 1]
    subjects = (t for t in before if t.dep_ == "nsubj")
    return any(t.ent_type_ == "PERSON" or t.tag_ == "PRP" or t.lower_ in person_nouns() for t in subjects)


def _follows_comma(scene: Scene, verb: Token) -> bool:
    """Tell whether a finite verb, or what may be one, stands right after a comma within its sentence.

    So "informs" and the like where they are taken for a noun: "The tour starts in May, [informs] Vesti".
    """
    comma = verb.i - 1
    tagged = verb.tag_ in {"VBD", "VBN", "VBZ"} or (verb.tag_ == "NNS" and verb.lower_ in _RELAYS)
    return tagged and comma > scene.sentences[verb.i][0] and scene.doc[comma].text == ","


def _has_teller(verb: Token) -> bool:
    """Tell whether somebody is the verb's subject before it: "Ann Lee, the minister, [wrote] in a memo"."""
    who = own_subject(verb)
    if who is None or who.i > verb.i:
        return False
    return who.ent_type_ == "PERSON" or who.tag_ == "PRP" or who.lower_ in person_nouns()


def _set_off(scene: Scene, verb: Token, who: Sequence[Token]) -> Iterator[Candidate]:
    """Yield the clause before a comma and a verb, credited to ``who``.

    Not after an apposition: "…, Ann Lee, the minister, wrote to the council".
    """
    first, comma = scene.sentences[verb.i][0], verb.i - 1
    known = verb_reporting(verb)
    mode = "speech" if known is None and verb.lower_ in _RELAYS else _mode(known)
    if not who or mode is None:
        return
    last = list(takewhile(lambda t: t.text != ",", reversed(scene.doc[first:comma])))
    if not any(t.tag_ in FINITE for t in last) or _has_teller(verb):
        return
    content = content_span(scene, (first, comma))
    if content is not None:
        cue = scene.span(verb.i, verb.i + 1)
        yield Candidate("dash-credit", (content,), cue, named(scene, who), mode, sure=0.9)


def _mode(known: Reporting | None) -> Mode | None:
    """Return how a verb that takes a clause reports it, None for a thought or where it takes none."""
    told = known is not None and known.mode != "thought" and "clause" in known.frames
    return known.mode if known is not None and told else None


def _teller_at_end(verb: Token, rest: Sequence[Token]) -> Sequence[Token]:
    """Return who stands right after a verb at the end of a sentence: "warned [the union] in a letter.".

    A text only where it says so: not "appealed the ruling".
    """
    who = somebody(rest)
    kinds = _TELLING if verb.lower_ in _TEXTS_DO else _TELLING - {"document"}
    heads = takewhile(lambda t: t.lower_ != "of", who)
    if not any(is_name(t) or _tells(t.lower_, kinds) for t in heads):
        return ()
    after = [t for t in rest[len(who) :] if not t.is_space]
    ends = not after or after[0].text in CLOSERS
    where = bool(after) and after[0].lower_ in WHERE and not any(t.tag_ in FINITE for t in after)
    return who if ends or (where and not any(t.text == "," for t in after)) else ()


def _tells(noun: str, kinds: Set[str]) -> bool:
    """Tell whether a noun is for a person, people, or a body or text of one of the ``kinds``."""
    one = f"{noun[:-3]}man" if noun.endswith("men") else noun.removesuffix("s")
    forms, bodies = {noun, one}, load_table("body_nouns")
    return bool(forms & person_nouns()) or any(forms & set(bodies[kind]) for kind in kinds)


def _beyond_dash(scene: Scene, stop: int, end: int) -> Iterator[Range]:
    """Yield where speech goes on after whose it is: "A, - said Doe, - [B]", "A, - said Doe. - [B. C.]"."""
    if stop + 1 >= len(scene.doc) or scene.doc[stop + 1].text not in DASHES:
        return
    if scene.doc[stop].text == "," and stop + 1 < end:
        yield stop + 2, end
    elif scene.doc[stop].text in CLOSERS and scene.paragraph_of[stop + 1] == scene.paragraph_of[stop]:
        yield stop + 2, scene.paragraphs[scene.paragraph_of[stop]][1]


def _teller(scene: Scene, first: int, end: int) -> Range | None:
    """Return who told something, beyond whom it was told, between a verb and a comma; None for nobody."""
    if scene.doc[first].text in MARKS:
        closing = next((i for i in range(first + 1, end) if scene.doc[i].text in MARKS), first)
        if closing + 1 >= end:
            return (first + 1, closing) if closing - first > 1 else None
        first = closing + 1
    told = list(scene.doc[first:end])
    placed = told[0].lower_ == "in"
    given = next((i for i, t in enumerate(told[:-1]) if t.lower_ in given_names()), 0)
    if all(map(is_name, told[: given + 1])):
        told = told[given:]
    who = somebody(told[placed:]) or list(delayed_subject(told, hears=True))
    if not who or who[-1].i != told[-1].i or {t.ent_type_ for t in who} & PLACED:
        return None
    return None if placed and who[0].tag_ != "DT" else (who[0].i, who[-1].i + 1)
