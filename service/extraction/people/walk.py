"""Walks the mentions of an article in text order and resolves each source where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, takewhile

from service.extraction.models import Attribution, Checkpoint, Span
from service.extraction.people.authors import Authors
from service.extraction.people.bodies import Bodies
from service.extraction.people.cast import Cast, Entity
from service.extraction.people.described import Described
from service.extraction.people.kin import Kin
from service.extraction.people.mentions import Mention, classify
from service.extraction.people.nominals import find_nominals
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.phrases import display, phrase_around, with_complement
from service.extraction.people.pronouns import CLOSE, Pronouns, Resolved
from service.extraction.people.referents import Referents
from service.extraction.people.senders import Senders
from service.extraction.people.trail import Trail, may_be_person
from service.extraction.people.words import nouns, pronoun_gender

MOST_JOINED = 12
"""Most names of a list that "they" may mean together."""

CONTINUED = 0.95
"""Factor for a speaker who goes on."""


@dataclass(slots=True)
class Walk:
    """One pass over an article: names, phrases and sources in the order in which they are read."""

    page: Page
    cast: Cast
    bodies: Bodies
    occurrences: Sequence[Occurrence]
    heads: dict[int, Entity] = field(default_factory=dict)
    """Which entity a noun phrase with this head refers to."""
    phrases: list[Range] = field(default_factory=list)
    named_at: dict[int, Occurrence] = field(default_factory=dict)
    named_sources: bytearray = field(default_factory=bytearray)
    """For each token whether it describes the name that ends its source."""
    referents: Referents = field(init=False)
    trail: Trail = field(init=False)
    pronouns: Pronouns = field(init=False)
    kin: Kin = field(init=False)

    def __post_init__(self) -> None:
        page, cast = self.page, self.cast
        self.trail = Trail(page)
        authors, senders = Authors(page, cast, self.occurrences), Senders(page, self.antecedent)
        self.pronouns = Pronouns(page, self.trail, self.antecedent, authors, senders)
        owner = self.pronouns.owner
        self.kin = Kin(page, self.antecedent)
        described = Described(page, cast, self.trail, self.kin, owner, self.names_after)
        self.referents = Referents(page, cast, self.bodies, self.trail, described, owner)
        self.phrases = list(find_nominals(page, self.occurrences))
        self.named_at = {i: found for found in self.occurrences for i in range(found.start, found.end)}

    def resolve(self, attributions: Sequence[Attribution], *, checkpoint: Checkpoint) -> list[Resolved]:
        """Return for each attribution whom its source refers to."""
        answers: list[Resolved] = [(None, "no-source", 1.0)] * len(attributions)
        heard: dict[Span | None, int] = {}
        self.named_sources = self._with_names(attributions)
        self.trail.reported = self._reported(attributions)
        for _, order, index in sorted(self._events(attributions)):
            checkpoint()
            if order == 0:
                self._meet_name(self.occurrences[index])
            elif order == 1:
                span = attributions[index].source
                earlier = heard.get(span)
                answers[index] = (
                    answers[earlier] if earlier is not None else self._source(attributions[index])
                )
                if answers[index][0] is not None:
                    heard.setdefault(span, index)
            elif order == 2:
                self._meet_phrase(*self.phrases[index])
            else:
                self._meet_pronoun(index)
        return _continued(answers, attributions)

    def _reported(self, attributions: Sequence[Attribution]) -> bytearray:
        """Return 1 for each token of a main clause that another is credited with: "According to Roe, [A]"."""
        covered = bytearray(len(self.page))
        told = (one for one in attributions if one.source is not None and one.rule == "according-to")
        for span in chain.from_iterable(one.content for one in told):
            first, end = self.page.tokens(span)
            covered[first:end] = b"\1" * (end - first)
        return covered

    def _with_names(self, attributions: Sequence[Attribution]) -> bytearray:
        """Return 1 for each token of a source that ends in a name, whose other words only say whose it is."""
        covered = bytearray(len(self.page))
        for span in {one.source for one in attributions if one.source is not None}:
            first, end = self.page.tokens(span)
            name = self.named_at.get(end - 1)
            if name is not None and name.first > first and name.use == "plain":
                mention = classify(self.page, first, end, self.occurrences)
                if mention.kind == "name" and mention.occurrence is name:
                    covered[first : name.first] = b"\1" * (name.first - first)
        return covered

    def _events(self, attributions: Sequence[Attribution]) -> Iterator[tuple[int, int, int]]:
        """Yield what there is to read: the token where it ends, its kind, and its index."""
        for index, found in enumerate(self.occurrences):
            yield found.end, 0, index
        for index, attribution in enumerate(attributions):
            if attribution.source is not None:
                yield self.page.tokens(attribution.source)[1], 1, index
        for index, (_, end) in enumerate(self.phrases):
            yield end, 2, index
        for i, tag in enumerate(self.page.tags):
            if tag in {"PRP", "PRP$"} and not self.page.quoted[i] and pronoun_gender(self.page.lower[i]):
                yield i + 1, 3, i

    def _meet_name(self, found: Occurrence) -> None:
        entity = self.cast.named(found)
        if entity is not None and found.use != "compound":
            token = self.page.governed(found.start, found.end)
            possessive = found.use == "possessive"
            page, start, end = self.page, found.first, found.end
            first = (
                page.leads(found.start) or page.in_cleft(start, end) or page.follows_participle(start, end)
            )
            leads = (first or page.is_topic(found.first)) and not possessive
            if possessive and self._opens_with_staff(found):
                possessive, leads = False, True
            subject = found.subject
            if page.is_caption(found.start, found.end):
                leads, subject = False, False
            self.kin.note(found, entity)
            self.trail.note(token, entity, possessive=possessive, subject=subject, leads=leads)
            self._meet_pair(token)

    def _opens_with_staff(self, found: Occurrence) -> bool:
        """Tell whether a paragraph begins with somebody's people: "Hale's team has until May"."""
        page, here = self.page, found.first
        opens = here == 0 or page.paragraphs[here - 1] != page.paragraphs[here]
        after = page.lower[found.end : found.end + 2]
        return opens and len(after) == 2 and (after[1] == "team" or after[1] in nouns("group"))

    def _meet_pair(self, last: int) -> None:
        """Note the two that a name closes as a subject, whom "they" may mean: "Roe and [Vane] opened it"."""
        page, first = self.page, self.page.heads[last]
        if page.deps[last] != "conj" or first not in self.named_at or page.quoted[last]:
            return
        for _ in range(MOST_JOINED):
            before = page.heads[first]
            if page.deps[first] not in {"appos", "conj"} or before >= first or before not in self.named_at:
                break
            first = before
        if not page.is_subject(first):
            return
        names = self.named_at[first].first, self.named_at[last].end
        mention = classify(page, *names, self.occurrences)
        pair = self.referents.resolve(mention)[0] if mention.kind == "names" else None
        if pair is not None:
            self.trail.note(last, pair, subject=True)

    def _meet_pronoun(self, token: int) -> None:
        """Let a pronoun that plainly refers keep its antecedent in mind: chains of "he" outlast a name."""
        gender = pronoun_gender(self.page.lower[token])
        entity, margin = self.trail.single(token, gender, but=self.pronouns.actor(token))
        if entity is not None and margin >= CLOSE:
            entity.gender = entity.gender or gender
            self.pronouns.note(entity, self.page.lower[token])
            self.trail.note(token, entity, possessive=self.page.tags[token] == "PRP$")

    def _meet_phrase(self, first: int, end: int) -> None:
        page = self.page
        if self.named_sources[first] or (page.quoted[first] and page.lower[first] in {"my", "our"}):
            return
        mention = classify(self.page, first, end, self.occurrences)
        if mention.head in self.heads or mention.kind in {"pronoun", "name", "names"}:
            return
        named = self._beside(mention)
        if named is not None:
            self.heads[mention.head] = named
            return
        in_apposition = self.page.deps[mention.head] == "appos"
        resolved = (self.antecedent(mention.head), "") if in_apposition else self.referents.resolve(mention)
        if resolved[0] is not None:
            self._refer(mention, resolved[0])
        elif resolved[1] == "ambiguous-organisation":
            self.trail.note_unknown(mention.head)

    def _beside(self, mention: Mention) -> Entity | None:
        """Return the person whom the phrase only describes: "Carys Pugh, a mother of three,".

        Or who it turns out to be: "Her rival is Carys Pugh".
        """
        named = mention.end + 1
        is_one = mention.kind == "person" and self.page.lower[mention.end : named] in (["is"], ["was"])
        found = self.named_at.get(named) if is_one else None
        if found is not None and found.first == named and found.use == "plain":
            return self.cast.named(found)
        before = mention.first - 1
        if before < 1 or self.page.words[before] != "," or before - 1 not in self.named_at:
            return None
        after = self.page.words[mention.end] if mention.end < len(self.page) else "."
        return self.antecedent(before - 1) if after in {",", ".", ";"} else None

    def _refer(self, mention: Mention, entity: Entity) -> None:
        if mention.head not in self.heads:
            self.heads[mention.head] = entity
            self.trail.note(mention.head, entity)

    def _source(self, attribution: Attribution) -> Resolved:
        """Resolve the source of an attribution and note that its entity spoke."""
        span = attribution.source
        first, end = self.page.tokens(span) if span is not None else (0, 0)
        if first >= end:
            return None, "no-source", 1.0
        aside = self._before_bracket(first)
        if aside is not None:
            first, end = aside.first, aside.end
        mention = classify(self.page, first, end, self.occurrences)
        if mention.kind == "pronoun":
            self.trail.content = tuple(self.page.tokens(part) for part in attribution.content)
            self.trail.named_inside = self._named_after(mention.head, self.trail.content)
            reacted_to = attribution.rule == "reacted-to"
            entity, rule, sure = self.pronouns.resolve(mention.head, reacted_to=reacted_to)
            self.trail.content, self.trail.named_inside = (), frozenset()
            gender = pronoun_gender(self.page.lower[mention.head])
            if entity is not None and gender and may_be_person(entity):
                entity.kind, entity.human, entity.gender = "person", True, gender
        else:
            entity, rule = self.referents.resolve(mention)
            sure = 1.0
            if entity is not None and mention.kind not in {"name", "names"}:
                self._refer(mention, entity)
                if entity.kind == "unnamed":
                    entity.forms.setdefault(display(self.page, first, mention.stop or end))
        thinks = rule == "relative" and attribution.mode == "thought"
        passing = attribution.rule == "reacted-to" or (thinks and self.trail.is_aside(first, entity))
        if entity is not None and rule not in {"author", "turn"} and not passing:
            self.trail.spoke(mention.head, entity)
        return entity, rule, sure

    def _named_after(self, token: int, content: Sequence[Range]) -> frozenset[int]:
        """Return the numbers of those who do something in content after a pronoun: "He said that Roe left".

        Not between marks, where one may name oneself.
        """
        spots = chain.from_iterable(range(max(token, first), end) for first, end in content)
        inside = {self.named_at[i] for i in spots if i in self.named_at and not self.page.quoted[i]}
        named = (self.cast.named(found) for found in inside if found.subject and found.use == "plain")
        return frozenset(entity.number for entity in named if entity is not None)

    def _before_bracket(self, first: int) -> Occurrence | None:
        """Return whose name a source in brackets only says more of: "Toby Renwick (Lib Dem, Southside)"."""
        opens = first > 1 and self.page.words[first - 1] == "("
        return self.named_at.get(first - 2) if opens and first not in self.named_at else None

    def names_after(self, token: int) -> list[Occurrence]:
        """Return the names between ``token`` and the end of its sentence."""
        page = self.page
        if token >= len(page):
            return []
        at = bisect_left(self.occurrences, token, key=lambda found: found.start)
        sentence = page.sentences[token]
        ahead = takewhile(
            lambda found: page.sentences[found.start] == sentence, self.occurrences[at : at + 20]
        )
        return [found for found in ahead if found.use == "plain"]

    def antecedent(self, token: int) -> Entity | None:
        """Return the entity whose phrase has its head at ``token``: what a relative pronoun refers to."""
        for _ in range(3):
            if self.page.deps[token] == "appos" and token not in self.named_at:
                token = self.page.heads[token]
        if token in self.named_at:
            return self.cast.named(self.named_at[token])
        if token in self.heads:
            return self.heads[token]
        if not self.page.tags[token].startswith(("NN", "DT", "CD", "PRP")):
            return None
        phrase = with_complement(self.page, *phrase_around(self.page, token))
        mention = classify(self.page, *phrase, self.occurrences)
        if mention.kind == "pronoun":
            return self.pronouns.resolve(token)[0]
        entity, _ = self.referents.resolve(mention)
        return entity


def _continued(answers: list[Resolved], attributions: Sequence[Attribution]) -> list[Resolved]:
    """Give each attribution that follows another one the speaker of that one."""
    for index, attribution in enumerate(attributions):
        earlier = attribution.follows
        if earlier is not None and 0 <= earlier < index and answers[earlier][0] is not None:
            entity, rule, sure = answers[earlier]
            answers[index] = (entity, rule, sure * CONTINUED)
    return answers
