"""One run of one portal, manual, timed or imported: crawl, judge, record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from revisor.config import Config
from revisor.model import Address, Discovered, Run, RunState, Trigger
from scheduler.job import CrawlJob
from scheduler.lock import PortalLock
from scheduler.process import crawl_in_child
from scheduler.record import Recorder
from scrapers.portal import Portal
from scrapers.ports import Clock, Network, Progress
from storage.store import Store


def _ignore(_: Progress) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What to run: which portal, for which slot, and everything that differs from an ordinary crawl."""

    portal: Portal
    trigger: Trigger = Trigger.MANUAL
    slot: str | None = None
    max_pages: int | None = None
    only: tuple[Address, ...] = ()
    seeds: tuple[Discovered, ...] = ()
    network: Network | None = None


@dataclass(frozen=True, slots=True)
class Watcher:
    """How a run is followed and stopped from outside."""

    on_progress: Callable[[Progress], None] = field(default=_ignore)
    should_stop: Callable[[], bool] = field(default=_never)


def run_portal(
    config: Config, store: Store, order: RunOrder, clock: Clock, watcher: Watcher | None = None
) -> Run:
    """Crawl the portal once and record what was found; blocks.

    What a killed run left is judged and recorded first. Raises RunOverlap while another run of the portal
    is under way, CrawlerCrashed, StorageError; whatever was stored until then is kept for the next run.
    """
    with portal_lock(config, order.portal) as lock:
        finish_interrupted(store, order.portal, clock.now())
        return run_locked(config, store, order, clock, watcher or Watcher(), lock)


def portal_lock(config: Config, portal: Portal) -> PortalLock:
    """The lock that every run of the portal holds."""
    return PortalLock(config.home.locks / f"{portal.name}.lock")


def run_locked(
    config: Config, store: Store, order: RunOrder, clock: Clock, watcher: Watcher, lock: PortalLock
) -> Run:
    """`run_portal` for a caller that holds the portal's lock and has finished what was interrupted."""
    portal = order.portal
    started = clock.now()
    slot = order.slot or f"{order.trigger}:{started:%Y-%m-%dT%H:%M:%S.%fZ}"
    run = store.begin_run(portal.name, slot, order.trigger, started)
    job = CrawlJob(
        database=config.home.database,
        log=config.home.logs / f"crawl-{portal.name}.log",
        portal=portal,
        run=run,
        clock=clock,
        lock=lock,
        contact=config.contact,
        max_pages=order.max_pages,
        only=order.only,
        seeds=order.seeds,
        network=order.network,
    )
    result = crawl_in_child(job, watcher.on_progress, watcher.should_stop)
    run = store.end_crawl(run.id, complete=result.complete, absent=result.absent)
    return Recorder(store, portal, run).finish(clock.now())


def finish_interrupted(store: Store, portal: Portal, at: datetime) -> list[Run]:
    """Judge and record what runs that were killed had fetched; the caller holds the portal's lock.

    They end at `at`, but never before they began: an import's clock may be years behind.
    """
    finished = []
    for run in store.unfinished_runs(portal.name):
        ended = store.end_crawl(run.id, complete=False) if run.state is RunState.CRAWLING else run
        finished.append(Recorder(store, portal, ended).finish(max(at, ended.started_at)))
    return finished
