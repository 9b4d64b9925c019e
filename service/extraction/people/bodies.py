"""The organisations, places and works that an article names, and which of them a shorter mention means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from service.extraction.lexicon import load_table, load_words, person_nouns
from service.extraction.people.page import Page
from service.extraction.people.phrases import content_words, display
from service.extraction.people.words import name_words, nouns, place

LABELS = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&.]{1,9})\)")


MOST_LEADING = 4
"""Most words before a noun for a body that tell which one it is."""

_LEADING = ("NN", "JJ", "HYPH")


@dataclass(frozen=True, slots=True)
class Body:
    """A name of something that is no person: its folded words, its text, the tokens where it stands."""

    words: tuple[str, ...]
    text: str
    spots: tuple[int, ...]
    label: str


class Bodies:
    """All named bodies of one article."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names = _collect(page)
        self.acronyms = _acronyms(page, self.names)
        self.by_edge: dict[str, list[Body]] = defaultdict(list)
        for body in self.names.values():
            for word in {body.words[0], body.words[-1]}:
                self.by_edge[word].append(body)

    def fullest(self, words: tuple[str, ...]) -> Body | None:
        """Return the one longer name that begins or ends with ``words``, or that they are the acronym of."""
        if len(words) == 1 and words[0] in self.acronyms:
            return self.names.get(self.acronyms[words[0]])
        mine = self.names.get(words)
        if (mine and mine.label in {"GPE", "NORP"}) or not words or place(" ".join(words)):
            return mine
        size = len(words)
        longer = {
            body.words: body
            for body in (*self.by_edge.get(words[0], ()), *self.by_edge.get(words[-1], ()))
            if len(body.words) > size
            and (mine is None or body.spots[0] < mine.spots[0])
            and words in {body.words[:size], body.words[-size:]}
            and body.label == "ORG"
            and (self._is_in_text(body) or body.words[-1] in name_words("never surnames"))
        }
        return next(iter(longer.values())) if len(longer) == 1 else mine

    def led_by(self, words: tuple[str, ...]) -> Body | None:
        """Return the body of the text that words in a heading begin with: "Coinport Freezes Withdrawals".

        None where the text has all of them, for then they are a name.
        """
        leading = (self.names.get(words[:size]) for size in range(len(words), 0, -1))
        named = (body for body in leading if body is not None and self._is_in_text(body))
        found = next(named, None) or self._first_word(words)
        return found if found is not None and len(found.words) < len(words) else None

    def _first_word(self, words: tuple[str, ...]) -> Body | None:
        """Return what the first word names in the text, though the pipeline knows of no such body."""
        if len(words) < 2 or words[1] in name_words("never surnames"):
            return None
        spots = self.lone.get(words[0])
        return Body(words[:1], self.page.words[spots[0]], tuple(spots), "ORG") if spots else None

    def introduced(self, noun: str, before: int) -> list[tuple[Body, frozenset[str]]]:
        """Return the bodies that a noun leads to before a token, and what else does: "[Danish] firm Kess"."""
        return [(body, words) for body, at, words in self.leads.get(noun, ()) if at < before]

    @cached_property
    def leads(self) -> dict[str, list[tuple[Body, int, frozenset[str]]]]:
        """The bodies that follow a noun for one, with where and the words before the noun, by the noun."""
        page, found = self.page, defaultdict[str, list[tuple[Body, int, frozenset[str]]]](list)
        kinds = nouns("organisation") | nouns("companies")
        for spot, body in self.at.items():
            noun = spot - 1 if spot and page.words[spot - 1] != "," else spot - 2
            if noun < 1 or page.lower[noun] not in kinds:
                continue
            first = noun
            while first and noun - first < MOST_LEADING and page.tags[first - 1].startswith(_LEADING):
                first -= 1
            found[page.lower[noun]].append((body, spot, frozenset(page.lower[first:noun])))
        return dict(found)

    @cached_property
    def at(self) -> dict[int, Body]:
        """The bodies by the tokens at which their names begin."""
        return {spot: body for body in self.names.values() for spot in body.spots}

    @cached_property
    def first_named(self) -> int:
        """The token where the first name stands that may be a body's; beyond the text if there is none.

        It may be taken for somebody's, or for nothing, after an article: "the Zenda Gazette".
        """
        page = self.page
        led = (i for i in page.capitals if i and page.lower[i - 1] == "the" and page.tags[i] == "NNP")
        known = (body.spots[0] for body in self.names.values())
        return min((*known, next(led, len(page))), default=len(page))

    @cached_property
    def lone(self) -> dict[str, list[int]]:
        """Where names of one word stand in the text outside headings, by the word in small letters."""
        page, spots = self.page, defaultdict[str, list[int]](list)
        for i in page.capitals:
            if page.tags[i : i + 2] != ["NNP", "NNP"] and page.tags[i] == "NNP" and page.kind(i) == "body":
                spots[page.lower[i]].append(i)
        return dict(spots)

    def _is_in_text(self, body: Body) -> bool:
        return any(self.page.kind(spot) != "heading" for spot in body.spots)

    def meant_by(self, noun: str, modifiers: frozenset[str], before: int) -> list[Body]:
        """Return the bodies that "the commission" may mean at token ``before``, the latest named first."""
        alike = {*load_table("body_names").get(noun, ()), noun}
        labels = {"ORG", "FAC", "NORP"} if noun == "party" else {"ORG", "FAC"}
        fitting = [
            (max(spot for spot in body.spots if spot < before), body)
            for body in self.names.values()
            if body.spots[0] < before
            and (len(body.words) > 1 or body.words[0] != noun)
            and alike & set(body.words)
            and modifiers <= set(body.words)
            and body.label in labels
        ]
        return [body for _, body in sorted(fitting, key=lambda pair: -pair[0])]


def _collect(page: Page) -> dict[tuple[str, ...], Body]:
    spots: dict[tuple[str, ...], list[int]] = defaultdict(list)
    texts: dict[tuple[str, ...], tuple[str, str]] = {}
    for entity in page.entities:
        if entity.label not in LABELS:
            continue
        end = entity.end
        while end > entity.start and (page.lower[end - 1] in {"'s", "'"} or not page.is_word(end - 1)):
            end -= 1
        start = _after_opening(page, entity.start, end)
        end = _before_bracket(page, start, end)
        words = content_words(page, start, end)
        if words:
            spots[words].append(start)
            texts.setdefault(words, (display(page, start, end, article=False), entity.label))
    return {
        words: Body(words, texts[words][0], tuple(where), texts[words][1]) for words, where in spots.items()
    }


def _before_bracket(page: Page, start: int, end: int) -> int:
    """Return where a name ends before a bracket that the pipeline cut through: "the council [(CIVB]"."""
    opens = next((i for i in range(start + 1, end) if page.words[i] == "("), end)
    return end if ")" in page.words[opens:end] else opens


def _after_opening(page: Page, start: int, end: int) -> int:
    """Return where a name begins that a sentence's first word was taken into: "Imagine, [Askew] said"."""
    opens = page.opens_sentence(start) and end - start > 2 and page.words[start + 1] == ","
    return start + 2 if opens and page.lower[start] in load_words("common_words") else start


def _acronyms(page: Page, names: dict[tuple[str, ...], Body]) -> dict[str, tuple[str, ...]]:
    """Return acronyms with the full names they stand for: in brackets after them, or by their initials."""
    found: dict[str, tuple[str, ...]] = {}
    ends = {}
    for words, body in names.items():
        if len(words) > 1:
            ends[body.text] = words
            initials = "".join(word[0] for word in words if word not in {"of", "for", "and", "the", "in"})
            found.setdefault(initials, words)
    for match in _ACRONYM.finditer(page.text):
        before = page.text[max(0, match.start() - 90) : match.start()].rstrip()
        full = next((words for text, words in ends.items() if before.endswith(text)), None)
        if full and match[1].lower() not in person_nouns():
            found[match[1].lower().replace(".", "")] = full
    return {short: words for short, words in found.items() if len(short) > 1}
