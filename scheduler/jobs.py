"""The service: crawls each portal at its slots. What is due is said by the run table, never by the plan."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, RLock, Thread
from types import TracebackType
from typing import Self

from reports.runs import run_line
from reports.wording import count
from revisor.clock import RunningClock
from revisor.config import Config
from revisor.errors import RevisorError
from revisor.model import Run, Trigger, Verdict
from scheduler.due import due_slot, next_slot, slot_text
from scheduler.leash import Watcher
from scheduler.lock import ServiceLock
from scheduler.plan import Plan
from scheduler.roster import Roster
from scheduler.run import PortalRuns, RunOrder, run_portal
from scrapers.portal import Portal
from storage.store import Store

SURVEY = 60.0
"""Seconds between looks at the portal files and at the clock, which may have been set."""

RARELY = 86_400.0
"""Seconds until the next look at a portal whose schedule never matches."""

RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=15)
"""How long after a failure a portal is looked at again: doubled with each in a row, up to the longest."""

_log = logging.getLogger("revisor.service")


@dataclass(frozen=True, slots=True)
class _Failures:
    """How often a portal failed in a row, and when (by `time.monotonic`) it is looked at again."""

    times: int
    again_at: float


class Service:
    """Runs each portal at its slots until the end of its context, which drains what is under way.

    A portal has one turn planned at a time: it looks into the run table, does what is due there, and plans
    the next. So whatever happens to the plan, a restart, an edit, a clock that was set, no slot is run twice,
    and of the slots that were missed the newest is run once.

    Raises ServiceRunning at the start of the context while another service has this data home,
    PortalNotFound when the settings name a portal that there is none of.
    """

    def __init__(self, config: Config, store: Store, clock: RunningClock, survey: float = SURVEY) -> None:
        self._config = config
        self._store = store
        self._clock = clock
        self._roster = Roster(config.home.path, config.service.portals)
        self._service_lock = ServiceLock(config.home.path)
        self._plan = Plan(self._turn, config.service.parallel)
        self._surveys = Thread(target=self._keep_surveying, args=[survey], name="survey")
        self._stop, self._end = Event(), Event()
        self._watcher = Watcher(should_stop=self._stop.is_set, should_end=self._end.is_set)
        self._lock = RLock()  # between the survey and turns, of what they both change:
        self._known: set[str] = set()
        self._busy: set[str] = set()
        self._failures: dict[str, _Failures] = {}

    def __enter__(self) -> Self:
        self._service_lock.__enter__()
        return self

    def start(self) -> None:
        """Begin to crawl what is due."""
        _log.info("the service of %s starts", self._config.home.path)
        self._plan.start()
        self._surveys.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drain every run, kill those that exceed the grace, and wait for the end of all.

        Where the context ends in SystemExit or KeyboardInterrupt, or one comes meanwhile, all are killed.
        """
        with self._lock:
            self._stop.set()
        try:
            if self._surveys.ident:
                _log.info("the service stops")
                if error is not None and not isinstance(error, Exception):
                    self._end.set()
                self._wait_for_all()
                _log.info("the service has stopped")
        finally:
            self._service_lock.close()

    def _wait_for_all(self) -> None:
        """Wait until every turn has ended; what is raised meanwhile (a second signal) kills them first.

        An event is waited for, since a thread whose `join` is interrupted counts as ended while it goes on
        (CPython, gh-90882), and the process would end before the turn has killed and named its run.
        """
        over = Event()

        def end() -> None:
            try:
                self._surveys.join()
                self._plan.end()
            finally:
                over.set()

        Thread(target=end, name="end").start()
        try:
            over.wait()
        except BaseException:
            self._end.set()
            over.wait()
            raise

    # --- planning ----------------------------------------------------------------

    def _keep_surveying(self, every: float) -> None:
        """Survey now and then. The wait is not by the clock, which may be set back by a day."""
        over = False
        while not over:
            try:
                self._survey()
            except RevisorError as error:
                _log.error("%s", error)  # a failure with a name is one line
            except Exception:  # noqa: BLE001  # logged whole; the service must outlive it
                _log.exception("a fault of Revisor itself; the portals are looked through again soon")
            over = self._stop.wait(every)

    def _survey(self) -> None:
        """Bring the plan up to the portal files and the clock as they are now."""
        portals = self._roster.portals()
        with self._lock:
            for name in self._known - portals.keys():
                if self._plan.drop(name):  # one that is having its turn finds out at the end of it
                    self._forget(name)
            for name, portal in portals.items():
                if name not in self._known:
                    _log.info("%s: %s", name, self._outlook(portal))
                    self._plan.put(name, 0.0)  # its first turn also ends what a killed service left
                    self._known.add(name)
                elif name not in self._busy:
                    self._plan.put(name, self._wait(portal))

    def _forget(self, name: str) -> None:
        with self._lock:
            self._known.discard(name)
            self._failures.pop(name, None)
        _log.info("%s is no longer crawled", name)

    def _wait(self, portal: Portal) -> float:
        """Seconds until the portal is to be looked at."""
        if failures := self._failures.get(portal.name):
            return max(0.0, failures.again_at - time.monotonic())
        moment = next_slot(self._store, portal, self._clock.now())
        return self._clock.seconds_until(moment) if moment else RARELY

    # --- a portal's turn ---------------------------------------------------------

    def _turn(self, name: str) -> None:
        """Do what is due and plan the next turn. Nothing that happens to one portal ends the service."""
        if self._stop.is_set():
            return
        with self._lock:
            self._busy.add(name)
        wait = None
        try:
            wait = self._look(name)
        except RevisorError as error:
            _log.error("%s: %s", name, error)  # a failure with a name is one line
            wait = self._patience(name)
        except Exception:  # noqa: BLE001  # logged whole; one portal must not end the service
            _log.exception("%s: a fault of Revisor itself; tried again later", name)
            wait = self._patience(name)
        finally:
            with self._lock:
                self._busy.discard(name)
                if wait is not None and not self._stop.is_set():
                    self._plan.put(name, wait)

    def _look(self, name: str) -> float | None:
        """Do what the run table says is due. Seconds until the next look; None when it leaves the plan."""
        portal = self._roster.find(name)
        if portal:
            self._work(portal)
            portal = self._roster.find(name)
        if portal is None:
            self._forget(name)
            return None
        self._failures.pop(name, None)
        return self._wait(portal)

    def _work(self, portal: Portal) -> None:
        now = self._clock.now()
        slot = due_slot(self._store, portal, now)
        if slot is not None:
            _log.info("%s: crawl for %s begins", portal.name, _utc(slot))
            order = RunOrder(portal, Trigger.TIMED, slot_text(slot))
            run = run_portal(self._config, self._store, order, self._clock, self._watcher)
            self._report(portal, run)
        elif self._store.unfinished_runs(portal.name):
            with PortalRuns(self._config, self._store, portal, self._watcher) as runs:
                for run in runs.finish_interrupted(self._clock):
                    self._report(portal, run)

    def _patience(self, name: str) -> float:
        """Seconds until a portal that failed is looked at again."""
        times = self._failures[name].times + 1 if name in self._failures else 1
        wait = min(RETRY * 2 ** min(times - 1, 10), LONGEST_RETRY)
        seconds = self._clock.seconds_until(self._clock.now() + wait)
        self._failures[name] = _Failures(times, time.monotonic() + seconds)
        return seconds

    def _report(self, portal: Portal, run: Run) -> None:
        cut_short = not run.complete and not self._stop.is_set()
        healthy = run.verdict is Verdict.HEALTHY and not cut_short
        level = logging.INFO if healthy else logging.WARNING
        reason = f" ({run.reason})" if run.reason else ""
        changes = count(run.counts.changes, "change")
        _log.log(level, "%s, %s%s; %s", run_line(run), changes, reason, self._outlook(portal))

    def _outlook(self, portal: Portal) -> str:
        now = self._clock.now()
        moment = next_slot(self._store, portal, now)
        if moment is None:
            return f'"{portal.schedule.cron}" never comes'
        return f"due since {_utc(moment)}" if moment <= now else f"next at {_utc(moment)}"


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
