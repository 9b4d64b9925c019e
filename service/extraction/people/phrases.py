"""Noun phrases as ranges of tokens, and as text that can stand for an entity."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from service.extraction.lexicon import person_nouns
from service.extraction.people.cast import Cast, Entity
from service.extraction.people.mentions import INDEFINITE, Mention
from service.extraction.people.page import Page, Range
from service.extraction.people.spellings import fold
from service.extraction.people.words import nouns

_LEFT = ("NN", "JJ", "POS", "HYPH", "CD", "VBN", "VBG", "DT", "PRP$", "PDT", "RBS", "JJS", "AFX", "$")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "of", "and", "der", "die", "das", "del", "van", "von", "y"}
)
_KINDS = frozenset(
    {"group", "lobby", "maker", "rival", "giant", "agency", "tank", "landlord", "owner", "sponsor", "client"}
)
_OF_PLACES = frozenset(
    {"state", "city", "county", "town", "country", "nation", "province", "region", "district"}
)
LONGEST = 14
"""Tokens to the left of a head at most."""


def phrase_around(page: Page, head: int) -> Range:
    """Return the noun phrase that ends in the noun at ``head``, without what follows it."""
    first = head
    while first > 0 and head - first < LONGEST and page.sentences[first - 1] == page.sentences[head]:
        tag = page.tags[first - 1]
        if not tag.startswith(_LEFT) or page.quoted[first - 1] != page.quoted[head]:
            break
        if page.heads[first - 1] > head or (page.heads[first - 1] < first - 1 and tag not in {"CC", "POS"}):
            break
        first -= 1
        if tag in {"DT", "PRP$"} and (first == 0 or page.tags[first - 1] != "PDT"):
            break
    return first, head + 1


def with_complement(page: Page, first: int, end: int) -> Range:
    """Take in a prepositional phrase: "a spokesperson for the National Security Council"."""
    at = end
    if at + 1 < len(page) and page.tags[at] == "JJ" and page.tags[at + 1] in {"IN", "TO"}:
        at += 1
    if at < len(page) and page.tags[at] in {"IN", "TO"} and page.heads[at] in {end - 1, at - 1}:
        at += 1
        while at < len(page) and at - end < LONGEST and _inside(page, at, end - 1):
            at += 1
        return first, at
    return first, end


def _inside(page: Page, i: int, head: int) -> bool:
    """Tell whether token ``i`` hangs below ``head`` and opens no clause."""
    if not page.is_word(i) and page.tags[i] not in {"HYPH", "POS"}:
        return False
    if page.tags[i] in {"WP", "WDT", "WRB", "VBD", "VBZ", "VBP", "MD"}:
        return False
    for _ in range(8):
        if i == head:
            return True
        if page.heads[i] == i:
            return False
        i = page.heads[i]
    return False


def content_words(page: Page, first: int, end: int) -> tuple[str, ...]:
    """Return the folded words of a phrase without articles, "'s" and punctuation: what to compare it by."""
    words = (
        fold(page.words[i])
        for i in range(first, end)
        if page.lower[i] not in _ARTICLES and page.lower[i] not in {"'s", "'"}
    )
    return tuple(word for word in words if word)


_PAIRED = {"“": "”", "«": "»", "„": "“", '"': '"'}


def display(page: Page, first: int, end: int, *, article: bool = True) -> str:
    """Return a phrase as an entity's name: no leading "the" without ``article``, no capital of a sentence."""
    led = first < end - 1 and page.lower[first] == "the"
    shouted = (led or first == end - 1) and all(page.words[i].isupper() for i in range(first, end))
    if shouted and _is_noun(page.lower[end - 1]):
        return page.slice(first + (led and not article), end).lower()
    first += led and not article
    text = _with_closing_mark(page, page.slice(first, end), end)
    if page.lower[first] in _ARTICLES | INDEFINITE:
        return text[:1].lower() + text[1:]
    common = page.tags[first] not in {"NNP", "NNPS"} and not page.labels[first]
    noun = page.tags[first].startswith("NN") and not page.opens_sentence(first)
    common = common and page.words[first][1:].islower() and not noun
    rest = [word for word in page.words[first + 1 : end] if word.lower() not in _PARTICLES]
    goes_on = bool(rest) and rest[0][0].isupper()
    return text[:1].lower() + text[1:] if common and not goes_on else text


def _with_closing_mark(page: Page, text: str, end: int) -> str:
    """Add the mark right after a name that one opens within: 'RIA “Novosti' and ”."""
    opened = max(text.find(mark) for mark in _PAIRED)
    after = page.text[page.ends[end - 1] : page.ends[end - 1] + 1]
    return (
        text + after
        if opened > 0 and _PAIRED[text[opened]] == after and after not in text[opened + 1 :]
        else text
    )


def _is_noun(word: str) -> bool:
    """Tell whether a word is a noun for a person or a body: "THE WITNESS:". Not one of initials: "CEO"."""
    return len(word) > 3 and (word in person_nouns() or word in nouns("organisation"))


@cache
def _kinds() -> frozenset[str]:
    """Return the nouns that a body's name may follow: "developer" Kestrel Homes, "landlord" Pryce Estates."""
    return (nouns("organisation") | nouns("companies") | _KINDS) - _OF_PLACES


def without_descriptor(page: Page, first: int, head: int) -> int:
    """Return where the name of a body begins after the noun for what it is: "medical charity" Médecins.

    ``head`` is the last token of the name. Not after "state" or "city", which belong to what follows.
    """
    begin = head
    while begin > first and (page.words[begin - 1][0].isupper() or page.lower[begin - 1] in _PARTICLES):
        begin -= 1
    begin = first + 1 if begin == first and page.opens_sentence(first) else begin
    kind = begin - 1
    described = kind >= first and page.lower[kind] in _kinds()
    named = described and begin <= head and page.lower[head] not in nouns("organisation")
    return begin if named and page.words[begin][0].isupper() else first


def named_phrase(
    page: Page, cast: Cast, mention: Mention, owner: Callable[[int], Entity | None], *, article: bool = True
) -> str:
    """Return the phrase as a name, its possessor in full: "His aides" are "Bobby Scott’s aides"."""
    end = mention.stop or mention.end
    mark = "’s" if "’" in page.text else "'s"
    if page.tags[mention.first] == "PRP$" and mention.head > mention.first:
        entity = owner(mention.first)
        if entity is None or not (entity.person or (entity.kind == "organisation" and not entity.noun)):
            return display(page, mention.first, end)
        return f"{entity.name}{mark} {page.slice(mention.first + 1, end)}"
    found = mention.occurrence
    if found is None or found.person is None or found.first != mention.first:
        return display(page, mention.first, end, article=article)
    rest = found.end + 1 if found.end < end and page.tags[found.end] == "POS" else found.end
    return f"{cast.person(found.person).name}{mark} {page.slice(rest, end)}"
