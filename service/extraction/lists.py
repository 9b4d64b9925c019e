"""Lists: items that leave out whom the list is about, "Mr Roe:" and below "• Vowed to stay"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.models import Attribution
from service.extraction.scene import Scene
from service.extraction.subjects import own_subject

LONGEST_LIST = 12
"""Most items of a list between one and what it is about."""


def listed(scene: Scene, one: Attribution) -> Attribution:
    """Credit a list's item that begins with its verb to whom the list is about: "Mr Roe:", "• Vowed to go".

    Or to whom the item before it is credited: "• Roe will go", "• Said it was late".
    """
    if one.source is not None or one.cue is None:
        return one
    paragraph = scene.paragraph_of[scene.tokens(one.cue)[0]]
    begins = scene.tokens(one.cue)[0]
    bulleted = paragraph > 0 and scene.paragraphs[paragraph][0] < begins
    if not bulleted or _first_word(scene, paragraph) != begins:
        return one
    for above in range(paragraph - 1, max(-1, paragraph - LONGEST_LIST), -1):
        word = scene.doc[_first_word(scene, above)]
        lead = scene.doc[scene.paragraphs[above][1] - 1]
        if lead.text == ":" or word.tag_ not in {"VBD", "VBN", "VBZ"}:
            verb = scene.doc[scene.paragraphs[above][0]].sent.root
            about = lead.nbor(-1) if lead.text == ":" and lead.i else own_subject(verb)
            return _about(scene, one, above, about)
    return one


def _about(scene: Scene, one: Attribution, paragraph: int, about: Token | None) -> Attribution:
    """Credit an attribution to a person that a paragraph names or whom it begins with."""
    first, end = scene.paragraphs[paragraph]
    if about is None or not first <= about.i < end:
        return one
    known = about.text in scene.people or (about.tag_ == "PRP" and about.lower_ in {"he", "she"})
    name = list(takewhile(lambda t: t.tag_ == about.tag_, reversed(scene.doc[first : about.i + 1])))
    return replace(one, source=scene.span(name[-1].i, about.i + 1)) if known else one


def _first_word(scene: Scene, paragraph: int) -> int:
    """Return the first token of a paragraph that is a word, else its first token."""
    first, end = scene.paragraphs[paragraph]
    near = range(first, min(end, first + 4))
    return next((i for i in near if scene.doc[i].text[0].isalnum()), first)
