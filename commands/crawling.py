"""`revisor crawl`: one crawl of one portal now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import (
    HomeOption,
    JsonOption,
    PortalArgument,
    SetOption,
    Stop,
    console,
    load_config,
    open_store,
    out,
)
from revisor.errors import FetchError, RevisorError, by_name

if TYPE_CHECKING:
    from revisor.model import Run
    from storage.store import Store


def crawl(
    portal: PortalArgument,
    max_pages: Annotated[
        int | None,
        typer.Option("--max-pages", min=1, help="Fetch at most so many pages; the next run goes on."),
    ] = None,
    home: HomeOption = None,
    settings: SetOption = None,
    json: JsonOption = False,
) -> None:
    """Crawl a portal once, now, and say what changed."""
    from commands.progress import ProgressDisplay  # noqa: PLC0415
    from revisor.clock import SystemClock  # noqa: PLC0415
    from scheduler.leash import Watcher  # noqa: PLC0415
    from scheduler.run import RunOrder, run_portal  # noqa: PLC0415
    from scrapers.portal_files import find_portal  # noqa: PLC0415

    order = RunOrder(find_portal(load_config(home, settings).home.path, portal), max_pages=max_pages)
    with open_store(home, settings, create=True) as (config, store), Stop().listening() as stop:
        with ProgressDisplay(portal, quiet=json) as display:
            run = run_portal(config, store, order, SystemClock(), Watcher(display.show, stop))
        _print(store, run, home, as_json=json)
        if error := failure_of(store, run):
            raise error
        if stop.asked:
            raise typer.Exit(130)


def failure_of(store: Store, run: Run) -> RevisorError | None:
    """The error that a run which brought nothing ends with: its first failure or bad answer, by name."""
    from revisor.model import Verdict  # noqa: PLC0415

    if run.verdict not in {Verdict.DOWN, Verdict.BLOCKED}:
        return None
    for failure in store.failures(run.id, limit=1):
        return by_name(failure.name)(f"{failure.message} ({run.portal}: {run.reason})")
    for line in store.captures_of_run(run.id):
        if line.note:
            return by_name(line.outcome or "")(f"{line.note} ({run.portal}: {run.reason})")
    return FetchError(f"{run.portal}: {run.reason}")


def _print(store: Store, run: Run, home: Path | None, *, as_json: bool) -> None:
    from reports import runs  # noqa: PLC0415
    from reports.query import failures_of  # noqa: PLC0415

    changes = store.changes_of_run(run.id)
    failures = failures_of(store, run.id)
    if as_json:
        out(runs.run_json(run, failures, changes))
        return
    runs.print_run(console(), run, failures, changes)
    if changes and sys.stdout.isatty():
        option = f" --home {home}" if home else ""
        out(f"`revisor show ID{option}` shows a change word by word.")
