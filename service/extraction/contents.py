"""Contents: the words that a cue reports, as the parse and the quotation marks see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from service.extraction.cues import is_verb, verb_reporting
from service.extraction.lexicon import Reporting
from service.extraction.scene import MARKS, Range, Scene, is_punctuation

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
        yield Governed("predicate", clipped(cue, predicate))
        return
    for child in cue.rights:
        frame = frame_of(child)
        if frame in reporting.frames:
            yield Governed(frame, clipped(cue, subtree(cue, child, frame)))


def frame_of(child: Token) -> str:
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


def clipped(cue: Token, tokens: Range) -> Range:
    """Cut off what the parser hung on the content though it is said of the speaker again.

    Handles: "said A and denied that B", "said A, adding that B", "said A, according to C".
    """
    first, end = tokens
    for token in cue.doc[max(first + 1, cue.i + 1) : end]:
        if token.i >= end:
            break
        if token.lower_ == "according" and token.dep_ == "prep":
            end = token.i
        elif is_verb(token) and _resumes(cue, token):
            end = max(first + 1, min(token.left_edge.i, token.i))
            while end > first + 1 and token.doc[end - 1].dep_ in {"cc", "punct", "advmod"}:
                end -= 1
    return first, end


def _resumes(cue: Token, verb: Token) -> bool:
    """Tell whether a verb after the cue goes on with what its speaker said, without a subject of its own."""
    if verb.dep_ not in {"conj", "advcl"} or any(
        t.dep_ in {"nsubj", "nsubjpass", "aux", "mark"} for t in verb.lefts
    ):
        return False
    known = verb_reporting(verb)
    if known is None or known.mode == "thought" or known.frames == frozenset({"quote"}):
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == cue.tag_ and verb.tag_ in {"VBD", "VBZ", "VBP", "VBG"}
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else verb
    return verb.tag_ == "VBG" and (before.text == "," or before.text in MARKS)


def tidy(scene: Scene, tokens: Range) -> Range | None:
    """Trim punctuation from the edges and let no quoted stretch be cut: one that begins inside ends inside."""
    first, end = tokens
    doc = scene.doc
    while first < end and (is_punctuation(doc[first]) or doc[first].tag_ == "CC") and scene.inside[first] < 0:
        first += 1
    while (
        end > first
        and (is_punctuation(doc[end - 1]) or doc[end - 1].tag_ == "CC")
        and scene.inside[end - 1] < 0
    ):
        end -= 1
    if first >= end:
        return None
    if scene.inside[first] >= 0:
        first = min(first, scene.ranges[scene.inside[first]][0])
    if scene.inside[end - 1] >= 0:
        end = max(end, scene.ranges[scene.inside[end - 1]][1])
    return first, end
