"""The figures of a report. Shares are of all quotes counted; a headline's repetition counts for nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from service.extraction.quotes import WORD
from service.reporting.models import Person, Quote, Result
from service.reporting.people import join_speakers

Json = dict[str, Any]

PRONOUNS = {"she": "she", "her": "she", "hers": "she", "herself": "she"} | {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "they": "they",
    "them": "they",
    "their": "they",
    "theirs": "they",
    "themself": "they",
    "themselves": "they",
}
"""The pronouns under which a report counts people. What no article states is not guessed."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A quote that counts, its words, and who said it."""

    article: int
    quote: Quote
    words: int
    person: Person | None


def report(results: Sequence[Result]) -> Json:
    """Return all figures over the results, as JSON has them."""
    people = join_speakers(results)
    said = _said(results, people)
    return {
        "articles": len(results),
        "quotes": len(said),
        "words": sum(each.words for each in said),
        "by_type": _shares(said, lambda each: each.quote.type, ("direct", "mixed", "indirect")),
        "by_kind": _shares(said, _kind, ("person", "organisation", "group", "unnamed", "none")),
        "by_naming": _shares(said, _naming, ("named", "unnamed", "none")),
        "by_pronoun": _shares(
            [each for each in said if each.person and each.person.kind in {"person", "unnamed"}],
            lambda each: _pronoun(each.person),
            ("she", "he", "they", "several", "none"),
        ),
        "by_role": _roles(said),
        "speakers": _speakers(said, people),
        "per_article": _articles(results, said, people),
    }


def _said(results: Sequence[Result], people: Iterable[Person]) -> list[_Said]:
    speaking = {place: person for person in people for place in person.places}
    return [
        _Said(article, quote, len(WORD.findall(quote.text)), speaking.get((article, quote.speaker or "")))
        for article, result in enumerate(results)
        for quote in result.quotes
        if not quote.repeats
    ]


def _shares(said: Sequence[_Said], name_of: Callable[[_Said], str], names: Sequence[str]) -> list[Json]:
    """Count quotes, words and speakers under each of ``names``, with the share of the quotes."""
    groups: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        groups[name_of(each)].append(each)
    return [_count(name, groups[name], len(said)) for name in names]


def _count(name: str, group: Sequence[_Said], total: int) -> Json:
    return {
        "name": name,
        "speakers": len({id(each.person) for each in group if each.person}),
        "quotes": len(group),
        "words": sum(each.words for each in group),
        "share": round(len(group) / total, 4) if total else 0.0,
    }


def _kind(each: _Said) -> str:
    return each.person.kind if each.person else "none"


def _naming(each: _Said) -> str:
    if each.person is None:
        return "none"
    return "unnamed" if each.person.kind in {"unnamed", "group"} else "named"


def _pronoun(person: Person | None) -> str:
    """Return the pronoun that articles use for a person: never one that the name suggests."""
    stated = {PRONOUNS[word] for word in (person.pronouns if person else ()) if word in PRONOUNS}
    if len(stated) > 1:
        return "several"
    return stated.pop() if stated else "none"


def _roles(said: Sequence[_Said]) -> list[Json]:
    """Count under every role that articles give a speaker; the most quoted first."""
    groups: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        for role in {role.casefold(): role for role in (each.person.roles if each.person else ())}.values():
            groups[role.casefold()].append(each)
    counts = [_count(role, group, len(said)) for role, group in groups.items()]
    return sorted(counts, key=lambda count: (-count["quotes"], count["name"]))


def _speakers(said: Sequence[_Said], people: Sequence[Person]) -> list[Json]:
    """Return everyone who is quoted, the most words first."""
    groups: dict[int, list[_Said]] = defaultdict(list)
    for each in said:
        if each.person:
            groups[id(each.person)].append(each)
    shown = [_speaker(person, groups[id(person)]) for person in people if id(person) in groups]
    return sorted(shown, key=lambda speaker: (-speaker["words"], speaker["name"]))


def _speaker(person: Person, said: Sequence[_Said]) -> Json:
    articles = list(dict.fromkeys(each.article for each in said))
    return {
        "name": person.name,
        "kind": person.kind,
        "identifier": person.identifier,
        "aliases": list(person.aliases),
        "roles": list(person.roles),
        "pronoun": _pronoun(person),
        "articles": articles,
        "repeated": len(articles) > 1,
        "quotes": len(said),
        "words": sum(each.words for each in said),
        "longest": max(each.words for each in said),
    }


def _articles(results: Sequence[Result], said: Sequence[_Said], people: Sequence[Person]) -> list[Json]:
    """Return how many speakers of each article are quoted for the first time, in the order of the results."""
    quoted = {(each.article, id(each.person)) for each in said if each.person}
    first: Counter[int] = Counter()
    again: Counter[int] = Counter()
    for person in people:
        shown = [article for article in person.articles if (article, id(person)) in quoted]
        first.update(shown[:1])
        again.update(shown[1:])
    counts = Counter(each.article for each in said)
    return [
        {
            "id": result.id,
            "url": result.url,
            "quotes": counts[article],
            "first_time": first[article],
            "repeated": again[article],
        }
        for article, result in enumerate(results)
    ]
