"""A body that no well-meaning caller sends, and what must be answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
TEXT = "“The bridge is safe,” said Ines Okafor, the mayor."
HTML = f"<p>{TEXT}</p>"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One body. ``problem`` is the last part of the problem's type, None where there must be a result.

    ``pointer`` is that of the first fault, for problems that list faults.
    """

    name: str
    body: bytes
    status: int = 200
    problem: str | None = None
    pointer: str | None = None
    content_type: str | None = JSON
    headers: dict[str, str] = field(default_factory=dict)


def article(**members: Any) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode("utf-8", "surrogatepass")
