"""A run's process from the parent's side: bounds, crashes, and several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.clock import FixedClock
from revisor.config import Config, RunSettings
from revisor.errors import CrawlerCrashed, DeadlineExceeded, RevisorError
from revisor.model import Run, RunState, Trigger, Verdict
from scheduler.job import Ended, Finished, Job, RecordJob
from scheduler.leash import Watcher
from scheduler.process import LOG_CHARACTERS, LOG_LINES, tail
from scheduler.record import Recorder
from scheduler.run import ATTEMPTS, PortalRuns, RunOrder, run_portal
from scrapers.portal import Portal
from scrapers.ports import Progress
from storage.store import Store
from tests.scheduler.conftest import ARTICLES
from tests.scheduler.newsroom import PORTAL, Newsroom, page
from tests.scheduler.processes import Dying, MuteHost, holders_of, slowly

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DEADLINE = RunSettings().deadline_minutes * 60.0
GRACE = RunSettings().grace_seconds


@dataclass
class Moves:
    """A timer that jumps when enough pages have come, as a test wants it."""

    jumps: dict[int, float]
    pages: int = 0
    now: float = 0.0
    watcher: Watcher = field(init=False)

    def __post_init__(self) -> None:
        self.watcher = Watcher(on_progress=self.see, timer=lambda: self.now)

    def see(self, _: Progress) -> None:
        self.pages += 1
        self.now += self.jumps.get(self.pages, 0.0)


def test_a_run_out_of_time_drains_and_is_an_ordinary_run(
    config: Config, store: Store, portal: Portal
) -> None:
    moves = Moves({5: DEADLINE})
    run = run_portal(config, store, RunOrder(slowly(portal)), FixedClock(NOW), moves.watcher)
    assert run.state is RunState.DONE
    assert not run.complete
    assert run.failure is None
    assert run.reason == "out of time after 180 minutes"
    assert 5 <= run.counts.fetched < ARTICLES
    assert run.counts.articles == store.live_pages("sample")


def test_one_that_does_not_drain_is_killed_and_keeps_what_it_fetched(
    config: Config, store: Store, portal: Portal
) -> None:
    moves = Moves({4: DEADLINE, 5: GRACE})
    with pytest.raises(DeadlineExceeded, match="crawled for 180 minutes"):
        run_portal(config, store, RunOrder(slowly(portal, 0.5)), FixedClock(NOW), moves.watcher)
    (run,) = store.runs()
    assert run.state is RunState.DONE
    assert run.failure == "DeadlineExceeded"
    assert not run.complete
    assert run.counts.fetched >= 4
    assert holders_of(config.home.database) == []


def test_one_that_waits_for_a_host_longer_than_the_grace_is_killed(config: Config, store: Store) -> None:
    later = count(step=GRACE)
    with MuteHost() as host:
        watcher = Watcher(
            should_stop=host.asked.is_set, timer=lambda: next(later) if host.asked.is_set() else 0.0
        )
        with pytest.raises(DeadlineExceeded, match="after it was stopped"):
            run_portal(config, store, RunOrder(host.portal(PORTAL)), FixedClock(NOW), watcher)
    (run,) = store.runs()
    assert (run.state, run.failure) == (RunState.CRAWLING, "DeadlineExceeded")
    assert [done.id for done in finish(config, store, PORTAL)] == [run.id]
    assert store.run(run.id).state is RunState.DONE


def finish(config: Config, store: Store, portal: Portal) -> list[Run]:
    with PortalRuns(config, store, portal, Watcher()) as runs:
        return runs.finish_interrupted(FixedClock(NOW))


def test_a_second_stop_kills_at_once(config: Config, store: Store, portal: Portal) -> None:
    pages = Moves({})
    watcher = Watcher(pages.see, should_end=lambda: pages.pages > 2)
    with pytest.raises(DeadlineExceeded, match="stopped at once"):
        run_portal(config, store, RunOrder(slowly(portal)), FixedClock(NOW), watcher)
    assert holders_of(config.home.database) == []


def test_whatever_goes_wrong_in_the_parent_leaves_no_process(
    config: Config, store: Store, portal: Portal
) -> None:
    def fail(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_portal(config, store, RunOrder(slowly(portal)), FixedClock(NOW), Watcher(fail))
    assert holders_of(config.home.database) == []


def test_a_crash_is_named_with_the_end_of_its_log(config: Config, store: Store) -> None:
    order = RunOrder(PORTAL, network=Dying(lines=100))
    with pytest.raises(CrawlerCrashed, match="exit code 3: line 99 of the log") as raised:
        run_portal(config, store, order, FixedClock(NOW))
    assert raised.value.remedy == (
        f"read {config.home.logs / 'crawl-test.log'}; what was fetched is kept and the next run goes on"
    )
    (run,) = store.runs()
    assert (run.state, run.failure, run.complete) == (RunState.DONE, "CrawlerCrashed", False)
    assert run.log
    lines = run.log.splitlines()
    assert lines[-1].startswith("line 99 of the log")
    assert len(lines) == LOG_LINES


@given(st.text(max_size=3 * LOG_CHARACTERS), st.integers(1, 5))
def test_the_end_of_a_log_is_bounded(text: str, times: int) -> None:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "crawl.log"
        log.write_bytes(text.encode("utf-8", "replace") * times)
        end = tail(log)
    assert len(end) <= LOG_CHARACTERS
    assert end.count("\n") < LOG_LINES


def test_no_log_has_no_end(tmp_path: Path) -> None:
    assert tail(tmp_path / "none.log") == ""


def test_a_process_short_of_memory_is_a_named_failure(config: Config, store: Store, portal: Portal) -> None:
    narrow = replace(config, run=RunSettings(memory_mb=1))
    with pytest.raises(RevisorError):
        run_portal(narrow, store, RunOrder(portal), FixedClock(NOW))
    (run,) = store.runs()
    assert run.failure
    after = run_portal(config, store, RunOrder(portal), FixedClock(NOW + timedelta(hours=1)))
    assert after.verdict is Verdict.HEALTHY
    assert store.unfinished_runs("sample") == []


def test_several_are_started_and_buried_at_once(config: Config, store: Store) -> None:
    """Threads that start and bury processes must not take one another's exit codes."""

    def crash(number: int) -> str:
        its_own = msgspec.structs.replace(PORTAL, name=f"test{number}")
        with pytest.raises(CrawlerCrashed) as raised:
            run_portal(config, store, RunOrder(its_own, network=Dying()), FixedClock(NOW))
        return raised.value.message

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(crash, range(12)))
    assert [message for message in told if "exit code 3" not in message] == []
    assert {run.state for run in store.runs()} == {RunState.DONE}


# --- captures that end the process that reads them --------------------------------


@dataclass
class Fragile:
    """Stands in for the processes of a run: each ends at the first capture that it may not read."""

    breaks_at: frozenset[int]
    jobs: list[RecordJob] = field(default_factory=list)

    def __call__(self, job: Job, _: Watcher) -> Finished | Ended:
        assert isinstance(job, RecordJob)
        self.jobs.append(job)
        if left := self.breaks_at - job.avoid:
            return Ended(CrawlerCrashed("it crashed"), min(left))
        return Finished()


def test_a_capture_at_which_two_processes_end_is_left_unread(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.begin_run(PORTAL.name, "slot", Trigger.TIMED, NOW)
    fragile = Fragile(frozenset({3, 7}))
    monkeypatch.setattr("scheduler.run.run_job", fragile)
    finish(config, store, PORTAL)
    assert [sorted(job.avoid) for job in fragile.jobs] == [[], [], [3], [3], [3, 7]]


def test_a_recording_that_always_breaks_is_given_up(
    config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.begin_run(PORTAL.name, "slot", Trigger.TIMED, NOW)
    fragile = Fragile(frozenset(range(1000)))
    monkeypatch.setattr("scheduler.run.run_job", fragile)
    with pytest.raises(CrawlerCrashed):
        finish(config, store, PORTAL)
    assert len(fragile.jobs) == ATTEMPTS
    assert store.runs()[0].failure == "CrawlerCrashed"


def test_a_capture_to_be_avoided_is_named_and_all_others_are_recorded(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.run({n: page(f"Headline number {n} of the day") for n in range(3)})
    run = newsroom.crawl({n: page(f"Headline number {n} of the morning") for n in range(3)})
    captures = newsroom.store.captures_of_run(run.id)
    poison, read = captures[1].id, list[int]()
    done = Recorder(newsroom.store, PORTAL, run, frozenset({poison}), read.append).finish(
        FixedClock(newsroom.now)
    )
    assert poison not in read
    assert set(read) >= {captures[0].id, captures[2].id, captures[3].id}
    assert done.counts.changes == 2
    outcome = {line.id: line.outcome for line in newsroom.store.captures_of_run(run.id)}
    assert outcome[poison] == "CrawlerCrashed"
    newsroom.now += timedelta(days=1)
    again = newsroom.run({n: page(f"Headline number {n} of the morning") for n in range(3)})
    assert again.counts.changes == 1
    newsroom.close()
