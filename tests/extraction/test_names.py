"""Names told to be one person's or not, and words folded, without any model."""

from __future__ import annotations

import pytest

from service.extraction.people.names import agree, name_gender, parse_name
from service.extraction.people.spellings import UNLIKE, fold


@pytest.mark.parametrize(
    ("word", "folded"),
    [("O’Néill", "oneill"), ("Ǣthelred", "aethelred"), ("Ǿre", "ore"), ("Łódź", "lodz"), ("ﬁnn", "finn")],
)
def test_folding_goes_to_the_end(word: str, folded: str) -> None:
    assert fold(word) == folded == fold(folded)


@pytest.mark.parametrize(
    ("first", "second", "one_person"),
    [
        ("Karel W. Dvorsky", "Karel H. W. Dvorsky", False),
        ("Karel W. Dvorsky", "Karel Dvorsky", True),
        ("Karel Walter Dvorsky", "Karel W. Dvorsky", True),
        ("Otis Grady Jr.", "Otis Grady Sr.", False),
        ("Haidar Abdul-Karim al-Jubouri", "Al-Jubouri", False),
        ("Haidar Abdul-Karim al-Jubouri", "Haidar Al-Jubouri", True),
    ],
)
def test_initials_and_suffixes_tell_people_apart(first: str, second: str, one_person: bool) -> None:
    names = [parse_name(first), parse_name(second)]
    assert names[0] is not None
    assert names[1] is not None
    assert (agree(names[0], names[1]) != UNLIKE) is one_person


@pytest.mark.parametrize(
    ("text", "gender"), [("Anna Keller", "female"), ("T. Maria Fox", "female"), ("Tal", None)]
)
def test_the_given_name_tells_the_gender(text: str, gender: str | None) -> None:
    name = parse_name(text)
    assert name is not None
    assert name_gender(name) == gender
