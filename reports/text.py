"""Changes, histories and reports as text for a terminal or a pipe."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from rich.console import Console
from rich.text import Text

from reports import wording
from reports.query import ChangeList, History, PeriodReport, PortalHealth, WholeChange
from reports.safe import safe
from reports.sheet import Fold, Passage, Row, Sheet, lay_out
from revisor.model import BlockKind, BlockOp, Change, Op, Segment

WIDTH = 100
"""Longer lines tire the eye; a wider terminal is not used up."""

_STYLES = {Op.EQUAL: "", Op.INSERT: "green underline", Op.DELETE: "red strike"}
_MARKS = {Op.EQUAL: ("", ""), Op.INSERT: ("{+", "+}"), Op.DELETE: ("[-", "-]")}
_LIKE_MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")
_LEADS = {BlockKind.LIST_ITEM: "- ", BlockKind.QUOTE: "> ", BlockKind.TABLE_ROW: "| "}
_SIDES = {BlockOp.INSERTED: "+", BlockOp.DELETED: "-", BlockOp.CHANGED: "~", BlockOp.SAME: " "}


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is wrapped; what it is wrapped into stands under its text, not under its lead."""

    text: Text = field(default_factory=Text)
    lead: Text = field(default_factory=Text)


Lines = Iterator[Line]


# --- what is printed ---------------------------------------------------------


def print_changes(console: Console, found: ChangeList, zone: tzinfo | None = None) -> None:
    """A list of changes, newest first, or why there is none. zone: of the times; None is this machine's."""
    _emit(console, _change_list(found, zone))


def print_change(console: Console, whole: WholeChange, zone: tzinfo | None = None) -> None:
    """One change: fields first, then the body word by word. zone: of what was said of it."""
    _emit(console, _one_change(whole, zone, marked=_is_marked(console)))


def print_histories(console: Console, histories: Sequence[History], zone: tzinfo | None = None) -> None:
    """The pages of one address, each with its versions and changes."""
    for history in histories:
        _emit(console, _history(history, zone))


def report_text(report: PeriodReport, zone: tzinfo | None = None) -> str:
    """A period's report as plain text."""
    file = io.StringIO()
    console = Console(file=file, highlight=False, markup=False, force_terminal=False, color_system=None)
    _emit(console, _report(report, zone))
    return file.getvalue()


# --- lists -------------------------------------------------------------------


def _change_list(found: ChangeList, zone: tzinfo | None) -> Lines:
    if not found.changes:
        yield from _nothing(found, zone)
        return
    several = len({change.portal for change in found.changes}) > 1
    for change in found.changes:
        yield from _entry(change, zone, several=several)
    yield Line()
    shown, moments = len(found.changes), [change.detected_at for change in found.changes]
    cut = f"showing {shown} of {found.total}; --limit {found.total} shows all"
    yield _dim(
        f"{cut if shown < found.total else wording.count(shown, 'change')}, "
        f"times in {wording.offsets(moments, zone)}"
    )


def _entry(change: Change, zone: tzinfo | None, *, several: bool = False) -> Lines:
    head = Text.assemble(
        (f"{change.id:>5}", "bold"),
        f"  {wording.minute(change.detected_at, zone)}  ",
        (wording.kinds(change), "bold"),
        "  reviewed" if change.review and change.review.reviewed else "",
        f"  {safe(change.portal)}" if several else "",
    )
    yield Line(head)
    for text in (change.title, change.summary, change.page.url):
        if text:
            yield Line(Text(safe(text)), Text(" " * 7))


def _nothing(found: ChangeList, zone: tzinfo | None) -> Lines:
    if not found.portals:
        yield Line(Text("No changes: nothing was crawled yet. `revisor crawl PORTAL` makes a first run."))
        return
    yield Line(Text("No such changes."))
    for health in found.portals:
        yield Line(Text(f"{safe(health.portal)}: {_health(health, zone)}"), Text("  "))


def _health(health: PortalHealth, zone: tzinfo | None) -> str:
    last, healthy = health.last_run, health.last_healthy
    when = (
        f"last healthy run {wording.minute_and_zone(healthy.started_at, zone)}"
        if healthy
        else "no healthy run yet"
    )
    if healthy and healthy.id == last.id:
        return when + (", the baseline that later runs are compared with" if healthy.baseline else "")
    return f"{when}; the last one, {safe(wording.run_line(last, zone))}"


# --- one change --------------------------------------------------------------


def _one_change(whole: WholeChange, zone: tzinfo | None, *, marked: bool) -> Lines:
    change = whole.change
    yield Line(Text(f"Change {change.id}: {wording.kinds(change)}", "bold"))
    section = f" / {safe(change.page.section)}" if change.page.section else ""
    yield Line(Text(f"{safe(change.portal)}{section}  {safe(change.page.url)}"))
    yield Line(Text(wording.evidence(whole)))
    if change.summary:
        yield Line(Text(safe(change.summary)))
    if change.review:
        yield Line(Text(safe(wording.review(change.review, zone))))
    if heading := wording.text_heading(change):
        yield _dim(heading)
    yield Line()
    yield from _sheet(lay_out(change), marked=marked)


def _sheet(sheet: Sheet, *, marked: bool) -> Lines:
    yield from _rows(sheet.fields, marked=marked)
    for group in (*sheet.figures, *sheet.attachments):
        yield Line()
        yield from _rows(group, marked=marked)
    if sheet.body:
        yield Line()
    context = any(isinstance(part, Fold) or part.op is not BlockOp.SAME for part in sheet.body)
    for part in sheet.body:
        yield _fold(part) if isinstance(part, Fold) else _passage(part, marked=marked, context=context)
    if sheet.cut:
        yield _dim(f"... {wording.count(sheet.cut, 'more part')}, left out; --json has all ...")


def _rows(rows: Iterable[Row], *, marked: bool) -> Lines:
    for row in rows:
        note = Text(f"({row.note}) " if row.note else "")
        yield Line(
            note.append_text(_words(row.segments, marked=marked)), Text(f"{row.label + ':':<12}", "bold")
        )


def _passage(passage: Passage, *, marked: bool, context: bool) -> Line:
    sign = "#" * passage.level + " " if passage.level else _LEADS.get(passage.kind, "")
    text = _words(passage.segments, marked=marked)
    if context and passage.op is BlockOp.SAME:
        text.stylize("dim")
    return Line(text, Text(f"{_SIDES[passage.op]} {sign}"))


def _fold(fold: Fold) -> Line:
    return _dim(f"  ... {wording.count(fold.count, 'paragraph')} unchanged ...")


def _words(segments: Iterable[Segment], *, marked: bool) -> Text:
    """marked: `[-old-]{+new+}`, with a backslash in whatever of a page looks like these marks."""
    text = Text()
    for segment in segments:
        words = safe(segment.text)
        if marked:
            opened, closed = _MARKS[segment.op]
            words = opened + _LIKE_MARKS.sub(lambda mark: f"{mark[0][0]}\\{mark[0][1]}", words) + closed
        text.append(words, _STYLES[segment.op])
    return text


# --- histories and reports ---------------------------------------------------


def _history(history: History, zone: tzinfo | None) -> Lines:
    known, page = history.known, history.known.page
    yield Line(Text(safe(page.title or page.url), "bold"))
    yield Line(Text(f"{safe(page.portal)}  {safe(page.url)}  ({safe(page.key)})"))
    yield Line(Text(wording.page_state(page)))
    yield Line(Text(wording.history_counts(history)))
    yield Line()
    for version in known.versions:
        note = "  read again by other rules" if version.technical else ""
        span = f"{wording.utc(version.first_seen)} to {wording.utc(version.last_seen)}"
        yield Line(Text(f"version {version.id:>5}  {span}  {version.digests.exact[:14]}{note}"))
    if history.changes:
        yield Line()
    for change in history.changes:
        yield from _entry(change, zone)
    yield Line()


def _report(report: PeriodReport, zone: tzinfo | None) -> Lines:
    yield Line(Text(f"Changes {wording.period(report, zone)}"))
    counts = ", ".join(f"{entry.count} {entry.kind}" for entry in report.counts)
    yield Line(Text(wording.count(report.total, "change") + (f": {counts}" if counts else "")))
    for portal in report.portals:
        yield Line(Text(f"{safe(portal.portal)}: {wording.portal_line(portal, zone)}"))
        for run in portal.unhealthy:
            yield Line(Text(f"run {run.id}, {safe(wording.run_line(run, zone))}"), Text("  "))
    for whole in report.changes:
        yield Line()
        yield Line(Text("-" * 72))
        yield from _one_change(whole, zone, marked=True)
    if left_out := wording.left_out(report):
        yield Line()
        yield Line(Text(left_out))


# --- output ------------------------------------------------------------------


def _dim(text: str) -> Line:
    return Line(Text(text, "dim"))


def _is_marked(console: Console) -> bool:
    return not console.is_terminal or console.no_color or console.color_system is None


def _emit(console: Console, lines: Lines) -> None:
    """Print; on a terminal wrapped at WIDTH, elsewhere a line a line."""
    width = min(console.width, WIDTH)
    for line in lines:
        lead, blank = line.lead, Text(" " * line.lead.cell_len)
        room = max(width - lead.cell_len, 20)
        for number, part in enumerate(line.text.wrap(console, room) if console.is_terminal else [line.text]):
            whole = Text.assemble(blank if number else lead, part)
            whole.rstrip()
            console.print(whole, soft_wrap=True)
