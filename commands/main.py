"""The `revisor` command: every subcommand by name, and errors in one line each."""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from commands import (
    checking,
    configuring,
    crawling,
    demo,
    doctor,
    importing,
    portals,
    reporting,
    review,
    running,
    serving,
)
from reports.safe import safe
from revisor import __version__
from revisor.errors import RevisorError, StorageError

app = typer.Typer(
    name="revisor",
    help="Watch government news portals: crawl, compare, and keep the proof of what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich would double the time of --help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(demo.demo)
app.command()(portals.portals)
app.command()(checking.check)
app.command()(crawling.crawl)
app.command("import")(importing.import_)
app.command()(running.run)
app.command()(serving.serve)
app.command()(review.changes)
app.command()(review.show)
app.command()(review.review)
app.command()(review.history)
app.command()(reporting.report)
app.command()(configuring.config)
app.command()(doctor.doctor)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer's callback
    if wanted:
        sys.stdout.write(f"revisor {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    _version_: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Watch government news portals: crawl, compare, and keep the proof of what changed."""


def _interrupted(_number: int, _frame: object) -> None:
    """Ctrl-C where no command drains: typer would turn a KeyboardInterrupt into "Aborted!", exit code 1."""
    sys.stderr.write("\nStopped.\n")
    raise SystemExit(130)


def main() -> None:
    """Run the command line; every error of ours is one line and its documented exit code."""
    signal.signal(signal.SIGINT, _interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for any page and terminal
    try:
        app()
    except RevisorError as error:
        sys.stderr.write(f"revisor: {safe(str(error))}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"revisor: {safe(str(StorageError(f'{where}{error.strerror or error}')))}\n")
        sys.exit(StorageError.exit_code)
