"""Quotes held against sources: what became of each, and whether its speaker is the one who speaks there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from service.verification.labels import agrees
from service.verification.models import STATUSES, Claim, Finding, Source, Status
from service.verification.passages import Sources
from service.verification.words import words_of

Json = dict[str, Any]
Convert = Callable[[int], int]

_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.)\s*")

_NOWHERE: Json = {
    **dict.fromkeys(("source", "source_id", "start", "end", "text", "label", "speaker_agrees")),
    "changes": [],
}


def check(
    claims: Iterable[Claim],
    sources: Sequence[Source],
    offsets: Sequence[Convert],
    *,
    article_offset: Convert,
    checkpoint: Callable[[], None],
) -> Json:
    """Return the answer to ``POST /v1/verify``, save the unit.

    ``offsets`` converts the offsets of each source, ``article_offset`` those of the article, into the
    caller's unit. ``checkpoint`` is called between quotes; what it raises passes through.
    """
    checker = _Checker(sources, offsets, article_offset)
    found = []
    for claim in claims:
        checkpoint()
        found.append(checker.check(claim))
    counted = Counter(quote["status"] for quote in found)
    summary = {status: counted[status] for status in STATUSES}
    differs = sum(quote["speaker_agrees"] is False for quote in found)
    return {"quotes": found, "summary": {**summary, "speaker_differs": differs}}


class _Checker:
    """Looks up one claim after the other, and shows places in the caller's unit."""

    def __init__(
        self, sources: Sequence[Source], offsets: Sequence[Convert], article_offset: Convert
    ) -> None:
        self._sources, self._offsets, self._article_offset = sources, offsets, article_offset
        self._texts = Sources(sources)

    def check(self, claim: Claim) -> Json:
        """Return what became of the claim and of each of its parts."""
        places = claim.places or (None,) * len(claim.parts)
        parts = [self._part(claim, words, place) for words, place in zip(claim.parts, places, strict=True)]
        said = [passage["speaker_agrees"] for part in parts for passage in part["passages"]]
        return {
            "id": claim.id,
            "speaker": claim.names[0] if claim.names else None,
            "status": _worst(part["status"] for part in parts),
            "speaker_agrees": _together(said),
            "parts": parts,
        }

    def _part(self, claim: Claim, words: str, place: tuple[int, int] | None) -> Json:
        findings: list[Finding] = []
        for piece in [piece for piece in _ELLIPSIS.split(words) if words_of(piece)] or [words]:
            before = findings[-1].passage if findings else None
            findings.append(self._texts.find(piece, claim.names, after=before))
        return {
            "text": words,
            "start": self._article_offset(place[0]) if place else None,
            "end": self._article_offset(place[1]) if place else None,
            "status": _status_of_pieces(findings),
            "passages": [self._passage(finding, claim) for finding in findings],
        }

    def _passage(self, finding: Finding, claim: Claim) -> Json:
        place = finding.passage
        found: Json = {"status": finding.status, "similarity": finding.similarity}
        if place is None:
            return {**found, **_NOWHERE}
        source, offset = self._sources[place.source], self._offsets[place.source]
        return {
            **found,
            "source": place.source,
            "source_id": source.id,
            "start": offset(place.start),
            "end": offset(place.end),
            "text": source.text[place.start : place.end],
            "label": place.label,
            "speaker_agrees": agrees(claim.names, place.label),
            "changes": [asdict(change) for change in finding.changes],
        }


def _status_of_pieces(findings: Sequence[Finding]) -> Status:
    """Return the status of words with ellipses: whole if every piece is there, in the order of one source."""
    worst = _worst(finding.status for finding in findings)
    if len(findings) == 1 or worst in ("altered", "absent"):
        return worst
    places = [finding.passage for finding in findings if finding.passage]
    in_order = [(place.source, place.start) for place in places]
    is_one = len({place.source for place in places}) == 1 and in_order == sorted(in_order)
    return "normalised" if is_one else "altered"


def _worst(statuses: Iterable[Status]) -> Status:
    return max(statuses, key=STATUSES.index)


def _together(said: Sequence[bool | None]) -> bool | None:
    """Return False if the speaker of any passage is another, True if one is the same, else None."""
    if False in said:
        return False
    return True if True in said else None
