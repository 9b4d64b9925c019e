"""Quotations between marks, paragraph by paragraph: each with the cue beside it, halves joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from service.extraction.asides import sequel
from service.extraction.contents import puts, wants_more
from service.extraction.cues import is_main, is_passive, is_verb, verb_reporting
from service.extraction.lexicon import ADDRESSING, person_nouns
from service.extraction.models import Span
from service.extraction.rules.after import FINITE_TAGS, cue_after
from service.extraction.rules.before import ANSWERS, EXPRESSIONS, cue_before
from service.extraction.rules.beside import MAX_TITLE, Beside, is_titled, last_token, sentence_before
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import CLOSERS, DASHES, MARKS, Range, Scene, is_punctuation, words
from service.extraction.subjects import object_control, own_subject

OPENS_SPEECH = frozenset({",", ":", ";", "(", "…", "...", "[", "|"}) | DASHES | CLOSERS
BEFORE_SPEECH = frozenset({"dobj", "npadvmod", "dative", "nsubj", "prt", "advmod"})
MOST_IN_PASSING = 3
"""Most stretches inside the narrator's clause that a cue is looked for beyond."""

LINKS = frozenset({"and", "or", "then"})
"""What may stand between two quotations of one cue: 'they asked, "A?" and "B?"'."""

_NAMING = frozenset({"call", "called", "calls", "dubbed", "dubs", "termed", "terms"})
"""Forms of the verbs that give something a name."""

_DONE_TO = frozenset(
    {"accused", "asked", "challenged", "confronted", "criticised", "criticized", "pressed", "questioned"}
    | {"quizzed", "reminded", "told"}
)
"""What is done to who speaks next: 'Accused of calling it "a lie", she said no'."""

_PUTS = frozenset({"put", "puts"})
_MEANWHILE = frozenset({"after", "as", "when", "while"})
"""Words that open a clause on what another says meanwhile: '[as] his wife shouted: "A"'."""

FARTHEST_ABOVE = 8
"""Most heads between words in marks and the verb of the sentence that they are in."""

MAX_ASIDE = 40
"""Most tokens of an aside between a colon and a quotation."""


@dataclass(slots=True)
class _Draft:
    """A cue beside a quotation and the stretches that it claims, in order, while halves are still joined."""

    found: Beside
    content: list[Span]
    stretches: list[int]

    def candidate(self) -> Candidate:
        found = self.found
        return Candidate(found.rule, tuple(self.content), found.span, found.source, found.mode, found.sure)


def direct(scene: Scene) -> Iterator[Candidate]:
    """Yield a candidate for every quotation that has a cue beside it, its other paragraphs included."""
    drafts: list[_Draft] = []
    for paragraph, stretches in enumerate(scene.stretches_of):
        if stretches and scene.readable(paragraph):
            drafts.extend(_in_paragraph(scene, paragraph, stretches))
    owners = {index: draft for draft in drafts for index in draft.stretches}
    for index, earlier in scene.reopened:
        if earlier in owners and index not in owners:
            owners[index] = owners[earlier]
            owners[index].content.append(scene.quoted[index].span)
    for index, earlier in reversed(scene.reopened):
        if index in owners and earlier not in owners:
            owners[earlier] = owners[index]
            owners[earlier].content.insert(0, scene.quoted[earlier].span)
    return (draft.candidate() for draft in drafts)


def _in_paragraph(scene: Scene, paragraph: int, stretches: Sequence[int]) -> Iterator[_Draft]:
    """Take the stretches in order; no gap, or one that is only a cue's clause, joins the two around it."""
    last: _Draft | None = None
    joins = False
    for place, index in enumerate(stretches):
        before, after = gaps(scene, scene.paragraphs[paragraph], stretches, place)
        whole = is_whole(scene, index, before)
        meanwhile = whole and said_meanwhile(scene, before)
        beside_lead = not meanwhile if whole else not opens_with_participle(scene, before)
        found = cue_after(scene, index, after, whole=whole) if beside_lead else None
        if found is not None and (
            _is_day(scene, found) or (not whole and _only_sets_scene(scene, index, before, found))
        ):
            found = None
        linked = all(t.lower_ in LINKS for t in words(scene.narrated(*before)))
        beside = last is not None and last.stretches[-1] == index - 1 and linked
        goes = beside or (joins and goes_on(scene, before, whole=whole))
        if last is not None and found is None and goes and not meanwhile:
            last.content.append(scene.quoted[index].span)
            last.stretches.append(index)
            joins = False
            continue
        content = scene.quoted[index].span
        cue = scene.doc[scene.tokens(found.span)[1] - 1] if found is not None and found.span else None
        joins = found is not None and (cue is None or not puts(scene, scene.quoted[index].span, cue))
        if found is not None and not whole and not _is_name(scene, cue, after):
            alone = all(not _is_sentence(scene, other) for other in stretches[:place]) and last is None
            start = scene.paragraphs[paragraph][0] if alone else before[0]
            content = with_lead(scene, content, (start, before[1]))
        passed = whole and found is not None and may_pass_on(scene, found)
        if passed and found is not None:
            found = name_before(scene, index, before, unnamed=is_heard(scene, found)) or found
        if whole and found is not None and follows_anew(scene, index, after):
            found = led_in(scene, index, before) or found
        if found is None and whole and not is_label(scene, index):
            found = (
                cue_before(scene, scene.ranges[index], before)
                or lead_in(scene, index, paragraph, before)
                or lead_out(scene, index, paragraph, before, after)
            )
        if found is not None:
            if last is not None:
                yield last
            last = _Draft(found, [content], [index])
    if last is not None:
        yield last


def _is_day(scene: Scene, found: Beside) -> bool:
    """Tell whether nobody but a day would have said it: 'our article ("Boats for all", [May 3]) said'."""
    span = range(*scene.tokens(found.source)) if found.source is not None else ()
    told = [scene.doc[i] for i in span if not is_punctuation(scene.doc[i])]
    return bool(told) and all(t.ent_type_ in {"DATE", "TIME"} for t in told)


def _only_sets_scene(scene: Scene, index: int, before: Range, found: Beside) -> bool:
    """Tell whether words in marks are but part of when or where something else was said.

    As in 'In a talk that Lee called "odd," Doe praised the mayor' and 'While Lee called it "odd," Doe did'.
    """
    verb = scene.doc[scene.tokens(found.span)[1] - 1] if found.span is not None else None
    first, end = scene.ranges[index]
    inside = [t for t in scene.doc[first:end] if not is_punctuation(t)]
    if verb is None or not inside or verb.i < end:
        return False
    hears = verb.lower_ in ADDRESSING and not verb.lower_.startswith("promis")
    arguments = {"ccomp", "xcomp"} if hears else {"ccomp", "dobj", "oprd", "xcomp"}
    if not any(t.dep_ in arguments and t.i > verb.i for t in verb.rights):
        return False
    if before[0] < before[1] and sequel(scene.doc[sentence_before(scene, before)[0]]) is not None:
        return True
    here = next((t for t in inside if not first <= t.head.i < end), inside[0])
    for _ in range(FARTHEST_ABOVE):
        if here.head in {verb, here}:
            break
        here = here.head
    opener = scene.doc[here.left_edge.i]
    sets = here.dep_ in {"advcl", "npadvmod", "prep"} or opener.lower_ in {"what", "where"}
    return here.head == verb and sets and opener.i < first


def _is_name(scene: Scene, cue: Token | None, after: Range) -> bool:
    """Tell whether who calls something so follows the marks: 'the “big freeze,” as Lee calls it'."""
    said = words(scene.narrated(*after))
    return cue is not None and cue.lower_ in _NAMING and bool(said) and said[0].lower_ == "as"


def is_label(scene: Scene, index: int) -> bool:
    """Tell whether marked words before a colon head their paragraph: '"The city is lost": The mayor said'.

    What they repeat in short is told after them, by whom it may be.
    """
    first, end = scene.ranges[index]
    paragraph = scene.paragraphs[scene.paragraph_of[first]]
    if first != paragraph[0] or end >= paragraph[1] or scene.doc[end].text != ":":
        return False
    return any(t.tag_ in FINITE_TAGS for t in scene.doc[end + 1 : paragraph[1]])


def opens_with_participle(scene: Scene, before: Range) -> bool:
    """Tell whether the words before the marks are what one does besides: 'Calling it "a lie," she said'.

    Or what is done to one: 'Asked about the "lie", she said', 'When asked why it was "a lie", she said'.
    """
    first, end = sentence_before(scene, before)
    opening = [t for t in scene.doc[first:end] if not is_punctuation(t)][:2]
    if opening and opening[0].lower_ == "when":
        opening = opening[1:]
    word = opening[0] if opening else None
    doing = word is not None and word.tag_ == "VBG" and word.dep_ in {"advcl", "aux"}
    return doing or (word is not None and word.tag_ in {"VBN", "VBD"} and word.lower_ in _DONE_TO)


def said_meanwhile(scene: Scene, before: Range) -> bool:
    """Tell whether a clause that only sets another's words leads in: 'When he yelled, "Go," Lee replied "A"'.

    Or a question leads in that somebody was asked, who has not put it: 'Lee was asked, "Why?" She said: "B"'.
    """
    last = last_token(scene, before)
    paused = last is not None and last.i > before[0] and last.text in {",", ":"}
    verb = last.nbor(-1) if last is not None and paused else last
    verb = verb.head if verb is not None and verb.lower_ == "it" else verb
    if verb is None or not is_verb(verb) or not (verb_reporting(verb) is not None or verb.lower_ in _PUTS):
        return False
    if is_passive(verb):
        return verb.lower_ == "asked"
    opener = scene.doc[verb.left_edge.i]
    return verb.dep_ == "advcl" and opener.lower_ in _MEANWHILE and own_subject(verb) is not None


def may_pass_on(scene: Scene, found: Beside) -> bool:
    """Tell whether a cue credits a pronoun, a medium that passes words on, or who hears: '"A," RIA said'."""
    if found.source is None or found.span is None:
        return False
    reports = found.span.of(scene.article.text) in {"reported", "reports"}
    first, end = scene.tokens(found.source)
    medium = reports and all(t.ent_type_ != "PERSON" for t in scene.doc[first:end])
    return medium or by_pronoun(scene, found) or is_heard(scene, found)


def is_heard(scene: Scene, found: Beside) -> bool:
    """Tell whether a cue has who hears the words, not who says them: '"A," the jury was told'."""
    verb = scene.doc[scene.tokens(found.span)[1] - 1] if found.span is not None else None
    if verb is None:
        return False
    return verb.lower_ == "heard" or (verb.lower_ == "told" and any(t.dep_ == "auxpass" for t in verb.lefts))


def by_pronoun(scene: Scene, found: Beside | None) -> bool:
    """Tell whether a cue credits a pronoun."""
    first = scene.tokens(found.source)[0] if found is not None and found.source is not None else -1
    return first >= 0 and scene.doc[first].tag_ == "PRP"


def name_before(scene: Scene, index: int, before: Range, *, unnamed: bool) -> Beside | None:
    """Prefer the name before the marks to the pronoun after them: 'Aydogan said, "A," he said.'

    And whoever stands there where nobody, ``unnamed``, follows: 'She told a friend: "A," the court was told'.
    """
    last = last_token(scene, before)
    if last is None or last.text not in {",", ":"}:
        return None
    found = cue_before(scene, scene.ranges[index], before)
    if found is None or found.source is None or found.rule != "cue-before":
        return None
    return None if by_pronoun(scene, found) and not unnamed else found


def follows_anew(scene: Scene, index: int, after: Range) -> bool:
    """Tell whether another sentence follows: '"Why?" The judge said he saw'; or a cue: '"Why?" Lee said'."""
    ending = scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:]
    following = next((t for t in scene.doc[after[0] : after[1]] if not t.is_space), None)
    return ending in {"?", "!"} and following is not None and following.text[0].isupper()


def led_in(scene: Scene, index: int, before: Range) -> Beside | None:
    """Return the cue that a colon before the marks ends: 'She faced the bench: "Why?" The judge said …'."""
    last = last_token(scene, before)
    return cue_before(scene, scene.ranges[index], before) if last is not None and last.text == ":" else None


def gaps(scene: Scene, paragraph: Range, stretches: Sequence[int], place: int) -> tuple[Range, Range]:
    """Return the narrator's words before and after a stretch, up to its neighbours in the paragraph."""
    first, end = scene.ranges[stretches[place]]
    start = scene.ranges[stretches[place - 1]][1] if place else paragraph[0]
    later = place + 1
    while later < min(len(stretches), place + MOST_IN_PASSING) and in_passing(
        scene, stretches[later], stretches[later - 1]
    ):
        later += 1
    stop = scene.ranges[stretches[later]][0] if later < len(stretches) else max(paragraph[1], end)
    return before_aside(scene, (start, first)), (end, stop)


def before_aside(scene: Scene, before: Range) -> Range:
    """Drop an aside between a colon and the quotation: 'Jane Doe: (on the penalty) "A"'."""
    start, end = before
    if end > start and scene.doc[end - 1].text in {")", "]"}:
        for i in range(end - 1, max(start, end - MAX_ASIDE), -1):
            if scene.doc[i].text in {"(", "["}:
                return (start, i) if scene.doc[i - 1].text == ":" else before
    return before


def in_passing(scene: Scene, index: int, earlier: int) -> bool:
    """Tell whether the marks are around words of the narrator's clause: 'a man in a "Vote" cap said'."""
    first, end = scene.ranges[index]
    if end - first > MAX_TITLE + 2 or scene.ranges[earlier][1] >= first:
        return False
    return not is_punctuation(scene.doc[first - 1])


def is_whole(scene: Scene, index: int, before: Range) -> bool:
    """Tell whether the quotation stands by itself, rather than as words of the narrator's sentence."""
    previous = last_token(scene, before)
    if previous is None:
        return before[0] == before[1] or scene.inside[before[0] - 1] < 0 or scene.doc[before[0]].is_space
    inner = scene.quoted[index].inner.of(scene.article.text).strip()
    opens = inner[:1].isupper() or not inner[:1].isalpha()
    if previous.text == ",":
        part = is_predicate(scene, index, before) or _left_open(scene, before) or _is_relative(scene, index)
        return opens or (len(inner.split()) > 3 and not part)
    if previous.text in OPENS_SPEECH or (opens and _ends_title(scene, previous)):
        return True
    if not opens or is_titled(inner):
        return False
    if previous.lower_ in EXPRESSIONS:
        return any(t.tag_ in FINITE_TAGS for t in scene.doc[slice(*scene.ranges[index])])
    return _follows_verb(previous, before)


def _ends_title(scene: Scene, mark: Token) -> bool:
    """Tell whether a sentence ends with a title, its stop before the mark: 'said on “The Press.” “A”'."""
    return mark.i in scene.edges and mark.i > 0 and scene.doc[mark.i - 1].text in CLOSERS


def _follows_verb(previous: Token, before: Range) -> bool:
    """Tell whether a verb of reporting, or its hearer, stands right before the marks: 'She told us "A"'."""
    verb = previous if is_verb(previous) else previous.head
    known = verb_reporting(verb) if before[0] <= verb.i else None
    if known is None or verb == previous:
        return known is not None
    return previous.dep_ in BEFORE_SPEECH and verb.lower_ in ADDRESSING


def _left_open(scene: Scene, before: Range) -> bool:
    """Tell whether words before the cue's clause want those in marks: 'It was, he wrote, “a shame.”'"""
    first, end = sentence_before(scene, before)
    commas = [i for i in range(first + 1, end) if scene.doc[i].text == ","]
    return any(wants_more(scene.doc[i - 1]) for i in commas[:-1])


def _is_relative(scene: Scene, index: int) -> bool:
    """Tell whether the marks hold a relative clause: 'It will peak, “after which it will fall,” he said'."""
    inner = words(scene.doc[slice(*scene.ranges[index])])
    led = [t for t in inner[:2] if t.tag_ in {"WDT", "WP$"}]
    return bool(led) and all(t.tag_ == "IN" for t in inner[: led[0].i - inner[0].i])


def is_predicate(scene: Scene, index: int, before: Range) -> bool:
    """Tell whether the marks hold what is said of a subject before them: 'The film, he said, “hurt many”'."""
    first, end = scene.ranges[index]
    verb = next((t for t in scene.doc[first:end] if not is_punctuation(t)), None)
    if verb is None or verb.tag_ not in {"VBD", "VBZ", "VBP", "MD"}:
        return False
    subject = own_subject(verb.head if verb.tag_ == "MD" else verb)
    return subject is not None and before[0] <= subject.i < first


def _is_sentence(scene: Scene, index: int) -> bool:
    """Tell whether a quotation ends like a sentence, so that what follows it is another one."""
    return scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:] in CLOSERS


def with_lead(scene: Scene, content: Span, before: Range) -> Span:
    """Extend content over the words of its sentence before the marks: 'The plan "is dead," he said'.

    Others between marks among them: 'The roof "burned" and "two walls fell," he said'.
    """
    first = before[1]
    while (
        first > before[0] and scene.doc[first - 1].text not in CLOSERS and scene.paragraph_of[first - 1] >= 0
    ):
        first -= 1
    return Span(scene.doc[first].idx, content.end) if first < before[1] else content


def lead_in(scene: Scene, index: int, paragraph: int, before: Range) -> Beside | None:
    """Find the cue at the end of the paragraph before: 'The mayor said:' and then the quotation alone."""
    if paragraph == 0 or last_token(scene, before) is not None or not scene.readable(paragraph - 1):
        return None
    start, end = scene.paragraphs[paragraph - 1]
    earlier = scene.stretches_of[paragraph - 1]
    if earlier:
        start = scene.ranges[earlier[-1]][1]
    last = last_token(scene, (start, end))
    return (
        cue_before(scene, scene.ranges[index], (start, end))
        if last is not None and last.text == ":"
        else None
    )


def lead_out(scene: Scene, index: int, paragraph: int, before: Range, after: Range) -> Beside | None:
    """Find the credit in the paragraph after one that is only a quotation: '— Jane Doe, teacher'."""
    alone = last_token(scene, before) is None and last_token(scene, after) is None
    if not alone or paragraph + 1 >= len(scene.paragraphs) or scene.stretches_of[paragraph + 1]:
        return None
    first, end = scene.paragraphs[paragraph + 1]
    if first >= end or scene.doc[first].text not in DASHES:
        return None
    found = cue_after(scene, index, (first, end), whole=True)
    return found if found is not None and found.rule == "dash-credit" else None


def _answers(verb: Token) -> bool:
    """Tell whether a clause says who speaks next: '"A," he said to Lee on air, who [replies]: "B"'."""
    head = own_subject(verb)
    return head is not None and head.lower_ == "who" and verb.lower_ in ANSWERS


def _another_cuts_in(scene: Scene, gap: Range) -> bool:
    """Tell whether somebody else has the last word of a gap: '"A," Lee began, but [Doe cut in]: "B"'."""
    narrated = [t for t in scene.narrated(*gap) if not is_punctuation(t)]
    said = next((t for t in narrated if is_verb(t) and t.dep_ != "aux"), None)
    verb = narrated[-1] if narrated else None
    verb = verb.head if verb is not None and verb.dep_ in {"prt", "advmod", "prep"} else verb
    who = own_subject(verb) if said is not None and verb is not None and is_verb(verb) else None
    if said is None or verb is None or who is None or verb.tag_ not in FINITE_TAGS:
        return False
    return said.i < who.i < verb.i and (who.tag_ == "NNP" or who.lower_ in person_nouns())


def goes_on(scene: Scene, gap: Range, *, whole: bool) -> bool:
    """Tell whether a gap holds the cue's clause alone, so that what follows belongs to what precedes it."""
    last = last_token(scene, gap)
    if last is not None and last.text in {",", ":"} and _another_cuts_in(scene, gap):
        return False
    ended = False
    reporting = 0
    for token in scene.narrated(*gap):
        if ended and token.text not in DASHES | MARKS:
            return False
        ended = ended or token.text in CLOSERS
        known = is_verb(token) and verb_reporting(token) is not None
        made = last is not None and token.i == last.i - 1 and object_control(token) is not None
        reporting += known and (is_main(token) or token.tag_ == "VBG" or made or _answers(token))
    return last is not None and reporting <= 1 and (whole or last.text in OPENS_SPEECH)
