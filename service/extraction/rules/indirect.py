"""Reported clauses, phrases and predicates: what the parse says that a cue governs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import governed, tidy
from service.extraction.cues import noun_reporting, outside, verb_group, verb_reporting
from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.beside import according
from service.extraction.scene import Range, Scene
from service.extraction.sources import reported_subject, source_span

FRAMES = frozenset({"clause", "question", "infinitive", "gerund", "object", "about", "predicate"})


def indirect(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for everything that a reporting word governs outside quotation marks."""
    for token in scene.doc:
        if not outside(scene, token):
            continue
        if token.lower_ in {"according", "per"} and token.dep_ == "prep":
            yield from _according(scene, token)
        elif token.tag_.startswith("VB"):
            yield from _verb(scene, token)
        elif token.tag_ in {"NN", "NNS"}:
            yield from _noun(scene, token)


def _verb(scene: Scene, verb: Token) -> Iterator[Candidate]:
    known = verb_reporting(verb)
    if known is None or verb.dep_ in {"aux", "auxpass"}:
        return
    group = verb_group(verb)
    head = reported_subject(verb)
    source = source_span(scene, head, avoid=group)
    cue = scene.span(*group)
    for found in governed(verb, known):
        content = _content(scene, found.tokens)
        if content is not None:
            yield Candidate(found.frame, (content,), cue, source, known.mode)
    for rule, pieces in around(scene, verb):
        spans = tuple(span for piece in pieces if (span := _content(scene, piece)) is not None)
        if spans:
            yield Candidate(rule, spans, cue, source, known.mode)


def around(scene: Scene, verb: Token) -> Iterator[tuple[str, list[Range]]]:
    """Yield the clause that the cue's own clause interrupts, follows or leads in.

    Handles: "The plan, he said, would fail"; "The plan would fail, he said"; "As he said, the plan failed".
    """
    left = next((t for t in verb.lefts if t.dep_ == "ccomp"), None)
    if left is not None:
        subjects = [t.left_edge.i for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}]
        end = min([left.right_edge.i + 1, verb.i, *(i for i in subjects if i > left.i)])
        yield "parenthetical", [(left.left_edge.i, end)]
    elif (
        verb.dep_ in {"parataxis", "ccomp"}
        and verb.head.tag_.startswith(("VB", "MD", "NN", "JJ"))
        and verb.dep_ == "parataxis"
    ):
        yield "parenthetical", _minus(verb.head, verb)
    elif verb.dep_ == "advcl" and any(t.dep_ == "mark" and t.lower_ == "as" for t in verb.lefts):
        yield "as-clause", _minus(verb.head, verb)


def _minus(whole: Token, part: Token) -> list[Range]:
    first, end = whole.left_edge.i, whole.right_edge.i + 1
    cut, resume = part.left_edge.i, part.right_edge.i + 1
    return [piece for piece in ((first, cut), (resume, end)) if piece[0] < piece[1]]


def _noun(scene: Scene, noun: Token) -> Iterator[Candidate]:
    known = noun_reporting(noun)
    if known is None:
        return
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    if owner is None:
        return
    cue = scene.span(noun.i, noun.i + 1)
    for found in governed(noun, known):
        content = _content(scene, found.tokens)
        if content is not None:
            yield Candidate(
                "noun-clause",
                (content,),
                cue,
                source_span(scene, owner, avoid=(noun.i, noun.i + 1)),
                known.mode,
            )


def _according(scene: Scene, cue: Token) -> Iterator[Candidate]:
    found = according(scene, cue)
    if found is None or cue.head is cue:
        return
    pieces = _minus(cue.head, cue)
    spans = tuple(span for piece in pieces if (span := _content(scene, piece)) is not None)
    if spans:
        yield Candidate("according-to", spans, found.span, found.source, "speech")


def _content(scene: Scene, tokens: Range) -> Span | None:
    tidied = tidy(scene, tokens)
    return scene.span(*tidied) if tidied else None
