"""The entities of one article: its people, and the bodies, groups and unnamed ones that it mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.extraction.models import SpeakerKind
from service.extraction.people.inventory import Inventory, Person
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.roles import Description, Facts
from service.extraction.people.spellings import fold
from service.extraction.people.titles import honoured
from service.extraction.people.words import is_given_name, role_words


@dataclass(slots=True, eq=False)
class Entity:
    """One that can speak. ``forms`` are the ways in which the article names it, in order of appearance."""

    number: int
    kind: SpeakerKind
    name: str
    plural: bool = False
    human: bool = False
    """Whether it is one person, named or not."""
    gender: str | None = None
    titled: bool = False
    """Whether a title says the gender: "Mr", "Baroness"."""
    person: Person | None = None
    description: Description | None = None
    owner: Entity | None = None
    """Whose an unnamed one is: "her supervisor"."""
    noun: str = ""
    """The noun by which an unnamed one, a group or a body is called."""
    forms: dict[str, None] = field(default_factory=dict)
    pronouns: dict[str, None] = field(default_factory=dict)
    mentions: int = 0
    latest: int = -1
    """The token of the latest mention so far."""


Answer = tuple[Entity | None, str]
"""The entity, None where nothing decides, and the rule."""


class Cast:
    """All entities of one article, made as they are met."""

    def __init__(
        self, page: Page, inventory: Inventory, facts: dict[int, Facts], genders: dict[int, str | None]
    ) -> None:
        self.page = page
        self.inventory = inventory
        self.facts = facts
        self.genders = genders
        self.entities: list[Entity] = []
        self.unnamed: list[Entity] = []
        self.people: dict[int, Entity] = {}
        self.by_words: dict[tuple[str, ...], Entity] = {}

    def add(self, kind: SpeakerKind, name: str) -> Entity:
        """Make a new entity."""
        entity = Entity(len(self.entities), kind, name)
        self.entities.append(entity)
        return entity

    def numbered(self, number: int) -> Entity:
        """Return the entity of the person with this number."""
        return self.person(self.inventory.people[number])

    def person(self, person: Person) -> Entity:
        """Return the entity of a named person."""
        if person.number not in self.people:
            entity = self.add("person", readable(person.full.text))
            entity.human, entity.person, entity.gender = True, person, self.genders.get(person.number)
            self.people[person.number] = entity
        return self.people[person.number]

    def named(self, found: Occurrence) -> Entity | None:
        """Return the entity of the person named at ``found``, and note the form of the name."""
        if found.person is None:
            return None
        entity = self.person(found.person)
        entity.titled = entity.titled or found.gender is not None
        text = self.page.slice(found.start, found.end)
        if found.person.full.given is None and not found.settled:
            text = honoured(self.page, found.start, found.end)
            if len(text) > len(entity.name):
                entity.name = readable(text)
        entity.forms.setdefault(text)
        return entity

    def role_of(self, entity: Entity) -> str | None:
        """Return the fullest description that the article gives of a person, as it stands there."""
        if entity.person is None or entity.person.number not in self.facts:
            return None
        texts = [mine.text for mine in self.facts[entity.person.number].descriptions if mine.text]
        texts = [text for text in texts if text.lower() not in role_words("relations")]
        return max(texts, key=lambda text: min(len(text.split()), 7), default=None)


def readable(name: str) -> str:
    """Return a name in capitals or in small letters, as in a transcript, as it is written elsewhere."""
    plain = (name.isupper() or name.islower()) and (len(name) > 3 or is_given_name(fold(name)))
    return " ".join(map(str.capitalize, name.split())) if plain else name
