"""The product crawling a sample site once a day under a handed-in clock, and what it reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from revisor.clock import StartedClock
from revisor.config import Config, Home
from revisor.errors import RevisorError
from revisor.model import Change
from sample_portal.judge import Report, Verdict, judge
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site
from scheduler.run import RunOrder, run_portal
from scrapers.portal import Portal
from scrapers.portal_files import find_portal
from storage.database import open_database
from storage.records import ChangeFilter
from storage.store import Store

ZONE = ZoneInfo("Asia/Shanghai")
_CRAWL_AT = time(9)


@dataclass(frozen=True, slots=True)
class DayRun:
    """One day's crawl: its verdict, or the name of the error in which it ended."""

    day: int
    verdict: str
    reason: str

    @property
    def healthy(self) -> bool:
        return self.verdict == "healthy"


@dataclass(frozen=True, slots=True)
class Played:
    """What the product made of all days of a site; told: (day, key, summary) of each change, to be read."""

    runs: tuple[DayRun, ...]
    reports: tuple[Report, ...]
    told: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Game:
    """A site, and what the product made of it."""

    site: Site
    played: Played

    @property
    def verdict(self) -> Verdict:
        """The reports held against the site's truth."""
        return judge(self.site.truth(), self.played.reports, self.site.days - 1)


def play(site: Site, home: Path) -> Played:
    """Crawl every day of the site once, at nine in the morning, with a data home in that folder."""
    config = Config(Home(home))
    config.home.make()
    engine = open_database(config.home.database)
    store = Store(engine)
    try:
        with Server(site) as server:
            (config.home.portals / "sample.toml").write_text(portal_file(server.hosts), encoding="utf-8")
            portal = find_portal(home, "sample")
            runs = []
            for day in range(site.days):
                server.day = day
                runs.append(_crawl(config, store, portal, site, day))
        changes = store.changes(ChangeFilter(include_cosmetic=True), limit=1_000_000)
    finally:
        engine.dispose()
    reports = [report for change in changes for report in _reports(site, change)]
    told = [(_day_of(site, c), _key_of(site, c), f"{', '.join(c.kinds)}: {c.summary}") for c in changes]
    return Played(tuple(runs), tuple(reports), tuple(told))


def _crawl(config: Config, store: Store, portal: Portal, site: Site, day: int) -> DayRun:
    morning = datetime.combine(site.start + timedelta(days=day), _CRAWL_AT, ZONE)
    try:
        run = run_portal(config, store, RunOrder(portal), StartedClock(morning))
    except RevisorError as error:
        return DayRun(day, error.name, str(error))
    return DayRun(day, str(run.verdict), run.reason or "")


def _reports(site: Site, change: Change) -> list[Report]:
    return [Report(_day_of(site, change), _key_of(site, change), kind.value) for kind in change.kinds]


def _day_of(site: Site, change: Change) -> int:
    return (change.detected_at.astimezone(ZONE).date() - site.start).days


def _key_of(site: Site, change: Change) -> str:
    path = urlsplit(change.page.url).path
    return site.key_at(path) or path
