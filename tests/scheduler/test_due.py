"""Which slot is due, by the run table; whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revisor.errors import RunOverlap
from revisor.model import Trigger
from scheduler.due import due_slot, next_slot, slot_text, timetable
from scrapers.portal import Portal, Schedule
from storage.database import open_database
from storage.store import Store
from tests.scheduler.newsroom import PORTAL

HOURLY = msgspec.structs.replace(PORTAL, schedule=Schedule(cron="0 * * * *"))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def ran(store: Store, slot: datetime, portal: Portal = HOURLY) -> None:
    store.begin_run(portal.name, slot_text(slot), Trigger.TIMED, slot)


def test_a_portal_never_crawled_is_due_at_once(store: Store) -> None:
    assert due_slot(store, HOURLY, NOON + 20 * MINUTE) == NOON
    assert next_slot(store, HOURLY, NOON + 20 * MINUTE) == NOON


def test_a_slot_is_due_once(store: Store) -> None:
    ran(store, NOON)
    assert due_slot(store, HOURLY, NOON + 20 * MINUTE) is None
    assert next_slot(store, HOURLY, NOON + 20 * MINUTE) == NOON + HOUR
    assert due_slot(store, HOURLY, NOON + HOUR) == NOON + HOUR


def test_of_several_missed_only_the_newest_is_due(store: Store) -> None:
    ran(store, NOON)
    assert due_slot(store, HOURLY, NOON + 7 * HOUR + MINUTE) == NOON + 7 * HOUR


def test_manual_runs_and_other_portals_do_not_count(store: Store) -> None:
    ran(store, NOON, msgspec.structs.replace(HOURLY, name="other"))
    store.begin_run(HOURLY.name, "manual:2026-03-02T12:00:00.000000Z", Trigger.MANUAL, NOON)
    assert due_slot(store, HOURLY, NOON) == NOON


def test_an_edited_schedule_names_no_slot_that_has_passed(store: Store) -> None:
    ran(store, NOON + 30 * MINUTE, msgspec.structs.replace(HOURLY, schedule=Schedule(cron="30 * * * *")))
    assert due_slot(store, HOURLY, NOON + 40 * MINUTE) is None
    assert due_slot(store, HOURLY, NOON + HOUR) == NOON + HOUR


def test_a_clock_set_back_doubles_nothing_and_silences_nobody(store: Store) -> None:
    ran(store, NOON)
    ran(store, NOON + 1000 * HOUR)  # while the clock was wrong
    assert due_slot(store, HOURLY, NOON + MINUTE) is None
    assert due_slot(store, HOURLY, NOON + HOUR) == NOON + HOUR
    ran(store, NOON + HOUR)
    assert due_slot(store, HOURLY, NOON + HOUR + MINUTE) is None
    assert due_slot(store, HOURLY, NOON + 1000 * HOUR) is None


def test_a_schedule_that_never_matches_is_never_due(store: Store) -> None:
    never = msgspec.structs.replace(PORTAL, schedule=Schedule(cron="0 0 30 2 *"))
    assert due_slot(store, never, NOON) is None
    assert next_slot(store, never, NOON) is None


def test_slots_follow_the_wall_clock_of_the_portal() -> None:
    beijing = msgspec.structs.replace(PORTAL, time_zone="Asia/Shanghai", schedule=Schedule(cron="0 9 * * *"))
    assert timetable(beijing).next_after(NOON) == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-300, 300), min_size=1, max_size=40))
def test_whatever_the_clock_does_no_slot_runs_twice_and_the_newest_has_run(jumps: list[int]) -> None:
    """jumps: minutes by which the clock moves between two looks, forwards or backwards."""
    with TemporaryDirectory() as folder:
        engine = open_database(Path(folder) / "revisor.db")
        store = Store(engine)
        now = NOON
        for minutes in jumps:
            now += minutes * MINUTE
            if slot := due_slot(store, HOURLY, now):
                ran(store, slot)  # raises RunOverlap at a slot that has run
            newest = timetable(HOURLY).last_until(now)
            assert newest
            assert store.run_in_slot(HOURLY.name, slot_text(newest))
        engine.dispose()


def test_the_table_refuses_a_slot_twice(store: Store) -> None:
    ran(store, NOON)
    with pytest.raises(RunOverlap):
        ran(store, NOON)
