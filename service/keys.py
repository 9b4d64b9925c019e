"""API keys: made here, kept as digests by the operator, compared in constant time, told apart by name."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal["quotes", "metrics"]

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SCOPES = get_args(Scope)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the operator lists it. ``scope`` is what it opens: what is under ``/v1``, or ``/metrics``."""

    name: str
    digest: str
    scope: Scope = "quotes"

    @classmethod
    def parse(cls, entry: str) -> ApiKey:
        """Read ``NAME:DIGEST`` or ``NAME:DIGEST:SCOPE``. Raises ``ValueError``, without the entry."""
        name, digest, scope = (*entry.strip().split(":", 2), "quotes", "")[:3]
        if not (_NAME.fullmatch(name) and _DIGEST.fullmatch(digest) and scope in _SCOPES):
            raise ValueError("no NAME:DIGEST or NAME:DIGEST:metrics")
        return cls(name, digest, scope)  # type: ignore[arg-type]

    def __str__(self) -> str:
        """Return the entry that ``parse`` reads."""
        return ":".join([self.name, self.digest, *([] if self.scope == "quotes" else [self.scope])])


def parse_keys(entries: str) -> tuple[ApiKey, ...]:
    """Read entries that commas separate. Raises ``ValueError``."""
    return tuple(map(ApiKey.parse, entries.split(","))) if entries.strip() else ()


def make_key() -> str:
    """Return a new key of 256 random bits: nobody guesses it, so that one SHA-256 is digest enough."""
    return f"qa_{secrets.token_urlsafe(32)}"


def digest_of(key: str) -> str:
    """Return a key's SHA-256 in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


class KeyRing:
    """The keys that are valid now. What no key is listed for is open to everybody."""

    def __init__(self, keys: Sequence[ApiKey] = ()) -> None:
        self._keys = tuple(keys)
        self._guarded = frozenset(key.scope for key in keys)

    def guards(self, scope: Scope) -> bool:
        """Tell whether a key is needed."""
        return scope in self._guarded

    def find(self, presented: str) -> ApiKey | None:
        """Return the key that was presented, if it is one. Compares with all, however early one fits."""
        digest = digest_of(presented)
        found = [key for key in self._keys if hmac.compare_digest(key.digest, digest)]
        return found[0] if found else None
