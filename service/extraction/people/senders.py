"""Who sent the words that a clause quotes: "[She] left a note on the desk that read"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.extraction.people.cast import Entity
from service.extraction.people.page import Page
from service.extraction.people.words import nouns

_MESSAGES = frozenset(
    {"caption", "card", "email", "e-mail", "letter", "memo", "note", "sms", "telegram", "text", "texts"}
    | {"appeal", "notice", "post", "postcard", "reply", "statement", "status", "tweet", "messages"}
)
"""What one sends in words, besides the words of somebody."""

_FOUND = frozenset({"banner", "headline", "heading", "placard", "plaque", "sign", "slogan", "title"})
"""What has words of its own, whoever sends it on: "shared her message under a headline that said"."""

_SENDS = frozenset(
    {"addressed", "deleted", "emailed", "issued", "left", "mailed", "messaged", "penned", "posted"}
    | {"published", "released", "scrawled", "send", "sends", "sending", "sent", "shared", "signed"}
    | {"tweeted", "uploaded", "write", "writes", "writing", "written", "wrote"}
)

_NOBODY = frozenset({"DATE", "GPE", "LOC", "TIME"})
"""Labels of where or when a message comes from: "a letter from Oslo"."""

FARTHEST = 16
"""Most tokens from a message to "which" and to the verb that sends it."""

LONGEST_CHAIN = 4
"""Most verbs joined, the subject at the first: "He went home and [sent] a note"."""


@dataclass(frozen=True, slots=True)
class Senders:
    """Finds who sent a message of one article."""

    page: Page
    antecedent: Callable[[int], Entity | None]

    def of_clause(self, token: int) -> Entity | None:
        """Return who sent the message that the relative pronoun at ``token`` stands for, as far as told."""
        page, sentence = self.page, self.page.sentences[token]
        if token and page.lower[token - 1] in _FOUND:
            return None
        near = range(token - 1, max(-1, token - FARTHEST), -1)
        here = [i for i in near if page.sentences[i] == sentence]
        message = next((i for i in here if self._is_message(i)), None)
        author = self._author(message) if message is not None else None
        verb = self._sent_by(message) if message is not None and author is None else None
        subject = self._subject(verb) if verb is not None else author
        return self.antecedent(subject) if subject is not None else None

    def _is_message(self, i: int) -> bool:
        noun = self.page.lower[i]
        return self.page.tags[i].startswith("NN") and (
            noun in _MESSAGES or noun in nouns("words of somebody")
        )

    def _author(self, message: int) -> int | None:
        """Return whose a message is that another passes on: "shared a post by [Lee]", "[Lee]'s post"."""
        page = self.page
        before = range(max(0, message - FARTHEST), message)
        owner = next((i for i in before if page.heads[i] == message and page.deps[i] == "poss"), None)
        if owner is not None and page.tags[owner].startswith("NN"):
            return owner
        near = range(message + 1, min(message + FARTHEST, len(page)))
        by = (i for i in near if page.heads[i] == message and page.lower[i] in {"by", "from"})
        whose = (i for lead in by for i in near if page.heads[i] == lead and page.deps[i] == "pobj")
        return next((i for i in whose if page.labels[i] not in _NOBODY), None)

    def _sent_by(self, message: int) -> int | None:
        """Return the verb that sends a message: "[posted] a picture with a caption"."""
        page, here = self.page, message
        for _ in range(LONGEST_CHAIN):
            above = page.heads[here]
            if page.lower[above] in _SENDS and page.deps[here] in {"dobj", "prep"}:
                passive = any(page.deps[i] == "nsubjpass" for i in self._children(above))
                return None if passive else above
            if page.deps[here] not in {"dobj", "pobj", "prep"}:
                return None
            here = above
        return None

    def _subject(self, verb: int) -> int | None:
        """Return the subject of a verb, or of the one that it is joined to."""
        for _ in range(LONGEST_CHAIN):
            subject = next((i for i in self._children(verb) if self.page.deps[i] == "nsubj"), None)
            if subject is not None or self.page.deps[verb] != "conj":
                return subject
            verb = self.page.heads[verb]
        return None

    def _children(self, verb: int) -> list[int]:
        near = range(max(0, verb - FARTHEST), min(verb + 2, len(self.page)))
        return [i for i in near if self.page.heads[i] == verb and i != verb]
