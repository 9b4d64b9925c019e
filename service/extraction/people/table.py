"""The speaker rules by name: what each handles and how often it is right. Names are part of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """A named rule from source to speaker.

    ``confidence`` is how often it is right, by hand from annotated articles; 0 for a rule that abstains.
    """

    name: str
    about: str
    confidence: float = 0.0


_RULES = (
    SpeakerRule("full-name", "the name in full", 0.99),
    SpeakerRule("surname-name", "the surname of one person", 0.97),
    SpeakerRule("given-name", "the given name of one person", 0.9),
    SpeakerRule("single-name", "the only name that the article has for somebody", 0.95),
    SpeakerRule("known-surname", "the surname of somebody whom the caller listed", 0.85),
    SpeakerRule("shared-full", "a name that several bear, and one by far the most likely", 0.8),
    SpeakerRule("shared-surname", "a surname that several bear, and one by far the most likely", 0.8),
    SpeakerRule("shared-surname-title", "a surname that several bear, told apart by Mr or Ms", 0.88),
    SpeakerRule("shared-given", "a given name that several bear, and one by far the most likely", 0.6),
    SpeakerRule("respelled", "another spelling of a name", 0.85),
    SpeakerRule("unlisted-name", "a name that stands nowhere else", 0.8),
    SpeakerRule("apposition", "a description and the name set off after it", 0.95),
    SpeakerRule("names", "several names joined", 0.88),
    SpeakerRule("two-named", "both, the two: just two people were mentioned", 0.75),
    SpeakerRule("latter", "the former, the latter", 0.75),
    SpeakerRule("owner", "somebody's words: her message", 0.85),
    SpeakerRule("pronoun", "he or she, with a clear antecedent", 0.92),
    SpeakerRule("pronoun-close", "he or she, with a second antecedent close behind", 0.68),
    SpeakerRule("same-quotation", "he or she right after quoted words, whose speaker goes on", 0.95),
    SpeakerRule("plural-pronoun", "they", 0.68),
    SpeakerRule("neuter-pronoun", "it", 0.62),
    SpeakerRule("relative", "who, which or that, and the noun before", 0.72),
    SpeakerRule("author", "I, in the writer's own words", 0.9),
    SpeakerRule("turn", "I or you in a turn of a transcript", 0.9),
    SpeakerRule("role", "a description that the article gives of one person", 0.84),
    SpeakerRule("role-like", "a description akin to one that the article gives", 0.75),
    SpeakerRule("role-salient", "a description that fits several, and one whom the passage is about", 0.6),
    SpeakerRule("role-by-context", "a description of whoever is speaking or is spoken of", 0.7),
    SpeakerRule("lead-role", "a description in the lead, and the person named below", 0.75),
    SpeakerRule("age", "the only person of that age", 0.85),
    SpeakerRule("unnamed", "somebody described and never named", 0.8),
    SpeakerRule("unnamed-definite", "somebody described as if known, and not found", 0.5),
    SpeakerRule("unnamed-again", "somebody unnamed, described before", 0.65),
    SpeakerRule("group", "a group by its own words", 0.9),
    SpeakerRule("group-again", "a group mentioned before", 0.5),
    SpeakerRule("organisation", "a body by its name", 0.88),
    SpeakerRule("organisation-noun", "the only body whose name says what it is: the commission", 0.75),
    SpeakerRule("organisation-again", "a body mentioned before", 0.5),
    SpeakerRule("organisation-spoke", "the body that spoke last", 0.65),
    SpeakerRule("organisation-topic", "the only body that the paragraph has named so far", 0.65),
    SpeakerRule("document", "a report, a poll, a film", 0.78),
    SpeakerRule("document-again", "a document mentioned before", 0.55),
    SpeakerRule("no-source", "the text names no source"),
    SpeakerRule("no-speaker", "the source is nobody who speaks"),
    SpeakerRule("ambiguous-name", "a name that several may bear"),
    SpeakerRule("ambiguous-latter", "the former or latter of more or fewer than two"),
    SpeakerRule("ambiguous-owner", "somebody's words, and whose is open"),
    SpeakerRule("ambiguous-organisation", "a body that may be several"),
    SpeakerRule("ambiguous-pronoun", "a pronoun with two antecedents, or none"),
    SpeakerRule("ambiguous-role", "a description that fits several"),
    SpeakerRule("unknown-role", "an office whose holder the article does not give"),
    SpeakerRule("unknown-antecedent", "who, which or that, and nobody before"),
    SpeakerRule("unresolved-pronoun", "a pronoun for nobody in the text"),
)

SPEAKER_RULES = MappingProxyType({rule.name: rule for rule in _RULES})
"""Every speaker rule, by name."""
