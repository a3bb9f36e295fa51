"""Runs and their verdicts."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from reports.query import failures_of
from reports.web.choices import MAX_CHOICES
from reports.web.dependencies import Id
from reports.web.desk import Desk
from reports.web.filters import MAX_PAGE, MAX_TEXT
from reports.web.paging import PER_PAGE, Shown
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
        shown = Shown(page, desk.store.count_runs(wanted), lambda number: _query(portal, number))
        names = {*desk.store.stored_portals(), *([portal] if portal else [])}
        return rendering.page(
            "runs",
            "/runs",
            runs=desk.store.runs(wanted, PER_PAGE, shown.offset),
            shown=shown,
            portal=portal,
            portals=sorted(names)[:MAX_CHOICES],
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
