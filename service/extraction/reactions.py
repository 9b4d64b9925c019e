"""Reactions: what somebody answers or rejects is another's: 'Reed mocked Lund's claim that it is "safe"'.

The noun that the verb takes says whose words they are, and what follows it what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Doc, Token

from service.extraction.cues import is_verb, noun_reporting
from service.extraction.heard import is_somebody
from service.extraction.lexicon import DAYS, lemma, load_table, person_nouns
from service.extraction.models import Attribution
from service.extraction.rules.table import RULES
from service.extraction.scene import MARKS, Range, Scene, is_punctuation
from service.extraction.sources import source_span
from service.extraction.subjects import may_speak

_REBUFFS = (
    frozenset({"blast", "condemn", "contest", "counter", "criticise", "criticize", "decry", "denounce"})
    | {
        "deny",
        "dismiss",
        "dispute",
        "ignore",
        "mock",
        "oppose",
        "react",
        "rebuff",
        "rebut",
        "refute",
        "reject",
    }
    | {"repudiate", "respond", "ridicule", "scoff", "slam"}
)
"""Verbs, by lemma, for what hardly anybody does to words of one's own: "rejected her claim"."""

_REACTS = (
    _REBUFFS
    | {"address", "agree", "analyse", "analyze", "anger", "answer", "applaud", "appreciate", "ask", "assess"}
    | {"back", "cite", "comment", "defend", "disagree", "discuss", "doubt", "echo", "endorse", "evaluate"}
    | {"interpret", "praise", "question", "quote", "recall", "refer", "remember", "repeat", "reply", "shock"}
    | {"share", "support", "surprise", "welcome"}
)
"""Verbs, by lemma, whose object somebody else may have said."""

_CALLS = frozenset({"brand", "call", "consider", "describe", "dub", "label", "regard", "term"})
"""Verbs that give another's words a name: 'called his words about "the mob" absurd'."""

_QUOTES = frozenset({"cite", "forward", "quote", "repost", "retweet", "share"})
"""Verbs by which somebody passes on what another has said: 'Reed retweeted Lund: "A"'."""

_PASSES_ON = (
    frozenset({"begin", "carry", "close", "conclude", "echo", "end", "feature", "get", "hear", "lead"})
    | {"open", "point", "print", "publish", "read", "recall", "receive", "recite", "relay", "remember"}
    | {"remind", "repeat", "run", "show"}
)
"""Verbs by which words are passed on of whoever the noun says: 'Reed recalled Lund's motto: "A"'."""

_OUTER = frozenset({"begin", "close", "conclude", "end", "lead", "open"})
"""Those of them that take the words with a preposition: "began with Lund's words"."""

_ANSWERS = frozenset({"comment", "react", "reply", "respond"})
_ANSWERED = frozenset({"about", "on", "over", "to"})
"""Verbs, by lemma, and the prepositions behind which are never the subject's own words."""

_PRESENTS = (
    frozenset(
        {"add", "announce", "convey", "deliver", "detail", "explain", "express", "give", "insist", "issue"}
    )
    | {"launch", "make", "outline", "present", "promise", "put", "reveal", "say", "set", "state", "submit"}
    | {"tell", "unveil", "voice", "write"}
)
"""Verbs, by lemma, whose subject may say it for whom the noun says: "issued the ministry's warning"."""

_LEADS_TO = frozenset({"about", "as", "at", "by", "from", "of", "on", "over", "to", "upon", "with"})
"""Prepositions between such a verb and what another has said: "commented on", "was angered by"."""

_BODIES = frozenset(load_table("body_nouns")["organisation"])
_SAID = frozenset(
    {*load_table("body_nouns")["words of somebody"], "column", "denial", "diary", "email", "e-mail", "letter"}
    | {"memo", "messages", "note", "poem", "posts", "slogan", "text", "tweets"}
) - {"account", "version"}
"""What somebody has said or written, after a verb by which another passes it on."""

_SENT = frozenset(
    {"call", "card", "dm", "e-mail", "email", "fax", "letter", "memo", "message", "note", "postcard", "reply"}
    | {"telegram", "text", "tweet", "voicemail"}
)
"""What one gets from whoever it quotes."""

_ALSO_WORDS = frozenset({"account", "words", "phrase", "quip", "attack", "jibe", "outburst", "tirade"})
_ANOTHERS = frozenset({"her", "his"})
_OF = frozenset({"by", "from", "of"})
_CLAUSE = frozenset({"if", "that", "whether"})
_TOPIC = frozenset({"about", "against", "for", "on", "regarding"})
_NAMED = frozenset(
    {"CD", "DT", "HYPH", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP", "PRP$", "IN", ",", "RB", "RP"}
)
"""Tags of the words by which somebody is named or described."""

_LEADS_UP = frozenset({"DT", "JJ", "NN", "NNS", "PRP$"})
"""Tags of what may stand between "about" and the marks: 'words about readiness "to talk"'."""

_FROM = frozenset({"by", "from", "of"})
_MOVED = frozenset(
    {"amazed", "angered", "appalled", "astonished", "delighted", "disappointed", "embarrassed", "enraged"}
    | {"frightened", "frustrated", "horrified", "impressed", "infuriated", "irritated", "moved", "outraged"}
    | {"pleased", "puzzled", "relieved", "scared", "shocked", "stunned", "surprised", "touched", "troubled"}
    | {"upset", "worried"}
)
"""What is done to who feels it, and says so."""

_ANSWERED_WITH = frozenset(
    {"applause", "approval", "backing", "condemnation", "criticism", "derision", "fury", "praise", "rebuke"}
    | {"reaction", "reply", "response", "ridicule", "scorn", "support", "sympathy"}
)
_GAINED = frozenset(
    {"attracted", "came", "comes", "drew", "draws", "earned", "earns", "got", "met", "prompted", "provoked"}
    | {"received", "receives", "sparked", "won", "wins"}
)
"""How one comes by what another says."""

_ADDS = frozenset({"as", "with"})
_PARTS = frozenset({"by", "saying"})
"""After these, and after a colon, the words are those of who reacts."""

FARTHEST = 12
"""Most tokens between a verb and the noun, or the noun and what was said."""

LONGEST_NAME = 16
"""Most tokens by which somebody is named after "of": "the head of European diplomacy, Jane Doe"."""

NEAREST = 4
"""Most tokens between an owner's "'s" and the noun: "Lund's recent angry claim"."""


def reactions(scene: Scene, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions, with whoever said the words in place of whoever reacts to them.

    What goes on from these is still said by the one who reacts: 'Reed mocked Lund's "plan". "It is a joke."'
    """
    for one in found:
        before = found[one.follows] if one.follows is not None else None
        if before is None or by_another(scene, before) is before:
            yield by_another(scene, one)
        else:
            yield replace(one, source=before.source, follows=None)


def by_another(scene: Scene, one: Attribution) -> Attribution:
    """Return the attribution, of whoever said words that the source only reacts or points to, or as it is."""
    if one.cue is None or len(one.content) != 1:
        return one
    content = scene.tokens(one.content[0])
    quoted = _in_words_of(scene, one) or _passed_on(scene, one, content) or _provoked(scene, one, content)
    return quoted or _reacted_to(scene, one, scene.tokens(one.cue))


def _reacted_to(scene: Scene, one: Attribution, cue: Range) -> Attribution:
    """Return the attribution, of whoever owns the noun that the cue's verb takes, of nobody for "the"."""
    content = scene.tokens(one.content[0])
    verbs = {lemma(t.text, t.tag_) for t in scene.doc[slice(*cue)] if is_verb(t)}
    if not verbs or verbs & _PRESENTS:
        return one
    if content[0] < cue[0]:
        noun, content = _noun_before(scene, content[0]), (content[0], min(content[1], cue[0]))
    else:
        noun = _noun_after(scene, cue[1], content[1], verbs)
    owner = _owner(scene, noun, verbs) if noun is not None else None
    nobodys = noun is not None and bool(verbs & _ANSWERS) and _is_answered(noun, cue[1])
    if noun is None or (owner is None and not nobodys):
        return one
    after = max(noun.i + 1, owner[1]) if owner is not None else noun.i + 1
    said = _said(scene, after, content, named=bool(verbs & _CALLS))
    if said is not None and not verbs & (_REACTS | _CALLS) and not _is_taken(scene, said, content):
        return one
    span = scene.span(*said) if said is not None else None
    known = noun_reporting(noun)
    if span is None or (known is not None and known.mode == "thought"):
        return one
    rule = RULES["reacted-to"]
    return Attribution(
        content=(span,),
        cue=scene.span(noun.i, noun.i + 1),
        source=scene.span(*owner) if owner is not None else None,
        rule=rule.name,
        confidence=rule.confidence,
        mode=known.mode if known is not None else "speech",
    )


def _is_answered(noun: Token, first: int) -> bool:
    """Tell whether a noun is what the verb before token ``first`` answers: "replied to [claims]"."""
    led = next((t for t in reversed(noun.doc[first : noun.i]) if t.tag_ in {"IN", "TO"}), None)
    return led is not None and led.lower_ in _ANSWERED and not any(t.tag_ == "PRP$" for t in noun.lefts)


def _in_words_of(scene: Scene, one: Attribution) -> Attribution | None:
    """Return what is between marks, of whose words it is: 'They say it is, in [Lund]'s words, "A"'.

    Or "in the words of [Lund]", "as [Lund] put it". None where nobody is named so.
    """
    doc, (first, end) = scene.doc, scene.tokens(one.content[0])
    mark = next((i for i in range(first, end) if i in scene.edges), None)
    commas = (
        []
        if mark is None
        else [i for i in range(max(first, mark - LONGEST_NAME), mark) if doc[i].text == ","]
    )
    if mark is None or not commas or mark - commas[-1] > NEAREST:
        return None
    start = next((i for i in range(commas[-1] - 1, first - 1, -1) if doc[i].lower_ in {"as", "in"}), None)
    form = [t.lower_ for t in doc[start : commas[-1]]] if start is not None else []
    whole = _whole(scene, mark, (first, end))
    said = scene.span(*whole) if whole is not None else None
    if start is None or said is None or any(doc[i].text in MARKS for i in range(start, commas[-1])):
        return None
    if form[:4] == ["in", "the", "words", "of"]:
        who, cue = (start + 4, commas[-1]), start + 2
    elif form[-1] == "words" and doc[commas[-1] - 2].tag_ == "POS":
        who, cue = (start + 1, commas[-1] - 1), commas[-1] - 1
    elif form[0] == "as" and form[-2:] in (["put", "it"], ["puts", "it"]):
        who, cue = (start + 1, commas[-1] - 2), commas[-1] - 2
    else:
        return None
    rule = RULES["as-clause"]
    return Attribution((said,), scene.span(cue, cue + 1), scene.span(*who), rule.name, rule.confidence)


def _passed_on(scene: Scene, one: Attribution, content: Range) -> Attribution | None:
    """Return the attribution of a quotation after a colon to whom a verb quotes: 'Reed quoted [Lund]: "A"'.

    Or whose words or text it passes on: "recalled [Lund]'s motto", "shared a post by [Lund]".
    """
    doc, opens = scene.doc, content[0]
    if one.cue is None or not opens or doc[opens - 1].text != ":" or opens not in scene.edges:
        return None
    near = doc[max(scene.sentences[opens - 1][0], opens - LONGEST_NAME) : opens - 1]
    sender = _sender(list(near))
    if sender is not None:
        return replace(one, source=scene.span(*sender))
    verb = next((t for t in reversed(near) if is_verb(t)), None)
    between = doc[verb.i + 1 : opens - 1] if verb is not None else near
    verbs = {lemma(verb.text, verb.tag_)} if verb is not None and len(between) else set[str]()
    bare = bool(verbs & _OUTER) and between[0].tag_ != "IN"
    if bare or not verbs & (_QUOTES | _PASSES_ON):
        return None
    last = between[-1]
    named = last.tag_ == "NNP" or last.lower_ in person_nouns() or last.lower_ in _BODIES
    named = named and bool(verbs & _QUOTES) and all(t.tag_ in _NAMED - {"IN", "POS"} for t in between)
    noun = next((t for t in between if t.lower_ in _SAID), None)
    owner = _owner(scene, noun, set()) if noun is not None else (between.start, opens - 1) if named else None
    return replace(one, source=scene.span(*owner)) if owner is not None else None


def _sender(near: Sequence[Token]) -> Range | None:
    """Return who has sent what a colon after it quotes: "woke to a text from [Lund]:"."""
    link = next((at for at in range(len(near) - 2, 0, -1) if near[at].lower_ == "from"), None)
    if link is None or near[link - 1].lower_ not in _SENT:
        return None
    name = near[link + 1 :]
    named = all(t.tag_ in _NAMED - {"IN"} for t in name)
    return (name[0].i, name[-1].i + 1) if named and _is_person(name[-1]) else None


def _provoked(scene: Scene, one: Attribution, content: Range) -> Attribution | None:
    """Return the attribution of a quotation after a colon to whom it moves: 'Reed angered [Lund]: "A"'.

    So '[Reed] was angered by Lund: "A"'. Or to whom an answer comes from: 'Scorn came from [Lund]: "A"'.
    """
    doc, opens = scene.doc, content[0]
    if one.cue is None or one.source is None or not opens or doc[opens - 1].text != ":":
        return None
    near = doc[max(scene.sentences[opens - 1][0], opens - LONGEST_NAME) : opens - 1]
    verb = next((t for t in reversed(near) if is_verb(t)), None)
    last = doc[opens - 2] if verb is not None and verb.i < opens - 2 else None
    if verb is None or last is None or opens not in scene.edges or not _is_person(last):
        return None
    first = next((t.i for t in doc[verb.i + 1 : opens - 1] if t.lower_ in _FROM), None)
    feels = next((t for t in verb.lefts if t.dep_ == "nsubjpass"), None) if verb.lower_ in _MOVED else None
    if feels is not None:
        return replace(one, source=source_span(scene, feels))
    moved = verb.lower_ in _MOVED and first is None
    got = any(t.lower_ in _ANSWERED_WITH for t in near) and verb.lower_ in _GAINED
    if not moved and not (got and first is not None):
        return None
    start = verb.i + 1 if first is None else first + 1
    start += doc[start].tag_ == "RB"
    return replace(one, source=scene.span(start, opens - 1)) if start < opens - 1 else None


def _is_person(word: Token) -> bool:
    return word.tag_ == "NNP" or word.lower_ in person_nouns()


def _noun_before(scene: Scene, first: int) -> Token | None:
    """Return the noun for words right before a clause: "Lund's [claim] that it leaks was rejected"."""
    before = scene.doc[first - 1] if first else None
    says = before is not None and (noun_reporting(before) is not None or before.lower_ in _ALSO_WORDS)
    return before if says else None


def _noun_after(scene: Scene, first: int, end: int, verbs: Set[str]) -> Token | None:
    """Return the noun for words that the verb before ``first`` takes: "commented on Lund's [statement]".

    The first one that is somebody's: "cast doubt on Lund's [claim]".
    """
    doc, near = scene.doc, range(first, min(first + FARTHEST, end))
    outside = takewhile(
        lambda i: i not in scene.edges and doc[i].tag_ in _NAMED and doc[i].lower_ not in _CLAUSE, near
    )
    here = [doc[i] for i in outside]
    if here and here[0].tag_ == "IN" and here[0].lower_ not in _LEADS_TO:
        return None
    nouns = [t for t in here if noun_reporting(t) is not None or t.lower_ in _ALSO_WORDS]
    return next((t for t in nouns if _owner(scene, t, verbs) is not None), nouns[0] if nouns else None)


def _owner(scene: Scene, noun: Token, verbs: Set[str]) -> Range | None:
    """Return the tokens of whose words it is: "[Lund's] claim", "[his] claim", "the words of [the mayor]"."""
    doc = scene.doc
    for i in range(noun.i - 1, max(0, noun.i - NEAREST), -1):
        if doc[i].tag_ == "PRP$" and doc[i].lower_ in _ANOTHERS and verbs & _REBUFFS:
            return i, i + 1
        if doc[i].tag_ == "IN":
            break
        if doc[i].tag_ == "POS" and _may_say(doc[i - 1]):
            source = source_span(scene, doc[i - 1])
            return scene.tokens(source) if source is not None else None
    first = noun.i + 2
    if first >= len(doc) or doc[first - 1].lower_ not in _OF:
        return None
    near = takewhile(lambda t: t.tag_ in _NAMED and t.i not in scene.edges, doc[first : first + LONGEST_NAME])
    end = first + len(list(takewhile(lambda t: t.tag_ != "IN" or t.lower_ == "of", near)))
    while end > first and doc[end - 1].text == ",":
        end -= 1
    return (first, end) if any(map(_may_say, doc[first:end])) else None


def _may_say(word: Token) -> bool:
    """Tell whether a noun is somebody, a body or a group: not "Monday", "fraud"."""
    return word.lower_ not in DAYS and (is_somebody(word) or may_speak(word))


def _said(scene: Scene, first: int, content: Range, *, named: bool) -> Range | None:
    """Return the tokens of what was said, from where the noun and whose words it stands for end.

    ``named``: the verb calls it something, and may have marks of its own: 'called his call to arms "absurd"'.
    """
    doc, (begin, end) = scene.doc, content
    near = range(first, min(first + FARTHEST, end))
    opens = next((i for i in near if i in scene.edges or doc[i].lower_ in {"that", "to"} | _TOPIC), None)
    if opens is None or any(is_verb(doc[i]) or doc[i].tag_ == "CC" for i in range(first, opens)):
        return None
    mark = next((i for i in range(opens, end) if i in scene.edges), end)
    between = doc[opens:mark]
    if any(t.text == ":" or t.lower_ in _PARTS for t in between) or _last_word(doc, mark) in _ADDS:
        return None
    if opens == mark:
        at_once = all(doc[i].text == "," for i in range(first, opens))
        return _whole(scene, mark, content) if at_once and not named else None
    if doc[opens].lower_ in _TOPIC:
        led = len(between) <= (2 if named else NEAREST) and all(t.tag_ in _LEADS_UP for t in between[1:])
        return _whole(scene, mark, content) if mark < end and led else None
    if named or opens < begin - 1 or (mark == end and begin < first):
        return None
    clause = doc[opens].lower_ == "that" and doc[opens].dep_ not in {"nsubj", "nsubjpass"}
    after = next((doc[i] for i in range(opens + 1, end) if not is_punctuation(doc[i])), doc[opens])
    infinitive = doc[opens].lower_ == "to" and after.tag_ == "VB"
    last = max((i + 1 for i in range(mark, end) if i in scene.edges), default=end)
    end = last if last < end and doc[last].text == "," else end
    return (opens, end) if clause or infinitive else None


def _whole(scene: Scene, mark: int, content: Range) -> Range | None:
    """Return the tokens of a stretch between marks, None where it is not all of it content."""
    first, end = scene.edges[mark]
    return (first, end) if content[0] <= first and end <= content[1] else None


def _is_taken(scene: Scene, said: Range, content: Range) -> bool:
    """Tell whether words are what the noun takes, and no verb follows: 'Lund's claim that it is "A"'."""
    first, end = said
    led = scene.doc[first].lower_ in {"that", "to"} or (first and scene.doc[first - 1].lower_ in _TOPIC)
    return bool(led) and end - 1 in scene.edges and all(map(is_punctuation, scene.doc[end : content[1]]))


def _last_word(doc: Doc, end: int) -> str:
    """Return the word before ``end``, in small letters, past white space."""
    return next((doc[i].lower_ for i in range(end - 1, -1, -1) if not doc[i].is_space), "")
