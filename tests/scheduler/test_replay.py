"""History from an archive, through the ordinary crawl."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from revisor.config import Config, Home
from revisor.errors import ArchiveInvalid, ArchiveTruncated, HistoryConflict
from revisor.model import Run
from scheduler.replay import import_archive
from scheduler.run import Watcher
from storage.database import open_database
from storage.records import ChangeFilter
from storage.store import Store
from tests.scheduler.newsroom import PORTAL, START, page
from tests.scheduler.warc import write_warc

BASE = "https://news.example"
LIST = b"<html><body><a href='/a1.htm'>1</a> <a href='/a2.htm'>2</a> <a href='/a9.htm'>9</a></body></html>"
DAY = timedelta(days=1)
EDITED = page().replace(b"17 minutes", b"71 minutes")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = Config(Home(tmp_path / "home"))
    made.home.make()
    return made


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    engine = open_database(config.home.database)
    yield Store(engine)
    engine.dispose()


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


def replay(config: Config, store: Store, path: Path, watcher: Watcher | None = None) -> list[Run]:
    return import_archive(config, store, PORTAL, path, lambda *_: None, watcher or Watcher())


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
    changes = store.changes(ChangeFilter(), limit=10)
    found = {(c.page.key, c.kinds[0].value): c.detected_at for c in changes}
    assert found == {
        ("id:1", "edited"): START + DAY,
        ("id:3", "new"): START + 2 * DAY,
        ("id:3", "retitled"): START + 2 * DAY + timedelta(hours=1),
    }


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
    seen: list[Run] = []
    stopped = import_archive(
        config,
        store,
        PORTAL,
        path,
        lambda _n, _of, run: seen.append(run),
        Watcher(should_stop=lambda: len(seen) >= 2),
    )
    assert len(stopped) == 2
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
