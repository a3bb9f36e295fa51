"""The frontier: the addresses of a portal and what is due next. Bound to one run, kept in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, bindparam, func, insert, not_, select, update
from sqlalchemy.sql import Select

from revisor.model import Address, Discovered, FrontierEntry, PageKind, Run
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
_FRONT = and_(_f.kind == PageKind.LIST, _f.depth == 0)
_NEVER = _f.fetched_at.is_(None)
# What was never fetched goes before what was, so that a run of few pages still gets on. New articles: from
# the newest discovery down; inside one, a greater key is mostly a later page, since most portals write a date
# or a counter into their addresses.
_ORDERS: tuple[Select[*tuple[object, ...]], ...] = (
    _DUE.where(_FRONT).order_by(_f.discovered_run, _f.key),
    _DUE.where(_f.kind == PageKind.LIST, _f.depth > 0, _NEVER).order_by(_f.depth, _f.key),
    _DUE.where(_f.kind == PageKind.ARTICLE, _NEVER).order_by(_f.discovered_run.desc(), _f.key.desc()),
    _DUE.where(not_(_FRONT), not_(_NEVER)).order_by(_f.fetched_at, _f.key),
)
_TAKE = update(frontier).where(_MINE, _KEYS).values(taken_run=bindparam("run"))
_PENDING = select(func.count()).select_from(frontier).where(*_FREE)
_UNSEEN = _PENDING.where(_NEVER)
_TAKEN = select(func.count()).select_from(frontier).where(_MINE, _f.taken_run == bindparam("run"))
_KNOWN = select(_f.key, _f.section).where(_MINE, _KEYS)
_INSERT = insert(frontier)
_FILL_SECTION = (
    update(frontier).where(_MINE, _f.key == bindparam("named")).values(section=bindparam("its_section"))
)


class RunFrontier:
    """The frontier of one run: hands every address out once. Implements `scrapers.ports.Frontier`.

    max_pages: how many addresses this run may hand out, those before a kill included; None for all.
    """

    def __init__(self, engine: Engine, run: Run, max_pages: int | None = None) -> None:
        self._engine = engine
        self._run = run
        self._left = None if max_pages is None else max(0, max_pages - self._taken())

    def _taken(self) -> int:
        with reading(self._engine) as connection:
            return connection.execute(_TAKEN, self._names).scalar_one()

    @property
    def _names(self) -> dict[str, str | int]:
        return {"its_portal": self._run.portal, "run": self._run.id}

    def add(self, found: Iterable[Discovered]) -> int:
        """Put addresses in, as discovered at the start of the run; returns how many were new.

        Known keys are left as they are, but a section that was missing is filled in.
        """
        with writing(self._engine) as connection:
            return add_found(connection, self._run, found, self._run.started_at)

    def take(self, limit: int) -> list[FrontierEntry]:
        """Hand out at most `limit` addresses not yet taken in this run, and mark them taken.

        First the sections' fronts; then what was never fetched, lists ahead; then what was not looked at for
        the longest time.
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
        entries: list[FrontierEntry] = []
        for order in _ORDERS:
            if len(entries) < limit:
                rows = connection.execute(order, self._names | {"most": limit - len(entries)})
                entries += [
                    FrontierEntry(
                        Address(row.key, row.url, row.kind, row.section),
                        row.depth,
                        row.etag,
                        row.last_modified,
                    )
                    for row in rows
                ]
        return entries

    def pending(self) -> int:
        """How many addresses this run has not taken yet, those beyond its `max_pages` included."""
        with reading(self._engine) as connection:
            return connection.execute(_PENDING, self._names).scalar_one()

    def unseen(self) -> int:
        """How many addresses were never fetched, and not taken by this run either."""
        with reading(self._engine) as connection:
            return connection.execute(_UNSEEN, self._names).scalar_one()


def add_found(connection: Connection, run: Run, found: Iterable[Discovered], at: datetime) -> int:
    """Put addresses into the frontier of the run's portal; see `RunFrontier.add`."""
    by_key: dict[str, Discovered] = {}
    for one in found:
        key = storable(one.address.key)
        if key not in by_key or by_key[key].address.section is None:
            by_key[key] = one
    known = _known_sections(connection, run.portal, list(by_key))
    new = [_row(run, key, one, at) for key, one in by_key.items() if key not in known]
    named = [
        {"its_portal": run.portal, "named": key, "its_section": by_key[key].address.section}
        for key, section in known.items()
        if section is None and by_key[key].address.section is not None
    ]
    if new:
        connection.execute(_INSERT, new)
    if named:
        connection.execute(_FILL_SECTION, named)
    return len(new)


def _known_sections(connection: Connection, portal: str, keys: list[str]) -> dict[str, str | None]:
    known: dict[str, str | None] = {}
    for chunk in _chunks(keys):
        for row in connection.execute(_KNOWN, {"its_portal": portal, "keys": chunk}):
            known[row.key] = row.section
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
