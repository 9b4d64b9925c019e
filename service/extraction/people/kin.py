"""Who was introduced as whose relative, so that the other one can be called "his mother" later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from service.extraction.people.cast import Entity
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.words import noun_gender, role_words

_ACROSS = {
    "parents": "children",
    "children": "parents",
    "spouses": "spouses",
    "siblings": "siblings",
    "grandparents": "grandchildren",
    "grandchildren": "grandparents",
}
"""What somebody is to those who are one of these to them."""

_FARTHEST = 4
"""Tokens between a relation and the name that it introduces at most."""


@dataclass(slots=True)
class Kin:
    """Keeps who is whose son, wife or sister: "Her son Adam", "Lee's wife, Joan"."""

    page: Page
    owner: Callable[[int], Entity | None]
    """Whom a possessive refers to, a pronoun or a name."""
    known: dict[int, dict[tuple[str, int], Entity]] = field(default_factory=dict)
    """For each relative what they are (a noun, lowered) and to whom, entities by number."""

    def note(self, found: Occurrence, entity: Entity) -> None:
        """Keep how the name at ``found`` is introduced, if as somebody's relative."""
        noun = self._noun_before(found.first)
        if noun is None:
            return
        at = noun - 1
        while (
            at >= 0
            and noun - at <= _FARTHEST
            and self.page.tags[at] in {"JJ", "JJR", "JJS", "CD", "NN", "HYPH"}
        ):
            at -= 1
        if at >= 0 and self.page.tags[at] in {"PRP$", "POS"}:
            owner = self.owner(at if self.page.tags[at] == "PRP$" else at - 1)
            if owner is not None and owner is not entity:
                self.known.setdefault(entity.number, {})[self.page.lower[noun], owner.number] = owner

    def _noun_before(self, name: int) -> int | None:
        """Return the relation right before a name, or before its comma."""
        at = name - 1
        if at >= 0 and self.page.words[at] == ",":
            at -= 1
        return at if at >= 0 and _group(self.page.lower[at]) is not None else None

    def opposite(self, noun: str, of: Entity) -> Entity | None:
        """Return who is the ``noun`` of somebody by what was said of that one: "his mother"."""
        group = _group(noun)
        if group is None:
            return None
        fitting = {
            owner.number: owner
            for (called, _), owner in self.known.get(of.number, {}).items()
            if _group(called) == _ACROSS[group] and _agree(noun, owner)
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None


def _group(noun: str) -> str | None:
    return next((group for group in _ACROSS if noun in role_words(group)), None)


def _agree(noun: str, entity: Entity) -> bool:
    return {noun_gender(noun), entity.gender} != {"female", "male"}
