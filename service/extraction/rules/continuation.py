"""Quotations without a cue of their own: follow-ons in a paragraph, paragraphs that are only a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from service.extraction.models import Attribution, Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.table import RULES
from service.extraction.scene import Scene, is_punctuation

LEAST_WORDS = 4
"""Fewer words than this between marks, credited to nobody, are more often no quotation than one."""


def continued(scene: Scene, decided: Sequence[Candidate]) -> tuple[Attribution, ...]:
    """Return the decided attributions and those of the quotations left over, in text order."""
    taken = bytearray(len(scene.article.text))
    for candidate in decided:
        for span in candidate.content:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    events: list[tuple[int, Candidate | int]] = [(c.content[0].start, c) for c in decided]
    for index, stretch in enumerate(scene.quoted):
        if taken.find(1, stretch.span.start, stretch.span.end) < 0:
            events.append((stretch.span.start, index))
    events.sort(key=lambda event: event[0])
    found: list[Attribution] = []
    last: int | None = None
    for _, event in events:
        if isinstance(event, Candidate):
            found.append(event.attribution())
            if has_marks(scene, event):
                last = len(found) - 1
        elif long_enough(scene, event):
            found.append(left_over(scene, event, found, last))
            last = len(found) - 1 if found[-1].follows is not None else last
    return tuple(found)


def has_marks(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether the candidate quotes words between marks."""
    tokens = (scene.tokens(span) for span in candidate.content)
    return any(scene.inside[first] >= 0 for first, end in tokens if first < end)


def long_enough(scene: Scene, index: int) -> bool:
    """Tell whether enough words stand between the marks to be somebody's words."""
    first, end = scene.ranges[index]
    paragraph = scene.paragraph_of[first]
    words = sum(1 for i in range(first, min(end, first + 40)) if not is_punctuation(scene.doc[i]))
    return scene.readable(paragraph) and words >= LEAST_WORDS


def left_over(scene: Scene, index: int, found: Sequence[Attribution], last: int | None) -> Attribution:
    """Credit a quotation without a cue to the speaker who is going on, or to nobody."""
    span = scene.quoted[index].span
    here = scene.paragraph_of[scene.ranges[index][0]]
    if last is not None:
        there = scene.paragraph_of[scene.tokens(found[last].content[-1])[0]]
        if there == here:
            return _follow("follow-on", span, found, last)
        if here - there == 1 and only_quotation(scene, index):
            return _follow("floating", span, found, last)
    rule = RULES["unattributed"]
    return Attribution((span,), None, None, rule.name, rule.confidence)


def only_quotation(scene: Scene, index: int) -> bool:
    """Tell whether the quotation's paragraph holds no other words."""
    first, end = scene.paragraphs[scene.paragraph_of[scene.ranges[index][0]]]
    return all(is_punctuation(token) for token in scene.narrated(first, end))


def _follow(rule: str, span: Span, found: Sequence[Attribution], last: int) -> Attribution:
    earlier = found[last]
    return Attribution(
        (span,), None, earlier.source, rule, RULES[rule].confidence, earlier.mode, follows=last
    )
