"""The files in which worker processes count. Those of the dead are added up in one, or they would pile up."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import mark_process_dead


@contextmanager
def locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the folder's lock, alone or with others who only read. A process that dies lets go of it."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def bury(folder: Path, pid: int) -> None:
    """Take a dead process out of the gauges, and add what it counted to what the dead before it did.

    Raises what reading a broken file raises, and removes it all the same: no reader would get past it.
    Under the lock, as a reader that saw its counts twice or not at all would take that for a restart.
    """
    with locked(folder, alone=True):
        mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
        for kind in ("counter", "histogram"):
            file = folder / f"{kind}_{pid}.db"
            if file.exists():
                try:
                    _add(file, folder / f"{kind}_dead.db")
                finally:
                    file.unlink()


def _add(file: Path, to: Path) -> None:
    with closing(MmapedDict(str(to))) as total:  # type: ignore[no-untyped-call]
        for key, value, at, _ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
            total.write_value(key, total.read_value(key)[0] + value, at)  # type: ignore[no-untyped-call]
