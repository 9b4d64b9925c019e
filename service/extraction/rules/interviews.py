"""Interviews whose answers have no label of their own: their questions have, or end in a question mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.extraction.lexicon import FIRST_PERSON
from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.transcript import heading_label
from service.extraction.scene import Scene, words

LEAST_QUESTIONS = 3
"""Fewest questions of an interview."""

MOST_BETWEEN = 6
"""Most paragraphs from one question to the next."""

_QUESTION = re.compile(r"(?:\*{0,2}Q(?:uestion)?\b\s?[.:]|.*\?[*_]{0,3}$)", re.DOTALL)
_ANSWER = re.compile(r"\*{0,2}A(?:nswer)?\b\s?[.:]\*{0,2}\s+")
_DIRECTION = re.compile(r"[*(\[]{1,2}[A-Z][a-z]{2,12}[*)\]]{1,2}\s+")
"""What the one asked does before the answer: "*Laughs* "."""

_INTERVIEW = re.compile(
    r"\binterview(?:ed|s)?\b|\bin conversation\b|\bquestions\b|\bsat down\b|\bcaught up with\b"
    r"|\b(?:talk|talked|talks|speak|speaks|spoke|chat|chats|chatted) (?:to|with|about)\b",
    re.IGNORECASE,
)


def interviews(scene: Scene) -> Iterator[Candidate]:
    """Yield the answers of the one whom an interview's heading or its introduction names.

    Handles: 'Doe: “We lost”' and below, in paragraphs of their own, 'Was it hard?' and 'I would do it again.'
    """
    asked = [i for i in range(len(scene.paragraphs)) if _is_question(scene, i)]
    if len(asked) < LEAST_QUESTIONS or max(b - a for a, b in pairwise(asked)) > MOST_BETWEEN:
        return
    source = heading_label(scene) or _introduced(scene, asked[0])
    answers = [_answer(scene, first, stop) for first, stop in pairwise([*asked, len(scene.paragraphs)])]
    told = sum(_in_first_person(scene, spans) for spans in answers)
    if source is None or not all(answers) or 2 * told < len(answers):
        return
    for spans in answers:
        yield Candidate("transcript-turn", tuple(spans), None, source)


def _is_question(scene: Scene, index: int) -> bool:
    """Tell whether a paragraph of the body asks, in no quotation marks."""
    paragraph = scene.article.paragraphs[index]
    asks = paragraph.kind == "body" and not scene.stretches_of[index]
    return asks and _QUESTION.match(paragraph.span.of(scene.article.text)) is not None


def _answer(scene: Scene, question: int, stop: int) -> Sequence[Span]:
    """Return the paragraphs between a question and the next one: each whole, or whole in marks.

    Nothing if another one is among them, or after the last question one that nobody tells of himself.
    """
    found: list[Span] = []
    last = stop == len(scene.paragraphs)
    for index in range(question + 1, stop):
        if not scene.readable(index):
            continue
        span = _told(scene, index)
        if span is None or (last and found and not _in_first_person(scene, [span])):
            return found if last else ()
        found.append(span)
    return found


def _told(scene: Scene, index: int) -> Span | None:
    """Return what a paragraph answers: all its words, all that stand in one pair of marks, or None."""
    text, whole = scene.article.text, scene.article.paragraphs[index].span
    label = _ANSWER.match(text, whole.start, whole.end) or _DIRECTION.match(text, whole.start, whole.end)
    said = Span(label.end() if label else whole.start, whole.end)
    quoted = [scene.quoted[at].span for at in scene.stretches_of[index]]
    if quoted and quoted[0].start <= said.start:
        return quoted[0] if quoted[0].end >= said.end else None
    return said if said.start < said.end and ":" not in said.of(text)[:30] else None


def _in_first_person(scene: Scene, spans: Sequence[Span]) -> bool:
    return any(t.lower_ in FIRST_PERSON for span in spans for t in scene.doc[slice(*scene.tokens(span))])


def _introduced(scene: Scene, question: int) -> Span | None:
    """Return the one person whom the paragraphs before the first question name, if they speak of talking."""
    end = scene.article.paragraphs[question].span.start
    if not _INTERVIEW.search(scene.article.text, 0, end):
        return None
    first = scene.tokens(Span(0, end))[1]
    people = [ent for ent in scene.doc[:first].ents if ent.label_ == "PERSON"]
    longest = max(people, key=len, default=None)
    if longest is None or not {t.text for ent in people for t in words(ent)} <= {t.text for t in longest}:
        return None
    return scene.span(longest.start, longest.end)
