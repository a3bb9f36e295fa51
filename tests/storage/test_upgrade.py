"""A database of an earlier revision, with rows in it, becomes one of today."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from revisor.diff import compare
from revisor.model import Kind
from storage import sqlite
from storage.database import open_database, reading, writing
from storage.migrations import HEAD, revision, upgrade
from storage.packing import pack
from storage.records import ChangeFilter, ChangeOrder
from storage.store import Store
from tests.storage.making import HOUR, START, article, rows
from tests.storage.test_atomic import Killed, killed_at

BEFORE = article("Tunnel opens", "The tunnel is 2,150 metres long.")
AFTER = article("Tunnel opens", "The tunnel is 2,510 metres long.")
RUBBISH = b"rubbish"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Revision 0001: run 1 ended an hour after its start, run 2 never; each brought changes."""
    path = tmp_path / "revisor.db"
    engine = sqlite.connect(path, 0)
    with writing(engine) as connection:
        sqlite.mark(connection)
        upgrade(connection, "0001")
    sqlite.use_wal(engine, 0)
    _fill(engine)
    engine.dispose()
    return path


RUN = """
INSERT INTO run (portal, slot, trigger, state, baseline, complete, started_at, ended_at,
                 fetched, unchanged, failed, absent, articles, changes)
VALUES ('test', :run, 'timed', 'done', 0, 1, :at, :ended, 0, 0, 0, 0, 0, 0)
"""
PAGE = """
INSERT INTO page VALUES
(1, 'test', 'id:a', 'https://news.example/a', 'News', 'live', 'T', :at, :at, 0, NULL, 2)
"""
CAPTURE = """
INSERT INTO capture VALUES
(:id, 1, 'test', 'id:a', 'address ' || :id, 'article', NULL, 200, '[]', :at, NULL, 'done', NULL, NULL, 1)
"""
VERSION = "INSERT INTO version VALUES (:id, 1, :id, 'rules-1', 'x', 'x', :at, :at, 0, :article)"
CHANGE = """
INSERT INTO change VALUES
(:id, 'test', 1, :run, :id, :at, NULL, 'Title ' || :id, 'words', :before, :after, :diff)
"""
KIND = "INSERT INTO change_kind VALUES (:id, 'edited')"


def _fill(engine: Engine) -> None:
    edit = pack(compare(BEFORE, AFTER))
    with writing(engine) as connection:

        def insert(statement: str, **values: object) -> None:
            connection.execute(text(statement), {"at": _moment(0)} | values)

        insert(RUN, run=1, ended=_moment(1))
        insert(RUN, run=2, ended=None)
        insert("INSERT INTO rules VALUES ('rules-1', '{}', :at)")
        insert(PAGE)
        for number in range(1, 6):
            insert(CAPTURE, id=number)
        for number, packed in enumerate((pack(BEFORE), pack(AFTER), RUBBISH), start=1):
            insert(VERSION, id=number, article=packed)
        insert(CHANGE, id=1, run=1, before=None, after=1, diff=None)
        insert(CHANGE, id=2, run=1, before=1, after=2, diff=edit)
        insert(CHANGE, id=3, run=2, before=2, after=None, diff=None)
        insert(CHANGE, id=4, run=2, before=1, after=2, diff=RUBBISH)
        insert(CHANGE, id=5, run=2, before=None, after=3, diff=None)
        for number in range(1, 6):
            insert(KIND, id=number)


def _moment(hours: int) -> str:
    at = START + timedelta(hours=hours)
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"


def test_changes_get_their_moment_and_their_words(old: Path) -> None:
    engine = open_database(old, create=False)
    store = Store(engine)
    listed = store.changes(ChangeFilter(), 9)
    assert {one.id: one.recorded_at for one in listed} == {
        1: START + HOUR,
        2: START + HOUR,
        3: START,
        4: START,
        5: START,
    }
    assert [one.id for one in store.changes(ChangeFilter(), 2, order=ChangeOrder.RECORDED)] == [2, 1]
    with reading(engine) as connection:
        words = {row.id: row.words for row in connection.execute(text("SELECT id, words FROM change"))}
    assert words == {
        1: "title 1 the tunnel is 2,150 metres long.",
        2: "title 2 2,150 2,510",
        3: "title 3 the tunnel is 2,510 metres long.",
        4: "title 4",
        5: "title 5",
    }
    assert all(one.review is None for one in listed)
    assert store.change(2).kinds == (Kind.EDITED,)
    assert [run.failure for run in store.runs()] == [None, None]
    made = store.add_review(1, reviewed=True, note="", reviewer=None, at=START)
    assert store.change(1).review == made
    engine.dispose()


def test_many_changes_are_done_in_pieces(old: Path) -> None:
    engine = sqlite.connect(old, 0)
    edit = pack(compare(BEFORE, AFTER))
    with writing(engine) as connection:
        for number in range(10, 310):
            names = {"id": number, "run": 1, "at": _moment(0), "before": 1, "after": 2, "diff": edit}
            connection.execute(text(CAPTURE), names)
            connection.execute(text(CHANGE), names)
    engine.dispose()
    engine = open_database(old, create=False)
    with reading(engine) as connection:
        done = connection.execute(text("SELECT count(*) FROM change WHERE words LIKE 't% 2,150 2,510'"))
        assert done.scalar_one() == 301
    engine.dispose()


def test_an_upgrade_that_is_broken_off_leaves_what_was_there(old: Path) -> None:
    engine = sqlite.connect(old, 0)
    query = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with reading(engine) as connection:
        before = connection.execute(text(query)).all()
    statement = 0
    while True:
        statement += 1
        try:
            with killed_at(engine, statement), writing(engine) as connection:
                upgrade(connection)
        except Killed:
            with reading(engine) as connection:
                assert connection.execute(text(query)).all() == before
                assert revision(connection) == "0001"
        else:
            break
    assert statement > 15, "it was struck at every step"
    with reading(engine) as connection:
        assert revision(connection) == HEAD
    assert len(rows(engine)["change"]) == 5
    engine.dispose()
