"""Moments as people write them: a date, a date and time, `7d`, `24h`, `today`, `yesterday`, `now`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

FORMS = "a date (2024-03-01), a date and time (2024-03-01T09:30), 7d, 24h, today or yesterday"

_AGO = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_DAY = timedelta(days=1)
_YEARS = range(1000, 9000)


def parse_moment(text: str, now: datetime, zone: tzinfo | None = None, *, end: bool = False) -> datetime:
    """The moment that `text` means, in UTC.

    zone: of dates, and of times without an offset; None is this machine's. end: a whole day means its end
    instead of its start, so that a period may be given by its first and its last day.
    Raises ValueError, with a message for the user: not one of the forms, or too far away to be shown in
    every zone.
    """
    try:
        found = _moment(text.strip().lower(), now, zone, end=end)
    except (ValueError, OverflowError) as error:
        raise ValueError(f'"{text}" is no moment; write {FORMS}') from error
    if found.year not in _YEARS:
        raise ValueError(f'"{text}" is too far away')
    return found


def _moment(word: str, now: datetime, zone: tzinfo | None, *, end: bool) -> datetime:
    if word == "now":
        return now.astimezone(UTC)
    if ago := _AGO.fullmatch(word):
        return now.astimezone(UTC) - int(ago[1]) * _UNITS[ago[2]]
    if day := _day(word, now.astimezone(zone).date()):
        return _aware(datetime.combine(day + _DAY if end else day, time()), zone)
    return _aware(datetime.fromisoformat(word.upper()), zone)


def _day(word: str, today: date) -> date | None:
    """The day that a word or a date without a time names."""
    if word in {"today", "yesterday"}:
        return today if word == "today" else today - _DAY
    return date.fromisoformat(word) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else None


def _aware(moment: datetime, zone: tzinfo | None) -> datetime:
    """A moment without an offset is of the zone; where a clock change doubles it, the earlier one."""
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)
