"""Unspoken: clauses with a reporting verb in which nobody says anything."""

from __future__ import annotations

from spacy.tokens import Token

from service.extraction.cues import ASKED, verb_reporting
from service.extraction.lexicon import person_nouns
from service.extraction.scene import MARKS, Range, Scene
from service.extraction.subjects import ANYBODY, BODY_NOUNS, own_subject

_WITHHOLDING = frozenset({"asked", "declined", "preferred", "refused", "requested", "wanted", "wished"})

_QUESTIONS = frozenset({"WDT", "WP", "WP$", "WRB"})

_ALLOWING = frozenset({"can", "could", "may", "might", "must", "should"})

_NAMES = frozenset({"anonymity", "anonymous", "identified", "name", "named", "names"})

FARTHEST_NAME = 9
"""Tokens after "asked" within which "named" stands: "asked us not to use her real name"."""


def tells_this(verb: Token) -> bool:
    """Tell whether a verb only says who said what stood before: "[stated] this on air", "This was [said] by".

    So does "That's according to Doe". Not "I say this with regret".
    """
    if verb.lower_ in {"is", "was", "'s"} and verb.i and verb.i + 1 < len(verb.doc):
        return verb.nbor(-1).lower_ == "that" and verb.nbor().lower_ == "according"
    if verb_reporting(verb) is None:
        return False
    if any(t.lower_ == "this" and t.dep_ == "nsubjpass" for t in verb.lefts):
        return True
    this = next((t for t in verb.rights if t.lower_ == "this" and t.dep_ == "dobj"), None)
    if this is None or this.i != verb.i + 1 or any(t.lower_ in {"i", "we", "you"} for t in verb.lefts):
        return False
    after = this.nbor() if this.i + 1 < len(this.doc) else None
    leads = after is not None and after.dep_ == "prep"
    return after is None or after.dep_ == "punct" or (leads and _is_where(after, verb))


def _is_where(preposition: Token, verb: Token) -> bool:
    """Tell whether a preposition leads to where this was said: not "reported this to the police"."""
    return preposition.lower_ != "to" or verb.lower_ in {"said", "stated"}


def withholds_name(verb: Token, content: Range) -> bool:
    """Tell whether a clause only says why there is no name: "a nurse, who [asked] us not to use her name"."""
    head = own_subject(verb) if verb.lower_ in _WITHHOLDING else None
    if head is None or head.tag_ != "WP":
        return False
    said = verb.doc[content[0] : content[1]]
    named = any(t.lower_ in _NAMES and t.i < verb.i + FARTHEST_NAME for t in said)
    return named and not any(t.text in MARKS for t in said)


def only_happens(verb: Token) -> bool:
    """Tell whether "saw" is said of a thing that nobody speaks for: "The rally [saw] teachers march"."""
    head = own_subject(verb) if verb.lower_ in {"saw", "see", "sees"} else None
    if head is None or head.tag_ not in {"NN", "NNP"} or head.i > verb.i:
        return head is None and verb.lower_ == "saw" and verb.i > 0 and verb.nbor(-1).ent_type_ == "DATE"
    if head.tag_ == "NNP":
        return head.ent_type_ in {"DATE", "EVENT", "TIME"}
    return not (head.ent_type_ in {"ORG", "PERSON"} or head.lower_ in person_nouns() | BODY_NOUNS | ANYBODY)


def addresses_reader(scene: Scene, verb: Token, head: Token | None) -> bool:
    """Tell whether a verb is the writer's to the reader, outside marks, and reports nothing.

    That is a question to "you", "How do you prefer to be approached?", and what the paper recalls in its own
    name, as machine English has it: "We will remind that the talks began in May".
    """
    if head is None or scene.inside[head.i] >= 0:
        return False
    if head.lower_ == "we" and verb.lower_ in {"recall", "remind"}:
        return all(t.lower_ == "you" for t in verb.rights if t.dep_ in {"dative", "dobj"})
    if head.lower_ != "you":
        return False
    return _ends_in_question(scene, verb)


def _ends_in_question(scene: Scene, verb: Token) -> bool:
    """Tell whether a verb's sentence, as the parser sees it, ends in a question mark."""
    end = scene.sentences[verb.i][1]
    while end > verb.i and scene.doc[end - 1].is_space:
        end -= 1
    return scene.doc[end - 1].text == "?"


def is_neither(head: Token | None) -> bool:
    """Tell whether a subject is nobody: "[Neither Lee nor Roe] called it over"."""
    return head is not None and any(t.lower_ == "neither" for t in head.lefts)


def may_only_expect(verb: Token) -> bool:
    """Tell whether one only may expect something, so has said nothing: "Fans can [expect] him to play"."""
    return verb.lower_ == "expect" and any(t.lower_ in _ALLOWING for t in verb.lefts if t.tag_ == "MD")


def is_only_asked(scene: Scene, verb: Token, head: Token | None) -> bool:
    """Tell whether the narrator asks if somebody says it: "Did Lee [call] it over?", not "Why did Lee …?"."""
    if head is None or scene.inside[verb.i] >= 0 or head.i > verb.i:
        return False
    helps = next((t for t in verb.lefts if t.dep_ in {"aux", "auxpass"}), None)
    if helps is None or helps.i > head.left_edge.i or any(t.tag_ == "WRB" for t in verb.lefts):
        return False
    return _ends_in_question(scene, verb)


def asks_about(verb: Token, content: Range) -> bool:
    """Tell whether words are what somebody was asked about: "[Asked] by Roe [about the fees], Lee said no".

    A question itself begins with a word of asking or with a mark.
    """
    if verb.lower_ not in ASKED or not verb.is_sent_start or verb.i + 1 >= len(verb.doc):
        return False
    if verb.nbor().lower_ != "by":
        return False
    opener = verb.doc[content[0]]
    asks = opener.lower_ in {"if", "to", "whether"} or (opener.tag_ in _QUESTIONS and opener.lower_ != "that")
    return not asks and opener.text not in MARKS
