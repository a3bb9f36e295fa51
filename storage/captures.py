"""What a crawl hands over: the fetch transaction, failures, and hosts that asked to be left alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from revisor.model import Capture, Discovered, Failure, Fetch, FrontierEntry, Run
from storage import bodies
from storage.columns import storable
from storage.database import reading, writing
from storage.frontier import add_found
from storage.packing import headers_to_text
from storage.records import CaptureState
from storage.schema import capture, failure, frontier, host

_LONGEST_VALIDATOR = 1024  # characters; we send it back with every request, so a longer one is not kept

_c = capture.c
_KNOWN = select(_c.id).where(
    _c.run_id == bindparam("run"), _c.key == bindparam("key"), _c.url == bindparam("url")
)
_INSERT = insert(capture)
_ENTRY = update(frontier).where(
    frontier.c.portal == bindparam("its_portal"), frontier.c.key == bindparam("its_key")
)
_FETCHED = _ENTRY.values(asked_at=bindparam("at"), status=bindparam("now"), failures=0)
_FETCHED_VALIDATORS = _FETCHED.values(etag=bindparam("tag"), last_modified=bindparam("modified"))
_FAILED = _ENTRY.values(asked_at=bindparam("at"), failures=frontier.c.failures + 1)
_INSERT_FAILURE = insert(failure)

_NOT_BEFORE = select(host.c.not_before).where(host.c.host == bindparam("name"))
_INSERT_HOST = insert(host)
_DEFER = update(host).where(host.c.host == bindparam("name")).values(not_before=bindparam("moment"))


class RunSink:
    """Takes what one run fetches, durably at every return. Implements `scrapers.ports.CaptureSink`."""

    def __init__(self, engine: Engine, run: Run) -> None:
        self._engine = engine
        self._run = run
        # Most pages link to the same addresses. What this run put into the frontier needs no second look; the
        # value says whether its section is known. Only a shortcut: losing it costs time alone.
        self._added: dict[tuple[str, str], bool] = {}

    def store(self, fetch: Fetch) -> None:
        """The fetch transaction: body, capture (pending), what was found on it and the frontier's row in one.

        The same address stored twice in a run counts once. Raises StorageError and its kinds, nothing stored.
        """
        fresh = [one for one in fetch.discovered if self._is_fresh(one)]
        with writing(self._engine) as connection:
            if not self._insert(connection, fetch):
                return
            add_found(connection, self._run, fresh, fetch.capture.fetched_at)
            self._mark_fetched(connection, fetch)
        for one in fresh:
            key = (one.address.key, one.address.url)
            self._added[key] = self._added.get(key, False) or one.address.section is not None

    def _is_fresh(self, one: Discovered) -> bool:
        named = self._added.get((one.address.key, one.address.url))
        return named is None or (not named and one.address.section is not None)

    def _insert(self, connection: Connection, fetch: Fetch) -> bool:
        address, found = fetch.entry.address, fetch.capture
        if connection.execute(_KNOWN, {"run": self._run.id, "key": address.key, "url": found.url}).first():
            return False
        connection.execute(
            _INSERT,
            {
                "run_id": self._run.id,
                "portal": self._run.portal,
                "key": address.key,
                "url": found.url,
                "kind": address.kind,
                "section": address.section,
                "status": found.status,
                "headers": headers_to_text(found.headers),
                "fetched_at": found.fetched_at,
                "body_digest": bodies.put(connection, found.body) if found.body else None,
                "state": CaptureState.PENDING,
                "article": False,
            },
        )
        return True

    def _mark_fetched(self, connection: Connection, fetch: Fetch) -> None:
        found = fetch.capture
        names: dict[str, object] = {
            "its_portal": self._run.portal,
            "its_key": fetch.entry.address.key,
            "at": found.fetched_at,
            "now": found.status,
        }
        if found.status == 304:
            connection.execute(_FETCHED, names)
        else:
            tag, modified = _validators(found)
            connection.execute(_FETCHED_VALIDATORS, names | {"tag": tag, "modified": modified})

    def fail(self, entry: FrontierEntry, failure: Failure) -> None:
        """Keep a fetch that brought no usable answer."""
        with writing(self._engine) as connection:
            key = entry.address.key
            names = {"its_portal": self._run.portal, "its_key": key, "at": failure.at}
            connection.execute(_FAILED, names)
            connection.execute(
                _INSERT_FAILURE,
                {
                    "run_id": self._run.id,
                    "portal": self._run.portal,
                    "key": key,
                    "url": failure.url,
                    "name": failure.name,
                    "message": failure.message,
                    "status": failure.status,
                    "at": failure.at,
                },
            )


def _validators(found: Capture) -> tuple[str | None, str | None]:
    """ETag and Last-Modified to send with the next request; only a whole, good answer has them."""
    if found.status != 200:
        return None, None
    return _validator(found.header("ETag")), _validator(found.header("Last-Modified"))


def _validator(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST_VALIDATOR and value == storable(value) else None


class StoredHosts:
    """Until when hosts asked to be left alone, for all processes. Implements `scrapers.ports.HostState`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def not_before(self, host: str) -> datetime | None:
        """The moment before which the host must not be asked, if there is one; it may be past."""
        with reading(self._engine) as connection:
            return connection.execute(_NOT_BEFORE, {"name": host}).scalar()

    def defer(self, host: str, until: datetime) -> None:
        """Leave the host alone until then; an earlier moment than the one known changes nothing."""
        with writing(self._engine) as connection:
            known = connection.execute(_NOT_BEFORE, {"name": host}).scalar()
            if known is None:
                connection.execute(_INSERT_HOST, {"host": host, "not_before": until})
            elif known < until:
                connection.execute(_DEFER, {"name": host, "moment": until})
