"""`revisor demo`: three days of a sample portal on this machine, and what Revisor saw of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import Stop, console, out
from commands.service import until_stopped

if TYPE_CHECKING:
    from reports.web.desk import PortalDue
    from revisor.config import Config
    from sample_portal.judge import Report, Verdict
    from sample_portal.server import Server
    from sample_portal.site import Site
    from scrapers.portal import Portal
    from storage.store import Store

START = date(2026, 3, 2)
CRAWL_AT = time(9, 0)
REPORT = "revisor-demo.html"
_DETAIL = 100  # characters of what happened


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="End after the last day instead of serving the review page.")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The review page's port; 0 takes any free one.")
    ] = 0,
    days: Annotated[int, typer.Option("--days", min=2, max=60, help="How many days pass.")] = 3,
    seed: Annotated[
        int, typer.Option("--seed", help="Which sample portal; each seed has its own story.")
    ] = 1,
    skin: Annotated[
        str, typer.Option("--skin", help="How its pages are built; a wrong name lists them all.")
    ] = "subsite",
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", help="Keep the data home in this folder.", file_okay=False, show_default=False
        ),
    ] = None,
) -> None:
    """Let days pass on a sample portal of this machine, show what changed, and serve the review page."""
    from sample_portal.server import Server  # noqa: PLC0415
    from sample_portal.site import Site  # noqa: PLC0415
    from sample_portal.skins import SKINS  # noqa: PLC0415

    if skin not in SKINS:
        raise typer.BadParameter(f"there is none called {skin!r}; take one of {', '.join(SKINS)}")
    site = Site(seed=seed, days=days, start=START, skin=skin)
    with _home(keep) as home, Server(site) as server:
        out(f"Sample portal (seed {seed}, skin {skin}) on {server.url}, data home {home}")
        with _store(home, server) as (config, store):
            portal = _play(config, store, server, days)
            _show_beside_truth(store, server, portal, days)
            _write_report(store, portal)
            if not once:
                _serve(config, store, portal, port, _morning(portal, days - 1))
        if keep:
            out(f"Kept in {home}: `revisor changes --home {home}`")


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep:
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="revisor-demo-") as folder:
        yield Path(folder)


@contextmanager
def _store(home: Path, server: Server) -> Iterator[tuple[Config, Store]]:
    """A data home that knows the sample portal."""
    from revisor.config import Config, Home, WebSettings  # noqa: PLC0415
    from sample_portal.portal_file import portal_file  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    config = Config(Home(home), web=WebSettings(port=0))
    config.home.make()
    (config.home.portals / "sample.toml").write_text(portal_file(server.hosts), encoding="utf-8")
    engine = open_database(config.home.database)
    try:
        yield config, Store(engine)
    finally:
        engine.dispose()


def _play(config: Config, store: Store, server: Server, days: int) -> Portal:
    """Crawl once on each day."""
    from reports import runs  # noqa: PLC0415
    from reports.query import failures_of  # noqa: PLC0415
    from revisor.clock import StartedClock  # noqa: PLC0415
    from scheduler.run import RunOrder, run_portal  # noqa: PLC0415
    from scrapers.portal_files import find_portal  # noqa: PLC0415

    portal = find_portal(config.home.path, "sample")
    for day in range(days):
        server.day = day
        clock = StartedClock(_morning(portal, day))
        out(f"\nDay {day}, {START + timedelta(days=day)}")
        run = run_portal(config, store, RunOrder(portal), clock)
        runs.print_run(console(), run, failures_of(store, run.id), store.changes_of_run(run.id))
    return portal


def _serve(config: Config, store: Store, portal: Portal, port: int, at: datetime) -> None:
    """The review page of the sample portal, an hour after its last crawl, until Ctrl-C."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from commands.desk import portals_due  # noqa: PLC0415
    from reports.web.app import create_app  # noqa: PLC0415
    from reports.web.desk import Desk  # noqa: PLC0415
    from reports.web.server import WebServer  # noqa: PLC0415
    from revisor.clock import StartedClock  # noqa: PLC0415

    clock = StartedClock(at + timedelta(hours=1))
    web = replace(config.web, port=port)

    def portals() -> list[PortalDue]:
        return [due for due in portals_due(config, store, clock) if due.line.name == portal.name]

    desk = Desk(store, portals, clock, web, ZoneInfo(portal.time_zone))
    with Stop().listening() as stop, WebServer(create_app(desk), web) as page:
        home = config.home.path
        out(f"\nReview page: {page.url} (Ctrl-C ends it)")
        out(f"In another terminal: `revisor show 1 --home {home}`, `revisor crawl sample --home {home}`")
        until_stopped(stop, page)


def _morning(portal: Portal, day: int) -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return datetime.combine(START + timedelta(days=day), CRAWL_AT, ZoneInfo(portal.time_zone))


def _show_beside_truth(store: Store, server: Server, portal: Portal, days: int) -> None:
    """Each true change with what was reported of it; then what was reported and is not true."""
    from sample_portal.judge import judge  # noqa: PLC0415

    truth = server.site.truth()
    verdict = judge(truth, _reports(store, portal, server.site), last_day=days - 1)
    out("\nWhat happened on the portal, and whether it was seen:")
    for change, kind in sorted(
        (*verdict.found, *verdict.missed), key=lambda pair: (pair[0].day, pair[0].key)
    ):
        seen = "seen  " if (change, kind) in verdict.found else "MISSED"
        out(f"  day {change.day}  {seen}  {kind:<12} {_short(change.detail)}")
    for wrong in verdict.false:
        out(f"  day {wrong.report.day}  FALSE   {wrong.report.kind:<12} article {wrong.report.key}")
    later = sum(change.due_day >= days for change in truth)
    if later:
        out(f"  ({later} more happened too late to be due: a removal must be found missing in two runs)")
    out(f"  {_figures(verdict)}")


def _short(text: str) -> str:
    return text if len(text) <= _DETAIL else text[:_DETAIL].rsplit(" ", 1)[0] + " ..."


def _figures(verdict: Verdict) -> str:
    due = len(verdict.found) + len(verdict.missed)
    return f"{len(verdict.found)} of {due} seen, {len(verdict.false)} false"


def _reports(store: Store, portal: Portal, site: Site) -> Iterator[Report]:
    from urllib.parse import urlsplit  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from sample_portal.judge import Report  # noqa: PLC0415
    from storage.records import ChangeFilter  # noqa: PLC0415

    zone = ZoneInfo(portal.time_zone)
    for change in store.changes(ChangeFilter(include_cosmetic=True), limit=10_000):
        day = (change.detected_at.astimezone(zone).date() - START).days
        path = urlsplit(change.page.url).path
        for kind in change.kinds:
            yield Report(day, site.key_at(path) or path, kind.value)


def _write_report(store: Store, portal: Portal) -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from reports.files import write_whole  # noqa: PLC0415
    from reports.html import report_html  # noqa: PLC0415
    from reports.query import report_period  # noqa: PLC0415
    from storage.records import ChangeFilter  # noqa: PLC0415

    runs = store.runs(portal.name)
    wanted = ChangeFilter(since=runs[-1].started_at, until=runs[0].ended_at, portal=portal.name)
    path = Path(REPORT).absolute()
    write_whole(path, report_html(report_period(store, wanted, [portal.name]), ZoneInfo(portal.time_zone)))
    out(f"\nReport written to {path}")
