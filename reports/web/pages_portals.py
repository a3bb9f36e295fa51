"""Portals and when each is due, and what Revisor is."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from reports.web.desk import Desk
from reports.web.rendering import Rendering

MAX_PORTALS = 200


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/portals` and `/about`"""

    @router.get("/portals")
    def portals() -> Response:
        found = desk.portals()
        more = max(len(found) - MAX_PORTALS, 0)
        return rendering.page("portals", "/portals", portals=found[:MAX_PORTALS], more_portals=more)

    @router.get("/about")
    def about() -> Response:
        return rendering.page("about", "/about")
