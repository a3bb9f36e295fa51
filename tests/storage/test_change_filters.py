"""Changes by section and words, counted by kind, and in the order in which they were written down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from revisor.diff import compare
from revisor.model import Article, Capture, Fetch, FrontierEntry, Kind, PageState
from storage.records import (
    ChangeFilter,
    ChangeOrder,
    KindCount,
    NewChange,
    PageRecord,
    PortalSection,
)
from storage.store import Store
from tests.storage.making import HOUR, START, Scene, address, answer, article, change, live


def tell(
    scene: Scene, name: str, of: Article, *kinds: Kind, section: str | None = None, url: str | None = None
) -> int:
    """One run in which that page brings a change; returns the change's id."""
    place = replace(address(name, section=section), url=url or address(name).url)
    run = scene.crawl(Fetch(FrontierEntry(place), Capture(place.url, 200, (), b"x", scene.at)))
    capture_id = scene.only(run).id
    known = scene.store.page(scene.portal, place.key)
    before = scene.store.current_version(known) if known else None
    diff = compare(before.article, of) if before else None
    told = NewChange(kinds or (Kind.NEW,), of.title, "", diff)
    change_id = scene.store.record(run, live(capture_id, of, told), scene.now + HOUR)
    assert change_id
    return change_id


def ids(store: Store, wanted: ChangeFilter) -> list[int]:
    found = [one.id for one in store.changes(wanted, 99)]
    assert store.count_changes(wanted) == len(found)
    return found


@pytest.fixture
def desk(engine: Engine) -> Store:
    """1 and 2 in News, 3 in Policy, 4 of another portal in a section of the same name, 5 in none."""
    scene, other = Scene(engine), Scene(engine, "other")
    tell(scene, "a", article("Tunnel opens", "The Harbour is 100% ready."), section="News")
    tell(scene, "a", article("Tunnel opens", "The Harbour is 90% ready."), Kind.EDITED, section="News")
    tell(scene, "b", article("长江大桥", "记者从港务局获悉，大桥已通车。"), section="Policy")
    tell(other, "a", article("الميناء", "قال الوزير file_name"), section="News")
    tell(scene, "c", article("Quiet", "nothing"), Kind.COSMETIC, url="https://news.example/Path/%41_x.htm")
    return scene.store


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ChangeFilter(section="News"), {1, 2, 4}),
        (ChangeFilter(section="News", portal="test"), {1, 2}),
        (ChangeFilter(section="News", portal="test", kinds=(Kind.EDITED,)), {2}),
        (ChangeFilter(section="nothing"), set()),
        (ChangeFilter(words="harbour"), {1}),
        (ChangeFilter(words="HARBOUR tunnel"), {1}),
        (ChangeFilter(words="tunnel"), {1, 2}),
        (ChangeFilter(words="90%"), {2}),
        (ChangeFilter(words="0%"), {1, 2}),
        (ChangeFilter(words="tunnel budget"), set()),
        (ChangeFilter(words="大桥"), {3}),
        (ChangeFilter(words="通车 港务局"), {3}),
        (ChangeFilter(words="الوزير"), {4}),
        (ChangeFilter(words="file_name"), {4}),
        (ChangeFilter(words="filexname"), set()),
        (ChangeFilter(words="%"), {1, 2}),
        (ChangeFilter(words="_"), {4}),
        (ChangeFilter(words="/path/%41_X", include_cosmetic=True), {5}),
        (ChangeFilter(words="news.example/a.htm tunnel"), {1, 2}),
        (ChangeFilter(words="' OR 1=1 --"), set()),
        (ChangeFilter(words=" \u200b "), {1, 2, 3, 4}),
        (ChangeFilter(words="\ud800"), set()),
    ],
)
def test_filters(desk: Store, wanted: ChangeFilter, expected: set[int]) -> None:
    assert set(ids(desk, wanted)) == expected


@given(
    st.builds(
        ChangeFilter,
        kinds=st.lists(st.sampled_from([Kind.NEW, Kind.EDITED, Kind.COSMETIC]), unique=True).map(tuple),
        include_cosmetic=st.booleans(),
        portal=st.sampled_from([None, "lasting", "nobody"]),
        section=st.sampled_from([None, "News", "Policy"]),
        words=st.sampled_from(["", "tunnel", "%", "x y"]) | st.text(max_size=5),
        reviewed=st.sampled_from([None, True, False]),
    )
)
@settings(max_examples=60)
def test_the_counts_are_those_of_the_list(filled: Store, wanted: ChangeFilter) -> None:
    listed = filled.changes(wanted, 999)
    assert filled.count_changes(wanted) == len(listed)
    shown = [
        kind
        for kind in Kind
        if (kind in wanted.kinds if wanted.kinds else wanted.include_cosmetic or kind is not Kind.COSMETIC)
    ]
    counted = [KindCount(kind, sum(kind in one.kinds for one in listed)) for kind in shown]
    assert filled.kind_counts(wanted) == [one for one in counted if one.count]


@pytest.fixture(scope="session")
def filled(lasting: Scene) -> Store:
    """Two dozen changes of every mixture of three kinds, half of them reviewed, on a portal of their own."""
    scene = Scene(lasting.engine, "lasting")
    mixtures = [
        (Kind.NEW,),
        (Kind.EDITED, Kind.COSMETIC),
        (Kind.COSMETIC,),
        (Kind.NEW, Kind.EDITED, Kind.COSMETIC),
    ]
    for number in range(24):
        of = article(f"Tunnel {number}", "x y 50%" if number % 5 else "nothing")
        section = ("News", "Policy", None)[number % 3]
        change_id = tell(scene, f"lasting{number}", of, *mixtures[number % 4], section=section)
        if number % 2:
            scene.store.add_review(change_id, reviewed=number % 3 > 0, note="", reviewer=None, at=START)
    return scene.store


def test_the_order_of_writing_down(scene: Scene, store: Store) -> None:
    """An import tells later of what was earlier."""
    recorded = {}
    run = scene.crawl(*(answer(name, at=START + n * HOUR) for n, name in enumerate("abcd")))
    pending = store.pending(run.id)
    for one, days in zip(pending, (3, 1, 2, 2), strict=True):
        at = START + days * 24 * HOUR
        made = store.record(run, live(one.id, article(), change(Kind.NEW)), at)
        assert made
        recorded[made] = at
    assert {one.id: one.recorded_at for one in store.changes_of_run(run.id)} == recorded
    assert store.change(1).recorded_at == recorded[1]
    detected = [one.id for one in store.changes(ChangeFilter(), 9)]
    assert detected == [4, 3, 2, 1]
    for portal in (None, "test"):
        wanted = ChangeFilter(portal=portal)
        assert [one.id for one in store.changes(wanted, 9, order=ChangeOrder.RECORDED)] == [1, 4, 3, 2]
        assert [one.id for one in store.changes(wanted, 2, 1, ChangeOrder.RECORDED)] == [4, 3]


def test_a_removed_page_is_found_by_its_last_text(scene: Scene, store: Store) -> None:
    first = scene.crawl(answer("a"))
    store.record(first, live(scene.only(first).id, article("Tunnel", "The Harbour text.")), START)
    gone = PageRecord(0, "missing", state=PageState.REMOVED, missing_runs=2, change=change(Kind.REMOVED))
    gone = replace(gone, change=NewChange((Kind.REMOVED,), "Tunnel", "gone", None))
    run = scene.crawl(answer("a", at=scene.at, status=404))
    change_id = store.record(run, replace(gone, capture_id=scene.only(run).id), START)
    assert ids(store, ChangeFilter(words="harbour")) == [change_id]


def test_sections(desk: Store) -> None:
    assert desk.sections() == [
        PortalSection("other", "News"),
        PortalSection("test", "News"),
        PortalSection("test", "Policy"),
    ]
    assert desk.sections("test") == desk.sections()[1:]
    assert desk.sections("nobody") == []
    assert desk.stored_portals() == ["other", "test"]
