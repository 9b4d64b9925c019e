"""Packages that not everybody needs: asked for where they are used, and missed with what to install."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from service.errors import NotInstalled


def needed(module: str, *, extra: str, purpose: str) -> ModuleType:
    """Return a module that comes with an extra. Raises ``NotInstalled``, which names the extra."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise NotInstalled(f'{purpose} needs: pip install "quote-attribution[{extra}]".') from None
