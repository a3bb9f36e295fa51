"""Opening the database, and the two kinds of transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from revisor.errors import NewerDatabase, StorageError
from storage import sqlite
from storage.migrations import HEAD, REVISIONS, revision, upgrade


def open_database(path: Path, *, create: bool = True, busy_seconds: float = 10.0) -> Engine:
    """The database of a data home, at the newest schema.

    create: make it, with its folder, where there is none; otherwise its absence is a StorageError.
    busy_seconds: how long a transaction waits for another process before DatabaseLocked.
    Raises ForeignDatabase, NewerDatabase, DatabaseDamaged (the file is then left as it is, byte by byte),
    DatabaseLocked, StorageError (no right to write there, no space).
    """
    try:
        return _open(path, create=create, busy_seconds=busy_seconds)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error


def _open(path: Path, *, create: bool, busy_seconds: float) -> Engine:
    found = None
    if not sqlite.is_new(path):
        sqlite.refuse_foreign(path)
        found = sqlite.read_revision(path)
        _refuse_newer(found, path)
    elif create:
        path.parent.mkdir(parents=True, exist_ok=True)
    else:
        raise StorageError(f"there is no database at {path}", "`revisor crawl PORTAL` makes one")
    engine = sqlite.connect(path, busy_seconds)
    if found != HEAD:
        try:
            _migrate(engine, path)
            with sqlite.named_faults(str(path)):
                sqlite.use_wal(engine, busy_seconds)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _refuse_newer(found: str | None, path: Path) -> None:
    if found is not None and found not in REVISIONS:
        raise NewerDatabase(f"{path} was made by a newer Revisor (schema {found}, this one knows {HEAD})")


def _migrate(engine: Engine, path: Path) -> None:
    """Bring the schema up to date in one transaction, unless another process did so meanwhile.

    A new file gets its mark and its tables in rollback mode and becomes WAL afterwards: so the mark is in the
    file itself and never only in a log beside it.
    """
    with writing(engine) as connection:
        found = revision(connection)
        _refuse_newer(found, path)
        if found != HEAD:
            sqlite.mark(connection)
            upgrade(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; it holds the only write lock from its start and is durable at its end.

    Raises DatabaseLocked, DatabaseDamaged, StorageError; whatever is raised inside undoes all of it.
    """
    with sqlite.named_faults(_place(engine)), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one unchanging state. Raises DatabaseLocked, DatabaseDamaged, StorageError."""
    with sqlite.named_faults(_place(engine)), engine.connect() as connection:
        yield connection


def _place(engine: Engine) -> str:
    return engine.url.database or str(engine.url)
