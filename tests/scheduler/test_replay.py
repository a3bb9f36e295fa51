"""History from an archive, through the ordinary crawl."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from revisor.clock import FixedClock
from revisor.config import Config
from revisor.errors import ArchiveInvalid, ArchiveTruncated, HistoryConflict, RunOverlap
from revisor.model import Fetch, FrontierEntry, Run, RunState, Trigger
from scheduler.job import CrawlJob, Ended, Finished, Job
from scheduler.leash import Watcher
from scheduler.process import run_job
from scheduler.replay import import_archive
from scheduler.run import RunOrder, run_portal
from scrapers.portal import Portal, Scope, Urls
from storage.captures import RunSink
from storage.database import open_database
from storage.frontier import RunFrontier
from storage.records import ChangeFilter
from storage.store import Store
from tests.scheduler.newsroom import PORTAL, START, page
from tests.scheduler.warc import write_warc

BASE = "https://news.example"
LIST = b"<html><body><a href='/a1.htm'>1</a> <a href='/a2.htm'>2</a> <a href='/a9.htm'>9</a></body></html>"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
EDITED = page().replace(b"17 minutes", b"71 minutes")


def archive(folder: Path) -> Path:
    return write_warc(
        folder / "history.warc.gz",
        [
            (START, f"{BASE}/news.html", 200, LIST),
            (START, f"{BASE}/a1.htm", 200, page()),
            (START + DAY, "http://news.example/news.html", 200, LIST),
            (START + DAY, f"{BASE}/a1.htm", 200, EDITED),
            (START + DAY, f"{BASE}/a2.htm", 200, page("Second headline of the day")),
            (START + 2 * DAY, f"{BASE}/a3.htm", 200, page("A page that no list led to")),
            (START + 2 * DAY, "https://elsewhere.example/a3.htm", 200, page("Not of this portal")),
            (START + 2 * DAY + timedelta(hours=1), f"{BASE}/a3.htm", 200, page("A page retitled at once")),
        ],
    )


def replay(config: Config, store: Store, path: Path, portal: Portal = PORTAL) -> list[Run]:
    return import_archive(config, store, portal, path, lambda *_: None, Watcher())


def replay_stopped(config: Config, store: Store, path: Path, after: int) -> list[Run]:
    """An import that is asked to stop once so many rounds are in."""
    seen: list[Run] = []
    stop = Watcher(should_stop=lambda: len(seen) >= after)
    return import_archive(config, store, PORTAL, path, lambda _n, _of, run: seen.append(run), stop)


def found(store: Store) -> dict[tuple[str, str], datetime]:
    """When each change was found, by page and first kind."""
    changes = store.changes(ChangeFilter(), limit=100)
    return {(c.page.key, c.kinds[0].value): c.detected_at for c in changes}


def test_each_day_is_an_ordinary_run_under_the_archives_clock(
    config: Config, store: Store, tmp_path: Path
) -> None:
    runs = replay(config, store, archive(tmp_path))
    assert [run.started_at for run in runs] == [
        START,
        START + DAY,
        START + 2 * DAY,
        START + 2 * DAY + timedelta(hours=1),
    ]
    assert [run.baseline for run in runs] == [True, False, False, False]
    assert found(store) == {
        ("id:1", "edited"): START + DAY,
        ("id:3", "new"): START + 2 * DAY,
        ("id:3", "retitled"): START + 2 * DAY + timedelta(hours=1),
    }


def test_what_an_import_finds_is_written_down_today(config: Config, store: Store, tmp_path: Path) -> None:
    today = datetime.now(UTC)
    replay(config, store, archive(tmp_path))
    written = [change.recorded_at for change in store.changes(ChangeFilter(), limit=100)]
    assert written
    assert [moment for moment in written if moment is None or moment < today] == []


def test_what_the_archive_lacks_is_neither_failure_nor_removal(
    config: Config, store: Store, tmp_path: Path
) -> None:
    days = [(START + n * DAY, f"{BASE}/news.html", 200, LIST) for n in range(5)]
    path = write_warc(tmp_path / "a.warc", [*days, (START, f"{BASE}/a1.htm", 200, page())])
    runs = replay(config, store, path)
    assert [run.counts.failed for run in runs] == [0] * 5
    assert [run.counts.absent for run in runs] == [2, 3, 3, 3, 3]
    assert {run.verdict.value for run in runs if run.verdict} == {"healthy"}
    assert store.changes(ChangeFilter(), limit=10) == []
    assert store.live_pages("test") == 1


def test_a_second_import_adds_nothing_and_a_stopped_one_goes_on(
    config: Config, store: Store, tmp_path: Path
) -> None:
    path = archive(tmp_path)
    assert len(replay_stopped(config, store, path, after=2)) == 2
    assert len(replay(config, store, path)) == 2
    assert replay(config, store, path) == []
    assert len(store.changes(ChangeFilter(), limit=10)) == 3


def test_a_truncated_archive_leaves_nothing(config: Config, store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ArchiveTruncated):
        replay(config, store, path)
    assert store.runs() == []


def test_another_portals_archive_is_refused(config: Config, store: Store, tmp_path: Path) -> None:
    path = write_warc(tmp_path / "b.warc.gz", [(START, "https://elsewhere.example/", 200, LIST)])
    with pytest.raises(ArchiveInvalid, match="holds no capture"):
        replay(config, store, path)


def test_history_older_than_what_is_stored_is_refused(config: Config, store: Store, tmp_path: Path) -> None:
    replay(
        config, store, write_warc(tmp_path / "new.warc", [(START + 9 * DAY, f"{BASE}/a1.htm", 200, page())])
    )
    with pytest.raises(HistoryConflict):
        replay(config, store, archive(tmp_path))


def test_a_page_under_a_second_address_is_the_same_page(config: Config, store: Store, tmp_path: Path) -> None:
    portal = msgspec.structs.replace(PORTAL, urls=Urls(article=(r"/a(?P<id>\d+)\.htm$",)))
    path = write_warc(
        tmp_path / "a.warc",
        [
            (START, f"{BASE}/news.html", 200, b"<a href='/x/a1.htm'>1</a>"),
            (START, f"{BASE}/x/a1.htm", 200, page()),
            (START + HOUR, f"{BASE}/y/a1.htm", 200, EDITED),
            (START + DAY, f"{BASE}/news.html", 200, b"<a href='/x/a1.htm'>1</a>"),
            (START + DAY, f"{BASE}/z/a1.htm", 200, EDITED.replace(b"Harbour tunnel", b"Harbour road")),
        ],
    )
    runs = replay(config, store, path, portal)
    assert [(run.counts.fetched, run.counts.absent) for run in runs] == [(2, 0), (1, 1), (2, 0)]
    assert found(store) == {("id:1", "edited"): START + HOUR, ("id:1", "retitled"): START + DAY}


def test_a_redirect_gives_way_to_where_it_led(config: Config, store: Store, tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        [
            (START, f"{BASE}/news.html", 200, LIST),
            (START, "http://news.example/a1.htm", 301, b""),
            (START + timedelta(seconds=1), f"{BASE}/a1.htm", 200, page()),
        ],
    )
    assert [run.counts.articles for run in replay(config, store, path)] == [1]


def test_what_is_no_page_of_the_portal_makes_no_round(config: Config, store: Store, tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        [
            (START, f"{BASE}/news.html", 200, LIST),
            (START, f"{BASE}/style.css", 200, b"a{}"),
            (START + HOUR, f"{BASE}/style.css", 200, b"a{}"),
            (START + DAY, f"{BASE}/style.css", 200, b"a{}"),
        ],
    )
    assert len(replay(config, store, path)) == 1


def test_a_stopped_import_goes_on_whatever_the_hours_of_its_captures(
    config: Config, store: Store, tmp_path: Path
) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        [
            (START, f"{BASE}/news.html", 200, LIST),
            (START, f"{BASE}/a1.htm", 200, page()),
            (START + 10 * HOUR, f"{BASE}/a2.htm", 200, page("Second headline of the day")),
            (START + 2 * HOUR, f"{BASE}/a1.htm", 200, EDITED),
            (START + DAY, f"{BASE}/a1.htm", 200, page()),
        ],
    )
    first = replay_stopped(config, store, path, after=1)
    times = [run.started_at for run in (*first, *replay(config, store, path))]
    assert len(times) == 3
    assert times == sorted(times)
    assert len(store.changes(ChangeFilter(), limit=10)) == 2


def test_an_hour_that_the_clocks_repeat_at_midnight_keeps_its_order(
    config: Config, store: Store, tmp_path: Path
) -> None:
    before = datetime(2010, 11, 7, 2, 30, 30, tzinfo=UTC)  # 00:00:30 in St. John's, where 00:01 became 23:01
    after = datetime(2010, 11, 7, 3, 0, tzinfo=UTC)
    path = write_warc(
        tmp_path / "a.warc", [(before, f"{BASE}/a1.htm", 200, page()), (after, f"{BASE}/a1.htm", 200, EDITED)]
    )
    replay(config, store, path, msgspec.structs.replace(PORTAL, time_zone="America/St_Johns"))
    assert found(store) == {("id:1", "edited"): after}


def test_a_live_crawl_between_two_halves_of_an_import_is_not_overtaken(
    config: Config, store: Store, tmp_path: Path
) -> None:
    path = archive(tmp_path)
    replay_stopped(config, store, path, after=1)
    live = write_warc(tmp_path / "live.warc", [(START + 9 * DAY, f"{BASE}/a1.htm", 200, page())])
    replay(config, store, live)
    with pytest.raises(HistoryConflict):
        replay(config, store, path)


def test_a_capture_inside_the_first_day_is_newer_history(
    config: Config, store: Store, tmp_path: Path
) -> None:
    noon = write_warc(tmp_path / "noon.warc", [(START + 5 * HOUR, f"{BASE}/a1.htm", 200, page())])
    replay(config, store, noon)
    around = [
        (START, f"{BASE}/a1.htm", 200, EDITED),
        (START + 9 * HOUR, f"{BASE}/a2.htm", 200, page("Second headline of the day")),
    ]
    with pytest.raises(HistoryConflict):
        replay(config, store, write_warc(tmp_path / "around.warc", around))


def test_an_import_killed_while_it_recorded_its_last_round_is_finished_by_the_next(
    config: Config, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        [(START, f"{BASE}/a1.htm", 200, page()), (START + DAY, f"{BASE}/a1.htm", 200, EDITED)],
    )

    def killed_while_it_recorded(job: Job, watcher: Watcher) -> Finished | Ended:
        if job.run.id != 2:
            return run_job(job, watcher)
        assert isinstance(job, CrawlJob)
        assert job.network
        (seed,) = job.seeds
        capture = job.network.respond(seed.address.url)
        assert capture
        engine = open_database(job.database)
        RunFrontier(engine, job.run, None).add(job.seeds)
        RunSink(engine, job.run).store(Fetch(FrontierEntry(seed.address), capture))
        engine.dispose()
        store.end_crawl(job.run.id, complete=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("scheduler.run.run_job", killed_while_it_recorded)
        with pytest.raises(KeyboardInterrupt):
            replay(config, store, path)
    assert [run.id for run in replay(config, store, path)] == [2]
    assert found(store) == {("id:1", "edited"): START + DAY}
    assert {run.state for run in store.runs()} == {RunState.DONE}
    assert replay(config, store, path) == []


def test_a_killed_live_run_does_not_end_before_it_began(config: Config, store: Store, tmp_path: Path) -> None:
    began = store.begin_run(PORTAL.name, "live", Trigger.TIMED, START + 90 * DAY)
    replay(config, store, archive(tmp_path))
    assert store.run(began.id).ended_at == began.started_at


def test_no_round_overtakes_one_that_was_cut_short(
    config: Config, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path)

    def second_is_cut(job: Job, watcher: Watcher) -> Finished | Ended:
        ended = run_job(job, watcher)
        with closing(sqlite3.connect(job.database)) as database, database:
            database.execute("UPDATE run SET complete = 0 WHERE id = 2 AND ?", (job.run.id == 2,))
        return ended

    monkeypatch.setattr("scheduler.run.run_job", second_is_cut)
    assert [run.complete for run in replay(config, store, path)] == [True, False]
    assert [run.complete for run in replay(config, store, path)] == [True, True, True]
    assert len(store.changes(ChangeFilter(), limit=10)) == 3


def test_no_other_run_gets_between_the_rounds(
    config: Config, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.lock.PATIENCE", 0.0)

    def crawl(_number: int, _of: int, _run: Run) -> None:
        with pytest.raises(RunOverlap):
            run_portal(config, store, RunOrder(PORTAL), FixedClock(START + 90 * DAY))

    runs = import_archive(config, store, PORTAL, archive(tmp_path), crawl, Watcher())
    assert len(runs) == 4


def test_a_header_may_hold_anything(config: Config, store: Store, tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc",
        [(START, f"{BASE}/news.html", 200, LIST), (START, f"{BASE}/a1.htm", 200, page())],
        header="Content-Disposition: inline; filename=珠海.html",
    )
    (run,) = replay(config, store, path)
    assert (run.counts.failed, run.counts.articles) == (0, 1)


def test_a_round_is_not_cut_by_the_pages_of_a_run(config: Config, store: Store, tmp_path: Path) -> None:
    links = b"".join(b"<a href='/a%d.htm'>x</a>" % n for n in range(1000, 1030))
    path = write_warc(
        tmp_path / "a.warc",
        [
            (START, f"{BASE}/news.html", 200, links),
            (START, f"{BASE}/a1.htm", 200, page()),
            (START + DAY, f"{BASE}/a1.htm", 200, EDITED),
        ],
    )
    runs = replay(config, store, path, msgspec.structs.replace(PORTAL, scope=Scope(pages_per_run=4)))
    assert [(run.complete, run.counts.absent) for run in runs] == [(True, 30), (True, 31)]


def test_a_broken_answer_is_a_failure_of_its_address(config: Config, store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path)
    broken = write_warc(
        tmp_path / "broken.warc.gz",
        [(START + DAY, f"{BASE}/a7.htm", 200, b"\x1f\x8b\x08\x00 no gzip")],
        header="Content-Encoding: gzip",
    )
    path.write_bytes(path.read_bytes() + broken.read_bytes())
    runs = replay(config, store, path)
    assert [run.counts.failed for run in runs] == [0, 1, 0, 0]
    (failure,) = store.failures(runs[1].id)
    assert (failure.url, failure.name) == (f"{BASE}/a7.htm", "ArchiveInvalid")
    assert len(found(store)) == 3
    assert replay(config, store, path) == []
