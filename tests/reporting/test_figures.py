"""What a report counts, and whom it takes for one person."""

from __future__ import annotations

from typing import Any

import pytest
from sample_report import results
from sample_results import speaker

from service.reporting.figures import report
from service.reporting.people import join_speakers
from service.reporting.request import load_result


def figures() -> dict[str, Any]:
    return report([load_result(each) for each in results()])


def by_name(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    return {row["name"]: (row["speakers"], row["quotes"]) for row in rows}


def test_totals_leave_out_what_a_headline_repeats() -> None:
    found = figures()
    assert (found["articles"], found["quotes"], found["words"]) == (3, 9, 23)


def test_quotes_are_counted_by_kind_naming_and_type() -> None:
    found = figures()
    assert by_name(found["by_kind"]) == {
        "person": (3, 5),
        "organisation": (1, 1),
        "group": (0, 0),
        "unnamed": (2, 2),
        "none": (0, 1),
    }
    assert by_name(found["by_naming"]) == {"named": (4, 6), "unnamed": (2, 2), "none": (0, 1)}
    assert by_name(found["by_type"]) == {"direct": (6, 7), "mixed": (1, 1), "indirect": (1, 1)}
    assert sum(row["share"] for row in found["by_kind"]) == pytest.approx(1, abs=0.001)


def test_pronouns_are_those_stated_and_the_rest_is_not_guessed() -> None:
    assert by_name(figures()["by_pronoun"]) == {
        "she": (1, 2),
        "he": (1, 2),
        "they": (0, 0),
        "several": (0, 0),
        "none": (3, 3),
    }


def test_people_are_joined_by_identifier_and_full_name_whatever_the_accents() -> None:
    speakers = {(each["name"], each["identifier"]): each for each in figures()["speakers"]}
    solberg = speakers["Ingrid Aas Solberg", None]
    assert (solberg["quotes"], solberg["words"], solberg["articles"]) == (2, 9, [0, 1])
    bell = speakers["Tom Bell", "id-tom"]
    assert (bell["quotes"], bell["articles"], bell["repeated"], bell["aliases"]) == (
        2,
        [0, 1],
        True,
        ["T. Bell"],
    )
    assert speakers["Tom Bell", "id-other"]["articles"] == [2]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ({"called": "Ann Lee"}, {"called": "ANN LEE"}, True),
        ({"called": "Ann Lee"}, {"called": "Ann Mary Lee", "aliases": ["Ann Lée"]}, True),
        ({"called": "Ann Lee"}, {"called": "Ann Mary Lee"}, False),
        ({"called": "Lee"}, {"called": "Lee"}, False),
        ({"called": "Ann Lee", "aliases": ["Lee"]}, {"called": "Tom Lee", "aliases": ["Lee"]}, False),
        ({"called": "Ann Lee", "identifier": "1"}, {"called": "A. Lee", "identifier": "1"}, True),
        ({"called": "Ann Lee", "identifier": "1"}, {"called": "Ann Lee", "identifier": "2"}, False),
        ({"called": "Ann Lee", "identifier": "1"}, {"called": "Ann Lee"}, True),
        ({"called": "Ann Lee"}, {"called": "Ann Lee", "kind": "organisation"}, False),
        ({"called": "NASA", "kind": "organisation"}, {"called": "Nasa", "kind": "organisation"}, True),
        ({"called": "a resident", "kind": "unnamed"}, {"called": "a resident", "kind": "unnamed"}, False),
        ({"called": "two residents", "kind": "group"}, {"called": "two residents", "kind": "group"}, False),
    ],
)
def test_who_is_one_person(first: dict[str, Any], second: dict[str, Any], is_one: bool) -> None:
    found = [
        load_result({"quotes": [], "speakers": [speaker("s1", quotes=[], **{"kind": "person", **each})]})
        for each in (first, second)
    ]
    assert len(join_speakers(found)) == (1 if is_one else 2)


def test_a_name_that_two_identifiers_share_joins_nobody_to_either() -> None:
    found = [
        load_result(
            {"quotes": [], "speakers": [speaker("s1", "Ann Lee", "person", [], identifier=identifier)]}
        )
        for identifier in ("1", "2", None)
    ]
    assert len(join_speakers(found)) == 3


def test_first_time_and_repeated_speakers_of_each_article() -> None:
    counts = [
        (row["id"], row["quotes"], row["first_time"], row["repeated"]) for row in figures()["per_article"]
    ]
    assert counts == [("a1", 4, 3, 0), ("a2", 4, 2, 2), ("a3", 1, 1, 0)]


def test_roles_are_counted_whatever_their_case() -> None:
    assert by_name(figures()["by_role"]) == {"mayor": (1, 2)}
