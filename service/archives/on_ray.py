"""Archives beyond one machine: Ray Data reads Parquet, actors with the model answer it, and writes Parquet.

Ray runs a block of articles again when the process or the machine that had it dies, and a block's results are
written when all of it is done; ``answer_on_ray`` counts at the end that each article has one.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import orjson

from service.archives.keeping import FIELDS, row_of
from service.archives.lines import COLUMNS, ArticlesFileError, Line
from service.batch import ForeignOutputError, Tally, answer
from service.extras import needed

SPARE = 2
"""Processors that Ray is told of on one machine beside those of the actors, for reading and writing."""

ARTICLES_A_BLOCK = 100
"""Articles that go to one actor together, and are answered again when it dies. A whole
file would be one block to Ray, and keep one actor busy."""

ARTICLES_A_CALL = 16
"""Rows of a block that an actor is given at a time."""

RESULTS_A_FILE = 10_000
"""Least rows of a file of results, but for the last."""


class Reader:
    """An actor: it loads the model once, with the settings of its environment, and answers articles."""

    def __init__(self) -> None:
        from service.app import build_engine  # noqa: PLC0415 - on the actor's machine, in its process
        from service.config import Settings  # noqa: PLC0415
        from service.observability import configure_logging  # noqa: PLC0415

        configure_logging("error")
        self._engine = build_engine(Settings.from_env(os.environ))

    def __call__(self, articles: Any) -> Any:
        """Return a pyarrow table with a row of ``FIELDS`` for each row of a pyarrow table."""
        arrow = needed("pyarrow", extra="archive", purpose="Parquet")
        rows = [row_of(self._answer(row)) for row in articles.to_pylist()]
        types = {name: arrow.int64() if name == "quotes" else arrow.string() for name in FIELDS}
        return arrow.Table.from_pylist(rows, schema=arrow.schema(list(types.items())))

    def _answer(self, row: dict[str, Any]) -> bytes:
        body = orjson.dumps({name: value for name, value in row.items() if value is not None}, default=str)
        longest = self._engine.limits.body_bytes
        line = Line(0, body if len(body) <= longest else None, len(body))
        return answer(self._engine, line).body


def answer_on_ray(source: Path, target: Path, *, workers: int) -> Tally:
    """Answer the Parquet file, or folder of them, ``source`` into the folder ``target``, with so many actors.

    Runs on the cluster that ``RAY_ADDRESS`` names, else on this machine alone. Raises ``NotInstalled``
    without the extra ``archive``, ``ForeignOutputError`` if ``target`` holds anything, ``ArticlesFileError``
    if ``source`` has no articles, or if at the end not every one of them has its result.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ForeignOutputError("The output is not an empty folder.")
    here = _alone(workers) if not os.environ.get("RAY_ADDRESS") else {}
    ray = needed("ray", extra="archive", purpose="--engine ray")
    data = needed("ray.data", extra="archive", purpose="--engine ray")
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.init(log_to_driver=False, logging_level="error", **here)
    try:
        data.DataContext.get_current().enable_progress_bars = False
        articles = _articles(data, source)
        results = articles.repartition(target_num_rows_per_block=ARTICLES_A_BLOCK).map_batches(
            Reader,
            batch_size=ARTICLES_A_CALL,
            batch_format="pyarrow",
            compute=data.ActorPoolStrategy(size=workers),
        )
        results.write_parquet(str(target), min_rows_per_file=RESULTS_A_FILE)
        return _counted(articles.count(), data.read_parquet(str(target)))
    finally:
        ray.shutdown()


def _alone(workers: int) -> dict[str, Any]:
    """Return how Ray starts on this machine alone, where it listens to nobody else.

    Ray answers whoever reaches its ports, and runs what they send. It keeps to the loopback interface where
    it is told that it will not be a cluster; that is asked for by a variable named for other systems.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    return {"num_cpus": workers + SPARE, "include_dashboard": False}


def _articles(data: Any, source: Path) -> Any:
    """Return the columns of the articles that are read."""
    found = data.read_parquet(str(source))
    names = found.schema().names
    if "text" not in names and "html" not in names:
        raise ArticlesFileError(f'{source}: a column "text" or "html" is needed; the columns are: {names}.')
    return found.select_columns([name for name in COLUMNS if name in names])


def _counted(given: int, results: Any) -> Tally:
    """Return what the results hold. Raises ``ArticlesFileError`` unless there is one for each article."""
    tally = Tally(answered=results.count())
    if tally.answered != given:
        raise ArticlesFileError(
            f"{given:,} articles were given and {tally.answered:,} answered. Run it anew."
        )
    for row in results.select_columns(["problem"]).iter_rows():
        if row["problem"] is not None:
            tally.problems[row["problem"]] += 1
    return tally
