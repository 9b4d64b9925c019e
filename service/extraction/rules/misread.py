"""Comments whose verb or whose speaker the parser took for something else: "figures from the union show"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import is_verb, verb_reporting
from service.extraction.heard import is_text
from service.extraction.lexicon import ADDRESSING, lemma, load_table, person_nouns, reporting_verb
from service.extraction.models import Mode
from service.extraction.rules.beside import accompanies
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import CLOSERS, FINITE, MARKS, Scene
from service.extraction.sources import source_span
from service.extraction.subjects import may_speak, own_subject, reported_subject

_SHOWING = frozenset({"reveal", "show", "shows", "suggest", "suggests"})
"""Verbs that may be taken for nouns where they end a sentence: "figures from the regulator show"."""

_TEXTS = frozenset({*load_table("body_nouns")["document"], "number", "poll", "result"})
_PUBLICATIONS = frozenset({*load_table("body_nouns")["publication"], "agency"})

_TELLERS = person_nouns() | _PUBLICATIONS | _TEXTS
"""Who tells in a comment whose verb was taken for a noun: "the paper reports"."""

_SAYING = frozenset(
    {"added", "adds", "admitted", "admits", "conceded", "concedes", "explained", "explains", "recalled"}
    | {"recalls", "replied", "replies", "said", "says"}
)
"""What is done to what is said, not to people: "explained the cook" is no cook explained."""

LONGEST_THING = 40
"""Most tokens of what is said that are looked through for a comma."""

_SOMEBODY = person_nouns() | {"source"}

_NAMES = frozenset(
    {"brand", "branded", "branding", "call", "called", "calling", "calls", "dub", "dubbed", "dubbing"}
    | {"label", "labeled", "labelled", "labelling", "term", "termed"}
)
"""Forms of verbs of naming."""

_NAMING = ("NN", "DT", "JJ", "CC", "HYPH", "CD", "POS", "PRP$")
"""How the tags of words begin that name or describe somebody."""

MAX_SHORT = 60
"""Most tokens of a sentence that may have no other verb than one taken for a participle."""

MAX_CLAUSE = 25
"""Most tokens of such a comment."""


def misread(scene: Scene, noun: Token) -> Iterator[Candidate]:
    """Yield what a comment interrupts, ends or leads in whose verb was taken for a noun.

    Handles: "Days came, Ryan admits, when …", "As a TASS correspondent reports, …", "Fares rose, figures from
    the regulator show".
    """
    if noun.lower_ in _SHOWING:
        yield from _shown(scene, noun)
    known = reporting_verb(lemma(noun.text, "VBZ")) if noun.tag_ == "NNS" else None
    if known is None or "clause" not in known.frames:
        return
    yield from _told_by(scene, noun, known.mode)
    if known.mode != "thought":
        led = _is_led_in(scene, noun)
        yield from (_led_in(scene, noun, known.mode) if led else _interrupting(scene, noun, known.mode))


def _is_led_in(scene: Scene, noun: Token) -> bool:
    """Tell whether the comment leads in the sentence: "[As a TASS correspondent reports], …"."""
    first, end = scene.sentences[noun.i]
    led = scene.doc[first].lower_ == "as" and noun.head.i == first < noun.left_edge.i < noun.i - 1
    return led and noun.i + 1 < end and scene.doc[noun.i + 1].text == ","


def _led_in(scene: Scene, noun: Token, mode: Mode) -> Iterator[Candidate]:
    first, end = scene.sentences[noun.i]
    content = content_span(scene, (noun.i + 2, end))
    if content is not None:
        cue, source = scene.span(noun.i, noun.i + 1), scene.span(first + 1, noun.i)
        yield Candidate("as-clause", (content,), cue, source, mode, sure=0.9)


def _interrupting(scene: Scene, noun: Token, mode: Mode) -> Iterator[Candidate]:
    """Yield what a comment between commas interrupts, or ends: "Days came, [Ryan admits], when …"."""
    first, end = scene.sentences[noun.i]
    name = noun.i
    while name - 1 > first and _is_capital(scene.doc[name - 1]):
        name -= 1
    name -= name < noun.i and name - 1 > first and scene.doc[name - 1].tag_ == "DT"
    if noun.i - 3 > first and scene.doc[noun.i - 2].tag_ == "DT" and scene.doc[noun.i - 1].lower_ in _TELLERS:
        name = noun.i - 2
    stop = noun.i + 1 + (noun.i + 2 < end and scene.doc[noun.i + 1].tag_ == "RB")
    closed = stop >= end or scene.doc[stop].text in {",", ":"} | CLOSERS
    interrupts = closed and scene.doc[name - 1].text == ","
    clause = any(is_verb(t) for t in scene.doc[first:name]) or scene.doc[noun.i].dep_ == "appos"
    if name == noun.i or not interrupts or not clause:
        return
    pieces = (content_span(scene, (first, name - 1)), content_span(scene, (min(stop + 1, end), end)))
    said = tuple(piece for piece in pieces if piece is not None)
    cue, source = scene.span(noun.i, noun.i + 1), scene.span(name, noun.i)
    yield Candidate("parenthetical", said, cue, source, mode)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.tag_ in {"JJ", "NN", "NNP"}


def _told_by(scene: Scene, noun: Token, mode: Mode) -> Iterator[Candidate]:
    """Yield what a verb taken for the noun of a sentence ends: "A, the mayor, Ann Lee, [reports] on air"."""
    head = next((t for t in noun.lefts if t.dep_ == "nsubj"), None)
    clause = next((t for t in noun.lefts if t.dep_ == "ccomp"), None)
    if noun.dep_ != "ROOT" or head is None or clause is None:
        return
    first, comma = clause.left_edge.i, head.left_edge.i - 1
    content = content_span(scene, (first, comma)) if first < comma else None
    if content is not None and scene.doc[comma].text == ",":
        cue = (noun.i, noun.i + 1)
        source = source_span(scene, head, avoid=cue)
        yield Candidate("parenthetical", (content,), scene.span(*cue), source, mode)


def _shown(scene: Scene, noun: Token) -> Iterator[Candidate]:
    """Yield the sentence that ends in what some text shows, "show" taken for a noun."""
    (first, end), comma = scene.sentences[noun.i], noun.i
    ends = noun.i + 1 >= end or scene.doc[noun.i + 1].text in CLOSERS
    while ends and comma > max(first, noun.i - MAX_CLAUSE) and scene.doc[comma].text != ",":
        comma -= 1
    texts = (t.lower_.removesuffix("s") for t in scene.doc[comma + 1 : min(comma + 4, noun.i)])
    if not ends or scene.doc[comma].text != "," or not any(text in _TEXTS for text in texts):
        return
    content = content_span(scene, (first, comma))
    if content is not None and not any(is_verb(t) for t in scene.doc[comma + 1 : noun.i]):
        cue, source = scene.span(noun.i, noun.i + 1), scene.span(comma + 1, noun.i)
        yield Candidate("parenthetical", (content,), cue, source, "writing")


def swallowed(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what ends in who says so, taken for more of it: "talks with officials, [the agencies] said"."""
    known, first = verb_reporting(verb), scene.sentences[verb.i][0]
    ends = verb.i + 1 >= scene.sentences[verb.i][1] or scene.doc[verb.i + 1].text in CLOSERS
    if known is None or "clause" not in known.frames or not ends or verb.tag_ not in {"VBD", "VBZ"}:
        return
    comma = verb.i - 1
    while comma > max(first, verb.i - MAX_CLAUSE) and scene.doc[comma].tag_.startswith(_NAMING):
        comma -= 1
    teller = scene.doc[comma + 1 : verb.i]
    if not len(teller) or scene.doc[comma].text != "," or not teller[-1].tag_.startswith("NN"):
        return
    content = content_span(scene, (first, comma))
    if content is not None and any(t.tag_ in FINITE for t in scene.doc[first:comma]):
        cue, source = scene.span(verb.i, verb.i + 1), scene.span(comma + 1, verb.i)
        yield Candidate("parenthetical", (content,), cue, source, known.mode)


def named_in_marks(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what a verb of naming calls something in marks that the parser hung elsewhere.

    Handles: 'went so far as to call [Lee "a fool"]'; and the verb taken for a participle in a sentence that
    has no other: 'One member [called Lee "a fool"]'.
    """
    first, end = scene.sentences[verb.i]
    if verb.lower_ not in _NAMES or verb.i + 1 >= end:
        return
    opens = next((i for i in range(verb.i + 2, min(end, verb.i + MAX_CLAUSE)) if i in scene.edges), None)
    called = list(scene.narrated(verb.i + 1, opens)) if opens is not None else []
    if opens is None or not called or not all(t.tag_.startswith(_NAMING) for t in called):
        return
    if not called[-1].tag_.startswith(("NN", "PRP")) or called[0].lower_ == "sign":
        return
    participle = verb.tag_ == "VBN" and verb.dep_ == "acl"
    short = participle and end - first <= MAX_SHORT
    alone = short and not any(
        is_verb(t) for t in scene.narrated(first, end) if t != verb and t.i not in scene.edges
    )
    caller = verb.head if participle else reported_subject(verb)
    if (
        caller is None
        or scene.inside[caller.i] >= 0
        or (participle and not (alone and caller.dep_ == "ROOT"))
    ):
        return
    content = content_span(scene, (verb.i + 1, scene.edges[opens][1]))
    if content is not None:
        cue = (verb.i, verb.i + 1)
        yield Candidate("predicate", (content,), scene.span(*cue), source_span(scene, caller, avoid=cue))


def inverted_name(verb: Token) -> Token | None:
    """Return the name after a verb that the parser took for its object: "That was over, countered Rask".

    Or for the subject of what the speaker does besides: "It must stop, said Rask while pointing at it".
    After a quotation mark also somebody unnamed: 'The deal “is dead”, reacted a source'; after a comma
    whatever publishes: "They will be called up, reports the portal Ruta", and whoever has an office:
    "Ten houses were hit, reported the head of the district Sergey Ivanko".
    """
    before = next((t for t in reversed(verb.doc[max(0, verb.i - 2) : verb.i]) if not t.is_space), verb)
    after_comma = before.text == ","
    marked = verb.i > 1 and bool(MARKS & {verb.nbor(-1).text, verb.nbor(-2).text})
    objects = [t for t in verb.rights if t.dep_ == "dobj"]
    tells = _TEXTS | _PUBLICATIONS if verb.lower_ == "reads" else _PUBLICATIONS
    paper = next((t for t in objects if t.lower_ in tells), None)
    name = next((t for t in objects if t.tag_ == "NNP" or (marked and t.lower_ in _SOMEBODY)), paper)
    if name is None and after_comma:
        name = next((t for t in objects if _is_somebody(t) and _tells_before(t, verb)), None)
    beside = (t for child in verb.rights if accompanies(child) for t in child.lefts)
    name = name or next((t for t in beside if t.dep_ == "nsubj" and t.tag_ == "NNP"), None)
    if (
        not (after_comma or marked)
        or name is None
        or name.left_edge.i != verb.i + 1
        or verb.tag_ not in {"VBD", "VBZ"}
    ):
        return None
    alone = own_subject(verb) is None or (name is paper and after_comma) or _says_thing(verb, name)
    return name if alone and verb.lower_ not in ADDRESSING else None


def _says_thing(verb: Token, name: Token) -> bool:
    """Tell whether what stands for a subject is what is said: "Too much salt, explained [the cook]"."""
    thing = own_subject(verb)
    if thing is None or thing.i > verb.i or may_speak(thing) or is_text(thing) or verb.lower_ not in _SAYING:
        return False
    begin = max(thing.left_edge.i, verb.i - LONGEST_THING)
    commas = sum(t.text == "," for t in verb.doc[begin : verb.i])
    return commas == 1 and thing.tag_ in {"NN", "NNS"} and may_speak(name)


def _is_somebody(noun: Token) -> bool:
    return noun.tag_ == "NN" and noun.lower_ in person_nouns()


def _tells_before(noun: Token, verb: Token) -> bool:
    """Tell whether a verb has what it tells before it, or stands at the end, joined to no other."""
    if any(t.dep_ == "ccomp" and t.i < verb.i for t in verb.lefts):
        return True
    joined = any(t.dep_ == "cc" for t in verb.head.rights) or verb.dep_ not in {"conj", "dep", "parataxis"}
    after = noun.right_edge.i + 1
    return not joined and (after >= len(noun.doc) or noun.doc[after].text in CLOSERS)


def adjoining_name(verb: Token) -> Token | None:
    """Return the name before a verb that the parser took for an apposition: "The pier, Lee retorted, …".

    Or the noun that it joined to the verb as to another noun: "They erred, the paper reports, “a lot”".
    """
    name = verb.nbor(-1) if verb.i else verb
    set_off = name.tag_ == "NNP" and name.dep_ == "appos"
    part = name.tag_ == "NN" and name.dep_ == "compound" and name.head == verb
    if not (set_off or part) or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    first = verb.left_edge if part else name.left_edge
    closed = verb.i + 1 < len(verb.doc) and verb.nbor().text == ","
    return name if closed and first.i and first.nbor(-1).text == "," else None
