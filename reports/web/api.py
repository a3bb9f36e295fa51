"""The JSON API: changes, pages, versions and runs to read, reviews to write."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter

from reports.lists import change_page, history_of, run_page
from reports.query import failures_of, find_change
from reports.runs import RunSummary, run_json
from reports.shapes import ChangeShape, HistoryShape, change_json, encode, history_json
from reports.web.api_answers import (
    ChangePage,
    ReviewShape,
    ReviewsShape,
    RunPage,
    VersionShape,
    changes_json,
    runs_json,
)
from reports.web.api_questions import ChangesAsked, NewReview, RunsAsked
from reports.web.dependencies import DeskHere, Id
from reports.web.filters import understand
from reports.web.problems import MEDIA_TYPE, Problem

_PROBLEM = {"content": {MEDIA_TYPE: {"schema": TypeAdapter(Problem).json_schema()}}}
_READING: dict[int | str, dict[str, Any]] = {  # the type that FastAPI gives it
    401: _PROBLEM | {"description": "A token is set and was not shown."},
    403: _PROBLEM | {"description": "Asked by a page of another site."},
    405: _PROBLEM | {"description": "Not with this method."},
    421: _PROBLEM | {"description": "Asked under a host name that is not served."},
    422: _PROBLEM | {"description": "The question is not as described here."},
    500: _PROBLEM | {"description": "What is stored is damaged, or Revisor is at fault."},
    503: _PROBLEM | {"description": "The database is locked; try again."},
}
_FINDING: dict[int | str, dict[str, Any]] = {404: _PROBLEM | {"description": "There is none of this number."}}
_WRITING: dict[int | str, dict[str, Any]] = {
    400: _PROBLEM | {"description": "The body is no JSON."},
    413: _PROBLEM | {"description": "The body has more than 64 KiB."},
}

router = APIRouter(prefix="/api", responses=_READING, default_response_class=JSONResponse)


class _Encoded(JSONResponse):
    """JSON that is written already, so that it is to the letter what commands print."""

    def render(self, content: str) -> bytes:
        return content.encode()


@router.get("/changes", response_model=ChangePage)
def changes(desk: DeskHere, asked: Annotated[ChangesAsked, Query()]) -> _Encoded:
    """List changes, newest first."""
    wanted = understand(asked.filters, desk).wanted
    found = change_page(desk.store, wanted, asked.limit, asked.offset)
    return _Encoded(changes_json(found, asked.offset))


@router.get("/changes/{change_id}", response_model=ChangeShape, responses=_FINDING)
def change(desk: DeskHere, change_id: Id) -> _Encoded:
    """One change with both versions and their difference."""
    return _Encoded(change_json(find_change(desk.store, change_id)))


@router.get("/changes/{change_id}/reviews", response_model=ReviewsShape, responses=_FINDING)
def reviews(desk: DeskHere, change_id: Id) -> _Encoded:
    """Everything said of a change, oldest first; the last one holds."""
    desk.store.change(change_id)
    return _Encoded(encode(ReviewsShape("revisor.reviews/1", tuple(desk.store.reviews(change_id)))))


@router.post(
    "/changes/{change_id}/reviews",
    response_model=ReviewShape,
    responses=_FINDING | _WRITING,
    status_code=201,
)
def add_review(desk: DeskHere, change_id: Id, said: NewReview) -> _Encoded:
    """Say something of a change. Earlier reviews are kept."""
    review = desk.store.add_review(
        change_id, reviewed=said.reviewed, note=said.note, reviewer=said.reviewer, at=desk.clock.now()
    )
    return _Encoded(encode(ReviewShape("revisor.review/1", review)), 201)


@router.get("/pages/{page_id}", response_model=HistoryShape, responses=_FINDING)
def page(desk: DeskHere, page_id: Id) -> _Encoded:
    """A page with everything known of it, oldest first."""
    return _Encoded(history_json([history_of(desk.store, page_id)]))


@router.get("/versions/{version_id}", response_model=VersionShape, responses=_FINDING)
def version(desk: DeskHere, version_id: Id) -> _Encoded:
    """An article as it was."""
    return _Encoded(encode(VersionShape("revisor.version/1", desk.store.version(version_id))))


@router.get("/runs", response_model=RunPage)
def runs(desk: DeskHere, asked: Annotated[RunsAsked, Query()]) -> _Encoded:
    """List runs, newest first."""
    return _Encoded(
        runs_json(run_page(desk.store, asked.portal or None, asked.limit, asked.offset), asked.offset)
    )


@router.get("/runs/{run_id}", response_model=RunSummary, responses=_FINDING)
def run(desk: DeskHere, run_id: Id) -> _Encoded:
    """One run, what failed in it and what it changed."""
    store = desk.store
    return _Encoded(run_json(store.run(run_id), failures_of(store, run_id), store.changes_of_run(run_id)))
