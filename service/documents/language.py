"""Names the language of a text."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from service.documents.wordlists import load

_WINDOW, _WINDOWS = 1_000, 3
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SURE = 20
"""Words from which on the identifier is sure: on English news it errs 5 times in 100 at 5 words, 0 at 20."""


def detect_language(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of the language of ``text`` and the confidence in it, from 0 to 1.

    Reads three windows of 1,000 code points at most. A text of fewer than 20 words is never certain: its
    confidence falls with its length, and it counts as English when a sixth of it is words like "the" and
    "said". A language other than English that is named with at least 0.5 may safely be refused. No words at
    all: ``("en", 0.0)``.
    """
    sample = _sample(text)
    words = _WORD.findall(sample)
    if not words:
        return "en", 0.0
    code, probability = _identifier().classify(" ".join(words))
    length = min(1.0, (len(words) + _foreign_letters(words)) / _SURE)
    if code != "en" and length < 1 and _english_share(words) >= 1 / 6:
        return "en", round(length * (1 - float(probability) / 2), 3)
    return str(code), round(length * float(probability), 3)


def is_english(tag: str) -> bool:
    """Tell whether a tag (BCP 47, any case, "_" for "-") means English: "en", "en-GB", "EN_us", "eng"."""
    return tag.strip().replace("_", "-").split("-", 1)[0].casefold() in {"en", "eng"}


def _sample(text: str) -> str:
    """Return the text, or windows from its beginning, middle and end, in small letters."""
    if len(text) <= _WINDOW * _WINDOWS:
        sample = text
    else:
        step = (len(text) - _WINDOW) // (_WINDOWS - 1)
        sample = " ".join(text[start : start + _WINDOW] for start in range(0, len(text) - _WINDOW + 1, step))
    return sample.lower().replace("’", "'")


def _foreign_letters(words: list[str]) -> int:
    """Count the letters of other scripts than Latin, each of which tells as much as a word."""
    return sum(char > "\u036f" for word in words for char in word)


def _english_share(words: list[str]) -> float:
    return sum(word in load("english_words") for word in words) / len(words)


@cache
def _identifier() -> LanguageIdentifier:
    """Return the identifier with probabilities that add up to 1; loading takes some 5 MB."""
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
