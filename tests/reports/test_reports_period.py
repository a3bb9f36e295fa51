"""Moments as people write them, with the clock handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.period import parse_moment

ZHUHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)  # 9:30 in Zhuhai

moments = st.integers(631_152_000, 3_786_912_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-01", "2026-02-28T16:00", "2026-03-01T16:00"),
        ("today", "2026-03-02T16:00", "2026-03-03T16:00"),
        (" Yesterday ", "2026-03-01T16:00", "2026-03-02T16:00"),
        ("now", "2026-03-03T01:30", "2026-03-03T01:30"),
        ("7d", "2026-02-24T01:30", "2026-02-24T01:30"),
        ("24h", "2026-03-02T01:30", "2026-03-02T01:30"),
        ("90m", "2026-03-03T00:00", "2026-03-03T00:00"),
        ("2w", "2026-02-17T01:30", "2026-02-17T01:30"),
        ("2026-03-01T10:00", "2026-03-01T02:00", "2026-03-01T02:00"),
        ("2026-03-01 10:00", "2026-03-01T02:00", "2026-03-01T02:00"),
        ("2026-03-01T10:00Z", "2026-03-01T10:00", "2026-03-01T10:00"),
        ("2026-03-01t10:00z", "2026-03-01T10:00", "2026-03-01T10:00"),
        ("2026-03-01T10:00-05:00", "2026-03-01T15:00", "2026-03-01T15:00"),
    ],
)
def test_what_a_moment_means_as_start_and_as_end(text: str, start: str, end: str) -> None:
    assert parse_moment(text, NOW, ZHUHAI) == datetime.fromisoformat(start + "+00:00")
    assert parse_moment(text, NOW, ZHUHAI, end=True) == datetime.fromisoformat(end + "+00:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "7",
        "d",
        "-7d",
        "7 years",
        "2026-02-30",
        "2026-13-01",
        "2026-3-1",
        "9999999d",
        "999999w",
        "0001-01-01T00:00+14:00",
    ],
)
def test_anything_else_is_refused_with_the_forms_that_are_known(text: str) -> None:
    with pytest.raises(ValueError, match=r"write a date .* 7d, 24h, today or yesterday"):
        parse_moment(text, NOW, ZHUHAI)


def test_the_day_of_a_clock_change_has_its_own_length() -> None:
    start = parse_moment("2026-03-29", NOW, BERLIN)
    assert parse_moment("2026-03-29", NOW, BERLIN, end=True) - start == timedelta(hours=23)


@given(moments, st.integers(0, 9_000), st.sampled_from("mhdw"))
def test_a_span_ago_is_exactly_that_long(now: datetime, number: int, unit: str) -> None:
    span = {
        "m": timedelta(minutes=1),
        "h": timedelta(hours=1),
        "d": timedelta(days=1),
        "w": timedelta(weeks=1),
    }[unit]
    assert now - parse_moment(f"{number}{unit}", now, ZHUHAI) == number * span


@given(moments, st.integers(-14, 14))
def test_today_holds_now_and_follows_yesterday(now: datetime, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    assert parse_moment("today", now, zone) <= now < parse_moment("today", now, zone, end=True)
    assert parse_moment("yesterday", now, zone, end=True) == parse_moment("today", now, zone)


@given(moments, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_is_the_same_in_any_spelling(now: datetime, day: date) -> None:
    assert parse_moment(day.isoformat(), now, BERLIN) == parse_moment(f"{day}T00:00", now, BERLIN)


@given(moments)
def test_an_iso_moment_is_itself(now: datetime) -> None:
    assert parse_moment(now.isoformat(), NOW, BERLIN) == now
    assert parse_moment(now.isoformat(), NOW, None) == now


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        found = parse_moment(text, NOW)
    except ValueError:
        return
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00Z", "9999-12-31", "999999d"])
def test_what_cannot_be_shown_in_every_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"too far away|is no moment"):
        parse_moment(text, datetime(2026, 3, 2, tzinfo=UTC), UTC, end=True)
