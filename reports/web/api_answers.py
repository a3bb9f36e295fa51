"""The JSON of the API, beside the shapes that commands print; docs/reference/web.md.

As there, a shape keeps its number while keys are only added.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports import lists
from reports.shapes import ChangeRow, change_rows, encode
from revisor.model import Review, Run, Version


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


def changes_json(found: lists.ChangePage, offset: int) -> str:
    """A page of the list of changes."""
    return encode(ChangePage("revisor.api.changes/1", found.total, offset, change_rows(found.changes)))


def runs_json(found: lists.RunPage, offset: int) -> str:
    """A page of the list of runs."""
    return encode(RunPage("revisor.api.runs/1", found.total, offset, found.runs))
