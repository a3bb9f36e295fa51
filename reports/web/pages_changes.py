"""The list of changes with its filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import Response

from reports.lists import change_page, choices
from reports.web.chips import chips
from reports.web.desk import Desk
from reports.web.filters import Filters, understand
from reports.web.paging import PER_PAGE, Shown, offset
from reports.web.rendering import Rendering
from revisor.model import Change


@dataclass(frozen=True, slots=True)
class Day:
    """Changes of one local day. at: the newest of them."""

    at: datetime
    changes: tuple[Change, ...]


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/changes`"""

    @router.get("/changes")
    def changes(request: Request) -> Response:
        asked = understand(Filters.of(request.query_params), desk)
        filters = asked.filters
        found = change_page(desk.store, asked.wanted, PER_PAGE, offset(filters.number))
        shown = Shown(filters.number, found.total, lambda page: filters.query(page=str(page)))
        return rendering.page(
            "changes",
            "/changes",
            asked=asked,
            shown=shown,
            days=_days(found.changes, desk.zone),
            chips=chips(asked),
            choices=choices(desk.store, asked.wanted),
            query=filters.query(),
            here_query=filters.query(page=filters.page),
        )


def _days(rows: Sequence[Change], zone: tzinfo | None) -> tuple[Day, ...]:
    grouped = groupby(rows, key=lambda row: row.detected_at.astimezone(zone).date())
    return tuple(Day(found[0].detected_at, found) for _, day in grouped if (found := tuple(day)))
