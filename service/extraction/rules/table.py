"""The rules by name: what each handles and how often it is right. The names are part of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    ``confidence`` is its measured precision (content found and source right) where what is reported was said
    or written, ``thought`` where it was thought; ``benchmarks/accuracy.py --rules`` measures both.
    """

    name: str
    about: str
    confidence: float
    thought: float = 0.2


_RULES = (
    Rule("hint", "the mark-up names the source of a block quotation", 0.95),
    Rule("transcript-turn", "a speaker's name and a colon open the paragraph", 0.9),
    Rule("block", "she wrote: and what she wrote in a paragraph of its own, without marks", 0.7),
    Rule("post-credit", "A — Jane Doe (@jane)", 0.9),
    Rule("headline-colon", "Minister: fares will rise; 'A': minister; minister calls it 'A'", 0.8),
    Rule("cue-after", '"A," she said', 0.96),
    Rule("cue-before", 'she said: "A"', 0.86),
    Rule("dash-credit", '"A" — Jane Doe; A, said on Monday the mayor', 0.85),
    Rule("colon", 'the mayor was blunt: "A"', 0.55),
    Rule("according-to", "A, according to the mayor", 0.76),
    Rule("parenthetical", "A, she said, B", 0.81),
    Rule("this-said", "A. This was reported by the mayor", 0.6),
    Rule("as-clause", "as the mayor said, A", 0.5),
    Rule("clause", "she said that A", 0.81, thought=0.6),
    Rule("question", "she asked whether A", 0.74, thought=0.7),
    Rule("infinitive", "she promised to A", 0.69, thought=0.58),
    Rule("gerund", "she denied doing A", 0.65, thought=0.65),
    Rule("object", "she denied the charge", 0.57, thought=0.65),
    Rule("raising", "the plan is said to be dead", 0.55, thought=0.55),
    Rule("preposition", "she warned of A", 0.53, thought=0.55),
    Rule("predicate", 'she called it "A"', 0.67, thought=0.5),
    Rule("noun-clause", "her claim that A", 0.38, thought=0.32),
    Rule("reacted-to", 'she mocked his claim that "A"', 0.7),
    Rule("noun-is", 'her answer was that A; chants of "A"', 0.6, thought=0.35),
    Rule("quoted-words", 'she thanked them for "A"', 0.48),
    Rule("follow-on", "a quotation that goes on in the paragraph of an attributed one", 0.8),
    Rule("floating", "a paragraph that is only a quotation, after one whose speaker goes on", 0.55),
    Rule("introduced", 'Novak leaned on the gate. "A"', 0.5),
    Rule("unattributed", "words in quotation marks that nothing is credited with", 0.1),
)

RULES = MappingProxyType({rule.name: rule for rule in _RULES})
"""Every rule that can decide, by name."""
