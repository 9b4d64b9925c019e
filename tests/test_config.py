"""Settings: what is read, what is refused and how clearly, and what never shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.config import ConfigurationError, Settings, options, table


def test_every_option_is_read_from_its_own_variable() -> None:
    variables = [option.variable for _, option in options()]
    assert len(set(variables)) == len(variables)
    given = {"QUOTES_BIND": "[::1]:9000", "QUOTES_THREADS": "8", "QUOTES_DEADLINE_SECONDS": "2.5"}
    settings = Settings.from_env({**given, "UNRELATED": "x"})
    assert (settings.bind, settings.threads, settings.deadline_seconds) == ("[::1]:9000", 8, 2.5)
    assert settings.cache_ttl_seconds == Settings().cache_ttl_seconds


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("QUOTES_BIND", "8080"),
        ("QUOTES_BIND", "localhost:99999"),
        ("QUOTES_BIND", ":8080"),
        ("QUOTES_WORKERS", "0"),
        ("QUOTES_WORKERS", "two"),
        ("QUOTES_WORKERS", ""),
        ("QUOTES_THREADS", "3"),
        ("QUOTES_DEADLINE_SECONDS", "nan"),
        ("QUOTES_DEADLINE_SECONDS", "-1"),
        ("QUOTES_LOG_LEVEL", "loud"),
        ("QUOTES_CACHE_BYTES", "64MB"),
        ("SPACY_MODEL", "../model"),
        ("REDIS_URL", "http://cache"),
        ("REDIS_URL", "redis://cache:port/0"),
    ],
)
def test_an_invalid_setting_is_named_with_its_value_and_what_is_allowed(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_env({variable: value})
    assert str(caught.value).startswith(f"{variable}={value}: must be ")


def test_all_invalid_settings_are_named_at_once() -> None:
    with pytest.raises(ConfigurationError, match=r"(?s)QUOTES_WORKERS=x.*QUOTES_THREADS=y"):
        Settings.from_env({"QUOTES_WORKERS": "x", "QUOTES_THREADS": "y"})


def test_limits_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="at least 200000"):
        Settings.from_env({"QUOTES_CHARACTERS_IN_FLIGHT": "150000"})


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:hunter2@cache:6379/0",
        "rediss://:hunter2@cache",
        "redis://:hun@hunter2@cache",
        "unix:///run/redis.sock?password=hunter2&db=1",
        "hunter2",
        "redis://user:hunter2@cache:port",
    ],
)
def test_a_password_never_shows(url: str) -> None:
    try:
        shown = str(Settings.from_env({"REDIS_URL": url}).masked())
    except ConfigurationError as error:
        shown = str(error)
    assert "hunter2" not in shown
    assert "REDIS_URL" in shown


def test_the_table_lists_every_option_once() -> None:
    rows = table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [option.variable for _, option in options()]
    assert all(len(row.split(" | ")) == 4 for row in rows)


def test_the_documentation_lists_the_options_as_they_are() -> None:
    assert table() in Path("docs/configuration.md").read_text()
