"""What is stored, looked up: captures, rules, pages, versions, changes, history."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, RowMapping, bindparam, func, or_, select
from sqlalchemy.sql import ColumnElement

from revisor.errors import NotFound
from revisor.model import Capture, Change, Diff, Digests, Kind, Page, PageState, Rules, Version
from storage import bodies
from storage.database import reading
from storage.packing import from_json, headers_of_text, unpack
from storage.records import CaptureLine, ChangeFilter, MadeOf, PageHistory, VersionLine
from storage.rows import page_of, version_of
from storage.schema import capture, change, change_kind, frontier, page, rules, version

QUIET = (Kind.COSMETIC, Kind.TECHNICAL)
"""The kinds that nobody reads unasked."""

_c, _p, _v, _h = capture.c, page.c, version.c, change.c
_CAPTURE = select(_c.url, _c.status, _c.headers, _c.fetched_at, _c.body_digest).where(
    _c.id == bindparam("id")
)
_RULES = select(rules.c.rules).where(rules.c.rules_id == bindparam("id"))
_PAGE = select(page).where(_p.portal == bindparam("portal"), _p.key == bindparam("key"))
_PAGE_BY_ID = select(page).where(_p.id == bindparam("id"))
_BY_URL = (
    select(page)
    .where(
        or_(
            _p.url == bindparam("url"),
            _p.key == bindparam("url"),
            select(frontier.c.key)
            .where(
                frontier.c.portal == _p.portal, frontier.c.key == _p.key, frontier.c.url == bindparam("url")
            )
            .exists(),
        )
    )
    .order_by(_p.portal, _p.key)
)
_LIVE = select(func.count(_p.id)).where(_p.portal == bindparam("portal"), _p.state == PageState.LIVE)
_VERSION = select(version).where(_v.id == bindparam("id"))
_MADE_OF = (
    select(_v.rules_id, _c.body_digest).join(capture, _c.id == _v.capture_id).where(_v.id == bindparam("id"))
)
_VERSION_BY_CAPTURE = select(version).where(
    _v.capture_id == bindparam("capture"), _v.rules_id == bindparam("rules")
)
_VERSION_LINES = (
    select(_v.id, _v.capture_id, _v.rules_id, _v.exact, _v.folded, _v.first_seen, _v.last_seen, _v.technical)
    .where(_v.page_id == bindparam("page"))
    .order_by(_v.id)
)
_OF_PAGE = (_c.portal == bindparam("portal"), _c.key == bindparam("key"))
_CAPTURE_COUNT = select(func.count(_c.id)).where(*_OF_PAGE)
_LINES = select(_c.id, _c.run_id, _c.url, _c.fetched_at, _c.status, _c.outcome, _c.note)
_LINES_OF_RUN = _LINES.where(_c.run_id == bindparam("run")).order_by(_c.id)
_CAPTURE_LINES = _LINES.where(*_OF_PAGE).order_by(_c.fetched_at.desc(), _c.id.desc()).limit(bindparam("most"))
_KINDS = (
    select(func.aggregate_strings(change_kind.c.kind, ","))
    .where(change_kind.c.change_id == _h.id)
    .scalar_subquery()
    .label("kinds")
)
_CHANGE_COLUMNS = (_h.id, _h.portal, _h.run_id, _h.detected_at, _h.last_seen_before, _h.title, _h.summary)
_CHANGES = select(*_CHANGE_COLUMNS, _KINDS, page).join(page, _p.id == _h.page_id)
_CHANGE = (
    select(*_CHANGE_COLUMNS, _h.before_version, _h.after_version, _h.diff, _KINDS, page)
    .join(page, _p.id == _h.page_id)
    .where(_h.id == bindparam("change"))
)


class Queries:
    """The part of the store that answers questions."""

    _engine: Engine

    def capture(self, capture_id: int) -> Capture:
        """The capture with its body. Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            row = connection.execute(_CAPTURE, {"id": capture_id}).first()
            if row is None:
                raise NotFound(f"there is no capture {capture_id}")
            headers = headers_of_text(row.headers, f"capture {capture_id}")
            body = b"" if row.body_digest is None else bodies.get(connection, row.body_digest)
            return Capture(row.url, row.status, headers, body, row.fetched_at)

    def captures_of_run(self, run_id: int) -> list[CaptureLine]:
        """Everything that the run fetched, in its order."""
        with reading(self._engine) as connection:
            rows = connection.execute(_LINES_OF_RUN, {"run": run_id}).mappings()
            return [CaptureLine(**row) for row in rows]

    def rules(self, rules_id: str) -> Rules:
        """Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            text = connection.execute(_RULES, {"id": rules_id}).scalar()
        if text is None:
            raise NotFound(f"there are no rules {rules_id}")
        return from_json(text.encode(), Rules, f"the rules {rules_id}")

    def page(self, portal: str, key: str) -> Page | None:
        with reading(self._engine) as connection:
            row = connection.execute(_PAGE, {"portal": portal, "key": key}).mappings().first()
        return None if row is None else page_of(row)

    def page_by_id(self, page_id: int) -> Page:
        """Raises NotFound."""
        with reading(self._engine) as connection:
            return _page(connection, page_id)

    def page_by_url(self, url: str) -> list[Page]:
        """The pages of exactly this address, last seen or first discovered there, or of exactly this key."""
        with reading(self._engine) as connection:
            return [page_of(row) for row in connection.execute(_BY_URL, {"url": url}).mappings()]

    def live_pages(self, portal: str) -> int:
        """How many pages of the portal are there, by what was last seen."""
        with reading(self._engine) as connection:
            return connection.execute(_LIVE, {"portal": portal}).scalar_one()

    def version(self, version_id: int) -> Version:
        """Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            found = _version(connection, version_id)
        if found is None:
            raise NotFound(f"there is no version {version_id}")
        return found

    def made_of(self, version_id: int) -> MadeOf:
        """By which rules and of which body the version was made. Raises NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(_MADE_OF, {"id": version_id}).first()
        if row is None:
            raise NotFound(f"there is no version {version_id}")
        return MadeOf(row.rules_id, row.body_digest)

    def current_version(self, page: Page) -> Version | None:
        """The version that the page, as given, names as its current one."""
        with reading(self._engine) as connection:
            return _version(connection, page.version_id)

    def version_by_capture(self, capture_id: int, rules_id: str) -> Version | None:
        with reading(self._engine) as connection:
            names = {"capture": capture_id, "rules": rules_id}
            row = connection.execute(_VERSION_BY_CAPTURE, names).mappings().first()
        return None if row is None else version_of(row)

    def changes(self, wanted: ChangeFilter, limit: int, offset: int = 0) -> list[Change]:
        """Changes, newest first, without what weighs: `before`, `after` and `diff` are None; see `change`."""
        query = (
            _CHANGES.where(*_conditions(wanted))
            .order_by(_h.detected_at.desc(), _h.id.desc())
            .limit(limit)
            .offset(offset)
        )
        with reading(self._engine) as connection:
            return [_change(row) for row in connection.execute(query).mappings()]

    def changes_of_run(self, run_id: int) -> list[Change]:
        """All changes that the run found, of every kind, in its order; as light as those of `changes`."""
        query = _CHANGES.where(_h.run_id == run_id).order_by(_h.id)
        with reading(self._engine) as connection:
            return [_change(row) for row in connection.execute(query).mappings()]

    def count_changes(self, wanted: ChangeFilter) -> int:
        query = select(func.count(_h.id)).where(*_conditions(wanted))
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one()

    def change(self, change_id: int) -> Change:
        """One change with both versions and the diff. Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            row = connection.execute(_CHANGE, {"change": change_id}).mappings().first()
            if row is None:
                raise NotFound(f"there is no change {change_id}")
            packed = row[_h.diff]
            diff = None if packed is None else unpack(packed, Diff, f"the diff of change {change_id}")
            before = _version(connection, row[_h.before_version])
            after = _version(connection, row[_h.after_version])
            return _change(row, before, after, diff)

    def history(self, page_id: int, captures: int = 1000) -> PageHistory:
        """Everything of a page, oldest first; of its captures the newest `captures`. Raises NotFound."""
        with reading(self._engine) as connection:
            found = _page(connection, page_id)
            versions = connection.execute(_VERSION_LINES, {"page": page_id}).mappings().all()
            names = {"portal": found.portal, "key": found.key}
            count = connection.execute(_CAPTURE_COUNT, names).scalar_one()
            lines = connection.execute(_CAPTURE_LINES, names | {"most": captures}).mappings().all()
        return PageHistory(
            page=found,
            versions=tuple(_version_line(row) for row in versions),
            captures=tuple(CaptureLine(**row) for row in reversed(lines)),
            capture_count=count,
        )


def _version_line(row: RowMapping) -> VersionLine:
    return VersionLine(
        id=row[_v.id],
        capture_id=row[_v.capture_id],
        rules_id=row[_v.rules_id],
        digests=Digests(row[_v.exact], row[_v.folded]),
        first_seen=row[_v.first_seen],
        last_seen=row[_v.last_seen],
        technical=row[_v.technical],
    )


def _page(connection: Connection, page_id: int) -> Page:
    row = connection.execute(_PAGE_BY_ID, {"id": page_id}).mappings().first()
    if row is None:
        raise NotFound(f"there is no page {page_id}")
    return page_of(row)


def _version(connection: Connection, version_id: int | None) -> Version | None:
    if version_id is None:
        return None
    row = connection.execute(_VERSION, {"id": version_id}).mappings().first()
    return None if row is None else version_of(row)


def _conditions(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        conditions.append(_h.detected_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(_h.detected_at < wanted.until)
    if wanted.portal is not None:
        conditions.append(_h.portal == wanted.portal)
    if wanted.page_id is not None:
        conditions.append(_h.page_id == wanted.page_id)
    if wanted.kinds:
        conditions.append(_has_kind(change_kind.c.kind.in_(wanted.kinds)))
    if not wanted.include_cosmetic and not set(QUIET) & set(wanted.kinds):
        conditions.append(_has_kind(change_kind.c.kind.not_in(QUIET)))
    return conditions


def _has_kind(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(change_kind.c.kind).where(change_kind.c.change_id == _h.id, condition).exists()


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
    )


def _kinds(joined: str | None) -> tuple[Kind, ...]:
    """The kinds of a change, the weightiest first."""
    found = set((joined or "").split(","))
    return tuple(kind for kind in Kind if kind.value in found)
