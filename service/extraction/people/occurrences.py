"""Where the people of an article are named, in what form, and whom a shared surname means there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.extraction.people.tokens import HYPHENS, is_initial, is_letters
from service.extraction.people.inventory import Inventory, Person, spelled_like, title_before
from service.extraction.people.page import Page
from service.extraction.people.spellings import fold, key
from service.extraction.people.words import gendered, given_name_gender, is_given_name, name_words

Form = Literal["full", "surname", "given"]
Use = Literal["plain", "possessive", "compound"]

NEARBY = 3
"""Sentences within which a full name claims the bare surnames after it."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A person named at tokens ``[start, end)``; ``first`` is where the titles before the name begin.

    ``person`` is None where several bear the name and nothing decides. ``settled`` tells that a choice among
    several had to be made.
    """

    first: int
    start: int
    end: int
    person: Person | None
    form: Form
    use: Use
    subject: bool
    gender: str | None
    settled: bool = False


def find_occurrences(page: Page, inventory: Inventory, sources: frozenset[int]) -> list[Occurrence]:
    """Return every place where one of the people is named, in text order.

    ``sources`` are tokens that are a whole source: what is credited with words there is a name, whatever the
    tagger thinks of "Trump" or "Price".
    """
    owners = Owners(page)
    found: list[Occurrence] = []
    i, begins = 0, _beginnings(inventory)
    while i < len(page):
        match = _match(page, inventory, begins, i, i in sources) if page.words[i][0].isupper() else None
        if match is None:
            i += 1
            continue
        end, people, form = match
        found.append(_occurrence(page, i, end, people, form, owners))
        i = end
    return found


def _beginnings(inventory: Inventory) -> frozenset[str]:
    firsts = {parts[0] for parts in inventory.full}
    return frozenset(firsts.union(inventory.surnames, inventory.givens))


def _match(
    page: Page, inventory: Inventory, begins: frozenset[str], i: int, sure: bool
) -> tuple[int, list[Person], Form] | None:
    """Return the longest name that begins at token ``i``: its end, who may bear it, and its form."""
    folded = fold(page.words[i])
    if folded not in begins and not (is_initial(page.words[i]) and folded[:1] in begins):
        people = _respelled(page, inventory, i, folded)
        return (i + 1, people, "surname") if people else None
    steps = list(_steps(page, i))
    for parts, end in reversed(steps):
        if len(parts) > 1 and parts in inventory.full:
            return end, inventory.full[parts], "full"
    end = i + 1
    if folded in inventory.surnames and (sure or _may_stand_alone(page, i)):
        return end, inventory.surnames[folded], "surname"
    if (
        folded in inventory.givens
        and not _is_relative(page, i)
        and not _goes_on(page, steps, end)
        and (sure or page.tags[i] in {"NNP", "NNPS"})
    ):
        return end, inventory.givens[folded], "given"
    return None


def _steps(page: Page, i: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the folded parts of ever longer names from token ``i`` on, and where each ends."""
    parts: list[str] = []
    j = i
    while j < len(page) and len(parts) < 7 and page.sentences[j] == page.sentences[i]:
        word, lower = page.words[j], page.lower[j]
        if word in HYPHENS and parts and page.glued(j):
            pass
        elif lower in name_words("particles") and parts and word != "Al":
            pass
        elif word in {'"', "'", "(", ")", "''", "``"} and parts and j - i < 5:
            pass
        elif word[0].isupper():
            parts.extend(fold(word) if is_initial(word) and fold(word).isalpha() else (fold(word),))
            yield tuple(parts), j + 1
        else:
            return
        j += 1


def _may_stand_alone(page: Page, i: int) -> bool:
    """Tell whether a capitalised surname is meant as one: not "May" or "Price" at the head of a sentence."""
    if page.tags[i] in {"NNP", "NNPS"} or page.labels[i]:
        return True
    if page.words[i].isupper() or not page.opens_sentence(i):
        return True
    return i + 1 < len(page) and page.tags[i + 1] in {"VBD", "VBZ", "MD", "POS", ","}


def _goes_on(page: Page, steps: list[tuple[tuple[str, ...], int]], end: int) -> bool:
    """Tell whether another capital follows a given name: it is a longer name, of somebody else."""
    return any(stop > end for _, stop in steps) and page.tags[end] in {"NNP", "NNPS"}


def _respelled(page: Page, inventory: Inventory, i: int, folded: str) -> list[Person]:
    """Return who is meant by a surname in a spelling that was not found before."""
    if page.tags[i] != "NNP" or len(folded) < 5 or key(folded) not in inventory.keys or is_given_name(folded):
        return []
    return spelled_like(inventory, folded)


def _occurrence(
    page: Page, start: int, end: int, people: list[Person], form: Form, owners: Owners
) -> Occurrence:
    first, gender = title_before(page, start)
    people = [person for person in people if person.spots] or people[:1]
    person, settled = owners.settle(people, form, gender, page.sentences[start])
    governor = page.governed(start, end)
    return Occurrence(
        first=first,
        start=start,
        end=end,
        person=person,
        form=form,
        use=_use(page, end, governor),
        subject=page.is_subject(governor),
        gender=gender,
        settled=settled,
    )


def _use(page: Page, end: int, governor: int) -> Use:
    """Tell "Biden" from "Biden's" and from the Biden of "Biden administration officials"."""
    if end < len(page) and page.tags[end] == "POS":
        return "possessive"
    if end < len(page) and page.words[end] in HYPHENS and page.glued(end):
        return "compound"
    if end < len(page) and is_letters(page, end):
        end += 1
    if end < len(page) and page.deps[governor] in {"compound", "nmod", "amod"}:
        head = page.heads[governor]
        if end <= head < end + 6 and all(
            page.tags[j].startswith(("NN", "JJ", "HYPH", "VBG")) for j in range(end, head)
        ):
            return "compound"
    if (
        end < len(page)
        and page.lower[end] in name_words("never surnames")
        and page.tags[end].startswith("NNP")
    ):
        return "compound"
    return "plain"


class Owners:
    """Who has been named in full so far, to decide whom a shared surname means."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counts: Counter[int] = Counter()
        self.latest: dict[int, int] = {}

    def settle(
        self, people: list[Person], form: Form, gender: str | None, sentence: int
    ) -> tuple[Person | None, bool]:
        """Return the bearer of a name, None when several could be meant, and whether there was a choice."""
        person, settled = self._choose(people, gender, sentence)
        if person is not None:
            self.counts[person.number] += 1
            if form == "full":
                self.latest[person.number] = sentence
        return person, settled

    def _choose(self, people: list[Person], gender: str | None, sentence: int) -> tuple[Person | None, bool]:
        if len(people) == 1:
            return people[0], False
        if gender:
            fitting = [person for person in people if first_gender(person) in {gender, None}]
            sure = [person for person in fitting if first_gender(person) == gender]
            people = sure if len(sure) == 1 else fitting or people
            if len(people) == 1:
                return people[0], True
        ranked = sorted(people, key=lambda person: -self._claim(person, sentence))
        first, second = (self._claim(person, sentence) for person in ranked[:2])
        return (ranked[0] if first >= 1.5 * second and first > 0 else None), True

    def _claim(self, person: Person, sentence: int) -> float:
        """Return how strongly a person owns a shared surname: how often named, and how lately in full."""
        late = sentence - self.latest.get(person.number, -100)
        recent = 2.0 if late <= NEARBY else 0.0
        relative = any(_is_relative(self.page, find.start) for find in person.spots[:5])
        named = len(person.spots) + 0.5 * self.counts[person.number] + recent
        return named * (0.4 if relative else 1.0)


def _is_relative(page: Page, start: int) -> bool:
    """Tell whether somebody is introduced as another's relative: "his granddaughter, Ilona Benedek"."""
    i = start - 1
    while i > 0 and start - i < 5 and (page.words[i] == "," or page.tags[i].startswith(("NN", "JJ", "DT"))):
        if page.lower[i] in gendered("relations") and page.tags[i - 1] in {"PRP$", "POS", "JJ"}:
            return True
        i -= 1
    return False


def first_gender(person: Person) -> str | None:
    """Return the gender that the given name of a person tells."""
    return next((given_name_gender(name.given) for name in person.names if name.given), None)
