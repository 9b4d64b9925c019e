"""Surnames of one person in another gender or case, as machine translation leaves them."""

import pytest

from service.extraction.people.names import agree, parse_name
from service.extraction.people.spellings import UNLIKE, declined


@pytest.mark.parametrize(
    ("first", "second"),
    [("zavyalov", "zavyalova"), ("larina", "larin"), ("zelensky", "zelenskogo"), ("belskaya", "belskiy")],
)
def test_one_surname(first: str, second: str) -> None:
    assert declined(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("zavyalov", "zavyalov"), ("costa", "cost"), ("martin", "martini"), ("petrov", "pavlova"), ("a", "")],
)
def test_two_surnames_or_the_same_word(first: str, second: str) -> None:
    assert not declined(first, second)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Irina Zavyalov", "Irina Zavyalova", True),
        ("Oleg Petrov", "Olga Petrova", False),
        ("Alexander Petrov", "Alexandra Petrova", False),
    ],
)
def test_full_names(first: str, second: str, same: bool) -> None:
    mine, yours = parse_name(first), parse_name(second)
    assert mine is not None and yours is not None
    assert (agree(mine, yours) != UNLIKE) is same
