"""Run atheris on one target: ``python tests/fuzzing/fuzz.py TARGET SECONDS [FOLDER]``.

What is found is written to FOLDER, by default the working directory. Move it to ``tests/fuzzing/findings/``
as ``TARGET-NAME``; from then on it is a test.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

with atheris.instrument_imports(include=["service.documents", "service.extraction"]):
    from fuzz_targets import SEEDS, TARGETS

HANG_SECONDS = 20
MEMORY_MEGABYTES = 2_000


def main() -> None:
    target, seconds, *rest = sys.argv[1:]
    folder = Path(*rest)
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as grown:
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={HANG_SECONDS}",
            f"-rss_limit_mb={MEMORY_MEGABYTES}",
            f"-artifact_prefix={folder}/{target}-",
            f"-dict={HERE}/{SEEDS[target]}.dict",
            "-max_len=6000",
            "-seed=1",
        ]
        atheris.Setup([sys.argv[0], *options, grown, str(HERE / "seeds" / SEEDS[target])], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
