"""What is particular to SQLite: marking and recognising the file, connections, locks, names of its faults.

Sources: https://www.sqlite.org/fileformat.html (header), /wal.html, /rescode.html, /uri.html.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from revisor.errors import DatabaseDamaged, DatabaseLocked, ForeignDatabase, StorageError

APPLICATION_ID = 0x52767372  # "Rvsr", at offset 68 of the file: what marks it as ours
_MAGIC = b"SQLite format 3\0"
_WAL = 2  # the file's write version, at offset 18
_KEPT = 10  # connections that stay open for the next transaction
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNREADABLE = "Could not decode to UTF-8"


def connect(path: Path, busy_seconds: float) -> Engine:
    """An engine on that file whose transactions are explicit: deferred to read, immediate to write.

    Acknowledged means durable, hence `synchronous = FULL`, which in WAL mode syncs at every commit.
    Safe for threads: each transaction has a connection of its own, and none ever waits for another's. Some
    are kept open for the next, any number may be open at once.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_seconds, "isolation_level": None, "check_same_thread": False},
        poolclass=QueuePool,
        pool_size=_KEPT,
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        with closing(connection.cursor()) as cursor:
            for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF"):
                cursor.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def is_new(path: Path) -> bool:
    """Whether nothing was ever stored there."""
    return not path.exists() or path.stat().st_size == 0


def refuse_foreign(path: Path) -> None:
    """Raise ForeignDatabase unless the file's header, which is all that is read, says that it is ours."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_MAGIC):
        raise ForeignDatabase(f"{path} is not a SQLite file")
    if len(header) < 100:
        raise DatabaseDamaged(f"{path} is cut off")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignDatabase(f"{path} is a SQLite file of another program")


def read_revision(path: Path) -> str | None:
    """The schema revision of our file, read without leaving a trace; None while it is being made.

    Opening a WAL file for reading makes side files, so it is opened as immutable, unless a log beside it
    shows that another process has it open or died with it: then the side files are there already.
    Raises DatabaseDamaged, DatabaseLocked.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if header[18] != _WAL:
        return None
    log = path.with_name(path.name + "-wal")
    mode = "mode=ro"
    if not log.exists() or not log.stat().st_size:
        mode = "mode=ro&immutable=1"
        _refuse_cut_off(path, header)
    address = f"{path.absolute().as_uri()}?{mode}"
    with named_faults(str(path)), closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise DatabaseDamaged(f"{path} does not say which schema it has")
    return str(row[0])


def _refuse_cut_off(path: Path, header: bytes) -> None:
    """Raise DatabaseDamaged for a file shorter than its header says, when no log can hold the rest."""
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if path.stat().st_size < pages * (65536 if page_size == 1 else page_size):
        raise DatabaseDamaged(f"{path} is cut off")


def mark(connection: Connection) -> None:
    """Make the file ours; takes effect with the transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def use_wal(engine: Engine, busy_seconds: float) -> None:
    """Put the file into WAL mode, which it then keeps.

    The switch needs the file for itself but does not wait for it, so it is tried for `busy_seconds`.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            with closing(engine.raw_connection()) as connection:
                _switch(connection)
        except sqlite3.OperationalError as error:
            if _code(error) not in _LOCKED or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _switch(connection: PoolProxiedConnection) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")


@contextmanager
def named_faults(where: str) -> Iterator[None]:
    """Turn the driver's errors into those of `revisor.errors`; `where` names the file."""
    try:
        yield
    except DBAPIError as error:
        raise _named(error.orig, where) from error
    except sqlite3.Error as error:
        raise _named(error, where) from error
    except UnicodeDecodeError as error:  # of SQLite's own message, which names what is spoilt
        raise DatabaseDamaged(f"{where} is damaged: it holds names that are no text") from error


def _named(error: BaseException | None, where: str) -> StorageError:
    code = _code(error)
    if code in _LOCKED:
        return DatabaseLocked(f"{where} is locked by another process")
    if code in _DAMAGED:
        return DatabaseDamaged(f"{where} is damaged: {error}")
    if _UNREADABLE in str(error):  # the driver gives it no code, and quotes the spoilt text
        return DatabaseDamaged(f"{where} is damaged: it holds text that is no UTF-8")
    return StorageError(f"{where}: {error}")


def _code(error: BaseException | None) -> int:
    """The primary result code; the bits above it tell variants of one fault apart."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
