"""A page over time: its history, any two versions compared, a version, and a capture as proof."""

from __future__ import annotations

import hashlib
import http
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from reports import wording
from reports.lists import history_of
from reports.query import compare_versions
from reports.sheet import lay_out_article, lay_out_diff, side_by_side
from reports.templating import language_tag
from reports.web.dependencies import MAX_ID, Id
from reports.web.desk import Desk
from reports.web.rendering import Rendering
from revisor.model import Capture, Change
from storage.records import VersionLine

MAX_EVENTS = 200
MAX_LINES = 50
MAX_HEADERS = 100
"""Versions and changes, captures, and headers that are shown."""

VersionId = Annotated[int, Query(ge=1, le=MAX_ID)]


@dataclass(frozen=True, slots=True)
class Event:
    """A version or a change in a page's history; exactly one of the two is set."""

    at: datetime
    version: VersionLine | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The versions that the form begins with."""

    before: int
    after: int


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/pages/{id}`, `/compare`, `/compare/{before}/{after}`, `/versions/{id}`, `/captures/{id}`"""
    _add_history(router, desk, rendering)
    _add_comparison(router, desk, rendering)
    _add_proof(router, desk, rendering)


def _add_history(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    @router.get("/pages/{page_id}")
    def page(page_id: Id) -> Response:
        history = history_of(desk.store, page_id)
        known = history.known
        events = _events(known.versions, history.changes)
        offered = [event.version for event in events[:MAX_EVENTS] if event.version]
        return rendering.page(
            "page",
            f"/pages/{page_id}",
            page=known.page,
            known=known,
            state=wording.page_state(known.page),
            counts=wording.history_counts(history),
            events=events[:MAX_EVENTS],
            more_events=max(len(events) - MAX_EVENTS, 0),
            comparable=len(offered) > 1,
            chosen=Chosen(offered[1].id, offered[0].id) if len(offered) > 1 else None,
            captures=known.captures[: -MAX_LINES - 1 : -1],
        )


def _add_comparison(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    @router.get("/compare")
    def choose(before: VersionId, after: VersionId) -> Response:
        return RedirectResponse(f"/compare/{before}/{after}", 303)

    @router.get("/compare/{before}/{after}")
    def compare(request: Request, before: Id, after: Id, view: str = "") -> Response:
        found = compare_versions(desk.store, before, after)
        sheet = lay_out_diff(found.before.article, found.after.article, found.diff)
        return rendering.page(
            "compare",
            f"/compare/{before}/{after}",
            found=found,
            sheet=sheet,
            pairs=side_by_side(sheet) if view == "side" else None,
            language=language_tag(found.after.article.language),
            origin=str(request.base_url).rstrip("/"),
        )


def _add_proof(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    @router.get("/versions/{version_id}")
    def version(version_id: Id) -> Response:
        found = desk.store.version(version_id)
        return rendering.page(
            "version",
            f"/versions/{version_id}",
            version=found,
            page=desk.store.page_by_id(found.page_id),
            sheet=lay_out_article(found.article),
            language=language_tag(found.article.language),
        )

    @router.get("/captures/{capture_id}")
    def capture(capture_id: Id) -> Response:
        found = desk.store.capture(capture_id)
        return rendering.page(
            "capture",
            f"/captures/{capture_id}",
            number=capture_id,
            capture=found,
            pages=desk.store.page_by_url(found.url)[:MAX_LINES],
            phrase=_phrase(found.status),
            digest=hashlib.sha256(found.body).hexdigest(),
            headers=found.headers[:MAX_HEADERS],
            more_headers=max(len(found.headers) - MAX_HEADERS, 0),
            framed=bool(found.body) and _is_page(found),
        )


def _events(versions: Sequence[VersionLine], changes: Sequence[Change]) -> list[Event]:
    """Newest first; a change stands above the version that it brought."""
    found = [Event(version.first_seen, version=version) for version in versions]
    found += [Event(change.detected_at, change=change) for change in changes]
    return sorted(found, key=lambda event: (event.at, event.change is not None), reverse=True)


def _phrase(status: int) -> str:
    """What HTTP calls the status; nothing for one of the server's own making."""
    known = {one.value: one.phrase for one in http.HTTPStatus}
    return known.get(status, "")


def _is_page(capture: Capture) -> bool:
    declared = (capture.header("Content-Type") or "text/html").lower()
    return "html" in declared
