"""Where in a list a reader stands: the page of a list, and a change between its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from revisor.model import Change
from storage.records import ChangeFilter
from storage.store import Store

PER_PAGE = 50

MAX_TIES = 100
"""Changes of one and the same moment among which neighbours are looked for."""

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list. link: the query of another page's address."""

    number: int
    total: int
    link: Callable[[int], str]

    @property
    def last(self) -> int:
        """The last page; a list without entries has one."""
        return max(-(-self.total // PER_PAGE), 1)

    @property
    def offset(self) -> int:
        """The entries before this page."""
        return (self.number - 1) * PER_PAGE


@dataclass(frozen=True, slots=True)
class Spot:
    """A change among those that are wanted: its number from 1, None where it is not one of them, and the
    numbers of its neighbours.
    """

    number: int | None
    total: int
    newer: int | None
    older: int | None

    @property
    def page(self) -> int:
        """The page of the list that it stands on."""
        return ((self.number or 1) - 1) // PER_PAGE + 1


def spot(store: Store, wanted: ChangeFilter, change: Change) -> Spot:
    """Where the change stands, or would stand, in the list of what is wanted, newest first."""
    later = store.count_changes(_since(wanted, change.detected_at + _TICK))
    ties = store.count_changes(_since(wanted, change.detected_at)) - later
    start = max(later - 1, 0)
    rows = store.changes(wanted, min(ties, MAX_TIES) + 2, start)
    key = (change.detected_at, change.id)
    newer = [row.id for row in rows if (row.detected_at, row.id) > key]
    older = [row.id for row in rows if (row.detected_at, row.id) < key]
    number = next((start + index + 1 for index, row in enumerate(rows) if row.id == change.id), None)
    return Spot(
        number=number,
        total=store.count_changes(wanted),
        newer=newer[-1] if newer else None,
        older=older[0] if older else None,
    )


def _since(wanted: ChangeFilter, moment: datetime) -> ChangeFilter:
    return replace(wanted, since=max(wanted.since or moment, moment))
