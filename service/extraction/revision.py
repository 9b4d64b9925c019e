"""The learned scorer's answer joined with the rules': the scorer decides, a rule that agrees is the reason.

Where scorer and rule give the same words to the same source, the attribution bears the rule's name; where the
scorer stands alone, a name of its own ("scored-quotation", "scored-mixed", "scored-clause"). A rule's answer
that the scorer leaves untouched stands when its form is one that the scorer does not look for: credits,
headlines, transcripts, mark-up, quotations that go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, takewhile

from spacy.tokens import Token

from service.extraction.contents import AGREES, ASKS, CONTRASTS, only_dates, puts
from service.extraction.cues import (
    is_left_unsaid,
    is_passive,
    is_put_to,
    is_verb,
    lacks_helper,
    lets_know,
    noun_reporting,
    verb_group,
    verb_reporting,
)
from service.extraction.edges import begun, covered, ended, from_whole_word, prolonged, whole
from service.extraction.heard import is_owned
from service.extraction.learned.scorer import Scored, Scorer
from service.extraction.lexicon import lemma, person_nouns, reporting_verb
from service.extraction.models import OUTRIGHT, Attribution, Mode, Span, Stretch
from service.extraction.narration import TOLD, is_aside, is_asked, runs_on, tells_nothing
from service.extraction.relaying import cites_somebody, quoted_before, relayed_whom, relays
from service.extraction.scene import CLOSERS, Range, Scene, words
from service.extraction.sources import WHERE, source_span, who_hears
from service.extraction.subjects import (
    agent,
    another_subject,
    goes_with,
    may_speak,
    name_before_misread,
    named_after,
    named_before_role,
    own_subject,
    quoted_whom,
    subject,
)
from service.extraction.topics import topic_before
from service.extraction.unspoken import (
    addresses_reader,
    asks_about,
    is_neither,
    is_only_asked,
    may_only_expect,
    only_happens,
    tells_this,
    withholds_name,
)

BEYOND = frozenset(
    {
        "hint",
        "transcript-turn",
        "block",
        "post-credit",
        "headline-colon",
        "dash-credit",
        "colon",
        "cue-before",
        "cue-after",
        "split",
        "follow-on",
        "floating",
        "introduced",
        "this-said",
        "according-to",
        "as-clause",
        "noun-is",
    }
)
"""The rules whose answers stand where the scorer says nothing about the words."""

BESIDE = frozenset({"as-clause", "cue-after", "split"})
"""The rules whose source may stand right after the cue."""

_OF_MATTERS = frozenset({"about", "after", "against", "amid", "at", "for", "in", "on", "over", "with"})
"""Words before what a heading is about: 'Dispute over heat pumps: "A"'."""

SURE_OF_MARKS = frozenset({"noun-clause", "predicate"})
"""The rules that are right of words between marks wherever the scorer says nothing about them.

Eight of ten such answers on polnear-train, by networks that had not seen the articles.
"""

SURE_RULE = 0.8
"""A rule at least so often right stands, too, where the scorer says nothing about the words."""

LONGEST_DESCRIPTION = 6
"""Most steps from a noun that describes a subject up to it."""

LEAST_ALONE = 12
"""Fewest tokens of a paragraph that is only a quotation, and is speech though nothing says whose."""

FARTHEST_CUE = 12
"""Most tokens from a cue to one within what it has somebody say."""

FARTHEST_OWNED = 6
"""Most tokens from an owner to the noun for whom they have."""

LONGEST_LABEL = 14
"""Most tokens from whom a label addresses to its colon."""

SURE_ALONE = 0.45
"""Least confidence of an answer that no rule shares.

Where articles are of another kind than those that the scorer learned from, it is these that go wrong. Of 0.5,
0.45 and 0.4, each is worth half a point more of all e2e F1 on polnear-dev than the one before, and a tenth
or two less on the invented articles of ``benchmarks/kinds.py``.
"""


def revise(
    scene: Scene, stretches: Sequence[Stretch], ruled: Sequence[Attribution], scorer: Scorer
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order, contents never overlapping.

    ``ruled`` is what the rules answered. It is returned as it is when the parse comes from another pipeline
    than the one that the scorer was trained on. A guess of the scorer's alone does not stand within what a
    rule has somebody say: "[It finds A unlawful], Ann Lee said".
    """
    if not scorer.fits(scene.doc):
        return tuple(ruled)
    same_cue = {i: at for at, one in enumerate(ruled) if one.cue for i in range(*scene.tokens(one.cue))}
    scored = scorer.score(scene.doc, scene.article, stretches, ruled)
    placed = (_of_another(scene, one, ruled, same_cue) for one in scored)
    by_nouns = _by_nouns(scene, ruled)
    owned = (_of_owner(scene, one, ruled, by_nouns) for one in placed)
    told_of = (_foretold(scene, one, ruled, same_cue) for one in owned)
    every = _without_headings((_after_as(one, ruled, same_cue) for one in told_of), stretches)
    cues = _cues_of_quotations(scene, ruled)
    outright = covered(scene.article.text, (one for one in ruled if one.rule in OUTRIGHT))
    told = covered(scene.article.text, (one for one in ruled if one.rule == "parenthetical"))
    likely = [
        one
        for one in every
        if (one.ruled is not None or one.confidence >= SURE_ALONE)
        and not any(_holds(outright, span) for span in one.content)
        and not all(
            tells_nothing(scene, span) or is_asked(scene, (one.cue, one.cue + 1), span)
            for span in one.content
        )
        and not _is_guess_in_heading(scene, one)
        and not _points_back(scene, one)
        and not addresses_reader(
            scene, scene.doc[one.cue], None if one.source is None else scene.doc[one.source]
        )
        and not relays(scene.doc[one.cue])
        and not cites_somebody(scene.doc[one.cue])
        and not only_happens(scene.doc[one.cue])
        and not may_only_expect(scene.doc[one.cue])
        and not (one.source is not None and is_only_asked(scene, scene.doc[one.cue], scene.doc[one.source]))
        and not is_neither(None if one.source is None else scene.doc[one.source])
        and not is_left_unsaid(scene.doc[one.cue])
        and not (one.source is not None and one.source < one.cue and lacks_helper(scene.doc[one.cue]))
        and not withholds_name(scene.doc[one.cue], scene.tokens(one.content[0]))
        and not asks_about(scene.doc[one.cue], scene.tokens(one.content[0]))
        and not (one.ruled is None and _only_quotes(scene, one))
        and not _retells(scene, one, cues)
        and not _leads_to_saying(scene, one, same_cue)
        and not _agrees_next(scene, one)
        and not _points_to_telling(scene, one)
        and not (one.source is None and _is_own_report(scene, one.cue))
        and not _is_what_about(scene, one)
        and not (one.ruled is None and told[scene.doc[one.cue].idx])
    ]
    beyond = {one.content[0]: one for one in reversed(ruled) if one.rule in BEYOND and one.source is not None}
    read = [_attribution(scene, one, ruled, same_cue.get(one.cue), beyond) for one in likely]
    found = _completed(scene, likely, read, ruled)
    found = _outermost(scene.article.text, [_beside_source(one) for one in found])
    beside = {one.cue: one.source for one in ruled if one.rule in BESIDE and one.source is not None}
    found = [one for one in _apart(scene.article.text, found) if not _names_speaker(one, beside)]
    taken = _taken(scene.article.text, found)
    alone = (
        one
        for one in ruled
        if _stands_alone(scene, one) or _fills_paragraph(scene, one) or _on_topic(scene, one)
    )
    kept = [one for one in alone if not any(_holds(taken, span) for span in one.content)]
    return tuple(_resumed(scene, _in_order([*found, *kept], ruled)))


def _of_another(
    scene: Scene, one: Scored, ruled: Sequence[Attribution], same_cue: Mapping[int, int]
) -> Scored:
    """Return what somebody says whom the scorer takes for no subject: "after [the mayor], Jo Roe, told them".

    Or what is said in what it takes for another's words: "[They] remember [her] saying no". ``same_cue``
    tells by which cue, a token, which rule reports.
    """
    end = scene.tokens(one.content[-1])[1]
    for cue in range(one.cue, min(end, one.cue + FARTHEST_CUE)):
        who = another_subject(scene.doc[cue]) if cue in same_cue else None
        if who is not None and (cue, who.i) == (one.cue, one.source):
            return one
        if who is not None:
            said = one.content if cue == one.cue else ruled[same_cue[cue]].content
            return replace(one, cue=cue, source=who.i, content=said, ruled=same_cue[cue])
    return one


def _by_nouns(scene: Scene, ruled: Sequence[Attribution]) -> dict[int, int]:
    """Return which rule has what a noun of somebody's reports, by where that ends: "[his] claim that A"."""
    cues = ((at, one, one.cue) for at, one in enumerate(ruled) if one.cue is not None)
    return {
        one.content[0].end: at
        for at, one, cue in cues
        if cue.start < one.content[0].start and is_owned(scene.doc[scene.tokens(cue)[0]])
    }


def _of_owner(scene: Scene, one: Scored, ruled: Sequence[Attribution], by_nouns: Mapping[int, int]) -> Scored:
    """Return whose noun words are, which the scorer has nobody say: "fined for [his] claim that A"."""
    at = by_nouns.get(one.content[-1].end)
    rule = ruled[at] if at is not None else None
    if rule is None or one.source is not None or one.ruled is not None or len(one.content) > 1:
        return one
    if rule.cue is None or rule.source is None or rule.content[0].start < one.content[0].start:
        return one
    owner = scene.tokens(rule.source)[1] - 1
    owner -= scene.doc[owner].tag_ == "POS"
    return replace(one, cue=scene.tokens(rule.cue)[0], source=owner, content=rule.content, ruled=at)


def _foretold(scene: Scene, one: Scored, ruled: Sequence[Attribution], same_cue: Mapping[int, int]) -> Scored:
    """Return what somebody is expected to say by that verb: "Roe is expected [to say] fares will fall".

    Not as what nobody named expects. ``same_cue`` tells by which cue, a token, which rule reports.
    """
    cue = scene.doc[one.cue]
    known = verb_reporting(cue)
    if one.source is not None or known is None or "raising" not in known.frames:
        return one
    says = next((t for t in cue.rights if t.dep_ == "xcomp" and t.i in same_cue), None)
    inner = verb_reporting(says) if says is not None else None
    head = subject(says) if says is not None else None
    if says is None or inner is None or inner.mode == "thought" or head is None:
        return one
    rule = same_cue[says.i]
    return replace(one, cue=says.i, source=head.i, content=ruled[rule].content, ruled=rule)


def _after_as(one: Scored, ruled: Sequence[Attribution], same_cue: Mapping[int, int]) -> Scored:
    """Return all that a clause with "as" credits for a part of it: "As he noted, claims A are false"."""
    rule = same_cue.get(one.cue)
    if rule is None or ruled[rule].rule != "as-clause" or len(ruled[rule].content) != 1:
        return one
    whole = ruled[rule].content[0]
    part = all(whole.contains(span) for span in one.content)
    return replace(one, content=(whole,), ruled=rule) if part else one


def _only_quotes(scene: Scene, one: Scored) -> bool:
    """Tell whether a guess is but who says what stands before: "A, RIA quoted [Lee as saying]"."""
    first, end = scene.tokens(one.content[0])
    near = scene.doc[max(0, min(one.cue, first) - 2) : end]
    return any(t.dep_ == "pcomp" and quoted_before(t) is not None for t in near) and first > one.cue


def _without_headings(every: Iterable[Scored], stretches: Iterable[Stretch]) -> list[Scored]:
    """Leave out headings that were run into the text between quotations: "'No magic wand' Markets rose"."""
    headings = {one.span.start for one in stretches if one.kind == "heading"}
    every = list(every)
    kept = (tuple(span for span in one.content if span.start not in headings) for one in every)
    return [replace(one, content=said) for one, said in zip(every, kept, strict=True) if said]


def _points_back(scene: Scene, one: Scored) -> bool:
    """Tell whether content only points to words before: "He said [this on air]", "spoke of [it on air]"."""
    first, end = scene.tokens(one.content[0])
    if end - first < 2 or scene.doc[first].lower_ not in {"it", "so", "this"}:
        return False
    head = scene.doc[first].head
    governed = one.cue == head.i or (head.dep_ == "prep" and one.cue == head.head.i)
    return governed and scene.doc[first + 1].lower_ in {"at", "during", "in", "on"}


def _agrees_next(scene: Scene, one: Scored) -> bool:
    """Tell whether a cue in the next sentence says who speaks then: '"A." Doe agrees. "B."'."""
    if scene.doc[one.cue].lower_ not in AGREES:
        return False
    end = scene.tokens(one.content[-1])[1]
    last = one.content[-1].of(scene.article.text).rstrip(" \"”’»'")[-1:]
    return end <= one.cue and last in CLOSERS


def _is_what_about(scene: Scene, one: Scored) -> bool:
    """Tell whether content is but what somebody is asked about: "Asked about [that], Lee said A"."""
    first, end = scene.tokens(one.content[0])
    acts = any(t.tag_.startswith(("VB", "MD")) for t in scene.doc[first:end])
    cue = scene.doc[one.cue]
    heard = is_put_to(cue) or (one.source is None and cue.tag_ == "VBN")
    return cue.lower_ == "asked" and heard and not acts


def _is_own_report(scene: Scene, cue: int) -> bool:
    """Tell whether a text points to what it told before: "As previously [reported], the ship was lost"."""
    first = scene.sentences[cue][0]
    ahead = [t.lower_ for t in words(scene.doc[first:cue])] if cue - first < LONGEST_LABEL else []
    return scene.doc[cue].lower_ == "reported" and ahead[:1] == ["as"] and len(ahead) <= 2


def _points_to_telling(scene: Scene, one: Scored) -> bool:
    """Tell whether content only says who said what stood before: "[This was said by Doe], RIA reports"."""
    first, end = scene.tokens(one.content[0])
    inside = (t for t in scene.doc[first:end] if not first <= t.head.i < end or t.head == t)
    return any(map(tells_this, inside))


def _cues_of_quotations(scene: Scene, ruled: Sequence[Attribution]) -> bytearray:
    """Return 1 for each code point of the text at which the cue of a quotation begins, else 0."""
    begins = {stretch.span.start for stretch in scene.quoted}
    cues = bytearray(len(scene.article.text))
    for one in ruled:
        if one.cue is not None and one.content[0].start in begins:
            cues[one.cue.start] = 1
    return cues


def _retells(scene: Scene, one: Scored, cues: bytearray) -> bool:
    """Tell whether a medium only passes on a quotation and its cue: '[Li added: "A"], according to RIA'.

    ``cues`` are those of quotations.
    """
    if scene.doc[one.cue].lower_ != "according":
        return False
    return any(_holds(cues, span) for span in one.content)


def _leads_to_saying(scene: Scene, one: Scored, same_cue: Mapping[int, int]) -> bool:
    """Tell whether a cue only leads to a rule's: "Lee was [quoted] by RIA as saying A".

    ``same_cue`` tells by which cue, a token, which rule reports.
    """
    cue = scene.doc[one.cue]
    links = (t for t in cue.rights if t.lower_ == "as") if is_passive(cue) else ()
    return any(t.dep_ == "pcomp" and t.i in same_cue for link in links for t in link.rights)


def _is_guess_in_heading(scene: Scene, one: Scored) -> bool:
    """Tell whether the scorer alone makes a cue of a verb that reports nothing, in a heading's clipped words.

    Or a speaker of what the heading is about: 'Dispute over [heat pumps]: "A"'.
    """
    paragraph = scene.article.paragraphs[scene.paragraph_of[one.cue]]
    word = scene.doc[one.cue]
    if one.ruled is not None or paragraph.kind != "heading":
        return False
    if word.text == ":" and one.source is not None:
        noun = scene.doc[one.source]
        return noun.dep_ == "pobj" and noun.head.lower_ in _OF_MATTERS and noun.ent_type_ != "PERSON"
    return is_verb(word) and verb_reporting(word) is None and noun_reporting(word) is None


def _beside_source(one: Attribution) -> Attribution:
    """Leave out each piece of content that holds its source: '"[The statement] showed him at his worst."'."""
    source = one.source
    beside = tuple(span for span in one.content if source is None or not span.overlaps(source))
    return replace(one, content=beside)


def _outermost(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Leave out words in marks that a report has with their verb: 'said he fell, but [had seen "A"]'."""
    told = covered(text, (one for one in found if one.rule != "quoted-words"))
    return [one for one in found if one.rule != "quoted-words" or not _is_told_whole(told, one)]


def _is_told_whole(told: bytearray, one: Attribution) -> bool:
    spans = [*one.content, *([one.cue] if one.cue is not None else [])]
    return all(told.find(0, span.start, span.end) < 0 for span in spans)


def _apart(text: str, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions, the surest first, without those that broken marks made overlap a surer one."""
    said = bytearray(len(text))
    for one in found:
        if one.content and not any(_holds(said, span) for span in one.content):
            for span in one.content:
                said[span.start : span.end] = b"\1" * (span.end - span.start)
            yield one


def _names_speaker(one: Attribution, sources: Mapping[Span | None, Span]) -> bool:
    """Tell whether content is but whom a rule credits by the same cue: '"A," said [the mayor to us]'.

    ``sources`` are those of such rules, by cue.
    """
    source = sources.get(one.cue)
    return source is not None and any(span.overlaps(source) for span in one.content)


def _taken(text: str, every: Iterable[Attribution]) -> bytearray:
    """Return 1 for each code point of the text that is content or cue of one of the attributions, else 0."""
    every = list(every)
    taken = covered(text, every)
    for cue in (one.cue for one in every if one.cue is not None):
        taken[cue.start : cue.end] = b"\1" * (cue.end - cue.start)
    return taken


def _holds(marked: bytearray, span: Span) -> bool:
    """Tell whether one of the code points of the span is marked."""
    return marked.find(1, span.start, span.end) >= 0


def _completed(
    scene: Scene, every: Sequence[Scored], found: Sequence[Attribution], ruled: Sequence[Attribution]
) -> list[Attribution]:
    """Leave what goes on beyond the cue's paragraph to the rules, which follow marks from one to the next.

    Only the pieces beside the cue are the scorer's; to them come those of the rule that agrees.
    """
    beside = [
        _beside(scene, one.cue, attribution.content) for one, attribution in zip(every, found, strict=True)
    ]
    taken = bytearray(len(scene.article.text))
    for span in (span for content in beside for span in content):
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    out = []
    for one, attribution, content in zip(every, found, beside, strict=True):
        rule = () if one.ruled is None else ruled[one.ruled].content
        more = [span for span in rule if not _holds(taken, span)]
        out.append(replace(attribution, content=tuple(sorted((*content, *more)))))
    return out


def _beside(scene: Scene, cue: int, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the pieces that begin in the paragraph of the cue, or the first one if none does."""
    paragraph = scene.paragraph_of[cue]
    near = tuple(span for span in content if scene.paragraph_of[scene.tokens(span)[0]] == paragraph)
    return near or content[:1]


def _stands_alone(scene: Scene, one: Attribution) -> bool:
    """Tell whether a rule is sure enough alone: by itself, or where it has words between marks."""
    if one.rule in BEYOND or one.confidence >= SURE_RULE:
        return True
    if one.rule not in SURE_OF_MARKS or one.mode == "thought" or one.cue is None:
        return False
    word = scene.doc[scene.tokens(one.cue)[1] - 1]
    if not any(i in scene.edges for span in one.content for i in range(*scene.tokens(span))):
        return False
    if one.rule == "noun-clause":
        return is_owned(word)
    head = subject(word)
    thing = head is None or (head.tag_ in {"NN", "NNS", "PRP"} and not may_speak(head))
    return not thing and (word.tag_, word.dep_) not in {("VBG", "pcomp"), ("VBN", "acl")}


def _fills_paragraph(scene: Scene, one: Attribution) -> bool:
    """Tell whether a paragraph is nothing but words in quotation marks, as an interview's answers are."""
    first, end = scene.tokens(one.content[0])
    if one.rule != "unattributed" or first >= end:
        return False
    paragraph = scene.article.paragraphs[scene.paragraph_of[first]]
    return paragraph.kind == "body" and paragraph.span == one.content[0] and end - first >= LEAST_ALONE


def _on_topic(scene: Scene, one: Attribution) -> bool:
    """Tell whether only what is spoken of leads in to words between marks: 'On the loss: "A"'."""
    colon = scene.tokens(one.content[0])[0] - 1
    led = one.rule == "unattributed" and colon > 0 and scene.doc[colon].text == ":"
    return led and topic_before(scene, colon) is not None


def _attribution(
    scene: Scene,
    scored: Scored,
    ruled: Sequence[Attribution],
    same_cue: int | None,
    beyond: Mapping[Span, Attribution],
) -> Attribution:
    """Turn tokens into spans: the cue's verb group, the source's noun phrase.

    ``same_cue`` is the index of the rules' attribution by the same cue, whatever it says; for ``beyond`` see
    ``_credited_otherwise``.
    """
    word, head = _credited(scene, scored)
    cue = cue_range(scene, word)
    said = [span for span in scored.content if not is_aside(scene, cue, span)] or [*scored.content]
    if only_dates(scene, cue, said):
        said = said[1:]
    if scene.tokens(said[0])[0] < cue[0]:
        put = puts(scene, said[0], scene.doc[word])
        said = said[:1] if put else [said[0], *(span for span in said[1:] if not runs_on(scene, cue, span))]
    content = tuple(
        ended(scene, prolonged(scene, cue, whole(scene, begun(scene, cue, span)))) for span in said
    )
    content = (from_whole_word(scene, cue, content[0]), *content[1:])
    if same_cue is not None:
        content = _before_next_report(scene.article.text, content, *ruled[same_cue : same_cue + 2])
    heading = scene.article.paragraphs[scene.paragraph_of[scored.cue]].kind == "heading"
    guessed = scored.ruled is None and (head is None or heading)
    reason = _credited_otherwise(content, beyond, heading=heading and head is not None) if guessed else None
    reason = reason if scored.ruled is None else ruled[scored.ruled]
    rule = ruled[same_cue] if same_cue is not None else None
    if reason is None and rule is not None and (_has_subject(scene.doc[word], head, rule, content)):
        reason = rule
    if reason is None and rule is not None and head is not None and _passes_by(head, rule):
        reason = rule
    if reason is not None and reason.rule == "noun-is":
        content = reason.content
    return Attribution(
        content=content,
        cue=scene.span(*cue),
        source=reason.source if reason else source_span(scene, head, avoid=cue),
        rule=reason.rule if reason else scored.rule,
        confidence=scored.confidence,
        mode=reason.mode if reason else mode_of(scene, scored),
    )


def _has_subject(verb: Token, head: Token | None, rule: Attribution, content: Sequence[Span]) -> bool:
    """Tell whether a verb in the active has a subject that a rule credits, where the scorer has nobody."""
    if head is not None or rule.source is None or not is_verb(verb) or is_passive(verb):
        return False
    found = own_subject(verb) or verb.doc[max(0, verb_group(verb)[0] - 1)]
    credited = found.lower_ != "it" and rule.source.start <= found.idx < rule.source.end
    return credited and rule.content[0].overlaps(content[0])


def _passes_by(head: Token, rule: Attribution) -> bool:
    """Tell whether a noun stands between a cue and whom a rule credits: '"A," said to [us] the mayor'.

    Or is but where that one, right after the cue, is from: '"A," says Lee (42) from [Hull]'.
    """
    if rule.rule not in BESIDE or rule.cue is None or rule.source is None:
        return False
    beside = rule.cue.end + 1 == rule.source.start and rule.source.end <= head.idx
    origin = beside and head.dep_ == "pobj" and head.head.lower_ in {"from", "of"}
    return origin or rule.cue.end <= head.idx < rule.source.start


def _credited(scene: Scene, scored: Scored) -> tuple[int, Token | None]:
    """Return the cue and the head of its source, past the medium that only quotes somebody.

    Handles: '"A," RIA quotes Ann Lee', 'Ann Lee responded, according to the report, "A"'.
    """
    cue = scene.doc[scored.cue]
    head = None if scored.source is None else _past_owner(_whose_part(scene.doc[scored.source]), cue)
    heard = head is not None and (is_hearer(head) or _is_told(head, cue) or _is_addressed(head, cue))
    head = None if heard else name_before_misread(cue) or head
    head = head if head is None else _who_is_that(head, cue)
    topic = topic_before(scene, cue.i) if cue.text == ":" else None
    spoken_of = head is not None and topic is not None and topic[0] <= head.i < topic[1]
    head = None if spoken_of or _is_answer(scene, scored) else head
    if lets_know(cue) is not None:
        return scored.cue, subject(cue)
    whom = quoted_whom(cue) or (relayed_whom(cue, head) if head is not None else None)
    if whom is not None and not any(span.start <= whom.idx < span.end for span in scored.content):
        return scored.cue, whom
    after = all(scene.tokens(span)[0] > cue.i for span in scored.content)
    if cue.lower_ == "according" and after and cue.head.i < cue.i and is_verb(cue.head):
        speaker = own_subject(cue.head) if verb_reporting(cue.head) else None
        return (cue.head.i, speaker) if speaker is not None else (scored.cue, head)
    return scored.cue, head


def _whose_part(head: Token) -> Token:
    """Return the name before "for his part" that the tagger took for no noun, else the head itself."""
    before = head.i - 2
    part = head.tag_ == "PRP$" and head.head.lower_ == "part" and before >= 0
    return head.doc[before] if part and head.nbor(-1).lower_ == "for" else head


def _past_owner(head: Token, cue: Token) -> Token:
    """Return the noun beyond an owner that the parser took for the subject: "Lee's vice-[chair] said"."""
    noun = cue.nbor(-1) if cue.i else cue
    owned = head.i + 1 < noun.i < head.i + FARTHEST_OWNED and head.nbor().tag_ == "POS"
    parts = head.doc[head.i + 2 : cue.i] if owned else ()
    plain = all(t.tag_ in {"NN", "JJ", "HYPH", "AFX", "NNP"} for t in parts)
    return noun if owned and plain and noun.lower_ in person_nouns() else head


def _who_is_that(head: Token, cue: Token) -> Token:
    """Return the subject that a noun only describes, else the noun: "[Ann Lee], head of the agency, says".

    Or the holder of a post whose name stands beyond the verb.
    """
    first = own_subject(cue) if is_verb(cue) else None
    if first is not None and head != first and goes_with(head, first):
        return first
    named = named_before_role(head) or named_after(cue, head)
    if named is not None:
        return named
    above, described = head, False
    for _ in range(LONGEST_DESCRIPTION):
        if above.dep_ == "nsubj":
            return above if described and above.head == cue else head
        if above.dep_ not in {"appos", "pobj", "poss", "prep"}:
            break
        described = described or above.dep_ == "appos"
        above = above.head
    return head


def _is_answer(scene: Scene, scored: Scored) -> bool:
    """Tell whether words answer the question that the cue reports: 'Voss asked whose. "Mine."'."""
    cue, first = scene.doc[scored.cue], scene.tokens(scored.content[0])[0]
    apart = cue.i < first and scene.sentences[cue.i][1] <= first and scene.doc[first - 1].text != ":"
    return apart and cue.lower_ in ASKS


def _before_next_report(
    text: str, content: tuple[Span, ...], mine: Attribution, after: Attribution | None = None
) -> tuple[Span, ...]:
    """Cut off what is said next: 'said [they expected none] but warned residents', 'while others said'.

    So what another has put between marks: 'The authors suggest [it sleeps] – "a nap," as Lee puts it'.
    """
    if len(content) != 1 or len(mine.content) != 1 or content[0].start != mine.content[0].start:
        return content
    cue, stop = after.cue if after is not None else None, mine.content[0].end
    if after is not None and after.rule == "cue-after" and after.source != mine.source:
        said = after.content[0]
        if stop <= said.start < said.end <= content[0].end:
            return mine.content
    if after is None or cue is None or not stop <= cue.start < content[0].end:
        return content
    if after.rule == "quoted-words" and cue.of(text).startswith("had "):
        return content
    link = text[stop : cue.start].lstrip(" ,").split(" ", 1)[0]
    return mine.content if after.source == mine.source or link in CONTRASTS else content


def _credited_otherwise(
    content: Sequence[Span], beyond: Mapping[Span, Attribution], *, heading: bool
) -> Attribution | None:
    """Return a rule's attribution of the same words, with a source that the scorer lacks.

    ``beyond`` are those of the rules ``BEYOND`` the scorer, by their first words. ``heading``: only what
    headings have a form for, where the scorer's source is but a guess.
    """
    same = (beyond[span] for span in content if span in beyond)
    return next((one for one in same if not heading or one.rule == "headline-colon"), None)


def _is_told(head: Token, cue: Token) -> bool:
    """Tell whether a noun is who hears it, another the subject: '"A," Ann Lee told [The Ledger]'.

    Or it is but told: "[Ann Lee], told that it was over, left".
    """
    if is_put_to(cue):
        return head != agent(cue)
    speaker = own_subject(cue) if cue.lower_ in TOLD and head.i > cue.i else None
    return speaker is not None and head.head == cue and head.dep_ in {"dobj", "dative"}


def _is_addressed(head: Token, colon: Token) -> bool:
    """Tell whether a label names whom somebody speaks to: 'Ann Lee to the minister, [Ola Lund]: "A"'."""
    label = takewhile(
        lambda t: not is_verb(t), reversed(colon.doc[max(0, colon.i - LONGEST_LABEL) : colon.i])
    )
    to = next((t for t in label if t.lower_ == "to" or t.is_sent_start), None) if colon.text == ":" else None
    return to is not None and to.lower_ == "to" and head.i > to.i > 0 and to.nbor(-1).tag_ == "NNP"


def is_hearer(head: Token) -> bool:
    """Tell whether a pronoun is of whom somebody speaks to, or a noun of where: 'Then, to [me]: "A"'.

    So '"A," said on [the radio]', where the subject is lost.
    """
    leads = head.head
    where = head.dep_ == "pobj" and leads.lower_ in WHERE and leads.i == leads.head.i + 1
    lost = where and leads.head.lower_ in {"said", "says"} and own_subject(leads.head) is None
    return lost or (head.tag_ == "PRP" and head.dep_ == "pobj" and leads.lower_ == "to")


def cue_range(scene: Scene, token: int) -> Range:
    """Return the tokens of the cue at ``token``: the verb with its auxiliaries, or "according to" whole."""
    word = scene.doc[token]
    if word.lower_ == "according" and token + 1 < len(scene.doc) and scene.doc[token + 1].lower_ == "to":
        return token, token + 2
    return verb_group(word)


def mode_of(scene: Scene, scored: Scored) -> Mode:
    """Tell speech, writing and thought apart by the lexicon; an unknown cue speaks if it quotes."""
    word = scene.doc[scored.cue]
    known = verb_reporting(word) or noun_reporting(word) or reporting_verb(lemma(word.text, "VBZ"))
    if known is not None:
        return known.mode
    says = word.lower_ in {"according", ":"}
    return "thought" if scored.rule == "scored-clause" and not says else "speech"


def _touches(one: Attribution, other: Attribution) -> bool:
    """Tell whether the content shares words with the content, or holds the cue, of another."""
    theirs = [*other.content, *([other.cue] if other.cue else [])]
    return any(span.overlaps(their) for span in one.content for their in theirs)


def _resumed(scene: Scene, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Make a quotation in a sentence of its own, after a report without any, an attribution of its own.

    'The mayor said it would close. "They have no money."': the first is the writer's wording, the second is
    the mayor's, to be printed as such.
    """
    marked = {stretch.span for stretch in scene.quoted}
    parted = [(one, _quoted_after(scene, one, marked)) for one in found]
    places = list(accumulate((1 + bool(later) for _, later in parted), initial=0))
    for (one, later), place in zip(parted, places, strict=False):
        follows = None if one.follows is None else places[one.follows]
        reported = one.content[: len(one.content) - len(later)]
        rule = "scored-clause" if later and one.rule == "scored-mixed" else one.rule
        yield replace(one, content=reported, rule=rule, follows=follows)
        heard = who_hears(scene, one) if later else None
        if heard is not None:
            yield replace(one, content=later, cue=None, source=heard, rule="introduced", follows=None)
        elif later:
            yield replace(one, content=later, cue=None, rule="follow-on", follows=place)


def _quoted_after(scene: Scene, one: Attribution, marked: Set[Span]) -> tuple[Span, ...]:
    """Return the pieces that are quotations in sentences after the cue's, if no piece before them is any.

    ``marked`` are the spans of all quotations.
    """
    first = next((i for i, span in enumerate(one.content) if span in marked), 0)
    if not first or one.cue is None:
        return ()
    said = [scene.tokens(span) for span in one.content]
    between = scene.doc[max(said[first - 1][1], scene.tokens(one.cue)[1]) : said[first][0]]
    narrated = any(scene.inside[i] >= 0 for begin, end in said[:first] for i in range(begin, end))
    return one.content[first:] if not narrated and any(t.text in CLOSERS for t in between) else ()


def _in_order(found: Sequence[Attribution], ruled: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Sort by content, and lead each attribution that follows another back to what became of that one."""
    ordered = sorted(found, key=lambda one: one.content)
    out = []
    for place, one in enumerate(ordered):
        follows = None
        if one.follows is not None:
            earlier = ruled[one.follows]
            follows = next((i for i in range(place) if _touches(earlier, ordered[i])), None)
        out.append(replace(one, follows=follows))
    return tuple(out)
