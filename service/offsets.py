"""Offsets in the unit that a caller counts in. Inside the service an offset is always in code points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from service.schemas import OffsetUnit

Conversion = Callable[[int], int]
Array = npt.NDArray[Any]


def conversion(text: str, unit: OffsetUnit) -> Conversion:
    """Return a function from code-point offsets into ``text`` to offsets in ``unit``.

    Preparing takes time linear in the text, each conversion constant time. ``text`` must have no unpaired
    surrogates. UTF-16 counts code units, so two for a character beyond the Basic Multilingual Plane.
    """
    if unit == "codepoint" or text.isascii():
        return _unchanged
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    widths: Array = 1 + (points > 0xFFFF) if unit == "utf16" else _utf8_widths(points)
    before = np.concatenate(([0], np.cumsum(widths)))
    return lambda offset: int(before[offset])


def _unchanged(offset: int) -> int:
    return offset


def _utf8_widths(points: Array) -> Array:
    return 1 + (points > 0x7F) + (points > 0x7FF).astype(np.int64) + (points > 0xFFFF)
