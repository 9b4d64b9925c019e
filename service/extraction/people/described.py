"""Descriptions of one person, resolved: someone named whom they fit, someone unnamed before, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from service.extraction.lexicon import person_nouns
from service.extraction.people.appositions import name_beside, name_given
from service.extraction.people.cast import Answer, Cast, Entity
from service.extraction.people.kin import Kin
from service.extraction.people.mentions import Mention, is_indefinite
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.phrases import content_words, named_phrase
from service.extraction.people.roles import (
    LEADING,
    LEAST,
    PLACE,
    Description,
    Facts,
    contradicts,
    describe,
    is_anothers,
    rank_fits,
)
from service.extraction.people.trail import Trail
from service.extraction.people.words import (
    noun_gender,
    nouns,
    place_of_person,
    pronoun_gender,
    role_field,
    role_synonyms,
    role_words,
)

EXACT = 0.95
"""Score of a description that fits by its very noun."""
CLEAR = 0.3
"""Lead in score that decides between two whom a description fits."""
OWNER_MISSING = 0.3
"""What it costs when the possessor is not known of a person: Pagliano's lawyer is not just any lawyer."""
_NAMELESS = frozenset({"unidentified", "unnamed", "anonymous", "nameless"})
_NAMED = frozenset({"named", "identified", "name", "anonymity", "anonymous"})

_THEIRS = frozenset({"its", "our", "their"})
"""Owners of several or of a body: whoever their leader is, he need not be the one who was spoken of."""

_ANYBODYS = frozenset({"boy", "girl", "man", "person", "woman"})
"""Nouns that say no more of somebody than "he" or "she" does."""

_SPEAKS_FOR = frozenset({"representative", "spokesman", "spokesperson", "spokeswoman"})

SURE_MARGIN = 1.2
"""Margin by which the context must single out whom "the midfielder" means, when nobody is called one."""

_RULERS = frozenset({"president", "premier", "chancellor", "king", "queen", "leader", "ruler"})
_LIKE_RULERS = frozenset({"head", "leader", "ruler"})
"""Nouns for who rules a state, and for who may be that without being called so."""

_AGES = {
    "teen": range(13, 20),
    "teenager": range(13, 20),
    "pensioner": range(60, 120),
    "retiree": range(55, 120),
    "sexagenarian": range(60, 70),
    "septuagenarian": range(70, 80),
    "octogenarian": range(80, 90),
    "nonagenarian": range(90, 100),
    "centenarian": range(100, 120),
}
"""How old in years one is who goes by a noun."""

NEAREST = 5
"""Tokens between a verb and the pronoun of whom it tells at most."""

FARTHEST = 60
"""Tokens between the subject and the object of a verb at most."""


@dataclass(slots=True)
class Described:
    """Finds or makes the entity behind a description of one person."""

    page: Page
    cast: Cast
    trail: Trail
    kin: Kin
    owner: Callable[[int], Entity | None]
    """Whom a possessive pronoun at a token refers to."""
    names_after: Callable[[int], Sequence[Occurrence]]
    """The names between a token and the end of its sentence."""
    holders: dict[frozenset[str], Entity] = field(default_factory=dict)
    """Who holds an office that the article does not give to anybody by name, by the words of it."""

    def resolve(self, mention: Mention) -> Answer:
        """Return the entity, None when several fit or the holder of an office is not known."""
        names = self.names_after(mention.stop or mention.end)
        beside = name_beside(self.page, mention, names) or name_given(self.page, mention, names)
        if beside is not None and (named := self.cast.named(beside)) is not None:
            return named, "apposition"
        query = describe(self.page, mention.first, mention.end)
        replaced = query.heads and (mention.noun in LEADING or mention.noun not in query.words)
        heads = query.heads if replaced else frozenset({mention.noun})
        national = place_of_person(mention.noun)
        if national is not None:
            heads = person_nouns()
        query = replace(query, heads=heads)
        another = self._is_another(mention)
        if another or self._is_withheld(mention) or self._is_writers_own(mention):
            known = self.cast.by_words.get(self._words(mention))
            unnamed = known if another else self._unnamed_before(mention, query)
            return (unnamed, "unnamed-again") if unnamed else (self._unnamed(mention, query), "unnamed")
        if self.page.is_label(mention.first, mention.end):
            return self._whose_turn(mention, query)
        if not is_indefinite(self.page, mention.first, mention.head) and not self._bare(mention):
            found = (
                self._of_age(mention)
                or self._that_person(mention)
                or self._same_nameless(mention)
                or self._relative(mention)
                or self.only_one(mention, query)
                or self._fitting(mention, query)
                or self._as_before(mention, query)
                or self._goes_on(mention, query)
                or self._by_context(mention, query)
                or self._who_speaks(mention, query)
            )
            if (
                found is not None
                and found[0] is not self._actor(mention)
                and not self._addresses(mention, *found)
            ):
                self._keep(mention, query, *found)
                return found
        return self._somebody_new(mention, query)

    def _keep(self, mention: Mention, query: Description, entity: Entity | None, rule: str) -> None:
        """Remember who holds an office of no named country, where the context told it."""
        bare = not any(":" in word for word in query.words)
        office = bare and mention.noun in role_words("named offices") and mention.definite
        if office and entity is not None and entity.person is not None and rule == "role-by-context":
            self.holders.setdefault(query.words, entity)

    def _as_before(self, mention: Mention, query: Description) -> Answer | None:
        """Resolve "the prime minister", whom the context told before."""
        holder = self.holders.get(query.words) if mention.definite else None
        return (holder, "role-by-context") if holder is not None else None

    def _somebody_new(self, mention: Mention, query: Description) -> Answer:
        """Return who is described before being named, nobody for an office without a holder, or a new one."""
        if self._leads(mention) and (ahead := self._ahead(mention, query)) is not None:
            return ahead, "lead-role"
        office = mention.noun in role_words("named offices") or place_of_person(mention.noun) is not None
        if mention.definite and office and mention.occurrence is None:
            return None, "unknown-role"
        new = "unnamed-definite" if mention.definite else "unnamed"
        return self._company(mention) or (self._unnamed(mention, query), new)

    def _whose_turn(self, mention: Mention, query: Description) -> Answer:
        """Resolve a turn's label, "The Prime Minister:": whom it fits by name, else one of its own."""
        known = self.cast.by_words.get(self._words(mention))
        if known is not None:
            return known, "unnamed-again"
        numbered = any(letter.isdigit() for letter in self.page.slice(mention.first, mention.end))
        found = None if numbered else self.only_one(mention, query) or self._fitting(mention, query)
        return found or (self._unnamed(mention, query), "unnamed")

    def _is_another(self, mention: Mention) -> bool:
        """Tell whether a description sets off another one of its kind: "the second driver"."""
        page = self.page
        return any(
            page.lower[i] in role_words("others") and page.lower[i + 1] != "-"
            for i in range(mention.first, mention.head)
        )

    def _company(self, mention: Mention) -> Answer | None:
        """Resolve "the developer", said of nobody so far: the firm that acted last."""
        firm = mention.noun in nouns("companies") and mention.definite and mention.end == mention.head + 1
        bodies = self.trail.subject_bodies(mention.first) if firm else []
        return (bodies[0], "organisation-topic") if len(bodies) == 1 else None

    def _that_person(self, mention: Mention) -> Answer | None:
        """Resolve "that person", or "the woman who is also a lecturer": whoever has just spoken."""
        page, speaker = self.page, self.trail.speaker
        points = page.lower[mention.first] == "that" and mention.noun in {"person", "individual"}
        besides = page.lower[mention.head + 1 : mention.head + 4] == ["who", "is", "also"]
        same = speaker is not None and speaker.gender in {noun_gender(mention.noun), None}
        points = points or (besides and same and mention.noun in {"man", "woman"})
        if not points or speaker is None or not speaker.human or speaker.plural:
            return None
        near = page.paragraphs[mention.first] - page.paragraphs[self.trail.speaker_at] <= 1
        return (speaker, "unnamed-again") if near else None

    def _same_nameless(self, mention: Mention) -> Answer | None:
        """Resolve "the woman" where somebody nameless goes on: 'A nurse said no. "A," the woman said'."""
        page, speaker, gender = self.page, self.trail.speaker, noun_gender(mention.noun)
        bare = mention.definite and mention.end - mention.first == 2 and mention.noun in _ANYBODYS
        if speaker is None or not bare or speaker.person is not None or not speaker.human or speaker.plural:
            return None
        goes_on = page.after_quotation(mention.first)
        here = page.paragraphs[mention.first] == page.paragraphs[self.trail.speaker_at]
        other = speaker.noun in _ANYBODYS and speaker.noun != mention.noun
        another = any(one.noun == mention.noun and one is not speaker for one in self.cast.unnamed[-40:])
        fits = speaker.gender in {gender, None} and not other and not another
        return (speaker, "unnamed-again") if goes_on and here and fits else None

    def _relative(self, mention: Mention) -> Answer | None:
        """Resolve "his mother", said of the son whom she was introduced with: "Her son Adam"."""
        if self.page.tags[mention.first] == "PRP$":
            of = self.owner(mention.first)
        else:
            of = self.cast.named(mention.occurrence) if mention.occurrence is not None else None
        found = self.kin.opposite(mention.noun, of) if of is not None else None
        return (found, "role") if found is not None else None

    def _actor(self, mention: Mention) -> Entity | None:
        """Return who does something to the one described, so is somebody else: "[Vane] asked the envoy".

        Or does so besides: "[Vane] left, quoting the envoy".
        """
        page, verb = self.page, self.page.heads[mention.head]
        if page.deps[mention.head] not in {"dobj", "dative"}:
            return None
        verbs = {verb, page.heads[verb]} if page.tags[verb] == "VBG" else {verb}
        near = takewhile(lambda step: step.token > mention.head - FARTHEST, reversed(self.trail.steps))
        return next((step.entity for step in near if step.subject and page.heads[step.token] in verbs), None)

    def _addresses(self, mention: Mention, entity: Entity | None, rule: str) -> bool:
        """Tell whether the one whom the context singles out only hears it: "the judge told her"."""
        if rule != "role-by-context" or entity is None:
            return False
        page, verb = self.page, self.page.heads[mention.head]
        near = range(max(0, verb - NEAREST), min(len(page), verb + NEAREST))
        objects = (i for i in near if page.heads[i] == verb and page.deps[i] in {"dobj", "dative", "nsubj"})
        heard = {pronoun_gender(page.lower[i]) for i in objects if page.lower[i] in {"her", "him"}}
        return bool(heard) and (entity.gender in heard or entity.gender is None)

    def _is_withheld(self, mention: Mention) -> bool:
        """Tell whether a name is withheld: "the unidentified aide", "an aide who asked not to be named"."""
        page = self.page
        sentence = page.sentences[mention.first]
        near = range(mention.end, min(mention.end + 12, len(page)))
        after = [page.lower[i] for i in near if page.sentences[i] == sentence]
        asked = after[:1] == ["who"] or after[:2] == [",", "who"]
        refused = asked and bool({"not", "n't", "anonymity"} & set(after)) and bool(_NAMED & set(after))
        secretly = after[:4] in (
            ["on", "condition", "of", "anonymity"],
            ["speaking", "on", "condition", "of"],
        )
        return (
            refused or secretly or any(page.lower[i] in _NAMELESS for i in range(mention.first, mention.head))
        )

    def _is_writers_own(self, mention: Mention) -> bool:
        """Tell whether it is the writer's own relative, outside quotation marks: "My late husband"."""
        page, first = self.page, mention.first
        mine = page.lower[first] in {"my", "our"} and not page.quoted[first]
        return mine and mention.noun in role_words("relations")

    def _bare(self, mention: Mention) -> bool:
        """Tell whether no article leads: "US official" is anybody, "Ukrainian president" is not.

        Nor is a turn's label, "Deputy Spokesperson: …", nor a noun alone in a translation: "said diplomat".
        """
        if mention.first + 1 == mention.end and self.page.words[mention.first].islower():
            return False
        led = self.page.tags[mention.first] in {"DT", "PRP$"} or mention.occurrence is not None
        return not led and mention.noun not in role_words("named offices") and not self._labels(mention)

    def _labels(self, mention: Mention) -> bool:
        """Tell whether the mention is all that stands before a colon in its paragraph."""
        page = self.page
        opens = mention.first == 0 or page.paragraphs[mention.first - 1] != page.paragraphs[mention.first]
        return opens and mention.end < len(page) and page.words[mention.end] == ":"

    def _of_age(self, mention: Mention) -> Answer | None:
        """Resolve "the 34-year-old", "the teenager": the only one of that age, with a name or without one."""
        if mention.noun in _AGES and mention.definite:
            ages = _AGES[mention.noun]
            aged = self.cast.facts.items()
            fits = [n for n, facts in aged if any(age.isdigit() and int(age) in ages for age in facts.ages)]
            return (self.cast.numbered(fits[0]), "age") if len(fits) == 1 else None
        if mention.age is None:
            return None
        people = [number for number, facts in self.cast.facts.items() if mention.age in facts.ages]
        if people:
            return (self.cast.numbered(people[0]), "age") if len(people) == 1 else None
        if len(self.trail.named) == 1:
            only = next(iter(self.trail.named.values()))
            facts = self.cast.facts.get(only.person.number) if only.person else None
            return (only, "age") if facts is None or not facts.ages else None
        years = f"{mention.age}-year-old"
        unnamed = [one for one in self.cast.unnamed if one.description and years in one.name]
        if unnamed:
            return (
                (unnamed[0], "age") if len(unnamed) == 1 and 0 <= unnamed[0].latest < mention.first else None
            )
        topic = self.trail.only_topic(mention.first)
        facts = self.cast.facts.get(topic.person.number) if topic is not None and topic.person else None
        return (topic, "age") if topic is not None and (facts is None or not facts.ages) else None

    def _fitting(self, mention: Mention, query: Description) -> Answer | None:
        """Return whom a description fits: the unnamed one mentioned before, or someone named."""
        fits = self._fits(mention, query)
        unnamed = self._unnamed_before(mention, query)
        if unnamed is not None and (not fits or fits[0][0] < EXACT or unnamed.latest > self._latest(fits)):
            return unnamed, "unnamed-again"
        return self._best(fits, mention) if fits else None

    def _fits(self, mention: Mention, query: Description) -> list[tuple[float, int]]:
        """Rank the people, without the possessor: Pagliano's lawyer is not Pagliano.

        Who is named only later is meant by the very noun alone: "the mayor", not "the diplomat"; and is not
        introduced as one more: "fellow influencer Jo Roe".
        """
        fits = [
            (score, number)
            for score, number in rank_fits(query, self.cast.facts)
            if self.cast.numbered(number).latest >= 0
            or (score >= EXACT and self._has_noun(number, query) and not self.cast.facts[number].another)
        ]
        national = place_of_person(mention.noun)
        if national is not None:
            point = ":".join(national)
            fits = [(score, number) for score, number in fits if point in self.cast.facts[number].words]
        fits = self._of_place(query) or fits
        owner = mention.occurrence
        if owner is None or owner.person is None:
            return fits
        words = set(content_words(self.page, owner.start, owner.end))
        costs = [
            (score - (0.0 if words & self.cast.facts[number].words else OWNER_MISSING), number)
            for score, number in fits
            if number != owner.person.number
        ]
        return sorted(((score, number) for score, number in costs if score >= LEAST), reverse=True)

    def _of_place(self, query: Description) -> list[tuple[float, int]]:
        """Return who heads the state that a description names, when nobody has its very office there.

        "The president of Norway" is "the head of Norway, Bo Orme", or where another president is spoken of
        "his Norwegian counterpart Bo Orme". Neither is the former president.
        """
        places = {word for word in query.words if word.startswith(PLACE)}
        if not places or not query.heads & _RULERS or query.marked(role_words("former")):
            return []
        there = [number for number, facts in self.cast.facts.items() if places & facts.words]
        known = [number for number in there if self.cast.numbered(number).latest >= 0]
        if any(self._has_noun(number, query) for number in known):
            return []
        peers = any(self._has_noun(number, query) for number in self.cast.facts)
        alike = _LIKE_RULERS | {"counterpart"} if peers else _LIKE_RULERS
        heads = [
            number
            for number in known
            if any(
                mine.heads & alike and places & mine.words for mine in self.cast.facts[number].descriptions
            )
        ]
        return [(LEAST, heads[0])] if len(heads) == 1 else []

    def _has_noun(self, number: int, query: Description) -> bool:
        return any(query.heads & mine.heads for mine in self.cast.facts[number].descriptions)

    def _latest(self, fits: Sequence[tuple[float, int]]) -> int:
        top = fits[0][0]
        return max(self.cast.numbered(number).latest for score, number in fits if score > top - CLEAR)

    def _best(self, fits: Sequence[tuple[float, int]], mention: Mention) -> Answer | None:
        """Choose among those whom a description fits: the best by far, else the one most spoken of by far.

        Whoever is named in the same sentence after the description is somebody else.
        """
        others = {found.person.number for found in self.names_after(mention.end) if found.person}
        fits = [(score, number) for score, number in fits if number not in others]
        if not fits:
            return None
        score, number = fits[0]
        if len(fits) == 1 or score - fits[1][0] >= CLEAR:
            entity, exact = self.cast.numbered(number), score >= EXACT
            if not exact and self._other_topic(entity, mention):
                return None, "ambiguous-role"
            return entity, "role" if exact else "role-like"
        tied = [self.cast.numbered(n) for s, n in fits if s > score - CLEAR]
        called = [entity for entity in tied if self._is_called(entity, mention)]
        if len(called) == 1:
            return called[0], "role-like"
        first, second = sorted(tied, key=lambda entity: -entity.mentions)[:2]
        here = [entity for entity in tied if self._in_paragraph(entity, mention)]
        salient = here[0] if len(here) == 1 and self._is_topic(here[0], mention) else None
        spoke = next((entity for entity in tied if self._just_spoke(entity, mention)), None)
        if score < EXACT:
            spoke = spoke or next((entity for entity in tied if self._spoke_before(entity, mention)), None)
        if spoke is not None or first.mentions >= 2 * max(1, second.mentions):
            salient = salient or spoke or first
        if salient is not None:
            return salient, "role-salient"
        return None, "ambiguous-role"

    def _is_called(self, entity: Entity, mention: Mention) -> bool:
        """Tell whether a capitalised word of a mention is one of the person's: "the Kremlin official"."""
        words = {w.lower() for w in self.page.words[mention.first + 1 : mention.end] if w[0].isupper()}
        facts = self.cast.facts.get(entity.person.number) if entity.person else None
        known = (
            {word.lower() for mine in facts.descriptions for word in mine.text.split()} if facts else set()
        )
        return bool(words & known)

    def _other_topic(self, entity: Entity, mention: Mention) -> bool:
        """Tell whether the paragraph is about somebody else so far: "Tulegen objected. The diplomat said"."""
        speaker = self.trail.speaker
        spoke = speaker is not None and speaker is not entity and self._just_spoke(speaker, mention)
        if spoke and speaker is not None and self._is_otherwise(speaker, mention):
            return False
        topic = self.trail.topic_since(mention.first)
        return spoke or (topic is not entity and self._is_topic(topic, mention))

    def _is_otherwise(self, entity: Entity, mention: Mention) -> bool:
        """Tell whether an entity is something else than the description says: counsel is not "the judge".

        Anybody may be a leader or an official.
        """
        if mention.noun in role_words("generic") or self.page.tags[mention.first] == "PRP$":
            return False
        if entity.person is not None:
            return not self._may_be(entity, mention, describe(self.page, mention.first, mention.end))
        alike = {mention.noun, *role_synonyms(mention.noun)}
        return bool(entity.noun) and entity.noun not in alike

    def _is_topic(self, entity: Entity | None, mention: Mention) -> bool:
        return self._in_paragraph(entity, mention) and self.trail.topic_since(mention.first) is entity

    def _in_paragraph(self, entity: Entity | None, mention: Mention) -> bool:
        latest = entity.latest if entity is not None else -1
        return latest >= 0 and self.page.paragraphs[latest] == self.page.paragraphs[mention.first]

    def _just_spoke(self, entity: Entity, mention: Mention) -> bool:
        spoke = self.trail.speaker is entity
        return spoke and self.page.paragraphs[mention.first] == self.page.paragraphs[self.trail.speaker_at]

    def _spoke_before(self, entity: Entity, mention: Mention) -> bool:
        """Tell whether the entity spoke last, in the paragraph before the one that the mention opens."""
        page = self.page
        opens = page.paragraphs[mention.first - 1] != page.paragraphs[mention.first]
        spoke = opens and self.trail.speaker is entity
        return spoke and page.paragraphs[mention.first] - page.paragraphs[self.trail.speaker_at] == 1

    def _unnamed_before(self, mention: Mention, query: Description) -> Entity | None:
        """Return the unnamed one mentioned last that the description agrees with."""
        if mention.noun in role_words("named offices"):
            return None
        wanted = query.words - {mention.noun} - _NAMELESS
        if mention.occurrence is not None or self.page.tags[mention.first] == "PRP$":
            known = self.cast.by_words.get(self._words(mention))
            return known if known is not None and known.latest >= 0 else None
        for entity in reversed(self.cast.unnamed[-40:]):
            if not 0 <= entity.latest < mention.first or entity.description is None:
                continue
            in_heading = self.page.kind(entity.latest) == "heading"
            if in_heading and self.page.kind(mention.first) != "heading":
                continue
            alike = entity.noun in role_synonyms(mention.noun) or mention.noun in role_synonyms(entity.noun)
            same = entity.noun == mention.noun or (
                alike and entity.owner is None and not self._is_of_group(mention, entity.latest)
            )
            if same and wanted <= entity.description.words:
                return entity
        return None

    def _is_of_group(self, mention: Mention, since: int) -> bool:
        """Tell whether several called by the very noun were spoken of since: "Diplomats … the diplomat"."""
        groups = (one for one in self.cast.entities[-60:] if one.plural and one.noun == mention.noun)
        return any(since < one.latest < mention.first for one in groups)

    def _words(self, mention: Mention) -> tuple[str, ...]:
        """Return what a description is known by: its words, those of the possessor in full."""
        if mention.occurrence is None and self.page.tags[mention.first] != "PRP$":
            return content_words(self.page, mention.first, mention.end)
        return tuple(named_phrase(self.page, self.cast, mention, self.owner).lower().split())

    def _goes_on(self, mention: Mention, query: Description) -> Answer | None:
        """Resolve "the politician" after another quotation of who has just spoken in the same paragraph."""
        speaker = self.trail.speaker
        if speaker is None or speaker.person is None or not self.page.after_quotation(mention.first):
            return None
        plain = mention.definite and mention.occurrence is None and self._is_epithet(mention, query)
        if not plain or not self._just_spoke(speaker, mention) or self._is_anothers(mention):
            return None
        return (speaker, "role-by-context") if self._may_be(speaker, mention, query) else None

    def _by_context(self, mention: Mention, query: Description) -> Answer | None:
        """Resolve "the midfielder", said of nobody so far: the one person whom the context singles out."""
        if (topic := self._spoken_for(mention)) is not None:
            return topic, "role-by-context"
        owned = mention.occurrence is not None or {"POS", "PRP$"} & set(
            self.page.tags[mention.first : mention.head]
        )
        if query.words & role_words("former") and len(self.trail.named) == 1 and not owned:
            only = next(iter(self.trail.named.values()))
            return (only, "role-by-context") if self._may_be(only, mention, query) else None
        known = mention.age or place_of_person(mention.noun) or self._is_epithet(mention, query)
        if not mention.definite or mention.occurrence is not None or not known:
            return None
        theirs = self.page.lower[mention.first] in _THEIRS or self._is_of_named(mention)
        if theirs or mention.end > mention.head + 1 or self._is_anothers(mention):
            return None
        entity, margin = self.trail.single(mention.first, noun_gender(mention.noun), but=self._actor(mention))
        if entity is None or margin < SURE_MARGIN or entity.person is None:
            return None
        facts = self.cast.facts.get(entity.person.number)
        open_to_it = facts is None or not (
            (mention.age is not None and facts.ages)
            or contradicts(query.words, facts.words)
            or is_anothers(query, facts)
            or (
                facts.descriptions
                and mention.noun in role_words("named offices")
                and not query.words & role_words("former")
                and not _akin(query, facts)
            )
        )
        return (entity, "role-by-context") if open_to_it else None

    def _is_of_named(self, mention: Mention) -> bool:
        """Tell whether it is the leader of something named, so of nobody of whom that is not said."""
        tags = self.page.tags[mention.first : mention.head]
        held = mention.noun in role_words("named offices") or mention.noun in role_words("generic")
        return held and "POS" in tags and any(tag.startswith("NNP") for tag in tags)

    def _spoken_for(self, mention: Mention) -> Entity | None:
        """Return the paragraph's topic, of whom nothing is said, for "The representative of the ministry".

        Eastern European agencies call a spokesperson by name, then by the post, and nowhere by both.
        """
        topic = self.trail.topic_since(mention.first) or self.trail.speaker
        posted = mention.noun in _SPEAKS_FOR and mention.definite and mention.end > mention.head + 1
        if not posted or topic is None or topic.person is None:
            return None
        only = (
            len(self.trail.named) == 1
            and self.page.paragraphs[mention.first] - 2 <= (self.page.paragraphs[topic.latest])
        )
        if not only and not self._in_paragraph(topic, mention):
            return None
        facts = self.cast.facts.get(topic.person.number)
        unlike = {topic.gender, noun_gender(mention.noun)} == {"female", "male"}
        return None if unlike or (facts is not None and facts.descriptions) else topic

    def _is_anothers(self, mention: Mention) -> bool:
        """Tell whether somebody unnamed before is called by the very noun: "Kovaria, whose president"."""
        unnamed = (one for one in self.cast.unnamed if one.noun == mention.noun and one.latest >= 0)
        return any(self.page.kind(one.latest) == "body" for one in unnamed)

    def _who_speaks(self, mention: Mention, query: Description) -> Answer | None:
        """Resolve "the diplomat", said of nobody so far: whoever is speaking, where the field is theirs.

        "The pupil" is not the teacher: only what many may be called counts.
        """
        loose = frozenset[str]().union(*map(role_words, ("generic", "epithets", "loosely")))
        if not query.heads <= loose:
            return None
        topics = (self.trail.topic_since(mention.first), self.trail.speaker)
        actor = self._actor(mention)
        speaker = next((one for one in topics if one is not None and one is not actor), None)
        bare = mention.definite and mention.occurrence is None and mention.end - mention.first == 2
        bare = bare and self.page.lower[mention.first] not in _THEIRS
        if not bare or speaker is None or speaker.person is None or self._is_anothers(mention):
            return None
        if self.page.paragraphs[mention.first] - self.page.paragraphs[speaker.latest] > 1:
            return None
        facts = self.cast.facts.get(speaker.person.number)
        if facts is None or {speaker.gender, noun_gender(mention.noun)} == {"female", "male"}:
            return None
        fields = {role_field(noun) for mine in facts.descriptions for noun in mine.heads}
        same = role_field(mention.noun) in fields and not contradicts(query.words, facts.words)
        state = role_words("state offices")
        held = any(mine.heads & state for mine in facts.descriptions)
        other = held and mention.noun in state and not _akin(query, facts)
        return (speaker, "role-by-context") if same and not other else None

    def only_one(self, mention: Mention, query: Description) -> Answer | None:
        """Resolve "the Hawks guard" right after quoted words: the only one named in its paragraph or so far.

        'Tyrese Delgado scored 50. "I blacked out," the Hawks guard said.' An office may be another's.
        """
        page = self.page
        plays = role_field(mention.noun) in {"arts", "sport"}
        office = mention.noun in role_words("named offices") and not plays
        if not mention.definite or page.tags[mention.first] == "PRP$" or office:
            return None
        if not page.after_quotation(mention.first) or self._unnamed_before(mention, query) is not None:
            return None
        entity = self.trail.only_one(mention.first)
        if entity is None or entity.person is None or not self._may_be(entity, mention, query):
            return None
        return entity, "role-by-context"

    def _may_be(self, entity: Entity, mention: Mention, query: Description) -> bool:
        """Tell whether nothing that the article says of a person speaks against a description."""
        facts = self.cast.facts.get(entity.person.number) if entity.person else None
        if {entity.gender, noun_gender(mention.noun)} == {"female", "male"}:
            return False
        if facts is not None and is_anothers(query, facts):
            return False
        if facts is None or mention.age or query.words & role_words("former"):
            return facts is None or not contradicts(query.words, facts.words)
        known = mention.noun in person_nouns()
        new = "new" in self.page.lower[mention.first : mention.head] and "successor" in facts.words
        akin = new or not facts.descriptions or not known or _akin(query, facts)
        return akin and not contradicts(query.words, facts.words)

    def _is_epithet(self, mention: Mention, query: Description) -> bool:
        """Tell whether writers call somebody just named so: "the diplomat", "the Dutch member"."""
        usual = role_words("named offices") | role_words("epithets")
        return bool((query.heads or {mention.noun}) & usual) or any(
            word.startswith(PLACE) for word in query.words
        )

    def _leads(self, mention: Mention) -> bool:
        """Tell whether the mention stands in a heading or in one of the first two paragraphs of the body."""
        before = self.page.kinds[: max(0, self.page.paragraphs[mention.first])]
        return self.page.kind(mention.first) == "heading" or before.count("body") < 2

    def _ahead(self, mention: Mention, query: Description) -> Entity | None:
        """Return the only person of the article whom "A New York judge" in a lead can introduce.

        "The head of the fishing committee" is nobody of whom neither fishing nor a committee is said.
        """
        belongs = bool({"of", "for", "with"} & set(self.page.lower[mention.head : mention.end]))
        inside = self.page.words[mention.first + 1 : mention.head]
        bodies = {word.lower() for word in inside if word.isupper()}
        generic = mention.noun in role_words("generic")
        told = query.words - query.heads
        query = Description(query.heads, frozenset(word for word in query.words if ":" in word), "")
        fits = [
            number
            for _, number in rank_fits(query, self.cast.facts, least=LEAST - 0.2)
            if (not belongs or told & self.cast.facts[number].words)
            and (not bodies or (bodies | query.words - query.heads) & self.cast.facts[number].words)
            and (not generic or any(query.heads & m.heads for m in self.cast.facts[number].descriptions))
            and not self.cast.facts[number].another
            and ("opposition" in told or "opposition" not in self.cast.facts[number].words)
        ]
        if len(fits) != 1:
            return None
        spots = self.cast.inventory.people[fits[0]].spots
        ahead = all(spot.start > mention.first for spot in spots if self.page.kind(spot.start) == "body")
        return self.cast.numbered(fits[0]) if ahead else None

    def _unnamed(self, mention: Mention, query: Description) -> Entity:
        """Return a new unnamed entity; a description of three words or more makes one only once."""
        words = self._words(mention)
        known = self.cast.by_words.get(words)
        if len(words) >= 3 and known is not None and known.kind == "unnamed":
            return known
        entity = self.cast.add("unnamed", named_phrase(self.page, self.cast, mention, self.owner))
        entity.gender = noun_gender(mention.noun)
        entity.human = True
        entity.description = query
        entity.noun = mention.noun
        if self.page.tags[mention.first] == "PRP$":
            entity.owner = self.owner(mention.first)
        self.cast.unnamed.append(entity)
        self.cast.by_words[words] = entity
        return entity


def _akin(query: Description, facts: Facts) -> bool:
    """Tell whether an office that the article gives the person can be meant: a president is a leader."""
    nouns = {synonym for head in query.heads for synonym in role_synonyms(head)}
    return any(nouns & mine.heads for mine in facts.descriptions)
