"""Reported clauses, phrases and predicates: what the parse says that a cue governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from service.extraction.contents import content_span, is_moment, passes_on
from service.extraction.cues import (
    clear_after,
    is_left_unsaid,
    is_put_to,
    is_verb,
    lets_know,
    noun_reporting,
    outside,
    verb_group,
    verb_reporting,
)
from service.extraction.governed import governed
from service.extraction.heard import blames_for_saying, said_by
from service.extraction.models import Span
from service.extraction.relaying import cites_somebody, inner_report
from service.extraction.rules.around import (
    SURE,
    VIEWS,
    as_clause,
    carried,
    convinced,
    credited,
    in_view,
    opined,
    parenthetical,
    passed_on,
    published,
)
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.cited import as_somebody, as_told, at_end, dashed, delayed
from service.extraction.rules.inverted import marked_body
from service.extraction.rules.made_clear import made_clear
from service.extraction.rules.misread import inverted_name, misread, named_in_marks, swallowed
from service.extraction.rules.table import RULES
from service.extraction.scene import Range, Scene
from service.extraction.sources import marked_name, source_span
from service.extraction.subjects import own_subject, quoted_as_saying, reported_subject
from service.extraction.unspoken import (
    addresses_reader,
    asks_about,
    is_neither,
    is_only_asked,
    may_only_expect,
    only_happens,
    tells_this,
    withholds_name,
)

NEEDS_SOURCE = frozenset({"object", "gerund", "predicate", "preposition"})
"""Frames so weak that a cue without a source reports nothing: "the tabled motion"."""

FARTHEST_THAT = 8
"""Most tokens from a noun to the "that" of what it reports."""

_OF_PHRASES = frozenset({"CD", "DT", "IN", "JJ", "NN", "NNP", "NNS", "POS", "PRP$", "TO"})
"""Tags of what may part a noun from its clause."""

CUE_FORMS = SURE | {"according", "per", "for", "to"}
CUE_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS"})
"""What a cue outside quotation marks may be, by form or by tag."""


def indirect(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for everything that a reporting word governs outside quotation marks."""
    for token in scene.having(forms=CUE_FORMS, tags=CUE_TAGS):
        if not outside(scene, token):
            continue
        if inner_report(token) is not None:
            yield from carried(scene, token)
            continue
        if token.tag_.startswith("VB") or token.tag_ == "NNS":
            yield from as_told(scene, token)
        if token.lower_ in SURE:
            yield from convinced(scene, token)
        if token.lower_ in {"according", "per"} and token.dep_ == "prep":
            yield from credited(scene, token)
        elif token.lower_ in {"for", "to"} and token.dep_ == "prep":
            yield from in_view(scene, token)
        elif token.tag_.startswith("VB"):
            yield from list(dashed(scene, token)) or list(delayed(scene, token)) or _verb_or_end(scene, token)
            yield from passed_on(scene, token)
            yield from named_in_marks(scene, token)
        elif token.tag_ in {"NN", "NNS"}:
            yield from _noun(scene, token)
            yield from misread(scene, token)
            yield from at_end(scene, token)
            if token.lower_ in VIEWS and token.dep_ == "pobj":
                yield from opined(scene, token)


def _verb_or_end(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what a verb governs, or what ends in it and its subject where the parse has that otherwise."""
    found = list(_verb(scene, verb))
    apart = any(candidate.rule == "parenthetical" for candidate in found)
    yield from found if apart else list(at_end(scene, verb)) or found


def _verb(scene: Scene, verb: Token) -> Iterator[Candidate]:
    known = verb_reporting(verb)
    if known is None or verb.dep_ in {"aux", "auxpass"}:
        return
    group = verb_group(verb)
    head = reported_subject(verb)
    inside = head is not None and scene.inside[head.i] >= 0
    named = marked_name(scene, head) if head is not None and inside else None
    if (
        is_imperative(verb, head)
        or addresses_reader(scene, verb, head)
        or (inside and named is None)
        or quotes(verb)
        or is_naming(verb)
        or cites_somebody(verb)
        or only_happens(verb)
        or may_only_expect(verb)
        or is_neither(head)
        or is_only_asked(scene, verb, head)
        or is_left_unsaid(verb)
        or (is_put_to(verb) and scene.inside[verb.head.i] >= 0)
        or tells_this(verb)
        or blames_for_saying(verb)
    ):
        return
    marked = marked_body(verb) is not None
    clear = clear_after(verb)
    if clear is not None:
        yield from made_clear(scene, verb, clear)
    for found in governed(verb, known) if clear is None else ():
        if found.frame == "object" and (marked or inverted_name(verb) is not None):
            continue
        if withholds_name(verb, found.pieces[0]) or asks_about(verb, found.pieces[0]):
            continue
        pieces = [piece for piece in found.pieces if not _is_beyond(scene, verb, piece)]
        spans = tuple(span for piece in pieces if (span := content_span(scene, piece)) is not None)
        spans = tuple(span for span in spans if not (passes_on(scene, span) or is_moment(scene, span)))
        source = source_span(scene, None if found.frame == "raising" else head, avoid=group)
        source = scene.span(*named) if named is not None else source
        rule = found.frame if found.frame in RULES else "preposition"
        if (source is None and _only_quoted(scene, spans)) or _is_title(scene, found.frame, spans):
            continue
        empty = all(span.of(scene.article.text).lower() in {"that", "which"} for span in spans)
        if spans and not empty and (source is not None or rule not in NEEDS_SOURCE):
            yield Candidate(rule, spans, scene.span(*group), source, known.mode, unsure(verb))
    yield from published(scene, verb) if marked else parenthetical(scene, verb)
    if own_subject(verb) is None:
        yield from swallowed(scene, verb)
    yield from list(as_clause(scene, verb)) or as_somebody(scene, verb)


def is_naming(verb: Token) -> bool:
    """Tell whether a participle only says what somebody's name is: "a resident called Ola Lund"."""
    named = verb.lower_ in {"called", "named"} and verb.tag_ == "VBN" and verb.dep_ == "acl"
    return named and any(t.dep_ == "oprd" and t.tag_ == "NNP" for t in verb.rights)


def _is_beyond(scene: Scene, verb: Token, piece: Range) -> bool:
    """Tell whether a semicolon right after the verb parts words from it: '"A," he said; [they laughed]'."""
    return piece[0] > verb.i and scene.doc[verb.i + 1].text == ";"


def _is_title(scene: Scene, frame: str, spans: Sequence[Span]) -> bool:
    """Tell whether a clause is but a title between marks: 'Lee said on NBC's [“Meet the Press.”] “A”'."""
    first, end = scene.tokens(spans[0]) if len(spans) == 1 else (0, 0)
    return frame == "clause" and scene.edges.get(first) == (first, end) and scene.inside[first] < 0


def quotes(verb: Token) -> bool:
    """Tell whether the verb only leads to whom it quotes: "The Post [reported] the lawyers as saying"."""
    inner = (t for child in verb.rights if child.lower_ == "as" for t in child.rights if t.dep_ == "pcomp")
    return any(quoted_as_saying(t) is not None and verb_reporting(t) is not None for t in inner)


def _only_quoted(scene: Scene, spans: Sequence[Span]) -> bool:
    """Tell whether content is a quotation and nothing else, which the words beside its marks decide on."""
    first, end = scene.tokens(spans[0]) if len(spans) == 1 else (0, 0)
    index = scene.inside[first] if first < end else -1
    return index >= 0 and scene.ranges[index] == (first, end)


def is_imperative(verb: Token, head: Token | None) -> bool:
    """Tell whether the verb asks the reader or supposes: "Call them diced", "Let us say", "That said, …"."""
    if head is None:
        return verb.tag_ == "VB" and not any(t.tag_ in {"TO", "MD"} or t.dep_ == "aux" for t in verb.lefts)
    lets = verb.head.lower_ == "let" and lets_know(verb) is None
    return lets or (head.lower_ == "that" and verb.lower_ == "said")


def _noun(scene: Scene, noun: Token) -> Iterator[Candidate]:
    known = noun_reporting(noun)
    owner = owner_of(noun) if known is not None else None
    if known is None or owner is None or scene.inside[owner.i] >= 0:
        return
    cue = (noun.i, noun.i + 1)
    source = source_span(scene, owner, avoid=cue)
    pieces = [found.pieces[0] for found in governed(noun, known)]
    for piece in pieces or _beyond_phrase(noun):
        content = content_span(scene, piece)
        opener = scene.doc[piece[0]]
        relative = opener.tag_ == "WDT" and opener.dep_ in {"nsubj", "nsubjpass"} and opener.head.head == noun
        if content is not None and not relative:
            yield Candidate("noun-clause", (content,), scene.span(*cue), source, known.mode)


def _beyond_phrase(noun: Token) -> list[Range]:
    """Return the clause that a phrase parts from a noun: "her claim during the debate [that it was dead]"."""
    for token in noun.doc[noun.i + 1 : noun.i + FARTHEST_THAT]:
        if token.lower_ == "that" and token.tag_ == "IN" and token.dep_ == "mark" and token.i > noun.i + 1:
            return [(token.i, token.head.right_edge.i + 1)]
        if token.tag_ not in _OF_PHRASES or noun_reporting(token) is not None:
            return []
    return []


def owner_of(noun: Token) -> Token | None:
    """Return whose words a noun stands for: "[his] claim that …", "[officials] issued a warning that …".

    Or "claims by [Ann Lee] that …".
    """
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None) or said_by(noun)
    if owner is not None:
        return owner
    above = noun.head
    while above.dep_ == "prep":
        above = above.head
    return reported_subject(above) if is_verb(above) and noun.dep_ in {"dobj", "pobj"} else None


def unsure(verb: Token) -> float:
    """Return how much a cue counts: what somebody may, should or is to say is less sure to have been said."""
    modal = any(t.tag_ == "MD" for t in verb.lefts)
    return 0.85 if modal or any(t.tag_ == "TO" for t in verb.lefts) else 1.0
