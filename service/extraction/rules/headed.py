"""Statements below their speakers' names, which stand on lines of their own: "Ann Lee, Dundee coach"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from service.extraction.lexicon import person_nouns
from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import Scene, words

_NAME = r"[A-Z][\w.'’-]*(?: (?:of|the|for|and|de|van|von|[A-Z][\w.'’-]*)){0,5}"
_LINE = re.compile(
    rf"(?P<name>{_NAME})(?P<colon>:)?(?:\s{{1,4}}(?P<time>[\[(]?\d{{1,2}}:\d\d(?::\d\d)?[\])]?))?"
)
"""A line that is a name, with a colon or a time: "Ben Carter", "Dr. Nkemelu:", "Ola Nkemelu  00:09"."""

_DESCRIBED = re.compile(rf"[-–—*•]? ?(?P<name>{_NAME}), (?P<role>[^.!?:;\"“”\n]{{3,90}})")
"""A line that is a name and who that is: "Ann Lee, Dundee coach"."""

_FIRST_PERSON = frozenset(
    {"i", "we", "me", "us", "my", "our", "i'm", "we're", "i've", "we've", "i'd", "we'd"}
)


def headed(scene: Scene) -> Iterator[Candidate]:
    """Yield the turns of a transcript whose names stand on lines of their own, with or without a time.

    Two names with times, or two each on two lines or more, make it one: "Ben Carter 00:01", what he said
    below. The words before the first name are nobody's.
    """
    names = _lines(scene, _LINE)
    often = Counter(found["name"] for found in names.values())
    timed = sum(found["time"] is not None for found in names.values()) >= 2
    if any(i + 1 in names for i in names) or not (timed or sum(n > 1 for n in often.values()) >= 2):
        return
    for i, content in _below(scene, list(names)):
        if often[names[i]["name"]] > 1 or (timed and names[i]["time"] is not None):
            yield _turn(scene, i, names[i]["name"], content)


def introduced_by_line(scene: Scene) -> Iterator[Candidate]:
    """Yield statements in the first person that stand each under, or each over, a name and who that is.

    Handles: "Ann Lee, Dundee coach" and on the lines below "We were poor today.", where two such lines or
    more stand apart. Of a board's biographies, which nobody speaks, most are not in the first person.
    """
    names = {i: found for i, found in _lines(scene, _DESCRIBED).items() if _is_role(scene, i, found["role"])}
    body = [i for i in range(len(scene.paragraphs)) if scene.readable(i) and i not in names]
    if len(names) < 2 or any(i + 1 in names for i in names):
        return
    said = list(_below(scene, list(names)))
    if max(names) > max(body, default=0):
        said = list(_above(scene, list(names)))
    spoken = [one for one in said if one[1] and _in_first_person(scene, one[1])]
    if 2 * len(spoken) < len(names) or len(said) < 2:
        return
    for i, content in said:
        yield _turn(scene, i, names[i]["name"], content)


def _lines(scene: Scene, form: re.Pattern[str]) -> Mapping[int, re.Match[str]]:
    """Return the paragraphs that have a form as a whole, by their indices."""
    text = scene.article.text
    found = ((i, form.fullmatch(p.span.of(text))) for i, p in enumerate(scene.article.paragraphs))
    return {i: match for i, match in found if match is not None}


def _below(scene: Scene, names: Sequence[int]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield each name's line with the paragraphs between it and the next one's, furniture left out."""
    stops = [*names, len(scene.paragraphs)][1:]
    for i, stop in zip(names, stops, strict=True):
        content = _between(scene, i + 1, stop)
        if content:
            yield i, content


def _above(scene: Scene, names: Sequence[int]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield each name's line with the paragraphs between the one before and it, headings left out."""
    starts = [-1, *names]
    for start, i in zip(starts, names, strict=False):
        first = start + 1
        while first < i and scene.article.paragraphs[first].kind != "body":
            first += 1
        content = _between(scene, first, i)
        if content:
            yield i, content


def _between(scene: Scene, first: int, stop: int) -> tuple[Span, ...]:
    spans = (scene.span(*scene.paragraphs[i]) for i in range(first, stop) if scene.readable(i))
    return tuple(span for span in spans if span is not None)


def _turn(scene: Scene, index: int, name: str, content: tuple[Span, ...]) -> Candidate:
    start = scene.article.text.index(name, scene.article.paragraphs[index].span.start)
    return Candidate("transcript-turn", content, None, Span(start, start + len(name)))


def _is_role(scene: Scene, index: int, role: str) -> bool:
    """Tell whether what follows a name on its line says who that is, and nothing that happened."""
    verbs = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in scene.doc[slice(*scene.paragraphs[index])])
    known = {word.strip("(),’'").lower() for word in role.split()}
    return not verbs and len(role.split()) <= 12 and bool(known & person_nouns())


def _in_first_person(scene: Scene, content: Sequence[Span]) -> bool:
    said = (token for span in content for token in words(scene.doc[slice(*scene.tokens(span))]))
    return any(token.lower_ in _FIRST_PERSON for token in said)
