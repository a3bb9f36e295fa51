"""The fetch transaction, failures, validators, and hosts that asked for time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from revisor.model import Failure, FrontierEntry, Headers, Run
from storage.captures import RunSink, StoredHosts
from storage.database import reading
from storage.frontier import RunFrontier
from storage.schema import frontier
from tests.storage.making import HOUR, START, Scene, address, answer, found, live, rows

VALIDATORS: Headers = (("ETag", '"1"'), ("Last-Modified", "Mon, 02 Mar 2026 01:00:00 GMT"))
KEPT = ('"1"', "Mon, 02 Mar 2026 01:00:00 GMT")


def entry(engine: Engine, run: Run, name: str = "a") -> FrontierEntry:
    """What the run would be told of the address."""
    taken = {one.address.key: one for one in RunFrontier(engine, run).take(99)}
    return taken[f"id:{name}"]


def failure(name: str = "FetchTimeout", status: int | None = None) -> Failure:
    return Failure("https://news.example/a.htm", name, "nothing came", START, status)


def test_a_fetch_is_stored_whole(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    RunFrontier(engine, run).add([found("a")])
    fetch = answer("a", headers=VALIDATORS, section="News", discovered=(found("b"), found("c")))
    RunSink(engine, run).store(fetch)
    pending = scene.only(run)
    assert scene.store.capture(pending.id) == fetch.capture
    assert (pending.key, pending.status, pending.section) == ("id:a", 200, "News")
    assert (pending.fetched_at, pending.baseline) == (START, True)
    assert RunFrontier(engine, run).pending() == 3
    with reading(engine) as connection:
        row = connection.execute(select(frontier).where(frontier.c.key == "id:a")).one()
        at = connection.execute(select(frontier.c.discovered_at).where(frontier.c.key == "id:b")).scalar()
    assert (row.asked_at, row.status, row.failures, row.etag) == (START, 200, 0, '"1"')
    assert at == fetch.capture.fetched_at


def test_the_same_fetch_twice_counts_once(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    sink = RunSink(engine, run)
    sink.store(answer("a", discovered=(found("b"),)))
    before = rows(engine)
    sink.store(answer("a", discovered=(found("b"),)))
    RunSink(engine, run).store(answer("a", body=b"other", discovered=(found("c"),)))
    assert rows(engine) == before


def test_one_address_under_two_urls_makes_two_captures(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    sink = RunSink(engine, run)
    sink.store(answer("a"))
    moved = answer("b")
    sink.store(type(moved)(FrontierEntry(address("a")), moved.capture))
    assert [pending.key for pending in scene.store.pending(run.id)] == ["id:a", "id:a"]


def test_equal_bodies_are_stored_once(engine: Engine, scene: Scene) -> None:
    run = scene.crawl(answer("a"), answer("b"), answer("c", body=b"other"))
    assert len(rows(engine)["body"]) == 2
    assert len({pending.body_digest for pending in scene.store.pending(run.id)}) == 2


@pytest.mark.parametrize("status", [200, 304, 404])
def test_an_answer_without_a_body(scene: Scene, status: int) -> None:
    fetch = answer("a", status=status, body=b"", headers=())
    pending = scene.only(scene.crawl(fetch))
    assert pending.body_digest is None
    assert scene.store.capture(pending.id) == fetch.capture


def test_a_section_may_be_learned_after_the_fetch(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    RunFrontier(engine, run).add([found("a")])
    sink = RunSink(engine, run)
    sink.store(answer("a", discovered=(found("b"), found("b"))))
    sink.store(answer("list", discovered=(found("a", section="News"), found("b", section="News"))))
    assert {p.key: p.section for p in scene.store.pending(run.id)} == {"id:a": "News", "id:list": None}
    assert entry(engine, run, "b").address.section == "News"


def test_discovered_in_a_baseline(scene: Scene) -> None:
    first = scene.crawl(answer("a"))
    assert first.baseline
    assert scene.only(first).baseline
    scene.store.record(first, live(scene.only(first).id), START)
    scene.finish(first)
    second = scene.crawl(answer("a", at=scene.at), answer("b", at=scene.at))
    assert not second.baseline
    assert {p.key: p.baseline for p in scene.store.pending(second.id)} == {"id:a": True, "id:b": False}


@pytest.mark.parametrize(
    ("status", "headers", "kept"),
    [
        (200, (("ETag", '"2"'),), ('"2"', None)),
        (200, (("etag", '"2"'), ("last-modified", "then")), ('"2"', "then")),
        (200, (), (None, None)),
        (200, (("ETag", "x" * 1025), ("Last-Modified", "")), (None, None)),
        (200, (("ETag", '"\udcff"'),), (None, None)),
        (304, (), KEPT),
        (304, (("ETag", '"2"'),), KEPT),
        (404, (("ETag", '"2"'),), (None, None)),
        (500, VALIDATORS, (None, None)),
        (206, VALIDATORS, (None, None)),
    ],
)
def test_validators(
    engine: Engine, scene: Scene, status: int, headers: Headers, kept: tuple[str | None, str | None]
) -> None:
    scene.crawl(answer("a", headers=VALIDATORS))
    scene.crawl(answer("a", status=status, headers=headers, at=scene.at))
    known = entry(engine, scene.begin())
    assert (known.etag, known.last_modified) == kept


def test_failures_are_kept_and_counted_until_an_answer_comes(engine: Engine, scene: Scene) -> None:
    run = scene.begin()
    RunFrontier(engine, run).add([found("a")])
    sink = RunSink(engine, run)
    first, second = failure("HttpError", 503), failure()
    for one in (first, second):
        sink.fail(FrontierEntry(address("a")), one)
    assert scene.store.failures(run.id) == [first, second]
    assert scene.store.failures(run.id, limit=1) == [first]
    counted = select(frontier.c.failures, frontier.c.asked_at)
    with reading(engine) as connection:
        assert connection.execute(counted).one() == (2, second.at)
    sink.store(answer("a"))
    with reading(engine) as connection:
        assert connection.execute(counted).one() == (0, START)
    scene.store.end_crawl(run.id, complete=True)
    counts = scene.finish(run).counts
    assert (counts.failed, counts.fetched, counts.absent) == (2, 1, 0)


def test_what_an_archive_lacks_is_no_failure(scene: Scene) -> None:
    run = scene.begin()
    scene.store.end_crawl(run.id, complete=True, absent=2)
    counts = scene.finish(run).counts
    assert (counts.absent, counts.failed) == (2, 0)


def test_hosts_that_asked_for_time(engine: Engine) -> None:
    hosts = StoredHosts(engine)
    assert hosts.not_before("a.example") is None
    hosts.defer("a.example", START)
    hosts.defer("b.example", START + HOUR)
    assert StoredHosts(engine).not_before("a.example") == START
    hosts.defer("a.example", START + HOUR)
    hosts.defer("a.example", START + timedelta(minutes=5))
    assert hosts.not_before("a.example") == START + HOUR, "the longer wait holds"
