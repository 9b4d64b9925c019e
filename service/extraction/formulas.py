"""Formulas of the trade: what explains the reporting itself, and reports nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from service.extraction.lexicon import load_words
from service.extraction.links import kept
from service.extraction.models import Attribution, Span

_OPENINGS = ("with reference to ", "to comment on ")
_REASON = re.compile(r",? (?:because|as|since|for fear|so that|citing)\b")
_CITES = re.compile(r"(?:reports?|writes?|informs?) [\"“„«‘']?[A-Z][\w.-]*(?: [A-Z][\w.-]*)?[\"”“»’']?")
_ASIDE = re.compile(r"(?:should|must|may|can) (?:also )?be \w+$")


_IDIOM = re.compile(
    r"\b(?:goes without saying|suffice (?:it )?to say|needless to say|easier said than done"
    r"|as they say(?=[,.])|as the saying goes|who says(?=[^.!\n]{0,200}\?))\b|(?:\A|[.!?]\s|\n)To say\b",
    re.IGNORECASE,
)
"""Turns of speech whose verb reports nothing."""


def without_formulas(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Leave out what only explains the reporting itself: "asked not to be named", "a request for comment".

    Nothing follows on from such an attribution, for it quotes nothing.
    """
    idioms = [Span(*match.span()) for match in _IDIOM.finditer(text)]
    return kept(
        found,
        [i for i, one in enumerate(found) if not (is_formula(text, one) or _is_idiom(idioms, one))],
    )


def is_formula(text: str, one: Attribution) -> bool:
    """Tell whether an attribution reports nothing but a formula of the trade, or is the writer's own aside.

    Handles: "asked not to be named", "reports with reference to the ministry", "it should be recalled that",
    'He said this, reports "VestInform"'.
    """
    words = " ".join(one.content[0].of(text).lower().split()).strip(" ,.;:")
    if one.mode == "thought" or len(one.content) > 1 or words == "this":
        return words == "this"
    aside = one.source is None and one.cue is not None and _ASIDE.match(one.cue.of(text).lower())
    bare = _REASON.split(words.removeprefix("to "))[0]
    cites = _CITES.fullmatch(one.content[0].of(text))
    return bool(aside or cites) or bare in load_words("formulas") or words.startswith(_OPENINGS)


def _is_idiom(idioms: Sequence[Span], one: Attribution) -> bool:
    """Tell whether the cue is part of a turn of speech: "it goes without saying", "Who says it is?"."""
    at = bisect_left(idioms, one.cue.end, key=attrgetter("start")) if one.cue is not None else 0
    return one.cue is not None and at > 0 and idioms[at - 1].overlaps(one.cue)
