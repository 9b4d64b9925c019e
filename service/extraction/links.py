"""Attributions that follow others are led back to them by their places in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.extraction.models import Attribution


def kept(found: Sequence[Attribution], places: Sequence[int]) -> tuple[Attribution, ...]:
    """Return the attributions at ``places``, in that order; what followed one left out follows nobody."""
    moved = {old: new for new, old in enumerate(places)}
    return tuple(
        replace(one, follows=None if one.follows is None else moved.get(one.follows))
        for one in (found[old] for old in places)
    )
