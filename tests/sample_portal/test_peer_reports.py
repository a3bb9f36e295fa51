"""The bench of the peers: their reports are read as printed, and counted as its text says."""

from __future__ import annotations

import json

import pytest

from benchmarks.peers.commands import read_report
from benchmarks.peers.table import Cost, Lists, Result, Row, as_json
from sample_portal.judge import ANY, Report
from sample_portal.site import Site

SITE = Site(seed=1, articles=30, days=7, everything=True)
PAGE = "http://127.0.0.1:8000/2026-02/11/c_923118.htm"
OTHER = "http://127.0.0.1:8000/2026-02/12/c_923120.htm"


def contents(*lines: str) -> str:
    return "\n".join(
        ("=" * 75, *lines, "=" * 75, "", f"@@ -1 +1 @@\n-CHANGED: {PAGE}x\n+ 01. ERROR: {PAGE}y")
    )


@pytest.mark.parametrize(
    ("report", "changed", "failing"),
    [
        ("", set(), set()),
        (contents(f"01. CHANGED: {PAGE}", f"02. ERROR: {OTHER}"), {PAGE}, {OTHER}),
        (contents(f"CHANGED: {PAGE}"), {PAGE}, set()),
        (contents(f"01. NEW: {PAGE}", f"02. ERROR,REPEATED: {OTHER}"), set(), {OTHER}),
        (
            contents(*(f"{n:02}. CHANGED: {PAGE}{n}" for n in (9, 10, 100))),
            {f"{PAGE}{n}" for n in (9, 10, 100)},
            set(),
        ),
    ],
)
def test_a_report_is_read_by_its_table_of_contents(report: str, changed: set[str], failing: set[str]) -> None:
    assert read_report(report) == (frozenset(changed), frozenset(failing))


def everything() -> list[Report]:
    return [Report(change.day, change.key, ANY) for change in SITE.truth() if change.kinds]


def test_a_change_counts_once_whatever_its_kinds() -> None:
    result = Result.of(SITE, everything())
    due = [change for change in SITE.truth() if change.kinds and not change.optional]
    assert (len(result.found), result.missed, result.false) == (len(due), (), 0)


def test_silence_misses_what_was_due_and_is_never_false() -> None:
    result = Result.of(SITE, [])
    assert result.found == ()
    assert {c.key for c in result.missed} <= {c.key for c in SITE.truth() if c.kinds}
    assert all(change.due_day < SITE.days for change in result.missed)
    assert (result.false, result.quiet) == (0, 0)


def test_a_report_on_a_day_without_changes_is_false_and_counted_apart() -> None:
    told = [change for change in SITE.truth() if change.kinds]
    eventful = {day for change in told for day in (change.day, change.due_day)}
    quiet = next(day for day in range(1, SITE.days) if day not in eventful)
    key = SITE.articles_on(0)[0].key
    result = Result.of(SITE, [*everything(), Report(quiet, key, ANY)])
    assert (result.false, result.quiet) == (1, 1)


def test_an_error_is_a_removal_and_nothing_else() -> None:
    edit = next(change for change in SITE.truth() if change.kinds == ("edited",))
    removal = next(change for change in SITE.truth() if change.kinds == ("removed",))
    result = Result.of(SITE, [Report(change.day, change.key, "removed") for change in (edit, removal)])
    assert (result.found, result.false) == ((removal,), 1)


def test_a_row_adds_up_its_sites() -> None:
    results = (
        Result.of(SITE, everything(), Cost(checks=10, cpu=0.5), Lists(checks=6, reports=4)),
        Result.of(SITE, [], Cost(checks=30, cpu=0.3), Lists(checks=6, reports=0)),
    )
    row = Row("tool", "1.0", "quick start", results)
    assert row.found.total() == len(results[0].found)
    assert row.due.total() == len(results[0].found) + len(results[1].missed)
    assert row.precision == 1
    assert row.cpu == pytest.approx(0.02)
    assert row.lists == (4, 12)
    told = json.loads(as_json([row]))["rows"][0]
    assert (told["found"], told["due"], told["false"]) == (row.found.total(), row.due.total(), 0)


def test_recall_of_day_0_leaves_out_what_no_one_could_watch() -> None:
    watched = {article.key for article in SITE.articles_on(0)}
    row = Row("tool", "1.0", "quick start", (Result.of(SITE, [r for r in everything() if r.key in watched]),))
    assert row.recall < row.recall_watched == 1
    assert (row.cpu, row.lists) == (None, None)
