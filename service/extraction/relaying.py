"""Relaying: whom a medium quotes or cites, and when it only passes on what another said."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from service.extraction.cues import verb_reporting
from service.extraction.lexicon import given_names, person_nouns
from service.extraction.scene import CLOSERS, MARKS, Range
from service.extraction.subjects import BODY_NOUNS, reported_subject

RELAYING = frozenset({"reported", "reports", "informed", "informs", "wrote", "writes", "learned", "learnt"})
"""How a medium passes on what somebody said: "…, RIA reported"."""

LONGEST_INNER = 30
"""Most tokens between commas of who says what a medium passes on."""

LONGEST_MEDIUM = 6
"""Most tokens of a medium's name and its verb."""

_NAMING = frozenset({"CD", "DT", "HYPH", "JJ", "NN", "NNP", "NNPS", "POS"})

MOST_TO_CITED = 8
"""Most tokens after a medium and its verb up to what leads to whom it cites."""

_CITED = frozenset({"agency", "institute", "media", "official", "service", "source"})
"""Whom a medium cites, besides people and bodies."""


def relayed_whom(verb: Token, medium: Token) -> Token | None:
    """Return whom a medium names besides: '"A," RIA reported, quoting [Ann Lee]', "citing [the ministry]".

    So "reports RIA with reference to [Ann Lee]".
    """
    if verb.lower_ not in RELAYING or medium.tag_ == "PRP" or medium.ent_type_ == "PERSON":
        return None
    named = next((t for t in verb.rights if t.dep_ == "advcl" and t.lower_ in {"citing", "quoting"}), None)
    whom = next((t for t in named.rights if t.dep_ == "dobj"), None) if named is not None else None
    return whom if whom is not None else cited_person(verb, medium)


def cited_person(verb: Token, medium: Token) -> Token | None:
    """Return the person that a medium cites by name: "reports RIA with reference to [Ann Lee]"."""
    if verb.lower_ not in RELAYING or medium.tag_ == "PRP" or medium.ent_type_ == "PERSON":
        return None
    last = max(verb.i, medium.i) + 1
    for token in verb.doc[last : last + MOST_TO_CITED]:
        if token.is_sent_start or token.text in CLOSERS:
            return None
        to = next((t for t in token.rights if t.dep_ == "prep" and t.lower_ == "to"), None)
        leads = token if token.lower_ in {"citing", "quoting"} else to
        if leads is not None and (leads is token or token.lower_ in {"reference", "referring"}):
            whom = next((t for t in leads.rights if t.dep_ in {"dobj", "pobj"}), None)
            return whom if whom is not None and _is_persons_name(whom) else None
    return None


def _is_persons_name(noun: Token) -> bool:
    """Tell whether a noun is, or is set beside, a person's name: "Ann Lee", "the minister [Ann Lee]"."""
    if any(t.ent_type_ == "PERSON" for t in [noun, *(t for t in noun.rights if t.dep_ == "appos")]):
        return True
    return noun.tag_ == "NNP" and noun.i > 0 and noun.nbor(-1).lower_ in given_names()


def cites_somebody(verb: Token) -> bool:
    """Tell whether "citing" only says on whom a report rests: "RIA reported, citing [the ministry]"."""
    whom = next((t for t in verb.rights if t.dep_ == "dobj"), None) if verb.lower_ == "citing" else None
    if whom is None:
        return False
    named = whom.ent_type_ in {"ORG", "PERSON"} or whom.lower_ in person_nouns() | BODY_NOUNS | _CITED
    return named or whom.lower_.removesuffix("s") in person_nouns() | _CITED


def quoted_before(saying: Token) -> tuple[Token, Token] | None:
    """Return the verb and whom it quotes with what stands before: "A, RIA [quoted] [Lee] as saying"."""
    above = saying.head.head
    if saying.dep_ != "pcomp" or saying.head.lower_ != "as" or saying.lower_ != "saying":
        return None
    outer = above.head if above.dep_ == "dobj" else above
    whom = next((t for t in outer.rights if t.dep_ == "dobj" and t.i < saying.i), None)
    if whom is None or outer.lower_ not in {"cited", "cites", "quoted", "quotes"}:
        return None
    goes_on = any(t.dep_ in {"ccomp", "dobj"} for t in saying.rights)
    before = any(t.dep_ in {"advcl", "ccomp"} for t in outer.lefts)
    return None if goes_on or not before else (outer, whom)


def relays(verb: Token) -> bool:
    """Tell whether a medium only passes on what somebody is quoted with: "Li said it was, BETA reported".

    So does "It was, said Li, BETA reported".
    """
    if verb.lower_ not in RELAYING:
        return False
    if inner_report(verb) is not None:
        return True
    medium = next((t for t in verb.lefts if t.dep_ == "nsubj"), None)
    named = medium is not None and medium.ent_type_ == "PERSON" and medium.left_edge != medium
    if medium is None or medium.tag_ == "PRP" or named:
        return False
    if any(t.dep_ in {"ccomp", "dobj"} for t in verb.rights):
        return False
    first = medium.left_edge
    inside = verb.dep_ == "ccomp" and first.i > 0 and first.nbor(-1).text == "," and verb.head.i < verb.i
    beside = [verb.head] if inside else [t for t in verb.lefts if t.dep_ in {"ccomp", "parataxis"}]
    return any(_is_told(said) for said in beside)


def _is_told(verb: Token) -> bool:
    """Tell whether a verb says who reports and what: "[Li said] it was", "[Li stressed] the need"."""
    known = verb_reporting(verb)
    told = verb.dep_ == "parataxis" or any(t.dep_ in {"ccomp", "dobj"} for t in verb.children)
    return known is not None and known.mode != "thought" and told and reported_subject(verb) is not None


@dataclass(frozen=True, slots=True)
class InnerReport:
    """Who says what a medium passes on behind it: the comma before, the cue, and the tokens of the source."""

    comma: int
    cue: Range
    source: Range


def inner_report(verb: Token) -> InnerReport | None:
    """Return who says it, set off by commas before the medium: "It sank, [said Jo Lee], reports RIA".

    So do "It sank, [Lee said], RIA reports" and "It sank, [according to Lee], reports RIA".
    """
    end = _comma_before(verb) if verb.lower_ in RELAYING else None
    if end is None:
        return None
    comma = next((i for i in range(end - 2, max(0, end - LONGEST_INNER), -1) if _sets_off(verb.doc, i)), 0)
    if not comma or verb.doc[comma].text != ",":
        return None
    first, last = verb.doc[comma + 1], verb.doc[end - 1]
    if first.lower_ == "according" and first.nbor().lower_ == "to":
        cue, source = (first.i, first.i + 2), (first.i + 2, end)
    elif _reports(first):
        cue, source = (first.i, first.i + 1), (first.i + 1, end)
    elif _reports(last):
        cue, source = (last.i, end), (comma + 1, last.i)
    else:
        return None
    who = verb.doc[slice(*source)]
    speaks = any(t.ent_type_ == "PERSON" or t.tag_ == "NNP" or t.lower_ in person_nouns() for t in who)
    acts = any(t.tag_.startswith(("VB", "MD", "PRP")) for t in who)
    return InnerReport(comma, cue, source) if speaks and not acts else None


def _comma_before(verb: Token) -> int | None:
    """Return the comma before a medium and its verb, at the end of a sentence: "A[,] reports RIA"."""
    here = verb.i - 1
    while here > 0 and verb.i - here < LONGEST_MEDIUM and verb.doc[here].tag_ in _NAMING:
        here -= 1
    medium = (
        verb.doc[here + 1 : verb.i] if here + 1 < verb.i else verb.doc[verb.i + 1 : verb.i + LONGEST_MEDIUM]
    )
    named = any(t.tag_ == "NNP" or t.lower_ in BODY_NOUNS | _CITED for t in medium)
    person = any(t.ent_type_ == "PERSON" for t in medium)
    return here if here > 0 and verb.doc[here].text == "," and named and not person else None


def _sets_off(doc: Doc, i: int) -> bool:
    return doc[i].text in {",", ".", ";", ":"} or doc[i].text in MARKS


def _reports(verb: Token) -> bool:
    known = verb_reporting(verb) if verb.tag_ in {"VBD", "VBZ", "VBP"} else None
    return known is not None and "clause" in known.frames
