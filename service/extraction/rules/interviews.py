"""Interviews whose answers no name is before: their questions have a label, "Q:", or a question mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.interviewee import ANNOUNCED, in_first_person, interviewee
from service.extraction.rules.transcript import heading_label
from service.extraction.scene import Scene

LEAST_QUESTIONS = 3
"""Fewest questions of an interview."""

LEAST_LABELLED = 2
"""Fewest questions of one whose questions are labelled."""

MOST_BETWEEN = 6
"""Most paragraphs from one question to the next."""

_LABELLED = re.compile(
    r"\*{0,2}(?:Q(?:uestion|UESTION)?(?:[ .]?\d{1,3})?\b\s?(?:[.:]|[–—-]\s)|P\s?[.:][^\n]+\?[*_]{0,3}$)"
)
"""What opens a question; "P" of Spanish "pregunta" only where it asks."""
_ASKS = re.compile(r".*\?[*_]{0,3}$", re.DOTALL)
_ANSWER = re.compile(
    r"\*{0,2}(?:A(?:nswer|NSWER)?|R)(?:[ .]?\d{1,3})?\b(?:\s?[.:]?\s?[-–—]|\s?[.:])\*{0,2}\s+"
)
_DASH = re.compile(r"[-–—]\s+")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]{0,20} ){0,3}[A-Z][\w.'’-]{0,20}:")
"""The label of a turn."""

_DIRECTION = re.compile(r"[*(\[]{1,2}[A-Z][a-z]{2,12}[*)\]]{1,2}\s+")
"""What the one asked does before the answer: "*Laughs* "."""


def interviews(scene: Scene) -> Iterator[Candidate]:
    """Yield the answers of the one whom an interview's heading or its introduction names.

    Handles: 'Doe: “We lost”' and below, in paragraphs of their own, 'Was it hard?' and 'I would do it again.'
    """
    asked = _questions(scene, _LABELLED)
    labelled = len(asked) >= LEAST_LABELLED
    asked = asked if labelled else _questions(scene, _ASKS)
    enough = labelled or len(asked) >= LEAST_QUESTIONS
    if not enough or max(b - a for a, b in pairwise(asked)) > MOST_BETWEEN:
        return
    if not labelled:
        asked = sorted([*asked, *_put(scene, asked)])
    stops = pairwise([*asked, len(scene.paragraphs)])
    answers = [_answer(scene, first, stop) for first, stop in stops]
    told = sum(in_first_person(scene, spans) for spans in answers)
    if not all(answers) or 2 * told < len(answers):
        return
    addressed = told == len(answers) and any(_addresses(scene, i) for i in asked)
    if not (labelled or addressed or heading_label(scene) or _is_announced(scene, asked[0])):
        return
    source = interviewee(scene, asked[0])
    for spans in answers if source is not None else ():
        yield Candidate("transcript-turn", tuple(spans), None, source)


def _questions(scene: Scene, pattern: re.Pattern[str]) -> list[int]:
    return [i for i in range(len(scene.paragraphs)) if _is_question(scene, i, pattern)]


def _is_announced(scene: Scene, question: int) -> bool:
    """Tell whether the paragraphs before the first question speak of talking."""
    end = scene.article.paragraphs[question].span.start
    return ANNOUNCED.search(scene.article.text, 0, end) is not None


def _addresses(scene: Scene, question: int) -> bool:
    return any(t.lower_ in {"you", "your"} for t in scene.doc[slice(*scene.paragraphs[question])])


def _is_question(scene: Scene, index: int, pattern: re.Pattern[str]) -> bool:
    """Tell whether a paragraph of the text asks, and does not open with a quotation."""
    span = _span(scene, index)
    opens = any(scene.quoted[at].span.start == span.start for at in scene.stretches_of[index][:1])
    asks = scene.readable(index) and index > 0 and not opens
    return asks and pattern.match(span.of(scene.article.text)) is not None


def _put(scene: Scene, asked: Sequence[int]) -> Iterator[int]:
    """Yield the paragraphs between questions that ask without a mark: "Prosecutors say that you knew."."""
    for first, stop in pairwise(asked):
        for index in range(first + 2, stop):
            body = scene.readable(index) and not scene.stretches_of[index]
            if body and _addresses(scene, index) and not in_first_person(scene, [_span(scene, index)]):
                yield index


def _span(scene: Scene, index: int) -> Span:
    return scene.article.paragraphs[index].span


def _answer(scene: Scene, question: int, stop: int) -> Sequence[Span]:
    """Return the paragraphs between a question and the next one: each whole, or whole in marks.

    Nothing if another one is among them, or after the last question one that nobody tells of himself. After
    an answer with a label or a dash, a paragraph with a quotation in it is the reporter's.
    """
    found: list[Span] = []
    last, labelled = stop == len(scene.paragraphs), False
    for index in range(question + 1, stop):
        if not scene.readable(index):
            continue
        span = _told(scene, index)
        if labelled and (span is None or scene.stretches_of[index]):
            return found
        if span is None or (last and found and not in_first_person(scene, [span])):
            return found if last else ()
        labelled = labelled or span.start > _span(scene, index).start
        found.append(span)
    return found


def _told(scene: Scene, index: int) -> Span | None:
    """Return what a paragraph answers: all its words, all that stand in one pair of marks, or None."""
    text, whole = scene.article.text, _span(scene, index)
    labels = (_ANSWER, _DASH, _DIRECTION)
    label = next(filter(None, (one.match(text, whole.start, whole.end) for one in labels)), None)
    said = Span(label.end() if label else whole.start, whole.end)
    quoted = [scene.quoted[at].span for at in scene.stretches_of[index]]
    if quoted and quoted[0].start <= said.start:
        return quoted[0] if quoted[0].end >= said.end else None
    return None if said.start >= said.end or _NAME.match(text, said.start, said.end) else said
