"""What follows another attribution still does when others are left out of the list."""

from service.extraction.links import kept
from service.extraction.models import Attribution, Span


def one(start: int, follows: int | None) -> Attribution:
    return Attribution((Span(start, start + 5),), None, None, "follow-on", 0.5, "speech", follows=follows)


def test_places_move_up() -> None:
    found = [one(0, None), one(10, None), one(20, 1), one(30, 2)]
    assert [(a.content[0].start, a.follows) for a in kept(found, [1, 2, 3])] == [(10, None), (20, 0), (30, 1)]


def test_what_followed_one_left_out_follows_nobody() -> None:
    found = [one(0, None), one(10, 0), one(20, 1)]
    assert [a.follows for a in kept(found, [0, 2])] == [None, None]


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], []) == ()
