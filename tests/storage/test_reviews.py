"""Reviews: added, never changed; the newest holds."""

from __future__ import annotations

import pytest

from revisor.errors import NotFound, StorageError
from revisor.model import Kind
from storage.records import LONGEST_NOTE, LONGEST_REVIEWER, ChangeFilter
from storage.store import Store
from tests.storage.making import HOUR, START, Scene, answer, article, change, live


@pytest.fixture
def told(scene: Scene, store: Store) -> list[int]:
    """Three changes."""
    run = scene.crawl(*(answer(name) for name in "abc"))
    made = [
        store.record(run, live(pending.id, article(), change(Kind.NEW)), START)
        for pending in store.pending(run.id)
    ]
    return [change_id for change_id in made if change_id]


def test_a_review_comes_back(store: Store, told: list[int]) -> None:
    assert store.change(told[0]).review is None
    made = store.add_review(told[0], reviewed=True, note="asked <them>", reviewer="Ada", at=START)
    assert (made.change_id, made.reviewed, made.note) == (told[0], True, "asked <them>")
    assert (made.reviewer, made.at) == ("Ada", START)
    assert store.reviews(told[0]) == [made]
    assert store.change(told[0]).review == made
    assert [one.review for one in store.changes(ChangeFilter(), 9)] == [None, None, made]
    assert store.reviews(told[1]) == []


def test_the_newest_holds_and_the_earlier_are_kept(store: Store, told: list[int]) -> None:
    first = store.add_review(told[0], reviewed=True, note="", reviewer=None, at=START + HOUR)
    other = store.add_review(told[1], reviewed=True, note="", reviewer=None, at=START)
    second = store.add_review(told[0], reviewed=False, note="look again", reviewer="Bo", at=START)
    assert store.reviews(told[0]) == [first, second], "by when they were given, whatever the clock said"
    assert store.change(told[0]).review == second
    assert {one.id: one.review for one in store.changes_of_run(1)} == {1: second, 2: other, 3: None}


def test_open_and_reviewed(store: Store, told: list[int]) -> None:
    store.add_review(told[0], reviewed=True, note="", reviewer=None, at=START)
    store.add_review(told[1], reviewed=True, note="", reviewer=None, at=START)
    store.add_review(told[1], reviewed=False, note="", reviewer=None, at=START)
    for reviewed, expected in ((True, [1]), (False, [3, 2]), (None, [3, 2, 1])):
        wanted = ChangeFilter(reviewed=reviewed)
        assert [one.id for one in store.changes(wanted, 9)] == expected
        assert store.count_changes(wanted) == len(expected)
        assert [counted.count for counted in store.kind_counts(wanted)] == [len(expected)]


def test_any_text_is_kept(store: Store, told: list[int]) -> None:
    note = "\ud800 \0 الميناء 长江 'x'; DROP TABLE review; -- %_"
    made = store.add_review(told[0], reviewed=True, note=note, reviewer="\udfff", at=START)
    assert (made.note, made.reviewer) == (note.replace("\ud800", "\ufffd"), "\ufffd")
    assert store.reviews(told[0]) == [made]


def test_what_is_refused(store: Store, told: list[int]) -> None:
    with pytest.raises(NotFound, match="change 99"):
        store.add_review(99, reviewed=True, note="", reviewer=None, at=START)
    store.add_review(told[0], reviewed=True, note="x" * LONGEST_NOTE, reviewer=None, at=START)
    with pytest.raises(StorageError, match="note"):
        store.add_review(told[0], reviewed=True, note="x" * (LONGEST_NOTE + 1), reviewer=None, at=START)
    name = "x" * (LONGEST_REVIEWER + 1)
    with pytest.raises(StorageError, match="name"):
        store.add_review(told[0], reviewed=True, note="", reviewer=name, at=START)
    assert len(store.reviews(told[0])) == 1
    assert store.reviews(99) == []
