"""``quotes key``: a key for the caller, an entry for the operator."""

import pytest

from service.keys import ApiKey, KeyRing, parse_keys


@pytest.mark.parametrize(("flags", "scope"), [([], "quotes"), (["--metrics"], "metrics")])
def test_what_is_printed_fits_together(quotes, flags, scope):
    run = quotes("key", "cms", *flags)
    assert run.exit_code == 0
    key, entry = run.stdout.splitlines()
    (found,) = parse_keys(entry)
    assert found == ApiKey("cms", found.digest, scope)
    assert KeyRing([found]).find(key) == found
    assert key not in entry
    assert "QUOTES_API_KEYS" in run.stderr


@pytest.mark.parametrize("name", ["a b", "a:b", "", "x" * 41])
def test_a_name_that_cannot_be_listed_is_refused(quotes, name):
    run = quotes("key", name)
    assert run.exit_code == 2
    assert "letters, digits" in run.stderr
