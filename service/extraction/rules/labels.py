"""Whose a heading's label is when a topic stands before it: 'Flood in Oslo, [the mayor]: "A"'."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from service.extraction.lexicon import lemma, load_words, person_nouns
from service.extraction.rules.beside import may_be_verb
from service.extraction.scene import FINITE, Range, Scene, words

_ENDS_NAME = ("IN", "TO", "VB", "MD", "W")
"""How the tags of words begin that end what somebody is called."""

MOST_NAME = 5
"""Most words of a name in a heading's label."""

_MATTERS = frozenset({"about", "on", "to"})

_OUTCRIES = frozenset(
    {"accusation", "alarm", "appeal", "attack", "complaint", "cry", "fear", "plea", "warning"}
)
"""What a heading tells of those whom it quotes: 'Storm, the alarm of the mayors: "A"'."""


def after_topic(scene: Scene, label: Range) -> Range:
    """Return the part of a label, up to its colon, that may say who speaks; of one without a topic, all."""
    first, end = label
    comma = next((i for i in range(end - 1, first, -1) if scene.doc[i].text == ","), None)
    paragraph = scene.paragraph_of[first]
    if comma is None or paragraph < 0 or scene.article.paragraphs[paragraph].kind != "heading":
        return label
    topic, rest = words(scene.doc[first:comma]), words(scene.doc[comma + 1 : end])
    if not topic or not rest:
        return label
    name = _core(rest)
    told = _is_somebody(scene, name) or name[-1].lower_ in _OUTCRIES
    body = name[-1].ent_type_ == "ORG" and _is_common(topic[-1])
    return (rest[0].i, end) if (told or body) and _is_topic(scene, topic, name) else label


def before_matter(scene: Scene, label: Range) -> Sequence[Token]:
    """Return who a heading's label names before to whom or on what: "[Roe] to the West", "[Roe] on trade"."""
    tokens = words(scene.doc[slice(*label)])
    at = next((i for i, t in enumerate(tokens[: MOST_NAME + 1]) if t.lower_ in _MATTERS), 0)
    paragraph = scene.paragraph_of[label[0]]
    heading = paragraph >= 0 and scene.article.paragraphs[paragraph].kind == "heading"
    if not heading or not at or at + 1 == len(tokens):
        return ()
    name = tokens[:at]
    capitals = all(t.text[0].isupper() or t.lower_ == "the" for t in name)
    return name if capitals and _is_somebody(scene, name) else ()


def lists_things(scene: Scene, label: Range) -> bool:
    """Tell whether commas part common words, nobody among them: "Bread, milk, rent"."""
    listed = words(scene.doc[slice(*label)])
    parted = any(t.text == "," for t in scene.doc[slice(*label)])
    nobody = not any(_is_somebody(scene, [t]) for t in listed)
    return parted and nobody and all(map(_is_common, listed[1:]))


def names_several(scene: Scene, label: Range) -> bool:
    """Tell whether a label is names alone, of several: "Holm, Berg and Lund"."""
    listed = words(scene.doc[slice(*label)])
    joined = any(t.lower_ == "and" for t in listed)
    return joined and all(t.lower_ == "and" or t.tag_ == "NNP" for t in listed)


def speaker_after_topic(label: Sequence[Token]) -> Sequence[Token]:
    """Return who a label without its topic names, if it does nothing else: "the lawyer of the accused"."""
    acts = any((t.tag_ in FINITE and t.nbor(-1).lower_ != "the") or _acts(t) for t in label[1:])
    return () if acts or whose_outcry(label) else label


def whose_outcry(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return whose a label says that words are, or nothing: "the alarm of [the mayors]"."""
    noun = next((i for i, t in enumerate(tokens[:3]) if t.lower_ in _OUTCRIES), None)
    of = noun is not None and [t.lower_ for t in tokens[noun + 1 : noun + 2]] == ["of"]
    return tokens[noun + 2 :] if noun is not None and of else ()


def _core(tokens: Sequence[Token]) -> list[Token]:
    """Return what somebody is called at the beginning: "[the lawyer] of the accused", "[Berg] attacks"."""
    core = [tokens[0]]
    for token in tokens[1:]:
        if _acts(token) or token.tag_.startswith(_ENDS_NAME) or token.nbor(-1).text == "(":
            break
        core.append(token)
    return core


def _acts(token: Token) -> bool:
    """Tell whether a word after a name was taken for a noun: "Roe [attacks]"."""
    return token.nbor(-1).tag_ == "NNP" and may_be_verb(token)


def _is_topic(scene: Scene, topic: Sequence[Token], name: Sequence[Token]) -> bool:
    """Tell whether words before the comma are nobody: "Flood in Oslo", not "Roe, the mayor"."""
    core = _core(topic) or topic[:1]
    described = all(t.text not in scene.people for t in name)
    several = core[-1].tag_ in {"NNS", "NNPS"} and not described
    if core[-1].text in scene.people or (is_called(core[-1]) and not several):
        return False
    apart = _is_common(core[-1]) or core[-1].text in scene.places or core[-1].ent_type_ in {"GPE", "ORG"}
    return not described or len(topic) > 1 or apart


def _is_common(word: Token) -> bool:
    forms = {word.lower_, lemma(word.text, "NNS")}
    return word.tag_ in {"NN", "NNS"} or not forms.isdisjoint(load_words("common_words"))


def _is_somebody(scene: Scene, name: Sequence[Token]) -> bool:
    return name[-1].text in scene.people or is_called(name[-1])


def is_called(noun: Token) -> bool:
    """Tell whether a noun is for somebody, one or several, whom a heading credits."""
    return bool({noun.lower_, lemma(noun.text, "NNS")} & (person_nouns() | load_words("headline_speakers")))
