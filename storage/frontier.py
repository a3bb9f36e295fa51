"""The frontier: the addresses of a portal and what is due next. Bound to one run, kept in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, func, insert, not_, select, update
from sqlalchemy.sql import Select

from revisor.model import Address, Discovered, FrontierEntry, PageKind, Run, Source
from storage.columns import storable
from storage.database import reading, writing
from storage.schema import frontier

_CHUNK = 500  # keys in one statement

_f = frontier.c
_MINE = _f.portal == bindparam("its_portal")
_FREE = (_MINE, _f.taken_run.is_distinct_from(bindparam("run")))
_KEYS = _f.key.in_(bindparam("keys", expanding=True))
_DUE = (
    select(_f.key, _f.url, _f.kind, _f.section, _f.depth, _f.etag, _f.last_modified)
    .where(*_FREE)
    .limit(bindparam("most"))
)
_NEVER = _f.asked_at.is_(None)
_FRONTS = _DUE.where(_f.kind == PageKind.LIST, _f.depth == 0).order_by(_f.asked_at.nulls_first(), _f.key)
# New articles: from the newest discovery down; inside one, a greater key is mostly a later page, since most
# portals write a date or a counter into their addresses.
_NEW_LISTS = _DUE.where(_f.kind == PageKind.LIST, _NEVER).order_by(_f.depth, _f.key)
_NEW_ARTICLES = _DUE.where(_f.kind == PageKind.ARTICLE, _NEVER).order_by(
    _f.discovered_run.desc(), _f.key.desc()
)
_KNOWN_ONES = _DUE.where(not_(_NEVER)).order_by(_f.asked_at, _f.key)
_TAKE = update(frontier).where(_MINE, _KEYS).values(taken_run=bindparam("run"))
_PENDING = select(func.count()).select_from(frontier).where(*_FREE)
_UNSEEN = _PENDING.where(_NEVER)
_TAKEN = select(func.count()).select_from(frontier).where(_MINE, _f.taken_run == bindparam("run"))
_KNOWN = select(_f.key, _f.section, _f.url).where(_MINE, _KEYS)
_INSERT = insert(frontier)
_FILL_SECTION = (
    update(frontier).where(_MINE, _f.key == bindparam("named")).values(section=bindparam("its_section"))
)
_READDRESS = (
    update(frontier)
    .where(_MINE, _f.key == bindparam("named"))
    .values(url=bindparam("its_url"), etag=None, last_modified=None)
)
_TELLING = (Source.SECTION, Source.LIST, Source.ARCHIVE)
"""Sources that say where a page is now; a link inside an old page may be as old as that."""


class RunFrontier:
    """The frontier of one run: hands every address out once. Implements `scrapers.ports.Frontier`.

    max_pages: how many addresses this run may hand out, those before a kill included; None for all. Of these
    at most half go to sections' fronts and half to what was never asked for, as long as anything else is due:
    neither a portal with many sections nor a trap with endless new addresses keeps known pages from being
    looked at again.
    """

    def __init__(self, engine: Engine, run: Run, max_pages: int | None = None) -> None:
        self._engine = engine
        self._run = run
        self._left = None if max_pages is None else max(0, max_pages - self._taken())
        self._fronts = None if max_pages is None else max_pages // 2
        self._new = None if max_pages is None else (max_pages + 1) // 2

    def _taken(self) -> int:
        with reading(self._engine) as connection:
            return connection.execute(_TAKEN, self._names).scalar_one()

    @property
    def _names(self) -> dict[str, str | int]:
        return {"its_portal": self._run.portal, "run": self._run.id}

    def add(self, found: Iterable[Discovered]) -> int:
        """Put addresses in, as discovered at the start of the run; returns how many were new.

        Known keys are left as they are, but a section that was missing is filled in, and where a list or an
        archive has a page under another address now, that is where it will be asked for.
        """
        with writing(self._engine) as connection:
            return add_found(connection, self._run, found, self._run.started_at)

    def take(self, limit: int) -> list[FrontierEntry]:
        """Hand out at most `limit` addresses not yet taken in this run, and mark them taken.

        First the sections' fronts; then what was never asked for, lists ahead; then what was not for the
        longest time.
        """
        if self._left is not None:
            limit = min(limit, self._left)
        if limit <= 0:
            return []
        with writing(self._engine) as connection:
            entries = self._due(connection, limit)
            for chunk in _chunks([entry.address.key for entry in entries]):
                connection.execute(_TAKE, self._names | {"keys": chunk})
        if self._left is not None:
            self._left -= len(entries)
        return entries

    def _due(self, connection: Connection, limit: int) -> list[FrontierEntry]:
        """The next entries; what a share keeps back comes at the very end, when nothing else is due."""
        found: dict[str, FrontierEntry] = {}

        def more(order: Select[*tuple[object, ...]], most: int | None) -> int:
            wanted = limit - len(found) if most is None else min(limit - len(found), most)
            if wanted <= 0:
                return 0
            before = len(found)
            # Rows that an earlier order gave are still free here, so there must be room for them too.
            names = self._names | {"most": wanted + before}
            for row in connection.execute(order, names):
                if row.key not in found and len(found) < before + wanted:
                    address = Address(row.key, row.url, row.kind, row.section)
                    found[row.key] = FrontierEntry(address, row.depth, row.etag, row.last_modified)
            return len(found) - before

        fronts = more(_FRONTS, self._fronts)
        new = more(_NEW_LISTS, self._new)
        new += more(_NEW_ARTICLES, None if self._new is None else self._new - new)
        if self._fronts is not None and self._new is not None:
            self._fronts, self._new = self._fronts - fronts, self._new - new
        for order in (_KNOWN_ONES, _NEW_LISTS, _NEW_ARTICLES):
            more(order, None)
        return list(found.values())

    def pending(self) -> int:
        """How many addresses this run has not taken yet, those beyond its `max_pages` included."""
        with reading(self._engine) as connection:
            return connection.execute(_PENDING, self._names).scalar_one()

    def unseen(self) -> int:
        """How many addresses were never asked for, nor taken by this run."""
        with reading(self._engine) as connection:
            return connection.execute(_UNSEEN, self._names).scalar_one()


def add_found(connection: Connection, run: Run, found: Iterable[Discovered], at: datetime) -> int:
    """Put addresses into the frontier of the run's portal; see `RunFrontier.add`."""
    by_key: dict[str, Discovered] = {}
    for one in found:
        key = storable(one.address.key)
        if key not in by_key or by_key[key].address.section is None:
            by_key[key] = one
    known = _known(connection, run.portal, list(by_key))
    new = [_row(run, key, one, at) for key, one in by_key.items() if key not in known]
    if new:
        connection.execute(_INSERT, new)
    for key, (section, url) in known.items():
        one, names = by_key[key], {"its_portal": run.portal, "named": key}
        if section is None and one.address.section is not None:
            connection.execute(_FILL_SECTION, names | {"its_section": one.address.section})
        if one.source in _TELLING and storable(one.address.url) != url:
            connection.execute(_READDRESS, names | {"its_url": one.address.url})
    return len(new)


def _known(connection: Connection, portal: str, keys: list[str]) -> dict[str, tuple[str | None, str]]:
    """Section and address of those keys that are in the frontier already."""
    known: dict[str, tuple[str | None, str]] = {}
    for chunk in _chunks(keys):
        for row in connection.execute(_KNOWN, {"its_portal": portal, "keys": chunk}):
            known[row.key] = (row.section, row.url)
    return known


def _chunks(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def _row(run: Run, key: str, one: Discovered, at: datetime) -> dict[str, object]:
    """A new row; every column is named, so that one compiled statement serves all."""
    return {
        "portal": run.portal,
        "key": key,
        "url": one.address.url,
        "kind": one.address.kind,
        "section": one.address.section,
        "source": one.source,
        "depth": one.depth,
        "discovered_run": run.id,
        "discovered_at": at,
        "baseline": run.baseline,
        "failures": 0,
    }
