"""Text: a change to the letter, folding, evidence, lists that are empty or cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest

from reports import text, wording
from reports.query import ChangeList, PortalHealth, WholeChange
from revisor.model import Change, Kind, Review, Verdict
from tests.reports.examples import (
    ARTICLE,
    PARAGRAPHS,
    change,
    edited,
    paragraphs,
    pipe,
    report,
    run,
    terminal,
)

ZONE = timezone(timedelta(hours=8))
SAID = Review(1, 7, reviewed=True, note="Told the desk.", reviewer="Ada", at=datetime(2026, 3, 4, tzinfo=UTC))


def shown(whole: WholeChange) -> str:
    file = StringIO()
    text.print_change(pipe(file), whole)
    return file.getvalue()


def listed(*changes: Change, total: int | None = None, portals: tuple[PortalHealth, ...] = ()) -> str:
    file = StringIO()
    found = ChangeList(changes, len(changes) if total is None else total, portals)
    text.print_changes(pipe(file), found, ZONE)
    return file.getvalue()


def test_a_change_in_plain_text() -> None:
    assert (
        shown(WholeChange(replace(change(ARTICLE, edited()), summary="1 number changed"), 2))
        == """\
Change 7: edited, retitled, redated, recaptioned, attachment
harbour / News  https://news.example/2026-03/01/c_1.htm
seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03 01:07 UTC, 2 checks between
1 number changed

Title:      Harbour tunnel opens to{+ all+} traffic
Updated:    [-2026-03-01-]{+2026-03-02+}

Image:      https://news.example/att/1.jpg
Caption:    The tunnel's [-north-]{+south+} gate.
Credit:     Photo/Ada Lin

Attachment: (added) {+Plan of the tunnel+}
Address:    {+https://news.example/att/plan.pdf+}

  The port office opened the new harbour tunnel on Monday after four years of work.
~ The tunnel is [-2,150-]{+2,510+} metres long and has three lanes each way.
  Some 12,000 vehicles are expected on an ordinary working day.
  ... 2 paragraphs unchanged ...
"""
    )


def test_a_removed_page_shows_its_last_text() -> None:
    printed = shown(WholeChange(replace(change(ARTICLE, None), summary="answers 404"), 1))
    assert "present at 2026-03-02 01:00 UTC, absent at 2026-03-03 01:07 UTC, 1 check between" in printed
    assert "the text as it was last seen" in printed
    assert all(paragraph in printed for paragraph in PARAGRAPHS)
    assert "[-" not in printed


def test_a_new_page_shows_its_text() -> None:
    printed = shown(WholeChange(change(None, ARTICLE), None))
    assert "first seen at 2026-03-03 01:07 UTC\n" in printed
    assert PARAGRAPHS[4] in printed


@pytest.mark.parametrize(
    ("kind", "checks", "sentence"),
    [
        (
            Kind.EDITED,
            0,
            "seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03 01:07 UTC, no checks between",
        ),
        (Kind.EDITED, None, "seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03 01:07 UTC"),
        (
            Kind.REMOVED,
            2,
            "present at 2026-03-02 01:00 UTC, absent at 2026-03-03 01:07 UTC, 2 checks between",
        ),
        (
            Kind.RESTORED,
            1,
            "last seen at 2026-03-02 01:00 UTC, back at 2026-03-03 01:07 UTC, 1 check between",
        ),
        (Kind.NEW, None, "first seen at 2026-03-03 01:07 UTC"),
    ],
)
def test_evidence_says_what_was_seen_and_no_more(kind: Kind, checks: int | None, sentence: str) -> None:
    assert wording.evidence(WholeChange(change(ARTICLE, edited(), kinds=(kind,)), checks)) == sentence


def test_on_a_terminal_the_marks_are_styles_and_lines_are_wrapped() -> None:
    file = StringIO()
    text.print_change(terminal(file, width=60), WholeChange(change(ARTICLE, edited()), 0))
    printed = file.getvalue()
    assert "\x1b[9;31m2,150\x1b[0m\x1b[4;32m2,510\x1b[0m" in printed
    assert "[-" not in printed
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in printed.splitlines()) <= 60


def test_without_colours_a_terminal_has_marks_too() -> None:
    file = StringIO()
    text.print_change(terminal(file, environ={"NO_COLOR": "1"}), WholeChange(change(ARTICLE, edited()), 0))
    assert "[-" in file.getvalue()


def test_page_text_that_looks_like_our_marks_is_told_apart() -> None:
    before = replace(ARTICLE, blocks=paragraphs("The [-fake-]{+marks+} stay and 10 ships sail."))
    after = replace(ARTICLE, blocks=paragraphs("The [-fake-]{+marks+} stay and 12 ships sail."))
    assert "The [\\-fake-\\]{\\+marks+\\} stay and [-10-]{+12+} ships sail." in shown(
        WholeChange(change(before, after), 0)
    )


def test_a_list_says_id_time_kinds_title_summary_and_address() -> None:
    assert (
        listed(replace(change(ARTICLE, edited()), summary="1 number changed"))
        == """\
    7  2026-03-03 09:07  edited, retitled, redated, recaptioned, attachment
       Harbour tunnel opens to all traffic
       1 number changed
       https://news.example/2026-03/01/c_1.htm

1 change, times in UTC+08:00
"""
    )


def test_a_list_that_is_cut_says_so() -> None:
    assert "showing 1 of 213; --limit 213 shows all, times in UTC+08:00" in listed(
        change(ARTICLE, edited()), total=213
    )


def test_a_list_of_several_portals_names_them() -> None:
    printed = listed(change(ARTICLE, None), change(ARTICLE, None, portal="valley"))
    assert "removed  harbour\n" in printed
    assert "removed  valley\n" in printed


def test_an_empty_list_says_what_to_do_when_nothing_was_crawled() -> None:
    assert listed() == "No changes: nothing was crawled yet. `revisor crawl PORTAL` makes a first run.\n"


def test_an_empty_list_says_when_each_portal_was_last_healthy() -> None:
    good, bad = run(3), run(4, Verdict.DOWN, "cut off")
    portals = (
        PortalHealth("a", good, good),
        PortalHealth("b", run(1), run(1)),
        PortalHealth("c", bad, good),
        PortalHealth("d", bad, None),
        PortalHealth("e", run(5, None), good),
    )
    assert (
        listed(portals=portals)
        == """\
No such changes.
  a: last healthy run 2026-03-02 21:00 UTC+08:00
  b: last healthy run 2026-03-02 09:00 UTC+08:00, the baseline that later runs are compared with
  c: last healthy run 2026-03-02 21:00 UTC+08:00; the last one, 2026-03-03 03:00 UTC+08:00, was down: cut off
  d: no healthy run yet; the last one, 2026-03-03 03:00 UTC+08:00, was down: cut off
  e: last healthy run 2026-03-02 21:00 UTC+08:00; the last one, 2026-03-03 09:00 UTC+08:00, has not ended
"""
    )


def test_a_report_in_text_has_counts_runs_and_every_change() -> None:
    found = report(
        change(ARTICLE, edited()),
        change(ARTICLE, None, number=8),
        runs=(run(2, Verdict.DOWN, "cut off"), run(1)),
        total=5,
    )
    printed = text.report_text(found, UTC)
    assert (
        "Changes from 2026-03-02 01:00 to 2026-03-09 01:00 UTC\n5 changes: 1 removed, 1 edited, 1 retitled"
        in printed
    )
    assert (
        "harbour: 2 changes in 2 runs, 1 of them not healthy; last healthy run 2026-03-02 01:00 UTC"
        in printed
    )
    assert "  run 2, 2026-03-02 07:00 UTC, was down: cut off" in printed
    assert "Change 7: " in printed
    assert "Change 8: " in printed
    assert "Only the newest 2 of 5 are shown" in printed
    assert "\x1b" not in printed


def test_what_a_person_said_of_a_change_stands_with_it() -> None:
    file = StringIO()
    case = replace(change(ARTICLE, edited()), review=SAID)
    text.print_change(pipe(file), WholeChange(case, 0), UTC)
    assert "\nreviewed by Ada, 2026-03-04 00:00 UTC: Told the desk.\n" in file.getvalue()
    assert "reviewed by Ada, 2026-03-04 08:00 UTC+08:00" in text.report_text(report(case), ZONE)
    opened = replace(case, review=replace(SAID, reviewed=False, note="", reviewer=None))
    assert "\nopen, 2026-03-04 00:00 UTC\n" in text.report_text(report(opened), UTC)


def test_a_list_marks_what_was_reviewed() -> None:
    case = change(ARTICLE, None)
    assert "removed  reviewed\n" in listed(replace(case, review=SAID))
    assert "removed\n" in listed(replace(case, review=replace(SAID, reviewed=False)))
