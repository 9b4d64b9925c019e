"""The values that the stages of extraction hand to each other. All frozen; all offsets in code points.

Every offset indexes the article's canonical ``text``; spans are half-open, ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

QuoteType = Literal["direct", "mixed", "indirect"]
Mode = Literal["speech", "writing", "thought"]
SpeakerKind = Literal["person", "organisation", "group", "unnamed"]
ParagraphKind = Literal["body", "heading", "furniture"]
StretchKind = Literal["quotation", "scare", "title", "name", "nickname", "word", "heading"]

OUTRIGHT = frozenset({"hint", "transcript-turn", "block", "post-credit"})
"""The rules that read a form, not sentences: what they credit is verbatim, marks or not, and what is said
inside those words is no report of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of the article's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank: body, a heading or cross-head, or page furniture."""

    span: Span
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Hint:
    """What the mark-up says outright: this content (a ``<blockquote>``) has this source (its ``<cite>``)."""

    content: Span
    source: Span | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person whom the caller expects in the article, with other spellings of the name.

    ``role`` is theirs where the article gives none.
    """

    name: str
    aliases: tuple[str, ...] = ()
    identifier: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction reads: the canonical text, its paragraphs in order, and what is known beforehand.

    ``title`` is a headline given apart from the text: it has no offsets and only helps to know names.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    hints: tuple[Hint, ...] = ()
    known_people: tuple[KnownPerson, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch between quotation marks (or from a broken mark to where the quotation must end).

    ``span`` includes the marks, ``inner`` does not. ``depth`` is 0 for an outermost stretch. ``repaired`` is
    true when a mark was missing, doubled or stray, so that an edge is inferred. ``continues`` is the index of
    the stretch that this one goes on from: a paragraph that reopens after one that did not close.
    """

    span: Span
    inner: Span
    depth: int = 0
    kind: StretchKind = "quotation"
    repaired: bool = False
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content linked to its cue and its source, before the source is resolved to a speaker.

    ``content`` holds one span or, for a split quotation, several in order. ``follows`` is the index of the
    earlier attribution whose speaker is going on, where the text around this one names none.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    rule: str
    confidence: float
    mode: Mode = "speech"
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The entity behind one or more sources, by the fullest name that the article gives."""

    id: str
    name: str
    kind: SpeakerKind
    role: str | None = None
    aliases: tuple[str, ...] = ()
    identifier: str | None = None
    pronouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which speaker a source refers to: ``speaker`` is None when nothing decides between candidates."""

    speaker: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as the service reports it.

    ``paragraph`` is a 0-based index into the article's paragraphs; ``rule`` names what linked content, cue
    and source, ``speaker_rule`` what resolved the source to the speaker.
    """

    id: str
    type: QuoteType
    mode: Mode
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str | None
    confidence: float
    rule: str
    speaker_rule: str | None
    paragraph: int
    in_headline: bool = False
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article: quotes in text order, speakers in order of first quote."""

    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]


Checkpoint = Callable[[], None]
"""Called between stages and often within them; raises to stop (a deadline). Extraction has no clock."""


def go_on() -> None:
    """Never stop: the ``Checkpoint`` of a caller that sets no deadline."""
