"""Reports as files, and the feed, of the changes that an address asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from reports.atom import atom_feed
from reports.html import report_html
from reports.markdown import report_markdown
from reports.query import PeriodReport, recently_recorded, report_period
from reports.shapes import report_json
from reports.table import report_csv
from reports.web.dependencies import DeskHere
from reports.web.desk import Desk
from reports.web.filters import Asked, Filters, understand
from revisor.errors import ConfigError
from storage.records import ChangeFilter

router = APIRouter(include_in_schema=False)

DEFAULT_PERIOD = timedelta(days=7)


def _plain(render: Callable[[PeriodReport], str]) -> Callable[[PeriodReport, tzinfo | None], str]:
    return lambda report, _zone: render(report)


_FORMATS: dict[str, tuple[str, Callable[[PeriodReport, tzinfo | None], str]]] = {
    "html": ("text/html", report_html),
    "md": ("text/markdown", report_markdown),
    "json": ("application/json", _plain(report_json)),
    "csv": ("text/csv", _plain(report_csv)),
}


def _report(ending: str) -> Callable[[Request, Desk], Response]:
    media_type, render = _FORMATS[ending]

    def answer(request: Request, desk: DeskHere) -> Response:
        wanted = _period(request, desk)
        portals = [portal.line.name for portal in desk.portals()]
        found = report_period(desk.store, wanted, portals)
        name = f"revisor-report-{found.until.astimezone(desk.zone):%Y-%m-%d}.{ending}"
        headers = {
            "Content-Type": f"{media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        return Response(render(found, desk.zone), headers=headers)

    return answer


for _ending in _FORMATS:
    router.add_api_route(f"/report.{_ending}", _report(_ending), methods=["GET"])


_EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of a feed without entries: one that never changes, so that a reader is told it has it already."""


@router.get("/feed.atom")
def feed(request: Request, desk: DeskHere) -> Response:
    """The changes last written down; a reader that has them already is told so (RFC 9110, 13.1.2)."""
    asked = _asked(request, desk)
    site = str(request.base_url).rstrip("/")
    query = asked.filters.query()
    text = atom_feed(
        recently_recorded(desk.store, asked.wanted),
        title=" · ".join(("Revisor", *filter(None, (asked.filters.portal, *asked.filters.kind)))),
        self_url=f"{site}/feed.atom?{query}" if query else f"{site}/feed.atom",
        page_url=lambda change_id: f"{site}/changes/{change_id}",
        updated=_EMPTY_SINCE,
    )
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {
        "Content-Type": "application/atom+xml; charset=utf-8",
        "ETag": tag,
        "Cache-Control": "no-cache",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers)


def _asked(request: Request, desk: Desk) -> Asked:
    asked = understand(Filters.of(request.query_params), desk)
    if asked.errors:
        told = "; ".join(f"{error.field}: {error.message}" for error in asked.errors)
        raise ConfigError(told, "correct the address")
    return asked


def _period(request: Request, desk: Desk) -> ChangeFilter:
    """What the address asks for, by default the seven days up to its end, and up to now."""
    wanted = _asked(request, desk).wanted
    until = wanted.until or desk.clock.now()
    return replace(wanted, until=until, since=wanted.since or until - DEFAULT_PERIOD)
