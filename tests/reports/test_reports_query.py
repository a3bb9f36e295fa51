"""What is asked of the store: the right changes, the right counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from reports import query
from reports.query import (
    compare_versions,
    find_change,
    find_history,
    list_changes,
    recently_recorded,
    report_period,
)
from revisor.errors import NotFound
from revisor.model import Article, Kind, Verdict
from storage.records import ChangeFilter
from tests.reports.examples import ARTICLE, edited, paragraphs
from tests.reports.shelf import Shelf
from tests.storage.making import START

OTHER = replace(ARTICLE, title="Ferry timetable", blocks=paragraphs("The ferry runs every 20 minutes."))
HOUR = timedelta(hours=1)
ALL = ChangeFilter(since=START, until=START + 100 * HOUR)


def counts(report: query.PeriodReport) -> dict[Kind, int]:
    return {entry.kind: entry.count for entry in report.counts}


def test_a_list_holds_the_newest_and_counts_all(shelf: Shelf) -> None:
    titles: list[Article | int] = [replace(ARTICLE, title=f"Title {n}") for n in range(6)]
    for title in titles:
        shelf.run({"a": title})
    found = list_changes(shelf.store, ChangeFilter(), 3, ())
    assert [c.title for c in found.changes] == ["Title 5", "Title 4", "Title 3"]
    assert found.total == 5
    assert [c.diff for c in found.changes] == [None] * 3


def test_a_list_says_how_each_portal_was_last_looked_at(engine: Engine, shelf: Shelf) -> None:
    good = shelf.run({"a": ARTICLE})
    bad = shelf.run({"a": ARTICLE}, Verdict.DOWN)
    other = Shelf(engine, "valley").run({"a": ARTICLE})
    found = list_changes(shelf.store, ChangeFilter(), 9, ["never", "harbour"])
    assert [(h.portal, h.last_run, h.last_healthy) for h in found.portals] == [
        ("harbour", bad, good),
        ("valley", other, other),
    ]
    assert [
        h.portal for h in list_changes(shelf.store, ChangeFilter(portal="valley"), 9, ["harbour"]).portals
    ] == ["valley"]


def test_a_change_comes_whole_with_the_checks_between(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE, "b": OTHER})
    shelf.run({"a": 503, "b": OTHER})
    shelf.run({"a": edited(), "b": 404})
    shelf.run({"a": edited(), "b": 404})
    changed, removed = (find_change(shelf.store, n) for n in (1, 2))
    assert changed.change.kinds[0] is Kind.EDITED
    assert changed.change.diff
    assert changed.change.before
    assert changed.change.before.article == ARTICLE
    assert changed.checks == 1
    assert removed.change.kinds == (Kind.REMOVED,)
    assert removed.change.after is None
    assert removed.checks == 1


def test_checks_are_counted_however_many_there_are(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    for _ in range(4):
        shelf.run({"a": 503})
    shelf.run({"a": edited()})
    assert find_change(shelf.store, 1).checks == 4


def test_a_change_that_is_not_there_is_named(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match="change 99"):
        find_change(shelf.store, 99)


def test_a_history_by_address_or_by_key(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    shelf.run({"a": edited()})
    shelf.run({"a": OTHER})
    by_url = find_history(shelf.store, "https://news.example/a.htm", [])
    assert by_url == find_history(shelf.store, "id:a", [("valley", "id:a"), ("harbour", "id:a")])
    (history,) = by_url
    assert [len(history.known.versions), len(history.changes), history.known.capture_count] == [3, 2, 3]
    assert [c.title for c in history.changes] == [edited().title, OTHER.title]
    with pytest.raises(NotFound, match="nowhere"):
        find_history(shelf.store, "https://nowhere.example/", [("harbour", "nothing")])


def test_a_report_counts_what_it_shows(engine: Engine, shelf: Shelf) -> None:
    valley = Shelf(engine, "valley")
    shelf.run({"a": ARTICLE, "b": OTHER})
    valley.run({"a": ARTICLE})
    shelf.run({"a": edited(), "b": OTHER})
    valley.run({"a": replace(ARTICLE, title="Another")})
    shelf.run({"a": edited(), "b": OTHER, "c": OTHER})
    shelf.run({"a": replace(edited(), source="Port  office"), "b": OTHER}, Verdict.DEGRADED)
    shelf.run({"a": replace(edited(), source="Port office"), "b": OTHER})
    found = report_period(shelf.store, ALL, ["harbour"])
    assert found.total == len(found.changes) == 4
    assert counts(found) == {
        Kind.NEW: 1,
        Kind.EDITED: 2,
        Kind.RETITLED: 2,
        Kind.REDATED: 1,
        Kind.RECAPTIONED: 1,
        Kind.ATTACHMENT: 1,
    }
    assert all(sum(kind in w.change.kinds for w in found.changes) == n for kind, n in counts(found).items())
    assert [(p.portal, p.changes, len(p.runs), len(p.unhealthy)) for p in found.portals] == [
        ("harbour", 3, 5, 1),
        ("valley", 1, 2, 0),
    ]
    whole = report_period(shelf.store, replace(ALL, include_cosmetic=True), [])
    assert counts(whole)[Kind.COSMETIC] == 1
    assert whole.total == 5


def test_a_report_of_chosen_kinds_counts_those(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    shelf.run({"a": edited()})
    shelf.run({"a": replace(edited(), blocks=OTHER.blocks)})
    found = report_period(shelf.store, replace(ALL, kinds=(Kind.RETITLED,)), [])
    assert (found.total, counts(found)) == (1, {Kind.RETITLED: 1})


def test_a_period_holds_its_start_and_not_its_end(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    times = []
    for number in range(3):
        times.append(shelf.next_run)
        shelf.run({"a": replace(ARTICLE, title=f"Title {number}")})
    found = report_period(shelf.store, ChangeFilter(since=times[0], until=times[2]), [])
    assert [w.change.title for w in found.changes] == ["Title 1", "Title 0"]
    assert [run.started_at for run in found.portals[0].runs] == [times[1], times[0]]


def test_an_empty_period_and_an_empty_store(shelf: Shelf) -> None:
    found = report_period(shelf.store, ALL, ["harbour"])
    assert (found.total, found.changes, found.portals, found.counts) == (0, (), (), ())
    chosen = report_period(shelf.store, replace(ALL, portal="harbour"), [])
    assert [p.portal for p in chosen.portals] == ["harbour"]
    with pytest.raises(ValueError, match="start and its end"):
        report_period(shelf.store, ChangeFilter(), [])


def test_a_report_of_huge_articles_stops_at_the_newest(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.run({"a": ARTICLE})
    for number in range(4):
        shelf.run({"a": replace(ARTICLE, blocks=paragraphs(f"{number}" * 1000))})
    monkeypatch.setattr(query, "MAX_TEXT", 5_000)
    found = report_period(shelf.store, ALL, [])
    assert [w.change.id for w in found.changes] == [4, 3]
    assert found.total == 4
    monkeypatch.setattr(query, "MAX_CHANGES", 1)
    assert [w.change.id for w in report_period(shelf.store, ALL, []).changes] == [4]


def test_any_two_versions_of_a_page_are_compared(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    shelf.run({"a": edited()})
    shelf.run({"a": replace(ARTICLE, source="Port office")})
    first, second, third = (
        v.id for v in find_history(shelf.store, "id:a", [("harbour", "id:a")])[0].known.versions
    )
    found = compare_versions(shelf.store, first, third)
    assert (found.before.id, found.after.id, found.page.key) == (first, third, "id:a")
    assert found.diff.kinds == (Kind.EDITED,)
    assert "source" in found.summary
    assert found.same_rules
    back = compare_versions(shelf.store, second, first).diff
    assert back.fields[0].after == ARTICLE.title
    assert compare_versions(shelf.store, first, first).diff.kinds == ()


def test_versions_of_different_pages_are_not_compared(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE, "b": OTHER})
    one, other = (shelf.store.page_by_url(f"https://news.example/{name}.htm")[0].version_id for name in "ab")
    assert one
    assert other
    with pytest.raises(NotFound, match="are of different pages"):
        compare_versions(shelf.store, one, other)
    with pytest.raises(NotFound, match="no version 99"):
        compare_versions(shelf.store, one, 99)


def test_what_was_recorded_last_comes_whole_and_first(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.run({"a": ARTICLE})
    for number in range(4):
        shelf.run({"a": replace(ARTICLE, title=f"Title {number}")})
    monkeypatch.setattr(query, "MAX_FEED", 3)
    found = recently_recorded(shelf.store, ChangeFilter(portal="harbour"))
    assert [whole.change.title for whole in found] == ["Title 3", "Title 2", "Title 1"]
    assert all(whole.change.diff and whole.change.recorded_at for whole in found)
    assert recently_recorded(shelf.store, ChangeFilter(portal="valley")) == ()


def test_a_review_comes_with_its_change(shelf: Shelf) -> None:
    shelf.run({"a": ARTICLE})
    shelf.run({"a": edited()})
    said = [
        shelf.store.add_review(1, reviewed=reviewed, note=note, reviewer="Ada", at=START)
        for reviewed, note in ((True, "Told the desk."), (False, "Look again."))
    ]
    assert find_change(shelf.store, 1).change.review == said[-1]
    assert list_changes(shelf.store, ChangeFilter(), 9, []).changes[0].review == said[-1]
    assert report_period(shelf.store, replace(ALL, reviewed=False), []).total == 1
    assert report_period(shelf.store, replace(ALL, reviewed=True), []).total == 0
