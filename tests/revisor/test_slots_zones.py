"""Every time zone, a whole year: no slot is left out and none comes twice, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

import pytest

from revisor.slots import Timetable
from tests.revisor.offsets import NONE, Span, dates, instants, shifts, year

HOUR = timedelta(hours=1)
DAILY = ("0 0 * * *", "30 2 * * *", "59 23 * * *", "30 0 * * *", "15 12 * * *")
HOURLY = ("0 * * * *", "30 * * * *")


def zones(number: int, *, every: bool) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The zones with their offsets in a year; not every: one of those whose clocks show the same."""
    tables = {zone: year(zone, number) for zone in sorted(available_timezones())}
    assert len(tables) > 400
    if every:
        yield from tables.items()
    else:
        alike = {table: zone for zone, table in tables.items()}
        yield from ((zone, table) for table, zone in alike.items())


@cache
def walls(cron: str, number: int) -> list[datetime]:
    """The wall times of a year and of the days around it, written as if they were UTC."""
    start, end = datetime(number - 1, 12, 28, tzinfo=UTC), datetime(number + 1, 1, 5, tzinfo=UTC)
    minute, hour = cron.split()[:2]
    times = [(h, int(minute)) for h in (range(24) if hour == "*" else [int(hour)])]
    return [
        start + timedelta(days=d, hours=h, minutes=m) for d in range((end - start).days) for h, m in times
    ]


def check_year(number: int, *, every: bool) -> None:
    start, end = datetime(number, 1, 1, tzinfo=UTC), datetime(number + 1, 1, 1, tzinfo=UTC)
    for zone, table in zones(number, every=every):
        for cron in (*DAILY, *HOURLY):
            hourly = cron in HOURLY
            slots = list(Timetable(cron, zone).between(start, end))
            expected = instants(table, walls(cron, number), hourly=hourly)
            assert slots == [at for at in expected if start < at <= end], (zone, cron)
            (check_hourly if hourly else check_daily)(zone, slots, table)


def check_daily(zone: str, slots: list[datetime], table: tuple[Span, ...]) -> None:
    """As many slots as there are local dates between the first and the last, whatever the dates are."""
    shown = [span.shows(at).date() for at in slots for span in table if span.start <= at < span.end]
    there = [day for day in dates(table) if shown[0] < day <= shown[-1]]
    assert len(slots) == len(set(slots)) == len(there) + 1, zone


def check_hourly(zone: str, slots: list[datetime], table: tuple[Span, ...]) -> None:
    """An hour from slot to slot. Only beside a change of the clock by no whole hour there is less; or more,
    where it is put back: by no more than the part of an hour that it shows twice.
    """
    odd = [(at, by) for at, by in shifts(table) if by % HOUR]
    for slot, following in pairwise(slots):
        step = following - slot
        if step != HOUR:
            near = [by for at, by in odd if at - HOUR <= slot <= at + abs(by) + HOUR]
            assert near, (zone, slot, step)
            assert NONE < step <= max(HOUR + (-by % HOUR if by < NONE else NONE) for by in near), (zone, slot)


def test_a_year_of_every_kind_of_zone() -> None:
    check_year(2026, every=False)


@pytest.mark.campaign
@pytest.mark.parametrize("number", [2026, 2011, 2007, 1999])
def test_a_year_of_every_zone(number: int) -> None:
    check_year(number, every=True)
