"""Results of three articles, in which the same people come under several names."""

from __future__ import annotations

from typing import Any

from sample_results import quote, speaker


def result(
    number: int, speakers: list[dict[str, Any]], *said: tuple[str, str, str | None], **more: Any
) -> dict[str, Any]:
    quotes = [quote(n, kind, who, "a", text=words) for n, (kind, words, who) in enumerate(said, 1)]
    return {
        "id": f"a{number}",
        "url": None,
        "digest": "ab" * 32,
        "engine": {},
        "language": "en",
        "offset_unit": "codepoint",
        "quotes": quotes,
        "speakers": speakers,
        "warnings": [],
        **more,
    }


def results() -> list[dict[str, Any]]:
    first = result(
        1,
        [
            speaker("s1", "Ingrid Solberg", "person", [], role="mayor", pronouns=["she", "her"]),
            speaker("s2", "Tom Bell", "person", [], identifier="id-tom", pronouns=["he"]),
            speaker("s3", "a senior official", "unnamed", []),
        ],
        ("direct", "“We will not raise fares.”", "s1"),
        ("indirect", "that fares may rise", "s2"),
        ("direct", "“No.”", "s3"),
        ("direct", "“Nobody asked us.”", None),
    )
    second = result(
        2,
        [
            speaker("s1", "Ingrid Aas Solberg", "person", [], aliases=["Ingrid Sølberg"], role="Mayor"),
            speaker("s2", "T. Bell", "person", [], identifier="id-tom"),
            speaker("s3", "a senior official", "unnamed", []),
            speaker("s4", "Halland Lines", "organisation", []),
        ],
        ("mixed", "a “very” long day", "s1"),
        ("direct", "“Yes, yes.”", "s2"),
        ("direct", "“Maybe.”", "s3"),
        ("direct", "“We sail.”", "s4"),
    )
    third = result(
        3, [speaker("s1", "Tom Bell", "person", [], identifier="id-other")], ("direct", "“Me.”", "s1")
    )
    third["quotes"].append({**third["quotes"][0], "id": "q2", "repeats": "q1"})
    return [first, second, third]
