"""Whole runs: a real crawler process, a real server on loopback, a real store."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest

from revisor.clock import FixedClock
from revisor.config import Config
from revisor.errors import CrawlerCrashed, RunOverlap
from revisor.model import Trigger, Verdict
from sample_portal.server import Server
from scheduler.leash import Watcher
from scheduler.lock import PortalLock
from scheduler.run import RunOrder, run_portal
from scrapers.portal import Portal
from scrapers.ports import Progress
from storage.store import Store
from tests.scheduler.conftest import ARTICLES
from tests.scheduler.processes import holders_of, slowly

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_crawl_finds_every_article_and_is_the_baseline(
    config: Config, store: Store, portal: Portal
) -> None:
    steps: list[Progress] = []
    run = run_portal(config, store, RunOrder(portal), FixedClock(NOW), Watcher(on_progress=steps.append))
    assert run.verdict is Verdict.HEALTHY
    assert (run.baseline, run.complete) == (True, True)
    assert run.counts.articles == ARTICLES
    assert run.started_at == NOW
    assert store.live_pages("sample") == ARTICLES
    assert steps[-1].fetched == run.counts.fetched


def test_max_pages_stops_and_later_runs_go_on_without_news(
    config: Config, store: Store, portal: Portal
) -> None:
    seen = 0
    for number in range(6):
        order = RunOrder(portal, max_pages=15)
        run = run_portal(config, store, order, FixedClock(NOW + number * timedelta(hours=1)))
        assert run.counts.fetched <= 15
        assert run.counts.changes == 0
        assert store.live_pages("sample") > seen or store.live_pages("sample") == ARTICLES
        seen = store.live_pages("sample")
    assert seen == ARTICLES


def test_a_stopped_crawl_keeps_what_it_fetched(config: Config, store: Store, portal: Portal) -> None:
    steps: list[Progress] = []
    stop = Watcher(on_progress=steps.append, should_stop=lambda: len(steps) >= 5)
    slow = slowly(portal)
    run = run_portal(config, store, RunOrder(slow), FixedClock(NOW), stop)
    assert not run.complete
    assert 5 <= run.counts.fetched < ARTICLES
    again = run_portal(config, store, RunOrder(portal), FixedClock(NOW + timedelta(hours=1)))
    assert again.complete
    assert again.counts.changes == 0
    assert store.live_pages("sample") == ARTICLES


def test_a_killed_crawler_is_named_and_loses_nothing(config: Config, store: Store, portal: Portal) -> None:
    steps: list[Progress] = []
    children: list[int] = []

    def on_progress(step: Progress) -> None:
        steps.append(step)
        if len(steps) == 10:
            children.extend(holders_of(config.home.database))
            for child in children:
                os.kill(child, signal.SIGKILL)

    with pytest.raises(CrawlerCrashed, match="signal 9"):
        run_portal(config, store, RunOrder(slowly(portal)), FixedClock(NOW), Watcher(on_progress=on_progress))
    assert len(children) == 1
    assert store.unfinished_runs("sample") == []
    (crashed,) = store.runs("sample")
    assert crashed.failure == "CrawlerCrashed"
    assert crashed.log is not None
    assert not crashed.complete
    assert crashed.counts.fetched >= 10
    assert store.live_pages("sample") == crashed.counts.articles
    run_portal(config, store, RunOrder(portal), FixedClock(NOW + timedelta(hours=1)))
    assert store.live_pages("sample") == ARTICLES


def test_runs_of_one_portal_never_overlap(
    config: Config, store: Store, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.lock.PATIENCE", 0.0)
    with PortalLock(config.home.locks / "sample.lock"), pytest.raises(RunOverlap, match=str(os.getpid())):
        run_portal(config, store, RunOrder(portal), FixedClock(NOW))
    assert store.runs() == []


def test_the_same_slot_runs_once(config: Config, store: Store, portal: Portal) -> None:
    order = RunOrder(portal, Trigger.TIMED, slot="2026-03-02T01:00Z", max_pages=4)
    run_portal(config, store, order, FixedClock(NOW))
    with pytest.raises(RunOverlap):
        run_portal(config, store, order, FixedClock(NOW))


def test_nothing_is_left_running(config: Config, store: Store, portal: Portal) -> None:
    threads = threading.active_count()
    run_portal(config, store, RunOrder(portal, max_pages=4), FixedClock(NOW))
    assert threading.active_count() == threads
    assert holders_of(config.home.database) == []


def test_an_unreachable_portal_is_down_and_removes_nothing(
    config: Config, store: Store, portal: Portal, server: Server
) -> None:
    run_portal(config, store, RunOrder(portal), FixedClock(NOW))
    server.close()
    for number in range(1, 4):
        run = run_portal(config, store, RunOrder(portal), FixedClock(NOW + number * timedelta(hours=1)))
        assert run.verdict is Verdict.DOWN
        assert run.counts.changes == 0
    assert store.portal_summary("sample").removed == 0
    assert {failure.name for failure in store.failures(run.id)} == {"HostUnreachable"}
    assert run.reason
