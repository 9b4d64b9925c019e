"""From a mention to the entity it refers to: names, roles, bodies, groups, unnamed ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.extraction.models import SpeakerKind
from service.extraction.people.bodies import Bodies
from service.extraction.people.cast import Cast, Entity
from service.extraction.people.mentions import Mention
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.phrases import content_words, display
from service.extraction.people.roles import Description, describe, rank_fits
from service.extraction.people.words import noun_gender, nouns, role_synonyms, singular

NAMED_OFFICES = frozenset(
    "president president-elect premier taoiseach chancellor minister secretary governor mayor nominee candidate "
    "king queen pope pontiff prince princess billionaire millionaire mogul tycoon businessman businesswoman star "
    "singer actor actress rapper frontrunner incumbent challenger monarch leader senator congressman congresswoman "
    "striker midfielder defender winger goalkeeper captain coach champion author novelist".split()
)
"""Roles whose holder an article nearly always names: where none fits, the holder is not known, not unnamed."""

ANAPHORIC = frozenset(
    "company firm agency bank union club team network newspaper paper magazine organisation organization body group "
    "committee commission board panel corporation business retailer airline manufacturer institute charity "
    "foundation channel station site website outlet publication bureau department ministry watchdog regulator".split()
)
"""Bodies that "the" points back to: without an antecedent they are not known."""

Answer = tuple[Entity | None, str]
"""The entity, None where nothing decides, and the rule."""


@dataclass(slots=True)
class Referents:
    """Finds or makes the entity behind a mention of one article."""

    page: Page
    cast: Cast
    bodies: Bodies
    owner: Callable[[int], Entity | None]
    """Whom a possessive pronoun at a token refers to."""

    def name(self, found: Occurrence) -> Answer:
        """A person's name: unique, or shared and settled, or left open."""
        entity = self.cast.named(found)
        if entity is None:
            return None, "ambiguous-name"
        if found.settled:
            return entity, "shared-surname-title" if found.gender else f"shared-{found.form}"
        mononym = found.form == "surname" and entity.person is not None and entity.person.full.given is None
        return entity, "single-name" if mononym else f"{found.form}-name"

    def several(self, mention: Mention) -> Answer:
        """Several names joined: a group by their full names."""
        names = []
        end = mention.names[0].first
        for found in mention.names:
            entity = self.cast.named(found)
            names.append(entity.name if entity else self.page.slice(found.start, found.end))
            end = found.end
        rest = self.page.slice(end, mention.end) if mention.end - end < 12 else ""
        text = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        if rest.startswith("and "):
            text = f"{text} {rest}"
        return self._keyed("group", tuple(text.lower().split()), text, plural=True), "names"

    def person(self, mention: Mention, at: int) -> Answer:
        """A role or description of one person: someone named who fits it, else someone unnamed."""
        first, stop = mention.first, mention.end
        query = describe(self.page, first, stop)
        core = self._without_possessor(mention, query)
        if mention.definite or not self._indefinite(mention):
            found = self._fitting(mention, core, at)
            if found is not None:
                return found
        if mention.definite and mention.noun in NAMED_OFFICES:
            return None, "unknown-role"
        return self._unnamed(mention, core), "unnamed"

    def _indefinite(self, mention: Mention) -> bool:
        return self.page.lower[mention.first] in {"a", "an", "another", "one", "some"}

    def _without_possessor(self, mention: Mention, query: Description) -> Description:
        """Drop the words of whoever the person belongs to: Pagliano's lawyer is not Pagliano."""
        if mention.occurrence is None:
            return query
        owner = set(content_words(self.page, mention.occurrence.start, mention.occurrence.end))
        return Description(query.heads, query.words - owner, query.text)

    def _fitting(self, mention: Mention, query: Description, at: int) -> Answer | None:
        """Return whom a definite description fits: the unnamed one just mentioned, or someone named."""
        owner = mention.occurrence.person if mention.occurrence else None
        by_age = self._of_age(mention)
        if by_age is not None:
            return by_age, "age"
        ranked = rank_fits(Description(frozenset({mention.noun}), query.words, ""), self.cast.facts)
        fits = [(score, number) for score, number in ranked if owner is None or number != owner.number]
        unnamed = self._unnamed_before(mention, query, at)
        if unnamed is not None and (not fits or unnamed.latest > self._latest(fits)):
            return unnamed, "unnamed-again"
        if not fits:
            return None
        return self._best(fits)

    def _of_age(self, mention: Mention) -> Entity | None:
        if mention.age is None:
            return None
        people = [number for number, facts in self.cast.facts.items() if mention.age in facts.ages]
        return self._entity(people[0]) if len(people) == 1 else None

    def _entity(self, number: int) -> Entity:
        return self.cast.person(self.cast.inventory.people[number])

    def _latest(self, fits: Sequence[tuple[float, int]]) -> int:
        top = fits[0][0]
        return max(self._entity(number).latest for score, number in fits if score >= top - 0.25)

    def _best(self, fits: Sequence[tuple[float, int]]) -> Answer:
        """Choose among those whom a description fits: the best by far, else the one mentioned last by far."""
        score, number = fits[0]
        if len(fits) == 1 or score - fits[1][0] >= 0.3:
            return self._entity(number), "role" if score >= 0.95 else "role-like"
        tied = [self._entity(n) for s, n in fits if s > score - 0.3]
        recent = sorted(tied, key=lambda entity: -entity.latest)
        if recent[0].latest >= 0 and recent[0].mentions >= 2 * recent[1].mentions:
            return recent[0], "role-salient"
        return None, "ambiguous-role"

    def _unnamed_before(self, mention: Mention, query: Description, at: int) -> Entity | None:
        """Return the unnamed one mentioned last that a definite description agrees with."""
        wanted = query.words - {mention.noun}
        nouns_meant = {mention.noun, *role_synonyms(mention.noun)}
        for entity in reversed(self.cast.entities):
            if (
                entity.kind != "unnamed"
                or entity.plural
                or not 0 <= entity.latest < at
                or entity.description is None
            ):
                continue
            if entity.noun in nouns_meant and wanted <= entity.description.words:
                return entity
            if mention.noun in role_synonyms(entity.noun) and wanted <= entity.description.words:
                return entity
        return None

    def _unnamed(self, mention: Mention, query: Description) -> Entity:
        first, end = mention.first, mention.end
        words = content_words(self.page, first, end)
        if len(words) >= 3 and (known := self.cast.by_words.get(words)) and known.kind == "unnamed":
            return known
        entity = self.cast.add(
            "unnamed",
            self.named_phrase(mention),
            gender=noun_gender(mention.noun),
            description=query,
            noun=mention.noun,
        )
        self.cast.by_words[words] = entity
        return entity

    def named_phrase(self, mention: Mention, *, article: bool = True) -> str:
        """Return the phrase as a name, its possessor by the full name: "Tom Clarke's new company"."""
        owner = mention.occurrence
        if self.page.tags[mention.first] == "PRP$" and mention.head > mention.first:
            entity = self.owner(mention.first)
            rest = self.page.slice(mention.first + 1, mention.end)
            return f"{entity.name}’s {rest}" if entity else display(self.page, mention.first, mention.end)
        text = display(self.page, mention.first, mention.end, article=article)
        if owner is None or owner.person is None or owner.first != mention.first:
            return text
        rest = self.page.slice(owner.end, mention.end)
        rest = rest[2:] if rest[:1] in "'’" and rest[1:2] in {"s", " "} else rest.lstrip("'’")
        return f"{self.cast.person(owner.person).name}’s {rest.strip()}"

    def group(self, mention: Mention, at: int) -> Answer:
        """A group: the same words are the same group; "the officials" is the group of officials before."""
        words = content_words(self.page, mention.first, mention.end)
        if mention.definite and len(words) <= 2:
            for entity in reversed(self.cast.entities):
                if entity.plural and entity.noun == mention.noun and 0 <= entity.latest < at:
                    return entity, "group-again"
        text = self.named_phrase(mention)
        return self._keyed("group", words, text, plural=True, noun=mention.noun), "group"

    def body(self, mention: Mention, at: int) -> Answer:
        """A body by its noun: the fullest name that it may be short for, or one of its own."""
        words = content_words(self.page, mention.first, mention.end)
        if words in self.cast.by_words:
            return self.cast.by_words[words], "organisation"
        generic = all(self.page.words[i].islower() for i in range(mention.first + 1, mention.head + 1))
        if mention.definite and generic and mention.occurrence is None:
            answer = self._generic(mention, at)
            if answer is not None:
                return answer
        text = self.named_phrase(mention, article=False)
        return self._keyed("organisation", words, text, noun=mention.noun), "organisation"

    def _generic(self, mention: Mention, at: int) -> Answer | None:
        modifiers = frozenset(content_words(self.page, mention.first, mention.head))
        for entity in reversed(self.cast.entities):
            same = entity.noun == mention.noun and modifiers <= set(entity.name.lower().split())
            if entity.kind == "organisation" and same and 0 <= entity.latest < at:
                return entity, "organisation-again"
        meant = self.bodies.meant_by(mention.noun, modifiers, at)
        if len({body.words for body in meant}) == 1:
            return self.proper_words(meant[0].words, meant[0].text), "organisation-noun"
        if meant or (mention.noun in ANAPHORIC and mention.kind == "body" and not modifiers):
            return None, "ambiguous-organisation"
        return None

    def proper(self, mention: Mention) -> Answer:
        """A name that is no known person's."""
        words = content_words(self.page, mention.first, mention.end)
        label = self.page.labels[mention.head]
        text = self.named_phrase(mention, article=False)
        if label == "PERSON":
            return self._keyed("person", words, text), "unlisted-name"
        if self.page.tags[mention.head] == "NNPS" and label == "NORP":
            return self._keyed("group", words, text, plural=True, noun=mention.noun), "group"
        return self.proper_words(words, text), "organisation"

    def proper_words(self, words: tuple[str, ...], text: str) -> Entity:
        """Return the body with these words, by its fullest name."""
        body = self.bodies.fullest(words)
        if body is not None and len(body.words) > len(words):
            entity = self._keyed("organisation", body.words, body.text)
            self.cast.by_words[words] = entity
        else:
            entity = self._keyed("organisation", words, text)
        entity.forms.setdefault(text)
        return entity

    def other(self, mention: Mention) -> Answer:
        """A document or anything else: by its own words."""
        words = content_words(self.page, mention.first, mention.end)
        kind: SpeakerKind = "organisation" if mention.kind == "document" else "unnamed"
        if mention.kind == "document" and mention.definite and len(words) == 1:
            for entity in reversed(self.cast.entities):
                if entity.noun == mention.noun and entity.latest >= 0:
                    return entity, "document-again"
        return self._keyed(kind, words, self.named_phrase(mention), noun=mention.noun), mention.kind

    def _keyed(
        self, kind: SpeakerKind, words: tuple[str, ...], text: str, *, plural: bool = False, noun: str = ""
    ) -> Entity:
        """Return the entity with these words, a new one where there is none."""
        entity = self.cast.by_words.get(words)
        if entity is None:
            entity = self.cast.add(kind, text, plural=plural, noun=noun)
            self.cast.by_words[words] = entity
        return entity


def is_collective(noun: str) -> bool:
    """Tell whether a singular noun can be "they": police, staff, a couple."""
    return noun in nouns("group") or singular(noun) in {"police", "staff", "family"}
