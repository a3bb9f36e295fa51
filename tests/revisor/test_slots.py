"""When a portal is due: the cron line, the clock's changes, and that the three questions agree."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given, settings
from hypothesis import strategies as st

from revisor.errors import ConfigError
from revisor.slots import Timetable
from tests.revisor.offsets import instants, spans

DAY = timedelta(days=1)
TRICKY = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia",
    "Africa/Cairo", "America/Nuuk", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Shanghai", "UTC",
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots(cron: str, zone: str, after: str, until: str) -> list[str]:
    """The slots in UTC, as short text."""
    return [f"{at:%m-%d %H:%M}" for at in Timetable(cron, zone).between(utc(after), utc(until))]


# --- the clock's changes ------------------------------------------------------------


def test_a_time_that_the_clock_jumps_over_comes_as_much_later() -> None:
    found = slots("30 2 * * *", "Europe/Berlin", "2026-03-28", "2026-03-31")
    assert found == ["03-28 01:30", "03-29 01:30", "03-30 00:30"]  # 29 March: 03:30 on the wall


def test_a_time_that_comes_twice_means_the_first() -> None:
    found = slots("30 2 * * *", "Europe/Berlin", "2026-10-24", "2026-10-27")
    assert found == ["10-24 00:30", "10-25 00:30", "10-26 01:30"]


def test_an_hourly_portal_runs_in_every_real_hour() -> None:
    for day in ("2026-03-29", "2026-10-25"):
        found = list(Timetable("0 * * * *", "Europe/Berlin").between(utc(day), utc(day) + DAY))
        assert found == [utc(day) + timedelta(hours=n) for n in range(1, 25)]


def test_what_is_not_hourly_runs_once_in_hours_that_come_twice() -> None:
    found = slots("0,30 1-3 * * *", "Europe/Berlin", "2026-10-24T22:00", "2026-10-25T12:00")
    assert found == ["10-24 23:00", "10-24 23:30", "10-25 00:00", "10-25 00:30", "10-25 02:00", "10-25 02:30"]


def test_times_that_fall_on_the_same_instant_are_one_slot() -> None:
    found = slots("0,30 2,3 * * *", "Europe/Berlin", "2026-03-29", "2026-03-29T12:00")
    assert found == ["03-29 01:00", "03-29 01:30"]


def test_a_local_date_that_was_left_out_has_no_slot_of_its_own() -> None:
    found = slots("30 2 * * *", "Pacific/Apia", "2011-12-28T00:00", "2012-01-01T00:00")
    assert found == ["12-28 12:30", "12-29 12:30", "12-30 12:30", "12-31 12:30"]


def test_a_jump_of_half_an_hour_keeps_the_order() -> None:
    found = slots("*/20 * * * *", "Australia/Lord_Howe", "2026-10-03T15:00", "2026-10-03T15:59")
    assert found == ["10-03 15:10", "10-03 15:30", "10-03 15:40", "10-03 15:50"]  # 02:40 to 02:50, 03:00


def test_a_jump_over_midnight_puts_the_slot_on_the_next_date() -> None:
    found = slots("59 23 * * *", "America/Nuuk", "2026-03-28T00:00", "2026-03-31T00:00")
    assert found == ["03-28 01:59", "03-29 01:59", "03-30 00:59"]


# --- the line ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cron", "days"),  # February 2026 begins on a Sunday
    [
        ("0 0 * * 0", [1, 8, 15, 22]),
        ("0 0 * * 7", [1, 8, 15, 22]),
        ("0 0 * * SUN", [1, 8, 15, 22]),
        ("0 0 * * 1-3", [2, 3, 4, 9, 10, 11, 16, 17, 18, 23, 24, 25]),
        ("0 0 * * sat-sun", [1, 7, 8, 14, 15, 21, 22, 28]),
        ("0 0 * * 6-7", [1, 7, 8, 14, 15, 21, 22, 28]),
        ("0 0 * * 1-5/4", [2, 6, 9, 13, 16, 20, 23, 27]),
        ("0 0 * * mon,5", [2, 6, 9, 13, 16, 20, 23, 27]),
        ("0 0 10-12 2 *", [10, 11, 12]),
        ("0 0 */10 feb *", [1, 11, 21]),
        ("0 0 20/5 jan-mar *", [20, 25]),
        ("0 0 10,20 * mon", [2, 9, 10, 16, 20, 23]),  # either of the two
        ("0 0 */2 * 1", [9, 23]),  # a star is no restriction, so both
    ],
)
def test_days_are_named_as_in_crontab(cron: str, days: list[int]) -> None:
    found = Timetable(cron, "UTC").between(utc("2026-01-31T12:00"), utc("2026-02-28T12:00"))
    assert [at.day for at in found] == days


@pytest.mark.parametrize(
    ("cron", "why"),
    [
        ("", "five fields are needed, not 0"),
        ("* * * *", "five fields are needed, not 4"),
        ("* * * * * *", "five fields are needed, not 6"),
        ("60 * * * *", '"60" is no minute from 0 to 59'),
        ("* 24 * * *", '"24" is no hour'),
        ("* * 0 * *", '"0" is no day of the month'),
        ("* * * 13 *", '"13" is no month'),
        ("* * * * 8", '"8" is no day of the week'),
        ("* * * * mo", '"mo" is no day of the week'),
        ("* * * jam *", '"jam" is no month'),
        ("* * * mon *", '"mon" is no month'),
        ("* * last * *", '"last" is no day of the month'),
        ("9-5 * * * *", '"9-5" of the minute runs backwards'),
        ("*/0 * * * *", "step"),
        ("*/60 * * * *", "step"),
        ("1,,2 * * * *", '"" is no minute'),
        ("-1 * * * *", '"-1" is no minute'),
        ("1.5 * * * *", '"1.5" is no minute'),
        ("٣ * * * *", '"٣" is no minute'),
        ("* * * * mon-fri/2x", '"mon-fri/2x" is no day of the week'),
    ],
)
def test_a_line_that_is_none_is_refused_with_the_reason(cron: str, why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Timetable(cron, "UTC")
    assert why in caught.value.message
    assert f'"{cron}"' in caught.value.message
    assert "30 6 * * 1-5" in caught.value.remedy


@pytest.mark.parametrize(
    "zone", ["", "Mars/Base", "Europe", "../etc/passwd", "/etc/passwd", "x\0y", "\ud800"]
)
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ConfigError, match="time zone"):
        Timetable("0 0 * * *", zone)


_CLOCK = st.sampled_from(["*", "*/7", "0", "17", "5,10-12", "3-20/4", "10/5", "59"])
_HOURS = st.sampled_from(["*", "*/6", "0", "2", "23", "1-3", "5,7", "4-20/8"])
_DATES = st.sampled_from(
    [("*", "*"), ("1", "*"), ("*/9", "*"), ("10-20/3", "*"), ("*", "mon-wed"), ("*", "sun")]
)
_MONTHS = st.sampled_from(["*", "2", "*/5", "jan,mar", "3-11/2"])
LINES = st.builds(lambda m, h, d, o: f"{m} {h} {d[0]} {o} {d[1]}", _CLOCK, _HOURS, _DATES, _MONTHS)
MOMENTS = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the strategy adds the zone


@given(LINES, MOMENTS)
@settings(max_examples=60)
def test_a_line_says_what_it_says_to_apscheduler(cron: str, moment: datetime) -> None:
    """Where both read it alike: days of the week by name, and not together with days of the month."""
    trigger = CronTrigger.from_crontab(cron, timezone=UTC)
    at: datetime | None = moment
    for _ in range(20):
        assert at is not None
        due = trigger.get_next_fire_time(None, at + timedelta(microseconds=1))
        at = Timetable(cron, "UTC").next_after(at)
        assert at == due


# --- the three questions ----------------------------------------------------------------


@given(LINES, st.sampled_from(TRICKY), MOMENTS, st.tuples(st.integers(0, 3000), st.integers(0, 3000)))
@settings(max_examples=100)
def test_the_answers_agree(cron: str, zone: str, start: datetime, minutes: tuple[int, int]) -> None:
    table = Timetable(cron, zone)
    middle = start + timedelta(minutes=minutes[0])
    end = middle + timedelta(minutes=minutes[1])
    found = list(table.between(start, end))
    assert found == [*table.between(start, middle), *table.between(middle, end)]
    assert found == sorted(set(found))
    assert all(start < at <= end and at.tzinfo is UTC for at in found)
    first, last = table.next_after(start), table.last_until(end)
    assert first is not None
    assert last is not None
    assert start < first
    assert last <= end
    assert (found[0], found[-1]) == (first, last) if found else (last <= start and end < first)
    assert table.last_until(first) == first
    assert table.next_after(first - timedelta(microseconds=1)) == first


@given(LINES, st.sampled_from(TRICKY), MOMENTS)
@settings(max_examples=60)
def test_slots_are_what_the_clocks_of_the_zone_show(cron: str, zone: str, start: datetime) -> None:
    end = start + 20 * DAY
    walls = Timetable(cron, "UTC").between(start - 2 * DAY, end + 2 * DAY)
    shown = instants(spans(zone, start - 4 * DAY, end + 4 * DAY), walls, hourly=cron.split()[1] == "*")
    assert list(Timetable(cron, zone).between(start, end)) == [at for at in shown if start < at <= end]


def test_a_slot_is_later_than_the_moment_and_may_be_the_moment_it_was_last_due() -> None:
    table = Timetable("0 9 * * *", "Asia/Shanghai")
    slot = utc("2026-03-02T01:00")
    assert table.next_after(slot) == slot + DAY
    assert table.last_until(slot) == slot
    assert list(table.between(slot - DAY, slot)) == [slot]
    assert list(table.between(slot, slot)) == []
    assert list(table.between(slot + DAY, slot - DAY)) == []


def test_moments_may_be_told_in_any_zone() -> None:
    table = Timetable("0 9 * * *", "Asia/Shanghai")
    local = datetime(2026, 3, 2, 8, 59, tzinfo=timezone(timedelta(hours=8)))
    assert table.next_after(local) == utc("2026-03-02T01:00")
    assert table.last_until(local) == utc("2026-03-01T01:00")


def test_a_line_that_never_matches_is_never_due() -> None:
    table = Timetable("0 0 30 2 *", "Europe/Berlin")
    assert table.next_after(utc("2026-01-01")) is None
    assert table.last_until(utc("2026-01-01")) is None
    assert list(table.between(utc("2026-01-01"), utc("2028-01-01"))) == []


def test_the_rarest_line_is_found() -> None:
    table = Timetable("0 0 29 2 *", "UTC")
    assert table.next_after(utc("2096-02-29")) == utc("2104-02-29")
    assert table.last_until(utc("2104-02-28T23:59")) == utc("2096-02-29")


def test_timetables_are_values() -> None:
    table = Timetable("0 9 * * *", "Asia/Shanghai")
    assert pickle.loads(pickle.dumps(table)) == table  # noqa: S301  # our own bytes
    assert len({table, Timetable("0 9 * * *", "Asia/Shanghai")}) == 1
