"""A period's changes as a table: CSV (RFC 4180), a change a row, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from reports.query import PeriodReport, WholeChange
from reports.safe import safe
from revisor.diff.tokens import words
from revisor.model import Diff, Op, Segment

COLUMNS = (
    "id", "portal", "section", "kinds", "title", "summary", "url", "detected_at", "last_seen_before",
    "recorded_at", "run_id", "words_inserted", "words_deleted", "reviewed", "note", "reviewer",
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own code page."""

_IGNORED = r"[\s\"'\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]*"
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"{_IGNORED}{_SIGN}|[\t\r\n]")
_FORMULA_AFTER_SEMICOLON = re.compile(rf"(;{_IGNORED})(?={_SIGN})")


def report_csv(report: PeriodReport) -> str:
    """The changes, newest first, under a line with the columns' names; moments are UTC.

    No cell is a formula (OWASP, CSV Injection): one that begins like a formula has an apostrophe before it.
    All are quoted and on one line. Starts with a byte order mark.
    """
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, report.changes))
    return file.getvalue()


def cell(text: str) -> str:
    """Text of a page as a cell that no spreadsheet calculates.

    Where the list separator is a semicolon, as in much of Europe, Excel also cuts at those inside a cell.
    """
    line = safe(text)
    line = _FORMULA_AFTER_SEMICOLON.sub(r"\1'", line)
    return f"'{line}" if _FORMULA.match(text) or _FORMULA.match(line) else line


def _row(whole: WholeChange) -> list[str]:
    change, review = whole.change, whole.change.review
    inserted, deleted = _words(change.diff) if change.diff else (None, None)
    return [
        str(change.id),
        cell(change.portal),
        cell(change.page.section or ""),
        ", ".join(change.kinds),
        cell(change.title),
        cell(change.summary),
        cell(change.page.url),
        _moment(change.detected_at),
        _moment(change.last_seen_before),
        _moment(change.recorded_at),
        str(change.run_id),
        "" if inserted is None else str(inserted),
        "" if deleted is None else str(deleted),
        "yes" if review and review.reviewed else "no",
        cell(review.note if review else ""),
        cell(review.reviewer or "" if review else ""),
    ]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _words(diff: Diff) -> tuple[int, int]:
    """How many words of title, body and captions came and went; Chinese and Japanese count by character."""
    counts = {Op.INSERT: 0, Op.DELETE: 0, Op.EQUAL: 0}
    for segment in _segments(diff):
        if segment.op is not Op.EQUAL:
            counts[segment.op] += sum(not word.isspace() for word in words(segment.text))
    return counts[Op.INSERT], counts[Op.DELETE]


def _segments(diff: Diff) -> Iterator[Segment]:
    for field in diff.fields:
        yield from field.segments
    for block in diff.blocks:
        yield from block.segments
    for figure in diff.figures:
        yield from (*figure.caption, *figure.credit)
