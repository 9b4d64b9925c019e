"""A sentence that says who said the one before: "The boat sank. This was reported by the mayor."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.cues import is_passive, verb_group, verb_reporting
from service.extraction.lexicon import load_table
from service.extraction.rules.beside import according
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import Range, Scene, words
from service.extraction.sources import marked_name, source_span
from service.extraction.subjects import agent, own_subject

LEAST, MOST = 3, 60
"""Fewest and most words of the sentence that is credited."""

COMMENTING = frozenset(
    {"assessed", "characterised", "characterized", "commented", "described", "explained", "summarised"}
    | {"summarized"}
)
"""What somebody did with words that "This is how" points back to."""

_VIEWS = frozenset(
    {"announcement", "assessment", "conclusion", "confession", "forecast", "idea", "information", "message"}
    | {"opinion", "position", "statement", "thesis", "view", "viewpoint"}
)
_TOLD = frozenset({"informed", "reported", "spoke", "told", "wrote"})
"""What somebody did "about this"."""

_PUBLIC = frozenset(
    {"air", "briefing", "broadcast", "comment", "commentary", "conference", "correspondents", "interview"}
    | {"journalists", "media", "press", "reporters", "telethon"}
)
"""To whom, or where, it was: "told reporters about this", "spoke about this at a briefing"."""

_POINTING = frozenset({"corresponding", "relevant", "such", "that", "this"})
_VOICED = frozenset(
    {"announced", "confirmed", "drawn", "drew", "expressed", "gave", "given", "made", "reached", "shared"}
    | {"stated", "voiced"}
)
"""What is done with a view, what it is called, and what points back to it: "this opinion was expressed"."""

MOST_BEFORE_VOICE = 12
"""Most tokens of a sentence before the verb that voices a view."""

FARTHEST_PUBLIC = 25
"""Most tokens from a verb to whom, or where, it was said, and from a view to the colon after it."""

FARTHEST = 4
"""Most tokens between "this" and the verb: "This, in particular, was reported"."""


def echoes(scene: Scene) -> Iterator[Candidate]:
    """Yield the sentence before one that says by whom it was said.

    Handles: "A. This was reported by the mayor", "A. The mayor said this on Telegram", as agencies from Kyiv
    to Astana put it, "A. That's according to the mayor". Not where the sentence before has a cue of its own,
    or words between marks.
    """
    for token in scene.having(forms={"it", "that", "this"}):
        if scene.inside[token.i] >= 0:
            continue
        verb = _governor(token)
        if token.lower_ == "that":
            yield from _according(scene, token, verb)
            continue
        if token.lower_ == "this" and scene.sentences[token.i][0] == token.i:
            yield from _how(scene, token)
        teller = _teller(token, verb)
        known = verb_reporting(verb) if teller is not None else None
        tells = known is not None and known.mode != "thought" and "clause" in known.frames
        if teller is None or known is None or not (tells or token.dep_ == "pobj"):
            continue
        before = _sentence_before(scene, scene.sentences[token.i][0])
        content = scene.span(*before) if before is not None else None
        if content is not None:
            group = verb_group(verb)
            source = source_span(scene, teller, avoid=group)
            yield Candidate("this-said", (content,), scene.span(*group), source, known.mode)


def views(scene: Scene) -> Iterator[Candidate]:
    """Yield the sentence before one that says whose view or statement it was, as Russian agencies put it.

    Handles: "A. This opinion was expressed by Jane Doe", "A. Jane Doe made such a statement on Monday". Not
    'They lost. Jane Doe made this statement: "A"'.
    """
    for noun in scene.having(forms=_VIEWS):
        of_view = noun.lower_ == "view" and noun.head.lower_ == "of" and noun.head.head.lower_ == "point"
        head = noun.head.head if of_view else noun
        verb = head.head
        points = any(t.lower_ in _POINTING for t in head.lefts)
        if scene.inside[noun.i] >= 0 or not points or verb.lower_ not in _VOICED:
            continue
        first, end = scene.sentences[noun.i]
        leads_in = any(t.text == ":" for t in scene.doc[noun.i : min(end, noun.i + FARTHEST_PUBLIC)])
        near = verb.i - first <= MOST_BEFORE_VOICE and not leads_in
        teller = _voices(head, verb) if near else None
        before = _sentence_before(scene, first, marks=True)
        content = scene.span(*before) if before is not None else None
        if teller is not None and content is not None:
            group = verb_group(verb)
            yield Candidate(
                "this-said", (content,), scene.span(*group), source_span(scene, teller, avoid=group)
            )


def _voices(view: Token, verb: Token) -> Token | None:
    """Return who voices a view: the agent of "was expressed by", the subject of "expressed this opinion"."""
    if view.dep_ == "nsubjpass" and is_passive(verb):
        return agent(verb)
    return own_subject(verb) if view.dep_ == "dobj" and view.i > verb.i and not is_passive(verb) else None


def _according(scene: Scene, that: Token, verb: Token) -> Iterator[Candidate]:
    """Yield what "That's according to Jane Doe" credits."""
    cue = next((t for t in verb.rights if t.lower_ == "according"), None)
    first = scene.sentences[that.i][0]
    if cue is None or that.i != first or cue.i != verb.i + 1 or verb.lower_ not in {"is", "was", "'s"}:
        return
    found, before = according(scene, cue), _sentence_before(scene, first)
    content = scene.span(*before) if before is not None else None
    if found is not None and content is not None:
        yield Candidate("this-said", (content,), found.span, found.source)


def _how(scene: Scene, this: Token) -> Iterator[Candidate]:
    """Yield what "This is how Jane Doe commented on the strike" credits."""
    first, end = scene.sentences[this.i]
    opening = [t.lower_ for t in scene.doc[first : first + 3]]
    if len(opening) < 3 or opening[1] not in {"is", "was"} or opening[2] != "how":
        return
    verb = next((t for t in scene.doc[first + 3 : end] if t.lower_ in COMMENTING), None)
    head = own_subject(verb) if verb is not None else None
    before = _sentence_before(scene, first)
    content = scene.span(*before) if before is not None else None
    if verb is not None and head is not None and content is not None and head.i < verb.i:
        group = verb_group(verb)
        source = source_span(scene, head, avoid=group)
        yield Candidate("this-said", (content,), scene.span(*group), source)


def _governor(this: Token) -> Token:
    """Return the verb whose object "this" is, beyond "about": "[told] reporters about this"."""
    told = this.dep_ == "pobj" and this.head.lower_ == "about" and this.head.head.lower_ in _TOLD
    return this.head.head if told else this.head


def _teller(this: Token, verb: Token) -> Token | None:
    """Return who said this: the agent of "It was reported by", the subject of "reported this on".

    Or the text of "This is stated in the ministry's report". "It" opens its sentence and is told whole.
    """
    told = any(t.dep_ in {"ccomp", "xcomp"} for t in verb.rights)
    if this.lower_ == "it" and (told or not (this.is_sent_start or this.dep_ == "pobj")):
        return None
    if this.dep_ == "nsubjpass" and is_passive(verb) and verb.i - this.i <= FARTHEST:
        return agent(verb) or _text(verb)
    if this.dep_ == "pobj":
        ends = this.i + 1 == len(this.doc) or this.nbor().tag_ in {".", "IN"}
        told = ends and verb.lower_ in _TOLD and _is_public(verb)
        return own_subject(verb) if told else None
    ends = this.i + 1 == len(this.doc) or this.nbor().dep_ in {"prep", "punct"}
    return own_subject(verb) if this.dep_ == "dobj" and this.i == verb.i + 1 and ends else None


def _is_public(verb: Token) -> bool:
    """Tell whether something was said to the press or on air: not "told her mother about it"."""
    public = _PUBLIC | frozenset(load_table("media")["platforms"])
    return any(
        t.lower_ in public
        for t in verb.doc[verb.i + 1 : min(verb.right_edge.i + 1, verb.i + FARTHEST_PUBLIC)]
    )


def _text(verb: Token) -> Token | None:
    """Return the text that something is said in: "stated in [the message] of the ministry"."""
    leads = next((t for t in verb.rights if t.lower_ == "in"), None)
    noun = next((t for t in leads.rights if t.dep_ == "pobj"), None) if leads is not None else None
    return noun if noun is not None and noun.lower_ in load_table("media")["written"] else None


def _sentence_before(scene: Scene, start: int, *, marks: bool = False) -> Range | None:
    """Return the sentence right before, its last stop left out, where nobody is credited with it yet.

    ``marks``: some of its words, not its first, may stand between marks.
    """
    last = start - 1
    while last >= 0 and scene.doc[last].is_space:
        last -= 1
    if last < 0 or not scene.readable(scene.paragraph_of[last]) or scene.inside[last] >= 0:
        return None
    first, end = scene.sentences[last][0], last + (scene.doc[last].text != ".")
    inside = scene.doc[first:end]
    credited = any(_tells(t) for t in inside)
    marked = any(t.i in scene.edges and not _names_body(scene, t) for t in inside)
    marked = marked and not (marks and first not in scene.edges)
    marked = marked or any(t.lower_ == "according" for t in inside)
    if credited or marked or not LEAST <= len(words(inside)) <= MOST:
        return None
    return first, end


def _tells(verb: Token) -> bool:
    """Tell whether a verb reports what somebody says, in a clause: not "discussed"."""
    known = verb_reporting(verb) if verb.tag_ in {"VBD", "VBZ"} else None
    return known is not None and not known.frames.isdisjoint({"clause", "quote"})


def _names_body(scene: Scene, mark: Token) -> bool:
    """Tell whether marks are around the name of a body: 'the plant "Zorka"'."""
    return scene.inside[mark.i] >= 0 and marked_name(scene, mark) is not None
