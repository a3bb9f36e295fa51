"""Opening: what is made, what is refused, and that what is refused is left as it was."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text

from revisor.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    ForeignDatabase,
    NewerDatabase,
    RevisorError,
    StorageError,
)
from storage.captures import RunSink
from storage.database import open_database, reading, writing
from storage.migrations import HEAD
from storage.store import Store
from tests.storage.making import Scene, answer, found, rows

SPAWN = multiprocessing.get_context("spawn")


def made(path: Path) -> Path:
    engine = open_database(path)
    Scene(engine).crawl(answer(body=b"x" * 100_000))
    engine.dispose()
    return path


def refused(path: Path, error: type[RevisorError]) -> None:
    """Opening raises, and neither the file nor its folder is touched."""
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(error) as caught:
        open_database(path)
    assert str(path) in caught.value.message
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_new_home_is_made_with_its_folders(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "deep" / "home" / "revisor.db")
    with reading(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "revisor.db"
    path.touch()
    open_database(path).dispose()
    open_database(path, create=False).dispose()


def test_what_is_absent_is_only_made_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "home" / "revisor.db"
    with pytest.raises(StorageError, match="there is no database"):
        open_database(path, create=False)
    assert not path.parent.exists()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    before = path.read_bytes()
    engine = open_database(path)
    assert len(rows(engine)["capture"]) == 1
    engine.dispose()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_odd_names_are_plain_names(tmp_path: Path) -> None:
    path = tmp_path / "100% of ?mode=memory&x#y" / "réviseur.db"
    for _ in range(2):
        open_database(path).dispose()
    assert path.stat().st_size


@pytest.mark.parametrize("content", [b"hello", b"\0" * 5000, b"SQLite format 2\0" + b"\0" * 5000, b"S"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "revisor.db"
    path.write_bytes(content)
    refused(path, ForeignDatabase)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_refused(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "revisor.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE run (id INTEGER)")
    connection.close()
    refused(path, ForeignDatabase)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused(path, NewerDatabase)


def test_a_newer_schema_is_refused_while_its_program_runs(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    newer = sqlite3.connect(path)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase):
        open_database(path)
    assert path.read_bytes() == before
    newer.close()


def test_a_file_cut_off_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    content = path.read_bytes()
    for size in (50, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        refused(path, DatabaseDamaged)


def test_a_file_with_a_spoilt_schema_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)
    refused(path, DatabaseDamaged)


def test_damage_that_shows_later_has_its_name(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'capture'").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    engine = open_database(path)
    store = Store(engine)
    assert store.runs()
    with pytest.raises(DatabaseDamaged, match="is damaged"):
        store.capture(1)
    engine.dispose()


def test_text_that_is_no_text_is_damage_and_not_quoted(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE run SET portal = CAST(x'c3286d61726b' AS TEXT)")
    connection.close()
    engine = open_database(path)
    with pytest.raises(DatabaseDamaged, match=r"is no UTF-8") as caught:
        Store(engine).runs()
    assert "mark" not in str(caught.value)
    engine.dispose()


def test_a_schema_with_spoilt_names_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path / "revisor.db")
    content = path.read_bytes()
    for word in (b"CREATE TABLE page", b"CREATE TABLE version", b"CREATE INDEX change"):
        assert word in content
        path.write_bytes(content.replace(word, word[:-2] + b"\xff\xfe"))
        refused(path, DatabaseDamaged)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "revisor.db").mkdir()
    with pytest.raises(StorageError, match=r"revisor\.db"):
        open_database(tmp_path / "revisor.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError):
        open_database(tmp_path / "revisor.db")


def test_a_locked_database_has_its_name(tmp_path: Path, engine: Engine) -> None:
    scene = Scene(engine)
    run = scene.crawl(answer())
    before = rows(engine)
    other = sqlite3.connect(tmp_path / "revisor.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match="locked by another process"):
        scene.store.finish_run(run.id, scene.now)
    assert rows(engine) == before, "reading goes on"
    other.close()
    assert scene.finish(run).ended_at is not None


def test_a_full_disk_stores_nothing_half(engine: Engine) -> None:
    scene = Scene(engine)
    sink = RunSink(engine, scene.begin())
    before = rows(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100")
    with pytest.raises(StorageError, match="full"):
        sink.store(answer(body=os.urandom(1_000_000), discovered=(found("b"),)))
    assert rows(engine) == before
    sink.store(answer())


def test_an_exception_undoes_the_transaction(engine: Engine) -> None:
    before = rows(engine)

    def write_and_fail() -> None:
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO host VALUES ('a', 'b')"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert rows(engine) == before


# --- several at once, and kills ----------------------------------------------


def _open_each(paths: list[Path], barrier: Barrier) -> None:
    for path in paths:
        barrier.wait()
        open_database(path).dispose()


def test_two_processes_may_make_the_home_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) / "revisor.db" for number in range(8)]
    barrier = SPAWN.Barrier(2)
    processes = [SPAWN.Process(target=_open_each, args=(paths, barrier)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    for path in paths:
        engine = open_database(path, create=False)
        assert not any(rows(engine).values())
        engine.dispose()


def _die_at(path: Path, statement: int) -> None:
    count = 0

    @event.listens_for(Engine, "before_cursor_execute")
    def _kill(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "commit")
    def _kill_at_commit(_: Connection) -> None:
        if statement == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    open_database(path)


@pytest.mark.parametrize("statement", [0, 2, 12, 30])
def test_a_kill_while_migrating_leaves_either_state(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "revisor.db"
    process = SPAWN.Process(target=_die_at, args=(path, statement))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    engine = open_database(path)
    assert not any(rows(engine).values())
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
    engine.dispose()


def _store_for_ever(path: Path, acknowledged: Path) -> None:
    engine = open_database(path)
    scene = Scene(engine)
    number = len(rows(engine)["capture"])
    with acknowledged.open("a", buffering=1) as log:
        while True:
            number += 1
            scene.now += scene.at - scene.now
            scene.crawl(answer(str(number), body=str(number).encode() * 1000))
            log.write(f"{number}\n")


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, acknowledged = made(tmp_path / "home" / "revisor.db"), tmp_path / "acknowledged"
    acknowledged.touch()
    process = SPAWN.Process(target=_store_for_ever, args=(path, acknowledged))
    process.start()
    while acknowledged.stat().st_size < 100 and process.is_alive():
        process.join(0.01)
    process.kill()
    process.join()
    engine = open_database(path)
    stored = [row[3] for row in rows(engine)["capture"]]
    numbers = acknowledged.read_text().split("\n")[:-1]
    assert len(numbers) > 10
    assert {f"id:{number}" for number in numbers} <= set(stored)
    assert len(stored) == len(set(stored))
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
