"""When a portal is due: a cron line on the wall clock of its time zone, as instants in UTC.

Every wall time that the line names becomes one instant (RFC 5545, section 3.3.5; PEP 495, fold=0): one that
the clock jumps over is taken with the offset before the jump, so 02:30 runs at 03:30 where 03:00 follows on
02:00; one that comes twice means the first. Only a line that names all 24 hours also runs at the second, so
that an hourly portal is looked at in every real hour. Wall times that fall on the same instant are one slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from revisor.errors import ConfigError

_DAY = timedelta(days=1)
_RAREST = 8 * 366
"""Days after which a line that ever matches has matched: from one 29 February to the next, over 2100."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The slots of one portal. cron: five fields as in crontab(5). zone: a name such as Asia/Shanghai.

    Moments handed in carry an offset; slots are in UTC. Raises ConfigError when made of a line or a zone that
    cannot be understood.
    """

    cron: str
    zone: str

    def __post_init__(self) -> None:
        _line(self.cron)
        _zone(self.zone)

    def next_after(self, moment: datetime) -> datetime | None:
        """The first slot later than the moment; None where the line never matches, as on 30 February."""
        start = moment.astimezone(UTC)
        for days in range(_RAREST):
            for slot in _slots(self, start.date() + days * _DAY):
                if slot > start:
                    return slot
        return None

    def last_until(self, moment: datetime) -> datetime | None:
        """The latest slot not later than the moment; None where the line never matches."""
        end = moment.astimezone(UTC)
        for days in range(_RAREST):
            for slot in reversed(_slots(self, end.date() - days * _DAY)):
                if slot <= end:
                    return slot
        return None

    def between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """All slots with after < slot <= until, in order."""
        start, end = after.astimezone(UTC), until.astimezone(UTC)
        for days in range((end.date() - start.date()).days + 1):
            for slot in _slots(self, start.date() + days * _DAY):
                if start < slot <= end:
                    yield slot


def _slots(timetable: Timetable, day: date) -> list[datetime]:
    """The slots on a day of UTC. No zone is a whole day off, so they stem from three days on its wall."""
    near = (day - _DAY, day, day + _DAY)
    found = sorted(slot for local in near for slot in _slots_of(timetable, local) if slot.date() == day)
    return [slot for slot, _ in groupby(found)]


@lru_cache(maxsize=256)
def _slots_of(timetable: Timetable, local: date) -> tuple[datetime, ...]:
    """The instants of the wall times that the line names on a local date, in no order."""
    line, zone = _line(timetable.cron), _zone(timetable.zone)
    if not line.names(local):
        return ()
    first = [datetime.combine(local, at, zone).astimezone(UTC) for at in line.times]
    again = [datetime.combine(local, at, zone).astimezone(UTC) for at in line.times_again]
    # where a wall time comes twice, its second reading is the later one; in a jump it is the earlier one
    return (*first, *(second for slot, second in zip(first, again, strict=False) if second > slot))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Europe" is a folder
        raise ConfigError(f'the time zone "{name}" is unknown', "use a name such as Asia/Shanghai") from error


# --- the cron line ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A cron line read: its times of day, and the days on which they hold.

    times_again: the same as read when the clock shows them for the second time, for an hourly line only.
    either: days of the month and of the week are both given, so one of them is enough (crontab(5)).
    """

    times: tuple[time, ...]
    times_again: tuple[time, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def names(self, day: date) -> bool:
        """Whether the line runs on that local date."""
        if day.month not in self.months:
            return False
        of_month, of_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return of_month or of_week if self.either else of_month and of_week


@dataclass(frozen=True, slots=True)
class _Field:
    """One of the five: its name, its least and highest number, and the names that stand for numbers."""

    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()


_MINUTE = _Field("minute", 0, 59)
_HOUR = _Field("hour", 0, 23)
_DAY_OF_MONTH = _Field("day of the month", 1, 31)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = _Field("month", 1, 12, _MONTHS)
_WEEKDAY = _Field("day of the week", 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat"))
_PART = re.compile(
    r"(?:\*|(?P<first>[0-9]{1,2}|[a-z]{3})(?:-(?P<last>[0-9]{1,2}|[a-z]{3}))?)(?:/(?P<step>[0-9]{1,2}))?"
)


@lru_cache(maxsize=256)
def _line(cron: str) -> _Line:
    """Read a cron line. Raises ConfigError."""
    texts = cron.lower().split()
    if len(texts) != 5:
        raise _wrong(cron, f"five fields are needed, not {len(texts)}")
    fields = (_MINUTE, _HOUR, _DAY_OF_MONTH, _MONTH, _WEEKDAY)
    minutes, hours, days, months, weekdays = (
        _numbers(cron, field, text) for field, text in zip(fields, texts, strict=True)
    )
    times = tuple(time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes))
    return _Line(
        times=times,
        times_again=tuple(at.replace(fold=1) for at in times) if len(hours) == 24 else (),
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        either=not texts[2].startswith("*") and not texts[4].startswith("*"),
    )


def _numbers(cron: str, field: _Field, text: str) -> frozenset[int]:
    """The numbers that a field stands for: a list of `*`, `A`, `A-B`, each perhaps with `/STEP`."""
    found: set[int] = set()
    for part in text.split(","):
        read = _PART.fullmatch(part)
        if read is None:
            raise _wrong(cron, f'"{part}" is no {field.name}')
        step = int(read["step"] or 1)
        if read["first"] is None:
            first, last = field.least, field.most
        else:
            first = _number(cron, field, read["first"])
            open_end = field.most if read["step"] else first  # "5/15" goes on to the end
            last = _number(cron, field, read["last"]) if read["last"] else open_end
        if field is _WEEKDAY and last == 0 < first:
            last = 7  # "sat-sun"
        if first > last:
            raise _wrong(cron, f'"{part}" of the {field.name} runs backwards')
        if not 1 <= step <= field.most:
            raise _wrong(cron, f'"{part}" of the {field.name} has a step outside 1 to {field.most}')
        found.update(range(first, last + 1, step))
    return frozenset(found)


def _number(cron: str, field: _Field, text: str) -> int:
    if text in field.words:
        return field.words.index(text) + field.least
    if not text.isdecimal() or not field.least <= int(text) <= field.most:
        raise _wrong(cron, f'"{text}" is no {field.name} from {field.least} to {field.most}')
    return int(text)


def _wrong(cron: str, why: str) -> ConfigError:
    remedy = 'give minute, hour, day of the month, month, day of the week, as in "30 6 * * 1-5"'
    return ConfigError(f'"{cron}" is no cron line: {why}', remedy)
