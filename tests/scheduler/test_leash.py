"""When the process of a run is told to end, and when it is ended; under a timer that a test moves by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from revisor.config import RunSettings
from scheduler.leash import Leash, Watcher

BOUNDS = RunSettings(deadline_minutes=10, grace_seconds=60)
DEADLINE = 600.0


@dataclass
class Outside:
    """What goes on around a run."""

    now: float = 1000.0
    stop: bool = False
    end: bool = False

    def leash(self) -> Leash:
        return Leash(
            "test", BOUNDS, Watcher(lambda _: None, lambda: self.stop, lambda: self.end, lambda: self.now)
        )


@pytest.fixture
def outside() -> Outside:
    return Outside()


def test_within_its_time_a_run_is_left_alone(outside: Outside) -> None:
    leash = outside.leash()
    outside.now += DEADLINE - 1
    assert leash.word() is None
    assert leash.verdict() is None


def test_out_of_time_it_is_told_once_and_killed_after_the_grace(outside: Outside) -> None:
    leash = outside.leash()
    outside.now += DEADLINE
    assert leash.word() == "out of time after 10 minutes"
    assert leash.word() is None
    outside.now += 59
    assert leash.verdict() is None
    outside.now += 1
    assert "crawled for 10 minutes" in str(leash.verdict())


def test_a_crawl_that_drains_in_time_has_time_to_record(outside: Outside) -> None:
    leash = outside.leash()
    outside.now += DEADLINE
    assert leash.word()
    outside.now += 30
    leash.recording()
    outside.now += DEADLINE - 1
    assert leash.word() is None
    assert leash.verdict() is None
    outside.now += 1
    assert leash.word() is None
    assert "not recorded within 10 minutes" in str(leash.verdict())


def test_a_stop_leaves_the_grace_and_no_more(outside: Outside) -> None:
    leash = outside.leash()
    outside.stop = True
    assert leash.word() == "told to stop"
    assert leash.word() is None
    leash.recording()
    outside.now += 59
    assert leash.verdict() is None
    outside.now += 1
    assert "60 s after it was stopped" in str(leash.verdict())


def test_a_stop_counts_in_recording_too(outside: Outside) -> None:
    leash = outside.leash()
    leash.recording()
    outside.stop = True
    leash.word()
    outside.now += 60
    assert leash.verdict()


def test_a_second_stop_ends_it_at_once(outside: Outside) -> None:
    leash = outside.leash()
    outside.end = True
    assert leash.verdict()
