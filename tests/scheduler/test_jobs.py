"""The service as a whole: real processes and a real store, under a clock that runs fast or stands still."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.service import write_portal
from revisor.clock import RunningClock, StartedClock
from revisor.config import Config, RunSettings, ServiceSettings
from revisor.errors import PortalNotFound, ServiceRunning, StorageError
from revisor.model import RunState, Trigger, Verdict
from sample_portal.server import Server
from scheduler.due import slot_text
from scheduler.jobs import SURVEY, Service
from scheduler.lock import PortalLock
from scrapers.portal_files import BUILT_IN
from storage.store import Store
from tests.scheduler.processes import holders_of
from tests.scheduler.services import Hearing

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFTEN = 0.05
"""Seconds between surveys in tests."""


@dataclass
class HandClock:
    """A clock that a test sets; nobody waits long for it."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def seconds_until(self, moment: datetime) -> float:
        return 0.0 if moment <= self.at else OFTEN


@pytest.fixture
def hearing() -> Iterator[Hearing]:
    log, ears = logging.getLogger("revisor.service"), Hearing()
    log.addHandler(ears)
    log.setLevel(logging.INFO)
    yield ears
    log.removeHandler(ears)


@pytest.fixture
def two(config: Config, server: Server) -> Config:
    """A home with two portals that are due at every full hour."""
    for name in ("alpha", "beta"):
        write_portal(config.home.path, name, server.url)
    return replace(config, service=ServiceSettings(portals=("alpha", "beta")))


@pytest.fixture
def one(config: Config, server: Server) -> Config:
    """A home with one portal that is due at every full hour."""
    write_portal(config.home.path, "alpha", server.url)
    return replace(config, service=ServiceSettings(portals=("alpha",)))


@contextmanager
def serving(config: Config, store: Store, clock: RunningClock, survey: float = SURVEY) -> Iterator[None]:
    """A service under way."""
    with Service(config, store, clock, survey) as service:
        service.start()
        yield


def slots(store: Store, portal: str) -> list[str]:
    return [run.slot for run in reversed(store.runs(portal))]


def test_two_portals_run_each_of_their_slots_once(two: Config, store: Store, hearing: Hearing) -> None:
    with serving(two, store, StartedClock(START, speed=3600)):
        for name in ("alpha", "beta"):
            hearing.wait_for(f"{name}: run", "healthy")
        for _ in range(8):
            hearing.wait_for("healthy")
    for name in ("alpha", "beta"):
        ran = slots(store, name)
        assert len(ran) == len(set(ran))
        assert ran[0] == slot_text(START.replace(minute=0))
        assert ran == sorted(ran)
    assert {run.trigger for run in store.runs()} == {Trigger.TIMED}
    assert {run.state for run in store.runs()} == {RunState.DONE}
    assert holders_of(two.home.database) == []


def test_what_was_missed_is_caught_up_once(one: Config, store: Store, hearing: Hearing) -> None:
    clock = HandClock(START)
    with serving(one, store, clock, survey=OFTEN):
        hearing.wait_for("run 1 healthy", "next at 2026-03-02 02:00:00 UTC")
        clock.at = START + 7 * HOUR
        hearing.wait_for("run 2 healthy", "next at 2026-03-02 09:00:00 UTC")
    assert slots(store, "alpha") == ["timed:2026-03-02T01:00:00Z", "timed:2026-03-02T08:00:00Z"]
    with serving(one, store, HandClock(START + 20 * HOUR)):
        hearing.wait_for("run 3 healthy")
    assert slots(store, "alpha")[2:] == ["timed:2026-03-02T21:00:00Z"]


def test_a_restart_within_the_hour_runs_nothing(one: Config, store: Store, hearing: Hearing) -> None:
    with serving(one, store, HandClock(START)):
        hearing.wait_for("run 1 healthy")
    with serving(one, store, HandClock(START + HOUR / 4)):
        hearing.wait_for("alpha: next at 2026-03-02 02:00:00 UTC")
    assert len(slots(store, "alpha")) == 1


def test_a_clock_that_is_set_runs_nothing_twice(one: Config, store: Store, hearing: Hearing) -> None:
    clock = HandClock(START)
    with serving(one, store, clock, survey=OFTEN):
        hearing.wait_for("run 1 healthy")
        clock.at = START + 1000 * HOUR
        hearing.wait_for("run 2 healthy")
        clock.at = START + HOUR / 4  # nothing is due
        clock.at = START + HOUR
        hearing.wait_for("run 3 healthy", "next at 2026-03-02 03:00:00 UTC")
    assert slots(store, "alpha") == [
        slot_text(START.replace(minute=0) + hours * HOUR) for hours in (0, 1000, 1)
    ]


def test_a_portal_may_be_called_service(
    config: Config, store: Store, server: Server, hearing: Hearing
) -> None:
    write_portal(config.home.path, "service", server.url)
    with serving(replace(config, service=ServiceSettings(portals=("service",))), store, HandClock(START)):
        hearing.wait_for("service: run 1 healthy")


def test_a_second_service_is_refused(one: Config, store: Store) -> None:
    with serving(one, store, HandClock(START)), pytest.raises(ServiceRunning, match=str(os.getpid())):
        Service(one, store, HandClock(START)).__enter__()


def test_a_portal_that_there_is_none_of_is_refused(config: Config, store: Store) -> None:
    wrong = replace(config, service=ServiceSettings(portals=("nobody",)))
    with pytest.raises(PortalNotFound):
        Service(wrong, store, HandClock(START))


def test_a_stop_drains_what_is_under_way(one: Config, store: Store, server: Server, hearing: Hearing) -> None:
    write_portal(one.home.path, "alpha", server.url, delay=0.2)
    with serving(one, store, HandClock(START)):
        hearing.wait_for("begins")
        wait_for_requests(server, 5)
    (run,) = store.runs()
    assert (run.state, run.complete, run.reason) == (RunState.DONE, False, "told to stop")
    assert run.counts.fetched >= 1
    assert holders_of(one.home.database) == []


def wait_for_requests(server: Server, count: int) -> None:
    """Until the portal was asked for so many pages."""
    while server.requests < count:
        threading.Event().wait(0.01)


def test_a_second_stop_kills_it_and_the_next_service_finishes(
    one: Config, store: Store, server: Server, hearing: Hearing
) -> None:
    write_portal(one.home.path, "alpha", server.url, delay=0.2)
    impatient = replace(one, run=RunSettings(grace_seconds=0))
    with serving(impatient, store, HandClock(START)):
        hearing.wait_for("begins")
        wait_for_requests(server, 5)
    (run,) = store.runs()
    assert (run.state, run.failure) == (RunState.CRAWLING, "DeadlineExceeded")
    with serving(one, store, HandClock(START)):
        hearing.wait_for("run 1 healthy", "its process ended early", "next at")
    (run,) = store.runs()
    assert (run.state, run.failure) == (RunState.DONE, "DeadlineExceeded")


def test_a_killed_child_is_a_named_failure_and_the_service_goes_on(
    one: Config, store: Store, server: Server, hearing: Hearing
) -> None:
    write_portal(one.home.path, "alpha", server.url, delay=0.2)
    clock = HandClock(START)
    with serving(one, store, clock):
        hearing.wait_for("begins")
        wait_for_requests(server, 5)
        for child in holders_of(one.home.database):
            os.kill(child, signal.SIGKILL)
        hearing.wait_for("alpha: CrawlerCrashed: the crawler ended by signal 9")
        (run,) = store.runs()
        assert (run.state, run.failure, run.complete) == (RunState.DONE, "CrawlerCrashed", False)
        write_portal(one.home.path, "alpha", server.url)
        clock.at = START + HOUR
        hearing.wait_for("run 2 healthy")


def test_a_slot_is_tried_again_while_another_crawl_holds_the_portal(
    one: Config, store: Store, hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.lock.PATIENCE", 0.0)
    with serving(one, store, HandClock(START)):
        with PortalLock(one.home.locks / "alpha.lock"):
            hearing.wait_for("alpha: RunOverlap")
        hearing.wait_for("run 1 healthy")
    assert slots(store, "alpha") == ["timed:2026-03-02T01:00:00Z"]


def test_portals_come_and_go_without_a_restart(
    config: Config, store: Store, server: Server, hearing: Hearing
) -> None:
    clock = HandClock(START)
    for path in BUILT_IN.glob("*.toml"):
        write_portal(config.home.path, path.stem, server.url, enabled=False)
    with serving(config, store, clock, survey=OFTEN):
        hearing.wait_for("starts")
        write_portal(config.home.path, "late", server.url)
        hearing.wait_for("late: run 1 healthy")
        file = config.home.portals / "late.toml"
        file.write_text("name = ", encoding="utf-8")
        hearing.wait_for("late is left out until its file is repaired")
        hearing.wait_for("late is no longer crawled")
        clock.at = START + HOUR
        write_portal(config.home.path, "late", server.url)
        hearing.wait_for("late: its file can be read again")
        hearing.wait_for("late: run 2 healthy")
        write_portal(config.home.path, "late", server.url, cron="45 * * * *")
        clock.at = START + HOUR + HOUR / 2
        hearing.wait_for("late: run 3 healthy", "next at 2026-03-02 03:45:00 UTC")
        file.unlink()
        hearing.wait_for("late is no longer crawled")
    assert slots(store, "late")[2] == "timed:2026-03-02T02:45:00Z"


def test_a_fault_of_the_store_ends_nothing(
    one: Config, store: Store, hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [StorageError("no space left"), ZeroDivisionError("a mistake")]
    begin_run = store.begin_run

    def fails_twice(*words: object) -> object:
        if left:
            raise left.pop(0)
        return begin_run(*words)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(store, "begin_run", fails_twice)
    with serving(one, store, HandClock(START)):
        hearing.wait_for("alpha: StorageError: no space left")
        assert "Traceback" in hearing.wait_for("a fault of Revisor itself", "ZeroDivisionError")
        hearing.wait_for("run 1 healthy")


def test_a_portal_that_is_down_is_said(one: Config, store: Store, server: Server, hearing: Hearing) -> None:
    server.close()
    with serving(one, store, HandClock(START)):
        assert "next at" in hearing.wait_for("run 1 down")
    assert store.runs()[0].verdict is Verdict.DOWN
