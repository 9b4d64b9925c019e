"""A reporting clause between the marks of the quotation that it interrupts, as many languages set it.

``«We are ready, — said the President. — They know it.»`` is one pair of marks around two stretches of speech
and a clause of the narrator's. Slavic and Romance newspapers set all speech so, and translations keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.extraction import lexicon
from service.extraction.models import Span, Stretch

MOST_BEFORE_VERB = 10
"""Most words of a subject that stands before its verb: "the deputy head of the ministry said"."""

MOST_BETWEEN_COMMAS = 6
"""Most words of a clause that only commas set off: "We left, said the mayor Ann Lee, and they stayed."."""

LEAST_SPOKEN = 4
"""Fewest words of speech before a dash whose clause begins with who said it."""

_CLAUSE = re.compile(
    r"""(?P<lead>[,!?…]["’'”»]?\s{1,3}[—–-]{1,2}\s?|\.\s{1,3}[—–-]{1,2}\s?(?=[a-z])|[,!?…]\s|(?<=\w)\s[—–-]{1,2}\s)
    (?P<clause>[A-Za-z][^.!?…:;\n—–"“”«»]{3,120}?)
    (?=(?P<tail>[.,!?…]?\s{1,3}[—–-]{1,2}\s|[.!?…]\s{1,3}(?=[^\W\d_a-z])|[.!?…]?\Z))""",
    re.VERBOSE,
)
_BETWEEN_COMMAS = re.compile(r",\s(?P<clause>[A-Za-z][^,.!?…:;\n—–\"“”«»]{3,60}),\s(?=\S)")
_CLOSING_CLAUSE = re.compile(r"[,!?…]\s(?P<clause>[A-Za-z][^,.!?…:;\n—–\"“”«»]{3,120})[.!?]?\s{0,3}\Z")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_DIALOGUE = re.compile(r"[—–-]{1,2}\s{0,3}(?=[^\W\d_a-z])")
_WITHIN = re.compile(r"(?<=[.!?…]\s)[—–-]\s(?=[^\W\d_a-z])")
_LONG_DASHES = frozenset("—–")
_DASH = re.compile(r"[—–-]")
_PAUSES = frozenset(",.!?…")
_NO_NARRATOR = frozenset({"i", "me", "my", "our", "ours", "us", "we", "you", "your"})
_OWN_WORDS = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b")
_PRONOUNS = frozenset({"he", "she"})
_WHERE = frozenset(
    {"after", "at", "before", "during", "for", "from", "in", "on", "to", "when", "while", "with"}
)
_TOLD = frozenset({"tells", "told"})
"""What a hearer follows, who between dashes may be the reporter: "she tells me"."""


def part(text: str, stretches: Sequence[Stretch], *, dashes_only: bool) -> Iterator[Stretch]:
    """Yield the ``stretches``, each that holds a reporting clause in its two or more parts instead.

    ``dashes_only``: only a clause that dashes set off counts, as this article's own cues stand outside the
    marks, so that one inside is what somebody told.
    """
    for stretch in stretches:
        cuts = () if stretch.depth else tuple(_cuts(text, stretch.inner, dashes_only=dashes_only))
        yield from _parts(stretch, cuts)


def dialogue(text: str, line: Span) -> Iterator[Stretch]:
    """Yield the parts of a line of speech without marks: "— It holds, — said the mayor. — For now.".

    Speech may begin within the line, after a sentence of the narrator's, and the clause without a comma:
    "The mayor came. – It holds – she said.", as Polish sets it. Without a dash after the clause, the narrator
    goes on. Where a long dash opens the line, or a hyphen before "I", "we" or "you", a comma will do before a
    clause that ends it: "– It holds, says the mayor.", as Nordic languages set it.
    """
    lead = _DIALOGUE.match(text, line.start, line.end) or _WITHIN.search(text, line.start, line.end)
    if lead is None:
        return
    words = Span(lead.end(), line.end)
    cuts = list(_cuts(text, words, dashes_only=True))
    last = next((cut for cut in cuts if not _DASH.search(text, cut.end - 3, cut.end)), None)
    words = words if last is None else Span(words.start, last.start)
    if any(text[cut.start - 1] in _PAUSES or _tells(text, words, cut) for cut in cuts):
        yield from part(text, [Stretch(words, words, repaired=True)], dashes_only=True)
    elif (end := _said_at_end(text, words)) is not None:
        words = Span(words.start, end)
        if text[line.start] in _LONG_DASHES or _OWN_WORDS.search(text, words.start, words.end):
            yield Stretch(words, words, repaired=True)


def _said_at_end(text: str, words: Span) -> int | None:
    """Return where speech ends whose clause only a comma sets off, at the end of its line."""
    found = _CLOSING_CLAUSE.search(text, words.start, words.end)
    said = found is not None and _reports(_WORD.findall(found["clause"]), inverted=False, dashed=True)
    return found.start() if found is not None and said else None


def _tells(text: str, line: Span, cut: Span) -> bool:
    """Tell whether a clause after a dash, without a comma before it, is the narrator's.

    It begins with a pronoun or its verb, "– said the mayor", or ends with that or with where and to whom, "–
    the mayor joked in a conversation with us", when what stands before is long enough for a sentence.
    """
    words = _WORD.findall(text, cut.start, cut.end)
    if not words or words[0] in _PRONOUNS or _is_saying(words[0]):
        return bool(words)
    verb = next((i for i, word in enumerate(words) if _is_saying(word)), None)
    sentence = len(_WORD.findall(text, line.start, cut.start)) >= LEAST_SPOKEN
    rest = words[verb + 1 :] if verb is not None else ["that"]
    ends = not rest or (rest[0] in _WHERE and "that" not in rest and "to" not in rest[1:])
    return ends and sentence


def _cuts(text: str, inner: Span, *, dashes_only: bool) -> Iterator[Span]:
    """Yield where the words of the quotation are interrupted, in order: a clause with what sets it off."""
    reached = inner.start
    commas = () if dashes_only else _between_commas(text, inner)
    for cut in sorted([*_set_off(text, inner, dashes_only=dashes_only), *commas]):
        if cut.start >= reached:
            yield cut
            reached = cut.end


def _set_off(text: str, inner: Span, *, dashes_only: bool) -> Iterator[Span]:
    """Yield the clauses that dashes set off, or a mark before and the end of the sentence behind."""
    for found in _CLAUSE.finditer(text, inner.start, inner.end):
        dashed = _DASH.search(found["lead"]) is not None
        if not dashed and (dashes_only or "," in found["clause"]):
            continue
        if _reports(_WORD.findall(found["clause"]), inverted="," in found["clause"], dashed=dashed):
            spoken = found.start() + len(found["lead"].rstrip(" —–-\u00a0"))
            yield Span(spoken, found.end("tail"))


def _between_commas(text: str, inner: Span) -> Iterator[Span]:
    """Yield the short clauses between two commas: "We left, said Ann Lee, and they stayed"."""
    for found in _BETWEEN_COMMAS.finditer(text, inner.start, inner.end):
        words = _WORD.findall(found["clause"])
        if len(words) <= MOST_BETWEEN_COMMAS and _reports(words, inverted=False, dashed=False):
            yield Span(found.start() + 1, found.end())


def _reports(words: Sequence[str], *, inverted: bool, dashed: bool) -> bool:
    """Tell whether a clause says that somebody else spoke: "said the mayor", "Ann Lee told the BBC".

    ``inverted``: its verb must come first. ``dashed``: a dash goes before it; any noun may follow its verb.
    """
    lowered = [word.lower() for word in words]
    if dashed:
        lowered = [word for word, before in zip(lowered, ["", *lowered], strict=False) if before not in _TOLD]
    if not _NO_NARRATOR.isdisjoint(lowered):
        return False
    verb = next((i for i, word in enumerate(lowered[: MOST_BEFORE_VERB + 1]) if _is_saying(word)), None)
    if verb is None or (inverted and verb):
        return False
    if verb == 0:
        return _names_somebody(words[1:]) or (dashed and lowered[1:2] in (["the"], ["a"], ["an"], ["one"]))
    return _names_somebody(words[:verb]) and lowered[verb + 1 : verb + 2] not in (["that"], ["to"])


def _names_somebody(words: Sequence[str]) -> bool:
    """Tell whether a nominal stands for a person: a pronoun, a name or a role."""
    if not words or (words[0].lower() in _PRONOUNS and len(words) > 1 and words[1].lower() == "that"):
        return False
    nouns = {word.lower() for word in words}
    return words[0].lower() in _PRONOUNS or any(w[0].isupper() for w in words) or _is_person(nouns)


def _is_person(nouns: set[str]) -> bool:
    return not nouns.isdisjoint(lexicon.person_nouns())


def _is_saying(word: str) -> bool:
    """Tell whether a word is a finite form of a verb of saying."""
    verb = lexicon.reporting_verb(lexicon.lemma(word, "VBD")) or lexicon.reporting_verb(
        lexicon.lemma(word, "VBZ")
    )
    finite = word.endswith(("ed", "s")) or lexicon.lemma(word, "VBD") != word
    return verb is not None and finite and verb.mode != "thought" and bool(verb.frames & {"clause", "quote"})


def _parts(stretch: Stretch, cuts: Sequence[Span]) -> Iterator[Stretch]:
    """Yield what is left of a stretch between the ``cuts``, with its marks where they are."""
    start, inner = stretch.span.start, stretch.inner.start
    for cut in cuts:
        if cut.start > inner:
            yield replace(stretch, span=Span(start, cut.start), inner=Span(inner, cut.start), repaired=True)
        start = inner = cut.end
    if inner < stretch.inner.end:
        yield replace(
            stretch,
            span=Span(start, stretch.span.end),
            inner=Span(inner, stretch.inner.end),
            repaired=stretch.repaired or bool(cuts),
        )
