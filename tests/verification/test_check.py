"""Quotes in their sources: what counts as the same words, where they are, who speaks there."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.verification.check import check
from service.verification.labels import Labels, agrees
from service.verification.models import Claim, Source

TRANSCRIPT = """MODERATOR: Welcome. Mayor Solberg, will fares rise?
MAYOR SOLBERG: We will not raise fares this year, and I said so in March. We have waited two winters for this.
[00:12:05] Tom Bell (Halland Lines): Fares may well rise in May; nobody has decided. It's a "well-known" risk.
MAYOR SOLBERG: Nobody   has decided.
"""


def look_up(
    *parts: str, names: tuple[str, ...] = (), sources: tuple[str, ...] = (TRANSCRIPT,)
) -> dict[str, Any]:
    texts = [Source(text=text) for text in sources]
    claim = Claim(id="q1", parts=parts, names=names)
    answer = check([claim], texts, [int] * len(texts), article_offset=int, checkpoint=lambda: None)
    [found] = answer["quotes"]
    assert sum(answer["summary"][status] for status in ("exact", "normalised", "altered", "absent")) == 1
    for part in found["parts"]:
        for passage in part["passages"]:
            if passage["text"] is not None:
                assert sources[passage["source"]][passage["start"] : passage["end"]] == passage["text"]
    return found


@pytest.mark.parametrize(
    ("words", "status", "passage"),
    [
        ("“We will not raise fares this year,”", "exact", "We will not raise fares this year"),
        ("we WILL not  raise\nfares", "normalised", "We will not raise fares"),
        ("It’s a ‘well known’ risk!", "normalised", 'It\'s a "well-known" risk'),
        ("We will raise fares this year", "altered", "We will not raise fares this year"),
        (
            "We won’t raise any fares this year, and I said so",
            "altered",
            "We will not raise fares this year, and I said so",
        ),
        (
            "We will not raise fares this years, and we said so in march",
            "altered",
            "We will not raise fares this year, and I said so in March",
        ),
        ("The bridge is a danger to everybody who crosses it", "absent", None),
        ("disgraceful", "absent", None),
        ("…", "absent", None),
    ],
)
def test_what_became_of_the_words(words: str, status: str, passage: str | None) -> None:
    found = look_up(words)
    assert (found["status"], found["parts"][0]["passages"][0]["text"]) == (status, passage)


def test_changes_lead_from_the_source_to_the_quote_word_by_word() -> None:
    [passage] = look_up("We will raise all fares this year,")["parts"][0]["passages"]
    assert [tuple(change.values()) for change in passage["changes"]] == [
        ("equal", "We will", "We will"),
        ("delete", "not", ""),
        ("equal", "raise", "raise"),
        ("insert", "", "all"),
        ("equal", "fares this year", "fares this year"),
    ]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("We have waited … for this", "normalised"),
        ("We have waited [...] for this", "normalised"),
        ("We have waited . . . for this.", "normalised"),
        ("for this … We have waited", "altered"),
        ("We have waited … for that and the other", "absent"),
        ("“… we have waited two winters …”", "normalised"),
        ("“[...] nobody has decided. …", "exact"),
        ("Nobody has decided … nobody has decided", "normalised"),
        ("Nobody has decided … nobody has decided … nobody has decided", "altered"),
    ],
)
def test_an_ellipsis_stands_for_words_left_out_between_others_in_order(words: str, status: str) -> None:
    assert look_up(words)["status"] == status


def test_a_piece_is_looked_for_after_the_one_before_it() -> None:
    found = look_up("We have waited … nobody has decided", sources=("Nobody has decided. " + TRANSCRIPT,))
    first, second = found["parts"][0]["passages"]
    assert found["status"] == "normalised"
    assert second["start"] > first["end"]


def test_a_quote_is_as_good_as_its_worst_part() -> None:
    found = look_up("We will not raise fares", "and the moon is made of cheese, too")
    assert [part["status"] for part in found["parts"]] == ["exact", "absent"]
    assert found["status"] == "absent"


def test_of_two_places_the_one_of_the_speaker_is_taken() -> None:
    for name, start in (("Tom Bell", "nobody has"), ("Ingrid Solberg", "Nobody   has")):
        found = look_up("nobody has decided", names=(name,))
        assert found["parts"][0]["passages"][0]["start"] == TRANSCRIPT.index(start)
        assert found["speaker_agrees"] is True


def test_the_best_of_several_sources_is_taken() -> None:
    found = look_up("Fares may well rise in June", sources=("Nothing.", "Fares may rise.", TRANSCRIPT))
    assert found["parts"][0]["passages"][0]["source"] == 2


@pytest.mark.parametrize(
    ("names", "label", "agreed"),
    [
        (("Ingrid Solberg",), "MAYOR SOLBERG", True),
        (("Ingrid Solberg",), "Ingrid", True),
        (("Ingrid Solberg",), "I. Solberg", True),
        (("Volodymyr Zelensky",), "President Zelenskyy", True),
        (("Ingrid Solberg",), "Tom Solberg", False),
        (("Ingrid Solberg",), "Mr Bell", False),
        (("the minister", "Ingrid Solberg"), "SOLBERG", True),
        (("Tom Bell",), "Tom Bell (Halland Lines)", True),
        (("Halland Lines",), "HALLAND LINES", True),
        (("Ingrid Solberg",), "MODERATOR", None),
        (("Ingrid Solberg",), "Q", None),
        ((), "SOLBERG", None),
        (("Ingrid Solberg",), None, None),
    ],
)
def test_labels_and_names(names: tuple[str, ...], label: str | None, agreed: bool | None) -> None:
    assert agrees(names, label) is agreed


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("SOLBERG: Yes.", "SOLBERG"),
        ("[00:12] Tom Bell: Yes.", "Tom Bell"),
        ("12:30 - Tom Bell: Yes.", "Tom Bell"),
        ("**Tom Bell**: Yes.", "Tom Bell"),
        ("Tom Bell (mayor):\nYes.", "Tom Bell (mayor)"),
        ("We said this: yes.", None),
        ("https://bell.example", None),
        ("Yes. Bell: No.", None),
        ("Dr. T. Bell: No.", "Dr. T. Bell"),
    ],
)
def test_labels_are_read_off_lines(line: str, label: str | None) -> None:
    assert Labels(line).at(len(line)) == label


VOCABULARY = ("the", "of", "we", "will", "fares", "not", "May", "1,000", "it’s", "café", "😀")
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12)


@given(
    WORDS,
    WORDS,
    WORDS,
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "\n", ", ", " “"]),
)
def test_words_that_are_there_are_found_whatever_their_case_and_marks(
    before, words, after, case, gap
) -> None:
    source = " ".join([*before, *words, *after])
    found = look_up(gap.join(case(word) for word in words), sources=(source,))
    assert found["status"] in ({"exact", "normalised"} if any(word != "😀" for word in words) else {"absent"})


@given(WORDS, WORDS)
def test_changes_add_up_to_passage_and_quote(source, quote) -> None:
    [passage] = look_up(" ".join(quote), sources=(" ".join(source),))["parts"][0]["passages"]
    if passage["status"] == "altered":
        for side, whole in (("source", passage["text"]), ("quote", " ".join(quote))):
            joined = " ".join(change[side] for change in passage["changes"] if change[side])
            assert joined.replace("😀", "").split() == whole.replace("😀", "").split()


def test_a_transcript_of_a_hundred_thousand_words() -> None:
    """Of 40 quotes in which a word was changed, each is found where it stands."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(5_000)]
    words = chance.choices(vocabulary, [1 / (rank + 1) for rank in range(5_000)], k=100_000)
    source = Source(text=" ".join(words))
    places = range(1_000, 100_000, 2_500)
    claims = [
        Claim(
            id=str(place),
            parts=(" ".join([*words[place : place + 12], "changed", *words[place + 13 : place + 25]]),),
        )
        for place in places
    ]
    found = check(claims, [source], [int], article_offset=int, checkpoint=lambda: None)["quotes"]
    starts = [quote["parts"][0]["passages"][0]["start"] for quote in found]
    assert starts == [len(" ".join(words[:place])) + 1 for place in places]
    assert {quote["status"] for quote in found} == {"altered"}
