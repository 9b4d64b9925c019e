"""Quotations without a cue of their own: follow-ons in a paragraph, paragraphs that are only a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from service.extraction.contents import AGREES, ASKS
from service.extraction.cues import ASKED, QUOTE_ONLY, is_main, is_passive, is_verb, verb_reporting
from service.extraction.lexicon import COPULAS, FIRST_PERSON, lemma, person_nouns
from service.extraction.models import Attribution, Mode, Span
from service.extraction.rules.beside import last_token
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.direct import gaps, is_label, is_whole
from service.extraction.rules.table import RULES
from service.extraction.scene import CLOSERS, Range, Scene, words
from service.extraction.sources import SAYINGS, source_span, who_hears
from service.extraction.subjects import own_subject

LOOK_BACK = 6
"""How many attributions back a speaker who goes on is looked for."""

SPEAKING = frozenset(
    {"cue-after", "cue-before", "colon", "clause", "question", "parenthetical", "according-to", "as-clause"}
    | {"dash-credit", "follow-on", "floating", "hint", "introduced", "noun-is", "predicate", "quoted-words"}
)
"""Rules after which the speaker may go on without a cue."""

_SHOWING = frozenset({"direct", "full", "in", "literally", "quotation", "quote", "speech", "verbatim"})
"""Words of labels before words as they were said."""

GESTURES = frozenset(
    {"beams", "chuckles", "frowns", "gestures", "giggles", "grins", "laughs", "nods", "pauses", "scowls"}
    | {"shrugs", "sighs", "smiles", "sobs", "winces", "winks"}
)
"""What somebody does before speaking, in forms that the tagger takes for nouns."""

BEATS = frozenset(
    {"blushed", "blushes", "gestured", "gestures", "hesitated", "hesitates", "paused", "pauses", "shakes"}
    | {"shook", "swallowed", "swallows", "winced", "winces", "choked", "chokes"}
)
"""What whoever has just spoken does, besides what can credit words: '"A." The mayor shook his head.'."""

_TAKES = frozenset({"chuckle", "frown", "grin", "laugh", "nod", "shrug", "sigh", "smile", "wince"})
_VIEWS = frozenset({"answer", "believe", "feel", "make", "react", "reckon", "respond", "say", "think"})
"""Verbs, by lemma, of a question that asks for somebody's view: "What does Ann Lee [think]?"."""

_LOOKS = frozenset({"leaned", "leans", "looked", "looks", "turned", "turns"})
"""What somebody else does before answering: "His wife [looked] up"."""

SPEAKING_OF = frozenset({"mentioning", "recalling", "remembering", "speaking", "talking"})
"""What whoever has just spoken is said to be doing."""

FELT = frozenset({"filled", "moved", "overcome", "overwhelmed"})
"""How somebody is after speaking: '"A." Recalling it, the mayor was moved.'."""

DEATHS = frozenset({"buried", "dead", "death", "died", "funeral", "killed", "late", "murder", "murdered"})
"""Words of a sentence whose person is likely to say nothing any more."""

MOST_ASKED = 3
"""Most words of a question that is put to whom it names: "And Ann Lee?"."""

SHORT_QUESTION = 10
"""Most words of a question that stands alone and may be another's."""

LEAST_WORDS = 4
"""Fewer words than this between marks are more often no quotation, if no sentence or credited to nobody."""

MOST_TOPICS = 40
"""Paragraphs in which what introduces answers below their topics is looked for."""

REPORTERS = frozenset(
    {"our correspondent", "our reporter", "the correspondent", "the reporter", "this reporter"}
)
"""Who only learns what an article tells."""

TALKS = frozenset({"answers", "conference", "interview", "quotes", "remarks", "speech", "statement", "words"})
"""What somebody has given whose words follow."""


def continued(scene: Scene, decided: Sequence[Candidate]) -> tuple[Attribution, ...]:
    """Return the decided attributions and those of the quotations left over, in text order."""
    taken = bytearray(len(scene.article.text))
    for candidate in decided:
        for span in candidate.content:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    places = {one.span.start: index for index, one in enumerate(scene.quoted)}
    decided = [
        _with_first(scene, candidate, places.get(candidate.content[0].start, 0), taken)
        for candidate in decided
    ]
    events: list[tuple[int, Candidate | int]] = [(c.content[0].start, c) for c in decided]
    for index, stretch in enumerate(scene.quoted):
        if taken.find(1, stretch.span.start, stretch.span.end) < 0:
            events.append((stretch.span.start, index))
    events.sort(key=lambda event: event[0])
    found: list[Attribution] = []
    owners: dict[int, int] = {}
    earlier = dict(scene.reopened)
    for _, event in events:
        if isinstance(event, Candidate):
            found.append(event.attribution())
        elif (owner := owners.get(earlier.get(event, -1))) is not None:
            owners[event] = owner
            content = (*found[owner].content, scene.quoted[event].span)
            found[owner] = replace(found[owner], content=content)
        elif (credited := left_over(scene, event, found)) is not None:
            owners[event] = len(found)
            found.append(credited)
    return tuple(found)


def _with_first(scene: Scene, candidate: Candidate, index: int, taken: bytearray) -> Candidate:
    """Add the quotation that opens the paragraph right before a credited one: '["A."] "B," Lee said'.

    Not a question, which another may have asked. ``index`` is that of the quotation that the candidate begins
    with, 0 for none or the first one. What is added is marked in ``taken``.
    """
    text = scene.article.text
    if not index or candidate.rule != "cue-after" or scene.place_of[index] != 1:
        return candidate
    before = scene.quoted[index - 1]
    opens = scene.paragraphs[scene.paragraph_of[scene.ranges[index][0]]][0]
    apart = text[before.span.end : candidate.content[0].start].strip() or scene.ranges[index - 1][0] != opens
    asks = before.inner.of(text).rstrip()[-1:] not in CLOSERS - {"?"}
    if apart or asks or taken.find(1, before.span.start, before.span.end) >= 0:
        return candidate
    taken[before.span.start : before.span.end] = b"\x01" * (before.span.end - before.span.start)
    return replace(candidate, content=(before.span, *candidate.content))


def left_over(scene: Scene, index: int, found: Sequence[Attribution]) -> Attribution | None:
    """Credit a quotation without a cue to the speaker who is going on, to nobody, or drop it."""
    span = scene.quoted[index].span
    here = scene.paragraph_of[scene.ranges[index][0]]
    place = scene.place_of[index]
    before, after = gaps(scene, scene.paragraphs[here], scene.stretches_of[here], place)
    if not scene.readable(here) or not is_whole(scene, index, before) or is_label(scene, index):
        return None
    size = len(words(scene.doc[slice(*scene.ranges[index])]))
    ended = scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:] in CLOSERS
    if size < LEAST_WORDS and not ended:
        return None
    question = asks_back(scene, index, size)
    opens = last_token(scene, before) is None
    acting = _under_topic(scene, here) if opens else None
    if opens and not question and size >= LEAST_WORDS:
        acting = acting or acts_after(scene, after)
    if found and not question and scene.paragraph_of[scene.tokens(found[-1].content[-1])[0]] == here:
        acting = acting or who_hears(scene, found[-1])
    if acting is not None:
        return _introduced(span, acting)
    shown = bool(found) and found[-1].source is not None and _shows_words(scene, before)
    last = len(found) - 1 if shown else going_on(scene, found)
    if last is not None and not question and is_put(scene, found[last]):
        asked = whom_asked(scene, found[last])
        same = scene.paragraph_of[scene.tokens(found[last].content[-1])[0]] == here
        if asked is not None or not same:
            return _introduced(span, asked)
    open_to_both = last is not None and asks_about_another(scene, before, found[last])
    other = None if last is None or open_to_both else somebody_else(scene, here, before, found[last])
    if last is not None and other is None and not open_to_both and not is_subject(scene, after):
        rule = _goes_on(scene, index, found[last], before, after)
        if rule == "follow-on" or (rule == "floating" and not question):
            return _follow(rule, span, found, last)
    told = (size > LEAST_WORDS or ended) and not question and not open_to_both
    introduced = other or (introduced_by(scene, here, before) if told else None)
    if introduced is None and last is not None and size > LEAST_WORDS and not (question or open_to_both):
        introduced = still_about(scene, before, found)
    if introduced is not None and introduced.of(scene.article.text).lower() in REPORTERS:
        introduced = None
    return None if introduced is None and size < LEAST_WORDS else _introduced(span, introduced)


def _introduced(span: Span, source: Span | None) -> Attribution:
    rule = RULES["unattributed" if source is None else "introduced"]
    return Attribution((span,), None, source, rule.name, rule.confidence)


def _goes_on(scene: Scene, index: int, last: Attribution, before: Range, after: Range) -> str:
    """Return the rule by which a quotation is whose the last one is, "" where it need not be.

    In a paragraph of its own it is that only where no words of the narrator go on from it: '"A" by the band'.
    """
    here = scene.paragraph_of[scene.ranges[index][0]]
    there = scene.paragraph_of[scene.tokens(last.content[-1])[0]]
    if there == here:
        return "follow-on"
    following = next(iter(words(scene.doc[slice(*after)])), None)
    alone = last_token(scene, before) is None or names_topic(scene, before) or _shows_words(scene, before)
    alone = alone and (following is None or not following.text.islower())
    heading = scene.article.paragraphs[here].kind == "heading"
    return "floating" if _paragraph_before(scene, here) == there and not heading and alone else ""


def _paragraph_before(scene: Scene, index: int) -> int:
    """Return the paragraph before one, past a heading that is a topic: "On whether Roe is fit"."""
    above = index - 1
    if above < 1 or scene.article.paragraphs[above].kind == "furniture":
        return above
    first, end = scene.paragraphs[above]
    topic = scene.doc[first].lower_ == "on" and scene.doc[end - 1].text not in {*CLOSERS, ":", ","}
    return above - 1 if topic and not scene.stretches_of[above] else above


def is_put(scene: Scene, last: Attribution) -> bool:
    """Tell whether the last words are a question that somebody asks: '"Why?" Doe asked Roe'."""
    cue = scene.doc[scene.tokens(last.cue)[1] - 1].lower_ if last.cue is not None else ""
    text = last.content[-1].of(scene.article.text).rstrip(" \"”’»'")
    return cue in ASKS and text.endswith("?")


def whom_asked(scene: Scene, last: Attribution) -> Span | None:
    """Return whom a question was put to, who answers next: '"Why?" Doe asked [Roe]. "A"'."""
    verb = scene.doc[scene.tokens(last.cue)[1] - 1] if last.cue is not None else None
    heard = (t for t in verb.rights if t.dep_ in {"dobj", "dative"}) if verb is not None else iter(())
    asked = next(heard, None)
    return source_span(scene, asked) if asked is not None and is_person(scene, asked) else None


def asks_back(scene: Scene, index: int, size: int) -> bool:
    """Tell whether a short question fills its paragraph, which whoever answered before may not have asked."""
    span = scene.quoted[index].span
    paragraph = scene.article.paragraphs[scene.paragraph_of[scene.ranges[index][0]]]
    ended = scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:]
    return ended == "?" and size <= SHORT_QUESTION and paragraph.span == span


def credited_above(scene: Scene, every: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions, words without a source credited as a heading credits part of them.

    Handles: "Weller: 'We paid for it'", and below "It was close. We paid for it.", without a cue.
    """
    text, rule = scene.article.text, RULES["introduced"]
    above: tuple[str, Span] | None = None
    for one in every:
        words = _plain(one.content[0].of(text))
        place = scene.paragraph_of[scene.tokens(one.content[0])[0]]
        if (
            words
            and one.source is not None
            and (place == 0 or scene.article.paragraphs[place].kind == "heading")
        ):
            above = words, one.source
        if one.rule == "unattributed" and above is not None and above[0] in words:
            yield replace(one, source=above[1], rule=rule.name, confidence=rule.confidence)
        else:
            yield one


def _plain(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())


def somebody_else(scene: Scene, paragraph: int, before: Range, last: Attribution) -> Span | None:
    """Return who is named as the subject of a sentence since the last words: 'B said no. Novak nods. "A"'.

    After the writer's own words a pronoun is somebody else, too, and "she" after his: 'I ask her why. She
    shrugs. "A"'. So is whoever is somebody's: '"A," Lee said. Her son disagrees. "B"'. Not whom a question
    is about: '"A," Lee said. Was Roe to blame? "B"'.
    """
    end = last_token(scene, before)
    if end is not None and end.text == "?":
        return _asked_by_name(scene, end)
    first = scene.sentences[end.i][0] if end is not None else 0
    since = max(span.end for span in (*last.content, *([last.cue] if last.cue else [])))
    if end is None or end.text not in CLOSERS or scene.doc[first].idx < since:
        return None
    named = introduced_by(scene, paragraph, before)
    tokens = scene.doc[slice(*scene.tokens(named))] if named is not None else ()
    name = next((t for t in reversed(tokens) if t.tag_ != "POS"), None)
    before_it = "" if last.source is None else last.source.of(scene.article.text).lower()
    unlike = {"he": {"she"}, "she": {"he"}}.get(
        before_it, {"he", "she"} if before_it in {"i", "we"} else set()
    )
    theirs = name is not None and any(t.tag_ == "PRP$" for t in name.lefts) and _holds_view(name.head)
    other = name is not None and (name.tag_ == "NNP" or name.lower_ in unlike or theirs)
    return named if other else None


def asks_about_another(scene: Scene, before: Range, last: Attribution) -> bool:
    """Tell whether a question is about another who may answer it: '"A," Lee said. Did [Roe] mind? "B"'."""
    mark = last_token(scene, before)
    if mark is None or mark.text != "?" or _asked_by_name(scene, mark) is not None:
        return False
    asked = scene.doc[scene.sentences[mark.i][0] : mark.i]
    if not len(asked) or not asked[0].tag_.startswith(("VB", "MD")):
        return False
    about = (own_subject(t) for t in asked if t.tag_.startswith(("VB", "MD")))
    named = [t for t in about if t is not None and is_named_person(scene, t)]
    speaker = "" if last.source is None else last.source.of(scene.article.text)
    return any(t.text not in speaker for t in named)


def _asked_by_name(scene: Scene, mark: Token) -> Span | None:
    """Return whom a question of hardly more than a name is put to: 'And [Reed]? "A"'.

    Or whose view it asks for: 'What does [Reed] think? "A"'.
    """
    asked = words(scene.doc[scene.sentences[mark.i][0] : mark.i])
    views = (t for t in asked if is_verb(t) and lemma(t.text, t.tag_) in _VIEWS)
    holder = next((own_subject(verb) for verb in views), None)
    if holder is not None and is_named_person(scene, holder):
        return source_span(scene, holder)
    short = 0 < len(asked) <= MOST_ASKED and not any(map(is_verb, asked))
    named = short and is_named_person(scene, asked[-1])
    return source_span(scene, asked[-1]) if named else None


def _holds_view(verb: Token) -> bool:
    """Tell whether a verb says what somebody thinks of it, who may go on: "is less sure", "disagrees".

    Or how somebody takes it: "[His wife] laughed", "looked up".
    """
    looks = verb.lower_ in _LOOKS and any(t.lower_ in {"up", "over", "round"} for t in verb.rights)
    if looks or (is_verb(verb) and lemma(verb.text, verb.tag_) in _TAKES):
        return True
    return verb.lower_ in AGREES or (verb.lower_ in COPULAS and any(t.dep_ == "acomp" for t in verb.rights))


def still_about(scene: Scene, before: Range, found: Sequence[Attribution]) -> Span | None:
    """Return the speaker so far where what leads up to the marks names no other: "It is hot where Roe lives".

    Between the last time that they were named and the marks, they may have gone by a pronoun.
    """
    sources = (one.source for one in reversed(found[-LOOK_BACK:]) if one.source is not None)
    heads = (scene.doc[scene.tokens(source)[1] - 1] for source in sources)
    name = next((head.text for head in heads if head.lower_ not in {"he", "she"}), "")
    people = [token for token in scene.narrated(*before) if token.text in scene.people]
    about = next((token for token in people if token.text == name), None)
    ended = last_token(scene, before)
    if about is None or ended is None or ended.text not in CLOSERS:
        return None
    others = any(token.sent != about.sent or not about.left_edge.i <= token.i <= about.i for token in people)
    return None if others else source_span(scene, about)


def names_topic(scene: Scene, before: Range) -> bool:
    """Tell whether what stands before the marks is only what is answered, by the speaker who goes on.

    Handles: 'On the injury: "A"', 'Asked who would pay: "A"', not 'Asked about it, Novak was blunt: "A"'.
    """
    last, topic = last_token(scene, before), words(scene.doc[slice(*before)])
    if last is None or last.text != ":" or not topic or any(t.text == "," for t in scene.doc[slice(*before)]):
        return False
    return topic[0].lower_ in ASKED | {"on", "about"}


def _shows_words(scene: Scene, before: Range) -> bool:
    """Tell whether a label only says that words follow as they were said: 'Quote: "A"'."""
    label, last = words(scene.doc[slice(*before)]), last_token(scene, before)
    return last is not None and last.text == ":" and bool(label) and all(t.lower_ in _SHOWING for t in label)


def is_subject(scene: Scene, after: Range) -> bool:
    """Tell whether a verb goes on from the marks, so that the words are named, not said: '"A" is a motto'."""
    verb = scene.doc[after[0]] if after[0] < after[1] else None
    return verb is not None and verb.text.islower() and verb.tag_ in {"VBZ", "VBD", "VBP", "MD"}


def acts_after(scene: Scene, after: Range) -> Span | None:
    """Return who does something in the sentence after a quotation: '"A." Recalling it, Novak was moved.'.

    Or who is spoken of as speaking: '"A." Speaking of the mine, Novak cannot hide her joy.'.
    """
    outside = words(scene.narrated(*after))
    if not outside or outside[0].text.islower():
        return None
    sentence = scene.doc[slice(*scene.sentences[outside[0].i])]
    for verb in sentence:
        head = own_subject(verb) if verb.dep_ == "ROOT" and is_verb(verb) else None
        known = verb_reporting(verb)
        felt = verb.lower_ in FELT and is_passive(verb)
        acts = verb.lower_ in BEATS or felt or (known is not None and known.frames == QUOTE_ONLY)
        acts = acts or (outside[0].lower_ in SPEAKING_OF and outside[0].head == verb)
        if head is not None and acts and head.i >= outside[0].i and is_person(scene, head):
            return source_span(scene, head)
    gesture = next((i for i, t in enumerate(outside) if t.tag_ != "NNP"), 0)
    return _before_gesture(scene, outside[: gesture + 1])


def introduced_by(scene: Scene, paragraph: int, before: Range) -> Span | None:
    """Return the person who is the subject of the sentence before: 'Novak leaned on the gate. "A"'.

    Or who is asked in it. The sentence stands before the marks in the paragraph, or ends the paragraph
    before one that is only a quotation. Headings introduce nobody, and are introduced by nobody.
    """
    kinds = scene.article.paragraphs
    if kinds[paragraph].kind != "body":
        return None
    if last_token(scene, before) is None or names_topic(scene, before):
        above = _paragraph_before(scene, paragraph)
        if above < 0 or kinds[above].kind != "body" or before[0] != scene.paragraphs[paragraph][0]:
            return None
        before = scene.paragraphs[above]
    outside = words(scene.narrated(*before))
    if not outside:
        return None
    sentence = list(scene.doc[slice(*scene.sentences[outside[-1].i])])
    return (
        _for_whom(scene, sentence)
        or _its_subject(scene, sentence)
        or _before_gesture(scene, outside)
        or _only_one_named(scene, sentence)
    )


def _under_topic(scene: Scene, paragraph: int) -> Span | None:
    """Return whose answer stands below its topic: "Here are [Roe]'s answers", "On the injury" and '"A"'."""
    if paragraph - _paragraph_before(scene, paragraph) < 2:
        return None
    for above in range(paragraph - 2, max(-1, paragraph - MOST_TOPICS), -1):
        lead = scene.doc[slice(*scene.paragraphs[above])]
        owners = [
            t for t in lead if t.tag_ == "POS" and t.i > lead.start and is_named_person(scene, t.nbor(-1))
        ]
        introduces = lead[0].lower_ in {"here", "below"} and len(owners) == 1
        if introduces and any(t.lower_ in TALKS for t in lead):
            return source_span(scene, owners[0].nbor(-1))
    return None


def _for_whom(scene: Scene, sentence: Sequence[Token]) -> Span | None:
    """Return whom a sentence is said to hold for: "For [Ann Lee], the answer is no. “A”"."""
    lead = sentence[0]
    whom = next((t for t in lead.rights if t.dep_ == "pobj"), None) if lead.lower_ == "for" else None
    named = whom is not None and is_named_person(scene, whom) and scene.inside[whom.i] < 0
    return source_span(scene, whom) if named else None


def _its_subject(scene: Scene, sentence: Sequence[Token]) -> Span | None:
    """Return whom a sentence is about: its subject, whoever is asked in it, or whose answer it speaks of."""
    for verb in sentence:
        head = own_subject(verb) if verb.dep_ == "ROOT" and is_verb(verb) else None
        if head is None:
            continue
        if verb.lower_ in ASKS and head.dep_ == "nsubj":
            meant = [t for t in verb.rights if t.dep_ in {"dobj", "dative"}][:1]
        elif head.lower_ in SAYINGS:
            meant = [t for t in head.lefts if t.dep_ == "poss"]
        else:
            meant = [head, *(t for t in head.rights if t.dep_ == "appos")]
        found = next((t for t in meant if is_person(scene, t)), None)
        if found is not None and scene.inside[found.i] < 0:
            return source_span(scene, found)
    return None


def _only_one_named(scene: Scene, sentence: Sequence[Token]) -> Span | None:
    """Return the only person whom a sentence about something else names: "That angered [Ola Lund]. “A”".

    Not whose something is, not who asks, and not one who is dead.
    """
    named = [t for t in sentence if scene.inside[t.i] < 0 and is_named_person(scene, t)]
    asks = any(t.lower_ in ASKS and own_subject(t) is not None for t in sentence)
    silent = asks or any(t.lower_ in DEATHS for t in sentence)
    if not named or named[-1].i - named[0].i >= len(named) or silent:
        return None
    last = named[-1]
    owner = last.i + 1 < len(scene.doc) and last.nbor().tag_ == "POS"
    acts = any(t.lower_ in FIRST_PERSON for t in sentence)
    return None if owner or acts else source_span(scene, last)


def is_named_person(scene: Scene, token: Token) -> bool:
    """Tell whether a word is one of a person's name."""
    return token.tag_ == "NNP" and (token.ent_type_ == "PERSON" or token.text in scene.people)


def _before_gesture(scene: Scene, outside: Sequence[Token]) -> Span | None:
    """Return the name before a last verb that was taken for a noun: "Asked about it, El-Baradai nods."."""
    verb = outside[-1]
    if verb.tag_ != "NNS" or verb.lower_ not in GESTURES:
        return None
    name = verb.i
    while name and (scene.doc[name - 1].tag_ == "NNP" or scene.doc[name - 1].text == "-"):
        name -= 1
    return scene.span(name, verb.i) if name < verb.i else None


def is_person(scene: Scene, head: Token) -> bool:
    """Tell whether a subject is somebody: by name, pronoun, role or relation ("the mayor", "his wife")."""
    other = head.ent_type_ in {"GPE", "LOC", "NORP", "DATE"} and head.text not in scene.people
    native = head.ent_type_ == "NORP" and not head.text.endswith("s") and not head.tag_.endswith("S")
    other = other and not (native and any(t.lower_ == "the" for t in head.lefts))
    agency = head.text.isupper() and len(head.text) > 1 and head.text not in scene.people
    named = head.tag_ == "NNP" and not other and not agency
    known = any(t.lower_ == "the" or t.dep_ in {"poss", "appos"} for t in head.children)
    role = head.lower_ in person_nouns() and known
    return named or role or head.ent_type_ == "PERSON" or head.lower_ in {"he", "she"}


def going_on(scene: Scene, found: Sequence[Attribution]) -> int | None:
    """Return the latest attribution whose speaker may go on: a main clause's, with a source, and quoting."""
    for index in range(len(found) - 1, max(-1, len(found) - 1 - LOOK_BACK), -1):
        earlier = found[index]
        if earlier.rule not in SPEAKING or (earlier.source is None and earlier.follows is None):
            continue
        who = None if earlier.source is None else earlier.source.of(scene.article.text).lower()
        if earlier.mode == "thought" and who in REPORTERS:
            continue
        cue = scene.doc[scene.tokens(earlier.cue)[1] - 1] if earlier.cue else None
        if cue is None or not is_verb(cue) or is_main(cue) or cue.tag_ == "VBG":
            return index
    return None


def _follow(rule: str, span: Span, found: Sequence[Attribution], last: int) -> Attribution:
    earlier = found[last]
    mode: Mode = "speech" if earlier.mode == "thought" else earlier.mode
    return Attribution((span,), None, earlier.source, rule, RULES[rule].confidence, mode, follows=last)
