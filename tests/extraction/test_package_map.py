"""The map in the package's docstring names every module, and no module that is gone."""

from __future__ import annotations

import pkgutil
import re

from service import extraction


def test_the_map_names_every_module_and_no_other() -> None:
    modules = {module.name for module in pkgutil.iter_modules(extraction.__path__)}
    named = set(re.findall(r"``(\w+)``", extraction.__doc__ or ""))
    assert named == modules
