"""Topics: what somebody took a stand on or spoke about, as against what was said.

"The council rejected the offer", "they discussed the ferry": of the speaker's words nothing is reported, and
an editor has nothing to check. Such attributions count as thoughts, which an answer leaves out by default.
"""

from __future__ import annotations

from dataclasses import replace

from service.extraction.cues import verb_reporting
from service.extraction.governed import WH
from service.extraction.models import Attribution, Span
from service.extraction.scene import Range, Scene, is_punctuation

LOOSE = frozenset({"object", "preposition", "scored-clause"})
"""The rules whose content may be a thing instead of words."""

OPENS_CLAUSE = frozenset({"that", "if", "whether", "to"})

OPENERS = frozenset({"about", "on", "regarding"})
"""Words that open what is spoken of, before a colon."""


def told(scene: Scene, one: Attribution) -> Attribution:
    """Return the attribution, as a thought where its content is a topic."""
    return replace(one, mode="thought") if is_topic(scene, one) else one


def is_topic(scene: Scene, one: Attribution) -> bool:
    """Tell whether the content is a noun phrase without a word between quotation marks."""
    if one.rule not in LOOSE or len(one.content) > 1:
        return False
    first, end = scene.tokens(one.content[0])
    while first < end and is_punctuation(scene.doc[first]):
        first += 1
    if first == end or any(i in scene.edges for i in range(first, end)):
        return False
    opener = scene.doc[first]
    if one.cue is not None and calls(scene, one.cue) and end - first > 3:
        return False
    clause = opener.lower_ in OPENS_CLAUSE or opener.tag_ in WH
    return not clause and not governed_by_verb(scene, (first, end))


def topic_before(scene: Scene, colon: int) -> Range | None:
    """Return the words that say what is spoken of and nothing else, up to a colon: 'On the loss: "A"'."""
    first = scene.sentences[colon][0]
    while first < colon and (scene.doc[first].tag_ in {"LS", "CD"} or is_punctuation(scene.doc[first])):
        first += 1
    opener = scene.doc[first]
    return (first, colon) if opener.lower_ in OPENERS and opener.right_edge.i == colon - 1 else None


def calls(scene: Scene, cue: Span) -> bool:
    """Tell whether the cue says something of its object: "called her an experienced woman"."""
    known = (verb_reporting(token) for token in scene.doc[slice(*scene.tokens(cue))])
    return any(one is not None and one.frames <= {"predicate", "quote"} for one in known)


def governed_by_verb(scene: Scene, content: Range) -> bool:
    """Tell whether a verb stands highest in the content, or one of several words that do.

    Or one that was taken for a participle: "said a bomber suffered engine failure".
    """
    first, end = content
    highest = [t for t in scene.doc[first:end] if t.head == t or not first <= t.head.i < end]
    misread = (t for noun in highest for t in noun.lefts if t.tag_ == "VBN" and t.dep_ == "amod")
    acts = any(t.dep_ == "npadvmod" and t.whitespace_ for verb in misread for t in verb.lefts)
    return acts or any(t.tag_.startswith(("VB", "MD")) for t in highest)
