"""`revisor import`: a portal's history from an archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import (
    HomeOption,
    JsonOption,
    PortalArgument,
    Stop,
    console,
    load_config,
    open_store,
    out,
)

if TYPE_CHECKING:
    from revisor.model import Run


def import_(
    portal: PortalArgument,
    archive: Annotated[Path, typer.Argument(help="A WARC file, plain or gzipped.", dir_okay=False)],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Replay an archive: the portal's ordinary crawl of each captured day, under the archive's clock."""
    from reports import runs as run_reports  # noqa: PLC0415  # every command imports its room when it is called
    from scheduler.leash import Watcher  # noqa: PLC0415
    from scheduler.replay import import_archive  # noqa: PLC0415
    from scrapers.portal_files import find_portal  # noqa: PLC0415

    def on_run(number: int, count: int, run: Run) -> None:
        if json or not (sys.stderr.isatty() or number % 10 == 0 or number == count):
            return
        end = "\n" if number == count or not sys.stderr.isatty() else "\r"
        sys.stderr.write(
            f"day {number} of {count}: {run.started_at:%Y-%m-%d}, {run.counts.fetched} pages  {end}"
        )

    chosen = find_portal(load_config(home).home.path, portal)
    with open_store(home, create=True) as (config, store), Stop().listening() as stop:
        runs = import_archive(config, store, chosen, archive, on_run, Watcher(should_stop=stop))
        if json:
            out(run_reports.import_json(portal, str(archive), runs, store.portal_summary(portal)))
        elif runs or not stop.asked:
            run_reports.print_import(console(), portal, runs, store.portal_summary(portal))
        if stop.asked:
            raise typer.Exit(130)
