"""Formulas of the trade: what explains the reporting itself, and reports nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.extraction.lexicon import load_words
from service.extraction.models import Attribution

_OPENINGS = ("with reference to ", "to comment on ")
_REASON = re.compile(r",? (?:because|as|since|for fear|so that|citing)\b")
_CITES = re.compile(r"(?:reports?|writes?|informs?) [\"“„«‘']?[A-Z][\w.-]*(?: [A-Z][\w.-]*)?[\"”“»’']?")
_ASIDE = re.compile(r"(?:should|must|may|can) (?:also )?be \w+$")


def without_formulas(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Leave out what only explains the reporting itself: "asked not to be named", "a request for comment".

    Nothing follows on from such an attribution, for it quotes nothing.
    """
    kept = [i for i, one in enumerate(found) if not is_formula(text, one)]
    place = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(one, follows=None if one.follows is None else place.get(one.follows))
        for one in (found[i] for i in kept)
    )


def is_formula(text: str, one: Attribution) -> bool:
    """Tell whether an attribution reports nothing but a formula of the trade, or is the writer's own aside.

    Handles: "asked not to be named", "reports with reference to the ministry", "it should be recalled that",
    'He said this, reports "VestInform"'.
    """
    if one.mode == "thought" or len(one.content) > 1:
        return False
    words = " ".join(one.content[0].of(text).lower().split()).strip(" ,.;:")
    aside = one.source is None and one.cue is not None and _ASIDE.match(one.cue.of(text).lower())
    bare = _REASON.split(words.removeprefix("to "))[0]
    cites = _CITES.fullmatch(one.content[0].of(text))
    return bool(aside or cites) or bare in load_words("formulas") or words.startswith(_OPENINGS)
