"""The cue that follows a quotation at once: '"A," she said', '"A" — Jane Doe'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.contents import AGREES
from service.extraction.cues import (
    QUOTE_ONLY,
    in_relative_clause,
    is_passive,
    is_verb,
    verb_group,
    verb_reporting,
)
from service.extraction.lexicon import ADDRESSING, Reporting, lemma, person_nouns, reporting_verb
from service.extraction.relaying import relayed_whom, relays
from service.extraction.rules.beside import (
    MAX_NAME,
    REACH,
    Beside,
    according,
    ends_clause,
    governs_clause,
    is_titled,
    may_be_verb,
    mistaken,
    named,
    precedes_verb,
    sentence_after,
    somebody,
    strong,
)
from service.extraction.rules.cited import cited, told_in
from service.extraction.rules.inverted import delayed_subject
from service.extraction.rules.words_of import IS, after_colon, stands_by_it, told_before, whose_words
from service.extraction.scene import CLOSERS, DASHES, Range, Scene, words
from service.extraction.sources import SAYINGS, WHERE, source_span
from service.extraction.subjects import OCCASIONS, is_aged, own_subject, quoted_whom

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "JJ"})
ANOTHER_CLAUSE = frozenset({"while", "whereas", "although", "though", "because", "if", "when"})
"""Words after a comma that open a clause of its own, whose verb says nothing of what stands before it."""

SETTING = frozenset({"after", "before", "once", "since", "unless", "until"})
"""Words in small letters that open a clause on when one spoke: '"A," Doe said, "B," [after] Lee left'."""

TOPICS = frozenset({"about", "after", "on", "upon"})
"""Words after a name that lead to what was spoken of: '"A" — MEP Jane Doe on the new rules'."""

FINITE = frozenset({"VBD", "VBZ"})
_BEFORE_SAYING = frozenset(
    {
        "began",
        "begins",
        "continued",
        "continues",
        "expected",
        "hastened",
        "hastens",
        "heard",
        "like",
        "liked",
        "likes",
        "love",
        "loves",
        "prefers",
        "scheduled",
        "used",
        "wanted",
        "wants",
        "wished",
        "wishes",
    }
)
"""What somebody does, or is, who says something: "he likes to say", "he is expected to say"."""
HELPING = frozenset({"had", "has", "have", "is", "was"})
"""What may stand before the verb, or the mood, that is followed by somebody: '"A", is indignant Jane Doe'."""
_MAKING = frozenset({"let", "lets", "made", "makes"})
_KNOWN = frozenset({"go", "know", "known"})
"""What makes of "lets" and "makes" a verb of saying, as Romance languages have it."""

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})
SHOWS = frozenset(
    {
        "aired",
        "airs",
        "costs",
        "features",
        "opens",
        "played",
        "plays",
        "premieres",
        "returns",
        "runs",
        "sells",
        "stars",
        "tours",
        "won",
        "wins",
    }
)
"""What a work does whose title has no verb: '"The Long Way Home", stars Jane Doe'."""
MAX_SUBJECT = 45
"""Most tokens of a subject that is found on the surface."""

MAX_BARE_CLAUSE = 8
"""Most words of a cue's clause that stands after a full stop."""


def cue_after(scene: Scene, index: int, after: Range, *, whole: bool) -> Beside | None:
    """Find the cue that follows a quotation at once.

    Handles: '"A," she said', '"A," said Daniel Fried, the former ambassador', '"A?" a man in the crowd
    asked', '"A," according to X', '"A" — Jane Doe', '"A" (@jane)'. ``whole``: it is no part of a sentence.
    """
    tokens = sentence_after(scene, after)
    following = words(tokens)
    if not following:
        return None
    if tokens[0].text == ":" and whole:
        return after_colon(scene, following)
    if following[0].lower_ in {"so", "thus"}:
        return _so(scene, following)
    if tokens[0].text in {":", ";", "."}:
        ended = whole and tokens[0].text == "."
        return told_before(scene, following) or stands_by_it(scene, index, following) if ended else None
    return _said_after(scene, index, after, tokens, whole=whole)


def _said_after(
    scene: Scene, index: int, after: Range, tokens: Sequence[Token], *, whole: bool
) -> Beside | None:
    """Find the cue that the sentence after a quotation, of ``tokens``, begins with."""
    following = words(tokens)
    ending = scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:]
    clause = any(t.tag_ in FINITE_TAGS for t in scene.doc[slice(*scene.ranges[index])])
    whole = whole and (clause or following[0].lower_ not in SHOWS)
    clause = clause or not is_titled(scene.quoted[index].inner.of(scene.article.text).rstrip(" ,"))
    if following[0].lower_ == "according":
        return according(scene, following[0])
    if ending in CLOSERS - {"?", "!"} and not following[0].text[0].islower():
        credited = _credit(scene, tokens, following) or told_before(scene, following)
        credited = credited or stands_by_it(scene, index, following)
        apart = None if not whole else _bare_clause(scene, following, after) or _line(scene, following)
        return credited or apart
    comma = ending == "," or tokens[0].text == ","
    if not (whole or comma):
        return None
    if (put := whose_words(scene, following)) is not None:
        return put
    dash = tokens[0].text in DASHES and len(tokens) > 1 and tokens[1] == following[0]
    set_off = comma or ending in {"?", "!"} or tokens[0].text in DASHES
    foreign = (
        (
            cited(scene, following)
            or told_in(scene, following)
            or _makes_known(scene, following)
            or _inverted(scene, following)
        )
        if whole and set_off
        else None
    )
    if foreign is not None:
        return foreign
    at_once = tokens[0] == following[0]
    inverted = at_once and ending in {"?", "!"} and following[0].tag_ in FINITE
    beside = whole and (comma or dash or inverted)
    feels = beside and len(following) > 1 and following[0].lower_ in IS and following[1].tag_ == "JJ"
    return (
        (_by_place(scene, following) if feels else None)
        or _clause(scene, following, after, eager=whole and (comma or inverted))
        or (_misread(scene, following) if whole and clause and at_once else None)
        or (_surface_clause(scene, tokens) if whole and (comma or dash or ending in "?!") else None)
        or (_by_place(scene, following) if beside and clause else None)
        or _credit(scene, tokens, following)
        or (_by_nobody(scene, following) if beside and comma else None)
        or (_line(scene, following) if whole and ending in CLOSERS else None)
    )


def _by_nobody(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle a cue that has lost its subject: '"A," said on Monday': the words stand, nobody is credited."""
    verb, lead = following[0], following[1] if len(following) > 1 else following[0]
    lost = verb.lower_ in {"said", "says"} and lead.lower_ in WHERE and own_subject(verb) is None
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), None, sure=0.6) if lost else None


def _clause(scene: Scene, following: Sequence[Token], gap: Range, *, eager: bool) -> Beside | None:
    """Find the clause of a reporting verb that begins with the first word after the quotation."""
    for verb in following[:REACH]:
        if not is_verb(verb) or verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
            if verb.i == following[0].i and (verb.tag_ in {"CC", "WDT"} or verb.lower_ in ANOTHER_CLAUSE):
                return None
            continue
        if following[0].lower_ in SETTING and following[0].head == verb:
            return None
        if in_relative_clause(verb) and verb.i != following[0].i:
            continue
        found = _beneath(scene, verb) or _adjoining(scene, verb, following, gap, eager=eager)
        if found is not None:
            return found
        if verb.dep_ not in {"advcl", "acl", "relcl", "csubj"}:
            return None
    return None


def _beneath(scene: Scene, verb: Token) -> Beside | None:
    """Handle '"Hands up!" an officer can be heard shouting' and '"No," my neighbour likes to say'."""
    says = next((t for t in verb.rights if t.dep_ == "xcomp" and verb_reporting(t) is not None), None)
    who = next((t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if verb.lower_ not in _BEFORE_SAYING or says is None:
        return None
    if who is None:
        return None
    source = source_span(scene, who, avoid=verb_group(verb))
    return Beside("cue-after", scene.span(says.i, says.i + 1), source)


def _adjoining(
    scene: Scene, verb: Token, following: Sequence[Token], gap: Range, *, eager: bool
) -> Beside | None:
    known = verb_reporting(verb)
    if not eager and (known is None or known.frames == QUOTE_ONLY or governs_clause(verb, gap)):
        return None
    if not eager and relays(verb):
        return None
    inverted = eager and verb == following[0] and (known is None or says(known, verb))
    hears = verb.lower_ in ADDRESSING
    who = delayed_subject(following[1:], hears=hears) if inverted else ()
    if who:
        return Beside("cue-after", scene.span(*verb_group(verb)), named(scene, who), sure=0.95)
    head = own_subject(verb)
    if head is None or not gap[0] <= head.i < gap[1] or scene.inside[head.i] >= 0:
        likely = says(known, verb) if known is not None else acts_before_name(scene, verb, gap)
        head = nearby_nominal(following, verb) if likely else None
    if head is None:
        return None
    group = verb_group(verb)
    start = min(group[0], max(head.left_edge.i, gap[0]))
    relayed = relayed_whom(verb, head)
    head = quoted_whom(verb) or relayed or head
    if any(t.i < start and t.tag_ not in {"RB", "IN", "RBR"} for t in following):
        return None
    beside = list(scene.doc[head.left_edge.i : min(gap[1], head.i + MAX_NAME)])
    called = head.i > verb.i and head.tag_ == "NN" and head.lower_ in person_nouns()
    who = somebody(beside) if called else []
    sure = 1.0 if known is not None else 0.7
    mode = known.mode if known is not None and relayed is None else "speech"
    source = source_span(scene, head, avoid=group)
    whole = named(scene, who) if who else None
    if source is not None and whole is not None and whole.start == source.start and whole.end > source.end:
        source = whole
    return Beside("cue-after", scene.span(*group), source, mode, sure)


def _line(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle a sentence without a verb that ends the paragraph: '"A." Jane Doe on the new rules.'

    Or '"A." Jane Doe, when they asked her', '"A?" Jane Doe to the mayor' and '"A." Jane Doe, teacher'.
    """
    sentence = scene.doc[following[0].i : following[-1].i + 1]
    name = list(takewhile(_may_name, sentence))
    if not name or len(name) > MAX_NAME or len(following) < 2:
        return None
    head = name[-1]
    end = scene.paragraphs[scene.paragraph_of[head.i]][1]
    ends = all(t.is_space or t.text in CLOSERS for t in scene.doc[following[-1].i + 1 : end])
    if not ends or head.dep_ != "ROOT" or not name[0].is_sent_start or not _is_person(scene, name):
        return None
    return Beside("dash-credit", None, scene.span(name[0].i, head.i + 1), sure=0.9)


def _may_name(token: Token) -> bool:
    verb = is_verb(token) and token.ent_type_ != "PERSON"
    return not verb and token.tag_ not in {",", "IN", "TO", "WRB"}


def _is_person(scene: Scene, name: Sequence[Token]) -> bool:
    """Tell whether words name somebody, by what they are or by what follows them: "Bo Orme, [mayor]"."""
    called = {t.lower_ for t in name} | {t.lower_ for t in name[-1].rights if t.dep_ == "appos"}
    people = any(t.text in scene.people for t in name) or name[-1].ent_type_ == "PERSON"
    people = people or (len(name) == 1 and name[0].tag_ == "NNP" and not name[0].ent_type_)
    return people or not called.isdisjoint(person_nouns())


def _so(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle how German and Italian credit words: '"A", so the 81-year-old.', '"A". So Jane Doe, mayor.'"""
    rest = following[1:]
    if rest and strong(rest[0]) and (told := delayed_subject(rest[1:], hears=False)):
        return Beside("cue-after", scene.span(rest[0].i, rest[0].i + 1), named(scene, told), sure=0.9)
    acts = (t for t in rest if t.tag_ in FINITE | {"VBP", "MD"})
    if not rest or not all(in_relative_clause(t) or in_relative_clause(t.head) for t in acts):
        return None
    people = [t for t in rest if t.lower_ in person_nouns() or is_aged(t)]
    called = len(rest) > 1 and rest[0] in people and rest[1].tag_ == "NNP"
    leads = rest[0].tag_ == "NNP" or called or (rest[0].lower_ == "the" and bool(people))
    who = rest[:MAX_NAME] if leads else delayed_subject(rest, hears=False)
    cue = scene.span(following[0].i, following[0].i + 1)
    return Beside("cue-after", cue, named(scene, who), sure=0.85) if who else None


def _makes_known(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle '"A", makes known the company in a note', '"A", lets go the mayor Jane Doe'."""
    if len(following) < 3 or following[0].lower_ not in _MAKING or following[1].lower_ not in _KNOWN:
        return None
    who = somebody(following[2:]) or delayed_subject(following[2:], hears=False)
    return (
        Beside("cue-after", scene.span(following[0].i, following[1].i + 1), named(scene, who))
        if who
        else None
    )


def _inverted(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle a verb before its subject that the tagger took for a noun: '"A", thunders Jane Doe, farmer,'."""
    verb, rest = following[0], following[1:]
    misread = not is_verb(verb) or verb.dep_ in {"amod", "compound"}
    if not misread or not verb.text.islower() or not rest:
        return None
    late = delayed_subject(rest, hears=False)
    forms = (reporting_verb(lemma(verb.text, tag)) for tag in FINITE)
    known = next((found for found in forms if found is not None), None)
    role = list(takewhile(lambda t: t.lower_ in person_nouns(), rest))
    name = list(takewhile(lambda t: t.tag_ in {"NNP", "NNPS"}, rest[len(role) :]))
    if known is None or not says(known, verb) or verb.text == lemma(verb.text, "VBZ"):
        return None
    adjoins = name and rest[0].i == verb.i + 1
    span = scene.span(rest[0].i, name[-1].i + 1) if adjoins else named(scene, late) if late else None
    if span is None:
        return None
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), span, known.mode, sure=0.9)


def _by_place(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle any verb between a quotation and somebody: '"A", tackles the mayor Jane Doe', '"A," Doe fumes.'.

    Or what somebody is: '"A", is indignant Jane Doe'. Machine English has verbs there that no list foresees,
    and the parser reads them as anything.
    """
    if len(following) > 3 and following[0].lower_ in HELPING and following[1].lower_ == "just":
        following = [following[0], *following[2:]]
    helps = (
        len(following) > 2 and following[0].lower_ in HELPING and following[1].tag_ in {"VBN", "VBD", "JJ"}
    )
    verb = following[1] if helps else following[0]
    late = delayed_subject(following[2:], hears=False) if helps else ()
    who = late or somebody(following[1 + helps :])
    adjoins = bool(late) or (bool(who) and who[0].i == verb.i + 1)
    if (helps or may_be_verb(verb)) and adjoins and not precedes_verb(who[-1]):
        span = named(scene, who)
        return Beside("cue-after", scene.span(following[0].i, verb.i + 1), span, sure=0.85)
    who = somebody(following)
    if len(who) > 1 and who[-1].tag_ == "NNS" and may_be_verb(who[-1]):
        who = who[:-1]
    verb = following[len(who)] if 0 < len(who) < len(following) else following[0]
    if who and verb.i == who[-1].i + 1 and may_be_verb(verb) and ends_clause(verb):
        return Beside("cue-after", scene.span(verb.i, verb.i + 1), named(scene, who), sure=0.85)
    return None


def says(known: Reporting, verb: Token) -> bool:
    """Tell whether a verb is one of saying, in a finite form: one that stands before its subject too."""
    quoted = verb.lower_ == "quoted" and is_passive(verb)
    frames = known.frames & {"clause", "quote"}
    return known.mode != "thought" and verb.tag_ != "VBG" and (bool(frames) or quoted)


def acts_before_name(scene: Scene, verb: Token, gap: Range) -> bool:
    """Tell whether any verb in the past credits the marks: '"A," — reacted the mayor', '"A," posed Lee.'.

    It follows them and a dash at once, or stands between them and a name alone.
    """
    between = scene.doc[gap[0] : verb.i]
    first = next((t for t in between if t.text in DASHES), None)
    set_off = first is not None and first.i + 1 == verb.i
    name = verb.nbor() if verb.i + 1 < gap[1] else verb
    named = name.text in scene.people and not words(between)
    return verb.tag_ == "VBD" and (set_off or named)


def nearby_nominal(following: Sequence[Token], verb: Token) -> Token | None:
    """Return the head of the nominal right before or, inverted, after a verb that has lost its subject."""
    before = [t for t in following if t.i < verb.i and t.tag_ != "RB"]
    if before:
        if any(is_verb(t) and t.dep_ != "auxpass" for t in before):
            return None
        head = next((t for t in reversed(before) if t.tag_ in NOMINAL), None)
        while head is not None and head.dep_ == "appos" and before[0].i <= head.head.i < head.i:
            head = head.head
        return head
    for token in without_topic(following[1:10]):
        surname = token.tag_ == "UH" and token.text[0].isupper()
        if token.dep_ == "pobj" and verb.i < token.head.i < token.i and token.head.head == verb:
            return None  # '"A", said to [reporters]' names nobody
        if (token.tag_ in NOMINAL or surname) and token.dep_ not in {
            "compound",
            "nmod",
            "poss",
            "det",
            "amod",
            "nummod",
        }:
            return token
    return None


def without_topic(after_verb: Sequence[Token]) -> Sequence[Token]:
    """Leave out a pronoun with its preposition right after the verb: "reacted to this the minister"."""
    led = len(after_verb) > 2 and after_verb[0].tag_ in {"IN", "TO"}
    return after_verb[2:] if led and after_verb[1].lower_ in {"this", "that", "it"} else after_verb


def _surface_clause(scene: Scene, tokens: Sequence[Token]) -> Beside | None:
    """Find "the 74-year-old told fans" on the surface where the parser has lost the subject or the verb."""
    limit = next((i for i, t in enumerate(tokens) if strong(t) or mistaken(t)), len(tokens))
    if limit == len(tokens) or limit > MAX_SUBJECT:
        return None
    verb = tokens[limit]
    before = words(tokens[:limit])
    if not before or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "TO"} for t in before):
        return None
    comma = next((t for t in tokens[:limit] if t.i > before[0].i and t.text in {",", "("}), verb)
    closed = comma == verb or scene.doc[verb.i - 1].text in {",", ")"} or verb.i - comma.i > MAX_NAME
    if before[0].tag_ == "VBG" and before[0].dep_ == "advcl":
        return None
    if before[0].tag_ in {"IN", "WP", "WDT", "WRB", "RB", "CC"} or comma.i == before[0].i or not closed:
        return None
    source = scene.span(before[0].i, min(comma.i, verb.i))
    known = verb_reporting(verb) or reporting_verb(lemma(verb.text, "VBZ"))
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), source, known.mode if known else "speech", 0.9)


def _misread(scene: Scene, following: Sequence[Token]) -> Beside | None:
    """Handle a verb right after the marks that was taken for a participle: '"We will not" joked Jane Doe'."""
    verb = following[0]
    known = reporting_verb(lemma(verb.text, "VBD")) if verb.tag_ in {"VBD", "VBN"} else None
    who = somebody(following[1:]) if known is not None and known.frames & {"clause", "quote"} else []
    after = scene.doc[who[-1].i + 1] if who and who[-1].i + 1 < len(scene.doc) else None
    ends = after is None or after.text in CLOSERS | {","} or after.tag_ in {"IN", "RB", "TO"}
    if known is None or known.mode == "thought" or not who or not ends:
        return None
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), named(scene, who), known.mode, 0.9)


def _bare_clause(scene: Scene, following: Sequence[Token], gap: Range) -> Beside | None:
    """Handle sloppy punctuation: '"A." Putin said.', not '"A." Doe agrees.', who speaks next."""
    if len(following) > MAX_BARE_CLAUSE or any(governs_clause(t, gap) for t in following if is_verb(t)):
        return None
    last = scene.doc[following[-1].i + 1] if following[-1].i + 1 < len(scene.doc) else None
    if last is None or last.text not in CLOSERS or following[-1].i + 1 >= gap[1]:
        return None
    says_it = any(strong(t) for t in following) and not any(
        (t.dep_ == "dobj" and t.head.lower_ not in ADDRESSING) or t.lower_ in {"this", "that"} | AGREES
        for t in following
    )
    return _clause(scene, following, gap, eager=False) if says_it else None


def _credit(scene: Scene, tokens: Sequence[Token], following: Sequence[Token]) -> Beside | None:
    """Handle a name set off by a dash or in brackets: '"A" — Jane Doe, teacher', '"A" (@jane)'."""
    if tokens[0].text not in DASHES | {"("}:
        return None
    end = next(
        (t.i for t in tokens if t.i > following[0].i and (t.text in {",", "(", ")"} or t.lower_ in TOPICS)),
        following[-1].i + 1,
    )
    name = [t for t in following if t.i < end]
    owner = next((i for i, t in enumerate(name) if t.tag_ == "POS"), None)
    if owner is not None and name[0].lower_ == "from" and name[-1].lower_ in OCCASIONS | SAYINGS:
        name = name[1:owner]
    press = next((i for i, t in enumerate(name) if t.lower_ == "press"), 0)
    name = name[:press] if press and name[press - 1].text in scene.people else name
    if len(name) > MAX_NAME or any(is_verb(t) for t in name):
        return None
    proper = any(t.tag_ in {"NNP", "NNPS"} or t.text.startswith("@") for t in name)
    closes = end >= scene.paragraphs[scene.paragraph_of[tokens[0].i]][1] or scene.doc[end].lower_ in TOPICS
    if not proper and not (len(name) == 1 and name[0].text.istitle() and closes):
        return None
    return Beside(
        "dash-credit", scene.span(tokens[0].i, tokens[0].i + 1), scene.span(name[0].i, name[-1].i + 1)
    )
