"""Quotations between marks whose cue stands beside them: before, after, or between two halves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from service.extraction.cues import in_relative_clause, is_verb, verb_group, verb_reporting
from service.extraction.models import Mode, Span
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import CLOSERS, Range, Scene, is_punctuation
from service.extraction.sources import own_subject, source_span, subject

REACH = 60
"""Words on either side of a quotation among which its cue is looked for."""

DASHES = frozenset({"-", "–", "—", "―", "--"})
OPENS_SPEECH = frozenset({",", ":", ";", "(", "…", "...", "[", "|"}) | DASHES | CLOSERS


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue beside a quotation, and whom it credits."""

    rule: str
    span: Span | None
    source: Span | None
    mode: Mode = "speech"
    sure: float = 1.0


def direct(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for every quotation that has a cue beside it, paragraph by paragraph."""
    for paragraph, stretches in enumerate(scene.stretches_of):
        if stretches and scene.readable(paragraph):
            yield from _in_paragraph(scene, scene.paragraphs[paragraph], stretches)


def _in_paragraph(scene: Scene, paragraph: Range, stretches: list[int]) -> Iterator[Candidate]:
    last: Candidate | None = None
    open_gap = False
    for place, index in enumerate(stretches):
        before, after = gaps(scene, paragraph, stretches, place)
        found = cue_after(scene, index, after)
        if last is not None and open_gap and found is None and goes_on(scene, before):
            last = replace(last, content=(*last.content, scene.quoted[index].span))
            open_gap = False
            continue
        whole = is_whole(scene, index, before)
        content = scene.quoted[index].span
        open_gap = found is not None
        if found is not None and not whole:
            content = with_lead(scene, content, before)
        if found is None and whole:
            found = cue_before(scene, index, before)
        if found is not None:
            if last is not None:
                yield last
            last = Candidate(found.rule, (content,), found.span, found.source, found.mode, found.sure)
    if last is not None:
        yield last


def gaps(scene: Scene, paragraph: Range, stretches: list[int], place: int) -> tuple[Range, Range]:
    """Return the narrator's words before and after a stretch, up to its neighbours in the paragraph."""
    first, end = scene.ranges[stretches[place]]
    start = scene.ranges[stretches[place - 1]][1] if place else paragraph[0]
    stop = scene.ranges[stretches[place + 1]][0] if place + 1 < len(stretches) else max(paragraph[1], end)
    return (start, first), (end, stop)


def is_whole(scene: Scene, index: int, before: Range) -> bool:
    """Tell whether the quotation stands by itself, rather than as words of the narrator's sentence."""
    previous = last_token(scene, before)
    if previous is None:
        return True
    inner = scene.quoted[index].inner.of(scene.article.text).strip()
    opens = inner[:1].isupper() or not inner[:1].isalpha()
    if previous.text == ",":
        return opens or len(inner.split()) > 3
    if previous.text in OPENS_SPEECH:
        return True
    verb = previous if is_verb(previous) else previous.head
    adjoins = is_verb(verb) and verb_reporting(verb) is not None and before[0] <= verb.i
    return (
        opens
        and adjoins
        and previous.dep_
        in {
            "ROOT",
            "dobj",
            "advcl",
            "conj",
            "relcl",
            "ccomp",
            "xcomp",
            "acl",
            "npadvmod",
            "pobj",
            "dative",
            "parataxis",
        }
    )


def last_token(scene: Scene, gap: Range) -> Token | None:
    """Return the last token of a gap that is not white space."""
    for i in range(gap[1] - 1, gap[0] - 1, -1):
        if not scene.doc[i].is_space:
            return scene.doc[i]
    return None


def with_lead(scene: Scene, content: Span, before: Range) -> Span:
    """Extend content over the words of its own sentence before the marks: 'The plan "is dead," he said'."""
    first = before[1]
    while (
        first > before[0] and scene.doc[first - 1].text not in CLOSERS and not scene.doc[first - 1].is_space
    ):
        first -= 1
    return Span(scene.doc[first].idx, content.end) if first < before[1] else content


def clause_after(scene: Scene, after: Range) -> list[Token]:
    """Return the narrator's tokens after a quotation up to the end of their sentence."""
    found: list[Token] = []
    for token in scene.narrated(after[0], min(after[1], after[0] + REACH)):
        if token.text in CLOSERS and found:
            break
        found.append(token)
    return found


def cue_after(scene: Scene, index: int, after: Range) -> Cue | None:
    """Find the cue that follows: '"A," she said', '"A," said Daniel Fried', '"A," according to X', '"A" — X'."""
    tokens = clause_after(scene, after)
    words = [token for token in tokens if not is_punctuation(token)]
    if not words:
        return None
    inner = scene.quoted[index].inner.of(scene.article.text).rstrip()
    ending = inner[-1:]
    comma = ending == "," or tokens[0].text == ","
    dash = tokens[0].text in DASHES
    if ending == "." and not words[0].text[0].islower() and not dash:
        return None
    if tokens[0].text in {":", ";", "."}:
        return None
    if words[0].lower_ == "according":
        return according(scene, words[0])
    for token in words:
        if is_verb(token) and may_be_cue(scene, token, after, eager=comma or ending in "?!"):
            head = own_subject(token)
            if head is None or scene.inside[head.i] >= 0 or not after[0] <= head.i < after[1]:
                head = nearby_nominal(words, token)
            if head is None:
                continue
            group = verb_group(token)
            known = verb_reporting(token)
            return Cue(
                "cue-after",
                scene.span(*group),
                source_span(scene, head, avoid=group),
                known.mode if known else "speech",
                1.0 if known else 0.7,
            )
    if dash and len(words) <= 12:
        return Cue(
            "dash-credit", scene.span(tokens[0].i, tokens[0].i + 1), source_span(scene, name_head(words))
        )
    return None


def may_be_cue(scene: Scene, verb: Token, gap: Range, *, eager: bool) -> bool:
    """Tell whether a verb beside a quotation may be its cue; ``eager`` where the marks say that one is due."""
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"} or in_relative_clause(verb):
        return False
    known = verb_reporting(verb)
    if known is None:
        return eager and own_subject(verb) is not None and gap[0] <= own_subject(verb).i  # type: ignore[union-attr]
    return eager or known.frames != frozenset({"quote"}) or own_subject(verb) is not None


def nearby_nominal(words: list[Token], verb: Token) -> Token | None:
    """Return the head of the nominal right before or, inverted, right after a verb, where the parse fails."""
    before = [t for t in words if t.i < verb.i and t.tag_ in {"NN", "NNS", "NNP", "NNPS", "PRP"}]
    if before:
        return before[-1]
    for token in (t for t in words if t.i > verb.i):
        if token.tag_ in {"NN", "NNS", "NNP", "NNPS", "PRP"} and token.dep_ not in {
            "compound",
            "nmod",
            "poss",
        }:
            return token
    return None


def name_head(words: list[Token]) -> Token:
    """Return the head of a name that stands alone."""
    inside = {t.i for t in words}
    return next((t for t in words if t.head.i not in inside or t.head is t), words[0])


def according(scene: Scene, cue: Token) -> Cue | None:
    """Return the cue "according to" with the noun phrase that it governs."""
    end = cue.i + 1
    if end < len(scene.doc) and scene.doc[end].lower_ == "to":
        end += 1
    head = next((t for i in range(cue.i, end) for t in scene.doc[i].rights if t.dep_ == "pobj"), None)
    if head is None:
        return None
    return Cue("according-to", scene.span(cue.i, end), source_span(scene, head, avoid=(cue.i, end)))


def sentence_before(scene: Scene, before: Range) -> Range:
    """Return the part of a gap that is one sentence with the quotation after it."""
    first = before[1]
    least = max(before[0], before[1] - REACH)
    while first > least and scene.doc[first - 1].text not in CLOSERS and not scene.doc[first - 1].is_space:
        first -= 1
    return first, before[1]


def cue_before(scene: Scene, index: int, before: Range) -> Cue | None:
    """Find the cue that leads in: 'she said, "A"', 'he told reporters: "A"', 'adding: "A"', 'The mayor: "A"'."""
    first, end = sentence_before(scene, before)
    last = last_token(scene, (first, end))
    if last is None or last.text in {"(", "["} | DASHES:
        return None
    verbs = [
        t for t in scene.doc[first:end] if is_verb(t) and verb_reporting(t) and t.dep_ not in {"aux", "amod"}
    ]
    best = next((v for v in reversed(verbs) if not in_relative_clause(v)), verbs[-1] if verbs else None)
    if best is not None:
        head = subject(best)
        if head is not None and scene.inside[head.i] < 0:
            group = verb_group(best)
            known = verb_reporting(best)
            return Cue(
                "cue-before",
                scene.span(*group),
                source_span(scene, head, avoid=group),
                known.mode if known else "speech",
            )
    return colon(scene, (first, end), last) if last.text == ":" else None


def colon(scene: Scene, sentence: Range, mark: Token) -> Cue | None:
    """Credit what follows a colon to the subject of the sentence before it, or to the name that it is."""
    tokens = [t for t in scene.doc[sentence[0] : sentence[1]] if not is_punctuation(t)]
    if not tokens:
        return None
    verbs = [t for t in tokens if is_verb(t) and own_subject(t) is not None]
    head = own_subject(verbs[0]) if verbs else name_head(tokens)
    return Cue(
        "colon",
        scene.span(mark.i, mark.i + 1),
        source_span(scene, head, avoid=(mark.i, mark.i + 1)),
        sure=0.9 if verbs else 1.0,
    )


def goes_on(scene: Scene, gap: Range) -> bool:
    """Tell whether a gap holds the cue's clause alone, so that the words after it belong to those before it."""
    ends = 0
    for token in scene.narrated(*gap):
        if ends:
            return False
        ends += token.text in CLOSERS
    last = last_token(scene, gap)
    verbs = [t for t in scene.narrated(*gap) if is_verb(t) and verb_reporting(t) is not None]
    return last is not None and not (last.text == ":" and len(verbs) > 1)
