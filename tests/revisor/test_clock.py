"""The clocks that are handed in."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime, timedelta, timezone

from revisor.clock import FixedClock, StartedClock, SystemClock

LOCAL = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def test_all_clocks_show_utc() -> None:
    for clock in (SystemClock(), StartedClock(LOCAL), FixedClock(LOCAL)):
        assert clock.now().tzinfo is UTC


def test_the_systems_clock_shows_the_present() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)


def test_a_fixed_clock_stands_still() -> None:
    clock = FixedClock(LOCAL)
    assert clock.now() == clock.now() == LOCAL


def test_a_started_clock_goes_on_from_its_start() -> None:
    clock = StartedClock(LOCAL)
    first, second = clock.now(), clock.now()
    assert LOCAL <= first <= second
    hour_ago = StartedClock(LOCAL, time.monotonic() - 3600)
    assert hour_ago.now() >= LOCAL + timedelta(hours=1)


def test_a_started_clock_goes_on_when_it_is_handed_to_another_process() -> None:
    """The crawler's process must not start again at the beginning; it shares the monotonic clock."""
    clock = StartedClock(LOCAL, time.monotonic() - 60)
    assert pickle.loads(pickle.dumps(clock)) == clock  # noqa: S301  # our own bytes


def test_a_clock_can_run_fast_and_says_how_long_to_wait() -> None:
    day = timedelta(days=1)
    fast = StartedClock(LOCAL, time.monotonic() - 2.0, speed=3600.0)
    assert fast.now() >= LOCAL + timedelta(hours=2)
    assert 0.0 < fast.seconds_until(LOCAL + day) <= 22.0
    assert fast.seconds_until(LOCAL) == 0.0


def test_the_systems_clock_says_how_long_to_wait() -> None:
    clock = SystemClock()
    assert clock.seconds_until(clock.now() - timedelta(days=1)) == 0.0
    assert 0 < clock.seconds_until(clock.now() + timedelta(hours=1)) <= 3600
