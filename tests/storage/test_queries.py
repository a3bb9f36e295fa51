"""Changes by every filter, pages by address, and the history of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from revisor.model import (
    Address,
    Capture,
    Change,
    Fetch,
    FrontierEntry,
    Kind,
    Layout,
    PageKind,
    PageState,
    Rules,
)
from storage.records import ChangeFilter, PageRecord
from storage.store import Store
from tests.storage.making import HOUR, START, Scene, answer, article, change, live


@pytest.fixture
def told(scene: Scene, store: Store) -> list[Change]:
    """Five changes of two pages, an hour apart, oldest first."""
    kinds = ((Kind.NEW,), (Kind.EDITED, Kind.RETITLED), (Kind.COSMETIC,), (Kind.TECHNICAL,), (Kind.NEW,))
    for number, of in enumerate(kinds):
        run = scene.crawl(answer("b" if number == 4 else "a", at=scene.at))
        one = live(scene.only(run).id, article(f"Title {number}"), change(*of, title=f"Title {number}"))
        store.record(run, one, START)
    return [store.change(number) for number in range(1, 6)]


def numbers(changes: list[Change]) -> list[int]:
    return [change.id for change in changes]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ChangeFilter(), [5, 2, 1]),
        (ChangeFilter(include_cosmetic=True), [5, 4, 3, 2, 1]),
        (ChangeFilter(kinds=(Kind.COSMETIC,)), [3]),
        (ChangeFilter(kinds=(Kind.TECHNICAL, Kind.RETITLED)), [4, 2]),
        (ChangeFilter(kinds=(Kind.NEW, Kind.EDITED)), [5, 2, 1]),
        (ChangeFilter(kinds=(Kind.REMOVED,)), []),
        (ChangeFilter(since=START + HOUR), [5, 2]),
        (ChangeFilter(until=START + HOUR), [1]),
        (ChangeFilter(since=START + HOUR, until=START + 2 * HOUR), [2]),
        (ChangeFilter(portal="test"), [5, 2, 1]),
        (ChangeFilter(portal="other"), []),
        (ChangeFilter(page_id=2), [5]),
        (ChangeFilter(page_id=1, include_cosmetic=True), [4, 3, 2, 1]),
    ],
)
def test_filters(store: Store, told: list[Change], wanted: ChangeFilter, expected: list[int]) -> None:
    assert len(told) == 5
    assert numbers(store.changes(wanted, 99)) == expected
    assert store.count_changes(wanted) == len(expected)
    assert numbers(store.changes(wanted, 1)) == expected[:1]
    assert numbers(store.changes(wanted, 2, offset=1)) == expected[1:3]


def test_rows_are_light(store: Store, told: list[Change]) -> None:
    listed = store.changes(ChangeFilter(include_cosmetic=True), 99)
    assert listed == [replace(change, before=None, after=None, diff=None) for change in reversed(told)]
    assert listed[3].kinds == (Kind.EDITED, Kind.RETITLED)


def test_changes_of_a_run_are_all_of_them(store: Store, told: list[Change]) -> None:
    assert [numbers(store.changes_of_run(change.run_id)) for change in told] == [[1], [2], [3], [4], [5]]


def test_a_moment_of_another_zone_is_the_same_moment(store: Store, told: list[Change]) -> None:
    since = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
    assert since == START + HOUR
    assert numbers(store.changes(ChangeFilter(since=since), 99)) == [5, 2]
    assert told[0].detected_at.tzinfo is UTC


def test_history(scene: Scene, store: Store, told: list[Change]) -> None:
    page = told[0].page
    run = scene.crawl(answer("a", at=scene.at, status=404))
    missing = PageRecord(scene.only(run).id, "missing", "gone?", state=PageState.MISSING, missing_runs=1)
    store.record(run, missing, START)
    known = store.history(page.id)
    assert known.page.state is PageState.MISSING
    assert known.page == store.page_by_id(page.id)
    assert [line.first_seen for line in known.versions] == [START + n * HOUR for n in range(4)]
    assert [line.status for line in known.captures] == [200] * 4 + [404]
    assert (known.captures[-1].outcome, known.captures[-1].note) == ("missing", "gone?")
    assert known.capture_count == 5
    few = store.history(page.id, captures=2)
    assert few.captures == known.captures[-2:]
    assert few.capture_count == 5


def test_checks_between(store: Store, told: list[Change]) -> None:
    page = told[0].page
    assert store.checks_between(page, START, START + 3 * HOUR) == 2, "neither end is between"
    assert store.checks_between(page, START - HOUR, START + 99 * HOUR) == 4
    assert store.checks_between(page, START + HOUR, START) == 0
    assert store.checks_between(told[4].page, START, START + 3 * HOUR) == 0


def test_a_capture_knows_its_page(scene: Scene, store: Store, told: list[Change]) -> None:
    (line,) = store.captures_of_run(told[0].run_id)
    assert store.capture_line(line.id) == line
    assert store.page_of_capture(line.id) == told[0].page
    run = scene.crawl(answer("list", at=scene.at))
    assert store.page_of_capture(scene.only(run).id) is None


def test_pages_by_address(scene: Scene, store: Store) -> None:
    run = scene.crawl(answer("a"))
    moved = FrontierEntry(Address("id:b", "https://old.example/b", PageKind.ARTICLE))
    run2 = scene.crawl(Fetch(moved, Capture("https://new.example/b", 200, (), b"x", scene.at)))
    for one in (run, run2):
        store.record(one, live(scene.only(one).id), START)
    for address in ("https://old.example/b", "https://new.example/b", "id:b"):
        assert [page.key for page in store.page_by_url(address)] == ["id:b"]
    assert store.page_by_url("https://old.example/") == []


def test_what_a_version_was_made_of(scene: Scene, store: Store) -> None:
    run = scene.crawl(answer("a"))
    pending = scene.only(run)
    store.record(run, live(pending.id), START)
    page = store.page("test", "id:a")
    assert page
    assert page.version_id
    assert store.made_of(page.version_id) == ("rules-1", pending.body_digest)


def test_rules(store: Store) -> None:
    layout = Layout(since=datetime(2020, 1, 1, tzinfo=UTC).date(), body="div.art", drop=("nav", "müll"))
    rules = Rules("r", "2", "Asia/Shanghai", "en", "gb18030", (layout,))
    store.save_rules(rules, START)
    store.save_rules(replace(rules, language="de"), START)
    assert store.rules("r") == rules
