"""One engine asked by many threads, as a web server does, while another process writes."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine, text

from revisor.model import Kind
from storage.database import open_database, reading
from storage.records import ChangeFilter
from storage.store import Store
from tests.storage.making import START, Scene, answer, article, change, live

SPAWN = multiprocessing.get_context("spawn")
THREADS = 40  # as many as a server hands work to at once
READERS = 10
WRITTEN = 60


def test_no_reader_waits_for_another(engine: Engine) -> None:
    """Each holds a transaction of its own until all have one."""
    together = Barrier(THREADS)

    def read() -> int:
        with reading(engine) as connection:
            found = connection.execute(text("SELECT 7")).scalar_one()
            together.wait()
            return int(found)

    with ThreadPoolExecutor(THREADS) as pool:
        assert [future.result() for future in [pool.submit(read) for _ in range(THREADS)]] == [7] * THREADS


def _write(path: Path, go: Event) -> None:
    engine = open_database(path, busy_seconds=60)
    scene = Scene(engine)
    go.wait()
    for number in range(WRITTEN):
        run = scene.crawl(answer("a", at=scene.at, body=str(number).encode()))
        told = change(Kind.EDITED, title=f"Title {number}")
        scene.store.record(run, live(scene.only(run).id, article(f"Title {number}"), told), START)
        scene.finish(run)
    engine.dispose()


def test_readers_see_whole_states_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "revisor.db"
    engine = open_database(path, busy_seconds=60)
    store = Store(engine)
    go = SPAWN.Event()
    writer = SPAWN.Process(target=_write, args=(path, go))

    def read() -> list[int]:
        seen: list[int] = []
        while not seen or seen[-1] < WRITTEN:
            assert writer.is_alive() or writer.exitcode == 0
            listed = store.changes(ChangeFilter(), 2)
            if not listed:
                continue
            newest = store.change(listed[0].id)
            assert newest.after
            assert newest.after.article.title == newest.title == listed[0].title
            known = store.history(newest.page.id)
            assert known.capture_count >= len(known.versions) >= newest.id
            reviewed = store.add_review(newest.id, reviewed=True, note="", reviewer=None, at=START)
            assert reviewed.change_id == newest.id
            seen.append(newest.id)
        return seen

    writer.start()
    with ThreadPoolExecutor(READERS) as pool:
        reads = [pool.submit(read) for _ in range(READERS)]
        go.set()
        for future in reads:
            seen = future.result()
            assert seen == sorted(seen), "nobody goes back in time"
    writer.join()
    assert writer.exitcode == 0
    assert store.count_changes(ChangeFilter()) == WRITTEN
    engine.dispose()
