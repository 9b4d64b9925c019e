"""The contract, ``openapi.yaml``: one file at the top of the repository, copied in when a wheel is built."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def contract() -> bytes:
    """Return the contract's bytes, from the installed package or, in a checkout, from beside it."""
    installed = _HERE / "openapi.yaml"
    return (installed if installed.exists() else _HERE.parent / "openapi.yaml").read_bytes()
