"""Runs and their verdicts."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from reports.lists import portal_choices, run_page
from reports.query import failures_of
from reports.web.dependencies import Id
from reports.web.desk import Desk
from reports.web.filters import MAX_PAGE, MAX_TEXT
from reports.web.paging import PER_PAGE, Shown, offset
from reports.web.rendering import Rendering
from revisor.errors import by_name

MAX_FAILURES = 100
MAX_CHANGES = 100
MAX_LOG = 100
"""Failures, changes and last lines of the log that are shown of one run."""


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/runs` and `/runs/{id}`"""

    @router.get("/runs")
    def runs(
        portal: str = Query("", max_length=MAX_TEXT), page: int = Query(1, ge=1, le=MAX_PAGE)
    ) -> Response:
        wanted = portal or None
        found = run_page(desk.store, wanted, PER_PAGE, offset(page))
        shown = Shown(page, found.total, lambda number: _query(portal, number))
        return rendering.page(
            "runs",
            "/runs",
            runs=found.runs,
            shown=shown,
            portal=portal,
            portals=portal_choices(desk.store, wanted),
        )

    @router.get("/runs/{run_id}")
    def run(run_id: Id) -> Response:
        found = desk.store.run(run_id)
        failures = failures_of(desk.store, run_id)
        changes = desk.store.changes_of_run(run_id)
        return rendering.page(
            "run",
            f"/runs/{run_id}",
            run=found,
            remedy=by_name(found.failure or "").remedy,
            log=(found.log or "").splitlines()[-MAX_LOG:],
            failures=failures[:MAX_FAILURES],
            more_failures=max(len(failures) - MAX_FAILURES, 0),
            found=changes[:MAX_CHANGES],
            more_changes=max(len(changes) - MAX_CHANGES, 0),
        )


def _query(portal: str, page: int) -> str:
    return urlencode([*([("portal", portal)] if portal else []), ("page", page)], errors="replace")
