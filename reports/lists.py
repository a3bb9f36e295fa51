"""Lists a page at a time, a change between its neighbours, and the day's figures, as frozen values.

Every figure of the review page and of the API comes from here or from `query`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from reports.period import parse_moment
from reports.query import MAX_CAPTURES, MAX_CHANGES, History
from revisor.model import Change, Kind, Run, Verdict
from storage.records import ChangeFilter, KindCount
from storage.store import Store

MAX_CHOICES = 300
"""Portals or sections in one list."""

MAX_TIES = 100
"""Changes of one and the same moment among which neighbours are looked for."""

RECENT_RUNS = 200
"""Runs among which those that went wrong are looked for."""

_TICK = timedelta(microseconds=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Of `total` changes that are wanted, newest first, some."""

    total: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """Of `total` runs, newest first, some."""

    total: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter can be set to. kinds: how many changes each would show under the other filters."""

    portals: tuple[str, ...]
    sections: tuple[str, ...]
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A change among those that are wanted: its number from 1, None where it is not one of them, and the
    numbers of its neighbours.
    """

    number: int | None
    total: int
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """The figures of a day. since_midnight, in_week: changes seen, `week` by kind. open: not reviewed.

    newest: of the open changes. wrong: the week's runs that were not healthy. crawled: whether any run is
    known.
    """

    since_midnight: int
    in_week: int
    week: tuple[KindCount, ...]
    open: int
    newest: tuple[Change, ...]
    wrong: tuple[Run, ...]
    crawled: bool


def change_page(store: Store, wanted: ChangeFilter, limit: int, offset: int) -> ChangePage:
    """The newest changes that are wanted, from `offset` on."""
    return ChangePage(store.count_changes(wanted), tuple(store.changes(wanted, limit, offset)))


def run_page(store: Store, portal: str | None, limit: int, offset: int) -> RunPage:
    """The newest runs, from `offset` on."""
    return RunPage(store.count_runs(portal), tuple(store.runs(portal, limit, offset)))


def history_of(store: Store, page_id: int) -> History:
    """Everything known of a page, with the newest MAX_CHANGES of its changes. Raises NotFound."""
    known = store.history(page_id, MAX_CAPTURES)
    changes = store.changes(ChangeFilter(page_id=page_id, include_cosmetic=True), MAX_CHANGES)
    return History(known, tuple(reversed(changes)))


def portal_choices(store: Store, chosen: str | None) -> tuple[str, ...]:
    """The portals of which something is stored, with the one that is chosen."""
    return tuple(sorted({*store.stored_portals(), *([chosen] if chosen else [])})[:MAX_CHOICES])


def choices(store: Store, wanted: ChangeFilter) -> Choices:
    """What there is to choose; what is chosen stays in the lists even where nothing has it."""
    sections = {found.section for found in store.sections(wanted.portal)}
    if wanted.section:
        sections.add(wanted.section)
    counted = store.kind_counts(replace(wanted, kinds=(), include_cosmetic=True))
    counts = {entry.kind: entry.count for entry in counted}
    return Choices(
        portals=portal_choices(store, wanted.portal),
        sections=tuple(sorted(sections)[:MAX_CHOICES]),
        kinds=tuple(
            KindCount(kind, counts.get(kind, 0)) for kind in Kind if kind in counts or kind in wanted.kinds
        ),
    )


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


def day(store: Store, now: datetime, zone: tzinfo | None, limit: int) -> Day:
    """The figures of the day that `now` lies in, with the newest `limit` open changes."""
    week, unread = ChangeFilter(since=now - _WEEK), ChangeFilter(reviewed=False)
    runs = store.runs(None, RECENT_RUNS)
    return Day(
        since_midnight=store.count_changes(ChangeFilter(since=parse_moment("today", now, zone))),
        in_week=store.count_changes(week),
        week=tuple(store.kind_counts(week)),
        open=store.count_changes(unread),
        newest=tuple(store.changes(unread, limit)),
        wrong=tuple(run for run in runs if run.started_at >= now - _WEEK and went_wrong(run)),
        crawled=bool(runs),
    )


def went_wrong(run: Run) -> bool:
    """Whether a run failed, or ended with another verdict than healthy."""
    return bool(run.failure) or run.verdict not in {None, Verdict.HEALTHY}
