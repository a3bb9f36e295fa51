"""The frontier: what comes first, once in a run, and no more than asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from revisor.model import Address, Discovered, Failure, Fetch, FrontierEntry, PageKind, Source
from scrapers.ports import CaptureSink, Frontier, HostState
from storage.captures import RunSink, StoredHosts
from storage.frontier import RunFrontier
from tests.storage.making import HOUR, START, Scene, address, answer, found, rows


def names(entries: list[FrontierEntry]) -> list[str]:
    return [entry.address.key.removeprefix("id:") for entry in entries]


def test_it_is_what_a_crawl_asks_for(engine: Engine, scene: Scene) -> None:
    run = scene.begin()

    def crawl(frontier: Frontier, sink: CaptureSink, hosts: HostState) -> None:
        frontier.add([found("a")])
        (entry,) = frontier.take(5)
        assert hosts.not_before("news.example") is None
        sink.store(Fetch(entry, answer("a").capture))

    crawl(RunFrontier(engine, run), RunSink(engine, run), StoredHosts(engine))
    assert scene.only(run).key == "id:a"


def test_fronts_first_then_what_is_new_then_the_longest_unseen(engine: Engine, scene: Scene) -> None:
    old = scene.crawl(answer("old-2", at=START + HOUR), answer("old-1", at=START))
    assert old.complete
    run = scene.begin()
    frontier = RunFrontier(engine, run)
    frontier.add([found("deep", PageKind.LIST, depth=2), found("new-1"), found("new-2")])
    frontier.add([found("list", PageKind.LIST, depth=0)])
    assert names(frontier.take(3)) == ["list", "deep", "new-2"]
    assert names(frontier.take(9)) == ["new-1", "old-1", "old-2"]
    assert frontier.take(9) == []


def test_runs_of_few_pages_get_on(engine: Engine, scene: Scene) -> None:
    """A pager that is longer than a run must not keep the articles behind it from ever being fetched."""
    pager = [found(f"page-{n}", PageKind.LIST) for n in range(4)]
    run = scene.begin()
    RunFrontier(engine, run).add([found("front", PageKind.LIST, depth=0), *pager, found("a"), found("b")])
    for one in pager:
        RunSink(engine, run).store(Fetch(FrontierEntry(one.address), answer().capture))
    assert names(RunFrontier(engine, scene.begin()).take(3)) == ["front", "b", "a"]


def test_unseen_counts_what_was_never_asked_for(engine: Engine, scene: Scene) -> None:
    frontier = RunFrontier(engine, scene.begin(), 2)
    frontier.add([found("a"), found("b"), found("c")])
    assert (frontier.pending(), frontier.unseen()) == (3, 3)
    frontier.take(9)
    assert (frontier.pending(), frontier.unseen()) == (1, 1)


def test_failing_addresses_do_not_keep_the_others_back(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    RunFrontier(engine, run).add([found(f"bad-{n}") for n in range(9)])
    for n in range(9):
        failed = Failure(f"https://news.example/bad-{n}", "FetchTimeout", "slow", START + HOUR)
        RunSink(engine, run).fail(FrontierEntry(address(f"bad-{n}")), failed)
    RunSink(engine, run).store(answer("good", discovered=(found("good"),)))
    assert "good" in names(RunFrontier(engine, scene.begin(), 4).take(4))


def test_endless_new_addresses_do_not_keep_known_pages_back(engine: Engine, scene: Scene) -> None:
    scene.crawl(*(answer(f"known-{n}", discovered=(found(f"known-{n}"),)) for n in range(3)))
    frontier = RunFrontier(engine, scene.begin(), 6)
    frontier.add([found(f"trap-{n}") for n in range(100)])
    taken = names([*frontier.take(2), *frontier.take(9)])
    assert len(taken) == 6
    assert {"known-0", "known-1", "known-2"} <= set(taken)
    alone = RunFrontier(engine, replace(scene.begin(), portal="other"), 6)
    alone.add([found(f"trap-{n}") for n in range(100)])
    assert len(alone.take(9)) == 6, "all of the budget, where nothing else is due"


def test_one_page_a_run_gets_round(engine: Engine, scene: Scene) -> None:
    """A run that is smaller than the number of sections must not ask for the same front again and again."""
    seen = []
    for _ in range(5):
        run = scene.begin()
        frontier = RunFrontier(engine, run, 1)
        frontier.add(
            [found("front-1", PageKind.LIST, depth=0), found("front-2", PageKind.LIST, depth=0), found("a")]
        )
        (entry,) = frontier.take(9)
        seen += names([entry])
        RunSink(engine, run).store(Fetch(entry, answer(at=START + len(seen) * HOUR).capture))
    assert set(seen[:3]) == {"front-1", "front-2", "a"}
    assert seen[3:] == seen[:2]


def test_a_list_says_where_a_page_is_now(engine: Engine, scene: Scene) -> None:
    headers = (("etag", '"1"'),)
    scene.crawl(answer("a", headers=headers, discovered=(found("a"),)))
    moved = Address("id:a", "https://news.example/content/a", PageKind.ARTICLE)
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([Discovered(moved, Source.LINK)])
    assert frontier.take(1)[0].address.url == address("a").url, "a link may be as old as the page it is on"
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([Discovered(moved, Source.LIST)])
    assert frontier.take(1) == [FrontierEntry(replace(moved, section=None), 0)]


def test_what_an_earlier_run_left_comes_after_what_this_one_found(engine: Engine, scene: Scene) -> None:
    RunFrontier(engine, scene.begin()).add([found("z-left")])
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([found("a-new")])
    assert names(frontier.take(9)) == ["a-new", "z-left"]


def test_an_entry_is_handed_out_once_a_run(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    frontier, other = RunFrontier(engine, run), RunFrontier(engine, run)
    frontier.add([found(str(number)) for number in range(1200)])
    taken = [*frontier.take(700), *other.take(700)]
    assert len(taken) == len(set(names(taken))) == 1200
    assert frontier.pending() == other.pending() == 0
    frontier.add([found("1"), found("late")])
    assert names(frontier.take(9)) == ["late"]
    again = RunFrontier(engine, scene.begin())
    assert again.pending() == 1201
    assert len(again.take(5000)) == 1201


def test_portals_do_not_mix(engine: Engine, scene: Scene) -> None:
    other = Scene(engine, "other").begin()
    RunFrontier(engine, other).add([found("theirs")])
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([found("ours"), found("theirs")])
    assert names(frontier.take(9)) == ["theirs", "ours"]
    assert RunFrontier(engine, other).pending() == 1


def test_max_pages_counts_what_was_handed_out(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    frontier = RunFrontier(engine, run, 5)
    frontier.add([found(str(number)) for number in range(9)])
    assert len(frontier.take(3)) == 3
    assert len(frontier.take(3)) == 2
    assert frontier.take(3) == []
    assert frontier.pending() == 4, "the rest is due all the same"
    assert RunFrontier(engine, run, 5).take(3) == [], "also when the run goes on in another process"
    assert len(RunFrontier(engine, run, 6).take(3)) == 1


@pytest.mark.parametrize("limit", [0, -1])
def test_nothing_asked_nothing_given(engine: Engine, scene: Scene, limit: int) -> None:
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([found("a")])
    assert frontier.take(limit) == []
    assert RunFrontier(engine, scene.begin(), limit).take(5) == []


def test_adding_counts_the_new_and_leaves_the_known(engine: Engine, scene: Scene) -> None:
    first = RunFrontier(engine, scene.begin())
    assert first.add([found("a"), found("a", depth=7), found("b")]) == 2
    before = rows(engine)["frontier"]
    later = RunFrontier(engine, scene.begin())
    elsewhere = Discovered(Address("id:a", "https://mirror.example/a", PageKind.LIST), Source.MANUAL, 3)
    assert later.add([elsewhere]) == 0
    assert rows(engine)["frontier"] == before


def test_a_missing_section_is_filled_in(engine: Engine, scene: Scene) -> None:
    frontier = RunFrontier(engine, scene.begin())
    frontier.add([found("a"), found("b", section="News"), found("c"), found("c", section="News")])
    frontier.add([found("a", section="News"), found("b", section="Sport"), found("b")])
    assert {e.address.key: e.address.section for e in frontier.take(9)} == dict.fromkeys(
        ("id:a", "id:b", "id:c"), "News"
    )


def test_what_a_kill_left_in_flight_is_handed_out_by_the_next_run(engine: Engine, scene: Scene) -> None:
    killed = scene.begin()
    frontier = RunFrontier(engine, killed)
    frontier.add([found(name) for name in "abcd"])
    frontier.take(4)
    RunSink(engine, killed).store(answer("a"))
    assert names(RunFrontier(engine, scene.begin()).take(9)) == ["d", "c", "b", "a"]


def test_an_entry_brings_what_was_known_of_it(engine: Engine, scene: Scene) -> None:
    headers = (("etag", '"1"'), ("LAST-MODIFIED", "Mon, 02 Mar 2026 01:00:00 GMT"))
    scene.crawl(answer("a", headers=headers, section="News"))
    (entry,) = RunFrontier(engine, scene.begin()).take(1)
    assert entry == FrontierEntry(address("a", section="News"), 0, '"1"', "Mon, 02 Mar 2026 01:00:00 GMT")


@given(st.lists(st.text(st.characters(), min_size=1), max_size=6), st.data())
@settings(max_examples=50)
def test_keys_of_any_text(lasting: Scene, keys: list[str], data: st.DataObject) -> None:
    """Also lone surrogates: they become U+FFFD, so two keys may fall together, but nothing fails."""
    run = lasting.begin()
    frontier = RunFrontier(lasting.engine, replace(run, portal=f"portal {run.id}"))
    items = [Discovered(Address(key, key, PageKind.ARTICLE), Source.LINK) for key in keys]
    storable = {key.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for key in keys}
    count = frontier.add(items)
    assert count <= len(set(keys))
    assert frontier.add(data.draw(st.permutations(items))) == 0
    taken = [entry.address.key for entry in frontier.take(99)]
    assert len(taken) == count
    assert {key for key in storable if "\ufffd" not in key} == {key for key in taken if "\ufffd" not in key}
