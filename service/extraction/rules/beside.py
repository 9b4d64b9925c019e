"""The cue beside a quotation: what the rules for the words before it and after it share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.cues import verb_reporting
from service.extraction.lexicon import lemma, load_table, load_words, person_nouns, reporting_verb
from service.extraction.models import Mode, Span
from service.extraction.relaying import relays
from service.extraction.scene import CLOSERS, Range, Scene
from service.extraction.sources import REPLIES, marked_name, source_span
from service.extraction.subjects import is_aged

_TELLING = frozenset(
    {*load_table("body_nouns")["organisation"], "complaint", "release", "report", "statement"}
)
"""What tells something "as per the report", besides people; an agreement or a law only rules."""

REACH = 60
"""Tokens on either side of a quotation among which its cue is looked for."""

OPINIONS = frozenset({"words", "view", "opinion", "phrase", "telling", "estimation", "account"})
"""What words are credited with before "of X" or after "X's": "in the words of", "in her view"."""

_NO_VERBS = frozenset(
    ["CC", "CD", "DT", "IN", "JJR", "JJS", "MD", "PRP", "PRP$", "RB", "TO", "VBG", "WDT", "WP", "WRB"]
)
"""Tags of words that are no finite verb, however they are misread."""

_AUXILIARIES = frozenset({"are", "did", "does", "had", "has", "is", "was", "were"})
_NAMING = frozenset({"CC", "CD", "DT", "HYPH", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP$"})
_HEADS = frozenset({"CD", "NN", "NNP", "NNPS", "NNS"})
"""Tags of the words of a phrase that says who it is, and of those that may end it."""

_TIMES = frozenset({"afternoon", "day", "evening", "morning", "night", "today", "week", "yesterday", "year"})

MAX_TITLE = 6
"""Most words of a title between marks."""

MAX_NAME = 10
"""Most words of a name that stands alone before a colon or after a dash."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A cue beside a quotation: the rule that found it, its span, whom it credits, and how sure that is."""

    rule: str
    span: Span | None
    source: Span | None
    mode: Mode = "speech"
    sure: float = 1.0


def strong(verb: Token) -> bool:
    """Tell whether a verb, finite or taken for a participle, says rather than thinks, and takes a clause."""
    known = verb_reporting(verb) if verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} else None
    return known is not None and known.mode != "thought" and "clause" in known.frames


def mistaken(noun: Token) -> bool:
    """Tell whether a verb was taken for a noun: "the ad states.", "a boy informs me,", "a note read."."""
    read = noun.tag_ == "NN" and noun.lower_ == "read"
    if not (noun.tag_ == "NNS" or read) or noun.i + 1 >= len(noun.doc) or (read and noun.nbor().text == ":"):
        return False
    ends = noun.nbor().text in CLOSERS | {",", ":"} or noun.nbor().lower_ in {"me", "us"}
    if not ends:
        return False
    known = reporting_verb(lemma(noun.text, "VBZ"))
    return known is not None and "clause" in known.frames


def governs_clause(verb: Token, gap: Range) -> bool:
    """Tell whether the verb already has what it reports after it: 'she said that …'."""
    return any(
        child.dep_ in {"ccomp", "xcomp"}
        and child.left_edge.i < gap[1]
        and child.tag_.startswith(("VB", "MD"))
        and not accompanies(child)
        and not relays(child)
        for child in verb.rights
    )


def accompanies(verb: Token) -> bool:
    """Tell whether a participle says what goes on besides: "said Ann Lee [while expressing solidarity]"."""
    return verb.tag_ == "VBG" and any(t.dep_ == "mark" and t.lower_ == "while" for t in verb.lefts)


def according(scene: Scene, cue: Token) -> Beside | None:
    """Return the cue "according to", "per" or "as per" with the noun phrase that it governs."""
    begin, end = cue.i, cue.i + 1
    if cue.lower_ == "per" and cue.i and cue.nbor(-1).lower_ == "as":
        begin -= 1
    if end < len(scene.doc) and scene.doc[end].lower_ == "to":
        end += 1
    head = next((t for i in range(cue.i, end) for t in scene.doc[i].rights if t.dep_ == "pobj"), None)
    told = next((t for i in range(cue.i, end) for t in scene.doc[i].rights if t.dep_ == "pcomp"), None)
    if head is None and told is not None and verb_reporting(told) is not None:
        head = next((t for t in told.lefts if t.dep_ == "nsubj" and t.tag_ != "WP"), None)
        end = told.left_edge.i if head is not None else end
    if head is None or head.lower_ in load_words("not_sources"):
        return None
    named = head.ent_type_ in {"PERSON", "ORG"} or (
        begin < cue.i and head.lower_ in _TELLING | person_nouns()
    )
    if cue.lower_ == "per" and (not named or _is_name(cue)):
        return None
    comma = next((t.i for t in scene.doc[end : head.i] if t.text == "," or scene.inside[t.i] >= 0), None)
    source = scene.span(end, comma) if comma else source_span(scene, head, avoid=(begin, end))
    marked = marked_name(scene, head) if scene.inside[head.i] >= 0 else None
    source = scene.span(end, marked[1]) if marked is not None else source
    return Beside("according-to", scene.span(begin, end), source)


def in_words_of(scene: Scene, noun: Token) -> Beside | None:
    """Return whose words, view or opinion a noun is: "in the words of one farmer", "in Bolton's view"."""
    if noun.head.lower_ not in {"in", "to"} or noun.dep_ != "pobj":
        return None
    owner = next((t for t in noun.lefts if t.dep_ == "poss"), None)
    if owner is not None:
        cue = (noun.i, noun.i + 1)
        return Beside("according-to", scene.span(*cue), source_span(scene, owner, avoid=cue))
    of = next((t for t in noun.rights if t.lower_ == "of"), None)
    head = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
    if of is None or head is None:
        return None
    cue = (noun.head.i, of.i + 1)
    return Beside("according-to", scene.span(*cue), source_span(scene, head, avoid=cue))


def _is_name(word: Token) -> bool:
    """Tell whether "Per" is somebody's given name: capitalised within a sentence."""
    before = word.nbor(-1) if word.i else None
    return word.text[0].isupper() and before is not None and before.text[0].isalpha()


def may_be_verb(word: Token) -> bool:
    """Tell whether a word in small letters has the form of a finite verb, whatever its tag."""
    other = word.tag_ in _NO_VERBS or word.lower_ in _AUXILIARIES
    if not word.text.islower() or other or word.lower_.removesuffix("s") in person_nouns():
        return False
    return word.tag_ in {"VBD", "VBZ"} or word.lower_.endswith(
        ("ed", "es", "ts", "ks", "ns", "rs", "ms", "ls")
    )


def somebody(tokens: Sequence[Token]) -> list[Token]:
    """Return the words at the beginning that say who it is: "the mayor Ola Lund", "she"; or none."""
    if tokens and tokens[0].lower_ in {"he", "she", "they"}:
        return list(tokens[:1])
    who = list(takewhile(lambda t: t.tag_ in _NAMING or t.lower_ == "of", tokens[:MAX_NAME]))
    who = who[: next((n for n in range(1, len(who)) if not _adjoins(who[n - 1], who[n])), len(who))]
    while who and (who[-1].tag_ not in _HEADS or who[-1].lower_ in _TIMES) and not is_aged(who[-1]):
        who.pop()
    dated = bool(who) and who[0].ent_iob_ != "I" and any(t.ent_type_ == "DATE" and is_name(t) for t in who)
    if dated:
        return []
    opens = any(t.tag_ in {"DT", "PRP$"} or is_name(t) or t.lower_ == "one" for t in who[:1])
    return who if opens or any(map(_is_human, who)) else []


def _adjoins(word: Token, following: Token) -> bool:
    """Tell whether nothing, or a hyphen, stands between two words: "42-year-old"."""
    return following.i == word.i + 1 or (following.i == word.i + 2 and word.nbor().text == "-")


def _is_human(word: Token) -> bool:
    return word.lower_ in person_nouns() or word.lower_.removesuffix("s") in person_nouns() | {"source"}


def is_name(token: Token) -> bool:
    """Tell whether the tagger takes a capitalised word for a name or part of one."""
    return token.tag_ in {"NNP", "NNPS"} and token.text[0].isupper()


def precedes_verb(last: Token) -> bool:
    """Tell whether a finite verb follows, whose subject the words before are: '"A", boss [Jane Doe] said'."""
    after = last.nbor() if last.i + 1 < len(last.doc) else last
    return after.tag_ in {"VBD", "VBZ", "VBP", "MD", "POS"} or (mistaken(after) and after != last)


def ends_clause(verb: Token) -> bool:
    """Tell whether a clause ends after a verb, or when, where or how goes on: no object, no other verb."""
    after = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    return after.text in CLOSERS | {",", ";"} or after.tag_ in {"IN", "RB"}


def is_titled(inner: str) -> bool:
    """Tell whether a few words between marks look like a title: capitals, and no stop at the end."""
    long = [word for word in inner.split() if len(word) > 3]
    return len(inner.split()) <= MAX_TITLE and inner[-1:] not in CLOSERS and all(w[0].isupper() for w in long)


DESCRIBING = frozenset({"close", "familiar", "for", "from"})
"""What follows somebody unnamed: "a source close to the file"."""

_UNNAMED = frozenset({"official", "representative", "source", "spokesman", "spokesperson", "spokeswoman"})
_OF_DESCRIPTION = frozenset({"DT", "IN", "JJ", "NN", "NNP", "NNPS", "NNS", "POS", "PRP$", "RB", "TO"})


def named(scene: Scene, name: Sequence[Token]) -> Span | None:
    """Return the span of a name that stands alone, up to a comma or bracket, or to "response" to somebody."""
    between = scene.doc[name[0].i : name[-1].i + 1]
    replies = (t.i for t in between[1:] if t.lower_ in REPLIES and scene.doc[t.i - 1].tag_ == "NNP")
    last = next(replies, name[-1].i + 1)
    end = next((t.i for t in between if t.text in {",", "(", "["}), last)
    return scene.span(name[0].i, _end_of_description(scene, end) if end == last == name[-1].i + 1 else end)


def _end_of_description(scene: Scene, end: int) -> int:
    """Return where what is said of somebody unnamed ends: "a source[ close to the file]", or ``end``."""
    noun = scene.doc[end - 1].lower_
    leads = end < len(scene.doc) and scene.doc[end].lower_ in DESCRIBING
    if not leads or not ({noun, noun.removesuffix("s")} & _UNNAMED):
        return end
    rest = takewhile(lambda t: t.tag_ in _OF_DESCRIPTION, scene.doc[end : end + MAX_NAME])
    return max((t.i + 1 for t in rest), default=end)


def sentence_after(scene: Scene, after: Range) -> list[Token]:
    """Return the narrator's tokens after a quotation up to the end of their sentence."""
    found: list[Token] = []
    for token in scene.narrated(after[0], min(after[1], after[0] + REACH)):
        if token.text in CLOSERS and found:
            break
        found.append(token)
    return found


def sentence_before(scene: Scene, before: Range) -> Range:
    """Return the part of a gap that is one sentence with the quotation after it."""
    first, least = before[1], max(before[0], before[1] - REACH)
    while first > least and scene.doc[first - 1].text not in CLOSERS and scene.paragraph_of[first - 1] >= 0:
        first -= 1
    return first, before[1]


def last_token(scene: Scene, gap: Range) -> Token | None:
    """Return the last token of a gap that is not white space."""
    for i in range(gap[1] - 1, gap[0] - 1, -1):
        if not scene.doc[i].is_space:
            return scene.doc[i]
    return None
