"""Changes, looked up: lists and counts by a filter, one with everything, and how often its page was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, RowMapping, Select, and_, bindparam, func, select

from revisor.errors import NotFound
from revisor.model import Change, Diff, Kind, Page, Version
from storage.conditions import QUIET, conditions
from storage.database import reading
from storage.packing import unpack
from storage.queries import version_of_id
from storage.records import ChangeFilter, ChangeOrder, KindCount
from storage.rows import page_of, review_of
from storage.schema import capture, change, change_kind, page, review

_h, _p, _c, _r = change.c, page.c, capture.c, review.c
_KINDS = (
    select(func.aggregate_strings(change_kind.c.kind, ","))
    .where(change_kind.c.change_id == _h.id)
    .scalar_subquery()
    .label("kinds")
)
_LATER = review.alias("later")
_NEWEST_REVIEW = and_(
    _r.change_id == _h.id,
    _r.id == select(func.max(_LATER.c.id)).where(_LATER.c.change_id == _h.id).scalar_subquery(),
)
_COLUMNS = (
    *(_h.id, _h.portal, _h.run_id, _h.detected_at, _h.last_seen_before, _h.title, _h.summary),
    *(_h.recorded_at, _KINDS),
)
_WHOLE = page.join(change, _h.page_id == _p.id).outerjoin(review, _NEWEST_REVIEW)
_CHANGES = select(*_COLUMNS, page, review).select_from(_WHOLE)
_CHANGE = _CHANGES.add_columns(_h.before_version, _h.after_version, _h.diff).where(
    _h.id == bindparam("change")
)
_BETWEEN = select(func.count(_c.id)).where(
    _c.portal == bindparam("portal"),
    _c.key == bindparam("key"),
    _c.fetched_at > bindparam("since"),
    _c.fetched_at < bindparam("until"),
)
_ORDERS = {
    ChangeOrder.DETECTED: (_h.detected_at.desc(), _h.id.desc()),
    ChangeOrder.RECORDED: (_h.recorded_at.desc(), _h.id.desc()),
}


class ChangeQueries:
    """The part of the store that answers questions about changes."""

    _engine: Engine

    def changes(
        self,
        wanted: ChangeFilter,
        limit: int,
        offset: int = 0,
        order: ChangeOrder = ChangeOrder.DETECTED,
    ) -> list[Change]:
        """Changes, newest first, without what weighs: `before`, `after` and `diff` are None; see `change`."""
        newest = _ORDERS[order]
        some = select(_h.id).where(*conditions(wanted)).order_by(*newest).limit(limit).offset(offset)
        return self._listed(_CHANGES.where(_h.id.in_(some)).order_by(*newest))

    def changes_of_run(self, run_id: int) -> list[Change]:
        """All changes that the run found, of every kind, in its order; as light as those of `changes`."""
        return self._listed(_CHANGES.where(_h.run_id == run_id).order_by(_h.id))

    def _listed(self, query: Select[*tuple[object, ...]]) -> list[Change]:
        with reading(self._engine) as connection:
            return [_change(row) for row in connection.execute(query).mappings()]

    def count_changes(self, wanted: ChangeFilter) -> int:
        """How many changes there are that `changes` would list."""
        query = select(func.count(_h.id)).where(*conditions(wanted))
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one()

    def kind_counts(self, wanted: ChangeFilter) -> list[KindCount]:
        """How many of the wanted changes have each kind, the weightiest first; kinds of none are left out.

        When kinds are asked for, only those are counted; the cosmetic and technical ones only when asked for
        or included.
        """
        kind = change_kind.c.kind
        query = (
            select(kind, func.count().label("changes"))
            .join(change, _h.id == change_kind.c.change_id)
            .where(*conditions(wanted))
            .group_by(kind)
        )
        if wanted.kinds:
            query = query.where(kind.in_(wanted.kinds))
        elif not wanted.include_cosmetic:
            query = query.where(kind.not_in(QUIET))
        with reading(self._engine) as connection:
            counts: dict[Kind, int] = {row.kind: row.changes for row in connection.execute(query)}
        return [KindCount(one, counts[one]) for one in Kind if one in counts]

    def change(self, change_id: int) -> Change:
        """One change with both versions and the diff. Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            row = connection.execute(_CHANGE, {"change": change_id}).mappings().first()
            if row is None:
                raise NotFound(f"there is no change {change_id}")
            packed = row[_h.diff]
            diff = None if packed is None else unpack(packed, Diff, f"the diff of change {change_id}")
            before = version_of_id(connection, row[_h.before_version])
            after = version_of_id(connection, row[_h.after_version])
            return _change(row, before, after, diff)

    def checks_between(self, page: Page, since: datetime, until: datetime) -> int:
        """How many answers of the page came after `since` and before `until`."""
        names = {"portal": page.portal, "key": page.key, "since": since, "until": until}
        with reading(self._engine) as connection:
            return connection.execute(_BETWEEN, names).scalar_one()


def _change(
    row: RowMapping, before: Version | None = None, after: Version | None = None, diff: Diff | None = None
) -> Change:
    return Change(
        id=row[_h.id],
        portal=row[_h.portal],
        page=page_of(row),
        run_id=row[_h.run_id],
        kinds=_kinds(row["kinds"]),
        detected_at=row[_h.detected_at],
        last_seen_before=row[_h.last_seen_before],
        title=row[_h.title],
        summary=row[_h.summary],
        before=before,
        after=after,
        diff=diff,
        recorded_at=row[_h.recorded_at],
        review=None if row[_r.id] is None else review_of(row),
    )


def _kinds(joined: str | None) -> tuple[Kind, ...]:
    """The kinds of a change, the weightiest first."""
    found = set((joined or "").split(","))
    return tuple(kind for kind in Kind if kind.value in found)
