"""Subjects: whom a reporting verb credits its words to, as the parse sees it."""

from __future__ import annotations

from itertools import chain

from spacy.tokens import Token

from service.extraction.cues import is_passive, is_put_to, lacks_helper, lets_know, speaks
from service.extraction.heard import heard, is_somebody, is_text, made_to_say, said_by, says_text
from service.extraction.lexicon import given_names, load_table, load_words, person_nouns
from service.extraction.scene import MARKS, Range, Scene, is_punctuation

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "JJR", "JJS"})

CLIMBS = frozenset(
    {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep", "acomp", "oprd", "attr"}
)

CAUSES = ("caus", "prompt", "forc", "driv", "drove", "encourag", "compel", "push", "provok", "get", "got")
"""How verbs begin that make somebody do something."""

OPENS_CLAUSE = frozenset({"after", "as", "before", "since", "until"})
"""Prepositions that open a clause too."""

OCCASIONS = frozenset({"address", "interview", "letter", "message", "post", "speech", "statement"})

BODY_NOUNS = frozenset(
    chain.from_iterable(
        load_table("body_nouns")[kind] for kind in ("organisation", "establishment", "publication")
    )
)

_GROUPS = frozenset({*load_table("body_nouns")["group"], "men", "women"})

ANYBODY = frozenset({"anybody", "anyone", "everybody", "everyone", "majority", "somebody", "someone"})

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

_SENDING = frozenset(
    {"blasted", "cabled", "circulated", "emailed", "e-mailed", "fired", "issued", "mailed", "messaged"}
    | {"posted", "sent", "shot", "texted", "wired", "wrote"}
    | {"emails", "issues", "messages", "posts", "sends", "texts", "writes"}
)
"""What somebody does to let others read something: "[emailed] supporters saying"."""

_TITLED_BODIES = frozenset({*load_table("body_nouns")["publication"], "tank"})
"""Nouns that the name of a paper or of a think tank follows."""

FARTHEST_WHO = 16
"""Most tokens from "who" to its verb."""

_OF_PHRASES = frozenset({"CD", "DT", "IN", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$"})
"""Tags of the words of prepositional phrases."""

FARTHEST_PART = 4
"""Tokens from a name over ", prosecuting," to the verb."""

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
    place = noun.nbor(-2) if noun.i > 1 else noun
    alone = noun.tag_ == "NNP" and noun.left_edge == noun.right_edge and noun.i - first.right_edge.i == 2
    told = any(t.dep_ in {"acl", "relcl"} for t in first.rights)
    return alone and told and noun.nbor(-1).text == "," and place.dep_ == "pobj" and place.ent_type_ != "DATE"


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
            return _opening_name(here)
        here = here.head
    return None


def _opening_name(verb: Token) -> Token | None:
    """Return the name that a sentence opens with, taken for no noun: "[Aldous] hit back, saying"."""
    name = verb.nbor(-1) if verb.i else verb
    finite = verb.tag_ in {"VBD", "VBZ"} and name.is_sent_start and name.head == verb
    unknown = name.text.istitle() and name.lower_ not in load_words("common_words")
    return name if finite and unknown and name.tag_ in {"FW", "JJ", "RB", "UH", "VB"} else None


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
    return not all(names.isdisjoint(kind) for kind in (person_nouns(), BODY_NOUNS, ANYBODY, _GROUPS))


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
    opens = aside is not None and aside.left_edge.is_sent_start and aside.ent_type_ not in {"DATE", "TIME"}
    if (named := _before_part(verb) or _body_inside(verb) or (aside if opens else None)) is not None:
        return named
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
    return _named_behind(here) or (own_subject(here) if here.tag_.startswith("VB") else None) or led_in


def _named_behind(role: Token) -> Token | None:
    """Return the name behind what its bearer is, taken for a verb: "Special teams coach [Dave Roe], once"."""
    if role.tag_ not in {"VB", "VBP"} or role.lower_ not in person_nouns():
        return None
    name = next((t for t in role.rights if t.dep_ == "dobj" and t.tag_ == "NNP"), None)
    return name if name is not None and name.left_edge.i == role.i + 1 else None


def _body_inside(verb: Token) -> Token | None:
    """Return the body in which it is said, as Russian has it: "In [the ministry] clarified that"."""
    leads = next((t for t in verb.lefts if t.dep_ == "prep" and t.lower_ in {"at", "in"}), None)
    noun = next((t for t in leads.rights if t.dep_ == "pobj"), None) if leads is not None else None
    if leads is None or noun is None or not leads.is_sent_start or noun.right_edge.i != verb.i - 1:
        return None
    return noun if noun.ent_type_ == "ORG" or noun.lower_ in BODY_NOUNS else None


def _before_part(verb: Token) -> Token | None:
    """Return the name before what part its bearer plays: "[Rupert Roe], prosecuting, said"."""
    if verb.i < FARTHEST_PART or verb.nbor(-1).text != "," or verb.nbor(-3).text != ",":
        return None
    name = verb.nbor(-FARTHEST_PART)
    return name if name.tag_ == "NNP" and verb.nbor(-2).lower_.endswith("ing") else None


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


def is_aged(word: Token) -> bool:
    """Tell whether a word ends an age that stands for somebody: "the 24-year-old"."""
    return (
        word.lower_ == "old" and word.i > 1 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ == "year"
    )
