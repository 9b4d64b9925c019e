"""Who says it is another verb's object: "they recorded [Lee] saying no", "it fined [Lee] for writing that".

The parser gives such a verb no subject of its own, or the subject of the verb before.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.cues import is_verb, noun_reporting
from service.extraction.lexicon import lemma, load_table, person_nouns

_PERCEIVE = frozenset(
    {"catch", "depict", "film", "hear", "imagine", "overhear", "portray", "quote", "recall", "record"}
    | {"remember", "see", "show", "watch"}
)
"""Verbs, by lemma, whose object is who is heard: "they heard [Lee] saying no"."""

_TELLS_OF = frozenset({"complained", "reminded", "spoke", "speaks", "talked", "tells", "told", "wrote"})
"""Verbs after whose "of" somebody is heard: "he told of [Lee] saying no"."""

_TOWARDS = frozenset({"at", "to", "with"})
_REACT = frozenset({"issue", "laugh", "listen", "object", "objection", "reaction", "response"})
"""Words, by lemma, after whose preposition somebody is heard: "she objected to [Lee] saying no"."""

_CHANTING = frozenset({"booing", "chanting", "screaming", "shouting", "singing", "yelling"})
CROWDS = frozenset(
    {"activists", "audience", "crowd", "crowds", "demonstrators", "fans", "marchers", "mob", "people"}
    | {"protesters", "protestors", "students", "supporters", "workers"}
)
"""Who chants, whatever is done to them: "police dispersed [a crowd] chanting"."""

_NAME = frozenset({"accuse", "brand", "call", "describe", "label"})
_ANSWER = frozenset({"point", "react", "respond"})
"""Words, by lemma, after which only a participle of naming is another's: "responded to [Lee] calling him"."""

_ADMIT = frozenset({"acknowledge", "admit", "concede", "confess"})
_OF = frozenset({"by", "from", "of"})
_TEXTS = frozenset({*load_table("body_nouns")["document"], "audio", "footage", "memory", "sms", "voicemail"})

_JUDGE = frozenset(
    {"admonish", "applaud", "arrest", "attack", "ban", "berate", "blame", "blast", "castigate", "censure"}
    | {"charge", "chastise", "chide", "commend", "condemn", "criticise", "criticize", "denounce", "detain"}
    | {"expel", "fault", "fine", "fire", "hail", "investigate", "jail", "lambast", "lambaste", "mock"}
    | {"praise", "prosecute", "punish", "rebuke", "reprimand", "ridicule", "sack", "scold", "sentence"}
    | {"slam", "sue", "suspend", "thank"}
)
"""Verbs, by lemma, whose object has said it: "the court fined [Lee] for writing that"."""

_UNDER = frozenset({"attack", "criticism", "fire", "pressure", "scrutiny"})
"""What a heading has somebody be under for what they say: "Lee under [fire] for calling it a ruin"."""

_ATTACK = frozenset({"hit", "lash", "lay", "round", "take", "tear"})
"""Verbs, by lemma, that do so with more words: "took Lee to task for saying", "lashed out at Lee for"."""

_SAY = frozenset(
    {"accuse", "allege", "brand", "call", "claim", "declare", "describe", "insist", "joke", "label", "post"}
    | {"remark", "report", "say", "state", "suggest", "tell", "tweet", "write"}
)
"""Verbs, by lemma, for what somebody is judged for: "mocked Lee for [calling] it a ruin"."""

_NAMES = frozenset({"CD", "DT", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP$"})

FARTHEST = 14
"""Most tokens between a verb and another whose object says it."""


def heard(verb: Token) -> Token | None:
    """Return who is heard or judged for saying it, where that is another verb's object, else None."""
    if verb.tag_ == "VB" and verb.i > 1 and verb.nbor(-1).tag_ == "NNP":
        return _overheard(verb)  # "he watched [Lee] announce it"
    return _overheard(verb) or _judged(verb) if verb.tag_ == "VBG" and verb.i > 1 else None


def said_by(noun: Token) -> Token | None:
    """Return whose words a noun with "by" stands for: "amid claims by [Ann Lee] that it leaks"."""
    known = noun_reporting(noun)
    by = next((t for t in noun.rights if t.dep_ == "prep" and t.lower_ == "by"), None)
    if known is None or known.mode == "thought" or by is None:
        return None
    return next((t for t in by.rights if t.dep_ == "pobj" and is_somebody(t)), None)


def is_owned(noun: Token) -> bool:
    """Tell whether a reporting noun says whose the words are: "[her] claim that", "claims by Lee that"."""
    owned = any(t.dep_ == "poss" for t in noun.lefts) or said_by(noun) is not None
    return owned and noun_reporting(noun) is not None


def made_to_say(verb: Token) -> bool:
    """Tell whether an infinitive is one of saying or admitting: "she got him to [admit] it"."""
    return bool(_bases(verb) & (_SAY | _ADMIT))


def says_text(verb: Token) -> bool:
    """Tell whether a verb in a relative clause is of a text: "a message from Lee [that read]"."""
    return verb.dep_ == "relcl" and verb.lower_ in {"read", "reads", "said", "says"} and is_text(verb.head)


def blames_for_saying(verb: Token) -> bool:
    """Tell whether a verb judges somebody for what they say, so reports nothing itself."""
    inner = (t for child in verb.rights if child.lower_ == "for" for t in child.rights if t.dep_ == "pcomp")
    return any(_judged(t) is not None for t in inner)


def _overheard(verb: Token) -> Token | None:
    """Return who stands right before a participle, and is heard: "a recording of [Ann Lee] saying no"."""
    doc, who = verb.doc, verb.nbor(-1)
    if verb.lower_ in _CHANTING and who.lower_ in CROWDS:
        return who
    if not is_somebody(who):
        return None
    here = next((t for t in _before(who) if t.tag_ not in _NAMES), None)
    if here is None:
        return None
    before = doc[here.i - 1] if here.i else here
    if here.lower_ in _OF:
        return who if is_text(before) or before.lower_ in _TELLS_OF else None
    answered = _ANSWER if _bases(verb) & _NAME else frozenset[str]()
    kind = _REACT | answered if here.lower_ in _TOWARDS else _PERCEIVE
    outer = before if here.lower_ in _TOWARDS else here
    return who if _bases(outer) & kind else None


def _judged(verb: Token) -> Token | None:
    """Return whom a verb judges for what they say: "the court fined [Ann Lee] for writing it".

    In a heading also without a verb: "[Lee] under fire for calling it a ruin".
    """
    if verb.nbor(-1).lower_ != "for" or not _bases(verb) & _SAY:
        return None
    state = verb.nbor(-2) if verb.i > 2 else verb
    under = state.lower_ in _UNDER and state.i > 1 and state.nbor(-1).lower_ == "under"
    who = state.nbor(-2) if under else state.nbor(-1) if state.lower_ == "sorry" else None
    if who is not None and who.tag_ == "NNP":
        return who
    judges = next((t for t in _before(verb) if is_verb(t)), None)
    if judges is not None and _bases(judges) & _ATTACK:
        return next((t for t in reversed(verb.doc[judges.i + 1 : verb.i - 1]) if is_somebody(t)), None)
    if judges is None or not _bases(judges) & _JUDGE:
        return None
    named = (t for t in judges.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < verb.i)
    return next(named, None)


def is_somebody(word: Token) -> bool:
    """Tell whether a word is or ends the name of a person, or stands for one: "Lee", "the mayor", "him"."""
    named = word.tag_ == "NNP" and word.ent_type_ not in {"DATE", "TIME"}
    return named or word.lower_ in {"her", "him", "them"} or word.lower_ in person_nouns()


def is_text(word: Token) -> bool:
    """Tell whether a noun is for a text or a recording: "letters", "footage"."""
    return word.lower_ in _TEXTS or word.lower_.removesuffix("s") in _TEXTS


def _before(word: Token) -> Iterator[Token]:
    """Yield the words before one, the nearest first, up to a comma or another stop."""
    for i in range(word.i - 1, max(-1, word.i - FARTHEST), -1):
        token = word.doc[i]
        if token.is_punct or token.is_space:
            return
        yield token


def _bases(word: Token) -> set[str]:
    """Return a word and what it is the form of, if a verb, whatever the tagger takes it for."""
    return {word.lower_, lemma(word.text, "VBD")}
