"""API keys: what an entry may be, and which key is found."""

from __future__ import annotations

import re

import pytest

from service.keys import ApiKey, KeyRing, digest_of, make_key, parse_keys

ONE, TWO = make_key(), make_key()


def test_a_key_is_long_and_new_each_time() -> None:
    assert ONE != TWO
    assert re.fullmatch(r"qa_[\w-]{43}", ONE)


def test_a_digest_is_sha_256() -> None:
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_entries_are_read_and_written_alike() -> None:
    entries = f"cms:{digest_of(ONE)},prometheus:{digest_of(TWO)}:metrics"
    keys = parse_keys(entries)
    assert keys == (ApiKey("cms", digest_of(ONE)), ApiKey("prometheus", digest_of(TWO), "metrics"))
    assert ",".join(map(str, keys)) == entries
    assert parse_keys(" ") == ()


@pytest.mark.parametrize(
    "entry",
    [
        "cms",
        f"cms:{ONE}",
        f":{'0' * 64}",
        f"c m s:{'0' * 64}",
        f"cms:{'0' * 63}",
        f"cms:{'A' * 64}",
        f"cms:{'0' * 64}:all",
        f"cms:{'0' * 64}:",
        f"cms:{'0' * 64},",
    ],
)
def test_any_other_entry_is_refused_without_being_repeated(entry: str) -> None:
    with pytest.raises(ValueError, match="NAME:DIGEST") as caught:
        parse_keys(entry)
    assert entry not in str(caught.value)


def test_a_ring_finds_the_keys_on_it_and_no_other() -> None:
    ring = KeyRing(parse_keys(f"cms:{digest_of(ONE)},desk:{digest_of(TWO)}"))
    assert [ring.find(key).name for key in (ONE, TWO)] == ["cms", "desk"]
    for wrong in ("", make_key(), ONE[:-1], ONE + "x", digest_of(ONE), "é"):
        assert ring.find(wrong) is None


def test_every_key_is_compared_wherever_the_right_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    monkeypatch.setattr("service.keys.hmac.compare_digest", lambda a, b: compared.append(a) or a == b)
    keys = [ApiKey(name, digest_of(name)) for name in ("first", "second", "third")]
    for presented in ("first", "third", "none"):
        compared.clear()
        KeyRing(keys).find(presented)
        assert compared == [key.digest for key in keys]


def test_what_no_key_is_listed_for_is_open() -> None:
    assert not KeyRing().guards("quotes")
    reader = KeyRing([ApiKey("cms", "0" * 64)])
    assert reader.guards("quotes")
    assert not reader.guards("metrics")
