"""Sentences and labels that text and HTML share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from reports.query import History, PeriodReport, PortalPeriod, WholeChange
from revisor.model import Change, Kind, Page, Review, Run


def count(number: int, noun: str) -> str:
    """`1 change`, `2 changes`, `no changes`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def kinds(change: Change) -> str:
    return ", ".join(change.kinds)


def minute(moment: datetime, zone: tzinfo | None) -> str:
    """`2024-03-01 09:30` in the zone; None is this machine's."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def utc(moment: datetime) -> str:
    return f"{minute(moment, UTC)} UTC"


def offsets(moments: Iterable[datetime], zone: tzinfo | None) -> str:
    """The zone of some local times: `UTC+01:00`, or both sides of a clock change, `UTC+01:00/+02:00`."""
    found = sorted({f"{moment.astimezone(zone):%z}" for moment in moments})
    return "UTC" + "/".join("" if z == "+0000" and len(found) == 1 else f"{z[:3]}:{z[3:5]}" for z in found)


def minute_and_zone(moment: datetime, zone: tzinfo | None) -> str:
    """`2024-03-01 09:30 UTC+01:00`."""
    return f"{minute(moment, zone)} {offsets([moment], zone)}"


def period(report: PeriodReport, zone: tzinfo | None) -> str:
    """`from 2024-03-01 00:00 to 2024-03-08 07:30 UTC+01:00`."""
    since, until = report.since, report.until
    return f"from {minute(since, zone)} to {minute(until, zone)} {offsets([since, until], zone)}"


def evidence(whole: WholeChange) -> str:
    """What was seen when, no more: between the two sights lies what nobody looked at."""
    change = whole.change
    before, at = change.last_seen_before, utc(change.detected_at)
    if Kind.NEW in change.kinds:
        return f"first seen at {at}"
    if Kind.REMOVED in change.kinds:
        sights = (f"present at {utc(before)}, " if before else "") + f"absent at {at}"
    elif Kind.RESTORED in change.kinds:
        sights = (f"last seen at {utc(before)}, " if before else "") + f"back at {at}"
    else:
        sights = (f"seen as before at {utc(before)}, " if before else "") + f"changed at {at}"
    return sights if whole.checks is None else f"{sights}, {count(whole.checks, 'check')} between"


def portal_line(portal: PortalPeriod, zone: tzinfo | None) -> str:
    """How often a portal was looked at in the period, and with what success."""
    looked = f"{count(portal.changes, 'change')} in {count(len(portal.runs), 'run')}"
    if portal.unhealthy:
        looked += f", {len(portal.unhealthy)} of them not healthy"
    last = portal.last_healthy
    healthy = f"last healthy run {minute_and_zone(last.started_at, zone)}" if last else "no healthy run yet"
    return f"{looked}; {healthy}"


def run_line(run: Run, zone: tzinfo | None) -> str:
    """When a run began and how it ended, with the reason unless it was healthy."""
    when = minute_and_zone(run.started_at, zone)
    if run.verdict is None:
        return f"{when}, has not ended"
    return f"{when}, was {run.verdict}" + (f": {run.reason}" if run.reason else "")


def text_heading(change: Change) -> str:
    """What a text without marks of change is, if the change has no difference to show."""
    if change.diff:
        return ""
    if Kind.REMOVED in change.kinds:
        return "the text as it was last seen"
    return "the text as it was then"


def shown(report: PeriodReport) -> str:
    """`14 changes`, or `1000 of 1200 changes`."""
    cut = f"{len(report.changes)} of " if len(report.changes) < report.total else ""
    return cut + count(report.total, "change")


def left_out(report: PeriodReport) -> str:
    """Says so when a report holds fewer changes than there were."""
    if len(report.changes) == report.total:
        return ""
    return (
        f"Only the newest {len(report.changes)} of {report.total} are shown; a shorter period has the rest."
    )


def nothing_changed(report: PeriodReport) -> str:
    """Of a period without changes: whether anybody looked."""
    looked = "" if report.portals else ", and nothing was looked at"
    return f"Nothing changed in this period{looked}."


def footer(report: PeriodReport, zone: tzinfo | None) -> str:
    """How a report's times are to be read."""
    moments = (report.since, report.until, *(whole.change.detected_at for whole in report.changes))
    return (
        f"Times are local, {offsets(moments, zone)}; what was seen when is given in UTC. "
        "Between two sights lies what nobody looked at."
    )


def review(review: Review, zone: tzinfo | None) -> str:
    """`reviewed by Ada, 2024-03-01 09:30 UTC+01:00: the note`; or that it was opened again."""
    state = "reviewed" if review.reviewed else "open"
    who = f" by {review.reviewer}" if review.reviewer else ""
    note = f": {review.note}" if review.note else ""
    return f"{state}{who}, {minute_and_zone(review.at, zone)}{note}"


def page_state(page: Page) -> str:
    """`live, first seen ..., last seen ...`, and since when it is not found."""
    seen = f"last seen {utc(page.last_seen)}" if page.last_seen else "not seen since"
    line = f"{page.state}, first seen {utc(page.first_seen)}, {seen}"
    if page.missing_since:
        line += f", not found since {utc(page.missing_since)} in {count(page.missing_runs, 'healthy run')}"
    return line


def history_counts(history: History) -> str:
    """`2 versions, 1 change, 14 captures`; versions made anew by other rules do not count."""
    versions = sum(not version.technical for version in history.known.versions)
    changes, captures = len(history.changes), history.known.capture_count
    return f"{count(versions, 'version')}, {count(changes, 'change')}, {count(captures, 'capture')}"
