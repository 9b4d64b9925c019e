"""Whom an interview is with: the heading's label, or whom its introduction presents as answering."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from service.extraction.lexicon import FIRST_PERSON, given_names, lemma
from service.extraction.models import Span
from service.extraction.rules.transcript import heading_label
from service.extraction.scene import Scene

MOST_NAMES = 200
"""Most names of an introduction that are looked at."""

_REPORTERS = frozenset(
    {"anchor", "columnist", "correspondent", "host", "interviewer", "journalist", "presenter", "reporter"}
)
"""Who may ask, where somebody else is named who answers."""

_CREDITS = frozenset({"author", "by", "image", "photo", "photos", "photographer", "text", "video", "words"})
"""Labels before a colon and who made a text or its pictures."""

MOST_ROLE = 2
"""Words before a name among which a role is looked for."""

MOST_TOLD = 20
"""Most words around a verb among which whoever is told is looked for."""

ANNOUNCED = re.compile(
    r"\binterview(?:ed|s)?\b|\bin conversation\b|\bquestions\b|\bsat down\b|\bcaught up with\b"
    r"|\b(?:talk|talked|talks|speak|speaks|spoke|chat|chats|chatted) (?:to|with|about)\b",
    re.IGNORECASE,
)
"""How an introduction says that it is one."""

_OTHERWISE = re.compile(
    r"\b(?:court|trial|testif\w+|testimony|deposition|jury|witness|prosecut\w+|cross-examin\w+)\b"
    r"|\basked questions\b|\bneed to know\b|\bexplained:|\bFAQ\b",
    re.IGNORECASE,
)
"""What tells the record of a trial, or advice to readers: who is named there need not be who answers."""

_ASKED = frozenset(
    {"ask", "catch", "chat", "conversation", "dialogue", "interview", "meet", "q&a", "question", "quiz"}
    | {"sit", "speak", "talk"}
)
"""Lemmas of what one does with whom one interviews: "an interview with Roe", "we spoke to Roe"."""

_ANSWERS = frozenset(
    {"admit", "answer", "chat", "confess", "discuss", "explain", "open", "recall", "receive", "reflect"}
    | {"respond", "reveal", "share", "sit", "speak", "talk", "tell", "welcome"}
)
"""Lemmas of what the one interviewed does."""


def interviewee(scene: Scene, question: int) -> Span | None:
    """Return the last full mention of whom an interview is with, whose first question is that paragraph.

    That is the label of the heading, 'Roe: “We lost”'; else the only person whom the paragraphs before say
    was asked, or answers; else the only one named there, or the only subject among those. None where several
    may be meant, or where it is the record of a trial, or advice to readers.
    """
    label = heading_label(scene)
    if label is not None:
        return label
    end = scene.article.paragraphs[question].span.start
    if _OTHERWISE.search(scene.article.text, 0, end):
        return None
    named = _people(scene, scene.tokens(Span(0, end))[1])
    people = [names for names in named if not any(map(_is_reporter, names))] or named
    for tells in (_is_asked, _answers, _is_not_of_two, _is_subject):
        fitting = [names for names in people if any(map(tells, names))]
        if len(fitting) == 1:
            longest = max(reversed(fitting[0]), key=len)
            return scene.span(longest.start, longest.end)
    return None


def in_first_person(scene: Scene, spans: Sequence[Span]) -> bool:
    """Tell whether somebody tells of himself in any of the spans."""
    return any(t.lower_ in FIRST_PERSON for span in spans for t in scene.doc[slice(*scene.tokens(span))])


def _people(scene: Scene, end: int) -> list[list[Phrase]]:
    """Return the names of each person before token ``end``, but for bylines.

    They are told apart by the last word, or by another one of a longer name.
    """
    names = [name for name in islice(_names(scene.doc[:end]), MOST_NAMES) if not _is_byline(scene, name)]
    surname = {token.text: name[-1].text for name in sorted(names, key=len) for token in name}
    people: defaultdict[str, list[Phrase]] = defaultdict(list)
    for name in names:
        people[surname[name[-1].text]].append(name)
    full = [those for those in people.values() if any(len(name) > 1 for name in those)]
    return full or list(people.values())


def _names(doc: Phrase) -> Iterator[Phrase]:
    """Yield names in text order, without "'s": the recogniser's, and those that a known given name begins."""
    found = {ent.start: ent.end - (ent[-1].tag_ == "POS") for ent in doc.ents if ent.label_ == "PERSON"}
    for token in doc[:-1]:
        if token.lower_ in given_names() and token.text.istitle() and token.nbor().text.istitle():
            found.setdefault(token.i, token.i + 2)
    within = 0
    for first, end in sorted(found.items()):
        if within <= first < end:
            yield doc[first:end]
            within = end


def _is_byline(scene: Scene, name: Phrase) -> bool:
    """Tell whether a name says who wrote or took something: "By [Ann Lee]", "Photo: [Jo Ray]".

    So does one that is all of a paragraph below the first.
    """
    before = [t.lower_ for t in name.doc[max(name.start - MOST_ROLE, 0) : name.start]]
    labelled = before[-1:] == [":"] and before[0] in _CREDITS
    paragraph = scene.paragraph_of[name.start]
    whole = scene.article.paragraphs[paragraph].span.of(scene.article.text)
    alone = paragraph > 0 and whole.strip() == name.text
    return alone or labelled or before[-1:] == ["by"]


def _is_reporter(name: Phrase) -> bool:
    """Tell whether somebody is introduced as who asks: "spoke with senior writer [Ann Lee]"."""
    before = [t.lower_ for t in name.doc[max(name.start - MOST_ROLE, 0) : name.start]]
    writer = before in (["senior", "writer"], ["staff", "writer"])
    return writer or not _REPORTERS.isdisjoint(before) or _is_bodys(name.root)


def _governor(name: Phrase) -> Token:
    """Return the token of a name's phrase that hangs on the rest of the sentence: "the actor [Jo Roe]"."""
    head: Token = name.root
    while head.dep_ in {"appos", "compound", "nmod"} and head.head != head:
        head = head.head
    return head


def _asking(token: Token) -> Token | None:
    """Return the word by which somebody is asked: "[interview] with Roe", "we [spoke] to Roe"."""
    up = token.head
    if token.dep_ == "pobj" and up.lower_ in {"for", "of", "to", "with"}:
        up = up.head
        up = up.head if up.dep_ == "prep" or up.lower_ in {"down", "up"} else up
    elif token.dep_ not in {"dative", "dobj"}:
        return None
    return up if _base(up) in _ASKED else None


def _is_asked(name: Phrase) -> bool:
    """Tell whether somebody is asked: "an interview with [Roe]", "we spoke to [Roe]", "Vesti asked [Roe]".

    Of "Ann Lee spoke to [Roe]", or "she spoke to [Roe]", nobody knows who asks.
    """
    token = _governor(name)
    asking = _asking(token)
    if asking is None or token.dep_ != "pobj":
        return asking is not None
    others = (t for t in asking.children if t.dep_ == "nsubj")
    return not any(_is_person(t) or t.lower_ in {"he", "she", "they"} for t in others)


def _answers(name: Phrase) -> bool:
    """Tell whether somebody talks: "[Roe] tells us about her fear", but not "[Ann Lee] talks to Roe"."""
    token = _governor(name)
    if token.dep_ != "nsubj" or _base(token.head) not in _ANSWERS:
        return False
    told = (t for t in token.head.subtree if t.dep_ in {"dative", "dobj", "pobj"})
    return not any(_is_person(t) and not _is_bodys(t) for t in islice(told, MOST_TOLD))


def _is_not_of_two(name: Phrase) -> bool:
    """Tell whether somebody is not said to talk to another, or to be talked to: "[Ann Lee] spoke to Roe"."""
    token = _governor(name)
    talks = token.dep_ == "nsubj" and _base(token.head) in _ASKED | _ANSWERS
    return not talks and _asking(token) is None


def _is_subject(name: Phrase) -> bool:
    token = _governor(name)
    return token.dep_ in {"nsubj", "nsubjpass"} and _base(token.head) not in _ASKED | _ANSWERS


def _is_person(token: Token) -> bool:
    """Tell whether a word is, or is beside, a name that is not plainly a body's or a place's."""
    beside = (t for t in token.children if t.dep_ == "appos")
    return any(t.tag_ == "NNP" and t.ent_type_ in {"", "PERSON"} for t in (token, *beside))


def _is_bodys(token: Token) -> bool:
    """Tell whether somebody is said to be of a medium: "told the Herald's [Ann Lee]"."""
    return any(t.dep_ == "poss" for t in token.children)


def _base(token: Token) -> str:
    return lemma(token.text, token.tag_)
