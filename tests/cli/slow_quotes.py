"""The command ``quotes`` with the stand-in model, a pause an article: for tests that kill it."""

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import FakeExtractor

from service import app
from service.cli import main
from service.config import Settings
from service.engine import Engine


def build_engine(settings: Settings) -> Engine:
    pause = float(os.environ["PAUSE"])
    return Engine(FakeExtractor(lambda article, checkpoint: time.sleep(pause)), limits=settings.limits)


# A shell starts what runs in its background with interrupts ignored, and so all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
app.build_engine = build_engine
main(prog_name="quotes")
