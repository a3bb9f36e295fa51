"""The pages of the desk: every address that answers with HTML."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from reports.web import (
    pages_change,
    pages_changes,
    pages_history,
    pages_portals,
    pages_report,
    pages_runs,
    pages_today,
)
from reports.web.desk import Desk
from reports.web.rendering import Rendering, error_page

__all__ = ["error_page", "routes"]

_TOPICS = (
    pages_today,
    pages_changes,
    pages_change,
    pages_history,
    pages_runs,
    pages_portals,
    pages_report,
)


def routes(desk: Desk) -> APIRouter:
    """All pages of one desk."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    rendering = Rendering(desk)
    for topic in _TOPICS:
        topic.add(router, desk, rendering)
    return router
