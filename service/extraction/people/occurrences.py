"""Where the people of an article are named, in what form, and whom a shared surname means there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from service.extraction.lexicon import lemma, load_table, reporting_verb
from service.extraction.people.inventory import Inventory, Person, spelled_like
from service.extraction.people.owners import Owners, is_relative
from service.extraction.people.page import Page, Range
from service.extraction.people.spellings import fold, key, without_elision
from service.extraction.people.titles import title_before
from service.extraction.people.tokens import HYPHENS, is_initial, is_letters
from service.extraction.people.words import is_given_name, name_words

Form = Literal["full", "surname", "given"]
Use = Literal["plain", "possessive", "compound"]
Match = tuple[int, Sequence[Person], Form]
"""Where a name ends, who may bear it, and its form."""

PROPER = frozenset({"NNP", "NNPS"})
LONGEST = 7
"""Parts of a name at most."""
_MARKS = frozenset({'"', "'", "(", ")", "''", "``"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A person named at tokens ``[start, end)``; ``first`` is where the titles before the name begin.

    ``person`` is None where several bear the name and nothing decides. ``settled`` tells that a choice among
    several had to be made. ``post`` are the tokens that say what an aide is, and whose.
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
    post: Range | None = None


def find_occurrences(page: Page, inventory: Inventory, sources: frozenset[int]) -> list[Occurrence]:
    """Return every place where one of the people is named, in text order.

    ``sources`` are tokens that are a whole source: what is credited with words there is a name, whatever the
    tagger thinks of "Trump" or "Price".
    """
    owners = Owners(page, inventory.people)
    matcher = _Matcher(page, inventory, sources)
    found: list[Occurrence] = []
    after = 0
    for i in page.capitals:
        match = matcher.match(i) if i >= after else None
        if match is not None and match[1]:
            found.append(_occurrence(page, i, match, owners))
            after = match[0]
    return found


class _Matcher:
    """Looks up the names that begin at a token."""

    def __init__(self, page: Page, inventory: Inventory, sources: frozenset[int]) -> None:
        self.page = page
        self.inventory = inventory
        self.sources = sources
        firsts = {parts[0] for parts in inventory.full}
        self.begins = firsts.union(inventory.surnames, inventory.givens)

    def match(self, i: int) -> Match | None:
        """Return the longest name that begins at token ``i``, and those of this article who may bear it.

        Somebody whom the caller expects is in the article if found there, or if credited with words.
        """
        match = self._longest(i)
        if match is None:
            return None
        end, people, form = match
        present = [person for person in people if person.spots]
        if not present and i in self.sources and len(people) == 1:
            present = [*people]
        return end, present, form

    def _longest(self, i: int) -> Match | None:
        folded = fold(self.page.words[i])
        if folded not in self.begins and not (is_initial(self.page.words[i]) and folded[:1] in self.begins):
            people = self._respelled(i, folded)
            return (i + 1, people, "surname") if people else None
        steps = list(_steps(self.page, i))
        for parts, end in reversed(steps):
            if len(parts) > 1 and parts in self.inventory.full:
                return end, self.inventory.full[parts], "full"
        return self._single(i, folded, goes_on=any(end > i + 1 for _, end in steps))

    def _single(self, i: int, folded: str, *, goes_on: bool) -> Match | None:
        """Match a surname or a given name that stands alone; one that goes on is part of an unknown name."""
        sure = i in self.sources
        if folded in self.inventory.surnames and (sure or _may_stand_alone(self.page, i)):
            return _with_suffix(self.page, i + 1), self.inventory.surnames[folded], "surname"
        if folded not in self.inventory.givens or is_relative(self.page, i):
            return None
        if goes_on and self.page.tags[i + 1] in PROPER:
            return None
        if sure or self.page.tags[i] in PROPER or (self.page.opens_sentence(i) and _acts(self.page, i)):
            return i + 1, self.inventory.givens[folded], "given"
        return None

    def _respelled(self, i: int, folded: str) -> list[Person]:
        """Return who is meant by a surname in a spelling that was not found before."""
        if self.page.tags[i] != "NNP" or len(folded) < 5 or is_given_name(folded):
            return []
        return spelled_like(self.inventory, folded) if key(folded) in self.inventory.keys else []


def _steps(page: Page, i: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the folded parts of ever longer names from token ``i`` on, and where each ends."""
    parts: list[str] = []
    j = i
    while j < len(page) and len(parts) < LONGEST and page.sentences[j] == page.sentences[i]:
        word = page.words[j]
        if parts and page.lower[j].rstrip(".") in name_words("suffixes"):
            yield tuple(parts), j + 1
        elif not (parts and _passes(page, i, j)):
            if not without_elision(word)[0].isupper() and not (
                parts and page.words[j - 1] in HYPHENS and page.glued(j)
            ):
                return
            folded = fold(word)
            parts.extend(folded if is_initial(word) and folded.isalpha() else (folded,))
            yield tuple(parts), j + 1
        j += 1


def _passes(page: Page, first: int, i: int) -> bool:
    """Tell whether a token inside a name counts for nothing: a hyphen, a particle, a nickname's marks."""
    word = page.words[i]
    if word in HYPHENS:
        return page.glued(i)
    joined = i + 1 < len(page) and page.words[i + 1] in HYPHENS and page.glued(i + 1)
    last = word[0].isupper() and (i + 1 == len(page) or not page.words[i + 1][0].isupper())
    particle = page.lower[i] in name_words("particles") and (word != "Al" or joined) and (joined or not last)
    behind = i > first and page.words[i - 1] in HYPHENS and page.glued(i - 1) and not joined
    particle = particle and not behind
    return particle or (word in _MARKS and i - first < 5)


def _may_stand_alone(page: Page, i: int) -> bool:
    """Tell whether a capitalised surname is meant as one: not "May" or "Price" at the head of a sentence."""
    if page.tags[i] in PROPER or page.labels[i] or page.words[i].isupper() or not page.opens_sentence(i):
        return True
    return _acts(page, i) or (i + 1 < len(page) and page.tags[i + 1] in {"POS", ","})


def _acts(page: Page, i: int) -> bool:
    """Tell whether a verb follows, as it does a name that opens a sentence: "Price rose", "Odd laughs"."""
    return i + 1 < len(page) and page.tags[i + 1] in {"VBD", "VBZ", "MD"}


def _occurrence(page: Page, start: int, match: Match, owners: Owners) -> Occurrence:
    end, people, form = match
    start = _with_particles(page, start, people)
    first, gender = title_before(page, start)
    part = fold(page.words[end - 1])
    person, settled = owners.settle(people, part, gender, page.sentences[start], full=form == "full")
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


def _with_suffix(page: Page, end: int) -> int:
    """Return where a single name ends with the number that belongs to it: "Otto II"."""
    numbered = end < len(page) and page.lower[end].rstrip(".") in name_words("suffixes")
    return end + 1 if numbered and page.words[end][0].isupper() else end


def _with_particles(page: Page, start: int, people: Sequence[Person]) -> int:
    """Return where a surname begins with the particles that belong to it: "Van Voorhis", "al-Sisi"."""
    first = start
    while first > 0 and page.sentences[first - 1] == page.sentences[start]:
        lower = page.lower[first - 1]
        joint = page.words[first - 1] in HYPHENS and page.glued(first - 1) and page.glued(first)
        named = lower in name_words("particles") and any(lower in p.full.text.lower().split() for p in people)
        if (
            not joint
            and not named
            and not (lower in name_words("particles") and first < start and page.glued(first))
        ):
            break
        first -= 1
    return first if page.words[first] not in HYPHENS else start


def _use(page: Page, end: int, governor: int) -> Use:
    """Tell "Biden" from "Biden's" and from the Biden of "Biden administration officials"."""
    if end < len(page) and is_letters(page, end):
        end += 1
    if end >= len(page):
        return "plain"
    if page.tags[end] == "POS":
        return "possessive"
    if page.words[end][0].isupper() and page.lower[end] in name_words("headline verbs"):
        return "plain"
    return "compound" if _is_modifier(page, end, governor) else "plain"


def _may_act(page: Page, i: int) -> bool:
    """Tell whether a verb was taken for a plural noun at the end of its clause: "Roe [thunders]."."""
    verb = lemma(page.words[i], "VBZ") if page.tags[i] == "NNS" else ""
    ends = i + 1 >= len(page) or page.tags[i + 1] in {"IN", "TO", ".", ",", ":"}
    return ends and reporting_verb(verb) is not None and verb not in load_table("reporting_nouns")


def _is_modifier(page: Page, end: int, governor: int) -> bool:
    """Tell whether a name before token ``end`` only modifies a noun after it."""
    if page.words[end] in HYPHENS and page.glued(end):
        return True
    if page.lower[end] in name_words("never surnames") and page.tags[end].startswith("NNP"):
        return True
    head = page.heads[governor]
    if page.deps[governor] not in {"compound", "nmod", "amod"} or not end <= head < end + 6:
        return False
    if page.tags[head] in {"VBD", "VBZ"} or _may_act(page, end):
        return False
    return all(page.tags[i].startswith(("NN", "JJ", "HYPH", "VBG")) for i in range(end, head))
