"""The first page: what is new, how the portals are, what went wrong lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from reports.period import parse_moment
from reports.web.desk import Desk, PortalDue
from reports.web.rendering import Rendering
from revisor.model import Change, Run, Verdict
from storage.records import ChangeFilter, KindCount

MAX_OPEN = 30
MAX_PORTALS = 12
MAX_WRONG = 6
RECENT_RUNS = 200
"""Open changes, portals and unhealthy runs that are shown, and runs among which those are looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """The newest open changes of one portal."""

    portal: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page shows. since_midnight, in_week: changes seen; `open` and `shown`: not reviewed."""

    since_midnight: int
    in_week: int
    week: tuple[KindCount, ...]
    open: int
    shown: int
    groups: tuple[Group, ...]
    portals: tuple[PortalDue, ...]
    more_portals: int
    wrong: tuple[Run, ...]
    more_wrong: int
    crawled: bool


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/`"""

    @router.get("/")
    def today() -> Response:
        return rendering.page("today", "/", today=_today(desk))


def _today(desk: Desk) -> Today:
    store, now = desk.store, desk.clock.now()
    week_ago = now - timedelta(days=7)
    week = ChangeFilter(since=week_ago)
    unread = ChangeFilter(reviewed=False)
    portals = tuple(sorted(desk.portals(), key=_trouble_first))
    rows = store.changes(unread, MAX_OPEN)
    runs = store.runs(None, RECENT_RUNS)
    wrong = tuple(run for run in runs if run.started_at >= week_ago and _went_wrong(run))
    return Today(
        since_midnight=store.count_changes(ChangeFilter(since=parse_moment("today", now, desk.zone))),
        in_week=store.count_changes(week),
        week=tuple(store.kind_counts(week)),
        open=store.count_changes(unread),
        shown=len(rows),
        groups=_groups(rows, portals),
        portals=portals[:MAX_PORTALS],
        more_portals=max(len(portals) - MAX_PORTALS, 0),
        wrong=wrong[:MAX_WRONG],
        more_wrong=max(len(wrong) - MAX_WRONG, 0),
        crawled=bool(runs),
    )


def _groups(rows: Sequence[Change], portals: Sequence[PortalDue]) -> tuple[Group, ...]:
    """By portal, the one with the newest change first."""
    titles = {due.line.name: due.line.title for due in portals}
    names = dict.fromkeys(row.portal for row in rows)
    return tuple(
        Group(name, titles.get(name) or name, tuple(row for row in rows if row.portal == name))
        for name in names
    )


def _trouble_first(due: PortalDue) -> tuple[bool, bool, str, str]:
    """Order of the strip: what needs a look, then what is crawled, then the rest by name."""
    last = due.line.summary.last_run if due.line.summary else None
    fine = not due.line.error and not (last and _went_wrong(last))
    return (fine, fine and last is None, (due.line.title or due.line.name).casefold(), due.line.name)


def _went_wrong(run: Run) -> bool:
    return bool(run.failure) or run.verdict not in {None, Verdict.HEALTHY}
