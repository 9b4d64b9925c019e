"""Contents: the words that a cue reports, as the parse and the quotation marks see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from service.extraction.lexicon import Reporting
from service.extraction.scene import Range, Scene, is_punctuation

ABOUT = frozenset({"about", "of", "on", "over", "for", "against", "to", "at", "with", "from", "that"})
WH = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclass(frozen=True, slots=True)
class Governed:
    """Tokens that a cue governs, and the frame in which it does."""

    frame: str
    tokens: Range


def governed(cue: Token, reporting: Reporting) -> Iterator[Governed]:
    """Yield what the cue governs in a frame in which it reports (see ``data/reporting_verbs.txt``)."""
    predicate = small_clause(cue) if "predicate" in reporting.frames else None
    if predicate is not None:
        yield Governed("predicate", predicate)
        return
    for child in cue.rights:
        frame = frame_of(cue, child)
        if frame in reporting.frames:
            yield Governed(frame, subtree(cue, child, frame))


def frame_of(cue: Token, child: Token) -> str:
    """Return the frame in which ``child`` depends on the cue, "" for none."""
    if child.dep_ in {"ccomp", "xcomp", "acl"}:
        return clause_frame(child)
    if child.dep_ == "dobj":
        return "object"
    if child.dep_ == "prep" and child.lower_ in ABOUT:
        return "about"
    return ""


def clause_frame(clause: Token) -> str:
    """Tell clause, question, infinitive and gerund apart."""
    openers = [t for t in clause.lefts if t.dep_ in {"mark", "aux", "advmod", "dobj", "nsubj", "attr", "det"}]
    if any(t.lower_ in {"if", "whether"} or t.tag_ in WH for t in openers):
        return "question"
    if any(t.tag_ == "TO" for t in openers):
        return "infinitive"
    return (
        "gerund"
        if clause.tag_ == "VBG" and not any(t.tag_.startswith(("VB", "MD")) for t in openers)
        else "clause"
    )


def subtree(cue: Token, child: Token, frame: str) -> Range:
    """Return the child's subtree, to the right of the cue; a preposition stays with the cue."""
    first, end = child.left_edge.i, child.right_edge.i + 1
    if frame == "about":
        first = max(first, child.i + 1)
    return max(first, cue.i + 1), end


def small_clause(cue: Token) -> Range | None:
    """Return object and predicate: "called [the plan a disgrace]", "described [it as bold]"."""
    subject = predicate = None
    for child in cue.rights:
        if child.dep_ == "dobj" or (
            child.dep_ in {"nsubj", "nsubjpass"} and subject is None and predicate is None
        ):
            subject = child
        elif child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in {"as", "for"}):
            predicate = child
        elif child.dep_ == "ccomp" and any(t.dep_ == "nsubj" for t in child.lefts):
            return child.left_edge.i, child.right_edge.i + 1
    if predicate is None:
        return None
    start = subject if subject is not None and subject.i < predicate.i else predicate
    return start.left_edge.i, predicate.right_edge.i + 1


def tidy(scene: Scene, tokens: Range) -> Range | None:
    """Trim punctuation from the edges and let no quoted stretch be cut: one that begins inside ends inside."""
    first, end = tokens
    doc = scene.doc
    while first < end and is_punctuation(doc[first]) and scene.inside[first] < 0:
        first += 1
    while end > first and is_punctuation(doc[end - 1]) and scene.inside[end - 1] < 0:
        end -= 1
    if first >= end:
        return None
    if scene.inside[first] >= 0:
        first = min(first, scene.ranges[scene.inside[first]][0])
    if scene.inside[end - 1] >= 0:
        end = max(end, scene.ranges[scene.inside[end - 1]][1])
    return first, end
