"""Tells headlines and cross-heads from body: short lines that stand alone and end without a stop."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.documents.wordlists import load

OPENING, CLOSING = "\"“„«'‘", "\"”“»'’"
_DECORATED = re.compile(r"(?P<mark>[-–—*=~_•#]{1,3}) ?[^\s-].{0,120}[^\s] ?(?P=mark)$")
_MARKDOWN = re.compile(r"#{1,6} \S")
_LABEL = re.compile(r"(?:Q|A|Q\d|A\d|Question|Answer|[A-Z][A-Z.'’\- ]{1,30}) ?: ?\S")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_BULLET = re.compile(r"[-–—*•·▪●>] |\d{1,2}[.)] |\([a-z\d]\) ")
_ASKED = re.compile(r"[^“\"?!]{1,40}: ")
_CREDITED = re.compile(r"[.!?,…][\"”’'»] ?[-–—]{1,2} ?[A-Z]")
_SENTENCE_BREAK = re.compile(r"[a-z\d)]{3}[.!?][\"'”’]? [\"'“‘]?[A-Z]")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_PAST_REPORT = re.compile(
    r"\b(?:said|told|added|replied|asked|wrote|explained|insisted|continued|recalled|stated)\b"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A line, the line after it, and whether blank lines part it from its neighbours."""

    line: str
    after: str | None
    gap_before: bool
    gap_after: bool
    is_first: bool

    @property
    def words(self) -> int:
        """Number of words in the line."""
        return len(self.line.split())


def heading_rule(setting: Setting) -> str | None:
    """Return the name of the rule by which the line is a heading; None for body.

    A heading has something under it: the last line of a text is body.
    """
    line = setting.line
    if setting.after is None or len(line) > 300 or not any(map(str.isalpha, line)):
        return None
    return next((name for name, applies in RULES if applies(setting)), None)


def _is_decorated(setting: Setting) -> bool:
    """Set off by signs: "– Heavy losses –", "*** Verdict ***", "## What next"."""
    if setting.words > 15:
        return False
    return bool(_MARKDOWN.match(setting.line) or _DECORATED.match(setting.line))


def _is_capitals(setting: Setting) -> bool:
    """In capitals: "THE VERDICT", "FULL STORY." (not a label: "SMITH: I WILL")."""
    line = setting.line
    return line.isupper() and setting.words <= 20 and sum(map(str.isalpha, line)) > 3 and ": " not in line


def _is_headline(setting: Setting) -> bool:
    """The first line, a short sentence at most: "Minister resigns over leak", "“I Quit,” Says Mayor."."""
    line = setting.line
    if not setting.is_first or setting.words > 25 or not setting.gap_after:
        return False
    if line.endswith((",", ":")) or _CREDITED.search(line):
        return False
    if _is_title_case(line):
        return True
    return _begins_large(line) and not _ends_sentence(line) and not _SENTENCE_BREAK.search(line)


def _is_cross_head(setting: Setting) -> bool:
    """A short line by itself, no full stop: "What happens next", "Two weeks", "Mayor: “We were not told”"."""
    line = setting.line
    if (
        not _stands_alone(setting)
        or setting.words > 20
        or not _begins_large(line)
        or _SENTENCE_BREAK.search(line)
    ):
        return False
    if line.endswith((",", ";", ":", "-", "–", "—", ".", "…")) or _reports_speech(line):
        return False
    if line.endswith(("?", "!")):
        return setting.words <= 14 and not set('"“”„«»') & set(line) and not _ASKED.match(line)
    return not _ends_sentence(line)


def _is_quotation_only(setting: Setting) -> bool:
    """A quotation and nothing else, without the stop that speech has inside the marks: “A common stance”."""
    line = setting.line
    return (
        _stands_alone(setting)
        and 2 <= setting.words <= 15
        and line[0] in OPENING
        and line[-1] in CLOSING
        and not _ends_sentence(line)
        and line[-2] not in ",;:-–—"
        and not _SENTENCE_BREAK.search(line)
    )


def _stands_alone(setting: Setting) -> bool:
    """Blank lines around it, or straight above a paragraph much longer than itself."""
    line = setting.line
    if _CREDITED.search(line) or any(pattern.match(line) for pattern in (_LABEL, _CLOCK, _BULLET)):
        return False
    if not setting.gap_before:
        return False
    after = setting.after or ""
    return setting.gap_after or (len(after) >= 3 * len(line) and _ends_sentence(after))


def _reports_speech(line: str) -> bool:
    """Tell whether the words outside quotation marks report speech in the past, as headings do not."""
    return _PAST_REPORT.search(_QUOTED.sub("", line)) is not None


def _ends_sentence(line: str) -> bool:
    """Tell whether the line closes with a stop, inside or outside closing marks."""
    return line.rstrip(CLOSING + ")]")[-1:] in {".", "!", "?", "…"}


def _begins_large(line: str) -> bool:
    """Tell whether the first letter or digit is no small letter."""
    first = next((char for char in line if char.isalnum()), "")
    return not first.islower()


def _is_title_case(line: str) -> bool:
    """Tell whether nearly every word that counts has a capital: "Mayor Wins Vote by Wide Margin"."""
    words = [word.strip(OPENING + CLOSING + "(),.:;!?") for word in line.split()]
    counted = [word for word in words if word[:1].isalpha() and word.lower() not in load("small_words")]
    return len(counted) >= 3 and sum(word[0].isupper() for word in counted) >= 0.85 * len(counted)


RULES: tuple[tuple[str, Callable[[Setting], bool]], ...] = (
    ("decorated", _is_decorated),
    ("headline", _is_headline),
    ("capitals", _is_capitals),
    ("quotation-only", _is_quotation_only),
    ("cross-head", _is_cross_head),
)
