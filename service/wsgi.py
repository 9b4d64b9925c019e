"""What gunicorn loads: the application, made from the environment, with its logs set up first."""

from __future__ import annotations

import os

from service.app import create_app
from service.config import Settings
from service.observability import configure_logging, log

settings = Settings.from_env(os.environ)
configure_logging(settings.log_level)
log().info("configured", **settings.masked())
app = create_app(settings)
