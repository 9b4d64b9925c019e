"""Sources: the noun phrase that a cue credits its content to, as the parse sees it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from spacy.tokens import Doc, Token

from service.extraction.cues import (
    QUOTE_ONLY,
    is_passive,
    is_put_to,
    lacks_helper,
    lets_know,
    verb_reporting,
)
from service.extraction.heard import heard, is_somebody, is_text, made_to_say, said_by, says_text
from service.extraction.lexicon import DAYS, given_names, load_table, person_nouns
from service.extraction.models import Attribution, Span
from service.extraction.scene import CLOSERS, DASHES, MARKS, Range, Scene, is_punctuation

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "JJR", "JJS"})
CLIMBS = frozenset(
    {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep", "acomp", "oprd", "attr"}
)
CAUSES = ("caus", "prompt", "forc", "driv", "drove", "encourag", "compel", "push", "provok", "get", "got")
"""How verbs begin that make somebody do something."""

OPENS_CLAUSE = frozenset({"after", "as", "before", "since", "until"})
"""Prepositions that open a clause too."""

RELAYING = frozenset({"reported", "reports", "informed", "informs", "wrote", "writes", "learned", "learnt"})
"""How a medium passes on what somebody said: "…, RIA reported"."""

MOST_TO_CITED = 8
"""Most tokens after a medium and its verb up to what leads to whom it cites."""

_CITED = frozenset({"agency", "institute", "media", "official", "service", "source"})
"""Whom a medium cites, besides people and bodies."""

OCCASIONS = frozenset({"address", "interview", "letter", "message", "post", "speech", "statement"})

_LEADING = frozenset({"DT", "PRP$", "JJ", "NN", "NNP"})
_BODIES = frozenset(
    chain.from_iterable(
        load_table("body_nouns")[kind] for kind in ("organisation", "establishment", "publication")
    )
)

_GROUPS = frozenset({*load_table("body_nouns")["group"], "men", "women"})
_ANYBODY = frozenset({"anybody", "anyone", "everybody", "everyone", "majority", "somebody", "someone"})

_WITHHOLDING = frozenset({"asked", "declined", "preferred", "refused", "requested", "wanted", "wished"})
_NO_OBJECT = frozenset(
    {"added", "adds", "affirmed", "continued", "emphasised", "emphasized", "explained", "indicated", "noted"}
    | {"said", "says", "stated", "stressed"}
)
"""Verbs that nobody is the object of."""

_UTTERING = frozenset(
    {"adding", "arguing", "asking", "claiming", "declaring", "explaining", "insisting", "noting", "pledging"}
    | {"promising", "saying", "shouting", "stating", "stressing", "telling", "vowing", "warning"}
)
"""What people do, not things: "the merger is off, [saying]"."""

_ALLOWING = frozenset({"can", "could", "may", "might", "must", "should"})
_SENDING = frozenset(
    {"blasted", "cabled", "circulated", "emailed", "e-mailed", "fired", "issued", "mailed", "messaged"}
    | {"posted", "sent", "shot", "texted", "wired", "wrote"}
    | {"emails", "issues", "messages", "posts", "sends", "texts", "writes"}
)
"""What somebody does to let others read something: "[emailed] supporters saying"."""

_POSTED_ON = frozenset({"in", "on", "via"})
REPLIES = frozenset({"answer", "comment", "reaction", "reply", "response"})
"""Nouns for words of somebody's whose name may stand before them without "'s", in translation."""
_NAMES = frozenset({"anonymity", "anonymous", "identified", "name", "named", "names"})
FARTHEST_NAME = 9
"""Tokens after "asked" within which "named" stands: "asked us not to use her real name"."""

WHERE = frozenset({"at", "during", "in", "on", "via"})
"""What leads to where or when something was said."""

MOST_MARKED = 8
"""Most tokens of a body's name with its marks."""

_TITLED_BODIES = frozenset({*load_table("body_nouns")["publication"], "tank"})
"""Nouns that the name of a paper or of a think tank follows."""

FARTHEST_WHO = 16
"""Most tokens from "who" to its verb."""

_OF_PHRASES = frozenset({"CD", "DT", "IN", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$"})
"""Tags of the words of prepositional phrases."""

MAX_CLIMB = 8
"""How many heads up a subject is looked for: a bound on what a broken parse can cost."""


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject: the one after it where the words before it are set off by a comma.

    Handles: "he said", "said Daniel Fried", "The vaccine, says the council, is safe".
    """
    before = [child for child in verb.lefts if child.dep_ in SUBJECTS and child.tag_ != "VBG"]
    after = [child for child in verb.rights if child.dep_ in SUBJECTS]
    if before and after:
        return after[0] if verb.i and is_punctuation(verb.doc[verb.i - 1]) else before[-1]
    if len(before) > 1 and goes_with(before[-1], before[0]):
        return before[0]
    if before and _names_where(before[-1]):
        whose = verb.head if verb.dep_ == "relcl" and verb.head.tag_ == "NN" else None
        beside = (t for t in verb.lefts if t.tag_ == "NNP" and t.right_edge.i + 1 == before[-1].i)
        return whose or next(beside, before[-1])
    return before[-1] if before else after[0] if after else None


def goes_with(noun: Token, first: Token) -> bool:
    """Tell whether a subject is but more of the first one, whose "and" stands right before it.

    Handles: "a man speaking for Lee and [the guards] said", "Ann Lee, Bo Roe, and [Cy Orme] said". So is the
    name of what it stands in: "an article in the journal [Nature] found".
    """
    if _ends_address(noun, first):
        return True
    if _names_where(noun) and noun.i == first.right_edge.i + 1 and first.right_edge != first:
        return True
    link = noun.left_edge.nbor(-1) if noun.left_edge.i else noun
    return link.dep_ == "cc" and link.head == first and first.head == noun.head


def _ends_address(noun: Token, first: Token) -> bool:
    """Tell whether a name ends where the one before was: "the mayor, speaking at a hall in Bergen, [Norway]".

    The parser takes it for a second subject, since no comma closes it.
    """
    alone = noun.tag_ == "NNP" and noun.left_edge == noun.right_edge and noun.i - first.right_edge.i == 2
    told = any(t.dep_ in {"acl", "relcl"} for t in first.rights)
    return alone and told and noun.nbor(-1).text == "," and noun.nbor(-2).dep_ == "pobj"


def _names_where(noun: Token) -> bool:
    """Tell whether a name is that of the paper or the think tank before it: "in the journal [Nature]"."""
    before = noun.nbor(-1) if noun.i else noun
    return (
        noun.tag_ == "NNP"
        and noun.left_edge == noun
        and before.lower_ in _TITLED_BODIES
        and before.tag_ == "NN"
    )


def agent(verb: Token) -> Token | None:
    """Return who did it in a passive: "was described by the mayor"."""
    by = by_whom(verb)
    found = next((t for t in by.rights if t.dep_ == "pobj"), None) if by is not None else None
    return None if found is not None and found.lower_ in {"end", "time"} else found


def by_whom(verb: Token) -> Token | None:
    """Return the "by" of a passive, also right after quoted words: 'was called "a giant" [by] the mayor'."""
    said, has_object = [], False
    for child in verb.rights:
        dep = child.dep_
        if dep == "agent" or (dep == "prep" and child.lower_ == "by" and verb.tag_ == "VBN"):
            return child
        has_object = has_object or dep == "dobj"
        if dep == "oprd" or (dep == "prep" and child.lower_ == "as"):
            said.append(child)
    if has_object or not said:
        return None
    below = chain(said, chain.from_iterable(child.rights for child in said))
    beside = chain.from_iterable(t.rights for t in below)
    return next((t for t in beside if t.lower_ == "by" and t.nbor(-1).text in MARKS), None)


_RANKS = frozenset({"first", "last", "latest", "only"})
"""What somebody is who does something: "the [first] to call it"."""


def subject(verb: Token) -> Token | None:
    """Return whom the verb's words come from: its subject, or that of the verb that governs it.

    Handles: "he said A and denied B" (conjunct), "he spoke, adding that …" (participle), "he went on to say"
    (infinitive), "he lets know" (auxiliary), "the report saying that …" (the noun modified), "it was
    described by X as …" (agent); a passive without an agent ("it is said that") names nobody.
    """
    letting = lets_know(verb)
    if letting is None and (is_passive(verb) or by_whom(verb) is not None):
        return quoted_whom(verb) or agent(verb)
    here = letting or verb
    for _ in range(MAX_CLIMB):
        found = own_subject(here)
        if here == letting and found is not None and found.i > here.i:
            found = None
        if found is not None:
            adds = here != verb and verb.tag_ == "VBG" and (found.dep_ == "nsubjpass" or not may_speak(found))
            teller = agent(here) if found.lower_ == "this" else credited_before(here)
            uttered = adds and verb.lower_ in _UTTERING
            teller = teller or (_beyond_thing(here, found) if uttered else None)
            return (teller if adds else None) or named_before_role(found) or named_after(here, found) or found
        if here.dep_ in {"acl", "relcl"}:
            first = here.head.lower_ in _RANKS and here.head.dep_ == "attr"
            ranked = own_subject(here.head.head) if first else None
            return (_sender(here) if here == verb else None) or ranked or here.head
        controller = (
            (heard(here) if here == verb else None)
            or object_control(here)
            or quoted_as_saying(here)
            or name_before_misread(here)
            or misread_subject(here)
            or _spoken_to(here)
            or _misjoined(here)
            or _who(here)
            or _goes_so_far(here)
        )
        if controller is not None:
            return controller
        if here.dep_ not in CLIMBS or here.head == here:
            return None
        here = here.head
    return None


def credited_before(verb: Token) -> Token | None:
    """Return whom a phrase before a clause credits it to: "According to [Lund], the ship sank"."""
    phrase = next((t for t in verb.lefts if t.lower_ == "according" and t.dep_ == "prep"), None)
    below = chain.from_iterable(t.rights for t in phrase.rights) if phrase is not None else ()
    return next((t for t in below if t.dep_ == "pobj"), None)


def _beyond_thing(verb: Token, thing: Token) -> Token | None:
    """Return who says it where the clause beside is a thing's: "[Lee] left as the polls closed, saying"."""
    closes = thing.lower_ == "polls" and verb.lower_.startswith(("clos", "open"))
    text = is_text(thing) and not closes
    text = text or thing.lower_ in OCCASIONS
    if thing.tag_ not in {"NN", "NNS"} or verb.dep_ not in {"acl", "advcl", "ccomp"} or text:
        return None
    above = verb.head
    for _ in range(MAX_CLIMB):
        if above.tag_.startswith("VB") and (found := own_subject(above)) is not None:
            return found if may_speak(found) and found.tag_ != "WDT" else None
        if above.head == above:
            return None
        above = above.head
    return None


def _sender(verb: Token) -> Token | None:
    """Return who wrote to those that a participle stands beside: "[Lee] emailed supporters saying no"."""
    hearers = verb.head
    if verb.tag_ != "VBG" or hearers.i != verb.i - 1 or hearers.dep_ not in {"dobj", "pobj", "dative"}:
        return None
    here = hearers.head
    if hearers.dep_ == "pobj":
        if here.lower_ != "to":
            return None
        here = here.head
    if is_text(here) and here.dep_ == "dobj":
        here = here.head
    return subject(here) if here.lower_ in _SENDING and may_speak(hearers) else None


def may_speak(noun: Token) -> bool:
    """Tell whether a noun is a person or a body, so that it may say something."""
    if noun.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or noun.tag_ in {"PRP", "NNPS"}:
        return noun.lower_ != "it"
    names = {noun.lower_, noun.lower_.removesuffix("s")} if noun.tag_ == "NNS" else {noun.lower_}
    return not all(names.isdisjoint(kind) for kind in (person_nouns(), _BODIES, _ANYBODY, _GROUPS))


def named_before_role(role: Token) -> Token | None:
    """Return the name before a role whose first noun was taken for a verb: "[Ann Lee], sales director".

    "Ann Lee, sales director for the firm told us": no comma closes the role.
    """
    verb = role.left_edge.nbor(-1) if role.left_edge.i > 2 else role
    if role.tag_ != "NN" or verb.tag_ not in {"VBZ", "VBP"} or verb.nbor(-1).text != ",":
        return None
    name = verb.nbor(-2)
    return name if name.tag_ == "NNP" and name.head == verb and name.dep_ == "nsubj" else None


def named_after(verb: Token, role: Token) -> Token | None:
    """Return the name beyond a verb whose subject is its bearer's post: "The minister said [Ali Amin] that".

    As Arabic sets it, the verb between a post and its holder; no verb that somebody may be the object of.
    """
    if verb.lower_ not in _NO_OBJECT or role.lower_ not in person_nouns() or role.i != verb.i - 1:
        return None
    names = [t for t in verb.rights if t.tag_ == "NNP" and t.dep_ in SUBJECTS | {"dobj"}]
    name = names[0] if names else verb
    whole = name.left_edge.i == verb.i + 1 < name.i and name.left_edge.lower_ in given_names()
    after = name.doc[name.i + 1] if name.i + 1 < len(name.doc) else name
    return name if whole and (after.lower_ == "that" or after.text == "," or after.tag_ == "IN") else None


def _misjoined(verb: Token) -> Token | None:
    """Return a subject that was joined to a noun before: "It gave no reply to us but [an aide] said"."""
    noun = verb.nbor(-1) if verb.i else verb
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in {"VBD", "VBZ"}
        or noun.dep_ != "conj"
        or noun.head.i < verb.head.i
    ):
        return None
    link = noun.left_edge.nbor(-1) if noun.left_edge.i else noun
    led = any(t.dep_ == "det" for t in noun.lefts) or noun.tag_ == "NNP"
    return noun if led and link.lower_ == "but" and link.head == noun.head else None


def _who(verb: Token) -> Token | None:
    """Return whom a "who" parted from its verb stands for: "[Ann Lee] who in a talk on Friday said"."""
    if verb.tag_ not in {"VBD", "VBZ"} or verb.dep_ != "conj":
        return None
    for i in range(verb.i - 1, max(0, verb.i - FARTHEST_WHO), -1):
        token = verb.doc[i]
        if token.lower_ == "who":
            return verb.doc[i - 1] if verb.doc[i - 1].tag_ in NOMINAL else None
        if token.tag_ not in _OF_PHRASES:
            return None
    return None


def _spoken_to(verb: Token) -> Token | None:
    """Return who was spoken to and said so, "to" taken for the verb's: "[people] the paper spoke to said"."""
    to = verb.nbor(-1) if verb.i else verb
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or to.lower_ != "to" or to.head != verb:
        return None
    asking = verb.head
    return asking.head if asking.dep_ == "relcl" and asking.i < to.i else None


def name_before_misread(verb: Token) -> Token | None:
    """Return the name before a first verb that was taken for a noun: "[Roe] apologises and says"."""
    noun = verb.head
    if verb.dep_ != "conj" or noun.tag_ != "NNS" or noun.i == 0 or verb.tag_ != "VBZ":
        return None
    name = noun.nbor(-1)
    return name if name.tag_ == "NNP" and name.dep_ == "compound" and name.head == noun else None


def misread_subject(verb: Token) -> Token | None:
    """Return the subject that was taken for a preposition's: "They fell after [the maker of nuts] said".

    Who that is may stand between, set off by commas: "a day after [the mayor], Jo Reed, told them".
    """
    if verb.dep_ not in {"advcl", "conj"} or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    near = chain(verb.lefts, verb.head.rights)
    opener = next((t for t in near if t.dep_ == "prep" and t.lower_ in OPENS_CLAUSE and t.i < verb.i), None)
    noun = next((t for t in opener.rights if t.dep_ == "pobj"), None) if opener is not None else None
    if noun is None or noun.i > verb.i:
        return None
    beside = noun.right_edge.i == verb.i - 1 and verb.dep_ == "conj"
    return noun if beside or _set_off(noun, verb) else None


def _set_off(noun: Token, verb: Token) -> bool:
    """Tell whether only who somebody is stands between a noun and a verb: "the mayor, Jo Reed, told"."""
    if verb.i - noun.i > FARTHEST_WHO:
        return False
    between = verb.doc[noun.i + 1 : verb.i]
    commas = [t.i for t in between if t.text == ","]
    named = len(commas) == 2 and commas[1] == verb.i - 1 and not any(t.tag_.startswith("VB") for t in between)
    return named and verb.nbor(-2).ent_type_ != "GPE" and may_speak(noun)


def quoted_as_saying(verb: Token) -> Token | None:
    """Return whom another is quoting: "the paper quotes [an aide] as saying that"."""
    outer = verb.head.head
    if (
        verb.dep_ != "pcomp"
        or verb.head.lower_ != "as"
        or not outer.lower_.startswith(("quot", "cit", "report"))
        or is_passive(outer)
    ):
        return None
    return next((t for t in outer.rights if t.dep_ == "dobj" and t.i < verb.i), None)


SAYINGS = frozenset(
    [
        "answer",
        "comment",
        "line",
        "message",
        "quote",
        "quotes",
        "reaction",
        "refrain",
        "reply",
        "response",
        "verdict",
        "words",
    ]
)
"""Nouns for what somebody has said."""


def quoted_whom(verb: Token) -> Token | None:
    """Return whom a medium quotes: '"A," RIA quotes [Ann Lee]', "RIA quotes the words of [Ann Lee]".

    Or who is quoted by it: '"A," [Ann Lee] was quoted by RIA as saying'; "To quote [Ann Lee], ...".
    """
    if verb.lower_ == "quoted" and is_passive(verb):
        return next((t for t in verb.lefts if t.dep_ == "nsubjpass"), None)
    infinitive = verb.tag_ == "VB" and any(t.tag_ == "TO" for t in verb.lefts)
    if not verb.lower_.startswith("quot") or not (infinitive or verb.tag_ in {"VBD", "VBZ", "VBP", "VBG"}):
        return None
    found = next((t for t in verb.rights if t.dep_ == "dobj"), None)
    of = next((t for t in found.rights if t.lower_ == "of"), None) if found is not None else None
    if found is not None and of is not None and found.lower_ in {"words", "statement", "text"}:
        found = next((t for t in of.rights if t.dep_ == "pobj"), None)
    return found


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
    named = whom.ent_type_ in {"ORG", "PERSON"} or whom.lower_ in person_nouns() | _BODIES | _CITED
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


def object_control(infinitive: Token) -> Token | None:
    """Return whom another makes speak: "it prompted [the firm] to state", not "he promised her to say".

    Nor what somebody "had to say".

    An infinitive that the parser hung on the verb loosely counts after a verb of causing alone.
    """
    if (
        infinitive.dep_ not in {"xcomp", "advcl"}
        or infinitive.head.lower_.startswith("promis")
        or infinitive.head.lower_ in {"had", "has", "have"}
        or not any(t.tag_ == "TO" for t in infinitive.lefts)
    ):
        return None
    if infinitive.dep_ == "advcl" and not infinitive.head.lower_.startswith(CAUSES):
        return None
    made = next((t for t in infinitive.head.rights if t.dep_ == "dobj" and t.i < infinitive.i), None)
    gets = infinitive.dep_ == "advcl" and infinitive.head.lower_.startswith(("get", "got"))
    return None if gets and made is not None and not is_somebody(made) else made


def another_subject(cue: Token) -> Token | None:
    """Return who says it, where the scorer takes the subject of a verb before: "it made [her] say"."""
    causes = cue.head.lower_.startswith(CAUSES) and made_to_say(cue)
    made = object_control(cue) if causes else None
    text = own_subject(cue) if says_text(cue) else None
    led = by_whom(cue) if cue.tag_ in {"VBD", "VBN"} else None
    by = agent(cue) if led is not None and (led.nbor(-1).text in MARKS or is_put_to(cue)) else None
    by = by if by is not None and is_somebody(by) else None
    return made or by or misread_subject(cue) or heard(cue) or text or said_by(cue)


def sentence_subject(scene: Scene, sentence: Range, verb: Token) -> Token | None:
    """Return the subject of the first clause before a verb that the parser hung somewhere else."""
    for token in scene.doc[sentence[0] : verb.i]:
        head = own_subject(token) if token.tag_.startswith(("VB", "MD")) else None
        if head is not None and head.i < verb.i and scene.inside[head.i] < 0:
            return head
    return None


def reported_subject(verb: Token) -> Token | None:
    """Return the subject of a reporting verb, past the clause of another one that the parser hung it on.

    Handles: "he said that she lied, adding: …" and "he said the move was hers and asked: …", where the second
    verb is his though the parse makes it part of what he said.
    """
    if own_subject(verb) is not None or is_passive(verb):
        return subject(verb) or lost_subject(verb)
    here = verb
    while here.dep_ in {"conj", "advcl"} and here.head != here and not speaks(here.head):
        here = here.head
    outer = here.head
    if here != verb and here.dep_ == "ccomp" and speaks(outer) and outer != here:
        return subject(outer)
    return subject(verb) or lost_subject(verb)


def _goes_so_far(verb: Token) -> Token | None:
    """Return who goes far with it: "[Lee] went so far as to call it", "[Lee] was the first to call it"."""
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb.head
    far = above.lower_ == "far" and above.head.lower_ in {"go", "goes", "gone", "went"}
    return own_subject(above.head) if far else None


def lost_subject(verb: Token) -> Token | None:
    """Return the head of what stands right before a finite verb that the parser gave no subject.

    Handles: "Less than a third agreed that …", "One attendee, who asked not to be named, said …", "Ann Lee
    while answering him said …", "Speaking to TNN, an officer who asked not to be named said …", where the
    parser runs TNN and the officer together.
    """
    if (
        lets_know(verb)
        or is_put_to(verb)
        or lacks_helper(verb)
        or any(t.dep_ in {"aux", "auxpass", "mark"} or t.tag_ == "TO" for t in verb.lefts)
    ):
        return None
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    aside = next((t for t in verb.lefts if t.dep_ == "npadvmod" and t.tag_ == "NNP"), None)
    if aside is not None and aside.ent_type_ not in {"DATE", "TIME"} and aside.left_edge.is_sent_start:
        return aside
    here = verb
    for _ in range(MAX_CLIMB):
        if here.i == 0 or not (here == verb or is_punctuation(here) or here.tag_ == "RB"):
            break
        here = here.nbor(-1)
    led_in = None
    for _ in range(MAX_CLIMB):
        if here.tag_ in NOMINAL and here.left_edge.i and here.left_edge.nbor(-1).text == ",":
            led_in = led_in if led_in is not None and names_agent(here) else here
        if here.head.i >= verb.i or here.head == here or here.is_sent_start:
            break
        here = here.head
    if here.i >= verb.i or here.is_space:
        return None
    if here.tag_ in NOMINAL or is_aged(here) or _is_brand(here):
        return here
    return (own_subject(here) if here.tag_.startswith("VB") else None) or led_in


def _is_brand(word: Token) -> bool:
    """Tell whether a word has a capital within, as names of firms do, whatever its tag: "BTel"."""
    return any(letter.isupper() for letter in word.text[1:]) and any(map(str.islower, word.text))


def names_agent(name: Token) -> bool:
    """Tell whether a name is only an agent's: "a statement by her secretary, [Jo Ray], the mayor said"."""
    agent = name.head
    return (
        name.dep_ == "appos"
        and name.tag_ == "NNP"
        and agent.tag_ == "NN"
        and agent.dep_ == "pobj"
        and agent.head.lower_ == "by"
    )


def relays(verb: Token) -> bool:
    """Tell whether a medium only passes on what somebody is quoted with: "Li said it was, BETA reported"."""
    if verb.lower_ not in RELAYING:
        return False
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
    return not (head.ent_type_ in {"ORG", "PERSON"} or head.lower_ in person_nouns() | _BODIES | _ANYBODY)


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


def is_aged(word: Token) -> bool:
    """Tell whether a word ends an age that stands for somebody: "the 24-year-old"."""
    return (
        word.lower_ == "old" and word.i > 1 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ == "year"
    )


def speaks(verb: Token) -> bool:
    """Tell whether the verb reports speech or writing outside marks too: not "continued", "laughed"."""
    known = verb_reporting(verb)
    if known is None or any(t.dep_ == "xcomp" and "infinitive" not in known.frames for t in verb.rights):
        return False
    return known.mode != "thought" and known.frames != QUOTE_ONLY


def name_head(tokens: Sequence[Token]) -> Token:
    """Return the head of a name that stands alone."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])


def phrase(head: Token, *, avoid: Range = (0, 0)) -> Range:
    """Return the noun phrase of ``head``: its subtree, less relative clauses and what is set off.

    ``avoid`` holds the cue: the phrase never reaches it. What a comma, bracket or dash sets off goes ("Daniel
    Fried, the former ambassador"), and so does "who saw it" after "a driver"; coordinated names stay ("Smith,
    Jones and Brown"), and so do names of places with two parts ("Stacy Baker of Columbia, South Carolina").
    What the sentence said before goes too: "It was [vital, mayor Roe] said, that …".
    """
    head = _last_part(head)
    first, end = head.left_edge.i, head.right_edge.i + 1
    conjuncts = {t.left_edge.i for t in head.conjuncts if t.i > head.i}
    joined = _last_joined(head)
    last = joined or head
    end = max(end, last.right_edge.i + 1)
    proper = head.tag_ in {"NNP", "NNPS", "PRP"} and head.lower_ not in person_nouns() | {"deputy"}
    for token in head.doc[last.i + 1 : end]:
        loose = proper and token.head == head and token.dep_ in {"prep", "npadvmod"} and token.lower_ != "of"
        loose = loose or (token.head == head and (is_occasion(token) or _is_topic(token)))
        loose = loose or _is_platform(token)
        loose = loose or is_day(token) or (token.tag_ == "VBN" and token.i + 1 < end and is_day(token.nbor()))
        listed = (token.text == "," and goes_on(token, end, conjuncts)) or _holds_initials(token, end)
        if loose or opens_relative_clause(token) or (sets_off(token) and not listed):
            end = token.i
            break
    if first and head.doc[first - 1].dep_ == "det":
        first -= 1
    first = whole_word(head.doc, first)
    if head.tag_ in {"NNP", "NNPS"}:
        first = _first_joined(head, _own_name(head, first))
    if first + 1 < head.i and head.doc[first].tag_ == "JJ" and head.doc[first + 1].text == ",":
        first += 2
    if avoid[0] > head.i:
        end = min(end, avoid[0], _before_act(head))
    elif avoid[1] and avoid[1] <= head.i:
        first = max(first, avoid[1])
    return trimmed(head, first, end)


def _last_part(head: Token) -> Token:
    """Return the last noun of a word with hyphens that the parser took apart: "vice-[speaker]"."""
    doc, here = head.doc, head
    while here.i + 2 < len(doc) and here.nbor().text in {"-", "‐", "‑"} and not here.whitespace_:
        if (
            here.nbor().whitespace_
            or not here.nbor(2).tag_.startswith("NN")
            or (here.nbor(2).head != here.head and here.lower_ not in {"ex", "vice"})
        ):
            break
        here = here.nbor(2)
    return here


def _before_act(head: Token) -> int:
    """Return where what one did begins whose verb was taken for a participle: "Critics [seized on it]"."""
    following = head.nbor() if head.i + 1 < len(head.doc) else head
    acts = head.dep_ == "ROOT" and following.tag_ == "VBN" and following.head == head
    return following.i if acts else len(head.doc)


def _last_joined(head: Token) -> Token | None:
    """Return the last name of a list that the parser took for another subject: "Ann, Bo, and [Cy] said".

    Not of what somebody does besides: "a man speaking for the miners and [the guards] said".
    """
    if head.dep_ not in SUBJECTS or any(t.dep_ == "acl" for t in head.rights):
        return None
    beside = (t for t in head.head.lefts if t.i > head.i and t.dep_ in SUBJECTS)
    return next((t for t in beside if goes_with(t, head)), None)


def _first_joined(head: Token, first: int) -> int:
    """Return where a list begins whose first names the parser hung elsewhere: "[Ann,] Bo and Cy said"."""
    listed = any(t.dep_ == "conj" for t in head.rights) and head.dep_ in SUBJECTS
    while listed and first > 1 and head.doc[first - 1].text == ",":
        before = head.doc[first - 2]
        if (
            before.tag_ != "NNP"
            or before.head != head.head
            or before.dep_ not in {"dep", "npadvmod", "nsubj"}
        ):
            break
        first = before.left_edge.i
    return first


def _holds_initials(bracket: Token, end: int) -> bool:
    """Tell whether a bracket only holds a body's initials, before a role: "Tarn Bar [(TBA)] chief Roe"."""
    doc, role = bracket.doc, bracket.i + 3
    if bracket.text != "(" or role >= end or doc[role - 1].text != ")":
        return False
    return doc[role - 2].text.isupper() and doc[role].lower_ in person_nouns()


def _own_name(head: Token, first: int) -> int:
    """Return where a name begins that follows a day, or what was spoken of.

    Handles: "asked about the talks [Malets] said", "said on Monday [Ola Lund]", "On his Twitter [Roe] wrote".
    """
    if first and head.doc[first - 1].lower_ in _POSTED_ON:
        platforms = load_table("media")["platforms"]
        beyond = (i + 1 for i in range(head.i - 1, first - 1, -1) if head.doc[i].lower_ in platforms)
        first = next(beyond, first)
    if first and head.i > first and head.doc[first - 1].lower_ == "on" and head.doc[first].lower_ in DAYS:
        return first + 1
    start = head.i
    while start > first and head.doc[start - 1].tag_ in {"NNP", "NNPS"}:
        start -= 1
    before = head.doc[start - 1]
    people = {before.lower_, before.lower_[:-1]} & person_nouns()
    things = start > first and before.tag_ == "NNS" and before.head == head and not people
    return first if head.n_rights or not things else start


def is_occasion(token: Token) -> bool:
    """Tell whether "in" leads to what the words were part of: "The diplomat [in his message]"."""
    return token.lower_ == "in" and any(t.dep_ == "pobj" and t.lower_ in OCCASIONS for t in token.rights)


def _is_topic(token: Token) -> bool:
    """Tell whether "about" leads to what somebody spoke of: "laughs an official [about the mines]"."""
    return token.lower_ == "about" and token.head.lower_ in person_nouns()


def _is_platform(token: Token) -> bool:
    """Tell whether "on" leads to where words were posted: "The ministry [on Facebook]"."""
    noun = token.nbor() if token.i + 1 < len(token.doc) else token
    posted = token.lower_ in {"in", "on", "via"} and noun.dep_ == "pobj" and noun.head == token
    return posted and noun.lower_ in load_table("media")["platforms"] and noun.text != "x"


def is_day(token: Token) -> bool:
    """Tell whether "on" and a day begin here, which say when: "A spokesman [on Wednesday]"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    return token.lower_ == "on" and following.ent_type_ == "DATE" and following.tag_ == "NNP"


def whole_word(doc: Doc, first: int) -> int:
    """Return where a phrase begins that the parser cut at a hyphen: "[a sub-]editor", "[his ex-]wife"."""
    here = first
    while (
        here > 1
        and doc[here - 1].text == "-"
        and not doc[here - 1].whitespace_
        and not doc[here - 2].whitespace_
    ):
        here -= 2
    while 0 < here < first and doc[here].tag_ not in {"DT", "PRP$"} and doc[here - 1].tag_ in _LEADING:
        here -= 1
    owner = next((t for t in doc[here].lefts if t.dep_ == "poss"), None) if here < first else None
    return owner.left_edge.i if owner is not None else here


def opens_relative_clause(token: Token) -> bool:
    """Tell whether a pronoun opens a clause about the noun before it: "a driver who saw it"."""
    return token.tag_ in {"WP", "WDT", "WP$"} and token.i > 0 and token.nbor(-1).tag_ not in {"IN", "TO"}


def sets_off(token: Token) -> bool:
    """Tell whether the token is a comma, dash or bracket that may end a noun phrase."""
    return token.text in {",", ";", ":", "(", "["} or token.text in DASHES - {"-"}


def goes_on(comma: Token, end: int, conjuncts: frozenset[int] | set[int]) -> bool:
    """Tell whether the noun phrase goes on after a comma: a list, or the second part of a place name."""
    following = comma.i + 1
    if following >= end:
        return False
    after = comma.doc[following]
    if _lists(comma, after):
        return True
    if any(following <= i <= following + 1 for i in conjuncts) or after.dep_ == "cc":
        return True
    before = comma.doc[comma.i - 1]
    return (
        before.tag_ == "NNP"
        and after.tag_ == "NNP"
        and after.ent_type_ == "GPE"
        and before.ent_type_ == "GPE"
    )


def _lists(comma: Token, after: Token) -> bool:
    """Tell whether a list of names, taken for an apposition, goes on after a comma: "[Ann], Bo and Cy"."""
    name = next((t for t in comma.head.rights if t.dep_ == "appos" and t.left_edge == after), None)
    if name is None or {name.tag_, comma.head.tag_} - {"NNP", "NNPS"}:
        return False
    last = name.right_edge
    closed = last.i + 1 < len(last.doc) and last.nbor().text == ","
    return not closed and any(t.dep_ == "cc" and t.lower_ == "and" for t in name.rights)


def trimmed(head: Token, first: int, end: int) -> Range:
    """Drop punctuation, leading conjunctions and "for his part" from the edges, never ``head`` itself."""
    while first < head.i and (is_punctuation(head.doc[first]) or head.doc[first].dep_ in {"cc", "preconj"}):
        first += 1
    while end > head.i + 1 and (is_punctuation(head.doc[end - 1]) or head.doc[end - 1].dep_ == "cc"):
        end -= 1
    part = end - 3
    if part > head.i and head.doc[part].lower_ == "for" and head.doc[end - 1].lower_ == "part":
        return first, part
    return first, end


def source_span(scene: Scene, head: Token | None, *, avoid: Range = (0, 0)) -> Span | None:
    """Return the span of the source whose head is ``head``: its noun phrase outside quotation marks."""
    if head is None:
        return None
    head = _whose_words(_but_not(head))
    first, end = phrase(head, avoid=avoid)
    end = _before_place(scene, first, _before_predicate(scene, first, end))
    mine = scene.inside[head.i]
    while first < head.i and scene.inside[first] != mine:
        first += 1
    title = scene.edges.get(first, (first, first))
    first = title[0] if title[1] <= head.i else first
    cut = scene.inside[end - 1] >= 0 and scene.inside[end - 1] != mine
    return scene.span(first, scene.edges[end - 1][1] if cut and end - 1 in scene.edges else end)


def _but_not(head: Token) -> Token:
    """Return who it is instead of one who it is not: "Not Lee but [Roe] said"."""
    denied = any(t.lower_ == "not" for t in head.lefts) and any(t.lower_ == "but" for t in head.rights)
    return next((t for t in head.rights if t.dep_ == "conj"), head) if denied else head


def marked_name(scene: Scene, head: Token) -> Range | None:
    """Return the tokens of a source whose name stands between marks: 'the club "Our Land"', or None.

    A noun says which body it is, and the name begins with a capital.
    """
    first, end = scene.ranges[scene.inside[head.i]]
    noun = scene.doc[first - 1] if first else head
    name = scene.doc[min(first + 1, end - 1)]
    if noun.lower_ not in _BODIES or not name.text[0].isupper() or end - first > MOST_MARKED:
        return None
    start = noun.i
    while start and scene.doc[start - 1].tag_ in {"NN", "JJ", "DT"}:
        start -= 1
    return start, end


def _before_predicate(scene: Scene, first: int, end: int) -> int:
    """Return where the subject ends in a headline whose verb was read as a noun: "[Mayor] slams us, says"."""
    if scene.article.paragraphs[scene.paragraph_of[first]].kind != "heading":
        return end
    named = [i for i in range(first, end) if _is_somebody(scene.doc[i])]
    if not named or named[-1] + 2 >= end:
        return end
    verb = scene.doc[named[-1] + 1]
    acts = verb.tag_ in {"VBZ", "NNS"} and verb.lower_.endswith("s") and verb.text.islower()
    return verb.i if acts else end


def _is_somebody(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.lower_ in person_nouns()


def _before_place(scene: Scene, first: int, end: int) -> int:
    """Return where a name ends before a place that the parser joined to it: "[Ola Lund] outside court"."""
    found = (i for i in range(first + 1, end - 1) if scene.doc[i].lower_ in {"inside", "outside"})
    place = next(found, end)
    return place if place < end and scene.doc[place - 1].tag_ == "NNP" else end


def _whose_words(head: Token) -> Token:
    """Return whose words a noun stands for: "Here is the key line from [the PM]", "the reply of [Lee]".

    Or whose the parser took for more of where they stand: "On his page in Facebook [Roe] wrote"; or of what
    they were: "reports [Jane Doe] response to a question".
    """
    owner = next((t for t in head.lefts if t.dep_ == "poss"), None)
    posted = head.left_edge.i and head.left_edge.nbor(-1).lower_ in _POSTED_ON
    if posted and head.lower_ in load_table("media")["pages"]:
        last = head.right_edge
        named = last.tag_ == "NNP" and last.lower_ not in load_table("media")["platforms"]
        return last if named else head
    before = head.nbor(-1) if head.i else head
    bare = head.lower_ in REPLIES and not any(t.dep_ == "det" for t in head.lefts)
    if bare and before.tag_ == "NNP" and before.lower_ not in load_table("media")["platforms"]:
        return before
    if head.lower_ == "words" and owner is not None:
        return owner
    by = next((t for t in head.rights if t.lower_ in {"from", "of"}), None)
    whose = next((t for t in by.rights if t.dep_ == "pobj"), None) if by is not None else None
    return whose if whose is not None and head.lower_ in SAYINGS else head


def who_hears(scene: Scene, last: Attribution) -> Span | None:
    """Return who hears what nobody named says, and speaks next: '[Lee], asked about it, smiled. "A"'.

    Or who is asked, in the narrator's words: 'Doe asked [Lee] if it was so. "A"'.
    """
    verb = scene.doc[scene.tokens(last.cue)[1] - 1] if last.cue is not None else None
    if verb is not None and verb.lower_ in {"asked", "asks"} and last.source is not None:
        asked = next((t for t in verb.rights if t.dep_ in {"dative", "dobj"} and is_somebody(t)), None)
        told = scene.tokens(last.content[0])[0] in scene.edges
        return None if told or asked is None else source_span(scene, asked)
    if verb is None or last.source is not None or not is_put_to(verb):
        return None
    head = verb.head if verb.dep_ == "acl" else own_subject(verb) or own_subject(verb.head)
    return source_span(scene, head) if head is not None and scene.inside[head.i] < 0 else None
