"""The first page: what is new, how the portals are, what went wrong lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from reports.lists import Day, day, went_wrong
from reports.web.desk import Desk, PortalDue
from reports.web.rendering import Rendering
from revisor.model import Change, Run

MAX_OPEN = 30
MAX_PORTALS = 12
MAX_WRONG = 6
"""Open changes, portals and unhealthy runs that are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """The newest open changes of one portal."""

    portal: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page shows of a day. begin_with: the portal that a new user may crawl first."""

    day: Day
    groups: tuple[Group, ...]
    portals: tuple[PortalDue, ...]
    more_portals: int
    wrong: tuple[Run, ...]
    begin_with: str | None


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/`"""

    @router.get("/")
    def today() -> Response:
        return rendering.page("today", "/", today=_today(desk))


def _today(desk: Desk) -> Today:
    found = day(desk.store, desk.clock.now(), desk.zone, MAX_OPEN)
    portals = tuple(sorted(desk.portals(), key=_trouble_first))
    return Today(
        day=found,
        groups=_groups(found.newest, portals),
        portals=portals[:MAX_PORTALS],
        more_portals=max(len(portals) - MAX_PORTALS, 0),
        wrong=found.wrong[:MAX_WRONG],
        begin_with=_begin_with(portals),
    )


def _begin_with(portals: Sequence[PortalDue]) -> str | None:
    """One that is crawled on a schedule, else any; a file that is wrong cannot be crawled."""
    lines = [due.line for due in portals if not due.line.error]
    return next((line.name for line in sorted(lines, key=lambda line: line.schedule is None)), None)


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
    fine = not due.line.error and not (last and went_wrong(last))
    return (fine, fine and last is None, (due.line.title or due.line.name).casefold(), due.line.name)
