"""What gunicorn loads: the application, made from the environment, with its logs set up first.

A setting that proves wrong only now (a model that is not installed, a file that cannot be read) ends the
start with its message.
"""

from __future__ import annotations

import os

from service.app import create_app
from service.config import ConfigurationError, Settings
from service.observability import configure_logging, log

settings = Settings.from_env(os.environ)
configure_logging(settings.log_level)
log().info("configured", **settings.masked())
try:
    app = create_app(settings)
except (ConfigurationError, OSError) as error:
    raise SystemExit(str(error)) from None
