"""Results made by hand: every kind of speaker and quotation, words that mean something in some format."""

from __future__ import annotations

from typing import Any

TEXT = (
    "Ferry <b>fares</b> & more 😀\n\n"
    "“We will not raise fares,” said Ingrid Solberg, the mayor. “Not “ever”, I mean.”\n\n"
    "Halland Lines said that fares “may well rise” in May.\n\n"
    "“=1+1 is what it costs,\n\n"
    "“-2 at night,” a senior official said.\n\n"
    "Residents called it a disgrace. “Nobody asked us.”"
)


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def quote(number: int, kind: str, speaker: str | None, *content: str, **more: Any) -> dict[str, Any]:
    spans = [span(words) for words in content]
    return {
        "id": f"q{number}",
        "type": kind,
        "mode": "speech",
        "text": " ".join(" ".join(each["text"] for each in spans).split()),
        "content": spans,
        "cue": None,
        "source": None,
        "speaker": speaker,
        "confidence": 0.75,
        "rule": "cue-after",
        "speaker_rule": None,
        "paragraph": number,
        "in_headline": False,
        "repeats": None,
        **more,
    }


def speaker(name: str, called: str, kind: str, quotes: list[str], **more: Any) -> dict[str, Any]:
    empty = {"role": None, "aliases": [], "identifier": None, "pronouns": []}
    return {"id": name, "name": called, "kind": kind, **empty, "quotes": quotes, "words_quoted": 5, **more}


def sample(**more: Any) -> dict[str, Any]:
    """Return a result with offsets in code points; ``more`` replaces members of it."""
    quotes = [
        quote(
            1,
            "direct",
            "s1",
            "“We will not raise fares,”",
            "“Not “ever”, I mean.”",
            cue=span("said"),
            source=span("Ingrid Solberg"),
        ),
        quote(2, "mixed", "s2", "that fares “may well rise” in May", source=span("Halland Lines")),
        quote(3, "direct", "s3", "“=1+1 is what it costs,\n\n“-2 at night,”"),
        quote(4, "indirect", "s4", "it a disgrace", mode="writing"),
        quote(5, "direct", None, "“Nobody asked us.”"),
    ]
    speakers = [
        speaker(
            "s1",
            "Ingrid Solberg",
            "person",
            ["q1"],
            role="the <mayor>",
            aliases=["@Solberg"],
            identifier="https://people.example/ingrid-sølberg",
            pronouns=["she"],
        ),
        speaker("s2", "Halland Lines", "organisation", ["q2"], role="ferry company", identifier="org-7"),
        speaker("s3", "a senior official", "unnamed", ["q3"]),
        speaker("s4", "Residents", "group", ["q4"]),
    ]
    result = {
        "id": "=ferry",
        "url": "https://news.example/ferry?a=1&b=ø",
        "digest": "ab" * 32,
        "language": "en",
        "offset_unit": "codepoint",
        "quotes": quotes,
        "speakers": speakers,
        "warnings": [],
        "text": TEXT,
    }
    return {**result, **more}
