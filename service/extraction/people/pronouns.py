"""Pronouns as sources: he, she, it, they, I and who, each by its own evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from service.extraction.lexicon import DAYS, person_nouns
from service.extraction.people.authors import Authors
from service.extraction.people.cast import Entity
from service.extraction.people.page import Page
from service.extraction.people.senders import Senders
from service.extraction.people.trail import Trail
from service.extraction.people.words import gendered, noun_gender, nouns, pronoun_gender

Resolved = tuple[Entity | None, str, float]
"""The entity, the rule, and a factor on the rule's confidence."""

CLOSE = 0.8
"""Margin between the best two antecedents below which a pronoun is not sure."""

LONGEST = 200
"""Tokens before a pronoun among which another name is looked for."""

_RUNNING = frozenset(
    {"analyst", "chair", "chairman", "chairwoman", "chief", "co-founder", "curator", "director"}
) | {*("economist", "editor", "executive", "founder", "head", "manager", "owner", "partner", "president")}
"""What somebody is of a body, hardly of a person."""

_ANSWERING = frozenset(
    {
        "answer",
        "clarify",
        "comment",
        "confirm",
        "describe",
        "elaborate",
        "explain",
        "name",
        "reply",
        "respond",
    }
    | {"recall", "say", "speak", "summarise", "summarize", "talk", "tell"}
)
"""What somebody who is asked to do it does in words."""

LONGEST_CHAIN = 8
"""Words from a noun up to the one that "who" refers to, at most."""

SUBJECT_FORMS = {"him": "he", "his": "he", "himself": "he", "her": "she", "hers": "she", "herself": "she"}

_PLACED = frozenset({"across", "at", "by", "from", "in", "near", "on", "outside"})
"""What leads to where somebody is: "told Lee [on] the steps"."""

_LEADS_IN = frozenset({",", "also", "earlier", "meanwhile", "previously"})
"""What may stand before "in the ministry" where a sentence begins: "We will remind, earlier"."""

FARTHEST_BODY = 12
"""Most tokens from the beginning of "At the ministry they claim" to its pronoun."""

_INSTITUTIONS = frozenset(
    {"administration", "association", "embassy", "federation", "government", "hospital", "ministry", "office"}
    | {"headquarters", "palace", "party", "police", "service"}
)


SHORTEST_SENTENCE = 6
"""Most tokens of a sentence that says no more of a body than that it agreed or not."""

FARTHEST_SIGN = 3
"""Tokens before a pronoun within which a quotation ends in its sign: "“Why?” he"."""

_REPLIED = frozenset({"answered", "replied", "responded"})


@dataclass(slots=True)
class Pronouns:
    """Resolves the pronouns of one article from the trail of mentions before them."""

    page: Page
    trail: Trail
    antecedent: Callable[[int], Entity | None]
    authors: Authors
    senders: Senders

    def resolve(self, token: int, *, reacted_to: bool = False) -> Resolved:
        """Return whom the pronoun at ``token`` refers to, and by which rule.

        ``reacted_to``: the subject only reacts to what that one said: "Vane mocked [his] claim".
        """
        lower = self.page.lower[token]
        gender = pronoun_gender(lower)
        if gender:
            other = self._subject_before(token) if reacted_to else None
            return self._gendered(token, lower, gender, other)
        if lower in gendered("neuter pronouns"):
            return self._neuter(token)
        if lower in gendered("plural pronouns"):
            there = self._there(token)
            return self._plain(*((there, 1.0) if there else self.trail.plural(token)), "plural-pronoun")
        if lower in gendered("relative pronouns"):
            return self._relative(token)
        if lower in {"i", "me", "my", "mine", "myself"}:
            return (*self.authors.first_person(token), 1.0)
        return None, "unresolved-pronoun", 1.0

    def owner(self, token: int) -> Entity | None:
        """Return whom a possessive pronoun refers to."""
        return self.resolve(token)[0]

    def _gendered(self, token: int, lower: str, gender: str, other: Entity | None) -> Resolved:
        """Return whom "he" or "she" refers to, anybody but ``other``."""
        same = self._same_quotation(token, gender)
        if same is not None and same[0] is not None and self._told_owner(token, same[0], gender):
            return None, "ambiguous-pronoun", 1.0
        if same is not None:
            if same[0] is not None and same[2] == 1.0:
                self.note(same[0], lower)
            return same
        meant = (
            self._asked(token, gender)
            or self._as_told(token, gender)
            or self._from_whom(token, gender)
            or self._newcomer(token, gender)
            or self._of_paragraph(token, gender)
            or self._goes_on(token, gender)
        )
        if meant is not None:
            return meant, "pronoun-close", 1.0
        but = other or self._asker(token) or self.actor(token)
        entity, margin = self.trail.single(token, gender, but=but)
        if entity is None and margin == 0.0 and (found := self.trail.unknown_name(token)) is not None:
            found.kind, found.human, found.gender = "person", True, gender
            self.note(found, lower)
            return found, "pronoun-close", 1.0
        if (
            entity is None
            or self._rather_speaker(token, entity, gender)
            or self._told_owner(token, entity, gender)
            or self.trail.outranked(token, entity)
        ):
            return None, "ambiguous-pronoun", 1.0
        rule = "pronoun" if margin >= CLOSE else "pronoun-close"
        if rule == "pronoun":
            entity.gender = entity.gender or gender
            self.note(entity, lower)
        return entity, rule, 1.0

    def _as_told(self, token: int, gender: str) -> Entity | None:
        """Return the subject of the clause that one with "as" credits: "[Roe] was “tired”, as she put it".

        Unless another has spoken in the paragraph: "Vane spoke. Roe is “tired”, as she put it".
        """
        page, speaker = self.page, self.trail.speaker
        if not token or page.lower[token - 1] != "as" or page.quoted[token] or not page.is_subject(token):
            return None
        first = page.first_of_sentence(token)
        since = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        near = [s.entity for s in since if s.token < token and s.subject and s.entity.human and not s.quoted]
        here = page.paragraphs[self.trail.speaker_at] == page.paragraphs[token]
        fits = len({one.number for one in near}) == 1 and near[0].gender in {gender, None}
        return near[0] if fits and (speaker is None or speaker is near[0] or not here) else None

    def _newcomer(self, token: int, gender: str) -> Entity | None:
        """Return whom the paragraph brings in for a subject: "A soldier sat down. [He] said"."""
        return self.trail.newcomer(token, gender) if self.page.is_subject(token) else None

    def _of_paragraph(self, token: int, gender: str) -> Entity | None:
        """Return whom a paragraph is about, not a nameless one who spoke before it: "[Roe] left. She said".

        One whose gender is known, and nobody else of that gender has done anything in it.
        """
        page, speaker, here = self.page, self.trail.speaker, self.page.paragraphs[token]
        nameless = speaker is not None and speaker.person is None and speaker.gender is None
        if not nameless or page.paragraphs[self.trail.speaker_at] == here or not page.is_subject(token):
            return None
        since = takewhile(
            lambda step: page.paragraphs[step.token] == here, reversed(self.trail.steps[-LONGEST:])
        )
        near = [s for s in since if s.token < token and s.entity.human and not s.quoted]
        first = near[-1] if near else None
        if first is None or first.entity.gender != gender or not (first.main or self._opens(first.token)):
            return None
        others = (s for s in near if s.subject and s.entity.gender in {gender, None})
        return first.entity if all(s.entity is first.entity for s in others) else None

    def _opens(self, token: int) -> bool:
        """Tell whether a paragraph begins with a name: "[Ann Lee], 34, split from"."""
        page = self.page
        named = takewhile(lambda i: page.tags[i] == "NNP", range(token, max(-1, token - LONGEST_CHAIN), -1))
        before = min(named, default=token) - 1
        return before < 0 or page.paragraphs[before] != page.paragraphs[token]

    def _goes_on(self, token: int, gender: str) -> Entity | None:
        """Return the subject of the clause that a colon ends: "[Vane] urged calm: he said it was over"."""
        page = self.page
        if not token or page.words[token - 1] not in {":", ";"} or page.quoted[token]:
            return None
        first = page.first_of_sentence(token - 1)
        near = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        subjects = [s.entity for s in near if s.token < token and s.main and s.entity.human and not s.quoted]
        return subjects[0] if subjects and subjects[0].gender in {gender, None} else None

    def _neuter(self, token: int) -> Resolved:
        meant = self._led_in(token) or self._disagreed(token)
        if meant is not None:
            return meant, "neuter-pronoun", 1.0
        same = self._same_quotation(token, None)
        return same or self._plain(*self.trail.neuter(token), "neuter-pronoun")

    def _led_in(self, token: int) -> Entity | None:
        """Return the body that leads to its own words by a colon: "[EVG] was sure: rents, it said, rise"."""
        page, first = self.page, self.page.first_of_sentence(token)
        near = range(token - 1, max(first, token - LONGEST), -1)
        colon = next((i for i in near if page.words[i] == ":" and not page.quoted[i]), None)
        if colon is None or not page.is_subject(token):
            return None
        since = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        bodies = [s.entity for s in since if s.token < colon and s.main and s.entity.kind == "organisation"]
        return bodies[0] if len({one.number for one in bodies}) == 1 else None

    def _disagreed(self, token: int) -> Entity | None:
        """Return the body of which a short sentence tells before: "[The court] disagreed. “A,” it wrote"."""
        page = self.page
        if not page.after_quotation(token):
            return None
        spoken = page.first_of_sentence(token)
        begin = page.first_of_sentence(spoken - 1) if spoken else spoken
        since = takewhile(lambda step: step.token >= begin, reversed(self.trail.steps[-LONGEST:]))
        near = [s for s in since if s.token < spoken and not s.quoted]
        bodies = {s.entity.number: s.entity for s in near if s.entity.kind == "organisation"}
        alone = len(bodies) == 1 and all(s.main for s in near if s.entity.kind == "organisation")
        short = spoken - begin <= SHORTEST_SENTENCE
        return next(iter(bodies.values())) if short and alone and len(near) == 1 else None

    def actor(self, token: int) -> Entity | None:
        """Return who does something to whom the pronoun is, so is somebody else: "[Vane] asked him"."""
        page = self.page
        if page.deps[token] not in {"dobj", "dative"}:
            return None
        first = page.first_of_sentence(token)
        near = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        return next((s.entity for s in near if s.subject and page.heads[s.token] == page.heads[token]), None)

    def _subject_before(self, token: int) -> Entity | None:
        """Return the last person before the pronoun who does something in its sentence."""
        first = self.page.first_of_sentence(token)
        near = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        return next((s.entity for s in near if s.subject and s.token < token and s.entity.human), None)

    def _asker(self, token: int) -> Entity | None:
        """Return who asks and so does not answer with the pronoun: "Asked by [Vane] why, he said no".

        Or in the sentence before: "[Vane] asked the envoy why. “I must,” he said". Or before the comma: "When
        [someone] shouted, he replied".
        """
        first = self.page.first_of_sentence(token)
        if self.page.lower[first] == "when" and self.page.lower[self.page.heads[token]] in _REPLIED:
            since = takewhile(lambda step: step.token > first, reversed(self.trail.steps[-LONGEST:]))
            return next((step.entity for step in since if self._opens_clause(step.token, token)), None)
        by = range(first + 1, min(first + 3, token))
        at = next((i for i in by if self.page.lower[i] == "by"), None)
        if at is None or self.page.tags[first] != "VBN":
            answers = self._answers(token)
            beside = answers or self.page.after_quotation(token)
            return self._of_question(first, subject=True, alone=answers) if beside else None
        since = takewhile(lambda step: step.token > at, reversed(self.trail.steps))
        asked = [step.entity for step in since if step.token < token and step.entity.human]
        return asked[-1] if asked else None

    def _opens_clause(self, subject: int, token: int) -> bool:
        """Tell whether a subject is that of the clause before the pronoun's: "When [Vane] shouted, he"."""
        page = self.page
        verb, other = page.heads[token], page.heads[subject]
        return page.deps[subject] == "nsubj" and page.deps[other] == "advcl" and page.heads[other] == verb

    def _asked(self, token: int, gender: str) -> Entity | None:
        """Return who was asked in the sentence before: "Vane asked [the envoy] why. “I must,” he said".

        Or, without marks: "He replied that he must".
        """
        page = self.page
        if not self._answers(token) and not page.after_quotation(token):
            return None
        asked = self._of_question(page.first_of_sentence(token), subject=False)
        return asked if asked is not None and asked.gender in {gender, None} else None

    def _answers(self, token: int) -> bool:
        """Tell whether a sentence begins with a pronoun that answers: "[He] replied"."""
        answers = self.page.lower[self.page.heads[token]] in _REPLIED
        return answers and self.page.first_of_sentence(token) == token

    def _from_whom(self, token: int, gender: str) -> Entity | None:
        """Return the only one in a paragraph whom something is by: "A book by [Roe]. “A,” he wrote".

        Or the one who is named last before what stands in it: "A letter from [Roe] came. In it she said".
        """
        page, here = self.page, self.page.paragraphs[token]
        if (of_text := self._writer(token, gender)) is not None:
            return of_text
        since = takewhile(lambda step: page.paragraphs[step.token] == here, reversed(self.trail.steps))
        near = [step for step in since if step.entity.human and step.token < token and not step.quoted]
        alone = bool(near) and page.after_quotation(token) and len({step.entity.number for step in near}) == 1
        by = alone and all(page.lower[page.heads[step.token]] in {"by", "from"} for step in near)
        return near[0].entity if by and near[0].entity.gender in {gender, None} else None

    def _writer(self, token: int, gender: str) -> Entity | None:
        """Return whose text the sentence before names, where one goes on "In it [he] wrote"."""
        page, first = self.page, self.page.first_of_sentence(token)
        if page.lower[first : first + 2] != ["in", "it"] or token - first > FARTHEST_SIGN:
            return None
        begin = page.first_of_sentence(first - 1) if first else first
        since = takewhile(lambda step: step.token >= begin, reversed(self.trail.steps[-LONGEST:]))
        fits = [s for s in since if s.token < first and s.entity.human and s.entity.gender in {gender, None}]
        return fits[0].entity if len({s.entity.number for s in fits}) == 1 else None

    def _of_question(self, end: int, *, subject: bool, alone: bool = False) -> Entity | None:
        """Return who asks, or is asked, in the sentence that ends at token ``end``, if that is a question.

        ``alone``: it need not say who is asked.
        """
        page, before = self.page, end - 1
        while before > 0 and not page.is_word(before):
            before -= 1
        first = page.first_of_sentence(before) if before >= 0 else end
        if not 0 <= before - first <= LONGEST:
            return None
        asks = [i for i in range(first, before) if page.lower[i] in {"asked", "asks"} and page.heads[i] == i]
        if asks and self._requests(asks[0], before + 1):
            return None
        heard = {"dobj", "dative", "nsubjpass"}
        of = [page.heads[i] for i in range(first, before + 1) if page.deps[i] in heard]
        if not asks or not (alone or asks[0] in of):
            return None
        since = takewhile(lambda step: step.token >= first, reversed(self.trail.steps[-LONGEST:]))
        beside = (s for s in since if page.heads[s.token] == asks[0] and s.entity.human)
        return next((s.entity for s in beside if (page.deps[s.token] in heard) != subject), None)

    def _requests(self, asks: int, end: int) -> bool:
        """Tell whether who asks wants something done, not answered: "She asked the court to wait"."""
        page = self.page
        wanted = (page.heads[i] for i in range(asks + 1, end) if page.tags[i] == "TO")
        return any(page.heads[verb] == asks and page.lower[verb] not in _ANSWERING for verb in wanted)

    def _rather_speaker(self, token: int, entity: Entity, gender: str) -> bool:
        """Tell whether a far antecedent is less likely than a wrong pronoun for whoever spoke just before."""
        paragraphs, speaker = self.page.paragraphs, self.trail.speaker
        if speaker is None or not speaker.human or speaker.gender in {gender, None}:
            return False
        near = paragraphs[token] - paragraphs[self.trail.speaker_at] <= 1
        return near and self.page.after_quotation(token) and paragraphs[token] - paragraphs[entity.latest] > 2

    def note(self, entity: Entity, lower: str) -> None:
        """Keep a pronoun that plainly refers to somebody, in the form of the subject."""
        entity.pronouns.setdefault(SUBJECT_FORMS.get(lower, lower))

    def _same_quotation(self, token: int, gender: str | None) -> Resolved | None:
        """Resolve "Maria Zakharova said: “…,” he said": a paragraph's speaker goes on, whatever the pronoun.

        Only right after quoted words, only when nobody else has been mentioned since, and not for "Mr Vik".
        """
        trail, page = self.trail, self.page
        speaker, since = trail.speaker, trail.speaker_at
        if speaker is None or page.paragraphs[since] != page.paragraphs[token] or speaker.plural:
            return None
        if gender is None and speaker.kind != "organisation" and speaker.gender:
            return None
        other = gender and speaker.kind == "organisation" and trail.fits_other(token, speaker, gender)
        asked = gender is not None and self._is_asker(speaker, token, gender)
        if asked or other or not page.after_quotation(token) or not self._alone(since, token, speaker):
            return None
        if gender is None or speaker.gender in {gender, None}:
            return speaker, "same-quotation", 1.0
        if speaker.titled or self._named_since(since, token):
            return None
        return None if trail.fits_other(token, speaker, gender) else (speaker, "same-quotation", 0.85)

    def _is_asker(self, speaker: Entity, token: int, gender: str) -> bool:
        """Tell whether the last speaker only asked: "[A reporter] asked him why. “No,” he said".

        Or asked nobody in particular, and it is no question: "[Vane] asked if it hurt. “No,” he said".
        """
        asked = self._of_question(self.page.first_of_sentence(token), subject=True, alone=True)
        again = any(self.page.words[i] == "?" for i in range(max(0, token - FARTHEST_SIGN), token))
        answers = not again or self.trail.does_to(self.trail.speaker_at, token, gender)
        return asked is speaker and answers

    def _told_owner(self, token: int, speaker: Entity, gender: str) -> bool:
        """Tell whether either may be meant: "Her agent told her it was over. “I cried,” she said"."""
        owner, page, since = speaker.owner, self.page, self.trail.speaker_at
        if owner is None or noun_gender(speaker.noun) is not None or owner.gender != gender:
            return False
        near = range(since, min(token, since + LONGEST))
        heard = (i for i in near if page.tags[i] == "PRP" and page.deps[i] in {"dobj", "dative"})
        return any(pronoun_gender(page.lower[i]) == gender and not page.quoted[i] for i in heard)

    def _named_since(self, since: int, token: int) -> bool:
        """Tell whether a name, even an unknown one, is a subject outside marks since the last speaker."""
        page = self.page
        between = range(max(since + 1, token - LONGEST), token)
        return any(page.tags[i] == "NNP" and page.is_subject(i) and not page.quoted[i] for i in between)

    def _alone(self, since: int, token: int, speaker: Entity) -> bool:
        return not any(
            step.entity is not speaker and step.entity.human and not step.quoted
            for step in self.trail.steps
            if since < step.token < token
        )

    def _there(self, token: int) -> Entity | None:
        """Resolve "At the ministry they claim", "Earlier, in the ministry they claim": that body."""
        page, first = self.page, token
        while first > max(0, token - FARTHEST_BODY) and page.sentences[first - 1] == page.sentences[token]:
            first -= 1
        opens = (i for i in range(first, token) if i == first or page.lower[i - 1] in _LEADS_IN)
        leads = next((i for i in opens if page.lower[i] in {"at", "from", "in", "within"}), token)
        noun = next((i for i in range(leads + 1, token) if page.heads[i] == leads), None)
        bodies = nouns("anaphoric") | _INSTITUTIONS
        if noun is None or not (page.lower[noun] in bodies or page.labels[noun] == "ORG"):
            return None
        return self.antecedent(noun)

    def _relative(self, token: int) -> Resolved:
        """Resolve "the analyst who said": what the clause hangs on, else the noun before the pronoun.

        A message speaks for whoever sent it: "She sent a friend a text which read".
        "Who" is somebody: past "boats" in "a fisherman with two boats, who said", where the parse errs.
        """
        page = self.page
        sender = self.senders.of_clause(token) if self.page.lower[token] in {"that", "which"} else None
        if sender is not None:
            return sender, "relative", 0.9
        noun = self._clause_noun(token)
        noun = self._before_denied(token) or noun
        last = self._last_listed(token)
        if last is not None:
            return self.antecedent(last), "relative", 0.9
        if noun is not None and self._joined_since(noun, token):
            return None, "ambiguous-pronoun", 1.0
        entity = self.antecedent(noun) if noun is not None else None
        if page.lower[token] != "which" and noun is not None:
            above = [self.antecedent(other) for other in (*self._nouns_above(noun), *self._noun_beside(noun))]
            apart = page.words[token - 1] == "," and (
                entity is None or entity.person is None or self._is_what_one_runs(noun)
            )
            named = (other for other in above if apart and other is not None and other.person is not None)
            somebody = entity if self._is_somebody(entity) else next(filter(self._is_somebody, above), entity)
            entity = next(named, somebody)
        if entity is not None:
            return entity, "relative", 1.0
        before = token - 1
        while before > 0 and (not page.is_word(before) or page.lower[before] in {"according", "for", "to"}):
            before -= 1
        entity = self.antecedent(before) if before >= 0 and page.lower[before] not in DAYS else None
        if entity is None and noun is not None and page.lower[token] == "who":
            entity = next(filter(self._is_somebody, map(self.antecedent, self._noun_beside(noun))), None)
        return entity, "relative" if entity else "unknown-antecedent", 0.9

    def _before_denied(self, token: int) -> int | None:
        """Return the name before one that it was not: "It was [Ann Lee], not Jo Ray, who said no"."""
        page = self.page
        near = range(token - 2, max(0, token - LONGEST_CHAIN - 4), -1)
        denied = next((i for i in near if page.lower[i] == "not" and page.words[i - 1] == ","), 0)
        if denied < 2 or page.words[token - 1] != ",":
            return None
        names = (*range(denied + 1, token - 1), denied - 2)
        return denied - 2 if all(page.tags[i] == "NNP" for i in names) else None

    def _is_what_one_runs(self, noun: int) -> bool:
        """Tell whether a name is a body's, taken for a person: "Ann Lee, editor of [Garden Guru], who"."""
        page, leads = self.page, self.page.heads[noun]
        return page.lower[leads] in {"at", "of", "with"} and page.lower[page.heads[leads]] in _RUNNING

    def _clause_noun(self, token: int) -> int | None:
        """Return the noun that a relative clause hangs on, or that of the one to which it is joined."""
        page, verb = self.page, self.page.heads[token]
        for _ in range(4):
            head = page.heads[verb]
            joined = page.deps[verb] == "conj" and page.tags[head].startswith("NN")
            if page.deps[verb] == "relcl" or joined:
                return head
            verb = head
        return None

    def _nouns_above(self, noun: int) -> Iterator[int]:
        """Yield the nouns that a noun hangs on, as far as no verb stands between, the nearest first."""
        page, here = self.page, noun
        for _ in range(LONGEST_CHAIN):
            above = page.heads[here]
            verb = page.tags[above].startswith(("VB", "MD")) and page.deps[above] not in {"acl", "relcl"}
            if above == here or verb:
                return
            here = above
            if page.tags[here].startswith("NN"):
                yield here

    def _noun_beside(self, noun: int) -> Iterator[int]:
        """Yield the name before a phrase that says where: "told [Ann Lee] on the steps, who"."""
        page, leads = self.page, self.page.heads[noun]
        if page.lower[leads] in _PLACED and leads < noun and page.tags[leads - 1] == "NNP":
            yield leads - 1

    def _joined_since(self, noun: int, token: int) -> bool:
        """Tell whether another is joined to a noun before its clause: "Ann Lee and [Jo Ray], who said"."""
        page = self.page
        noun = page.heads[noun] if page.deps[noun] == "appos" else noun
        between = range(noun + 1, token)
        return page.tags[noun].startswith("NNP") and any(
            page.deps[i] == "conj" and page.heads[i] == noun and page.tags[i] == "NNP" for i in between
        )

    def _last_listed(self, token: int) -> int | None:
        """Return the last name of a list that a clause for one follows: "Lee, Roe and [Ann Doe], who says".

        Of two that are joined only where the last has a word for who it is: "Lee and poet [Ann Doe], who".
        """
        page, name = self.page, token - 2
        several = page.tags[page.heads[token]] == "VBP" or page.lower[token + 1] in {"all", "both"}
        if page.words[token - 1] != "," or page.lower[token] != "who" or page.tags[name] != "NNP" or several:
            return None
        here, joined = name, 0
        for _ in range(LONGEST_CHAIN):
            if page.deps[here] not in {"appos", "conj"}:
                break
            joined += page.deps[here] == "conj"
            here = page.heads[here]
        if not joined or not page.tags[here].startswith("NNP"):
            return None
        said = (i for i in range(name - 1, here, -1) if page.tags[i] != "NNP")
        before = next(said, here)
        described = page.lower[before] in person_nouns() or page.words[before] == ","
        return name if joined > 1 or described else None

    def _is_somebody(self, entity: Entity | None) -> bool:
        """Tell whether "who" may refer to an entity: one person, or several."""
        if entity is None:
            return False
        return entity.human or (entity.plural and (not entity.noun or entity.noun in person_nouns()))

    def _plain(self, entity: Entity | None, margin: float, rule: str) -> Resolved:
        if entity is None:
            return None, "ambiguous-pronoun", 1.0
        return entity, rule, 1.0 if margin >= CLOSE else 0.8
