"""Turns of a transcript, and headlines of the form "Name: words": a label, a colon, and what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Span as TokenSpan

from service.extraction.cues import is_verb
from service.extraction.lexicon import FIRST_PERSON, load_table, load_words, person_nouns
from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.labels import (
    after_topic,
    before_matter,
    is_called,
    lists_things,
    names_several,
    speaker_after_topic,
)
from service.extraction.scene import FINITE, Scene, is_punctuation, words

_LABEL = re.compile(
    r"\s*(?:[-–—>*•]\s*)?(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[])]?\s*(?![APap]\.?[Mm]\b)|"
    r"[\[(]?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[APap]\.?[Mm]\.?)?[])]?(?: [-–])? )?"
    r"[*_]{0,3}(?P<mark>[\"“”«„]?)"
    r"(?P<name>[^\W\d_][\w.'’-]*(?: (?:of|the|for|and|de|van|von|[^\W\d_][\w.'’-]*)){0,6})"
    r"(?P<role>,[^:“\"\n]{2,40}| ?\([^)\n]{1,30}\),? [A-Z][A-Z .,'’-]{2,60}"
    r"|/[A-Z][\w ]{1,24}|(?: ?\([^)\n]{1,60}\)){1,2}| ?\[[^]\n]{1,40}\])?"
    r"[*_]{0,3}:[*_]{0,3}(?=\s)\s*"
    r"(?:\([^)\n]{1,120}\)\s{0,3}(?=[\"“«]))?(?P<words>\S[^\n]*)"
)
_EXAMINED = re.compile(
    r"\s*(?P<name>[QAqaPR]|Question|QUESTION|Answer|ANSWER)(?P<stop>\s?[.:]?\s?[-–—]|\.|(?=\s))"
    r"\s{1,12}(?P<words>\S[^\n]*)"
)
"""A question or an answer without a colon: "Q   Did he?", "A. He did.", "Question.– Did he?".

"P" and "R", of Spanish "pregunta" and "respuesta", count where two of each are there and a "P" asks.
"""
_ADDRESSED = re.compile(
    r"(?P<name>[^\W\d_][^:\n\"“”]{1,60}?) to (?P<hearer>[^:\n\"“”]{2,60})(?P<colon>:) "
    r"(?P<words>[^\W\d_][^\n]*)"
)
"""What somebody puts to another: "Ann Lee to the minister, Jo Ray: Is it sold?"."""
_VOICE = re.compile(r"<v(?:\.[\w.]{1,30})? (?P<name>[^<>\n]{1,60})>(?P<words>[^<>]+?)(?:</v>)?")
_CREDIT = re.compile(
    r"\s*(?P<dash>[—–―-]{1,2})\s*(?P<name>[^\n(—–―]{2,60}?)\s*\(@\w{1,30}\)"
    r"\s*(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})?\W{0,3}$"
)
_HANDLED = re.compile(
    r"^[ \t]*(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?\W{1,3})?"
    r"(?P<name>@\w{2,30})(?P<colon>:)[ \t]+(?P<words>\w[^\n]*)",
    re.MULTILINE,
)
"""A post on a line, who posted it before a colon: "17:02 @dunmore: The road is closed"."""
_SOUNDBITE = re.compile(
    r"(?:\d{1,2}\.)?\W{0,3}SOUNDBITE\)?\s(?:\([^)\n]{1,40}\)\s?){0,3}(?:[^:\n]{2,120},\s)?"
    r"(?P<name>[^\W\d_][^:,\n]{1,60}),(?:\s\d{1,3},)?\s(?P<cue>SAYING|ON [^:\n]{2,60}):\s*"
)
"""The label of a statement in a list of shots; of "MAYOR, ANN ROTH, 50, SAYING:" the name is ANN ROTH."""
MAX_CREDIT = 100
"""Longest credit of an embedded post, in code points."""

_PARTED = re.compile(r"\s*(?:[-–—|(\[]|//)")

_CLOSING = ' \t"”“»'

MAX_LABEL = 60
"""Longest label of a turn, in code points."""

MAX_SMALL = 4
"""Most words of a label in small letters."""

MOST_BEFORE_ORDER = 4
"""Most tokens up to the verb of an order: "Vova, calm down"."""

LEAST_ASKED = 4
"""Fewest words of what is put to somebody."""

_OPEN_LISTS = frozenset({"CD", "WDT", "WP", "WRB"})
"""Tags of what opens a heading's words that nobody says: "What we learned"."""

LEAST_TURNS = 4
"""Fewest turns of a transcript in which a paragraph without a label is more of the turn before it."""

LEAST_LETTERS = 2
"""Fewest questions and answers of an interview that are labelled "P." and "R."."""

LEAST_LABELLED = 0.4
"""Least share of the paragraphs from its first turn to its last that have a label."""

_SMALL = frozenset({"of", "the", "for", "and", "de", "van", "von"})
_OF_NO_NAME = frozenset({"of", "the", "for", "and", "from", "to", "in", "on", "up", "with", "we"})
_ANONYMOUS = re.compile(r"(?:[qapr]|question|answer)[ .]?\d{0,3}", re.IGNORECASE)
"""Labels of questions and answers, nobody's names."""
_DIRECTION = re.compile(r"[(\[*].{0,200}[)\]*]\.?", re.DOTALL)
MATTERS = re.compile(
    r"dates?|time|place|venue|location|subjects?|topics?|themes?|hearing|meeting|session|present|guests|notes?"
    r"|claims?|verdict|rating|fact[ -]check|conclusion|context|sources?|photos?|what|when|where|who|why|how"
    r"|prices?|tickets?|score|result|attendance|referee|weather|in (?:short|brief)|key points?"
    r"|story|slug|storyline|shotlist|dateline|headline|byline|caption|restrictions|length"
    r"|also|more|watch|read|listen|update|updated|breaking|exclusive|background|analysis|opinion|correction"
    r"|related(?: .{1,20})?|(?:read|see|watch|listen) (?:more|also|next|now)|more (?:on this|from .{1,20})"
    r"|don[’']t miss|recommended(?: .{1,20})?|trending|explainer|in pictures|full story|you may like"
    r"|editor[’']?s[’']? note|advertisement|sponsored|promoted|sign up|subscribe"
    r"|.{1,40} (?:of the (?:day|week|month)|story|stories|news)",
    re.IGNORECASE,
)
"""Labels that say what follows, not who speaks: in the head of a transcript, in a newsletter."""


@dataclass(frozen=True, slots=True)
class _Turn:
    paragraph: int
    name: str
    source: Span
    colon: Span
    words: Span
    mark: str
    """The quotation mark that opens the paragraph, as each does in a transcript that is quoted whole."""


def transcript(scene: Scene) -> Iterator[Candidate]:
    """Yield the turns of a transcript: "PENCE: …", "Jane Doe (BBC): …", "Q: …", "Caller: …".

    Another turn must stand near. Labels in capitals are enough then; of others, several turns are wanted and
    one label twice, or most labels are titles with names ("Mr Price", "The Minister (Ann Lee)"), or most
    turns stand below a question. Where a transcript is quoted whole, each paragraph opens with a mark:
    '"PENCE: …'. "Q" and "A" are nobody's names, so their turns have no source.
    """
    turns = list(_turns(scene))
    often = Counter(turn.name for turn in turns)
    places = {turn.paragraph for turn in turns}
    rank = list(accumulate(scene.readable(i) for i in range(len(scene.paragraphs))))
    ranks = {rank[paragraph] for paragraph in places}

    def near(paragraph: int) -> bool:
        """Tell whether another turn stands within two paragraphs, furniture not counted."""
        return any(rank[paragraph] + away in ranks for away in (-2, -1, 1, 2))

    titled = sum(_titled(turn.name) for turn in turns)
    answers = {turn.paragraph for turn in turns if _below_question(scene, turn.paragraph, places)}
    several = max(titled, len(answers)) * 2 > len(turns) or any(count > 1 for count in often.values())
    dialogue = len(turns) >= 3 and several
    throughout = _is_throughout(scene, turns)
    asking = len(often) == 1 and _mostly_ask(scene, turns)
    stops = [*(turn.paragraph for turn in turns[1:]), 0]
    for turn, stop in zip(turns, stops, strict=False):
        anonymous = _ANONYMOUS.fullmatch(turn.name) is not None
        told = near(turn.paragraph) and (dialogue or anonymous or _capitals(turn.name))
        if throughout or told or (dialogue and turn.paragraph in answers):
            source = None if anonymous else turn.source
            open_ended = throughout and not turn.mark and not asking
            more = _until(scene, turn, stop) if open_ended else _going_on(scene, turn, places)
            yield Candidate("transcript-turn", (turn.words, *more), turn.colon, source)


def _mostly_ask(scene: Scene, turns: Sequence[_Turn]) -> bool:
    """Tell whether most turns are questions: what stands between them without a label answers."""
    asks = sum(turn.words.of(scene.article.text).rstrip("*_").endswith("?") for turn in turns)
    return asks * 2 > len(turns)


def _below_question(scene: Scene, paragraph: int, places: Collection[int]) -> bool:
    """Tell whether a paragraph without a label asks, above this one: "(To Doe) Was it hard?"."""
    above = scene.article.paragraphs[max(paragraph - 1, 0)]
    asks = above.span.of(scene.article.text).endswith("?")
    return paragraph - 1 not in places and asks and scene.readable(paragraph - 1)


def _turns(scene: Scene) -> Iterator[_Turn]:
    """Yield the paragraphs that are turns: a label, and words after it."""
    text = scene.article.text
    spans = [paragraph.span for paragraph in scene.article.paragraphs]
    labelled = {i: turn for i in range(len(spans)) if (turn := _turn(scene, i)) is not None}
    if spans and scene.article.paragraphs[0].kind == "heading":
        labelled.pop(0, None)
    examined = {i: turn for i in range(len(spans)) if (turn := _examined(scene, i)) is not None}
    names = Counter(turn.name for turn in examined.values())
    asked = [turn for turn in examined.values() if turn.name == "P" and turn.words.of(text).endswith("?")]
    if len(asked) < LEAST_LETTERS or names["R"] < LEAST_LETTERS:
        examined = {i: turn for i, turn in examined.items() if turn.name not in {"P", "R"}}
    if (
        len(examined) < 2
        and not scene.in_small_letters
        and not any(_capitals(turn.name) for turn in labelled.values())
    ):
        examined.clear()
    often = Counter(turn.name for turn in labelled.values())
    for _, turn in sorted((examined | labelled).items()):
        section = often[turn.name] == 1 and _is_section(turn.name, text)
        if not section and not MATTERS.fullmatch(turn.name) and _spoken(turn.words.of(text)):
            yield turn


def _is_section(label: str, text: str) -> bool:
    """Tell whether a label in capitals is a newsletter's, nobody's name: "SPOTTED", "THE VIEW FROM PARIS"."""
    words = label.split()
    small = _OF_NO_NAME & {word.lower() for word in words[1:]}
    human = any(word.lower().rstrip(".") in person_nouns() for word in words)
    plain = small or label.endswith(("ED", "ING"))
    return _capitals(label) and bool(plain) and not human and words[-1].title() not in text


def _examined(scene: Scene, index: int) -> _Turn | None:
    """Return a paragraph that is a question or an answer by its letter alone: "Q   Did he?", "A. He did."."""
    span = scene.article.paragraphs[index].span
    found = _EXAMINED.match(scene.article.text, span.start, span.end) if scene.readable(index) else None
    if found is None or (found["name"] not in {"Q", "q", "a"} and not found["stop"]):
        return None
    if found["name"].islower() and (found["name"] == "a" or not scene.in_small_letters):
        return None
    label = Span(*found.span("name"))
    return _Turn(index, found["name"], label, label, Span(*found.span("words")), "")


def _is_throughout(scene: Scene, turns: Sequence[_Turn]) -> bool:
    """Tell whether the text is a transcript from its first turn to its last.

    Its labels are in capitals, or one is there in every other turn, as whoever answers the press is.
    """
    often = Counter(turn.name for turn in turns)
    told = all(map(_capitals, often)) or 2 * max(often.values(), default=0) >= len(turns)
    told = told or min(often.values(), default=0) > 1
    if len(turns) < LEAST_TURNS or not told:
        return False
    size = sum(scene.readable(i) for i in range(turns[0].paragraph, turns[-1].paragraph + 1))
    return len(turns) >= LEAST_LABELLED * size


def _until(scene: Scene, turn: _Turn, stop: int) -> Iterator[Span]:
    """Yield the paragraphs between a turn's and the next one's, ``stop``: no stage directions."""
    for paragraph in range(turn.paragraph + 1, stop):
        words = scene.span(*scene.paragraphs[paragraph])
        if words is None or not scene.readable(paragraph):
            continue
        if not _DIRECTION.fullmatch(words.of(scene.article.text)):
            yield words


def _going_on(scene: Scene, turn: _Turn, places: Collection[int]) -> Iterator[Span]:
    """Yield the paragraphs after a turn's that are its speaker's too: opened by a mark, with no name."""
    for paragraph in range(turn.paragraph + 1, len(scene.paragraphs) if turn.mark else 0):
        span, text = scene.article.paragraphs[paragraph].span, scene.article.text
        if paragraph in places or not text.startswith(turn.mark, span.start) or not scene.readable(paragraph):
            return
        yield _without_mark(text, Span(span.start + len(turn.mark), span.end))


def headline(scene: Scene) -> Iterator[Candidate]:
    """Yield what a headline credits to the name before its colon: "Minister: rail fares will not rise"."""
    for i, paragraph in enumerate(scene.article.paragraphs):
        if paragraph.kind != "heading" and i > 0:
            continue
        turn = _turn(scene, i)
        if turn is None and (found := _more_than_name(scene, i)) is not None:
            yield found
        if turn is None or _capitals(turn.name) or not _credible(scene, turn):
            continue
        if (source := _of_heading(scene, turn)) is not None:
            yield Candidate("headline-colon", (_in_marks(scene, turn.words),), turn.colon, source)


def _more_than_name(scene: Scene, paragraph: int) -> Candidate | None:
    """Return what a heading without marks has somebody say whom its label does not only name.

    "Flood in Oslo, mayor: schools are closed", "Roe to the West: give us planes", "Roe on trade: we lost".
    """
    first, end = scene.paragraphs[paragraph]
    colon = next((t.i for t in scene.doc[first : min(end, first + MAX_LABEL)] if t.text == ":"), first)
    said = scene.span(colon + 1, end)
    if colon == first or said is None or scene.stretches_of[paragraph]:
        return None
    start = after_topic(scene, (first, colon))[0]
    who = speaker_after_topic(words(scene.doc[start:colon])) if start > first else ()
    acts = FINITE | {"VBN"} if who and is_called(who[-1]) else FINITE
    who = who if any(t.tag_ in acts for t in scene.doc[colon + 1 : end]) else ()
    who = who or (before_matter(scene, (first, colon)) if _is_own(scene.doc[colon + 1 : end]) else ())
    if not who:
        return None
    source = scene.span(who[0].i, who[-1].i + 1)
    return Candidate("headline-colon", (said,), scene.span(colon, colon + 1), source)


def _is_own(said: TokenSpan) -> bool:
    """Tell whether words are somebody's to others: "give us the planes", "they will not beat us"."""
    if said[0].tag_ in _OPEN_LISTS:
        return False
    begins = said[:MOST_BEFORE_ORDER]
    orders = any(t.tag_ == "VB" and t.nbor(-1).tag_ not in {"MD", "TO"} for t in begins)
    return orders or any(t.lower_ in FIRST_PERSON for t in said)


def _of_heading(scene: Scene, turn: _Turn) -> Span | None:
    """Return whom a heading's label names, a topic before it or not; nobody for "Rovers, Roe is back:"."""
    first, colon = scene.tokens(turn.source)[0], scene.tokens(turn.colon)[0]
    label = first, colon
    start = after_topic(scene, label)[0]
    if start == first:
        whole = scene.span(*label) if names_several(scene, label) else turn.source
        return None if lists_things(scene, label) else whole
    return None if any(map(is_verb, scene.doc[start:colon])) else scene.span(start, colon)


def credited_alone(scene: Scene) -> Iterator[Candidate]:
    """Yield a statement after its speaker's full name, alone of its kind: "Premier Ann Lee: We did it."."""
    for i, paragraph in enumerate(scene.article.paragraphs):
        below = i > 0 and paragraph.kind == "body" and not scene.stretches_of[i]
        turn = _turn(scene, i) if below else None
        if turn is None or MATTERS.fullmatch(turn.name) or not _is_person(scene, turn.source):
            continue
        label, said = (scene.doc[slice(*scene.tokens(span))] for span in (turn.source, turn.words))
        own = any(t.lower_ in FIRST_PERSON for t in said) and any(t.tag_ in FINITE for t in said)
        if own and len([t for t in label if t.text in scene.people]) > 1:
            yield Candidate("transcript-turn", (turn.words,), turn.colon, turn.source)


def addressed(scene: Scene) -> Iterator[Candidate]:
    """Yield what somebody puts to another, without marks: "Ann Lee to the minister, Jo Ray: Is it sold?"."""
    for i, paragraph in enumerate(scene.article.paragraphs):
        span = paragraph.span
        found = _ADDRESSED.match(scene.article.text, span.start, span.end)
        if found is None or paragraph.kind != "body":
            continue
        source, hearer = (Span(*found.span(part)) for part in ("name", "hearer"))
        said = Span(*found.span("words"))
        if scene.stretches_of[i] or len(said.of(scene.article.text).split()) < LEAST_ASKED:
            continue
        if _is_person(scene, source) and _is_person(scene, hearer):
            yield Candidate("transcript-turn", (said,), Span(*found.span("colon")), source)


def _is_person(scene: Scene, span: Span) -> bool:
    """Tell whether words without a verb end in the name of a person."""
    label = scene.doc[slice(*scene.tokens(span))]
    plain = not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "IN"} for t in label)
    return plain and label[-1].tag_ == "NNP" and label[-1].text in scene.people


def voices(scene: Scene) -> Iterator[Candidate]:
    """Yield the lines of WebVTT subtitles that say whose voice it is: "<v Ann Lee>Good evening."."""
    text = scene.article.text
    spans = [(i, p.span) for i, p in enumerate(scene.article.paragraphs) if p.kind == "body"]
    found = [match for i, span in spans if (match := _VOICE.fullmatch(text, span.start, span.end))]
    for match in found if len(found) > 1 else ():
        yield Candidate("transcript-turn", (Span(*match.span("words")),), None, Span(*match.span("name")))


def _in_marks(scene: Scene, words: Span) -> Span:
    """Return only the quotation of words that a dash or a bracket parts from it: '“A” – an interview'."""
    opens = next((s.span for s in scene.marked if s.span.start == words.start), words)
    return opens if _PARTED.match(scene.article.text, opens.end, words.end) else words


def heading_label(scene: Scene) -> Span | None:
    """Return the name before the colon of the first heading, if words in marks or of a speaker follow it."""
    turn = _turn(scene, 0) if scene.article.paragraphs[:1] else None
    if turn is None or scene.article.paragraphs[0].kind != "heading" or MATTERS.fullmatch(turn.name):
        return None
    return _of_heading(scene, turn) if _credible(scene, turn) else None


def posts(scene: Scene) -> Iterator[Candidate]:
    """Yield embedded posts, credited after a dash: "So proud! — Keiko Arden (@karden) May 4, 2025".

    The credit may stand on a line of its own below. So are those that a handle leads: "@karden: So proud!".
    """
    above = Span(0, 0)
    for paragraph in scene.article.paragraphs:
        if paragraph.kind == "furniture":
            continue
        text, span = scene.article.text, paragraph.span
        for led in _HANDLED.finditer(text, span.start, span.end) if "@" in text else ():
            said, colon, source = (Span(*led.span(part)) for part in ("words", "colon", "name"))
            if all(scene.inside[i] < 0 for i in range(*scene.tokens(said))):
                yield Candidate("transcript-turn", (said,), colon, source, "writing")
        handle = text.rfind("(@", max(span.start, span.end - MAX_CREDIT), span.end)
        found = _CREDIT.search(text, max(span.start, handle - MAX_CREDIT), span.end) if handle >= 0 else None
        words = Span(span.start, found.start()) if found else span
        words = words if words.of(text).strip() else above
        above = Span(0, 0) if found else span
        if found and words.of(text).strip():
            source = Span(*found.span("name"))
            yield Candidate("post-credit", (words,), Span(*found.span("dash")), source, "writing")


def _turn(scene: Scene, index: int) -> _Turn | None:
    """Return the paragraph as a label with a colon and the words after it, None when it is not so formed."""
    paragraph = scene.article.paragraphs[index]
    if paragraph.kind == "furniture":
        return None
    text = scene.article.text
    head = text.find(":", paragraph.span.start, min(paragraph.span.end, paragraph.span.start + MAX_LABEL))
    found = _LABEL.match(text, paragraph.span.start, paragraph.span.end) if head >= 0 else None
    if found is None or not (_name_like(found["name"]) or _is_small_label(scene, found["name"])):
        return None
    colon = text.index(":", found.end("role") if found["role"] else found.end("name"))
    name = Span(*found.span("name"))
    words = Span(found.start("words"), found.end("words"))
    words = _without_mark(text, words) if found["mark"] else words
    return _Turn(index, found["name"], name, Span(colon, colon + 1), words, found["mark"])


def _without_mark(text: str, words: Span) -> Span:
    """Leave out the mark that closes what one before the name has opened."""
    return Span(words.start, words.start + len(words.of(text).rstrip(_CLOSING)))


def _spoken(words: str) -> bool:
    """Tell whether the words of a turn are words, not a figure: "Clinton: 2,316"."""
    return any(map(str.isalpha, words)) and not words[:1].isdigit()


def _name_like(label: str) -> bool:
    """Tell whether every word of a label but small ones and a role before a name begins with a capital."""
    words = label.split()
    small = _SMALL | person_nouns() if words[-1][0].isupper() else _SMALL
    return all(word in small or word[0].isupper() for word in words)


def _is_small_label(scene: Scene, label: str) -> bool:
    """Tell whether a label is short and small: "interviewer", "ms. sanders" in a text without capitals."""
    words = label.split()
    return len(words) <= MAX_SMALL and (scene.in_small_letters or words[-1] in person_nouns())


def _titled(label: str) -> bool:
    """Tell whether a label begins with a title or an office: "Mr Price", "The Minister for Housing"."""
    words = [word.lower().rstrip(".") for word in label.split() if word.lower() != "the"]
    return len(words) > 1 and (words[0] in load_table("name_titles") or words[0] in person_nouns())


def _capitals(label: str) -> bool:
    """Tell whether a label is in capitals throughout, as names in transcripts are."""
    return label.upper() == label and any(map(str.isalpha, label))


def _credible(scene: Scene, turn: _Turn) -> bool:
    """Tell whether a headline's label is a speaker and a clause follows, not a section and a title."""
    first, end = scene.tokens(turn.words)
    label = scene.doc[slice(*scene.tokens(turn.source))]
    if len(label) == 1 and label.text in scene.places and label.text not in scene.surnames:
        return False
    common = label.text.lower() in load_words("common_words") or MATTERS.fullmatch(turn.name)
    if len(label) == 1 and not common and any(s.span.start == turn.words.start for s in scene.quoted):
        return True
    body = [token for token in scene.doc[first:end] if not is_punctuation(token)]
    says = any(t.tag_ in {"VBZ", "VBP", "VBD", "MD", "VB"} for t in body)
    speaker = any(
        t.ent_type_ in {"PERSON", "ORG"}
        or t.text in scene.people
        or t.lower_ in load_words("headline_speakers")
        for t in label
    )
    titled = len(label) > 1 and label[-1].tag_ == "NNP" and label[-2].lower_ in person_nouns()
    return len(body) >= 3 and says and (speaker or titled)


def soundbites(scene: Scene) -> Iterator[Candidate]:
    """Yield what a broadcaster's list of shots credits: '(SOUNDBITE) (German) MAYOR, ANN ROTH, SAYING: "A"'.

    The quotation follows the label, in its paragraph or in the next one.
    """
    text = scene.article.text
    for i, paragraph in enumerate(scene.article.paragraphs):
        found = _SOUNDBITE.match(text, paragraph.span.start, paragraph.span.end)
        if found is None:
            continue
        near = [*scene.stretches_of[i], *(scene.stretches_of[i + 1] if i + 1 < len(scene.paragraphs) else ())]
        said = next(
            (scene.quoted[at].span for at in near if scene.quoted[at].span.start >= found.end()), None
        )
        if said is not None and not text[found.end() : said.start].strip():
            yield Candidate("transcript-turn", (said,), Span(*found.span("cue")), Span(*found.span("name")))
