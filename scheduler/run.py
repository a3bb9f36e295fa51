"""One run of one portal, manual, timed or imported: begun here; crawl, judge, record in its own process."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from revisor.config import Config
from revisor.errors import RevisorError, StorageError
from revisor.model import Address, Discovered, Run, Trigger
from scheduler.job import CrawlJob, Ended, Finished, Job, RecordJob
from scheduler.leash import Watcher
from scheduler.lock import PortalLock
from scheduler.process import run_job, tail
from scrapers.portal import Portal
from scrapers.ports import Clock, Network
from storage.store import Store

ATTEMPTS = 100
"""Processes that may end while they record one run before it is left to the next run."""


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


def run_portal(
    config: Config, store: Store, order: RunOrder, clock: Clock, watcher: Watcher | None = None
) -> Run:
    """Crawl the portal once and record what was found; blocks.

    What a killed run left is judged and recorded first. Raises RunOverlap while another run of the portal
    is under way, CrawlerCrashed, DeadlineExceeded, StorageError; whatever was stored until then is kept.
    """
    with PortalRuns(config, store, order.portal, watcher or Watcher()) as runs:
        runs.finish_interrupted(clock)
        return runs.run(order, clock)


class PortalRuns:
    """The runs of one portal. Inside its context no other process can run that portal.

    Raises RunOverlap at the start of the context while another one does.
    """

    def __init__(self, config: Config, store: Store, portal: Portal, watcher: Watcher) -> None:
        self._config = config
        self._store = store
        self._portal = portal
        self._watcher = watcher
        self._lock = PortalLock(config.home.locks / f"{portal.name}.lock")
        self._log = config.home.logs / f"crawl-{portal.name}.log"

    def __enter__(self) -> Self:
        self._lock.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    def run(self, order: RunOrder, clock: Clock) -> Run:
        """One run, begun here, crawled and recorded in a process of its own.

        Where that process crashes or is killed for want of time, what it fetched is recorded by a further one
        before the error is raised, so that the run does not stay open until the next; not so when it was
        stopped from outside. Raises CrawlerCrashed, DeadlineExceeded, StorageError.
        """
        started = clock.now()
        slot = order.slot or f"{order.trigger}:{started:%Y-%m-%dT%H:%M:%S.%fZ}"
        run = self._store.begin_run(self._portal.name, slot, order.trigger, started)
        job = CrawlJob(
            database=self._config.home.database,
            log=self._log,
            portal=self._portal,
            run=run,
            lock=self._lock,
            bounds=self._config.run,
            clock=clock,
            contact=self._config.contact,
            max_pages=order.max_pages,
            only=order.only,
            seeds=order.seeds,
            network=order.network,
        )
        if ended := self._do(job):
            if not self._stopped():
                self._record(run, clock, ended.reading)
            raise ended.error
        return self._store.run(run.id)

    def finish_interrupted(self, clock: Clock) -> list[Run]:
        """Judge and record what runs that were killed had fetched."""
        left = self._store.unfinished_runs(self._portal.name)
        for run in left:
            self._record(run, clock)
        return [self._store.run(run.id) for run in left]

    def _record(self, run: Run, clock: Clock, suspect: int | None = None) -> None:
        """Record what the run has fetched, in process after process where one ends without having done so.

        A capture at which two of them ended is not read by the next: one page that breaks the reader must not
        stop all others. suspect: the capture at which the first ended.
        """
        avoid: frozenset[int] = frozenset()
        for attempts_left in reversed(range(ATTEMPTS)):
            job = RecordJob(
                database=self._config.home.database,
                log=self._log,
                portal=self._portal,
                run=run,
                lock=self._lock,
                bounds=self._config.run,
                avoid=avoid,
                clock=clock,
            )
            ended = self._do(job)
            if ended is None:
                return
            if self._stopped() or ended.reading is None or not attempts_left:
                raise ended.error
            if ended.reading == suspect:
                avoid |= {suspect}
            suspect = ended.reading

    def _do(self, job: Job) -> Ended | None:
        """Do the job; a failure is kept with the run, with the end of its log."""
        try:
            ended = run_job(job, self._watcher)
        except RevisorError as error:
            with suppress(StorageError):  # most often the very error that is raised here
                self._store.fail_run(job.run.id, error.name, tail(job.log))
            raise
        if isinstance(ended, Finished):
            return None
        self._store.fail_run(job.run.id, ended.error.name, tail(job.log))
        return ended

    def _stopped(self) -> bool:
        return self._watcher.should_stop() or self._watcher.should_end()
