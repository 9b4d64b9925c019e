"""From a mention that is no pronoun to the entity it refers to: names, roles, groups, bodies, documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.extraction.lexicon import load_table, person_nouns
from service.extraction.models import SpeakerKind
from service.extraction.people.appositions import body_beside, name_beside
from service.extraction.people.bodies import Bodies, Body
from service.extraction.people.cast import Answer, Cast, Entity
from service.extraction.people.described import Described
from service.extraction.people.inventory import MOST_PEOPLE, spelled_like
from service.extraction.people.mentions import Mention, classify
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.phrases import content_words, display, named_phrase, without_descriptor
from service.extraction.people.roles import describe
from service.extraction.people.tokens import marked_name
from service.extraction.people.trail import Trail
from service.extraction.people.words import (
    is_of_people,
    name_words,
    noun_gender,
    nouns,
    place,
    singular,
)

_ISSUED = frozenset({"announcement", "communique", "communiqué", "letter", "release", "statement"})
"""What a body says in writing, in its own name."""

_OF_INITIALS = frozenset({"agency", "organisation", "organization", "body"})
"""What one that goes by initials may be called, besides a company: "the EPA", "the agency"."""

_MEDIA = frozenset(
    {"agency", "broadcaster", "channel", "magazine", "network", "newspaper", "outlet", "paper"}
    | {"portal", "publication", "publisher", "site", "station", "website"}
)
"""What somebody is called to whom others talk: "told the Herald"."""

FARTHEST_HEARD = 120
"""Most tokens back to who was told something."""

_PLACED = frozenset({"GPE", "LOC", "NORP", "ORG"})
"""What the name before a noun for a body may be labelled: "the Danish firm", "the UN agency"."""

MIN_INITIALS = 3
"""Fewest initials by which a body is known again."""

_INITIAL = re.compile(r"\b[A-Z](?=[a-z])")

LONGEST_INITIALS = 6
"""Most tokens of them, full stops and hyphens counted."""

_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){2,3}")
"""The initials of a person's name: "C. M.", "J.-P. R.", "IS"."""

_STOCK = frozenset({"share", "stock"})
"""What is a firm's, and says nothing itself."""

_HOLDINGS = frozenset(
    {"shares", "stake", "stakes", "stock", "interest", "investor", "investors", "confidence"}
)
"""What one may have in a company."""


@dataclass(slots=True)
class Referents:
    """Finds or makes the entity behind a mention of one article."""

    page: Page
    cast: Cast
    bodies: Bodies
    trail: Trail
    described: Described
    owner: Callable[[int], Entity | None]
    """Whom a possessive pronoun at a token refers to."""

    def resolve(self, mention: Mention) -> Answer:
        """Return the entity behind a mention, None where nothing decides, and the rule."""
        by_kind: dict[str, Callable[[Mention], Answer]] = {
            "name": self._name,
            "names": self._several,
            "owned": self._owner_of,
            "person": self.described.resolve,
            "group": self._group,
            "body": self._body,
            "proper": self._proper,
            "document": self._document,
        }
        label = self.page.lower[mention.first] if mention.end - mention.first == 1 else ""
        if label in name_words("labels of nobody") and self.page.is_label(mention.first, mention.end):
            return None, "no-speaker"
        if mention.kind not in {"name", "names"} and (one := self._with_initials(mention)) is not None:
            return one, "full-name"
        named = self._marked(mention) or self._beside(mention)
        return named or by_kind.get(mention.kind, self._other)(mention)

    def _marked(self, mention: Mention) -> Answer | None:
        """A body by a noun, its name between marks after it: 'the company "Our Land"'."""
        where = marked_name(self.page, mention.head) if mention.kind in {"body", "other"} else None
        if where is None or mention.end > where[1] + 1:
            return None
        return self._named_body(content_words(self.page, *where), self.page.slice(*where)), "organisation"

    def _beside(self, mention: Mention) -> Answer | None:
        """A body by a noun, its name set off after it: "A utility, Mesa Power,", "the operator, Telefast"."""
        where = body_beside(self.page, mention) if mention.kind in {"body", "other", "person"} else None
        if where is None or (mention.kind == "person" and not self._is_business(mention, *where)):
            return None
        words = content_words(self.page, *where)
        return self._named_body(words, self.page.slice(*where)), "apposition"

    def _is_business(self, mention: Mention, first: int, end: int) -> bool:
        """Tell whether a noun in -er or -or, "landlord" or "one" is a business, as the name beside it is."""
        noun = mention.noun.endswith(("er", "or")) or mention.noun in {"landlord", "client"}
        one = mention.noun in {"one", "another", "other"} and self.page.labels[first] != "PERSON"
        if name_beside(self.page, mention, self.described.names_after(mention.end)) is not None:
            return False
        named = self.page.lower[end - 1].rstrip(".") in name_words("never surnames")
        return one or (noun and (named or self.page.labels[first] in {"ORG", "PRODUCT"}))

    def _name(self, mention: Mention) -> Answer:
        """A person's name: unique, or shared and settled, or left open."""
        found = mention.occurrence
        entity = self.cast.named(found) if found is not None else None
        if found is None or entity is None:
            return None, "ambiguous-name"
        if found.settled:
            return entity, "shared-surname-title" if found.gender else f"shared-{found.form}"
        if (
            entity.person is not None
            and entity.person.known
            and not any(s.name.given for s in entity.person.spots)
        ):
            return entity, "known-surname"
        only = found.form == "surname" and entity.person is not None and entity.person.full.given is None
        return entity, "single-name" if only else f"{found.form}-name"

    def _owner_of(self, mention: Mention) -> Answer:
        """Somebody's words are that person's: "her message", "the Trump tweet"."""
        found = mention.occurrence
        entity = self.cast.named(found) if found is not None else self.owner(mention.first)
        return entity, "owner" if entity is not None else "ambiguous-owner"

    def _several(self, mention: Mention) -> Answer:
        """Several names joined: a group by their full names."""
        names = [self._full(found) for found in mention.names]
        end = mention.names[-1].end
        text = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        if end < mention.end and self.page.lower[end] == "and":
            text = f"{text} {self.page.slice(end, mention.end)}"
        return self._keyed("group", tuple(text.lower().split()), text, plural=True), "names"

    def _full(self, found: Occurrence) -> str:
        entity = self.cast.named(found)
        return entity.name if entity else self.page.slice(found.start, found.end)

    def _group(self, mention: Mention) -> Answer:
        """A group: the same words are the same group; "the officials" are the officials mentioned before."""
        words = content_words(self.page, mention.first, mention.stop or mention.end)
        if not words:
            return None, "no-speaker"
        pair = self._two(mention)
        if pair is not None:
            return pair, "two-named"
        if mention.noun in _STOCK and (issuer := self._issuer(mention)) is not None:
            return issuer, "organisation"
        if mention.definite and len(words) <= 2 and mention.occurrence is None:
            for entity in reversed(self.cast.entities[-60:]):
                if entity.plural and entity.noun == mention.noun and 0 <= entity.latest < mention.first:
                    return entity, "group-again"
        text = named_phrase(self.page, self.cast, mention, self.owner)
        return self._keyed("group", words, text, plural=True, noun=mention.noun), "group"

    def _issuer(self, mention: Mention) -> Entity | None:
        """Return the firm whose shares a group is: "Shares in [Mesa Power] fell after it said"."""
        inside = range(mention.head + 1, mention.end)
        body = next((self.bodies.at[i] for i in inside if i in self.bodies.at), None)
        return self._named_body(body.words, body.text) if body is not None else None

    def _two(self, mention: Mention) -> Entity | None:
        """Return the two people whom "both men" or "the duo" mean, when just two were mentioned."""
        words = {self.page.lower[i] for i in range(mention.first, mention.head)}
        two = bool(words & {"two", "both"}) and mention.noun in person_nouns()
        if not two and not (mention.definite and mention.noun in {"couple", "duo", "pair"}):
            return None
        people = self.trail.people_before(mention.first)
        if len(people) != 2 or mention.end - mention.first > 4:
            return None
        if any({one.gender, noun_gender(mention.noun)} == {"female", "male"} for one in people):
            return None
        text = " and ".join(entity.name for entity in people)
        return self._keyed("group", tuple(text.lower().split()), text, plural=True)

    def _body(self, mention: Mention) -> Answer:
        """A body by its noun: the fullest name that it may be short for, or one of its own."""
        words = content_words(self.page, mention.first, mention.end)
        inside = range(mention.first + 1, mention.head)
        placed = all(not self.page.words[i][0].isupper() or self.page.labels[i] in _PLACED for i in inside)
        generic = placed and self.page.words[mention.head].islower()
        if mention.definite and generic and mention.occurrence is None:
            answer = self._generic(mention)
            if answer is not None:
                return answer
        text = named_phrase(self.page, self.cast, mention, self.owner, article=False)
        return self._keyed("organisation", words, text, noun=mention.noun), "organisation"

    def _generic(self, mention: Mention) -> Answer | None:
        """Resolve "the commission": the body last called so, or the only one whose name says it is one."""
        modifiers = frozenset(content_words(self.page, mention.first, mention.head))
        before = [
            entity
            for entity in self.cast.entities
            if (entity.noun == mention.noun or _is_called(entity, mention.noun))
            and modifiers <= set(entity.name.lower().split())
            and 0 <= entity.latest < mention.first
        ]
        near = [entity for entity in before if self._distance(entity, mention) <= 1] or before
        near = near if len(near) == 1 else [entity for entity in near if not entity.noun] or near
        meant = self.bodies.meant_by(mention.noun, modifiers, mention.first)
        several = len({body.words for body in meant}) > 1
        if near:
            alone = len(near) == 1 and (near[0].noun == mention.noun or not several)
            return (near[0], "organisation-again") if alone else (None, "ambiguous-organisation")
        if meant and not several:
            return self._named_body(meant[0].words, meant[0].text), "organisation-noun"
        if modifiers and not meant:
            return self._qualified(mention, modifiers)
        topics = [
            body
            for body in self.trail.subject_bodies(mention.first)
            if self._may_be_called(mention.noun, body.name)
        ]
        initials = bool(topics) and topics[0].name.isupper() and mention.noun in _OF_INITIALS
        if topics and (mention.noun in nouns("companies") or initials):
            alone = len(topics) == 1
            return (topics[0], "organisation-topic") if alone else (None, "ambiguous-organisation")
        return self._last_body(mention) if meant or mention.noun in nouns("anaphoric") else None

    def _qualified(self, mention: Mention, modifiers: frozenset[str]) -> Answer | None:
        """Resolve "the Danish firm": the one introduced so, "Danish firm Kess", else the one that spoke last.

        "The rival firm" is another one.
        """
        page, noun = self.page, mention.noun
        if noun not in nouns("anaphoric") | nouns("companies") or modifiers & nouns("setting apart"):
            return None
        called = [body for body in self.bodies.introduced(noun, mention.first) if modifiers <= body[1]]
        if len(called) == 1:
            return self._named_body(called[0][0].words, called[0][0].text), "organisation-noun"
        speaker = self.trail.speaker
        near = page.paragraphs[mention.first] - page.paragraphs[self.trail.speaker_at] <= 1
        if called or speaker is None or not near or speaker.kind != "organisation" or speaker.noun:
            return None
        topics = self.trail.subject_bodies(mention.first)
        central = "central" not in modifiers or speaker.name.isupper() or speaker.name in {"Fed", "Bank"}
        alone = topics == [speaker] and central and self._may_be_called(noun, speaker.name)
        return (speaker, "organisation-spoke") if alone else None

    def _distance(self, entity: Entity, mention: Mention) -> int:
        """Return how many paragraphs ago an entity was mentioned."""
        return self.page.paragraphs[mention.first] - self.page.paragraphs[entity.latest]

    def _last_body(self, mention: Mention) -> Answer | None:
        """Resolve "the agency" to the body that spoke last, in this paragraph or the one before.

        It is one of its own where no body has been named before it.
        """
        speaker, page = self.trail.speaker, self.page
        near = page.paragraphs[mention.first] - page.paragraphs[self.trail.speaker_at] <= 1
        named = speaker is not None and near and speaker.kind == "organisation" and not speaker.noun
        heard = self._heard(mention) if mention.noun in _MEDIA else None
        if heard is not None:
            return heard, "organisation-topic"
        if speaker is not None and named and self._may_be_called(mention.noun, speaker.name):
            return speaker, "organisation-spoke"
        around = self._bodies_here(mention) or self._bodies_here(mention, back=1)
        here = [body for body in around if self._may_be_called(mention.noun, body.text)]
        if around and not here:
            return None
        if len(here) == 1:
            return self._named_body(here[0].words, here[0].text), "organisation-topic"
        return (None, "ambiguous-organisation") if self.bodies.first_named < mention.first else None

    def _may_be_called(self, noun: str, name: str) -> bool:
        """Tell whether a body may be called by a noun: "Norbank" is no ministry, as its name would say so.

        Nor is the one whose name says that it is a union a company.
        """
        if noun in nouns("companies") and not name.isupper() and _is_no_firm(name):
            return False
        alike = {noun, *load_table("body_names").get(noun, ())}
        return noun not in nouns("said in names") or name.isupper() or bool(alike & set(name.lower().split()))

    def _heard(self, mention: Mention) -> Entity | None:
        """Return the medium that somebody has told something lately: "told [the Herald]. The paper said"."""
        page, at = self.page, mention.first
        for i in range(at - 1, max(-1, at - FARTHEST_HEARD), -1):
            if page.paragraphs[at] - page.paragraphs[i] > 1:
                break
            if page.is_told(i) and page.tags[i].startswith("NNP"):
                first = i
                while first and page.deps[first - 1] in {"compound", "det"} and page.heads[first - 1] == i:
                    first -= 1
                if page.labels[i] == "PERSON" and page.lower[first] != "the":
                    continue
                words = content_words(page, first, i + 1)
                return self._named_body(words, display(page, first, i + 1, article=False)) if words else None
        return None

    def _bodies_here(self, mention: Mention, *, back: int = 0) -> list[Body]:
        """Return the organisations that are named before a mention in its paragraph, or ``back`` more.

        But for those that are only told something: "Vik told [the Herald]".
        """
        page = self.page
        first = mention.first
        while first > 0 and page.paragraphs[first - 1] >= page.paragraphs[mention.first] - back:
            first -= 1
        return [
            body
            for body in self.bodies.names.values()
            if body.label == "ORG"
            and any(
                first <= spot < mention.first
                and not self._is_where(mention, spot)
                and not self._is_told(spot)
                for spot in body.spots
            )
        ]

    def _is_told(self, spot: int) -> bool:
        """Tell whether the name that begins at a token is of whom somebody tells something."""
        while self.page.deps[spot] in {"compound", "det", "nmod"} and self.page.heads[spot] > spot:
            spot = self.page.heads[spot]
        return self.page.is_told(spot)

    def _is_where(self, mention: Mention, spot: int) -> bool:
        """Tell whether a name only says where a company has something: "a plant in Derby"."""
        page = self.page
        placed = spot > 1 and page.lower[spot - 1] in {"in", "at", "near", "outside", "across"}
        staff = placed and is_of_people(singular(page.lower[spot - 2])) and page.lower[spot - 1] == "at"
        placed = placed and not staff
        return placed and mention.noun in nouns("companies") and page.lower[spot - 2] not in _HOLDINGS

    def _proper(self, mention: Mention) -> Answer:
        """A name that is no known person's."""
        begin = without_descriptor(self.page, mention.first, mention.head)
        mention = replace(mention, first=begin)
        words = content_words(self.page, mention.first, mention.end)
        somebody = bool(words) and words[-1] in person_nouns()
        heading = self.page.kind(mention.first) == "heading" and not somebody
        if heading and (body := self.bodies.led_by(words)) is not None:
            return self._named_body(body.words, body.text), "organisation"
        if (short_for := self._by_initials(mention)) is not None:
            return short_for, "organisation"
        label = self.page.labels[mention.head]
        known_place = label in {"GPE", "NORP"} and place(self.page.lower[mention.head]) is not None
        respelled = spelled_like(self.cast.inventory, words[0]) if words and not known_place else []
        if len(respelled) == 1 and mention.head == mention.first:
            return self.cast.person(respelled[0]), "respelled"
        text = named_phrase(self.page, self.cast, mention, self.owner, article=False)
        text += self._owned_name(mention)
        if label == "PERSON" and not self._is_body(mention):
            return self._keyed("person", words, text), "unlisted-name"
        if self.page.tags[mention.head] == "NNPS" and label == "NORP":
            return self._keyed("group", words, text, plural=True, noun=mention.noun), "group"
        return self._named_body(words, text), "organisation"

    def _with_initials(self, mention: Mention) -> Entity | None:
        """Return the only person of the article whom the label of a turn means by initials: "C. M.: No."."""
        if mention.end - mention.first > LONGEST_INITIALS:
            return None
        letters = self.page.slice(mention.first, mention.end)
        if not _INITIALS.fullmatch(letters) or not self.page.is_label(mention.first, mention.end):
            return None
        if letters.lower() in person_nouns() or place(letters.lower()) is not None:
            return None
        wanted = [letter.lower() for letter in letters if letter.isalpha()]
        people = self.cast.inventory.people[:MOST_PEOPLE]
        alike = [one for one in people if _initials(one.full.parts) == wanted]
        return self.cast.person(alike[0]) if len(alike) == 1 else None

    def _by_initials(self, mention: Mention) -> Entity | None:
        """Return the only body spoken of whose words begin with the letters of a name: "HRW"."""
        word = self.page.words[mention.head]
        if mention.end - mention.first > 2 or not word.isupper() or len(word) < MIN_INITIALS:
            return None
        bodies = (one for one in self.cast.entities[-60:] if one.kind == "organisation" and not one.noun)
        named = [one for one in bodies if "".join(_INITIAL.findall(one.name)) == word]
        return named[0] if len(named) == 1 else None

    def _is_body(self, mention: Mention) -> bool:
        """Tell whether a name is a body's, whatever the pipeline takes it for: "the Gazette", "St Mary's"."""
        page = self.page
        bodies = nouns("organisation") | name_words("never surnames")
        owned = any(page.tags[i] == "POS" for i in range(mention.first, mention.head))
        return owned or page.lower[mention.first] == "the" or page.lower[mention.head] in bodies

    def _owned_name(self, mention: Mention) -> str:
        """Return the "'s" that ends a body's name: "Moody's said", where no noun follows it."""
        page, at = self.page, mention.end
        ends = at + 1 < len(page) and page.tags[at] == "POS" and page.glued(at)
        return page.words[at] if ends and page.tags[at + 1] in {"VBD", "VBZ", "MD", ".", ","} else ""

    def _named_body(self, words: tuple[str, ...], text: str) -> Entity:
        """Return the body with these words, by its fullest name."""
        body = self.bodies.fullest(words)
        if body is not None and len(body.words) > len(words):
            entity = self._keyed("organisation", body.words, body.text)
            self.cast.by_words[words] = entity
        else:
            entity = self._keyed("organisation", words, text)
        entity.forms.setdefault(text)
        return entity

    def _document(self, mention: Mention) -> Answer:
        """A report, a poll, a film: by its own words; "the report" is the one mentioned before.

        "The paper" may be a newspaper that has been named.
        """
        issued = mention.noun in nouns("words of somebody") | _ISSUED
        if issued and (whose := self._possessor(mention)) is not None:
            return whose
        words = content_words(self.page, mention.first, mention.end)
        plural = self.page.tags[mention.head] in {"NNS", "NNPS"}
        if mention.definite and len(words) == 1 and not plural:
            meant = self.bodies.meant_by(mention.noun, frozenset(), mention.first)
            if not meant and mention.noun in _MEDIA and (heard := self._heard(mention)) is not None:
                return heard, "organisation-topic"
            here = [body for body in self._bodies_here(mention) if body in meant] or meant
            if len(here) == 1:
                return self._named_body(here[0].words, here[0].text), "organisation-noun"
            for entity in reversed(self.cast.entities[-60:]):
                alike = entity.noun == mention.noun and not entity.plural
                if alike and 0 <= entity.latest < mention.first:
                    return entity, "document-again"
        text = named_phrase(self.page, self.cast, mention, self.owner)
        return self._keyed("organisation", words, text, noun=mention.noun, plural=plural), "document"

    def _possessor(self, mention: Mention) -> Answer | None:
        """Return the body or the group whose words a document is: "the union's statement"."""
        page = self.page
        mark = next((i for i in range(mention.first, mention.head) if page.tags[i] == "POS"), None)
        if mark is None or mark == mention.first:
            return None
        whose = classify(page, mention.first, mark, ())
        return self.resolve(whose) if whose.kind in {"body", "group", "proper"} else None

    def _other(self, mention: Mention) -> Answer:
        """A handle, "@pea", a word short for a body's name, or "the first, Jane Doe,"; else nobody."""
        handle = self.page.words[mention.head]
        if handle.startswith("@") and len(handle) > 1:
            return self._keyed("person", (handle.lower(),), handle), "unlisted-name"
        if mention.noun in {"latter", "former"} and mention.definite and mention.end - mention.first == 2:
            return self._of_two(mention)
        beside = name_beside(self.page, mention, self.described.names_after(mention.end))
        named = self.cast.named(beside) if beside is not None and mention.definite else None
        if named is not None:
            return named, "apposition"
        words = content_words(self.page, mention.first, mention.end)
        short = mention.end - mention.first == 1 and self.page.words[mention.head][0].isupper()
        body = self.bodies.fullest(words) if short and words else None
        if body is None:
            query = describe(self.page, mention.first, mention.end)
            only = None if mention.noun in nouns("animals") else self.described.only_one(mention, query)
            return only or (None, "no-speaker")
        return self._named_body(body.words, body.text), "organisation"

    def _of_two(self, mention: Mention) -> Answer:
        """Resolve "the former" and "the latter" of just two people mentioned before."""
        people = self.trail.people_before(mention.first)
        if len(people) != 2:
            return None, "ambiguous-latter"
        return people[mention.noun == "latter"], "latter"

    def _keyed(
        self, kind: SpeakerKind, words: tuple[str, ...], text: str, *, noun: str = "", plural: bool = False
    ) -> Entity:
        """Return the entity with these words, a new one where there is none."""
        entity = self.cast.by_words.get(words)
        if entity is None:
            entity = self.cast.add(kind, text)
            entity.plural, entity.noun, entity.human = plural, noun, kind == "person"
            self.cast.by_words[words] = entity
        return entity


def _is_called(entity: Entity, noun: str) -> bool:
    """Tell whether a body's name says what it is: "the embassy" may be the Embassy of Ruritania."""
    return entity.kind == "organisation" and not entity.noun and noun in entity.name.lower().split()


def _initials(parts: Sequence[str]) -> list[str]:
    return [part[0] for part in parts]


def _is_no_firm(name: str) -> bool:
    """Tell whether a name says that it is of no firm: "the United Steelworkers", "the Senate"."""
    said = name.lower().split() or [name]
    return bool(nouns("no firms") & {said[0], said[-1]}) or any(word.endswith("workers") for word in said)
