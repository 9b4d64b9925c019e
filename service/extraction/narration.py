"""Narration: words beside a cue that are the narrator's, no part of what was said."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from service.extraction.asides import sequel
from service.extraction.contents import is_moment, passes_on
from service.extraction.cues import ASKED
from service.extraction.lexicon import person_nouns
from service.extraction.models import Span
from service.extraction.scene import CLOSERS, FINITE, Range, Scene, is_punctuation
from service.extraction.subjects import own_subject

TOLD = frozenset({"told", "tells", "tell", "telling"})
"""Forms of the verb that never does without a hearer."""


LONGEST_HEARSAY = 6
"""Most tokens of "her husband told her"."""

LONGEST_SUBJECT = 12
"""Most tokens between a quotation and its cue: "Deputy chief justice Helena Kagen"."""


def is_aside(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether a piece of content is none: what the speaker does next, "which" before 'he called "A"'.

    Nor is a quotation that another sentence of the narrator's leads in: 'She said no. Novak laughed. "A."'
    """
    acts = (goes_on_to_act, follows_sentence, is_sequel, quotes)
    kinds = (*acts, is_told, is_circumstance, is_topic, is_role, is_asked)
    return tells_nothing(scene, span) or any(kind(scene, cue, span) for kind in kinds)


def is_asked(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words are what who speaks was asked: '[Asked if it was "a lie",] most said yes'."""
    first, end = scene.tokens(span)
    opens = first == scene.sentences[first][0] and end <= cue[0]
    return opens and scene.doc[first].lower_ in ASKED and scene.doc[first].tag_ in {"VBD", "VBN"}


def tells_nothing(scene: Scene, span: Span) -> bool:
    """Tell whether words are a relative clause, who passes words on, or when they were said."""
    return is_relative(scene, span) or passes_on(scene, span) or is_moment(scene, span)


def runs_on(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after those that the cue ended belong to its clause: "A, she said of [the plan]".

    So do, after a comma, another medium and what happened meanwhile: "A, she said, [as quoted by RIA]",
    "A, she said, [her voice breaking]".
    """
    first, end = scene.tokens(span)
    if not cue[1] <= first < end or scene.inside[first] >= 0:
        return False
    word, following = scene.doc[first], scene.doc[first + 1] if first + 1 < end else scene.doc[first]
    finite = any(t.tag_ in FINITE for t in scene.doc[first:end])
    if all(map(_is_word, scene.doc[cue[1] : first])):
        return first > cue[1] or (word.tag_ in {"IN", "VBG", "VBN"} and not finite)
    relayed = word.lower_ == "per" or (
        word.lower_ == "as" and following.lower_ in {"quoted", "cited", "reported"}
    )
    begin = scene.sentences[cue[0]][0]
    complete = any(t.tag_ in FINITE for t in scene.doc[begin : cue[0]])
    meanwhile = word.tag_ == "PRP$" and any(t.tag_ == "VBG" for t in scene.doc[first:end])
    credited = scene.doc[cue[0]].lower_ in {"according", "per"}
    meanwhile = not finite and (meanwhile or (complete and (credited or word.tag_ == "VBN")))
    return relayed or meanwhile or (word.lower_ == "then" and following.tag_ == "VBD")


def _is_word(token: Token) -> bool:
    return not is_punctuation(token) or token.text == "-"


def is_circumstance(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after the cue are when or where a quotation was said: '"A," he said [on air]'.

    Or from whom one has it, '"A," she said [her husband told her]'; or who said it, a verb to the tagger:
    '"A," said Jo Ray, [lead author of the book]'.
    """
    first, end = scene.tokens(span)
    led = cue[0] > 1 and any(scene.inside[i] >= 0 for i in range(cue[0] - 2, cue[0]))
    if not led or not cue[1] <= first < end or scene.inside[first] >= 0 or scene.inside[first - 1] >= 0:
        return False
    verbs = [t for t in scene.doc[first:end] if t.tag_.startswith(("VB", "MD"))]
    if not verbs:
        return True
    hearsay = end - first <= LONGEST_HEARSAY and verbs[-1].i >= end - 2 and verbs[-1].lower_ in TOLD
    bare = scene.doc[first].tag_ in {"VB", "VBP"} and not any(own_subject(verb) for verb in verbs)
    return hearsay or (bare and scene.doc[first - 1].text == ",")


def is_role(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words are what the one named after them is: '[The director of the port], Jo Ray said'."""
    first, end = scene.tokens(span)
    end -= scene.doc[end - 1].text == ","
    if not first < end < cue[0] or scene.doc[end].text != ",":
        return False
    named = all(t.tag_ == "NNP" for t in scene.doc[end + 1 : cue[0]])
    plain = not any(t.tag_.startswith(("VB", "MD")) for t in scene.doc[first:end])
    title = list(takewhile(lambda t: t.tag_ != "IN", scene.doc[first:end]))
    return named and plain and bool(title) and title[-1].lower_ in person_nouns()


def is_sequel(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after the cue only tell how much later: "It is safe, he said, a day [after …]"."""
    first = scene.tokens(span)[0]
    return cue[1] <= first and scene.inside[first] < 0 and sequel(scene.doc[first]) is not None


def quotes(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after the cue only say that it quotes: '"A," she is quoted [as saying by RIA]'."""
    first, end = scene.tokens(span)
    led = cue[1] <= first and first + 1 < end and scene.inside[first] < 0
    return led and scene.doc[first].lower_ == "as" and scene.doc[first + 1].lower_ in {"saying", "telling"}


def is_topic(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after the cue are what was spoken of: '"A," Ann Lee said of [the plan]'."""
    first, end = scene.tokens(span)
    quoted = any(scene.inside[i] >= 0 for i in range(max(0, cue[0] - LONGEST_SUBJECT), cue[0]))
    if not quoted or not cue[1] < first < end or scene.inside[first] >= 0:
        return False
    leads = scene.doc[first - 1]
    return leads.lower_ in {"of", "about"} and cue[0] <= leads.head.i < cue[1]


def is_told(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words right after the cue are who hears it: '"A," he told [the programme's Jo Ray]'."""
    first, end = scene.tokens(span)
    if first != cue[1] or first >= end or scene.doc[first - 1].lower_ not in TOLD:
        return False
    return all(t.tag_.startswith(("NNP", "DT", "POS", "NN")) for t in scene.doc[first:end])


def follows_sentence(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether a sentence of the narrator's stands between the one of the cue and a quotation."""
    first, _ = scene.tokens(span)
    if first <= cue[1] or scene.inside[first] < 0:
        return False
    between = list(scene.narrated(cue[1], first))
    ends = [place for place, token in enumerate(between) if token.text in CLOSERS]
    return len(ends) > 1 and ends[-1] == len(between) - 1 and ends[-1] - ends[-2] > 1


def is_relative(scene: Scene, span: Span) -> bool:
    """Tell whether content is nothing but a pronoun or an adverb, which reports nothing: "whom", "how"."""
    first, end = scene.tokens(span)
    if end - first != 1:
        return False
    word = scene.doc[first]
    return word.tag_ in {"WDT", "WP", "WRB"} or word.lower_ == "all"


def goes_on_to_act(scene: Scene, cue: Range, span: Span) -> bool:
    """Tell whether words after the cue are what the speaker does next: '"A," she says, and waves a hand'."""
    first, end = scene.tokens(span)
    if end - first < 2 or first < cue[1] or scene.inside[first] >= 0:
        return False
    joins, verb = scene.doc[first], scene.doc[first + 1]
    return joins.tag_ == "CC" and verb.tag_ in {"VBD", "VBZ", "VBP", "NNS"}
