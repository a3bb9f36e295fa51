"""Runs, imports and portals, as terminal text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reports.safe import safe
from reports.shapes import ChangeRow, change_rows, encode
from reports.wording import count
from revisor.model import Change, Failure, Run, Verdict
from storage.records import PortalSummary

if TYPE_CHECKING:
    from rich.console import Console


SHOWN = 5
"""Failures that are printed."""


@dataclass(frozen=True, slots=True)
class PortalLine:
    """A portal as it is listed; `error` says why its file cannot be used.

    due: the slot that the service crawls next, None without a schedule; one that has passed is overdue.
    time_zone: of the schedule, by its IANA name.
    """

    name: str
    title: str = ""
    base: str = ""
    schedule: str | None = None
    note: str = ""
    summary: PortalSummary | None = None
    error: str | None = None
    built_in: bool = True
    due: datetime | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """`revisor.run/1`"""

    format: str
    run: Run
    failures: tuple[Failure, ...]
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """`revisor.import/1`"""

    format: str
    portal: str
    archive: str
    runs: tuple[Run, ...]
    summary: PortalSummary


@dataclass(frozen=True, slots=True)
class PortalList:
    """`revisor.portals/1`"""

    format: str
    portals: tuple[PortalLine, ...]


def run_json(run: Run, failures: Sequence[Failure], changes: Sequence[Change]) -> str:
    """One finished run, what failed in it and what it changed."""
    return encode(RunSummary("revisor.run/1", run, tuple(failures), change_rows(changes)))


def import_json(portal: str, archive: str, runs: Sequence[Run], summary: PortalSummary) -> str:
    """The runs of one import."""
    return encode(ImportSummary("revisor.import/1", portal, archive, tuple(runs), summary))


def portals_json(lines: Sequence[PortalLine]) -> str:
    """The portals as they are listed."""
    return encode(PortalList("revisor.portals/1", tuple(lines)))


def print_run(console: Console, run: Run, failures: Sequence[Failure], changes: Sequence[Change]) -> None:
    """What a run fetched, how it was judged, what failed, and what changed, a line a change."""
    console.print(run_line(run))
    if run.reason:
        console.print(f"  {safe(run.reason)}")
    if not run.complete:
        console.print("  stopped before the end of its list; the next run goes on")
    if not run.counts.articles and run.verdict is Verdict.HEALTHY:
        console.print(
            f"  no article was found; `revisor check {run.portal}` shows what the portal file finds"
        )
    if run.baseline and run.counts.articles:
        console.print(
            f"  baseline: {count(run.counts.articles, 'article')} recorded for later runs to compare with"
        )
    _print_failures(console, failures)
    for change in changes:
        console.print(change_line(change))
    if not changes and not run.baseline and run.verdict is Verdict.HEALTHY:
        console.print("  nothing changed")


def run_line(run: Run) -> str:
    """What a run fetched and how it was judged, in one line."""
    counts = run.counts
    took = (run.ended_at - run.started_at).total_seconds() if run.ended_at else 0.0
    parts = [f"{counts.fetched} fetched", f"{counts.unchanged} unchanged", f"{counts.failed} failed"]
    if counts.absent:
        parts.append(f"{counts.absent} not in archive")
    return f"{run.portal}: run {run.id} {run.verdict or run.state}, {', '.join(parts)}, {took:.1f} s"


def _print_failures(console: Console, failures: Sequence[Failure]) -> None:
    counted = Counter((failure.name, failure.message) for failure in failures)
    for (name, message), number in counted.most_common(SHOWN):
        times = f" ({number} times)" if number > 1 else ""
        console.print(f"  {name}: {safe(message)}{times}")
    if len(counted) > SHOWN:
        console.print(f"  ... and {len(counted) - SHOWN} other failures (--json lists all)")


def change_line(change: Change) -> str:
    """One change in one line: its number, kinds, title and summary."""
    kinds = ", ".join(change.kinds)
    summary = f" ({change.summary})" if change.summary else ""
    return f"  {change.id:>5}  {kinds:<18} {safe(change.title)[:90]}{safe(summary)}"


def print_import(console: Console, portal: str, runs: Sequence[Run], summary: PortalSummary) -> None:
    """What an import brought, and what the portal's history holds now."""
    if not runs:
        console.print(f"{portal}: nothing new; every day of this archive has been imported")
        return
    fetched = sum(run.counts.fetched for run in runs)
    failed = sum(run.counts.failed for run in runs)
    absent = sum(run.counts.absent for run in runs)
    first, last = runs[0].started_at, runs[-1].started_at
    console.print(
        f"{portal}: {len(runs)} runs from {first:%Y-%m-%d} to {last:%Y-%m-%d}, {fetched} captures, "
        f"{failed} failed, {absent} times not in archive"
    )
    unhealthy = [run for run in runs if run.verdict is not Verdict.HEALTHY]
    for run in unhealthy[:10]:
        console.print(f"  {run.started_at:%Y-%m-%d} {run.verdict}: {safe(run.reason or '')}")
    console.print(
        f"  now stored: {summary.live} pages, {summary.versions} versions, {summary.changes} changes "
        f"({summary.removed} removed, {summary.missing} missing)"
    )


def print_portals(console: Console, lines: Sequence[PortalLine], now: datetime) -> None:
    """The portals, each with what is stored of it and when the service looks at it next."""
    for line in lines:
        if line.error:
            console.print(f"{line.name}: {safe(line.error)}")
            continue
        console.print(f"{line.name}: {line.title or line.base}")
        when = f"schedule {line.schedule}{_due(line.due, now)}" if line.schedule else "no schedule"
        console.print(f"  {line.base}  {when}{'' if line.built_in else ', your own file'}")
        if line.note:
            console.print(f"  {line.note}")
        console.print(f"  {_stored(line.summary)}")


def _due(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    return f", {'due since' if due <= now else 'next'} {due:%Y-%m-%d %H:%M} UTC"


def _stored(summary: PortalSummary | None) -> str:
    if summary is None or summary.last_run is None:
        return "never crawled"
    healthy = f"{summary.last_healthy.started_at:%Y-%m-%d %H:%M} UTC" if summary.last_healthy else "never"
    return f"{summary.live} pages, {summary.changes} changes, last healthy run {healthy}"
