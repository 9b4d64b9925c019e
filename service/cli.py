"""The command ``quotes``: the same engine as the HTTP service, on files.

What a command needs is imported when it runs: the model takes a second to load, and ``--help`` must not.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from service.config import Settings
    from service.engine import Engine

_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_EXIT_CODES = """\b
Exit codes:
  0    done
  1    refused: an article or a file cannot be read, or the reader of the output has gone
  2    wrong usage, or an invalid setting
  3    batch: done, but some lines have a problem in their place
  130  batch: interrupted; the same command goes on where it stopped
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}, epilog=_EXIT_CODES
)
@click.version_option(package_name="quote-attribution", prog_name="quotes")
def main() -> None:
    """Find who said what in English news: every quotation with its speaker, or none where that is not clear.

    Settings are read from the environment, as by the service: QUOTES_…, REDIS_URL, SPACY_MODEL.
    """


@main.command(epilog=_EXIT_CODES, short_help="Find the quotations of one article.")
@click.argument(
    "source", metavar="[FILE|-]", default="-", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table", "jsonld", "webannotation", "ninjs", "csv", "xlsx", "html", "tei"]),
    default="json",
    help="json: what POST /v1/quotes returns (the default); table: for a terminal; html: a page with the "
    "quotations marked; jsonld, webannotation, ninjs, csv, xlsx, tei: as POST /v1/quotes?format=… returns.",
)
@click.option(
    "--html/--text", "is_html", default=None, help="What FILE holds. By default its suffix tells, else text."
)
@click.option(
    "--page",
    is_flag=True,
    default=None,
    help="FILE is a whole page: look for the article on it, and leave the rest alone (extra pages).",
)
@click.option("--title", help="The headline, if the text lacks it: it helps to know names.")
@click.option("--id", metavar="ID", help="An identifier to repeat in the result.")
@click.option("--url", help="The article's address, to repeat in the result.")
@click.option(
    "--language", metavar="TAG", help="Read it as this language, whatever it looks like: en, en-GB."
)
@click.option(
    "--known-people",
    type=_EXISTING,
    help='People to expect, as JSON or JSON lines of {"name", "aliases", "identifier"}.',
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(["direct", "mixed", "indirect"]),
    help="Show only this type of quotation; may be repeated.",
)
@click.option(
    "--mode",
    "modes",
    multiple=True,
    type=click.Choice(["speech", "writing", "thought"]),
    help="Show only this mode; may be repeated. By default speech and writing.",
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Show only what is at least so sure.")
@click.option(
    "--offset-unit", type=click.Choice(["codepoint", "utf16", "utf8"]), help="What offsets count (json)."
)
@click.option("--no-text", is_flag=True, help="Leave the article's text out of the result (json).")
def extract(source: str, form: str, is_html: bool | None, known_people: Path | None, **given: Any) -> None:
    """Find the quotations of one article, in FILE or on standard input, in UTF-8."""
    from service import inputs  # noqa: PLC0415
    from service.console import told  # noqa: PLC0415

    settings = _settings()
    with told():
        options = _options(form, given)
        given["html" if _holds_html(source, is_html) else "text"] = inputs.read_article(
            source, settings.limits
        )
        given["known_people"] = inputs.read_people(known_people) if known_people else None
        request = inputs.request(options=options, limits=settings.limits, **given)
        body = inputs.answer(_engine(settings), request)
    _show(body, form)


def _holds_html(source: str, is_html: bool | None) -> bool:
    return Path(source).suffix.lower() in _HTML_SUFFIXES if is_html is None else is_html


def _options(form: str, given: dict[str, Any]) -> dict[str, Any]:
    """Take the options out of what was given. Other forms than JSON need the text and code points."""
    no_text, offset_unit = given.pop("no_text"), given.pop("offset_unit")
    options = {name: given.pop(name) or None for name in ("types", "modes")}
    options["min_confidence"] = given.pop("min_confidence")
    if form == "json":
        options.update(offset_unit=offset_unit, include_text=not no_text)
    return options


def _show(body: bytes, form: str) -> None:
    """Print a result, in UTF-8 whatever the locale; a form that is a file is written as it is."""
    import orjson  # noqa: PLC0415

    if form == "table":
        from rich.console import Console  # noqa: PLC0415

        from service.exports.table import to_tables  # noqa: PLC0415

        Console().print(to_tables(orjson.loads(body)))
        return
    from service.exports.formats import FORMATS  # noqa: PLC0415

    write = FORMATS[form].write
    click.echo(write(orjson.loads(body)) if write else body, nl=write is None)


@main.command(epilog=_EXIT_CODES, short_help="Answer a file of articles.")
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 256), default=1, help="Processes that share the work."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    help="ray: on the cluster that RAY_ADDRESS names, N actors, from Parquet files into a new folder.",
)
@click.option("--progress/--no-progress", default=None, help="Show a bar. By default in a terminal.")
def batch(source: Path, target: Path, workers: int, engine: str, progress: bool | None) -> None:
    """Answer every article of IN with a result in OUT, in order, going on where OUT ends.

    The endings tell the forms: .csv, .parquet, else JSON lines; and .gz or .zst after them. An article is
    what POST /v1/quotes takes: {"id": …, "text": … or "html": …}, as a line or as columns. Its answer is the
    same result, or a problem in its place. Blank lines are skipped. CSV and Parquet hold a row an article,
    with the result as JSON in the column "result"; until such a run is done, its results are in OUT.part.
    """
    if engine == "ray":
        _batch_on_ray(source, target, workers)
    if source.is_dir() or target.is_dir():
        raise click.UsageError("IN and OUT are files; folders are for --engine ray.")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from service.batch import count_articles, run  # noqa: PLC0415
    from service.console import INTERRUPTED, PARTLY, summarise, told  # noqa: PLC0415
    from service.console import progress as bar  # noqa: PLC0415

    settings = _settings()
    try:
        with told():
            total = count_articles(source, settings.limits.body_bytes)
            reader = _engine(settings)
            with bar(total, shown=progress) as on_answer:
                tally = run(reader, source, target, on_answer=on_answer, workers=workers)
    except KeyboardInterrupt:
        click.echo("Interrupted. The same command goes on where this one stopped.", err=True)
        sys.exit(INTERRUPTED)
    summarise(tally, target)
    sys.exit(PARTLY if tally.problems else 0)


def _batch_on_ray(source: Path, target: Path, workers: int) -> NoReturn:
    from service.console import INTERRUPTED, PARTLY, summarise, told  # noqa: PLC0415

    try:
        with told():
            from service.archives.on_ray import answer_on_ray  # noqa: PLC0415

            tally = answer_on_ray(source, target, workers=workers)
    except KeyboardInterrupt:
        click.echo("Interrupted. On Ray no run goes on where one stopped: give a new folder.", err=True)
        sys.exit(INTERRUPTED)
    summarise(tally, target)
    sys.exit(PARTLY if tally.problems else 0)


@main.command(epilog=_EXIT_CODES, short_help="Count who is quoted, over files of results.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=_EXISTING)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "html"]),
    default="json",
    help="json: what POST /v1/report returns (the default); csv: a line a speaker; html: a page of charts.",
)
def report(sources: tuple[Path, ...], form: str) -> None:
    """Count who is quoted how often in results: JSON of "quotes extract", or JSON lines of "quotes batch".

    Problems among the results are left out, and counted on standard error.
    """
    from service.console import told  # noqa: PLC0415
    from service.inputs import read_results  # noqa: PLC0415
    from service.reporting.figures import report as figures  # noqa: PLC0415
    from service.reporting.formats import REPORT_FORMATS  # noqa: PLC0415

    with told():
        results, problems = read_results(sources)
        write = REPORT_FORMATS[form].write
        assert write is not None
        body = write(figures(results))
    if problems:
        click.echo(f"Left out: {problems:,} problems.", err=True)
    click.echo(body, nl=form == "json")


@main.command(epilog=_EXIT_CODES, short_help="Start the HTTP service.")
def serve() -> None:
    """Start the HTTP service, on 127.0.0.1:8080 unless QUOTES_BIND says otherwise."""
    from service.console import told  # noqa: PLC0415
    from service.server import serve as start  # noqa: PLC0415

    with told():
        start(os.environ)


@main.command(epilog=_EXIT_CODES, short_help="Make an API key for a caller of the HTTP service.")
@click.argument("name")
@click.option("--metrics", is_flag=True, help="A key that reads /metrics, and nothing else.")
def key(name: str, metrics: bool) -> None:
    """Make an API key for the caller called NAME: print the key, and what to add to QUOTES_API_KEYS.

    Only the digest is kept by the service; a key that was lost is replaced by a new one. To change a caller's
    key, list the old and the new one, under the same name, until the caller uses the new one.
    """
    from service.keys import ApiKey, digest_of, make_key  # noqa: PLC0415

    made = make_key()
    try:
        entry = ApiKey.parse(f"{name}:{digest_of(made)}" + (":metrics" if metrics else ""))
    except ValueError:
        raise click.BadParameter("1 to 40 letters, digits, dots, hyphens or underscores.") from None
    click.echo(f"{made}\n{entry}")
    click.echo("The first line is for the caller, the second for QUOTES_API_KEYS.", err=True)


def _settings() -> Settings:
    from service.config import Settings  # noqa: PLC0415
    from service.console import told  # noqa: PLC0415

    with told():
        return Settings.from_env(os.environ)


def _engine(settings: Settings) -> Engine:
    """Load the model, with logs of errors only: what goes well is told by the command itself."""
    from service.app import build_engine  # noqa: PLC0415
    from service.observability import configure_logging  # noqa: PLC0415

    configure_logging("error")
    return build_engine(settings)
