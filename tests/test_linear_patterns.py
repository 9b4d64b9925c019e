"""Every pattern that reads an article takes time in proportion to it, whatever it is fed.

Each compiled pattern of ``service.documents`` and ``service.extraction`` reads texts that repeat one piece,
four times as long at each step, as the code uses it: searching, or matching at one place. A step may take
nine times as long as the one before; quadratic would be sixteen.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from types import ModuleType

import pytest

import service.documents
import service.extraction

SIZES = (60, 240, 960, 3_840)
MOST = 9
SECONDS_THAT_COUNT = 0.001
"""What takes less is too quick to compare; a quadratic pattern takes more at the largest size."""

BOUNDED = {
    "_CREDIT": "searched in the last MAX_CREDIT code points",
    "_ENDS_CLAUSE": "searched in the last MAX_TAIL code points",
    "_LAST_WORD": "searched in 30 code points",
    "_NICKNAME": "searched in a name, which has a few words",
}
"""Patterns that the code never gives more than a few code points."""

PIECES = (
    *(" ", "\t", "\u00a0", "\n", "a", "A", "1", "_", ".", ",", "-", "'", '"', "“", "”", "(", "[", "<", ">"),
    *("a ", "A ", "Aa ", "a.", "A.", "a-", "a,", "a'", "1,", "1.", " ,", " -", ". ", "—", "!”", "a, ", "#a"),
    *("(a", "Mr ", "the a ", "said ", "he said ", ", said", "<a ", "&lt", "www.", "a@a.", "1/", "1:", "| "),
)
TAILS = ("", "\x01", " z!")
SEARCHES = r"\.(?:search|finditer|findall|sub|subn|split)\b"


def modules() -> list[ModuleType]:
    packages = (service.documents, service.extraction)
    found = (item for each in packages for item in pkgutil.walk_packages(each.__path__, each.__name__ + "."))
    return [importlib.import_module(item.name) for item in found]


def patterns() -> list[tuple[str, re.Pattern[str], bool]]:
    """Return the patterns of all modules: module and name, the pattern, whether it searches."""
    found = {}
    for module in modules():
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            searches = re.search(rf"\b{name}{SEARCHES}", source) is not None
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, re.Pattern) and name not in BOUNDED:
                    found[each.pattern, searches] = (f"{module.__name__}.{name}", each, searches)
    return sorted(found.values(), key=lambda item: (item[0], item[1].pattern))


def seconds(pattern: re.Pattern[str], text: str, *, searches: bool) -> float:
    start = time.process_time()
    if searches:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - start


def grows_faster(pattern: re.Pattern[str], piece: str, tail: str, *, searches: bool) -> bool:
    """Tell whether a step in length costs more than its share; the first that does ends the trial."""
    before = 0.0
    for size in SIZES:
        text = piece * (size // len(piece)) + tail
        taken = seconds(pattern, text, searches=searches)
        if taken > SECONDS_THAT_COUNT and taken > MOST * before:
            taken = min(seconds(pattern, text, searches=searches) for _ in range(12))
            if taken > SECONDS_THAT_COUNT and taken > MOST * before:
                return True
        before = max(taken, SECONDS_THAT_COUNT / MOST / 4)
    return False


@pytest.mark.parametrize(("name", "pattern", "searches"), patterns())
def test_takes_time_in_proportion(name: str, pattern: re.Pattern[str], searches: bool) -> None:
    slow = [(p, t) for p in PIECES for t in TAILS if grows_faster(pattern, p, t, searches=searches)]
    assert not slow, f"{name} on {slow}"
