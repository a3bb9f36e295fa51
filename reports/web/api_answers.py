"""The JSON of the API, beside the shapes that commands print; docs/reference/web.md.

As there, a shape keeps its number while keys are only added.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.query import MAX_CAPTURES, MAX_CHANGES, History
from reports.shapes import ChangeRow, change_rows
from revisor.model import Review, Run, Version
from storage.records import ChangeFilter
from storage.store import Store


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`revisor.api.changes/1`: of `total` changes that are wanted, newest first, those from `offset` on."""

    format: str
    total: int
    offset: int
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """`revisor.api.runs/1`: of the `total` runs, newest first, those from `offset` on."""

    format: str
    total: int
    offset: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class VersionShape:
    """`revisor.version/1`"""

    format: str
    version: Version


@dataclass(frozen=True, slots=True)
class ReviewsShape:
    """`revisor.reviews/1`: everything said of a change, oldest first; the last one holds."""

    format: str
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class ReviewShape:
    """`revisor.review/1`"""

    format: str
    review: Review


def change_page(store: Store, wanted: ChangeFilter, limit: int, offset: int) -> ChangePage:
    """The newest changes that are wanted, from `offset` on."""
    rows = change_rows(store.changes(wanted, limit, offset))
    return ChangePage("revisor.api.changes/1", store.count_changes(wanted), offset, rows)


def run_page(store: Store, portal: str | None, limit: int, offset: int) -> RunPage:
    """The newest runs, from `offset` on."""
    runs = tuple(store.runs(portal, limit, offset))
    return RunPage("revisor.api.runs/1", store.count_runs(portal), offset, runs)


def history_of(store: Store, page_id: int) -> History:
    """Everything known of a page, with the newest MAX_CHANGES of its changes. Raises NotFound."""
    known = store.history(page_id, MAX_CAPTURES)
    changes = store.changes(ChangeFilter(page_id=page_id, include_cosmetic=True), MAX_CHANGES)
    return History(known, tuple(reversed(changes)))
