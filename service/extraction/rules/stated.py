"""What somebody's words are said to be: 'her advice is to "A"', "the mayor's answer was that A"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from service.extraction.contents import content_span
from service.extraction.cues import is_passive, is_verb, noun_reporting, outside
from service.extraction.lexicon import COPULAS, said_or_held
from service.extraction.models import Mode, Span
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import FINITE, Scene, is_punctuation, words
from service.extraction.sources import SAYINGS, source_span
from service.extraction.subjects import own_subject

STATES = COPULAS | {"remains", "remained"}
WRITERS = frozenset({"my", "our", "your"})
"""Owners who are nobody of the article: "my answer is that"."""

_SPOKEN = frozenset(
    {"answer", "boast", "claim", "comment", "comments", "gaffe", "joke", "line", "pledge", "promise", "quip"}
    | {"remark", "remarks", "response", "retort", "slogan", "slur", "taunt", "threat", "tweet", "vow"}
    | {"warning"}
)
"""Nouns for what one has said, after the words themselves: 'her "never again" [remark]'."""

_FRAMES = frozenset(
    {"began", "begins", "closed", "closes", "concluded", "concludes", "ended", "ends", "finished", "finishes"}
    | {"greeted", "greets", "opened", "opens", "started", "starts", "welcomed", "welcomes"}
)
"""What one does with words: "[ended] the letter with"."""

FARTHEST_WITH = 8
"""Most tokens from such a verb to its "with"."""

MOST_BETWEEN = 3
"""Most words between the verb and what it says that the words are: "is [always, quite simply,] to"."""


def stated(scene: Scene) -> Iterator[Candidate]:
    """Yield what the words of somebody are, after the verb "to be".

    Handles: 'Her advice is to "be brave"', "the mayor's answer was that it is late", 'His motto was: "A"',
    'the message from the club is simple: "A"'. Without marks, only clauses that a noun of speech takes.
    """
    for verb in scene.having(forms=STATES):
        noun = _subject(scene, verb) if outside(scene, verb) else None
        owner = _owner(noun) if noun is not None and noun.i < verb.i else None
        if noun is None or owner is None or owner.lower_ in WRITERS or not outside(scene, owner):
            continue
        found = _complement(scene, verb, noun)
        if found is not None:
            content, mode = found
            source = source_span(scene, owner, avoid=(noun.i, verb.i + 1))
            yield Candidate("noun-is", (content,), scene.span(noun.i, noun.i + 1), source, mode)


def owned(scene: Scene) -> Iterator[Candidate]:
    """Yield words in marks that stand between their owner and a noun for them: 'her "never again" remark'."""
    for noun in scene.having(forms=_SPOKEN):
        begins, ends = scene.edges.get(noun.i - 1, (noun.i, noun.i))
        owner = _owner_before(scene, begins) if outside(scene, noun) and ends == noun.i > begins else None
        content = scene.span(begins, ends) if owner is not None else None
        if owner is not None and content is not None and len(words(scene.doc[begins:ends])) > 1:
            source = source_span(scene, owner, avoid=(noun.i, noun.i + 1))
            yield Candidate("noun-is", (content,), scene.span(noun.i, noun.i + 1), source)


def _owner_before(scene: Scene, i: int) -> Token | None:
    """Return whose something is that begins at token ``i``: "[Lee]'s", "[her]"."""
    last = scene.doc[i - 1] if i > 1 else None
    if last is None or scene.inside[last.i] >= 0:
        return None
    if last.lower_ in {"her", "his"}:
        return last
    name = last.nbor(-1) if last.tag_ == "POS" else None
    return name if name is not None and name.tag_ == "NNP" and name.ent_type_ not in {"DATE", "GPE"} else None


def with_words(scene: Scene) -> Iterator[Candidate]:
    """Yield what somebody begins or ends with: 'she closed her speech with the words "A"'."""
    for verb in scene.having(forms=_FRAMES):
        head = own_subject(verb) if outside(scene, verb) and is_verb(verb) and not is_passive(verb) else None
        near = list(scene.narrated(verb.i + 1, min(len(scene.doc), verb.i + FARTHEST_WITH)))
        by = next((t for t in near if t.lower_ == "with"), None)
        if head is None or by is None or head.i > verb.i:
            continue
        opens = next((i for i in range(by.i + 1, min(len(scene.doc), by.i + 6)) if i in scene.edges), None)
        said = scene.doc[slice(*scene.edges[opens])] if opens is not None else ()
        lead = scene.doc[by.i + 1 : opens] if opens is not None else ()
        finite = any(t.tag_ in FINITE | {"VB"} for t in said)
        plain = all(t.tag_.startswith(("DT", "JJ", "NN", ":", ",")) for t in lead)
        if opens is not None and finite and plain:
            content, source = scene.span(*scene.edges[opens]), source_span(scene, head, avoid=(verb.i, by.i))
            if content is not None:
                yield Candidate("noun-is", (content,), scene.span(verb.i, verb.i + 1), source)


def _subject(scene: Scene, verb: Token) -> Token | None:
    """Return the subject, also where the verb was taken for an auxiliary of quoted words: 'was "go"'."""
    helps = verb.dep_ in {"aux", "auxpass"} and scene.inside[verb.head.i] >= 0
    return own_subject(verb.head if helps else verb)


def _owner(noun: Token) -> Token | None:
    """Return whose words a noun is: "[her] advice", "the message from [the club]", "the words of [one]"."""
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    if owner is not None:
        return owner
    links = {"from", "of"} if noun.lower_ in SAYINGS | {"argument", "opinion", "view"} else {"from"}
    by = next((t for t in noun.rights if t.lower_ in links), None)
    return next((t for t in by.rights if t.dep_ == "pobj"), None) if by is not None else None


def _complement(scene: Scene, verb: Token, noun: Token) -> tuple[Span, Mode] | None:
    """Return the words and their mode: a quotation, a clause with "that" or one with "to".

    Not what the noun only is like: 'his view is "dangerously wrong"'.
    """
    end = scene.sentences[verb.i][1]
    first = verb.i + 1
    while first < min(end, verb.i + 1 + MOST_BETWEEN) and _is_passed(scene, first):
        first += 1
    if first >= end:
        return None
    word, known = scene.doc[first], noun_reporting(noun)
    marked = next((i for i in range(first, min(first + 2, end)) if i in scene.edges), None)
    said = marked is not None and noun.lower_ in said_or_held()
    if said and marked is not None and (marked == first or word.lower_ in {"that", "to"}):
        inside = scene.doc[slice(*scene.edges[marked])]
        if marked == first and not any(t.tag_.startswith(("VB", "MD")) for t in inside):
            return None
        content = content_span(scene, (first, scene.edges[marked][1]))
        return (content, "speech") if content is not None else None
    frame = {"that": "clause", "to": "infinitive"}.get(word.lower_)
    if frame is None or known is None or frame not in known.frames:
        return None
    if frame == "infinitive" and known.mode == "thought":
        return None
    last = max((t.right_edge.i for t in verb.rights if t.right_edge.i >= first), default=first) + 1
    content = content_span(scene, (first, last))
    return (content, known.mode) if content is not None else None


def _is_passed(scene: Scene, i: int) -> bool:
    """Tell whether a token before the words is passed over: "is [simply] to", "was [clear :]"."""
    token = scene.doc[i]
    return i not in scene.edges and (is_punctuation(token) or token.tag_ in {"RB", "JJ"})
