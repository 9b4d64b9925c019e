"""Reads ``tests/cases/speakers.json``: short invented texts in which sources and their speakers are marked.

``[he|Jane Doe]`` in a case's text is a source, "he", that refers to Jane Doe; an empty speaker means that
nothing decides, and several right answers are separated by `` / ``. The marks are taken out before reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from service.documents import read_text
from service.extraction.models import Article, Attribution, KnownPerson, Resolution, Span, Speaker
from service.extraction.quotations import find_stretches
from service.extraction.reading import read
from service.extraction.speakers import resolve

CASES = Path(__file__).parent.parent / "cases"
MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]*)\]")


@dataclass(frozen=True)
class SpeakerCase:
    """A text with its sources, in order, and who speaks each."""

    kind: str
    name: str
    text: str
    sources: tuple[Span, ...]
    speakers: tuple[tuple[str | None, ...], ...]

    @property
    def id(self) -> str:
        """The name that the test report and the known failures use."""
        return f"{self.kind}: {self.name}"


def load_cases(path: Path = CASES / "speakers.json") -> Iterator[SpeakerCase]:
    """Yield the cases of all kinds."""
    for group in json.loads(path.read_text(encoding="utf-8")):
        for case in group["cases"]:
            yield read_case(group["kind"], case["name"], case["text"])


def read_case(kind: str, name: str, marked: str) -> SpeakerCase:
    """Take the marks out of a case's text."""
    text, sources, speakers, at = "", [], [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        sources.append(Span(len(text), len(text) + len(mark[1])))
        speakers.append(tuple(answer or None for answer in mark[2].split(" / ")))
        text += mark[1]
        at = mark.end()
    return SpeakerCase(kind, name, text + marked[at:], tuple(sources), tuple(speakers))


def resolved(
    nlp: Language, text: str, sources: tuple[Span, ...], *, known: tuple[KnownPerson, ...] = ()
) -> tuple[Article, tuple[Resolution, ...], tuple[Speaker, ...]]:
    """Resolve sources in a text, each as the source of an attribution of its own."""
    article = read_text(text)
    article = Article(article.text, article.paragraphs, article.hints, known)
    stretches = find_stretches(article.text, article.paragraphs)
    found = [Attribution((Span(s.end, s.end + 1),), None, s, "test", 1.0) for s in sources]
    return article, *resolve(read(nlp, article, stretches), article, stretches, found)


def names(nlp: Language, case: SpeakerCase) -> list[str | None]:
    """Return the names of the speakers found in a case."""
    _, resolutions, speakers = resolved(nlp, case.text, case.sources)
    by_id = {speaker.id: speaker.name for speaker in speakers}
    return [by_id[found.speaker] if found.speaker else None for found in resolutions]
