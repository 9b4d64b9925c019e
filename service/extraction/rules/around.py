"""Content on either side of its cue: "The plan, he said, failed", "A, according to B", "As he said, A"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Token

from service.extraction.asides import sequel
from service.extraction.contents import content_span, only_dates, passes_on, wants_more
from service.extraction.cues import in_relative_clause, is_verb, lets_know, verb_group, verb_reporting
from service.extraction.edges import past_name
from service.extraction.governed import WH
from service.extraction.lexicon import ADDRESSING, COPULAS, person_nouns
from service.extraction.models import Span
from service.extraction.narration import is_asked, runs_on
from service.extraction.relaying import cited_person, inner_report, quoted_before, relays
from service.extraction.rules.beside import Beside, according, governs_clause, in_words_of, named, somebody
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.inverted import marked_body
from service.extraction.rules.misread import adjoining_name, inverted_name
from service.extraction.scene import CLOSERS, DASHES, FINITE, MARKS, Range, Scene, is_punctuation, words
from service.extraction.sources import name_head, phrase, source_span
from service.extraction.subjects import SUBJECTS, agent, credited_before, own_subject, subject
from service.extraction.unspoken import tells_this

WRITERS = frozenset({"my", "our", "your"})
"""Whose view an article gives as its writer's."""

VIEWS = frozenset({"view", "opinion", "estimation", "words"})
"""What a clause is credited with: "in her view"."""

SURE = frozenset({"adamant", "certain", "confident", "convinced", "sure"})
"""What somebody is whose opinion is told."""

_ANSWERS = frozenset({"reacted", "reacts", "responded", "responds"})
MAX_CLAUSE = 25
"""Most tokens of a cue's clause: "Dr Ola Nkemelu told an interviewer from the BBC in 2011"."""


def parenthetical(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield the clause that the cue's own clause interrupts or ends.

    Handles: "The plan, he said, would fail", "The plan would fail, he said", "The vaccine, says the council,
    is safe", "The plan is dead, say critics", and "The plan is dead, it is said", whose words are nobody's.
    """
    known = verb_reporting(verb)
    if known is None or "clause" not in known.frames or verb.tag_ == "VBG" or relays(verb):
        return
    lost = inverted_name(verb) or adjoining_name(verb)
    head = lost or own_subject(lets_know(verb) or verb)
    if head is None:
        return
    if head.dep_ == "nsubjpass" and head.tag_ != "PRP":
        return
    if head.tag_ in WH or in_relative_clause(verb) or head.lower_ == "that" or (acts(verb) and not lost):
        return
    sentence = scene.sentences[verb.i]
    if governs_clause(verb, sentence) or _relays(verb):
        return
    group = verb_group(verb)
    clause = cue_clause(scene, verb, head, group)
    if clause is None:
        return
    pieces = with_rest(scene, pieces_around(scene, verb, head, clause), clause)
    teller = subject(verb) if head.dep_ == "nsubjpass" else cited_person(verb, head) or head
    source = source_span(scene, teller, avoid=group) if teller is not None else None
    if source is not None and source.start < scene.doc[clause[0]].idx < source.end:
        source = Span(scene.doc[clause[0]].idx, source.end)
    if pieces and not _only_points(scene, pieces[0]) and not only_dates(scene, clause, pieces):
        yield Candidate("parenthetical", pieces, scene.span(*group), source, known.mode)


def _only_points(scene: Scene, piece: Span) -> bool:
    """Tell whether words before a comment are another one, "As he said", of which nothing is reported.

    Or what somebody was asked: 'Asked if it was "a lie", they said no'.
    """
    first, end = scene.tokens(piece)
    inside = scene.doc[first:end]
    if is_asked(scene, (end, end), piece):
        return True
    return len(inside) == 3 and inside[0].lower_ == "as" and inside[1].tag_ == "PRP" and is_verb(inside[2])


def with_rest(scene: Scene, pieces: tuple[Span, ...], clause: Range) -> tuple[Span, ...]:
    """Add the words between marks that a clause still wants: '[It is], says Lee, who leads it, ["A"]'."""
    if len(pieces) != 1 or pieces[0].end > scene.doc[clause[0]].idx:
        return pieces
    first, end = scene.tokens(pieces[0])
    if first >= end or not wants_more(scene.doc[end - 1]):
        return pieces
    stop = min(scene.sentences[clause[0]][1], clause[1] + MAX_CLAUSE)
    opens = next((i for i in range(clause[1], stop) if scene.inside[i] >= 0), None)
    if opens is None or scene.doc[opens - 1].text != ",":
        return pieces
    aside = next((t for t in scene.doc[clause[1] : opens] if not is_punctuation(t)), None)
    rest = content_span(scene, scene.ranges[scene.inside[opens]])
    return pieces if rest is None or (aside is not None and aside.tag_ not in WH) else (*pieces, rest)


def published(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what a body whose name is marked reports: 'The port is closed, reports the portal “Port”'.

    Not 'This was said by the mayor, reports the portal “Port”', which speaks of what stood before.
    """
    known, where = verb_reporting(verb), marked_body(verb)
    if known is None or where is None or known.mode == "thought" or "clause" not in known.frames:
        return
    content = content_span(scene, (scene.sentences[verb.i][0], verb.i - 1))
    if content is not None and not _relays(verb):
        cue = scene.span(verb.i, verb.i + 1)
        yield Candidate("parenthetical", (content,), cue, scene.span(*where), known.mode)


def passed_on(scene: Scene, saying: Token) -> Iterator[Candidate]:
    """Yield what a medium quotes somebody with after it: "The port is closed, RIA quoted Lee as saying"."""
    found = quoted_before(saying)
    medium = own_subject(found[0]) if found is not None else None
    if found is None or medium is None:
        return
    comma = medium.left_edge.i - 1
    content = content_span(scene, (scene.sentences[saying.i][0], max(0, comma)))
    if content is not None and scene.doc[comma].text == "," and scene.inside[comma - 1] < 0:
        cue = (saying.i, saying.i + 1)
        source = source_span(scene, found[1], avoid=(saying.head.i, saying.i + 1))
        yield Candidate("parenthetical", (content,), scene.span(*cue), source)


def carried(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what a medium carries behind who says it: "The port is closed, said Lee, RIA reports"."""
    inner = inner_report(verb)
    if inner is None or scene.inside[inner.comma - 1] >= 0:
        return
    content = content_span(scene, (scene.sentences[verb.i][0], inner.comma))
    known = verb_reporting(scene.doc[inner.cue[0]])
    if content is not None:
        head = name_head(list(scene.doc[slice(*inner.source)]))
        source = source_span(scene, head, avoid=inner.cue)
        mode = known.mode if known is not None else "speech"
        yield Candidate("parenthetical", (content,), scene.span(*inner.cue), source, mode)


def _relays(verb: Token) -> bool:
    """Tell whether a sentence only says who said what stood before: "This was said by Doe, reports RIA".

    Or names another besides: "It sank, as stated by Doe, RIA reports".
    """
    told = [t for t in verb.children if t.dep_ in {"ccomp", "parataxis"}]
    stated = (t for above in [verb, *told] for t in above.children if t.dep_ == "advcl" and t.i < verb.i)
    return any(_credits(t) for t in stated) or any(tells_this(t) for t in [verb.head, *told] if t != verb)


def _credits(verb: Token) -> bool:
    """Tell whether a clause with "as" names who reports something, itself: "as stated by Doe"."""
    named = _is_as(verb) and verb_reporting(verb) is not None
    return named and (agent(verb) is not None or own_subject(verb) is not None)


def _is_as(verb: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ == "as" for t in verb.lefts)


def convinced(scene: Scene, word: Token) -> Iterator[Candidate]:
    """Yield what somebody is sure of: "The plan is dead, the expert is sure", "It is, is sure the expert"."""
    first, end = scene.sentences[word.i]
    copula = word.nbor(-1) if word.i else word
    comma = next(
        (i for i in range(copula.i - 1, max(first, copula.i - MAX_CLAUSE), -1) if scene.doc[i].text == ","), 0
    )
    if copula.lower_ not in COPULAS or not comma or scene.inside[comma - 1] >= 0:
        return
    inverted = comma == copula.i - 1
    tokens = words(scene.doc[word.i + 1 : end] if inverted else scene.doc[comma + 1 : copula.i])
    who = somebody(tokens)
    closed = inverted or word.i + 1 >= end or scene.doc[word.i + 1].text in CLOSERS
    said = any(t.tag_ in FINITE for t in scene.doc[first:comma])
    content = content_span(scene, (first, comma))
    if who and len(who) == len(tokens) and closed and said and content is not None:
        cue = scene.span(copula.i, word.i + 1)
        yield Candidate(
            "parenthetical", (content,), cue, source_span(scene, name_head(who), avoid=(copula.i, word.i + 1))
        )


def acts(verb: Token) -> bool:
    """Tell whether the verb has an object that is no hearer, or only may happen: it comments on nothing.

    So does what answers something: "It leaked, the mayor reacted to this".
    """
    closed = verb.i + 1 < len(verb.doc) and verb.nbor().text == ","
    objects = any(t.dep_ == "dobj" for t in verb.rights) and verb.lower_ not in ADDRESSING and not closed
    answers = verb.lower_ in _ANSWERS and any(t.dep_ == "prep" and t.lower_ == "to" for t in verb.rights)
    return objects or answers or any(t.tag_ == "MD" for t in verb.lefts)


def cue_clause(scene: Scene, verb: Token, head: Token, group: Range) -> Range | None:
    """Return the tokens of the cue's clause when commas set it off on both sides, None when they do not.

    The parser may have given the subject what a verb still wants: "The rivals are [Telix and Rio], Lee said".
    """
    first, end = scene.sentences[verb.i]
    subject = phrase(head, avoid=group)
    start = min(group[0], subject[0])
    stop = max(group[1], subject[1])
    role = next((t for t in verb.lefts if t.dep_ == "npadvmod" and t.right_edge.i == start - 1), None)
    if role is not None and role.ent_type_ not in {"DATE", "TIME"}:
        start = role.left_edge.i
    before = start - 1
    while before > first and (scene.doc[before].tag_ == "RB" or scene.doc[before].is_space):
        before -= 1
    if before >= first and not sets_off(scene, before) and wants_more(scene.doc[before]):
        near = range(head.i, max(before, head.i - MAX_CLAUSE), -1)
        before = next((i for i in near if scene.doc[i].text == ","), before)
    if before < first or not sets_off(scene, before):
        return None
    within = False
    while stop < end and stop - start < MAX_CLAUSE and not sets_off(scene, stop):
        within = within or (stop > verb.i and _opens_aside(scene.doc[stop]))
        if scene.doc[stop].text in CLOSERS or scene.doc[stop].text == ";":
            break
        finite = scene.doc[stop].tag_ in {"VBD", "VBZ", "VBP", "MD", "TO"} and not within
        if scene.doc[stop].text == ":" or finite:
            return None
        stop += 1
    return before + 1, stop


def _opens_aside(word: Token) -> bool:
    """Tell whether a word after a cue begins what was besides, or who spoke: "said Lee [as] he left"."""
    return word.lower_ in {"as", "when", "while"} or (word.lower_ == "who" and word.dep_ == "nsubj")


def sets_off(scene: Scene, i: int) -> bool:
    """Tell whether the token is a comma, a dash or a quotation mark, which may set off a cue's clause."""
    text = scene.doc[i].text
    hyphen = text == "-" and i > 0 and scene.doc[i - 1].text == ","
    return hyphen or text == "," or text in MARKS or text in DASHES - {"-"}


def pieces_around(scene: Scene, verb: Token, head: Token, clause: Range) -> tuple[Span, ...]:
    """Return what stands before and after the cue's clause in the sentence that it belongs to.

    Nothing is beyond a semicolon: "A; B, he said; C".
    """
    first, end = scene.sentences[verb.i]
    if verb.dep_ in {"parataxis", "advcl", "ccomp"} and verb.head != verb:
        begin, stop = verb.head.left_edge.i, verb.head.right_edge.i + 1
        end = min(end, stop)
        first = max(first, begin) if _first_word(scene, begin, clause[0]) else first
    else:
        left = next((t for t in verb.lefts if t.dep_ == "ccomp"), None)
        first = max(first, left.left_edge.i) if left is not None else first
    first = max(first, scene.after_semicolon(clause[0]))
    before, after = (min(first, clause[0]), clause[0]), (clause[1], max(end, clause[1]))
    following = _first_word(scene, *after)
    later = following is not None and sequel(following) is not None
    described = head.i > verb.i and any(t.dep_ == "appos" and t.i >= after[0] for t in head.rights)
    rest = scene.doc[slice(*after)]
    of_body = head.i > verb.i and following is not None and following.lower_ in {"from", "of"}
    described = described or (of_body and not any(t.tag_ in FINITE for t in rest))
    ended = described or (clause[1] < end and scene.doc[clause[1]].text == ";")
    if ended or later or (following is not None and (following.tag_ == "VBG" or following.tag_ in WH)):
        after = (after[0], after[0])
    if any(relays(t) for t in scene.doc[after[0] : min(after[1], after[0] + MAX_CLAUSE)]):
        after = (after[0], after[0])
    spans = [span for piece in (before, after) if (span := content_span(scene, piece)) is not None]
    spans = [span for span in spans if span.start < verb.idx or not runs_on(scene, clause, span)]
    spans = [span for span in spans if span.start < verb.idx or not _is_rest_of_date(scene, span)]
    spans = [span for span in spans if not passes_on(scene, span)]
    if content_span(scene, before) is None or scene.doc[before[0]].lower_ == "according":
        return ()
    inverted = head.i > verb.i
    interrupts = head.tag_ == "PRP" and len(spans) > 1 and verb.tag_ in {"VBD", "VBZ", "VBP"}
    said = chain(scene.doc[slice(*before)], scene.doc[slice(*after)])
    reports = inverted or interrupts or any(t.tag_.startswith(("VB", "MD")) for t in said)
    return tuple(spans) if reports else ()


def _is_rest_of_date(scene: Scene, span: Span) -> bool:
    """Tell whether a piece is but the rest of a date: "he said Sunday, [May 19]"."""
    return all(t.ent_type_ == "DATE" for t in scene.doc[slice(*scene.tokens(span))])


def _first_word(scene: Scene, first: int, end: int) -> Token | None:
    return next((scene.doc[i] for i in range(first, end) if not is_punctuation(scene.doc[i])), None)


def as_clause(scene: Scene, verb: Token) -> Iterator[Candidate]:
    """Yield what a clause with "as" credits: "As Smith noted, the plan failed", "it failed, as he said".

    So "as noted by Smith", "as Smith told RIA".
    """
    known, head = verb_reporting(verb), own_subject(verb) or agent(verb) or _taken_for_adverb(verb)
    if known is None or head is None or verb.dep_ != "advcl" or not _is_as(verb) or known.mode == "thought":
        return
    if not known.frames & {"clause", "quote"} or verb.right_edge.i - verb.i > MAX_CLAUSE:
        return
    particle = set() if verb.lower_ in {"pointed", "points"} else {"prt"}
    objects = {"ccomp", "xcomp"} | particle | (set() if verb.lower_ in ADDRESSING else {"dobj"})
    if any(t.dep_ in objects and t.lower_ != "it" for t in verb.rights):
        return
    first, end = verb.left_edge.i, verb.right_edge.i + 1
    end -= scene.doc[end - 1].text == ","
    limits = scene.sentences[verb.i]
    led = first == limits[0] or scene.doc[first - 1].tag_ == "CC"
    if not (led and end < limits[1] and sets_off(scene, end)) and not (
        not led and sets_off(scene, first - 1)
    ):
        return
    last = verb.head.right_edge.i + 1
    before, after = (verb.head.left_edge.i, first), (past_name(scene, end, last), last)
    parts = [after] if led else [before, after] if _left_open(scene, first, end) else [before]
    medium = verb.head.i + 2 >= last and verb.head.i > end and verb_reporting(verb.head) is not None
    parts = [before] if medium and not led else parts
    content = tuple(span for part in parts if (span := content_span(scene, part)) is not None)
    if content:
        group = verb_group(verb)
        source = source_span(scene, head, avoid=group)
        yield Candidate("as-clause", content, scene.span(*group), source, known.mode)


def _taken_for_adverb(verb: Token) -> Token | None:
    """Return the noun right before a verb that the parser hung on it: "As the ex-[diplomat] recalled"."""
    noun = verb.nbor(-1) if verb.i else verb
    return noun if noun.head == verb and noun.tag_ == "NN" and noun.lower_ in person_nouns() else None


def _left_open(scene: Scene, first: int, end: int) -> bool:
    """Tell whether a clause goes on beyond one set off in it: "It was[, as Lee puts it,] a shame"."""
    closed = end < len(scene.doc) and scene.doc[end].text == ","
    return closed and first > 1 and scene.doc[first - 2].tag_.startswith(("VB", "IN", "MD", "TO", "DT"))


def credited(scene: Scene, cue: Token) -> Iterator[Candidate]:
    """Yield what "according to X" credits: the clause before it, after it, or both where it interrupts.

    "According to whom" is said of who was named before.
    """
    whom = next((t for t in scene.doc[cue.i + 1 : cue.i + 3] if t.lower_ in {"which", "whom"}), None)
    if whom is not None and (whom.lower_ == "whom" or scene.doc[cue.i - 1].text == ","):
        content = content_span(scene, (whom.i + 1, scene.sentences[cue.i][1]))
        if content is not None:
            said = scene.span(cue.i, whom.i), scene.span(whom.i, whom.i + 1)
            yield Candidate("according-to", (content,), *said)
        return
    found = according(scene, cue)
    if found is not None and cue.head != cue:
        yield from _credited(scene, cue, found)


def opined(scene: Scene, noun: Token) -> Iterator[Candidate]:
    """Yield what somebody's view is: "In the mayor's view, A", "the plan, in her words, is dead".

    The phrase stands apart; the writer's own view ("in my opinion") is nobody's to report.
    """
    found, cue = in_words_of(scene, noun), noun.head
    if found is None or any(t.lower_ in WRITERS for t in noun.lefts):
        return
    first, end = scene.sentences[cue.i]
    led = cue.i == first or scene.doc[cue.i - 1].text in {":", ";"} or scene.doc[cue.i - 1].lower_ == "that"
    stop = cue.right_edge.i + 1
    closed = stop >= end or sets_off(scene, stop) or scene.doc[stop].text in CLOSERS
    if led or (sets_off(scene, cue.i - 1) and closed):
        yield from _credited(scene, cue, found, first=cue.i if led else 0)


def _credited(scene: Scene, cue: Token, found: Beside, *, first: int = 0) -> Iterator[Candidate]:
    """Yield the clause around a phrase that begins with ``cue``, from token ``first`` on."""
    head = cue.head
    while head.dep_ in {"xcomp", "pcomp", "prep", "pobj", "acl", "relcl", "dobj", "attr", "acomp"}:
        head = head.head
    if head.dep_ in SUBJECTS and head.i < cue.i < head.head.i and sets_off(scene, cue.i - 1):
        head = head.head
    if tells_this(head):
        return
    first, end = max(first, head.left_edge.i), head.right_edge.i + 1
    adding = _adding(head, cue)
    end = adding.left_edge.i if adding is not None else end
    stop = scene.sentences[cue.i][1]
    if end < stop and scene.doc[end].text == ":" and not any(i in scene.edges for i in range(end, stop)):
        end = stop
    begin = min(cue.i, scene.tokens(found.span)[0]) if found.span is not None else cue.i
    before = content_span(scene, (first, max(first, begin)))
    if _is_teller(scene, first, begin):
        return
    named = scene.tokens(found.source)[1] if found.source is not None else 0
    stop = past_name(scene, max(named, cue.right_edge.i + 1), end)
    after = (stop, max(stop, end))
    rest = (
        None
        if before is not None and not resumes(scene, (first, begin), after)
        else content_span(scene, after)
    )
    spans = tuple(span for span in (before, rest) if span is not None)
    if spans:
        spans = with_rest(scene, spans, (begin, stop))
        yield Candidate("according-to", spans, found.span, found.source)


def _adding(head: Token, cue: Token) -> Token | None:
    """Return the participle by which who is credited goes on: "According to Lund, it sank, [adding] that"."""
    by = credited_before(head)
    if by is None or by.i < cue.i:
        return None
    participles = (t for t in head.rights if t.tag_ == "VBG" and verb_reporting(t) is not None)
    return next((t for t in participles if subject(t) == by), None)


def _is_teller(scene: Scene, first: int, end: int) -> bool:
    """Tell whether words before "according to" are only who says so: '"A," said [Ola Lund], per the AP'."""
    told = first > 0 and is_verb(scene.doc[first - 1]) and verb_reporting(scene.doc[first - 1]) is not None
    return told and not any(is_verb(t) for t in scene.doc[first:end])


def in_view(scene: Scene, cue: Token) -> Iterator[Candidate]:
    """Yield what 'For X,' credits as translations have it: 'For the secretary, Jane Doe, it is "a shame".'

    And 'To him, it is "a shame"'. Only words between marks show that it is not just good or bad for X.
    """
    led = _led_quotation(scene, cue)
    if led is not None:
        yield led
        return
    head = next((t for t in cue.rights if t.dep_ == "pobj"), None)
    if head is None or verb_reporting(cue.head) is not None or scene.sentences[cue.i][0] != cue.i:
        return
    human = head.ent_type_ == "PERSON" or head.text in scene.people or head.lower_ in person_nouns()
    human = human or (head.lower_ in {"him", "her"} and head.i == cue.i + 1)
    stop, end = cue.right_edge.i + 1, cue.head.right_edge.i + 1
    if not human or cue.head.i <= cue.i or stop >= end or scene.doc[stop].text != ",":
        return
    stop = past_name(scene, stop, end)
    content = content_span(scene, (stop + 1, end))
    if content is not None and any(i in scene.edges for i in range(stop + 1, end)):
        cue_range = (cue.i, cue.i + 1)
        source = source_span(scene, head, avoid=cue_range)
        yield Candidate("according-to", (content,), scene.span(*cue_range), source, sure=0.8)


def _led_quotation(scene: Scene, cue: Token) -> Candidate | None:
    """Return the quotation of a sentence that only "For" and who says it lead: 'For Doe "it is over"'."""
    first, end = scene.sentences[cue.i]
    who = somebody(list(scene.doc[cue.i + 1 : end])) if cue.i == first else []
    at = who[-1].i + 1 if who else end
    at += at < end and scene.doc[at].text == ","
    said = scene.inside[at] if at < end else -1
    human = any(t.text in scene.people or t.lower_ in person_nouns() for t in who)
    if said < 0 or scene.ranges[said][0] != at or not human:
        return None
    after = scene.ranges[said][1]
    if after < end and scene.doc[after].text not in CLOSERS:
        return None
    cue_span = scene.span(cue.i, cue.i + 1)
    return Candidate("according-to", (scene.quoted[said].span,), cue_span, named(scene, who), sure=0.8)


def resumes(scene: Scene, before: Range, after: Range) -> bool:
    """Tell whether the clause goes on after "according to X,": not with "but", a bracket or a new clause.

    Nor with who X is, once it is complete: "The boat sank, according to Ann Lee, 42".
    """
    word = _first_word(scene, *after)
    complete = any(t.tag_ in FINITE for t in scene.doc[slice(*before)])
    if word is None or (complete and not any(t.tag_ in FINITE for t in scene.doc[slice(*after)])):
        return False
    return word.tag_ != "CC" and scene.doc[after[0]].text == ","
