"""Sentences of the desk, and a reader's place in a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from reports.lists import spot
from reports.web import labels
from revisor.model import Kind, Trigger
from storage.records import ChangeFilter
from tests.reports.examples import ARTICLE, change, edited, run
from tests.reports.shelf import Shelf


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("17 */6 * * *", "every 6 hours at minute 17"),
        ("5 * * * *", "every hour at minute 5"),
        ("0 9 * * *", "daily at 09:00"),
        ("30 9,17 * * *", "daily at 09:30, 17:30"),
        ("0 9 * * 1-5", "Monday to Friday at 09:00"),
        ("0 9 * * 0", "Sunday at 09:00"),
        ("0 */2 * * 6", "Saturday every 2 hours at minute 0"),
        ("*/5 * * * *", "by a cron line"),
        ("0 9 1 * *", "by a cron line"),
        ("0 9 * * MON", "by a cron line"),
        ("0 9-17 * * *", "by a cron line"),
        ("² 9 * * *", "by a cron line"),
        ("", "by a cron line"),
    ],
)
def test_cron_lines_in_words(line: str, said: str) -> None:
    assert labels.cron(line) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=45), "45 min"),
        (timedelta(seconds=61), "2 min"),
        (timedelta(hours=24), "24 h"),
        (timedelta(hours=24, seconds=1), "25 h"),
        (timedelta(days=3, seconds=1), "4 days"),
    ],
)
def test_spans_are_rounded_up(length: timedelta, said: str) -> None:
    assert labels.span(length) == said


def test_a_new_page_has_no_window() -> None:
    assert labels.window(change(None, ARTICLE)) == ""
    assert labels.window(change(ARTICLE, edited())) == "or up to 25 h earlier"


def test_a_restored_page_has_no_window_since_it_was_seen_absent_meanwhile() -> None:
    assert labels.window(change(ARTICLE, ARTICLE, kinds=(Kind.RESTORED,))) == ""


def test_how_long_a_run_took_and_what_began_it() -> None:
    done = run(1)
    assert labels.took(done) == "2 min 0 s"
    assert labels.took(replace(done, ended_at=None)) == ""
    timed = replace(done, slot="timed:2026-03-02T01:00:00Z")
    assert labels.trigger(timed, UTC) == "the schedule, for 2026-03-02 01:00 UTC"
    assert labels.trigger(replace(timed, slot="timed:soon"), UTC) == "the schedule"
    assert labels.trigger(replace(timed, trigger=Trigger.IMPORT), UTC) == "an import of an archive"


@pytest.mark.parametrize(
    "wanted",
    [
        ChangeFilter(),
        ChangeFilter(kinds=(Kind.NEW,)),
        ChangeFilter(kinds=(Kind.EDITED,)),
        ChangeFilter(until=datetime(2026, 3, 2, 3, 0, tzinfo=UTC)),
        ChangeFilter(since=datetime(2026, 3, 2, 3, 0, tzinfo=UTC)),
        ChangeFilter(portal="other"),
    ],
)
def test_the_place_of_a_change_agrees_with_the_list(bare: Engine, wanted: ChangeFilter) -> None:
    """Also among changes of one and the same moment, and for changes that are not in the list."""
    shelf = Shelf(bare)
    shelf.run({"a": ARTICLE})
    shelf.run({f"p{n}": replace(ARTICLE, title=f"Notice {n}") for n in range(4)})
    shelf.run({"a": edited(), "p0": edited(), "q": ARTICLE})
    store = shelf.store
    listed = [row.id for row in store.changes(wanted, 100)]
    for row in store.changes(ChangeFilter(), 100):
        found = spot(store, wanted, row)
        assert found.total == len(listed)
        if row.id in listed:
            index = listed.index(row.id)
            assert found.number == index + 1
            assert found.newer == (listed[index - 1] if index else None)
            assert found.older == (listed[index + 1] if index + 1 < len(listed) else None)
        else:
            key = (row.detected_at, row.id)
            others = [(other.detected_at, other.id) for other in store.changes(wanted, 100)]
            assert found.number is None
            assert found.newer == (min((o for o in others if o > key), default=(None, None))[1])
            assert found.older == (max((o for o in others if o < key), default=(None, None))[1])
