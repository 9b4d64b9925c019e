"""Words set off below a line that says whose they are, their marks or indentation lost: "She wrote:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extraction.cues import is_main, is_verb, verb_group, verb_reporting
from service.extraction.lexicon import ADDRESSING, FIRST_PERSON
from service.extraction.models import Mode, Span
from service.extraction.rules.before import leading_verbs, whose_statements
from service.extraction.rules.beside import last_token, sentence_before, strong
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import Scene, words
from service.extraction.sources import source_span
from service.extraction.subjects import reported_subject

LEAST = 4
"""Fewest words of a block."""

SHORT = 4
"""Most words of a greeting or a thank-you in a statement."""

LONGEST_STATEMENT = 40
"""Most paragraphs of a statement."""

FARTHEST_ISSUE = 40
"""Tokens before the colon in which the verb stands: "released the following statement on its page:"."""

_ISSUES = frozenset({"issued", "made", "posted", "published", "released", "shared"})
_STATEMENTS = frozenset({"announcement", "apology", "letter", "message", "notice", "post", "statement"})

FAR = 12
"""Most words from the reporting verb to the colon: "wrote on the company's blog on Tuesday:"."""

_BULLET = re.compile(r"[-–—•*▪>]\s*")
_MAIL = re.compile(
    r"On (?:[^\n<>]{3,60}?),? (?P<name>(?![AP]M\b)[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})"
    r"(?: <[^<>\n]{3,80}>)? (?P<cue>wrote):"
)
"""The line over what a mail answers: "On Mon, Oct 12, 2026 at 9:14 AM Ann Lee <ann@example.org> wrote:"."""

_ENDED = re.compile(r"[.!?…][)\]]?$")


def blocks(scene: Scene) -> Iterator[Candidate]:
    """Yield the paragraph below one that ends with a reporting clause and a colon, both without marks.

    Handles: "Biz Roe wrote:" and below "Nevertheless, publishing it was wrong.", as a page prints it whose
    block quotation was scraped. Also the list below "The highlights of Roe's statements are as follows:".
    The paragraph must be one or more sentences, as a list's lines are not.
    """
    for i, paragraph in enumerate(scene.article.paragraphs[:-1]):
        text = scene.article.text
        mail = _MAIL.fullmatch(text, paragraph.span.start, paragraph.span.end)
        if mail is not None:
            if content := tuple(_answered(scene, i + 1)):
                yield Candidate(
                    "block", content, Span(*mail.span("cue")), Span(*mail.span("name")), "writing"
                )
            continue
        if paragraph.kind != "body" or not text.startswith(":", paragraph.span.end - 1):
            continue
        issued = _issued(scene, i)
        stated = tuple(_stated(scene, i + 1)) if issued is not None else ()
        if issued is not None and stated:
            yield Candidate("block", stated, *issued, "writing")
            continue
        block = _block(scene, i + 1)
        told = block is not None and _in_first_person(scene, block)
        before = _lead(scene, i, told=told) if block is not None else None
        if block is not None and before is not None:
            cue, source, mode = before
            yield Candidate("block", (block, *_listed(scene, i + 1)), cue, source, mode)


def _issued(scene: Scene, index: int) -> tuple[Span | None, Span] | None:
    """Return cue and source of a statement that follows: "[Norbank] [released] the following post:"."""
    first, end = scene.paragraphs[index]
    verbs = (
        t for t in scene.doc[max(first, end - FARTHEST_ISSUE) : end] if t.lower_ in _ISSUES and is_main(t)
    )
    verb = next(verbs, None)
    objects = [t for t in verb.rights if t.dep_ == "dobj"] if verb is not None else []
    head = reported_subject(verb) if verb is not None else None
    if verb is None or head is None or not any(t.lower_ in _STATEMENTS for t in objects):
        return None
    source = source_span(scene, head, avoid=(verb.i, verb.i + 1))
    return (scene.span(*verb_group(verb)), source) if source is not None else None


def _stated(scene: Scene, first: int) -> Iterator[Span]:
    """Yield the paragraphs of a statement: the first one and those after it that "we" or "I" says.

    A short one is part of it, too: "Thank you.", "Hello.".
    """
    spoke = False
    for i in range(first, min(len(scene.article.paragraphs), first + LONGEST_STATEMENT)):
        paragraph, inside = scene.article.paragraphs[i], scene.doc[slice(*scene.paragraphs[i])]
        own = any(t.lower_ in FIRST_PERSON for t in inside)
        spoke = spoke or own
        short = len(words(inside)) <= SHORT
        if paragraph.kind == "furniture" or scene.stretches_of[i] or not (own or short or i == first):
            break
        if i - first > 1 and not spoke:
            break
        yield paragraph.span


def _listed(scene: Scene, first: int) -> Iterator[Span]:
    """Yield the blocks after the ``first`` one that are further items of one list: "– A", "– B"."""
    text = scene.article.text
    for i in range(first, len(scene.article.paragraphs)):
        start = scene.article.paragraphs[i].span.start
        block = _block(scene, i) if _BULLET.match(text, start) else None
        if block is None:
            return
        if i > first:
            yield block


def _answered(scene: Scene, first: int) -> Iterator[Span]:
    """Yield the lines of a mail from ``first`` on that begin with ">", without it."""
    text = scene.article.text
    for paragraph in scene.article.paragraphs[first:]:
        sign = _BULLET.match(text, paragraph.span.start, paragraph.span.end)
        if sign is None or sign[0][0] != ">":
            return
        if sign.end() < paragraph.span.end and paragraph.kind != "furniture":
            yield Span(sign.end(), paragraph.span.end)


def _block(scene: Scene, index: int) -> Span | None:
    """Return the words of a paragraph that is whole sentences without marks, and no turn of its own."""
    paragraph = scene.article.paragraphs[index]
    first, end = scene.paragraphs[index]
    inside = scene.doc[first:end]
    marked = bool(scene.stretches_of[index]) or any(i in scene.edges for i in range(first, end))
    verbs = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in inside)
    if paragraph.kind != "body" or marked or not verbs or len(words(inside)) < LEAST:
        return None
    said = paragraph.span.of(scene.article.text)
    if not _ENDED.search(said) or ":" in said[:40]:
        return None
    bullet = _BULLET.match(said)
    return Span(paragraph.span.start + (bullet.end() if bullet else 0), paragraph.span.end)


def _in_first_person(scene: Scene, block: Span) -> bool:
    return any(token.lower_ in FIRST_PERSON for token in scene.doc[slice(*scene.tokens(block))])


def _lead(scene: Scene, index: int, *, told: bool) -> tuple[Span | None, Span, Mode] | None:
    """Return the cue, the source and the mode of a paragraph's last sentence, if it leads in to words.

    What is ``told`` in the first person may follow a verb with an object, too: "has praised the officers:".
    """
    first, end = scene.paragraphs[index]
    mark = last_token(scene, (first, end))
    if mark is None or mark.text != ":":
        return None
    sentence = sentence_before(scene, (first, mark.i))
    main = [t for t in scene.doc[slice(*sentence)] if told and is_verb(t) and is_main(t)]
    quoted = _read_out(scene, mark.i)
    if quoted is not None:
        return quoted
    owner = whose_statements(words(scene.doc[slice(*sentence)]))
    whose = source_span(scene, owner) if owner is not None else None
    if whose is not None:
        return scene.span(mark.i, mark.i + 1), whose, "speech"
    for verb in [*leading_verbs(scene, sentence), *main]:
        says = strong(verb) or (told and verb_reporting(verb) is not None)
        head = reported_subject(verb) if says and mark.i - verb.i <= FAR else None
        source = source_span(scene, head, avoid=(verb.i, verb.i + 1)) if head is not None else None
        heard = verb.lower_ in ADDRESSING or told
        if source is not None and (heard or not any(t.dep_ == "dobj" for t in verb.rights)):
            known = verb_reporting(verb)
            return scene.span(*verb_group(verb)), source, known.mode if known else "speech"
    return None


def _read_out(scene: Scene, colon: int) -> tuple[Span | None, Span, Mode] | None:
    """Return cue, source and mode of a lead in to what a document says: "The letter reads in part:"."""
    for verb in scene.doc[max(0, colon - 3) : colon]:
        how = scene.doc[verb.i + 1 : colon].text.lower()
        head = reported_subject(verb) if verb.lower_ in {"reads", "read"} else None
        source = source_span(scene, head, avoid=(verb.i, verb.i + 1)) if head is not None else None
        if source is not None and how in {"", "in part", "as follows"}:
            return scene.span(verb.i, verb.i + 1), source, "writing"
    return None
