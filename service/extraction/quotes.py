"""Put the stages' answers together: attributions and resolutions in, quotes and their speakers out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from operator import attrgetter

from service.extraction.models import (
    OUTRIGHT,
    Article,
    Attribution,
    Extraction,
    Quote,
    QuoteType,
    Resolution,
    Span,
    Speaker,
    Stretch,
)

WORD = re.compile(r"\w+(?:['’]\w+)*")
LEAST_SHARED_WORDS = 3
LEAST_SHARED_PART = 0.6
LEAST_QUOTED = 3
"""Words between marks that are somebody's own, not the writer's doubt: a “real” change."""
COMMON = 50
"""A word in more quotes than this does not help to tell which of them a heading or a pull quote repeats."""


def assemble(
    article: Article,
    stretches: Sequence[Stretch],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    speakers: Sequence[Speaker],
) -> Extraction:
    """Return the quotes in text order, numbered, and those speakers who are quoted, by their first quote."""
    blocks = {hint.content for hint in article.hints}
    marked = tuple(stretch.span for stretch in stretches if stretch.depth == 0)
    quoted = tuple(s.span for s in stretches if s.depth == 0 and s.kind == "quotation")
    starts = [paragraph.span.start for paragraph in article.paragraphs]
    pairs = sorted(zip(attributions, resolutions, strict=True), key=lambda pair: pair[0].content)
    quotes = []
    for number, (found, resolved) in enumerate(pairs, 1):
        outright = found.rule in OUTRIGHT or bool(blocks & {*found.content})
        paragraph = max(0, bisect_right(starts, found.content[0].start) - 1)
        quotes.append(
            Quote(
                id=f"q{number}",
                type="direct" if outright else quote_type(article.text, found.content, marked),
                mode="speech" if _is_quoted(article.text, found, quoted) else found.mode,
                content=found.content,
                cue=found.cue,
                source=found.source,
                speaker=resolved.speaker,
                confidence=joint_confidence(found, resolved),
                rule=found.rule,
                speaker_rule=resolved.rule if found.source or resolved.speaker else None,
                paragraph=paragraph,
                in_headline=article.paragraphs[paragraph].kind == "heading",
            )
        )
    apart = {quote.id for quote in quotes if quote.in_headline or blocks & {*quote.content}}
    return renumbered(with_repeats(article.text, quotes, apart), speakers)


def _is_quoted(text: str, found: Attribution, quoted: Sequence[Span]) -> bool:
    """Tell whether what is called a thought reports words: "“We are ready,” he believes"."""
    if found.mode != "thought":
        return False
    inner = [span.of(text) for span in quoted if any(span.overlaps(piece) for piece in found.content)]
    return any(len(WORD.findall(words)) >= LEAST_QUOTED for words in inner)


def joint_confidence(found: Attribution, resolved: Resolution) -> float:
    """Return how likely content, source and speaker are right together, to two decimals.

    The two stages err independently of each other as far as measured, so their confidences multiply; a quote
    without a speaker claims none, and is as sure as its attribution.
    """
    sure = found.confidence * (resolved.confidence if resolved.speaker else 1.0)
    return round(min(1.0, max(0.0, sure)), 2)


def quote_type(text: str, content: Sequence[Span], marked: Sequence[Span]) -> QuoteType:
    """Tell direct (every word between quotation marks), mixed (some) and indirect (none) apart.

    ``marked`` holds the outermost stretches between marks, in order, none overlapping another.
    """
    inside = []
    for span in content:
        for word in WORD.finditer(text, span.start, span.end):
            at = bisect_right(marked, word.start(), key=attrgetter("start")) - 1
            inside.append(at >= 0 and word.start() < marked[at].end)
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"


def with_repeats(text: str, quotes: Sequence[Quote], apart: Set[str]) -> list[Quote]:
    """Link each quote that stands apart to the one of the running text that it repeats, maybe shortened.

    ``apart`` are the ids of those in headings and in block quotations (a pull quote). A heading that names no
    speaker takes over the speaker of a quote that it repeats word for word.
    """
    words = {quote.id: quote_words(text, quote) for quote in quotes}
    bodies = {quote.id: quote for quote in quotes if quote.id not in apart}
    postings: dict[str, list[str]] = defaultdict(list)
    for identifier in bodies:
        for word in dict.fromkeys(words[identifier]):
            postings[word].append(identifier)
    return [_linked(quote, words, bodies, postings) if quote.id in apart else quote for quote in quotes]


def quote_words(text: str, quote: Quote) -> tuple[str, ...]:
    """Return the words of a quote in lower case, apostrophes straightened."""
    said = " ".join(span.of(text) for span in quote.content)
    return tuple(word.lower().replace("’", "'") for word in WORD.findall(said))


def _linked(
    quote: Quote,
    words: Mapping[str, tuple[str, ...]],
    bodies: Mapping[str, Quote],
    postings: Mapping[str, Sequence[str]],
) -> Quote:
    mine = words[quote.id]
    shared = Counter(
        identifier
        for word in dict.fromkeys(mine)
        if len(postings.get(word, ())) <= COMMON
        for identifier in postings.get(word, ())
    )
    if not shared:
        return quote
    best, count = max(shared.items(), key=lambda item: item[1])
    if count < LEAST_SHARED_WORDS or count < LEAST_SHARED_PART * len(set(mine)):
        return quote
    if not quote.in_headline and quote.speaker not in {None, bodies[best].speaker}:
        return quote
    verbatim = f" {' '.join(mine)} " in f" {' '.join(words[best])} "
    if quote.speaker is None and quote.source is None and verbatim and bodies[best].speaker:
        return replace(quote, repeats=best, speaker=bodies[best].speaker, speaker_rule="repeats-body")
    return replace(quote, repeats=best)


def renumbered(quotes: Sequence[Quote], speakers: Sequence[Speaker]) -> Extraction:
    """Keep the speakers who are quoted, in order of first quote, and number them from ``s1``."""
    by_id = {speaker.id: speaker for speaker in speakers}
    order = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)
    new = {old: f"s{number}" for number, old in enumerate(order, 1)}
    return Extraction(
        quotes=tuple(replace(q, speaker=new[q.speaker] if q.speaker else None) for q in quotes),
        speakers=tuple(replace(by_id[old], id=identifier) for old, identifier in new.items()),
    )
