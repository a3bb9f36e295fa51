"""The JSON that commands print: documented in docs/reference/json.md, versioned by its `format`.

A shape keeps its number while keys are only added; a key that goes or changes its meaning raises it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import msgspec

from reports import query
from reports.query import ChangeList, PeriodReport, PortalHealth, PortalPeriod
from revisor.model import Change, Diff, Kind, Page, PageState, Review, Version
from storage.records import CaptureLine, KindCount, VersionLine

_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change without its texts."""

    id: int
    portal: str
    url: str
    key: str
    section: str | None
    page_state: PageState
    kinds: tuple[Kind, ...]
    title: str
    summary: str
    detected_at: datetime
    last_seen_before: datetime | None
    run_id: int
    recorded_at: datetime | None
    review: Review | None


@dataclass(frozen=True, slots=True)
class WholeChange(ChangeRow):
    """A change with everything: both versions, their difference, and how many checks lay between."""

    checks_between: int | None
    before: Version | None
    after: Version | None
    diff: Diff | None


@dataclass(frozen=True, slots=True)
class ChangesShape:
    """`revisor.changes/1`"""

    format: str
    total: int
    changes: tuple[ChangeRow, ...]
    portals: tuple[PortalHealth, ...]


@dataclass(frozen=True, slots=True)
class ChangeShape:
    """`revisor.change/1`"""

    format: str
    change: WholeChange


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page with what is known of it, oldest first; `captures` are the newest, `capture_count` of all."""

    page: Page
    versions: tuple[VersionLine, ...]
    changes: tuple[ChangeRow, ...]
    captures: tuple[CaptureLine, ...]
    capture_count: int


@dataclass(frozen=True, slots=True)
class HistoryShape:
    """`revisor.history/1`"""

    format: str
    pages: tuple[PageShape, ...]


@dataclass(frozen=True, slots=True)
class ReportShape:
    """`revisor.report/1`"""

    format: str
    since: datetime
    until: datetime
    total: int
    counts: tuple[KindCount, ...]
    portals: tuple[PortalPeriod, ...]
    changes: tuple[WholeChange, ...]


def changes_json(found: ChangeList) -> str:
    """A list of changes."""
    return encode(ChangesShape("revisor.changes/1", found.total, change_rows(found.changes), found.portals))


def change_json(whole: query.WholeChange) -> str:
    """One change, whole."""
    return encode(ChangeShape("revisor.change/1", _whole(whole)))


def history_json(histories: Sequence[query.History]) -> str:
    """The pages of one address."""
    pages = (
        PageShape(
            h.known.page, h.known.versions, change_rows(h.changes), h.known.captures, h.known.capture_count
        )
        for h in histories
    )
    return encode(HistoryShape("revisor.history/1", tuple(pages)))


def report_json(report: PeriodReport) -> str:
    """A period's report, changes whole."""
    shape = ReportShape(
        format="revisor.report/1",
        since=report.since.astimezone(UTC),
        until=report.until.astimezone(UTC),
        total=report.total,
        counts=report.counts,
        portals=report.portals,
        changes=tuple(map(_whole, report.changes)),
    )
    return encode(shape)


def encode(value: object) -> str:
    """The value as indented JSON in plain words: moments in UTC with `Z`, characters as they are.

    What could steer a terminal is written as its escape, which says the same to any JSON reader; so is a
    lone surrogate, which UTF-8 has no form for.
    """
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def change_rows(changes: Iterable[Change]) -> tuple[ChangeRow, ...]:
    """Changes as every list shows them."""
    return tuple(map(_row, changes))


def _row(change: Change) -> ChangeRow:
    return ChangeRow(
        id=change.id,
        portal=change.portal,
        url=change.page.url,
        key=change.page.key,
        section=change.page.section,
        page_state=change.page.state,
        kinds=change.kinds,
        title=change.title,
        summary=change.summary,
        detected_at=change.detected_at,
        last_seen_before=change.last_seen_before,
        run_id=change.run_id,
        recorded_at=change.recorded_at,
        review=change.review,
    )


def _whole(whole: query.WholeChange) -> WholeChange:
    change, row = whole.change, _row(whole.change)
    common = {field.name: getattr(row, field.name) for field in fields(row)}
    return WholeChange(
        **common, checks_between=whole.checks, before=change.before, after=change.after, diff=change.diff
    )
