"""One change, and what people say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import quote, unquote

from fastapi import APIRouter, Cookie, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reports import wording
from reports.lists import Spot, spot
from reports.query import find_change
from reports.sheet import lay_out, side_by_side
from reports.templating import language_tag
from reports.web.dependencies import Id
from reports.web.desk import Desk
from reports.web.filters import Filters, State, understand
from reports.web.paging import page_of
from reports.web.rendering import Rendering
from revisor.model import Change
from storage.records import LONGEST_NOTE, LONGEST_REVIEWER

MAX_REVIEWS = 20
"""Reviews of one change that are shown, the newest."""

COOKIE = "reviewer"
_YEAR = 365 * 24 * 3600

Then = Literal["", "next", "list", "today", "run"]
"""Where a reader wants to be after marking a change; by default at the change."""


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/changes/{id}` and the reviews sent to it."""

    @router.get("/changes/{change_id}")
    def change(
        request: Request, change_id: Id, view: str = "", reviewer: Annotated[str, Cookie()] = ""
    ) -> Response:
        whole = find_change(desk.store, change_id)
        found = whole.change
        version = found.after or found.before
        sheet = lay_out(found)
        side = view == "side" and found.diff is not None
        filters = Filters.of(request.query_params)
        place = _spot(desk, filters, found)
        reviews = desk.store.reviews(change_id)
        return rendering.page(
            "change",
            f"/changes/{change_id}",
            change=found,
            sheet=sheet,
            pairs=side_by_side(sheet) if side else None,
            evidence=wording.evidence(whole),
            heading=wording.text_heading(found),
            language=language_tag(version.article.language) if version else None,
            spot=place,
            reviews=reviews[-MAX_REVIEWS:],
            more_reviews=max(len(reviews) - MAX_REVIEWS, 0),
            reviewer=unquote(reviewer)[:LONGEST_REVIEWER],
            query=_carried(filters, view),
            query_inline=_carried(filters, ""),
            query_side=_carried(filters, "side"),
            list_query=filters.query(page=page_of(place.number)),
        )

    @router.post("/changes/{change_id}/reviews")
    def review(
        request: Request,
        change_id: Id,
        reviewed: Annotated[Literal["0", "1"], Form()],
        note: Annotated[str, Form()] = "",
        reviewer: Annotated[str | None, Form()] = None,
        then: Annotated[Then, Form()] = "",
    ) -> Response:
        signed = unquote(request.cookies.get(COOKIE, "")) if reviewer is None else reviewer.strip()
        text = note.replace("\r\n", "\n").strip()
        _refuse_longer(text, LONGEST_NOTE, "note")
        _refuse_longer(signed, LONGEST_REVIEWER, "name")
        found = desk.store.change(change_id)
        filters = Filters.of(request.query_params)
        place = _spot(desk, filters, found)
        desk.store.add_review(
            change_id, reviewed=reviewed == "1", note=text, reviewer=signed or None, at=desk.clock.now()
        )
        view = request.query_params.get("view", "")
        answer = RedirectResponse(_after(desk, found, then, filters, place, view), 303)
        if reviewer is not None:
            answer.set_cookie(COOKIE, quote(signed), max_age=_YEAR, httponly=True, samesite="strict")
        return answer


def _spot(desk: Desk, filters: Filters, change: Change) -> Spot:
    return spot(desk.store, understand(filters, desk).wanted, change)


def _carried(filters: Filters, view: str) -> str:
    """The list that the reader came from, and how they read, for the links of a change."""
    return "&".join(part for part in (filters.query(), "view=side" if view == "side" else "") if part)


def _after(desk: Desk, change: Change, then: Then, filters: Filters, place: Spot, view: str) -> str:
    """Where a review leads. Lists are opened at the neighbour of the change that was marked."""
    near = f"#change-{place.older or place.newer or change.id}"
    match then:
        case "list":
            return f"{_with_query('/changes', filters.query(page=filters.page))}{near}"
        case "today":
            return f"/{near}"
        case "run":
            return f"/runs/{change.run_id}#change-{change.id}"
        case "next":
            return _next_open(desk, change, filters, view)
        case _:
            return f"{_with_query(f'/changes/{change.id}', _carried(filters, view))}#review"


def _next_open(desk: Desk, change: Change, filters: Filters, view: str) -> str:
    """The next older open change of the list, or the newest; without any, the list."""
    following = _spot(desk, replace(filters, state=State.OPEN.value), change)
    found = following.older or following.newer
    if found:
        return _with_query(f"/changes/{found}", _carried(filters, view))
    return _with_query("/changes", filters.query())


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _refuse_longer(text: str, longest: int, what: str) -> None:
    if len(text) > longest:
        raise HTTPException(422, f"the {what} has {len(text)} characters; at most {longest} are kept")
