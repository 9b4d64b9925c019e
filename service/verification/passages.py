"""Finds the passage of the sources that a quotation is from, and what was changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from service.verification.labels import Labels, agrees
from service.verification.models import Change, Finding, Passage, Source
from service.verification.words import Indexed, Vocabulary, Word, words_of

LEAST_WORDS_ALIKE = 0.6
"""A passage is the quotation's, altered, if it has this share of words in common with it, in order …"""
LEAST_LETTERS_ALIKE = 0.8
"""… or this share of letters: other endings of the same words."""
_OCCURRENCES = 200
"""Of a few words that stand everywhere, so many places are looked at."""
_GAP = 0.3
"""What a word of the passage that the quotation lacks costs; a word in common is worth one."""
_SLACK = 8
"""Words around the best window in which the passage may begin and end."""


class Sources:
    """The texts to look quotations up in."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._vocabulary = Vocabulary()
        self._texts = [Indexed(source.text, self._vocabulary) for source in sources]
        self._labels = [Labels(source.text) for source in sources]

    def find(self, part: str, names: tuple[str, ...], *, after: Passage | None = None) -> Finding:
        """Return what became of the words ``part``, of a speaker with these ``names``.

        Of several places with the very words, one is taken that comes ``after`` the passage of the words
        before them, and of those one in a turn of that speaker.
        """
        words = words_of(part)
        if not words:
            return Finding("absent", 0.0)
        needle = self._vocabulary.encode(words)
        found = list(self._verbatim(needle))
        if not found:
            return self._altered(part, words, needle)
        best = min(
            found,
            key=lambda place: (
                not _follows(place, after),
                agrees(names, place.label) is not True,
                not self._is_exact(place, part),
            ),
        )
        return Finding("exact" if self._is_exact(best, part) else "normalised", 1.0, best)

    def _verbatim(self, needle: str) -> Iterator[Passage]:
        """Yield the places with the same words in the same order."""
        left = _OCCURRENCES
        for number, text in enumerate(self._texts):
            at = text.encoded.find(needle)
            while at >= 0 and left:
                yield self._passage(number, at, at + len(needle))
                left -= 1
                at = text.encoded.find(needle, at + 1)

    def _passage(self, number: int, first: int, last: int) -> Passage:
        start, end = self._texts[number].slice(first, last)
        return Passage(number, start, end, self._labels[number].at(start))

    def _is_exact(self, place: Passage, part: str) -> bool:
        words = words_of(part)
        return self._words_at(place) == part[words[0].start : words[-1].end]

    def _words_at(self, place: Passage) -> str:
        return self._texts[place.source].text[place.start : place.end]

    def _altered(self, part: str, words: list[Word], needle: str) -> Finding:
        """Return the passage that is most like the words, if any is like enough."""
        places = [self._nearest(number, needle) for number in range(len(self._texts))]
        place = max((place for place in places if place), key=lambda place: place[2], default=None)
        if place is None:
            return Finding("absent", 0.0)
        number, (first, last), alike = place
        passage = self._passage(number, first, last)
        letters = Indel.normalized_similarity(part.casefold(), self._words_at(passage).casefold())
        if alike < LEAST_WORDS_ALIKE and letters < LEAST_LETTERS_ALIKE:
            return Finding("absent", round(alike, 3))
        changes = tuple(_changes(part, words, self._texts[number], (first, last)))
        return replace(Finding("altered", round(alike, 3), passage), changes=changes)

    def _nearest(self, number: int, needle: str) -> tuple[int, tuple[int, int], float] | None:
        """Return the words of a text that are most like those looked for, and how alike they are."""
        encoded = self._texts[number].encoded
        if not encoded:
            return None
        window = fuzz.partial_ratio_alignment(needle, encoded)
        assert window is not None
        # A needle longer than the text is the one that the window is cut from.
        around = (window.dest_start, window.dest_end) if len(needle) <= len(encoded) else (0, len(encoded))
        first, last = _tightened(
            needle, encoded, max(0, around[0] - _SLACK), min(len(encoded), around[1] + _SLACK)
        )
        return number, (first, last), Indel.normalized_similarity(needle, encoded[first:last])


def _follows(place: Passage, before: Passage | None) -> bool:
    return before is None or (place.source == before.source and place.start >= before.end)


def _tightened(needle: str, encoded: str, first: int, last: int) -> tuple[int, int]:
    """Return the stretch of words that holds most of the needle, closely: of several, the shortest.

    A word that stands everywhere may be matched far before the passage or after it: it is left outside.
    """

    def worth(start: int, end: int) -> tuple[float, int]:
        common = LCSseq.similarity(needle, encoded[start:end])
        return common - _GAP * (end - start - common), start - end

    first = max(range(first, last), key=lambda start: worth(start, last))
    return first, max(range(first + 1, last + 1), key=lambda end: worth(first, end))


def _changes(part: str, words: list[Word], text: Indexed, span: tuple[int, int]) -> Iterator[Change]:
    """Yield the steps from the passage, the words of ``text`` in ``span``, to the quotation."""
    passage = text.words[span[0] : span[1]]
    steps = Indel.opcodes([word.form for word in passage], [word.form for word in words])
    pending: tuple[str, str] = ("", "")
    for step in steps:
        was = _slice(text.text, passage[step.src_start : step.src_end])
        now = _slice(part, words[step.dest_start : step.dest_end])
        if step.tag != "equal":
            pending = (f"{pending[0]} {was}".strip(), f"{pending[1]} {now}".strip())
            continue
        yield from _changed(*pending)
        pending = ("", "")
        yield Change("equal", was, now)
    yield from _changed(*pending)


def _changed(was: str, now: str) -> Iterator[Change]:
    if was and now:
        yield Change("replace", was, now)
    elif was:
        yield Change("delete", was, "")
    elif now:
        yield Change("insert", "", now)


def _slice(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
