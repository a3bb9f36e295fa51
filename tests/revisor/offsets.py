"""What the clocks of a zone show, read off instant by instant: the truth that slots are held against.

Nothing here asks for the instant of a wall time; only for the offset in force at an instant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

PROBE = timedelta(hours=6)
NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with one offset: start <= instant < end."""

    start: datetime
    end: datetime
    offset: timedelta

    def shows(self, instant: datetime) -> datetime:
        """The wall time at an instant, written as if it were UTC."""
        return instant + self.offset


def spans(zone: str, start: datetime, end: datetime) -> tuple[Span, ...]:
    """The offsets of a zone between two instants, the changes found to the second."""
    clock = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        found = at.astimezone(clock).utcoffset()
        assert found is not None
        return found

    found, since, at = [], start, start
    while at < end:
        after = min(at + PROBE, end)
        if offset(at) != offset(after):
            low, high = at, after
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            found.append(Span(since, high, offset(low)))
            since = high
        at = after
    return (*found, Span(since, end, offset(since)))


def shifts(table: Iterable[Span]) -> list[tuple[datetime, timedelta]]:
    """When the clock is put forward (positive) or back (negative), and by how much."""
    return [(after.start, after.offset - before.offset) for before, after in pairwise(table)]


def dates(table: Iterable[Span]) -> set[date]:
    """The local dates that there are."""
    found: set[date] = set()
    for span in table:
        first = span.shows(span.start).date()
        last = span.shows(span.end - timedelta(seconds=1)).date()
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


def instants(table: tuple[Span, ...], walls: Iterable[datetime], *, hourly: bool) -> list[datetime]:
    """The slots of wall times (written as if they were UTC), by the rule: every instant at which the clock
    shows one (the first alone, if not hourly), and for one that it never shows, as much later as it lies in
    the jump.
    """
    found: dict[datetime, list[datetime]] = defaultdict(list)
    for wall in walls:
        for span in table:
            at = wall - span.offset
            if span.start <= at < span.end:
                found[wall].append(at)
        if wall not in found:
            for before, after in pairwise(table):
                jump_from, jump_to = before.shows(after.start), after.shows(after.start)
                if jump_from <= wall < jump_to:
                    found[wall].append(after.start + (wall - jump_from))
    return sorted({at for every in found.values() for at in (every if hourly else every[:1])})


def year(zone: str, number: int) -> tuple[Span, ...]:
    """The offsets of a zone in a year, and some days before and after it."""
    return spans(zone, datetime(number - 1, 12, 25, tzinfo=UTC), datetime(number + 1, 1, 8, tzinfo=UTC))
