"""The store that the benches of the review page are measured on is one that the product could have made."""

from __future__ import annotations

from benchmarks.desk.store import PORTALS, fill
from revisor.diff import compare
from revisor.model import Kind
from storage.records import ChangeFilter
from storage.store import Store
from storage.words import wanted_words

ALL = ChangeFilter(include_cosmetic=True)


def test_a_small_one_is_whole(store: Store) -> None:
    fill(store, captures=1_200, changes=150)
    changes = [store.change(one.id) for one in store.changes(ALL, 999)]
    assert len(changes) == store.count_changes(ALL) >= 150
    assert store.stored_portals() == sorted(PORTALS)
    assert {one.portal for one in changes} == set(PORTALS)
    assert {Kind.NEW, Kind.EDITED, Kind.REMOVED, Kind.RETITLED} <= {k for one in changes for k in one.kinds}
    assert {one.review.reviewed for one in changes if one.review} == {True, False}
    assert sum(len(store.captures_of_run(run.id)) for run in store.runs(limit=999)) == 1_200
    for one in changes:
        if one.diff and one.before and one.after:
            assert one.diff == compare(one.before.article, one.after.article)
            assert one.diff.kinds == one.kinds
        shown = one.after or one.before
        assert shown
        assert store.capture(shown.capture_id).body
        assert store.page_of_capture(shown.capture_id) == one.page
        words = ChangeFilter(words=one.title, include_cosmetic=True)
        assert not wanted_words(one.title) or store.count_changes(words)
