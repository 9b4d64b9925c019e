"""From source to speaker: whom "he", "Zelensky" or "the spokesperson" means, None where nothing decides.

The article's names are listed first; then its mentions are walked in text order, names, descriptions and
pronouns alike, so that every source is resolved from what a reader has read so far. A wrong speaker is worse
than none: two candidates with nothing between them give none.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from service.extraction.models import (
    Article,
    Attribution,
    Checkpoint,
    Resolution,
    Speaker,
    Stretch,
    go_on,
)
from service.extraction.people.bodies import Bodies
from service.extraction.people.cast import Cast, Entity
from service.extraction.people.finding import find_names
from service.extraction.people.gender import guess_genders
from service.extraction.people.occurrences import find_occurrences
from service.extraction.people.page import Page
from service.extraction.people.posts import with_posts
from service.extraction.people.roles import gather_facts
from service.extraction.people.stock import names_of, take_stock
from service.extraction.people.table import SPEAKER_RULES
from service.extraction.people.walk import Walk

CONFIDENCE = {rule.name: rule.confidence for rule in SPEAKER_RULES.values() if rule.confidence}
"""How often the rule is right; a rule that abstains is not in here."""


def resolve(
    doc: Doc,
    article: Article,
    stretches: Sequence[Stretch],
    attributions: Sequence[Attribution],
    *,
    checkpoint: Checkpoint = go_on,
) -> tuple[tuple[Resolution, ...], tuple[Speaker, ...]]:
    """Resolve the source of each attribution; return one resolution each, in order, and the speakers.

    Speakers are those resolved to, numbered in the order of their first attribution. A person known to the
    caller (``article.known_people``) keeps the caller's name; the forms that the article uses are aliases.
    ``checkpoint`` is called between the steps, and before each mention that is resolved.
    """
    checkpoint()
    page = Page.of(doc, article, stretches)
    finds = find_names(page, names_of(article.known_people))
    inventory = take_stock(page, finds, article.known_people)
    checkpoint()
    occurrences = with_posts(page, find_occurrences(page, inventory, _lone_sources(page, attributions)))
    facts = gather_facts(page, occurrences)
    genders = guess_genders(page, inventory.people, facts, occurrences)
    checkpoint()
    cast = Cast(page, inventory, facts, genders)
    walk = Walk(page, cast, Bodies(page), occurrences)
    answers = walk.resolve(attributions, checkpoint=checkpoint)
    numbers = _numbers(answers, attributions)
    resolutions = tuple(_resolution(entity, rule, sure, numbers) for entity, rule, sure in answers)
    entities = {entity.number: entity for entity, _, _ in answers if entity is not None}
    return resolutions, tuple(_speaker(cast, entities[number], name) for number, name in numbers.items())


def _lone_sources(page: Page, attributions: Sequence[Attribution]) -> frozenset[int]:
    """Return the tokens that are a source by themselves."""
    ranges = (page.tokens(found.source) for found in attributions if found.source is not None)
    return frozenset(first for first, end in ranges if end == first + 1)


def _numbers(
    answers: Sequence[tuple[Entity | None, str, float]], attributions: Sequence[Attribution]
) -> dict[int, str]:
    """Number the entities that speak, in the order of what they are first credited with."""
    order = sorted(range(len(answers)), key=lambda i: attributions[i].content)
    speaking = dict.fromkeys(entity.number for i in order if (entity := answers[i][0]) is not None)
    return {number: f"s{place}" for place, number in enumerate(speaking, 1)}


def _resolution(entity: Entity | None, rule: str, sure: float, numbers: dict[int, str]) -> Resolution:
    confidence = CONFIDENCE.get(rule, 0.0) * sure
    return Resolution(numbers[entity.number] if entity else None, rule, round(confidence, 3))


def _speaker(cast: Cast, entity: Entity, identifier: str) -> Speaker:
    known = entity.person.known if entity.person else None
    name = known.name if known else entity.name
    return Speaker(
        id=identifier,
        name=name,
        kind=entity.kind,
        role=cast.role_of(entity) or (known.role if known else None),
        aliases=tuple(form for form in entity.forms if form != name),
        identifier=known.identifier if known else None,
        pronouns=tuple(entity.pronouns),
    )
