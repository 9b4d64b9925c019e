"""The trail of mentions that a pronoun may pick up, and the weights by which it does."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from itertools import takewhile
from math import log

from service.extraction.lexicon import load_words
from service.extraction.people.cast import Entity
from service.extraction.people.page import Page, Range
from service.extraction.people.words import is_of_people, nouns, place, pronoun_gender, singular

REACH = 80
"""Mentions that are looked back on."""
LONGEST_NAME = 8
"""Tokens of a body's name before its last word at most."""

FAR = 14
"""Sentences beyond which nothing is picked up."""


@dataclass(frozen=True, slots=True)
class Step:
    """An entity mentioned at ``token``."""

    token: int
    entity: Entity
    subject: bool
    quoted: bool
    possessive: bool = False
    main: bool = False
    """Whether it is the subject of a main clause."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for an antecedent; distances in sentences. Set by hand, checked on half of the data."""

    gender: float = 1.0
    sentence: float = -0.4
    subject: float = 0.9
    quoted: float = -1.2
    possessive: float = -0.5
    frequency: float = 0.35
    speaker: float = 0.9
    unnamed: float = -0.7
    main: float = 0.6
    paragraph: float = 0.9
    """For the subject of a main clause of the same paragraph, or of the one that leads in to it."""
    third: float = -1.0
    """For who does something in the words themselves, told of in the third person."""
    margin: float = 0.33
    """Lead below which "he" and "she" have no antecedent."""
    neuter_margin: float = 0.28


WEIGHTS = Weights()


FAR_TOKENS = 60
"""Tokens before a pronoun among which another one is looked for."""

_INDEFINITE = ("a ", "an ", "another ", "one ")


@dataclass(slots=True)
class Trail:
    """The mentions so far, in text order, and who spoke last."""

    page: Page
    steps: list[Step] = field(default_factory=list)
    speaker: Entity | None = None
    speaker_at: int = -1
    named: dict[int, Entity] = field(default_factory=dict)
    """The people whom the body has named so far, by number."""
    reported: bytearray = field(default_factory=bytearray)
    """For each token whether somebody reports it, so that its subject is not the narrator's."""
    content: tuple[Range, ...] = ()
    """The tokens of what is being attributed: whoever is named in there is hardly the speaker."""

    unknown: Entity = field(default_factory=lambda: Entity(-1, "organisation", "body", noun="body"))
    """Stands for a body whose name nothing tells."""

    named_inside: frozenset[int] = frozenset()
    """The numbers of those who act in it after the pronoun that it is credited to: "he" is none of them."""

    def note(
        self,
        token: int,
        entity: Entity,
        *,
        possessive: bool = False,
        subject: bool | None = None,
        leads: bool = False,
    ) -> None:
        """Add a mention of ``entity`` whose head is ``token``; what leads a sentence is its subject."""
        is_subject = leads or (self.page.is_subject(token) if subject is None else subject)
        main = leads or (is_subject and self.page.in_main_clause(token))
        main = main and not (self.reported and self.reported[token])
        self.steps.append(Step(token, entity, is_subject, self.page.quoted[token], possessive, main))
        if entity.person is not None and self.page.kind(token) == "body":
            self.named[entity.number] = entity
        entity.latest = max(entity.latest, token)
        entity.mentions += 1

    def note_unknown(self, token: int) -> None:
        """Add a mention of a body that nothing tells the name of: "the union". "It" may be that one."""
        self.note(token, self.unknown)

    def spoke(self, token: int, entity: Entity) -> None:
        """Note who is the speaker of the latest quotation: as good a subject as any."""
        self.steps.append(Step(token, entity, subject=True, quoted=self.page.quoted[token]))
        self.speaker, self.speaker_at = entity, token

    def is_aside(self, token: int, entity: Entity | None) -> bool:
        """Tell whether a sentence is about somebody else: "Roe was angry with Vane, [who] waved it away"."""
        if entity is None or entity.person is None:
            return False
        sentence = self.page.sentences[token]
        lately = reversed(self.steps[-REACH:])
        here = takewhile(lambda s: self.page.sentences[s.token] == sentence, lately)
        return any(s.main and s.entity.person is not None and s.entity is not entity for s in here)

    def unknown_name(self, token: int) -> Entity | None:
        """Return the name in this paragraph or the one before that must be a person, for nobody else fits.

        "Anahit Hakobyan opened the meeting with Tom Vane. “It is over,” she said.": two or three capitalised
        words that the pipeline knows neither as a body nor as a place, and the only ones that are a subject.
        """
        since = self.page.paragraphs[token] - 1
        lately = reversed(self.steps[-REACH:])
        names = {
            step.entity.number: step.entity
            for step in takewhile(lambda step: self.page.paragraphs[step.token] >= since, lately)
            if step.subject and not step.quoted and step.token < token and self._is_unknown_name(step)
        }
        return next(iter(names.values())) if len(names) == 1 else None

    def _is_unknown_name(self, step: Step) -> bool:
        misread = self.page.labels[step.token] in {"", "WORK_OF_ART", "FAC", "PRODUCT"}
        return misread and _is_spelt_like_person(step.entity, least=2)

    def outranked(self, token: int, entity: Entity) -> bool:
        """Tell whether a name that is nobody's known was the subject lately, and ``entity`` was not since.

        "Tovik Marel met Jo Ray. “It is over,” he said.": a name of no common word that the pipeline takes for
        a body's may be a person's.
        """
        since = self.page.sentences[token] - 2
        lately = (step for step in reversed(self.steps[-REACH:]) if step.main and not step.quoted)
        for step in takewhile(lambda step: self.page.sentences[step.token] >= since, lately):
            if step.token < token and (step.entity is entity or _like_a_person(step.entity)):
                return step.entity is not entity
        return False

    def subject_bodies(self, token: int) -> list[Entity]:
        """Return the named bodies that "the company" at ``token`` may mean: the last that was a subject.

        It was so in this paragraph or in one of the two before; a place is none. There are several where
        another shares the clause: "X sued Y", "X and Y settled".
        """
        page, since = self.page, self.page.paragraphs[token] - 2
        lately = takewhile(lambda step: page.paragraphs[step.token] >= since, reversed(self.steps[-REACH:]))
        subjects = [
            step
            for step in lately
            if step.subject and not step.quoted and step.token < token and self._is_named_body(step)
        ]
        if not subjects:
            return []
        if self._has_rival(subjects[0].token, token):
            return [subjects[0].entity] * 2
        nearest = page.sentences[subjects[0].token]
        return list(dict.fromkeys(s.entity for s in subjects if page.sentences[s.token] == nearest))

    def _has_rival(self, subject: int, token: int) -> bool:
        """Tell whether another name is joined to a subject, or is what its verb is about: "X sued Y".

        In "X sued Y, the company said", whose sentence ends with ``token``, it is X.
        """
        page, verb = self.page, self.page.heads[subject]
        near = range(subject + 1, min(len(page), subject + 20))
        first = subject
        while first and subject - first < LONGEST_NAME and page.tags[first - 1].startswith("NNP"):
            first -= 1
        joined = any(
            page.deps[i] == "conj" and page.heads[i] == subject and page.words[i - 1] != "&" for i in near
        )
        joined = joined or (first > 1 and page.lower[first - 1] == "and" and page.tags[first - 2] == "NNP")
        met = [i for i in near if page.deps[i] in {"dobj", "nsubjpass"} and page.heads[i] == verb]
        met = [i for i in met if not page.is_told(i)]
        named = any(page.tags[i].startswith("NNP") and page.labels[i] != "GPE" for i in met)
        return joined or (named and page.sentences[subject] != page.sentences[token])

    def _is_named_body(self, step: Step) -> bool:
        entity = step.entity
        named = entity.kind == "organisation" and not entity.noun and not entity.plural
        return named and self.page.labels[step.token] not in {"GPE", "NORP", "LOC"}

    def only_one(self, token: int) -> Entity | None:
        """Return the only person named before ``token`` in its paragraph, or so far, and once as a subject.

        So far counts only if the last time was in this paragraph or the one before.
        """
        here = self.page.paragraphs[token]
        steps = [
            step
            for step in self.steps[-REACH:]
            if step.token < token and not step.quoted and step.entity.person is not None
        ]
        for since in (here, here - 1):
            near = [step for step in steps if self.page.paragraphs[step.token] >= since]
            people = {step.entity.number: step.entity for step in near}
            alone = len(people) == 1 and (since == here or len(self.named) == 1)
            if alone and any(step.main for step in (near if since == here else steps)):
                return near[0].entity
        return None

    def fits_other(self, token: int, speaker: Entity, gender: str, *, reach: int = 4) -> bool:
        """Tell whether anybody but the speaker, mentioned lately, goes by a pronoun of this gender."""
        since = self.page.sentences[token] - reach
        return any(
            step.entity.human and step.entity is not speaker and step.entity.gender in {gender, None}
            for step in self.steps[-REACH:]
            if self.page.sentences[step.token] >= since and step.token < token
        )

    def people_before(self, token: int) -> list[Entity]:
        """Return the people mentioned in the two sentences up to ``token``, outside quotation marks."""
        since = self.page.sentences[token] - 1
        near = [
            step
            for step in self.steps[-REACH:]
            if self.page.sentences[step.token] >= since and not step.quoted
        ]
        return list(dict.fromkeys(step.entity for step in near if step.entity.human and step.token < token))

    def single(
        self, token: int, gender: str | None, *, but: Entity | None = None
    ) -> tuple[Entity | None, float]:
        """Return whom "he" or "she" at ``token`` refers to, None when two are as likely, and the margin.

        It is not ``but``, nor anybody whom a question is about: "Asked about Roe, [he] said".
        """
        asked = self.page.asked_from(token)
        scores: dict[int, tuple[float, Entity]] = {}
        opposite = {"female": "male", "male": "female"}.get(gender or "", "")
        goes_on = self._goes_on(token, lambda step: step.entity.human and step.entity.gender != opposite)
        for step in reversed(self.steps[-REACH:]):
            entity = step.entity
            unlike = {entity.gender, gender} == {"female", "male"} or entity.number in self.named_inside
            if entity is but or unlike or not entity.human or step.token >= min(token, asked):
                continue
            score = self._score(step, token, gender, goes_on=goes_on)
            if score is not None and score > scores.get(entity.number, (-99.0, entity))[0]:
                scores[entity.number] = (score, entity)
        third = {s.entity.number for s in self.steps[-REACH:] if s.subject and self._is_said(s)}
        scores = {n: (score + (n in third) * WEIGHTS.third, one) for n, (score, one) in scores.items()}
        return _winner(scores, WEIGHTS.margin)

    def newcomer(self, token: int, gender: str) -> Entity | None:
        """Return the one unnamed person whom a paragraph is about: "A soldier sat down. He said"."""
        page, here = self.page, self.page.paragraphs[token]
        lately = takewhile(lambda step: page.paragraphs[step.token] == here, reversed(self.steps[-REACH:]))
        near = [s for s in lately if s.entity.human and s.token < token and not s.quoted]
        said = any(first <= s.token < end for s in near for first, end in self.content)
        if said or len({s.entity.number for s in near}) != 1 or self.does_to(near[-1].token, token, gender):
            return None
        one = near[-1].entity
        new = one.person is None and not one.plural and one.name.lower().startswith(_INDEFINITE)
        acts = near[-1].main and page.deps[near[-1].token] == "nsubj"
        return one if new and acts and one.gender in {gender, None} else None

    def does_to(self, since: int, token: int, gender: str) -> bool:
        """Tell whether somebody else is done something to: "A reporter asked [him] why. “No,” he said"."""
        page = self.page
        near = range(max(since, token - FAR_TOKENS), token)
        objects = (i for i in near if page.deps[i] in {"dobj", "dative", "pobj"} and not page.quoted[i])
        return any(pronoun_gender(page.lower[i]) == gender for i in objects)

    def _is_said(self, step: Step) -> bool:
        """Tell whether a mention stands in the quotation that is being attributed."""
        return step.quoted and any(first <= step.token < end for first, end in self.content)

    def _before_content(self, token: int) -> int:
        """Return where the words that a pronoun after them says begin, or the pronoun's token."""
        return min((first for first, end in self.content if end <= token), default=token)

    def _score(self, step: Step, token: int, gender: str | None, *, goes_on: bool) -> float | None:
        page, entity = self.page, step.entity
        here = token if entity.person is None else self._before_content(token)
        distance = page.sentences[here] - page.sentences[step.token]
        if distance > FAR or self._is_said(step):
            return None
        score = WEIGHTS.sentence * distance + WEIGHTS.frequency * log(1 + entity.mentions)
        score += WEIGHTS.gender * (gender is not None and entity.gender == gender)
        score += WEIGHTS.subject * step.subject + WEIGHTS.possessive * step.possessive
        score += WEIGHTS.unnamed * (entity.person is None and entity is not self.speaker)
        inside = any(first <= step.token < end for first, end in self.content)
        score += WEIGHTS.quoted * (inside or (step.quoted and not page.quoted[token]))
        main = step.main and not inside and not page.is_joined(step.token)
        score += WEIGHTS.main * main * max(0, 2 - distance) / 2
        same = page.paragraphs[step.token] == page.paragraphs[token]
        score += WEIGHTS.paragraph * (main and (same or self._introduces(step, token)))
        if entity is self.speaker and page.paragraphs[token] - page.paragraphs[self.speaker_at] <= 2:
            score += WEIGHTS.speaker if goes_on else WEIGHTS.speaker / 4
        return score

    def _introduces(self, step: Step, token: int) -> bool:
        """Tell whether the paragraph before is about one person alone: 'Roe was blunt.', '"No," he said.'"""
        page, before = self.page, self.page.paragraphs[token] - 1
        if page.paragraphs[step.token] != before or self.speaker_at >= step.token:
            return False
        there = (s for s in reversed(self.steps[-REACH:]) if page.paragraphs[s.token] == before)
        others = (s for s in there if s.entity.human and s.entity is not step.entity)
        return page.after_quotation(token) and not any(s.main or s.token > step.token for s in others)

    def topic_since(self, token: int) -> Entity | None:
        """Return the last other person who was the subject of a sentence since somebody spoke."""
        since = (
            step.entity
            for step in reversed(self.steps[-20:])
            if self.speaker_at < step.token < token and step.main and step.entity.human and not step.quoted
        )
        return next((entity for entity in since if entity is not self.speaker), None)

    def only_topic(self, token: int) -> Entity | None:
        """Return the one named person of the last paragraph with any before ``token``, if a subject there."""
        page, lately = self.page, [step for step in self.steps[-REACH:] if step.token < token]
        people = [step for step in lately if step.entity.person is not None and not step.quoted]
        last = page.paragraphs[people[-1].token] if people else -1
        here = [step for step in people if page.paragraphs[step.token] == last]
        if page.paragraphs[token] - last > 2 or len({step.entity.number for step in here}) != 1:
            return None
        return here[0].entity if any(step.main for step in here) else None

    def _goes_on(self, token: int, fits: Callable[[Step], bool]) -> bool:
        """Tell whether nobody else who fits was the subject of a sentence since the last speaker's words."""
        return not any(
            step.main and step.entity is not self.speaker and not step.quoted and fits(step)
            for step in reversed(self.steps[-20:])
            if self.speaker_at < step.token < token
        )

    def plural(self, token: int) -> tuple[Entity | None, float]:
        """Return whom "they" at ``token`` refers to: the group or body that is the nearest subject."""
        speaker = self.speaker
        unknown = speaker is not None and speaker.human and speaker.person is None and speaker.gender is None
        they = speaker if unknown and speaker is not None else None
        found = self._other(token, lambda step: step.entity is they or self._may_say(step))
        documents = nouns("document")
        return (
            found
            if found[1]
            else self._other(token, lambda step: step.entity.plural and step.entity.noun in documents)
        )

    def _may_say(self, step: Step) -> bool:
        """Tell whether a group or a body can say something: "the crews", "Reuters", not "the boats"."""
        entity, lower = step.entity, self.page.lower[step.token]
        named = not entity.noun or entity.name.rpartition(" ")[2][:1].isupper()
        alone = self.page.opens_sentence(step.token) and " " not in entity.name
        common = alone and {lower, singular(lower)} & load_words("common_words")
        says = is_of_people(entity.noun) or (named and not common)
        return says and (entity.plural or entity.kind == "organisation")

    def neuter(self, token: int) -> tuple[Entity | None, float]:
        """Return what "it" at ``token`` refers to: the body that is the nearest subject, or spoke."""
        return self._other(token, lambda step: step.entity.kind == "organisation" and not step.entity.plural)

    def _other(self, token: int, fits: Callable[[Step], bool]) -> tuple[Entity | None, float]:
        goes_on = self._goes_on(token, lambda s: s.entity.human or (s.entity.plural and fits(s)))
        scores: dict[int, tuple[float, Entity]] = {}
        for step in reversed(self.steps[-REACH:]):
            entity = step.entity
            distance = self.page.sentences[token] - self.page.sentences[step.token]
            if step.token >= token or distance > 3 or not fits(step):
                continue
            score = self._score(step, token, None, goes_on=goes_on)
            if score is not None and entity.plural:
                score += 0.3
            if score is not None and score > scores.get(entity.number, (-99.0, entity))[0]:
                scores[entity.number] = (score, entity)
        return _winner(scores, WEIGHTS.neuter_margin)


def _is_spelt_like_person(entity: Entity, *, least: int) -> bool:
    """Tell whether a body is called by ``least`` to three words that begin big: "Tovik Marel"."""
    words = entity.name.split()
    big = all(word[0].isupper() and not word.isupper() for word in words)
    body = entity.kind == "organisation" and not entity.plural and not entity.noun
    return body and least <= len(words) <= 3 and big


def _has_word(entity: Entity, words: Set[str]) -> bool:
    return any(word.lower() in words for word in entity.name.split())


def _like_a_person(entity: Entity) -> bool:
    return _is_spelt_like_person(entity, least=2) and not _has_word(entity, load_words("common_words"))


def may_be_person(entity: Entity) -> bool:
    """Tell whether a body that goes by "he" or "she" is a person that the pipeline knows not: "Lavrov".

    One to three words that begin big, none of them common, a place, or what bodies are called.
    """
    other = load_words("common_words") | nouns("organisation") | nouns("publication")
    spelt = _is_spelt_like_person(entity, least=1) and place(entity.name.lower()) is None
    return spelt and not _has_word(entity, other)


def _winner(scores: dict[int, tuple[float, Entity]], least: float) -> tuple[Entity | None, float]:
    if not scores:
        return None, 0.0
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    known = ranked[0][1].number >= 0
    return (ranked[0][1], margin) if known and margin >= least else (None, margin)
