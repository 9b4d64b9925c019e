"""What the attribution rules look at: the parse and the quotation marks of one article, aligned once.

A ``Scene`` answers in constant time where a token stands: in which paragraph, in which sentence, and inside
which quotation. Token ranges are half-open, like spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Token

from service.extraction.models import Article, Span, Stretch

Range = tuple[int, int]
"""Tokens ``[first, end)`` of the doc."""

MARKS = frozenset("\"“”„‟«»‹›'‘’‚‛`") | {"''", "``"}
SOFT = frozenset(",;:-–—―…. ") | {"--", "...", ",-", "---"}
DASHES = frozenset({"-", "–", "—", "―", "--", "---"})
CLOSERS = frozenset(".!?…") | {"...", "...."}
FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
"""Tags of finite verbs."""
LONGEST_ASIDE = 25
"""Tokens after a name's comma among which the verb is looked for whose subject it may be."""
MOST_ASIDES = 3
"""Most that is said of somebody between commas before what they do."""
PUNCTUATION = MARKS | SOFT | CLOSERS | frozenset("()[]*|•·/")


@dataclass(frozen=True)
class Scene:
    """One article, parsed, with what stands between quotation marks."""

    doc: Doc
    article: Article
    quoted: tuple[Stretch, ...]
    marked: tuple[Stretch, ...] = ()
    """Every outermost stretch between marks, scare quotes and titles too."""

    reopened: tuple[tuple[int, int], ...] = ()
    """Pairs of indices into ``quoted``: a stretch, and the earlier one that it goes on from."""

    @classmethod
    def of(cls, doc: Doc, article: Article, stretches: Sequence[Stretch]) -> Scene:
        """Keep the outermost stretches that are quotations; scare quotes and titles are plain words."""
        kept = [i for i, s in enumerate(stretches) if s.depth == 0 and s.kind == "quotation"]
        place = {index: here for here, index in enumerate(kept)}
        links = ((place[i], stretches[i].continues) for i in kept)
        reopened = tuple((here, place[on]) for here, on in links if on is not None and on in place)
        marked = tuple(s for s in stretches if s.depth == 0)
        return cls(doc, article, tuple(stretches[i] for i in kept), marked, reopened)

    @cached_property
    def offsets(self) -> list[int]:
        """The first code point of each token."""
        return [int(offset) for offset in self.doc.to_array(["IDX"]).ravel().tolist()]

    def tokens(self, span: Span) -> Range:
        """Return the tokens that begin in ``span``."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)

    @cached_property
    def ranges(self) -> list[Range]:
        """The tokens of each quoted stretch, marks included."""
        return [self.tokens(stretch.span) for stretch in self.quoted]

    @cached_property
    def inside(self) -> list[int]:
        """For each token the index of the quoted stretch that it stands in, or -1."""
        where = [-1] * len(self.doc)
        for index, (first, end) in enumerate(self.ranges):
            where[first:end] = [index] * (end - first)
        return where

    @cached_property
    def edges(self) -> dict[int, Range]:
        """For each token between marks of any kind, the tokens of its stretch, marks included."""
        found = (self.tokens(stretch.span) for stretch in self.marked)
        return {i: (first, end) for first, end in found for i in range(first, end)}

    @cached_property
    def paragraphs(self) -> list[Range]:
        """The tokens of each paragraph."""
        return [self.tokens(paragraph.span) for paragraph in self.article.paragraphs]

    @cached_property
    def paragraph_of(self) -> list[int]:
        """For each token the index of its paragraph, or -1."""
        where = [-1] * len(self.doc)
        for index, (first, end) in enumerate(self.paragraphs):
            where[first:end] = [index] * (end - first)
        return where

    @cached_property
    def sentences(self) -> list[Range]:
        """For each token the tokens of its sentence."""
        found: list[Range] = []
        for sentence in self.doc.sents if len(self.doc) else ():
            found.extend([(sentence.start, sentence.end)] * len(sentence))
        return found

    @cached_property
    def people(self) -> frozenset[str]:
        """The words that the recogniser takes for part of a person's name anywhere in the article."""
        return frozenset(t.text for entity in self.doc.ents if entity.label_ == "PERSON" for t in entity)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The words that end a full name, as the recogniser takes it, anywhere in the article."""
        full = (one for one in self.doc.ents if one.label_ == "PERSON" and len(one) > 1)
        return frozenset(entity[-1].text for entity in full)

    @cached_property
    def _semicolons(self) -> list[int]:
        return [token.i for token in self.doc if token.text == ";"] if ";" in self.article.text else []

    def after_semicolon(self, i: int) -> int:
        """Return the first token after the last semicolon before token ``i``, or 0."""
        at = bisect_left(self._semicolons, i)
        return self._semicolons[at - 1] + 1 if at else 0

    @cached_property
    def places(self) -> frozenset[str]:
        """The single words that the recogniser takes for a place's name anywhere in the article."""
        return frozenset(ent.text for ent in self.doc.ents if ent.label_ in {"GPE", "LOC"} and len(ent) == 1)

    @cached_property
    def in_small_letters(self) -> bool:
        """Whether the text has no capitals at all, as some transcripts are published."""
        return self.article.text.islower()

    @cached_property
    def stretches_of(self) -> list[list[int]]:
        """For each paragraph the indices of the quoted stretches that begin in it."""
        starts = [paragraph.span.start for paragraph in self.article.paragraphs]
        found: list[list[int]] = [[] for _ in starts]
        for index, stretch in enumerate(self.quoted):
            at = bisect_right(starts, stretch.span.start) - 1
            if at >= 0:
                found[at].append(index)
        return found

    @cached_property
    def place_of(self) -> dict[int, int]:
        """For each quoted stretch its place among those of its paragraph."""
        return {index: place for found in self.stretches_of for place, index in enumerate(found)}

    @cached_property
    def wide_marks(self) -> tuple[dict[int, int], dict[int, int]]:
        """Where marks begin that open a stretch, and end that close one, by their tokens.

        A mark of two characters is a token of one.
        """
        begins: dict[int, int] = {}
        ends: dict[int, int] = {}
        for stretch in self.marked:
            first, end = self.tokens(stretch.span)
            while first < end and self.doc[first].is_space:
                first += 1
            while first < end and self.doc[end - 1].is_space:
                end -= 1
            if first < end:
                begins[first], ends[end - 1] = stretch.span.start, stretch.span.end
        return begins, ends

    def span(self, first: int, end: int) -> Span | None:
        """Return the characters of the tokens ``[first, end)``, trimmed; None if only white space is left."""
        while first < end and self.doc[first].is_space:
            first += 1
        while end > first and self.doc[end - 1].is_space:
            end -= 1
        if first >= end:
            return None
        last = self.doc[end - 1]
        start, stop = self.doc[first].idx, last.idx + len(last)
        begins, ends = self.wide_marks
        return Span(begins.get(first, start), ends.get(end - 1, stop))

    def having(self, *, forms: Collection[str] = (), tags: Collection[str] = ()) -> list[Token]:
        """Return the tokens that have one of the forms (in small letters) or one of the tags, in order."""
        strings = self.doc.vocab.strings
        columns = self.doc.to_array(["LOWER", "TAG"])
        wanted = zip(columns.T, (forms, tags), strict=True)
        is_one = np.any(
            [np.isin(column, [strings[word] for word in words]) for column, words in wanted], axis=0
        )
        return [self.doc[i] for i in np.flatnonzero(is_one).tolist()]

    def narrated(self, first: int, end: int) -> Iterator[Token]:
        """Yield the tokens of ``[first, end)`` that stand outside quotation marks and are not white space."""
        for i in range(first, end):
            if self.inside[i] < 0 and not self.doc[i].is_space:
                yield self.doc[i]

    def readable(self, paragraph: int) -> bool:
        """Tell whether the paragraph is the article's own text, not furniture of the page."""
        return paragraph >= 0 and self.article.paragraphs[paragraph].kind != "furniture"


def is_punctuation(token: Token) -> bool:
    """Tell whether the token is a mark, a dash, a bracket or white space: no word."""
    return token.is_space or token.text in PUNCTUATION or not any(map(str.isalnum, token.text))


def words(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that are words or numbers."""
    return [token for token in tokens if not is_punctuation(token)]


def acts_next(forms: Sequence[str], tags: Sequence[str]) -> bool:
    """Tell whether words after a name and a comma make it a subject: "Roe, [who was hurt, has gone] home".

    Who somebody is may stand between, set off: "[42, has gone]", "[a father of two, has gone]".
    """
    here = 0
    for _ in range(MOST_ASIDES):
        if here >= len(tags):
            return False
        if tags[here] in FINITE:
            return True
        comma = next((i for i in range(here, len(forms)) if forms[i] == ","), len(forms))
        clause = tags[here] in {"WP", "WDT", "WP$"}
        told = clause or tags[here] in {"CD", "VBN"} or forms[here] in {"a", "an", "aged"}
        if not told or (not clause and any(tag in FINITE for tag in tags[here:comma])):
            return False
        here = comma + 1
    return False
