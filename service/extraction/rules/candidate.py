"""A candidate: one reading of some words as reported speech, before the candidates compete."""

from __future__ import annotations

from dataclasses import dataclass

from service.extraction.models import Attribution, Mode, Span
from service.extraction.rules.table import RULES


@dataclass(frozen=True, slots=True)
class Candidate:
    """Content, cue and source as one rule sees them. ``sure`` scales the rule's confidence."""

    rule: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    mode: Mode = "speech"
    sure: float = 1.0

    @property
    def confidence(self) -> float:
        """How often the rule is right, scaled by how sure this instance is."""
        rule = RULES[self.rule]
        return round((rule.thought if self.mode == "thought" else rule.confidence) * self.sure, 2)

    def attribution(self, *, follows: int | None = None) -> Attribution:
        """Return the candidate as an attribution that has been decided on."""
        return Attribution(
            self.content, self.cue, self.source, self.rule, self.confidence, self.mode, follows=follows
        )
