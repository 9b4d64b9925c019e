"""Speech or writing: what was said in a statement, a post, a report or a poll was written.

A verb of writing ("wrote", "tweeted") says so itself (``data/reporting_verbs.txt``). Here it is the source
("the survey says") or what the cue's verb names as the medium ("said in a letter", "added on Telegram").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from service.extraction.lexicon import load_table
from service.extraction.models import Attribution, Span
from service.extraction.scene import Scene

_LEADS = frozenset({"in", "on", "through", "via"})
_KNOWN = frozenset({"that", "the", "these", "this", "those"})
"""What leads to a text that is itself spoken of: "no truth in the report"."""
_SETTING_OFF = frozenset({"dash-credit", "parenthetical"})
_HOLDING = frozenset({"believe", "believes", "consider", "considers", "convinced", "sure", "think", "thinks"})
"""How what somebody holds is told now."""

_GOING_ON = frozenset({"added", "adds", "concluded", "continued", "went on"})
_WRITING = frozenset({"posting", "tweeting", "writing"})


def with_media(scene: Scene, every: Iterable[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions, in text order, as writing where their words stand in a text or were posted.

    So does what "he added" right after what he wrote, in the same paragraph.
    """
    before: Attribution | None = None
    for one in (_asserted(scene, one) for one in every):
        written = _is_text(scene, one.source) or _names_medium(scene, one) or _goes_on(scene, before, one)
        before = replace(one, mode="writing") if one.mode == "speech" and written else one
        yield before


def _asserted(scene: Scene, one: Attribution) -> Attribution:
    """Take for said what a clause set off credits to who holds it now: "It is dead, believes the mayor".

    Not "It was dead, she thought", which nobody has heard.
    """
    if one.mode != "thought" or one.rule not in _SETTING_OFF or one.cue is None or one.source is None:
        return one
    now = one.cue.of(scene.article.text).lower().split()[-1] in _HOLDING
    return replace(one, mode="speech") if now and _head_tag(scene, one.source) != "PRP" else one


def _head_tag(scene: Scene, span: Span) -> str:
    head = _head(scene, span)
    return head.tag_ if head is not None else ""


def _goes_on(scene: Scene, before: Attribution | None, one: Attribution) -> bool:
    """Tell whether the same one goes on writing: '"We won," she posted. "It was hard," she added'."""
    if before is None or before.mode != "writing" or one.cue is None or one.source is None:
        return False
    text = scene.article.text
    said, source = (text[span.start : span.end].lower() for span in (one.cue, one.source))
    together = "\n" not in text[before.content[-1].end : one.content[0].start]
    return together and said in _GOING_ON and source in {"he", "she", "they", "it"}


def _is_text(scene: Scene, source: Span | None) -> bool:
    """Tell whether the source is a text: "the survey", "a letter from the mayor"."""
    head = _head(scene, source) if source is not None else None
    return (
        head is not None and _among("written", head) and head.tag_ in {"NN", "NNS"} and not _is_spoken(head)
    )


def _head(scene: Scene, span: Span) -> Token | None:
    first, end = scene.tokens(span)
    return next((t for t in scene.doc[first:end] if not first <= t.head.i < end or t.head == t), None)


def _names_medium(scene: Scene, one: Attribution) -> bool:
    """Tell whether the verb of the cue says where the words stand: "in a letter", "Writing in the Post,"."""
    cue = _head(scene, one.cue) if one.cue is not None else None
    around = [] if cue is None else list(cue.children)
    outside = [t for t in around if not any(span.start <= t.idx < span.end for span in one.content)]
    if any(t.lower_ in _WRITING and t.dep_ == "advcl" for t in outside):
        return True
    after = scene.tokens(one.content[-1])[1]
    if after < len(scene.doc) and is_said_in(scene.doc[after]):
        outside.append(scene.doc[after])
    return any(_is_medium(noun) for t in outside if t.lower_ in _LEADS for noun in t.children)


def is_said_in(token: Token) -> bool:
    """Tell whether a preposition leads to what words were said or written in: "in a post", "in a speech"."""
    nouns = [t for t in token.rights if t.dep_ == "pobj"] if token.lower_ in _LEADS else []
    named = any(_is_medium(noun) or _among("occasions", noun) for noun in nouns)
    return named and not any(t.lower_ in _KNOWN for noun in nouns for t in noun.lefts)


def _is_medium(noun: Token) -> bool:
    if noun.dep_ != "pobj" or _is_spoken(noun):
        return False
    posted = noun.head.lower_ in {"on", "via"} and (
        noun.text == "X" or (noun.lower_ != "x" and _among("platforms", noun))
    )
    page = _among("pages", noun) and any(t.dep_ in {"poss", "compound"} for t in noun.lefts)
    return posted or page or _among("written", noun)


def _is_spoken(noun: Token) -> bool:
    """Tell whether the words were spoken after all: "a televised statement"."""
    return any(t.lower_ in load_table("media")["spoken"] for t in noun.lefts)


def _among(kind: str, noun: Token) -> bool:
    """Tell whether a noun, in the singular or the plural, is of a kind."""
    known = load_table("media")[kind]
    return noun.lower_ in known or noun.lower_.removesuffix("s") in known
