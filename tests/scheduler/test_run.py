"""Whole runs: a real crawler process, a real server on loopback, a real store."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from revisor.clock import FixedClock
from revisor.config import Config, Home
from revisor.errors import CrawlerCrashed, RunOverlap
from revisor.model import Trigger, Verdict
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site
from scheduler.lock import PortalLock
from scheduler.run import RunOrder, Watcher, run_portal
from scrapers.portal import Portal
from scrapers.portal_files import find_portal
from scrapers.ports import Progress
from storage.database import open_database
from storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ARTICLES = 40


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = Config(Home(tmp_path / "home"))
    made.home.make()
    return made


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Site(seed=7, articles=ARTICLES)) as running:
        yield running


@pytest.fixture
def portal(config: Config, server: Server) -> Portal:
    (config.home.portals / "sample.toml").write_text(portal_file(server.url), encoding="utf-8")
    return find_portal(config.home.path, "sample")


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    engine = open_database(config.home.database)
    yield Store(engine)
    engine.dispose()


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
    slow = replace_pace(portal)
    run = run_portal(config, store, RunOrder(slow), FixedClock(NOW), stop)
    assert not run.complete
    assert 5 <= run.counts.fetched < ARTICLES
    again = run_portal(config, store, RunOrder(portal), FixedClock(NOW + timedelta(hours=1)))
    assert again.complete
    assert again.counts.changes == 0
    assert store.live_pages("sample") == ARTICLES


def replace_pace(portal: Portal) -> Portal:
    import msgspec  # noqa: PLC0415

    return msgspec.structs.replace(
        portal, pace=msgspec.structs.replace(portal.pace, delay=0.05, concurrency=1)
    )


def test_a_killed_crawler_is_named_and_loses_nothing(config: Config, store: Store, portal: Portal) -> None:
    steps: list[Progress] = []
    children: list[int] = []

    def on_progress(step: Progress) -> None:
        steps.append(step)
        if len(steps) == 10:
            children.extend(_children_named(config.home.database))
            for child in children:
                os.kill(child, signal.SIGKILL)

    with pytest.raises(CrawlerCrashed, match="signal 9"):
        run_portal(
            config, store, RunOrder(replace_pace(portal)), FixedClock(NOW), Watcher(on_progress=on_progress)
        )
    assert len(children) == 1
    left = store.unfinished_runs("sample")
    assert len(left) == 1
    acknowledged = len(store.captures_of_run(left[0].id))
    assert acknowledged >= 10
    run_portal(config, store, RunOrder(portal), FixedClock(NOW + timedelta(hours=1)))
    assert store.unfinished_runs("sample") == []
    first = store.run(left[0].id)
    assert first.counts.fetched == acknowledged
    assert not first.complete
    assert store.live_pages("sample") == ARTICLES


def _children_named(database: Path) -> list[int]:
    """Processes that have the database open, other than this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            targets = {os.readlink(fd) for fd in (entry / "fd").iterdir()}  # noqa: PTH115  # may be no path
        except OSError:
            continue
        if str(database) in targets:
            found.append(int(entry.name))
    return found


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
    assert _children_named(config.home.database) == []


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
