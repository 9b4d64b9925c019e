"""Headings that name who speaks without a clause of speech: '"We lost": Doe', "Doe's fury: 'They lied'"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.cues import QUOTE_ONLY, lacks_helper
from service.extraction.lexicon import Reporting, lemma, load_words, person_nouns, reporting_verb
from service.extraction.rules.candidate import Candidate
from service.extraction.scene import CLOSERS, DASHES, Range, Scene, words
from service.extraction.sources import SAYINGS

LONGEST_NAME = 5
"""Most words of who is credited."""

LEAST_WORDS = 3
"""Fewest words that are credited without marks, a finite verb among them."""

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_OPEN_LISTS = frozenset({"CD", "WP", "WRB"})
"""Tags of words that open what nobody says: "Five things we learned", "How the boat was lost"."""

_MATTERS = frozenset({"about", "after", "ahead", "amid", "as", "at", "before", "in", "on", "over", "to"})
"""Words after a name that lead to what was spoken of: '"A": Doe on the lost boat'."""

_MOODS = frozenset(
    {
        "agony",
        "alarm",
        "anger",
        "appeal",
        "delight",
        "despair",
        "disappointment",
        "fear",
        "fears",
        "fury",
        "heartbreak",
        "horror",
    }
    | {
        "joy",
        "outrage",
        "pain",
        "plea",
        "pride",
        "regret",
        "relief",
        "shock",
        "tribute",
        "verdict",
        "vow",
        "warning",
    }
)
"""What a heading has of whom it quotes: "Mayor's fury: 'They lied'"."""

_REFUSALS = frozenset({"deny", "dismiss", "dispute", "rebuff", "refute", "reject"})
"""Verbs whose object is said by others: "Mayor rejects claim he 'lied'"."""


def headlines(scene: Scene) -> Iterator[Candidate]:
    """Yield what headings credit to whom they name at their end, or at their beginning."""
    for paragraph, lines in enumerate(scene.article.paragraphs):
        if lines.kind == "heading":
            heading = scene.paragraphs[paragraph]
            last = _done_to(scene, heading) or _credited_last(scene, heading)
            found = last or _of_whose_mood(scene, heading) or _acts(scene, heading)
            if found is not None:
                yield found


def _credited_last(scene: Scene, heading: Range) -> Candidate | None:
    """Handle '"A": Jane Doe', 'A - minister', '"A": Doe on the vote', '"A": Mayor blasts crew'."""
    first, end = heading
    stop = next((i for i in range(end - 1, first, -1) if _parts(scene, i)), first)
    whole = scene.edges.get(first, heading)
    cried = whole[1] < end and scene.doc[whole[1] - 2].text in CLOSERS and first in scene.edges
    said = (first, whole[1] if stop == first and cried else stop)
    rest = words(scene.doc[said[1] + (stop > first) : end])
    name = list(takewhile(lambda t: t == rest[0] or not _ends_name(t), rest))
    acts = len(name) < len(rest) and _verb(rest[len(name)]) is not None
    if said[1] == first or not 0 < len(name) <= LONGEST_NAME or not _may_be_credited(scene, name, said):
        return None
    if stop == first and not acts:
        return None
    content = scene.span(*said)
    cue = scene.span(stop, stop + 1) if stop > first else scene.span(rest[len(name)].i, rest[len(name)].i + 1)
    source = scene.span(name[0].i, name[-1].i + 1)
    return Candidate("headline-colon", (content,), cue, source) if content else None


def _done_to(scene: Scene, heading: Range) -> Candidate | None:
    """Handle "Doe accused of 'lying' by mayor", "Doe told not to 'lie'", which credits nobody."""
    first, end = heading
    verb = next((t for t in scene.doc[first + 1 : min(end, first + LONGEST_NAME)] if lacks_helper(t)), None)
    opens = (
        next((i for i in range(verb.i + 1, min(end, verb.i + 4)) if i in scene.edges), None) if verb else None
    )
    if verb is None or opens is None:
        return None
    closes = scene.edges[opens][1]
    by = closes < end and scene.doc[closes].lower_ == "by"
    name = list(takewhile(lambda t: not _ends_name(t), scene.doc[closes + 1 : end])) if by else []
    source = scene.span(name[0].i, name[-1].i + 1) if 0 < len(name) <= LONGEST_NAME else None
    content = scene.span(opens, closes)
    cue = scene.span(verb.i, verb.i + 1)
    return Candidate("headline-colon", (content,), cue, source) if content is not None else None


def _parts(scene: Scene, i: int) -> bool:
    """Tell whether a token parts a heading from whom it credits: a colon, a dash between blanks."""
    token = scene.doc[i]
    dash = token.text in DASHES and token.whitespace_ and scene.doc[i - 1].whitespace_
    return scene.inside[i] < 0 and (token.text == ":" or bool(dash))


def _ends_name(word: Token) -> bool:
    return word.lower_ in _MATTERS or word.tag_ == "POS" or _verb(word) is not None


def _verb(word: Token) -> Reporting | None:
    """Return how a word in -s may report, whatever the tagger takes it for: "calls", "blasts"."""
    form = word.lower_.endswith("s") and word.tag_ in {"VBZ", "NNS", "NNPS"}
    return reporting_verb(lemma(word.lower_, "VBZ")) if form else None


def _may_be_credited(scene: Scene, name: Sequence[Token], said: Range) -> bool:
    """Tell whether a name can be a speaker's, and the words somebody's: in marks, or a clause.

    After a dash and no marks a body may be who publishes: "Port lost - Oslo News".
    """
    if any(t.tag_ in _FINITE and t.text not in scene.people for t in name):
        return False
    marked = any(i in scene.edges for i in range(*said))
    body = marked and name[-1].ent_type_ in {"ORG", "PERSON"}
    inside = words(scene.doc[slice(*said)])
    spoken = len(inside) > LEAST_WORDS or any(t.tag_.startswith(("VB", "MD")) for t in inside)
    whole = scene.edges.get(said[0]) == said and spoken
    ends = scene.edges.get(said[1] - 1, (said[0], said[0]))
    partly = said[0] < ends[0] and ends[1] == said[1] and any(t.text in scene.people for t in name)
    outside = [t for t in words(scene.doc[slice(*said)]) if scene.inside[t.i] < 0]
    clause = len(outside) >= LEAST_WORDS and any(t.tag_ in _FINITE for t in outside)
    clause = clause and outside[0].tag_ not in _OPEN_LISTS
    return (_is_somebody(scene, name) or body) and (whole or clause or partly)


def _is_somebody(scene: Scene, name: Sequence[Token]) -> bool:
    noun = name[-1].lower_ in person_nouns() | load_words("headline_speakers")
    return noun or any(t.text in scene.people for t in name)


def _of_whose_mood(scene: Scene, heading: Range) -> Candidate | None:
    """Handle "Mayor's fury: 'They lied'", "Doe's message to crew: 'A'"."""
    first, end = heading
    colon = next((i for i in range(first, end) if scene.doc[i].text == ":"), first)
    said = scene.edges.get(colon + 1) if colon > first else None
    owner = next((i for i in range(first, colon) if scene.doc[i].tag_ == "POS"), first)
    mood = scene.doc[owner + 1].lower_ if owner > first else ""
    if said is None or said[1] < end or mood not in _MOODS | SAYINGS:
        return None
    first = next((i + 1 for i in range(owner - 1, first, -1) if scene.doc[i].text == ","), first)
    name, content = words(scene.doc[first:owner]), scene.span(*said)
    if not 0 < len(name) <= LONGEST_NAME or not _is_somebody(scene, name) or content is None:
        return None
    return Candidate("headline-colon", (content,), scene.span(colon, colon + 1), scene.span(first, owner))


def _refuses(verb: Token, end: int) -> bool:
    """Tell whether what follows a verb is said by others: "rejects claim he 'lied'", not "it as 'lies'"."""
    predicate = any(t.lower_ == "as" for t in verb.doc[verb.i + 1 : end])
    return lemma(verb.lower_, "VBZ") in _REFUSALS and not predicate


def _acts(scene: Scene, heading: Range) -> Candidate | None:
    """Handle "Mayor brands rival 'weak'", whose verb the tagger may take for a noun."""
    first, end = heading
    verb = next((t for t in scene.doc[first + 1 : min(end, first + LONGEST_NAME)] if _verb(t)), None)
    known = _verb(verb) if verb is not None else None
    if verb is None or known is None or known.mode == "thought" or known.frames == QUOTE_ONLY:
        return None
    if _refuses(verb, end):
        return None
    name, rest = words(scene.doc[first : verb.i]), range(verb.i + 1, end)
    marked = [i for i in rest if i in scene.edges and scene.edges[i] != (verb.i + 1, end)]
    plain = not any(scene.doc[i].text in {":", ",", *DASHES} for i in rest if scene.inside[i] < 0)
    outside = bool(name) and not any(scene.inside[t.i] >= 0 for t in name)
    if not (marked and plain and outside) or not _is_somebody(scene, name):
        return None
    beyond = (i for i in range(marked[-1], end) if scene.inside[i] < 0 and scene.doc[i].lower_ in _MATTERS)
    content = scene.span(verb.i + 1, next(beyond, end))
    cue = scene.span(verb.i, verb.i + 1)
    return Candidate("headline-colon", (content,), cue, scene.span(first, verb.i)) if content else None
