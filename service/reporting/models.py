"""What a report counts: quotes with what is known of their speakers. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who is quoted in one article, as its result has it."""

    id: str
    name: str
    kind: str
    role: str | None = None
    aliases: tuple[str, ...] = ()
    identifier: str | None = None
    pronouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quote of one article. One that ``repeats`` another is not counted."""

    id: str
    type: str
    text: str
    speaker: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An article's result, in so far as a report needs it."""

    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    id: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Person:
    """Somebody who is quoted in one or several articles; ``places`` are (article, speaker's id) pairs."""

    name: str
    kind: str
    identifier: str | None = None
    roles: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    pronouns: dict[str, None] = field(default_factory=dict)
    places: list[tuple[int, str]] = field(default_factory=list)

    @property
    def articles(self) -> list[int]:
        """The articles in which the person is quoted, in order."""
        return list(dict.fromkeys(article for article, _ in self.places))
