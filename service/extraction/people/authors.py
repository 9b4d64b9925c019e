"""Who "I" is in the article's own text: the person whose turn it is, who signs the letter, or the author."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from service.extraction.people.cast import Answer, Cast, Entity
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page

_BYLINE = re.compile(r"\s*(?:words |text |story |written |posted |report )?by[: ]\s*", re.IGNORECASE)
_BIOGRAPHY = re.compile(
    r"(?:, an? [^.]{5,80},)? (?:is|was|writes|teaches|works|covers|has been|serves)\b[^.]{0,120}"
    r"(?:author|columnist|writer|editor|professor|correspondent|journalist|reporter|fellow|director|lecturer|"
    r"contributor|president|researcher|senator|member|teacher|consultant|founder|lawyer|novelist|comedian)"
)
LAST_PARAGRAPHS = 4
"""Paragraphs at the end in which a note about the author may stand."""
SHORT = 90
"""Code points of a byline or a signature at most."""


class Authors:
    """Finds who speaks where the text says "I"."""

    def __init__(self, page: Page, cast: Cast, occurrences: Sequence[Occurrence]) -> None:
        self.page = page
        self.cast = cast
        self.occurrences = occurrences

    def first_person(self, token: int) -> Answer:
        """Return whom "I" at ``token`` means: never the speaker of a quotation, which is not asked for."""
        number = self.page.paragraphs[token]
        turn = self._turn(number)
        if turn is not None:
            return turn, "turn"
        signed = next((entity for place, entity in self._signatures if place >= number), None)
        author = signed or self._author
        if author is not None:
            return author, "author"
        return None, "unresolved-pronoun"

    def _turn(self, number: int) -> Entity | None:
        """Return whose turn a transcript's paragraph belongs to: its label's, or the last one's before."""
        places = [place for place, _ in self._labels]
        at = bisect_left(places, number + 1) - 1
        return self._labels[at][1] if at >= 0 and (len(places) > 1 or places[at] == number) else None

    @cached_property
    def _labels(self) -> list[tuple[int, Entity]]:
        """The paragraphs that begin with a name and a colon."""
        found: list[tuple[int, Entity]] = []
        for name, entity in self._named():
            page = self.page
            opens = name.first == 0 or page.paragraphs[name.first - 1] != page.paragraphs[name.start]
            if opens and name.end < len(page) and page.words[name.end] == ":":
                found.append((page.paragraphs[name.start], entity))
        return found

    @cached_property
    def _signatures(self) -> list[tuple[int, Entity]]:
        """The paragraphs that hold nothing but a name: letters to the editor are signed so."""
        return [
            (self.page.paragraphs[name.start], entity) for name, entity in self._named() if self._alone(name)
        ]

    def _alone(self, name: Occurrence) -> bool:
        """Tell whether a paragraph is a full name: "Jo Ray", not "Worried, Jo Ray", where it is a place."""
        page, number = self.page, self.page.paragraphs[name.start]
        around = (name.first - 2, name.first - 1, name.end, name.end + 1)
        inside = [i for i in around if 0 <= i < len(page) and page.paragraphs[i] == number]
        return number > 0 and name.form == "full" and not any(page.is_word(i) for i in inside)

    @cached_property
    def _author(self) -> Entity | None:
        """The one person whom a byline or a note at the end names as the author."""
        authors = {entity.number: entity for name, entity in self._named() if self._is_credited(name)}
        return next(iter(authors.values())) if len(authors) == 1 else None

    def _is_credited(self, name: Occurrence) -> bool:
        page, number = self.page, self.page.paragraphs[name.start]
        first = name.first
        while first > 0 and page.paragraphs[first - 1] == number:
            first -= 1
        before = page.slice(first, name.first) + " "
        line = page.text[page.starts[first] : page.starts[first] + SHORT + 1].partition("\n")[0]
        if len(line) <= SHORT and _BYLINE.fullmatch(before):
            return True
        late = number >= len(page.kinds) - LAST_PARAGRAPHS
        after = page.text[page.ends[name.end - 1] : page.ends[name.end - 1] + 220]
        return late and name.first == first and name.form == "full" and _BIOGRAPHY.match(after) is not None

    def _named(self) -> list[tuple[Occurrence, Entity]]:
        return [
            (name, self.cast.person(name.person))
            for name in self.occurrences
            if name.person and name.use == "plain"
        ]
