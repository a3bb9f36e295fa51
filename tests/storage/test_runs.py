"""Runs: one for a slot, from crawling over recording to done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from revisor.errors import NotFound, RunError, RunOverlap
from revisor.model import Kind, PageState, RunCounts, RunState, Trigger, Verdict
from storage.captures import RunSink
from storage.records import LONGEST_LOG, ChangeFilter, PageRecord
from storage.store import Store
from tests.storage.making import HOUR, START, Scene, answer, article, change, live


def test_a_slot_has_one_run(scene: Scene, store: Store) -> None:
    run = store.begin_run("test", "2026-03-02", Trigger.TIMED, START)
    with pytest.raises(RunOverlap, match="test has a run for 2026-03-02"):
        store.begin_run("test", "2026-03-02", Trigger.MANUAL, START)
    assert store.run_in_slot("test", "2026-03-02") == run == store.run(run.id)
    assert store.run_in_slot("test", "2026-03-03") is None
    assert store.run_in_slot("other", "2026-03-02") is None
    assert store.begin_run("other", "2026-03-02", Trigger.TIMED, START).id != run.id
    assert scene.begin().trigger is Trigger.MANUAL


def test_the_way_of_a_run(scene: Scene, store: Store) -> None:
    run = scene.begin()
    assert (run.state, run.complete, run.ended_at, run.verdict) == (RunState.CRAWLING, False, None, None)
    with pytest.raises(RunError, match="still crawling"):
        store.finish_run(run.id, START)
    run = store.end_crawl(run.id, complete=True)
    assert (run.state, run.complete) == (RunState.RECORDING, True)
    assert store.end_crawl(run.id, complete=False) == run, "said once"
    store.judge(run.id, Verdict.DEGRADED, "3 of 40 failed")
    done = store.finish_run(run.id, START + HOUR)
    assert (done.state, done.ended_at) == (RunState.DONE, START + HOUR)
    assert (done.verdict, done.reason) == (Verdict.DEGRADED, "3 of 40 failed")
    assert store.finish_run(run.id, START + 2 * HOUR) == done == store.run(run.id)


def test_unfinished_runs_come_oldest_first(scene: Scene, store: Store) -> None:
    crawling = scene.begin()
    recording = scene.crawl(answer("a"))
    done = scene.finish(scene.crawl(answer("b", at=scene.at)))
    assert store.unfinished_runs("test") == [crawling, recording]
    assert store.runs("test") == [done, recording, crawling]
    assert store.runs(limit=1) == [done]
    assert store.unfinished_runs("other") == store.runs("other") == []


@pytest.mark.parametrize(
    ("verdict", "complete", "next_is_baseline"),
    [
        (Verdict.HEALTHY, True, False),
        (Verdict.HEALTHY, False, True),
        (Verdict.DEGRADED, True, True),
        (Verdict.DOWN, True, True),
    ],
)
def test_the_baseline_is_the_first_whole_healthy_run(
    scene: Scene, store: Store, *, verdict: Verdict, complete: bool, next_is_baseline: bool
) -> None:
    run = scene.begin()
    assert run.baseline
    RunSink(scene.engine, run).store(answer())
    store.end_crawl(run.id, complete=complete)
    store.record(run, live(scene.only(run).id), START)
    store.judge(run.id, verdict, None)
    assert scene.begin().baseline, "not before it is done"
    scene.finish(run, verdict)
    assert scene.begin().baseline is next_is_baseline
    assert Scene(scene.engine, "other").begin().baseline


def test_the_last_healthy_run(scene: Scene, store: Store) -> None:
    assert store.last_healthy() is store.last_healthy("test") is None
    healthy = scene.finish(scene.crawl(answer("a")))
    scene.finish(scene.crawl(answer("a", at=scene.at)), Verdict.DOWN)
    scene.crawl(answer("a", at=scene.at))
    assert store.last_healthy() == store.last_healthy("test") == healthy
    assert store.last_healthy("other") is None


def test_counts(scene: Scene, store: Store) -> None:
    first = scene.crawl(answer("a"), answer("b"), answer("c"))
    for pending in store.pending(first.id):
        store.record(first, live(pending.id, article(pending.key)), START)
    assert scene.finish(first).counts == RunCounts(fetched=3, articles=3)
    at = scene.at
    second = scene.crawl(
        answer("a", at=at, status=304, body=b""), answer("b", at=at), answer("c", at=at), answer("d", at=at)
    )
    a, b, c, d = store.pending(second.id)
    for pending in (a, b):
        store.record(second, PageRecord(pending.id, "unchanged", state=PageState.LIVE, seen=True), START)
    store.record(second, live(c.id, article("other"), change(Kind.RETITLED)), START)
    store.record(second, PageRecord(d.id, "list"), START)
    done = scene.finish(second)
    assert done.counts == RunCounts(fetched=4, unchanged=2, articles=3, changes=1)
    summary = store.portal_summary("test")
    assert (summary.live, summary.missing, summary.removed) == (3, 0, 0)
    assert (summary.versions, summary.changes, summary.last_run) == (4, 1, done)


def test_the_latest_capture(scene: Scene, store: Store) -> None:
    assert store.latest_capture_time("test") is None
    scene.crawl(answer("a"), answer("b", at=START + HOUR))
    assert store.latest_capture_time("test") == START + HOUR
    assert store.latest_capture_time("other") is None


def test_runs_come_in_pages(scene: Scene, store: Store) -> None:
    made = [scene.begin().id for _ in range(5)]
    Scene(scene.engine, "other").begin()
    assert [run.id for run in store.runs("test", 2)] == made[:2:-1]
    assert [run.id for run in store.runs("test", 2, 2)] == made[2:0:-1]
    assert [run.id for run in store.runs(limit=2, offset=4)] == made[1::-1]
    assert (store.count_runs(), store.count_runs("test"), store.count_runs("nobody")) == (6, 5, 0)


def test_the_end_of_a_process_is_kept(scene: Scene, store: Store) -> None:
    run = scene.begin()
    assert (run.failure, run.log) == (None, None)
    store.fail_run(run.id, "CrawlerCrashed", "first\n" + "x" * LONGEST_LOG + "\n\udcff\x1b[0m last")
    failed = store.run(run.id)
    assert failed.failure == "CrawlerCrashed"
    assert failed.log
    assert failed.log.endswith("x\n\ufffd\x1b[0m last")
    assert len(failed.log) == LONGEST_LOG
    assert failed.state is RunState.CRAWLING, "it can still be gone on with"
    assert store.runs() == [failed]
    store.end_crawl(run.id, complete=False)
    assert scene.finish(run).failure == "CrawlerCrashed"


def test_the_latest_slot(store: Store) -> None:
    assert store.latest_slot("test") is None
    slots = (
        "timed:2026-03-02T01:00:00Z",
        "timed:2026-03-03T01:00:00Z",
        "timed:2026-03-02T13:00:00Z",
        "timed:2026-13-03T01:00:00Z",
        "timed:2027-3-4T1:00:00Z",
        "timed:2028-03-03T01:00:00Z again",
        "timed:soon",
        "manual:2029-03-03T01:00:00Z",
        "2030-03-03T01:00:00Z",
    )
    for slot in slots:
        store.begin_run("test", slot, Trigger.TIMED, START)
    store.begin_run("other", "timed:2031-03-02T01:00:00Z", Trigger.TIMED, START)
    assert store.latest_slot("test") == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert store.stored_portals() == ["other", "test"]


@pytest.mark.parametrize("number", [0, -1, 1 << 63, -(1 << 63) - 1, 10**30])
def test_numbers_that_no_row_can_have(store: Store, number: int) -> None:
    questions = (store.run, store.capture, store.capture_line, store.version, store.change, store.history)
    for ask in (*questions, store.page_by_id, store.made_of):
        with pytest.raises(NotFound, match=str(number)):
            ask(number)
    with pytest.raises(NotFound, match=str(number)):
        store.add_review(number, reviewed=True, note="", reviewer=None, at=START)
    assert store.reviews(number) == []
    assert store.changes(ChangeFilter(page_id=number), 9) == []
    assert store.page_of_capture(number) is None


def test_what_is_not_there(store: Store) -> None:
    for ask in (store.run, store.capture, store.version, store.change, store.history, store.made_of):
        with pytest.raises(NotFound, match="7"):
            ask(7)
    with pytest.raises(NotFound, match="run 7"):
        store.end_crawl(7, complete=True)
    with pytest.raises(NotFound, match="run 7"):
        store.judge(7, Verdict.DOWN, None)
    with pytest.raises(NotFound, match="run 7"):
        store.finish_run(7, START)
    with pytest.raises(NotFound, match="run 7"):
        store.fail_run(7, "CrawlerCrashed", "")
    with pytest.raises(NotFound, match="capture 7"):
        store.capture_line(7)
    assert store.page_of_capture(7) is None
    assert store.sections() == []
    assert store.stored_portals() == []
    with pytest.raises(NotFound, match="rules-9"):
        store.rules("rules-9")
    assert store.page("test", "id:a") is None
    assert store.version_by_capture(1, "rules-1") is None
    assert store.failures(7) == []
    assert store.pending(7) == []
    assert store.page_by_url("https://a.example/") == []
