"""Kinds of settings: how each is read, what is allowed in words, and the check of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError
from marshmallow.validate import OneOf, Range, Regexp

from service.keys import parse_keys
from service.redis_client import check_url


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is read: the name of environs' parser, what is allowed in words, and the check of it."""

    parser: str
    allowed: str
    check: Callable[[Any], Any]


def whole(low: int, high: int) -> Kind:
    """A whole number from ``low`` to ``high``."""
    return Kind("int", f"a whole number from {low:,} to {high:,}", Range(low, high))


def number(low: float, high: float) -> Kind:
    """A number from ``low`` to ``high``."""
    return Kind("float", f"a number from {low:g} to {high:g}", Range(low, high))


def choice(*values: str) -> Kind:
    """One of ``values``."""
    return Kind("str", "one of " + ", ".join(values), OneOf(values))


def matching(pattern: str, allowed: str) -> Kind:
    """A string that ``pattern`` matches from end to end."""
    return Kind("str", allowed, Regexp(rf"(?:{pattern})\Z"))


def _check_address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not re.fullmatch(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+", host):
        raise ValidationError("no host")
    if not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65_535:
        raise ValidationError("no port")
    return value


def _check_redis_url(value: str) -> str:
    if value:
        check_url(value)
    return value


def _check_keys(value: str) -> str:
    parse_keys(value)
    return value


ORIGIN = r"https?://[a-z0-9.-]+(:[0-9]{1,5})?"
ORIGINS = matching(
    rf"|{ORIGIN}(,{ORIGIN})*", "origins such as https://cms.example, in lower case, separated by commas"
)
BIND = Kind("str", "host:port, such as 127.0.0.1:8080", _check_address)
REDIS = Kind(
    "str",
    "a URL: redis://host:6379/0, unix://path, redis+sentinel://host:26379,host:26379/service or "
    "redis+cluster://host:6379; with TLS rediss…",
    _check_redis_url,
)
KEYS = Kind("str", "entries as `quotes key NAME` prints them, separated by commas", _check_keys)
RATE = matching(
    r"|[1-9][0-9]{0,8}/(second|minute|hour|day)", "a number a second, minute, hour or day, such as 600/minute"
)
FILE = Kind("str", "the path of a file", str)
MODEL = matching(r"[A-Za-z0-9_.-]+", "the name of an installed spaCy pipeline")
