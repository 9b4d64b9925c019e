"""Edges: where content and sources begin and end, mended where the parse errs in ways that the surface shows.

``mended`` is for every attribution that was chosen; the rest for pieces that the scorer chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.asides import opens_aside
from service.extraction.contents import ends_at_marks
from service.extraction.cues import ASKED, CLEAR, verb_reporting
from service.extraction.lexicon import SUBJECT_PRONOUNS, person_nouns
from service.extraction.lists import listed
from service.extraction.models import Attribution, Span
from service.extraction.narration import TOLD
from service.extraction.scene import (
    FINITE,
    LONGEST_ASIDE,
    MARKS,
    Range,
    Scene,
    acts_next,
    is_punctuation,
    words,
)
from service.extraction.sources import source_span, whole_word
from service.extraction.subjects import agent, own_subject, quoted_as_saying

_SAID_IN = frozenset({"during", "in", "on", "via"})
"""What leads from a cue to where something was said."""

FARTHEST_THAT = 16
"""Most tokens of where something was said: "in statements released by the agency “Sputnik”"."""

_PROGRAMMES = frozenset({"breakfast", "magazine", "newspaper", "podcast", "program", "programme", "show"})
_TITLING = frozenset({"CD", "IN", "NN", "NNP", "NNPS", "POS"})
"""Tags of the words of what a broadcaster's programme is called."""

MAX_MEDIUM = 8
"""Most tokens from the start of content to its "that" for what stands between to be the medium."""

_DATELINE = re.compile(
    r"(?:[A-Z][^()\n]{1,40})?\([A-Z][^()\n]{1,30}\)\s{0,2}[-–—]{1,2}\s{0,2}(?=\S)"
    r"|[A-Z][^()\n–—-]{1,40}\s[-–—]{1,2}\s(?=[A-Z])"
    r"|\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?)?\s?[-–—:]?\s(?=[A-Z@“\"])"
)
"""A place, an agency in brackets or both, and a dash ("Paris (AFP) - ", "(BUSINESS WIRE)--", "Amman - "), or
the time that opens an entry of a live blog ("7.44pm ")."""

_TIME = re.compile(
    r"(?:(?:(?:on|late|early|last|this)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s(?:morning|afternoon|evening|night))?|yesterday|today|tonight"
    r"|(?:(?:early|earlier|late|later)\s)?(?:this|last)\s(?:week|month|year|morning|afternoon|evening|summer))"
    r"\s(?=[^\W\d_])"
)

LONGEST_LABEL = 3
"""Most tokens of a label before a colon that opens a paragraph."""

LONGEST_LEAD = 40
"""Code points from a cue to the comma that ends a clause which "as" leads in."""

_GOES_ON = re.compile(
    r"(?:and|but|or|is|was|has|had|will|would|can|could|may|might|must|shall|should|did|does|saw|[a-z]{3,12}ed)\s"
)
"""What follows a day that is itself what is spoken of: "said this year [would] be hard"."""

_CURRENCY = "$¢£¤¥฿₡₦₨₩₪₫€₭₮₱₲₴₵₸₹₺₼₽₾₿"

_SIGN_BEFORE = re.compile(rf"[+−±~≈-]?[{_CURRENCY}](?=\w)|(?<![^\s(\[])(?:[#@§](?=\w)|[+−±~≈-](?=\d))")

_SIGN_AFTER = re.compile(rf"(?<=\d)(?: ?[%‰{_CURRENCY}]|[°′″+])")

_PAIRS = (("«", "»"), ("„", "”“"), ("“", "”"), ('"', '"'))

_CLOSING = "»”"
"""Marks around names, with what closes them."""

MAX_QUOTED = 14
"""Most tokens from "quoted" to the "as" of "as saying"."""

_NAMING = ("NN", "DT", "JJ", "IN", "CD", "POS", "PRP$", ",", "HYPH")
"""How the tags of words that name or describe somebody begin."""

_OCCASIONS = frozenset(
    [
        "about",
        "after",
        "ahead",
        "alongside",
        "as",
        "at",
        "before",
        "during",
        "following",
        "from",
        "in",
        "not",
        "of",
        "on",
        "over",
        "through",
        "to",
        "under",
        "via",
        "when",
        "while",
        "with",
        "without",
    ]
)
"""Words after a cue that begin what was spoken of, where, when or how."""

_CLAUSE_OPENERS = frozenset({"DT", "PRP", "PRP$", "NNP", "IN"})

_TOLD = frozenset(
    {
        "accused",
        "advised",
        "asked",
        "informed",
        "instructed",
        "ordered",
        "reminded",
        "told",
        "urged",
        "warned",
    }
)
"""Participles of verbs whose subject in the passive is the hearer."""

_WITNESSES = frozenset(
    {"hear", "heard", "hears", "overheard", "recall", "recalled", "recalls", "remember", "remembered"}
    | {"remembers", "saw", "sees", "watched"}
)
"""What somebody does who passes on what another said: '"No," she heard him say'."""


def mended(scene: Scene, every: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions without a dateline or a time in the content, its pronoun and signs kept."""
    text = scene.article.text
    said = covered(text, every)
    for one in every:
        credited = unheard(scene, requoted(scene, one))
        begun = without_time(scene, without_dateline(scene, with_subject(scene, credited, said)))
        begun = without_led_in(scene, begun)
        begun = replace(begun, source=begun.source and with_closing_mark(text, begun.source))
        content = tuple(with_signs(text, closed(scene, span)) for span in begun.content)
        labelled = without_labels(scene, replace(begun, content=content))
        parted = without_aside(scene, after_colon(scene, labelled))
        yield listed(scene, without_lead(scene, parted))


def without_aside(scene: Scene, one: Attribution) -> Attribution:
    """End content where the narrator says how it was put, or what was not: "he was late [when asked]"."""
    if one.cue is None:
        return one
    verb = scene.doc[scene.tokens(one.cue)[1] - 1]
    first, end = scene.tokens(one.content[-1])
    narrated = (t for t in scene.doc[first + 2 : end] if t.i > verb.i and scene.inside[t.i] < 0)
    opener = next((t for t in narrated if opens_aside(t, verb, end)), None)
    if opener is None:
        return one
    stop = opener.i
    while stop > first + 1 and scene.doc[stop - 1].tag_ in {",", "CC"} and scene.inside[stop - 1] < 0:
        stop -= 1
    said = scene.span(first, stop)
    return replace(one, content=(*one.content[:-1], said)) if said is not None else one


def after_colon(scene: Scene, one: Attribution) -> Attribution:
    """Begin what "she said" interrupts behind her name and a colon: "Roe was blunt: [it], she said, [is]"."""
    who = list(scene.doc[slice(*scene.tokens(one.source))]) if one.source is not None else []
    first, *rest = one.content
    if len(who) != 1 or who[0].lower_ not in {"he", "it", "she", "they"} or first.end > who[0].idx:
        return one
    begin, end = scene.tokens(first)
    colon = next(
        (i for i in range(end - 2, begin, -1) if scene.doc[i].text == ":" and scene.inside[i] < 0), 0
    )
    lead = scene.doc[begin:colon] if colon else ()
    named = any(t.text in scene.people for t in lead) or (
        who[0].lower_ == "it" and any(t.tag_ == "NNP" and t.dep_ == "nsubj" for t in lead)
    )
    told = named and any(t.tag_ in FINITE or t.tag_ == "VB" for t in lead)
    behind = scene.span(colon + 1, end) if told else None
    return replace(one, content=(Span(behind.start, first.end), *rest)) if behind is not None else one


def without_labels(scene: Scene, one: Attribution) -> Attribution:
    """Leave out a piece that only labels the paragraph: "[Details]: According to Roe, the port is closed"."""
    first, *rest = one.content
    begin, end = scene.tokens(first)
    short = (
        bool(rest) and end - begin <= LONGEST_LABEL and end < len(scene.doc) and scene.doc[end].text == ":"
    )
    opens = begin == scene.paragraphs[scene.paragraph_of[begin]][0]
    return replace(one, content=tuple(rest)) if short and opens and scene.inside[begin] < 0 else one


def without_lead(scene: Scene, one: Attribution) -> Attribution:
    """Leave out the narrator's clause before a cue that quotes: '[It is on,] but, Lee says, "A"'."""
    first, last = one.content[0], one.content[-1]
    if len(one.content) != 2 or one.cue is None or not first.end <= one.cue.start < last.start:
        return one
    begins, after = scene.tokens(last)[0], scene.tokens(first)[1]
    ahead = words(scene.doc[after : after + 3])
    parted = bool(ahead) and ahead[0].tag_ == "CC" and scene.doc[ahead[0].i + 1].text == ","
    return replace(one, content=(last,)) if parted and begins in scene.edges else one


def with_closing_mark(text: str, span: Span) -> Span:
    """End a source after the mark that closes a name in it: "the portal “Our Land[”]"."""
    said, after = span.of(text), text[span.end : span.end + 1]
    opens = next((opens for opens, closes in _PAIRS if after and after in closes), None)
    if opens is None:
        return span
    left = said.count(opens) % 2 if opens == after else said.rfind(opens) > max(map(said.rfind, _CLOSING))
    return Span(span.start, span.end + 1) if left else span


def _leads_on(word: Token) -> bool:
    """Tell whether a word joins what follows: "and", or "while" after a comma."""
    return word.tag_ == "CC" or (
        word.lower_ in {"while", "whereas"} and word.i > 0 and word.nbor(-1).text == ","
    )


def closed(scene: Scene, span: Span) -> Span:
    """End content before a conjunction that leads on: "there would be paid leave[, and] when pressed"."""
    first, end = scene.tokens(span)
    last = end
    while last > first + 1 and _leads_on(scene.doc[last - 1]) and scene.inside[last - 1] < 0:
        last -= 1
        while last > first + 1 and scene.doc[last - 1].text in {",", "–", "—", "--", "-"}:
            last -= 1
    word = scene.doc[last - 1]
    return span if last == end else Span(span.start, word.idx + len(word))


def requoted(scene: Scene, one: Attribution) -> Attribution:
    """Credit who is quoted, not who quotes: "The summary quoted [a bishop] as warning against pride"."""
    last = scene.tokens(one.cue)[1] - 1 if one.cue is not None else -1
    quoting = last >= 0 and scene.doc[last].lower_.startswith(("quot", "cit", "report"))
    rights = scene.doc[last].rights if quoting else ()
    inner = next((v for t in rights for v in t.rights if v.dep_ == "pcomp"), None)
    quoted = quoted_as_saying(inner) if inner is not None and verb_reporting(inner) else None
    source = source_span(scene, quoted, avoid=(inner.i, inner.i + 1)) if inner is not None else None
    if source is None and quoting:
        inner, source = _as_saying(scene, last)
    if inner is None or source is None or inner.i + 1 == len(scene.doc):
        return one
    cue = (inner.i, inner.i + 1)
    known = verb_reporting(inner)
    one = replace(one, mode=known.mode) if known is not None else one
    before = tuple(span for span in one.content if one.cue is not None and span.end <= one.cue.start)
    if before:
        return replace(one, content=before, cue=scene.span(*cue), source=source)
    start = max(one.content[0].start, scene.doc[inner.i + 1].idx)
    if start >= one.content[-1].end:
        return one
    content = (whole(scene, _without_lead(scene, Span(start, one.content[-1].end))),)
    return replace(one, content=content, cue=scene.span(*cue), source=source)


def unheard(scene: Scene, one: Attribution) -> Attribution:
    """Credit who speaks, not who hears: '"No," [she] was told', '"No," [she] heard Lee say'."""
    verb = scene.doc[scene.tokens(one.cue)[1] - 1] if one.cue is not None else None
    if verb is None or one.source is None:
        return one
    first, end = scene.tokens(one.source)
    if verb.lower_ in _TOLD and any(t.dep_ == "auxpass" for t in verb.lefts):
        hearer = own_subject(verb)
        if hearer is None or not first <= hearer.i < end:
            return one
        by = agent(verb)
        return replace(one, source=source_span(scene, by) if by is not None else None)
    clauses = (t for t in verb.rights if t.dep_ in {"ccomp", "xcomp"} and t.tag_ in {"VB", "VBG"})
    told = next((t for t in clauses if verb_reporting(t) is not None), None)
    teller = own_subject(told) if told is not None and verb.lower_ in _WITNESSES else None
    if told is None or teller is None or first <= teller.i < end or one.content[-1].end > told.idx:
        return one
    cue = (told.i, told.i + 1)
    return replace(one, cue=scene.span(*cue), source=source_span(scene, teller, avoid=cue))


def _as_saying(scene: Scene, quoting: int) -> tuple[Token | None, Span | None]:
    """Return the verb and whom it quotes, as they stand: "The Times quoted [Jo Ray] as [saying]"."""
    _, end = scene.sentences[quoting]
    for i in range(quoting + 2, min(end - 1, quoting + MAX_QUOTED)):
        verb = scene.doc[i + 1]
        if scene.doc[i].lower_ == "as" and verb.tag_ == "VBG" and verb_reporting(verb):
            between = scene.doc[quoting + 1 : i]
            nominal = all(t.tag_.startswith(_NAMING) and t.lower_ != "by" for t in between)
            return (verb, scene.span(quoting + 1, i)) if nominal else (None, None)
        if scene.inside[i] >= 0:
            break
    return None, None


def _without_lead(scene: Scene, span: Span) -> Span:
    """Begin content after the comma or colon that leads in to it."""
    first, end = scene.tokens(span)
    while first < end - 1 and scene.doc[first].text in {",", ":"}:
        first += 1
    return Span(scene.doc[first].idx, span.end)


def with_signs(text: str, span: Span) -> Span:
    """Take in the signs of the first and last word: "$5m", "#MeToo", "4-6%", the bracket of "(or so)"."""
    signs = (i for i in range(max(0, span.start - 2), span.start) if _leads(text, i, span.start))
    start = next(signs, span.start)
    after = _SIGN_AFTER.match(text, span.end)
    end = after.end() if after else span.end
    said = text[start:end]
    for opens, closes in ("()", "[]"):
        if said.count(opens) > said.count(closes) and text.startswith(closes, end):
            end += 1
    return Span(start, end)


def covered(text: str, every: Iterable[Attribution]) -> bytearray:
    """Return 1 for each code point of the text that is content of one of the attributions, else 0."""
    said = bytearray(len(text))
    for one in every:
        for span in one.content:
            said[span.start : span.end] = b"\1" * (span.end - span.start)
    return said


def _leads(text: str, start: int, end: int) -> bool:
    sign = _SIGN_BEFORE.match(text, start)
    return sign is not None and sign.end() == end


def without_dateline(scene: Scene, one: Attribution) -> Attribution:
    """Begin a source or content that opens a paragraph after its dateline: "Lisbon (AFN) - The union"."""
    source = one.source and _after_dateline(scene, one.source)
    return replace(one, source=source, content=(_after_dateline(scene, one.content[0]), *one.content[1:]))


def _after_dateline(scene: Scene, span: Span) -> Span:
    first, _ = scene.tokens(span)
    paragraph = scene.paragraph_of[first] if first < len(scene.doc) else -1
    if paragraph < 0 or scene.paragraphs[paragraph][0] != first:
        return span
    match = _DATELINE.match(scene.article.text, span.start, span.end)
    start = match.end() if match else _after_mood(scene, first) or span.start
    return Span(start, span.end) if start < span.end else span


def _after_mood(scene: Scene, first: int) -> int:
    """Return where a caption goes on after its mood, 0 if it has none: "Defiant: [The mayor will stay]"."""
    if first + 2 >= len(scene.doc) or scene.doc[first + 1].text != ":":
        return 0
    mood, after = scene.doc[first], scene.doc[first + 2]
    plain = mood.tag_ in {"JJ", "NN", "RB", "VBD", "VBN"} and mood.lower_ not in person_nouns()
    return after.idx if plain and mood.text.istitle() and after.text[0].isupper() else 0


def without_time(scene: Scene, one: Attribution) -> Attribution:
    """Begin content after the time of the saying: "said [on Monday] it would close", where the parse errs."""
    first, text = one.content[0], scene.article.text
    if one.cue is None or text[one.cue.end : first.start].strip():
        return one
    match = _TIME.match(text, first.start, first.end) if one.cue.end <= first.start else None
    if match is None or _GOES_ON.match(text, match.end()):
        return one
    return replace(one, content=(Span(match.end(), first.end), *one.content[1:]))


def without_led_in(scene: Scene, one: Attribution) -> Attribution:
    """Begin content after the clause that "as" and the cue open: "As said [before], it is closed"."""
    first, text = one.content[0], scene.article.text
    if one.cue is None or text[one.cue.end : first.start].strip():
        return one
    comma, cue = text.find(", ", first.start, min(first.end, first.start + LONGEST_LEAD)), one.cue
    verb = scene.tokens(cue)[0]
    led = verb > 0 and scene.doc[verb - 1].lower_ == "as" and scene.sentences[verb][0] == verb - 1
    if not led or comma < cue.end or comma + 2 >= first.end:
        return one
    return replace(one, content=(Span(comma + 2, first.end), *one.content[1:]))


def with_subject(scene: Scene, one: Attribution, said: bytearray) -> Attribution:
    """Begin a clause with its pronoun where the parse gave that away: "told the podcast she found it odd".

    What is ``said`` already (``covered``) is not taken.
    """
    first, _ = scene.tokens(one.content[0])
    if one.cue is None or not 0 < first < len(scene.doc) or scene.inside[first] >= 0:
        return one
    verb, before = scene.doc[first], scene.doc[first - 1]
    lost = before.lower_ in SUBJECT_PRONOUNS and before.idx >= one.cue.end and not said[before.idx]
    lost = lost and verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}
    if not lost or (one.source is not None and one.source.end > before.idx):
        return one
    return replace(one, content=(Span(before.idx, one.content[0].end), *one.content[1:]))


def begun(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after whatever leads up to it that is none: the medium, the hearer, a label."""
    span = _without_clear(scene, cue, _without_name(scene, cue, span))
    told = without_hearer(scene, cue, without_medium(scene, cue, span))
    return without_label(scene, cue, _without_telling(scene, cue, _without_it(scene, cue, told)))


def from_whole_word(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content before a word that the parser cut at a hyphen: "called [his co-]owners liars"."""
    first = scene.tokens(span)[0]
    begin = max(whole_word(scene.doc, first), cue[1]) if first > cue[1] else first
    while begin == first and first - 1 > cue[1] and _belongs(scene, first):
        begin = first = first - 1
    first = scene.tokens(span)[0]
    return Span(scene.doc[begin].idx, span.end) if begin < first and scene.inside[first] < 0 else span


def _belongs(scene: Scene, first: int) -> bool:
    before, noun = scene.doc[first - 1], scene.doc[first]
    return scene.inside[first - 1] < 0 and before.dep_ in {"amod", "det"} and before.head == noun


def _without_telling(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after a second verb of saying: 'Okonjo recalls [telling herself,] "A"'."""
    first, end = scene.tokens(span)
    verb = scene.doc[first]
    if first != cue[1] or verb.tag_ != "VBG" or scene.inside[first] >= 0 or verb_reporting(verb) is None:
        return span
    start = next((i for i in range(first, end) if scene.inside[i] >= 0), end)
    told = start < end and scene.doc[start - 1].text in {",", ":"} and start - first <= MAX_QUOTED
    return Span(scene.doc[start].idx, span.end) if told else span


def _without_it(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after what the verb "put" takes: 'As Lee put [it at the meeting,] "A"'."""
    first, end = scene.tokens(span)
    if scene.doc[cue[1] - 1].lower_ != "put" or first != cue[1] or scene.doc[first].lower_ != "it":
        return span
    start = next((i for i in range(first, end) if scene.inside[i] >= 0), first)
    return Span(scene.doc[start].idx, span.end)


def _without_clear(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after the rest of a cue and where it was said: "made [it clear in a letter] that A"."""
    first, end = scene.tokens(span)
    if first < cue[0] or first > cue[1] or scene.doc[cue[1] - 1].lower_ not in CLEAR:
        return span
    start = min(max(first, cue[1]), end - 1)
    if start + 1 < end and scene.doc[start].text == ":":
        start += 1
    ahead = takewhile(lambda t: t.tag_ not in FINITE, scene.doc[start : min(end, start + MAX_MEDIUM)])
    that = next((t.i for t in ahead if t.lower_ == "that"), start)
    return Span(scene.doc[that].idx, span.end)


def past_name(scene: Scene, comma: int, end: int) -> int:
    """Return the comma after a name that is set off at ``comma``: "According to the mayor, [Ann Lee], A".

    A role may stand before the name: "[professor Ann Lee]". Not "the driver Jo Ray, who was hurt, has gone".
    """
    if comma >= end or scene.doc[comma].text != ",":
        return comma
    led = takewhile(lambda t: t.tag_ == "DT" or t.lower_ in person_nouns(), scene.doc[comma + 1 : end])
    first = comma + 1 + len(list(led))
    named = next((t.i for t in scene.doc[first:end] if t.tag_ not in {"NNP", "NNPS"}), comma)
    if named <= first or scene.doc[named].text != ",":
        return comma
    after = scene.doc[named + 1 : min(end, named + LONGEST_ASIDE)]
    if acts_next([t.lower_ for t in after], [t.tag_ for t in after]):
        return comma
    told = len(after) and after[0].tag_ == "WP"
    return next((t.i for t in after if told and t.text == ","), named)


def _without_name(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after the name of who is credited: "According to the mayor, [professor Ann Lee,] A"."""
    first, end = scene.tokens(span)
    if scene.doc[cue[0]].lower_ != "according" or not cue[1] < first < end:
        return span
    comma = past_name(scene, first - 1, end)
    return Span(scene.doc[comma + 1].idx, span.end) if first <= comma < end - 1 else span


_TOLD_WHERE = frozenset({"at", "by", "during", "in", "on", "through", "via"})
"""What leads to where or how something is told: "told TNN [in a statement on Monday] that"."""


def without_medium(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content at its "that" where the parse hung it on the medium, the hearer or the occasion.

    Handles: "said in a letter that A", "told analysts on a call that A", "told the Courier that A",
    "asked on the steps whether A", "said of the plan that A", "said as he left that A". Without a "that" at
    its pronoun: "said in recent messages she was ill".
    """
    first, end = scene.tokens(span)
    if first < cue[1] or scene.inside[first] >= 0 or _is_led_by_as(scene, cue, first):
        return span
    known = verb_reporting(scene.doc[cue[1] - 1])
    if known is None or not known.frames & {"clause", "question"}:
        return span
    between = scene.doc[cue[1] : min(end, first + MAX_MEDIUM)]
    hearer = first == cue[1] and scene.doc[first - 1].lower_ in TOLD
    medium = between[0].lower_ in _OCCASIONS or between[0].tag_ == "VBG" or scene.doc[first - 1].tag_ == "DT"
    occasion = scene.doc[cue[1] - 1].lower_ in TOLD and scene.doc[first].lower_ in _TOLD_WHERE
    if scene.doc[first - 1].lower_ in _SAID_IN and scene.doc[first - 1].i == cue[1]:
        started = next((t for t in between[1:] if t.lower_ in SUBJECT_PRONOUNS and _is_acting(t)), None)
        if started is not None:
            return Span(started.idx, span.end)
    where = any(t.lower_ in _SAID_IN for t in scene.doc[first - 1 : first + 1])
    if not (hearer or medium or occasion or where):
        return span
    between = scene.doc[cue[1] : min(end, first + (FARTHEST_THAT if where else MAX_MEDIUM))]
    that = next((t for t in between if t.lower_ in {"that", "whether"} and t.i >= first), None)
    return span if that is None or _is_relative(that) else Span(that.idx, span.end)


def _is_acting(pronoun: Token) -> bool:
    """Tell whether a finite verb stands right after a pronoun."""
    following = pronoun.nbor() if pronoun.i + 1 < len(pronoun.doc) else pronoun
    return following.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _is_relative(that: Token) -> bool:
    """Tell whether "that" is itself the subject of the verb after it: "the fire that sank the boat"."""
    following = that.nbor().tag_ if that.i + 1 < len(that.doc) else ""
    return following.startswith(("VB", "MD")) and following != "VBG"


def _is_led_by_as(scene: Scene, cue: Range, first: int) -> bool:
    """Tell whether content stands beyond the comma of a clause with "as": "As he said in a letter, [A]"."""
    begins = scene.sentences[cue[0]][0]
    return scene.doc[begins].lower_ == "as" and scene.doc[first - 1].text == "," and first > cue[1]


def without_hearer(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content after its hearer: "told the Today [show] it was dead", "told [reporters] rents fell".

    So "asked [the town's representative] how close they were".
    """
    first, end = scene.tokens(span)
    asked = scene.doc[cue[1] - 1]
    whom = next((t for t in asked.rights if t.dep_ == "dobj" and t.left_edge.i == first), None)
    if asked.lower_ in ASKED and whom is not None and whom.lower_ in person_nouns() and whom.i + 2 < end:
        asks = scene.doc[whom.i + 1]
        asking = asks.tag_ in {"WRB", "WP"} or asks.lower_ in {"if", "whether"}
        return Span(asks.idx, span.end) if asking else span
    if not cue[1] <= first < end - 1 or scene.doc[cue[1] - 1].lower_ not in TOLD or scene.inside[first] >= 0:
        return span
    titled = first + (scene.doc[first].tag_ == "DT")
    heard = takewhile(lambda t: t.tag_ in _TITLING, scene.doc[titled : min(end, first + MAX_MEDIUM)])
    first = next((t.i for t in reversed(list(heard)) if t.lower_ in _PROGRAMMES), first)
    word, following = scene.doc[first], scene.doc[min(first + 1, end - 1)].tag_
    if first == cue[1]:
        found = word.tag_ == "NNS" and word.lower_.removesuffix("s") in person_nouns()
        found = found and following in _CLAUSE_OPENERS | {"NN", "NNS", "JJ"}
    else:
        found = word.tag_ == "NN" and scene.doc[first - 1].tag_ in {"NNP", "DT", "JJ"}
        found = found and following in _CLAUSE_OPENERS
    return Span(scene.doc[first + 1].idx, span.end) if found else span


def without_label(scene: Scene, cue: Range, span: Span) -> Span:
    """Begin content at its quotation where what leads up to it is none: 'dismissed it in a footnote: "A"'.

    So is what somebody answers, 'Asked if he would stay: "A"', a cue alone, 'had this to say: "A"', and a
    clause that the parse tore, 'did not [hide her anger:] "A"'.
    """
    first, end = scene.tokens(span)
    opening = next((i for i in range(first, end) if i in scene.edges), first)
    lead = [t for t in words(scene.doc[first:opening]) if t.tag_ != "TO" and t.dep_ != "neg"]
    if lead and all(verb_reporting(t) is not None for t in lead):
        return Span(scene.doc[opening].idx, span.end)
    if opening - first < 2 or scene.doc[opening - 1].text != ":":
        return span
    torn = any(t.dep_ == "aux" and t.i < first for t in scene.doc[first].lefts)
    clause = not torn and any(t.tag_.startswith(("VB", "MD")) for t in scene.doc[first : opening - 1])
    answered = scene.doc[cue[0]].lower_ in ASKED and cue[1] <= first
    return span if clause and not answered else Span(scene.doc[opening].idx, span.end)


def whole(scene: Scene, span: Span) -> Span:
    """Let no words between marks be cut: content that begins or ends inside a stretch takes all of it."""
    first, end = scene.tokens(span)
    if first >= end:
        return span
    begin, stop = scene.edges.get(first, (first, end))[0], scene.edges.get(end - 1, (first, end))[1]
    return scene.span(begin, stop) or span


def prolonged(scene: Scene, cue: Range, span: Span) -> Span:
    """Take in what the parse gave to the narrator: 'wrote that he was "at fault" [and would cut his pay]'.

    Or with a subject of its own: "said the door was open [and the guard should have known]". Or what is as
    far back as the rest: "said he had baled straw[, but had seen it float away]".
    """
    first, end = scene.tokens(span)
    stop = end + (end < len(scene.doc) and scene.doc[end].text == ",")
    if not cue[1] <= first < end < stop + 1 < len(scene.doc) or scene.doc[stop].lower_ not in {"and", "but"}:
        return span
    had = stop > end and any(t.lower_ == "had" for t in scene.doc[first:end])
    end = stop if had else end
    if scene.doc[end].text == ",":
        return span
    joined = (t for i in range(*cue) for t in scene.doc[i].rights if t.dep_ == "conj" and t.i > end)
    verb = next(joined, None)
    modals = (
        [t for t in verb.lefts if t.tag_ == "MD" or (had and t.lower_ == "had")] if verb is not None else []
    )
    if verb is None or verb.left_edge.i != end + 1 or not modals:
        return span
    stop = verb.right_edge.i + 1
    last = scene.doc[stop - 1]
    return scene.span(first, stop - (is_punctuation(last) and last.text not in MARKS)) or span


def ended(scene: Scene, span: Span) -> Span:
    """End content at its marks where something else that happened follows: 'of "A" after it emerged'."""
    return scene.span(*ends_at_marks(scene, scene.tokens(span))) or span
