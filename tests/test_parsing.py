"""JSON is read strictly; any bytes either are one value or a problem."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import MalformedJson
from service.parsing import parse_json, shown

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_it_was_written(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_a_problem(body: bytes) -> None:
    try:
        parse_json(body)
    except MalformedJson as error:
        assert error.problem()["status"] == 400


@pytest.mark.parametrize(
    "body", [b"Infinity", b"[-Infinity]", b'{"a": {"b": 1, "b": 1}}', b"'a'", b"{a: 1}", b"[1,]"]
)
def test_what_the_standard_does_not_allow_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedJson):
        parse_json(body)


@given(st.text() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_what_is_shown_is_short_plain_ascii(value: object) -> None:
    text = shown(value)
    assert len(text) <= 61
    assert text.rstrip("…").isascii()
