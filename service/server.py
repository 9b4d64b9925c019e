"""The one way to start the server: ``quotes serve``, ``make serve`` and the container all come here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NoReturn

from service.config import Settings

COMMAND = ("-m", "gunicorn", "--config", "python:service.gunicorn_config", "service.wsgi:app")

ALLOCATION = {"MALLOC_ARENA_MAX": "1"}
"""One article is read at a time, by whichever thread: an arena for each would keep what all have freed."""


def serve(environ: Mapping[str, str]) -> NoReturn:
    """Become the server, with the settings in ``environ``. Raises ``ConfigurationError`` before it does.

    The process is replaced, so that signals reach gunicorn, and BLAS and malloc read their settings anew.
    """
    Settings.from_env(environ)
    given = {**ALLOCATION, **environ}
    os.execve(sys.executable, [sys.executable, *COMMAND], given)  # noqa: S606 - no shell is wanted
