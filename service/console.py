"""What the command line says to its user, on standard error: errors in a line or two, progress, a summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from service.archives.lines import ArticlesFileError
from service.batch import ForeignOutputError, Tally
from service.config import ConfigurationError
from service.errors import ServiceError
from service.observability import places

REFUSED, MISUSED, PARTLY, INTERRUPTED = 1, 2, 3, 130


class Refused(click.ClickException):
    """An error that ends the command: its message is printed, never a traceback."""

    exit_code = REFUSED

    def __init__(self, message: str) -> None:
        """Keep what to say, without what could steer a terminal."""
        super().__init__("".join(char if char.isprintable() or char == "\n" else " " for char in message))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message to standard error."""
        click.echo(f"quotes: {self.message}", file=file or sys.stderr)


class Misused(Refused):
    """A setting in the environment is invalid."""

    exit_code = MISUSED


@contextmanager
def told() -> Iterator[None]:
    """Turn every error that a user can do something about into one that ends the command with its message."""
    try:
        yield
    except ServiceError as error:
        raise Refused(describe(error)) from None
    except ConfigurationError as error:
        raise Misused(str(error)) from None
    except ForeignOutputError as error:
        raise Refused(f"{error} Nothing was changed; name another file, or delete that one.") from None
    except ArticlesFileError as error:
        raise Refused(str(error)) from None
    except (BrokenPipeError, click.ClickException):
        raise
    except OSError as error:
        raise Refused(str(error)) from None
    except Exception as error:
        raise Refused(_describe_bug(error)) from None


def describe(error: ServiceError) -> str:
    """Return a problem as its title and its details, one a line: those that its JSON form has."""
    listed = error.members.get("errors") or []
    details = [f"{fault['pointer'] or '/'}: {fault['detail']}" for fault in listed] or [error.detail]
    return "\n  ".join([error.title, *details])


def _describe_bug(error: Exception) -> str:
    """Return where an error came from that nobody expected; not its message, which may hold article text."""
    passed = "\n  ".join(places(error))
    return f"The service failed: {type(error).__name__}. Please report it with these lines.\n  {passed}"


@contextmanager
def progress(total: int, *, shown: bool | None) -> Iterator[Callable[[Tally], None]]:
    """Show a bar while a batch runs, by default if standard error is a terminal; yields what moves it."""
    console = Console(stderr=True)
    columns = (
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
        _Rate(),
        TimeRemainingColumn(),
    )
    hidden = not (console.is_terminal if shown is None else shown)
    with Progress(*columns, console=console, disable=hidden) as bars:
        bar = bars.add_task("", total=total)
        yield lambda tally: bars.update(bar, completed=tally.before + tally.answered)


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        """Return the speed so far, if it is known."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def summarise(tally: Tally, target: Path) -> None:
    """Say what a batch did, and which problems stand in the output."""
    total, failed = tally.before + tally.answered, tally.problems.total()
    before = f", {tally.before:,} of them before" if tally.before else ""
    found = f"{_count(total - failed, 'result')}, {_count(failed, 'problem')}"
    click.echo(f"{target}: {_count(total, 'article')}{before}: {found}.", err=True)
    for title, count in tally.problems.most_common():
        click.echo(f"  {count:,} × {title}", err=True)
    if tally.other_engine:
        click.echo(
            f"Note: {tally.other_engine:,} were answered by another version of the code or the model. "
            "Delete the file to have them answered anew.",
            err=True,
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
