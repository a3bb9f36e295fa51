"""The record transaction: what a capture means for its page becomes versions, a change, a page's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from revisor.errors import DatabaseDamaged, NotFound
from revisor.model import Article, Page, PageKind, PageState, Rules, Run
from storage.database import reading, writing
from storage.packing import pack, to_json, unpack
from storage.records import CaptureState, NewChange, NewVersion, PageRecord, PendingCapture
from storage.rows import page_of
from storage.schema import capture, change, change_kind, frontier, page, rules, run, version
from storage.words import text_of_change

_c, _p, _v = capture.c, page.c, version.c
_SECTION = func.coalesce(_c.section, frontier.c.section).label("section")
_WITH_FRONTIER = capture.outerjoin(frontier, (frontier.c.portal == _c.portal) & (frontier.c.key == _c.key))
_PENDING = (
    select(_c.id, _c.run_id, _c.portal, _c.key, _c.url, _c.kind, _SECTION, _c.status)
    .add_columns(_c.fetched_at, _c.body_digest)
    .add_columns(func.coalesce(frontier.c.baseline, run.c.baseline).label("baseline"))
    .select_from(_WITH_FRONTIER.join(run, run.c.id == _c.run_id))
    .where(_c.run_id == bindparam("run"), _c.state == CaptureState.PENDING, _c.id > bindparam("after"))
    .order_by(_c.id)
    .limit(bindparam("most"))
)
_CAPTURE = (
    select(_c.id, _c.portal, _c.key, _c.url, _SECTION, _c.fetched_at, _c.state)
    .select_from(_WITH_FRONTIER)
    .where(_c.id == bindparam("capture"), _c.run_id == bindparam("run"))
)
_DONE = (
    update(capture)
    .where(_c.id == bindparam("capture"))
    .values(
        state=CaptureState.DONE, outcome=bindparam("how"), note=bindparam("remark"), article=bindparam("read")
    )
)
_FORGET = (
    update(frontier)
    .where(frontier.c.portal == bindparam("its_portal"), frontier.c.key == bindparam("its_key"))
    .values(etag=None, last_modified=None)
)
_PAGE = select(page).where(_p.portal == bindparam("portal"), _p.key == bindparam("key"))
_INSERT_PAGE = insert(page).returning(page.c.id)
_MOVING = ("url", "section", "state", "title", "last_seen", "missing_runs", "missing_since", "version_id")
_UPDATE_PAGE = (
    update(page)
    .where(_p.id == bindparam("page"))
    .values({name: bindparam(f"new_{name}") for name in _MOVING})
)
_KNOWN_VERSION = select(_v.id).where(_v.capture_id == bindparam("capture"), _v.rules_id == bindparam("rules"))
_SEEN_SPAN = select(
    _c.fetched_at, select(func.max(_v.last_seen)).where(_v.capture_id == _c.id).scalar_subquery()
).where(_c.id == bindparam("capture"))
_ARTICLE = select(_v.article).where(_v.id == bindparam("version"))
_INSERT_VERSION = insert(version).returning(version.c.id)
_SEEN = (
    update(version)
    .where(_v.id == bindparam("version"), _v.last_seen < bindparam("moment"))
    .values(last_seen=bindparam("moment"))
)
_INSERT_CHANGE = insert(change).returning(change.c.id)
_INSERT_KINDS = insert(change_kind)
_CHANGE_OF = select(change.c.id).where(change.c.capture_id == bindparam("capture"))
_KNOWN_RULES = select(rules.c.rules_id).where(rules.c.rules_id == bindparam("rules"))
_INSERT_RULES = insert(rules)


class Recording:
    """The part of the store that turns pending captures into history."""

    _engine: Engine

    def pending(self, run_id: int, after_id: int = 0, limit: int = 200) -> list[PendingCapture]:
        """Captures of the run that wait to be recorded, by id, those after `after_id`."""
        with reading(self._engine) as connection:
            rows = connection.execute(_PENDING, {"run": run_id, "after": after_id, "most": limit})
            return [
                PendingCapture(
                    id=row.id,
                    run_id=row.run_id,
                    portal=row.portal,
                    key=row.key,
                    url=row.url,
                    kind=PageKind(row.kind),
                    section=row.section,
                    status=row.status,
                    fetched_at=row.fetched_at,
                    body_digest=row.body_digest,
                    baseline=bool(row.baseline),
                )
                for row in rows
            ]

    def save_rules(self, rules: Rules, at: datetime) -> None:
        """Keep the rules under their id; before any version names them. Known ones are left as they are."""
        with writing(self._engine) as connection:
            if connection.execute(_KNOWN_RULES, {"rules": rules.rules_id}).first() is None:
                text = to_json(rules).decode("utf-8", "surrogatepass")
                connection.execute(
                    _INSERT_RULES, {"rules_id": rules.rules_id, "rules": text, "first_used": at}
                )

    def record(self, run: Run, record: PageRecord, at: datetime) -> int | None:
        """The record transaction of one capture; returns the id of its change, if it is one.

        at: now, which a change keeps as `recorded_at`.
        A capture that is done is left alone, so a second call changes nothing and returns the same. The page
        is made with its first article. What goes into the change: `after` is the current version from now on
        (None when the page is removed), `before` the one ahead of it, or with no new version the same;
        `detected_at` is the time of the capture, `last_seen_before` that of the page until now.
        Raises NotFound when the run has no such capture, ValueError for a change of a page without articles.
        """
        names = {"capture": record.capture_id, "run": run.id}
        with writing(self._engine) as connection:
            found = connection.execute(_CAPTURE, names).first()
            if found is None:
                raise NotFound(f"run {run.id} has no capture {record.capture_id}")
            if found.state is CaptureState.DONE:
                return connection.execute(_CHANGE_OF, names).scalar()
            change_id = None
            if record.state is not None:
                seen = _Seen(found.portal, found.key, found.url, found.section, found.fetched_at)
                change_id = _apply(connection, run, seen, record, at)
            if record.forget:
                connection.execute(_FORGET, {"its_portal": found.portal, "its_key": found.key})
            done = {"how": record.outcome, "remark": record.note, "read": record.present}
            connection.execute(_DONE, names | done)
            return change_id


@dataclass(frozen=True, slots=True)
class _Seen:
    """A capture as far as its page needs it."""

    portal: str
    key: str
    url: str
    section: str | None
    at: datetime


def _apply(connection: Connection, run: Run, seen: _Seen, record: PageRecord, at: datetime) -> int | None:
    """Bring the page to what the record says; with neither page nor article there is nothing to bring."""
    row = connection.execute(_PAGE, {"portal": seen.portal, "key": seen.key}).mappings().first()
    before = None if row is None else page_of(row)
    if before is None and not record.versions:
        if record.change or record.seen:
            raise ValueError(f"{seen.key} has no article yet")
        return None
    page_id = _new_page(connection, seen) if before is None else before.id
    chain = [before.version_id if before else None]
    chain += [_keep(connection, page_id, new) for new in record.versions]
    _move_page(connection, page_id, before, seen, record, chain[-1])
    if record.change is None:
        return None
    row_of_change = {
        "portal": run.portal,
        "page_id": page_id,
        "run_id": run.id,
        "capture_id": record.capture_id,
        "detected_at": seen.at,
        "last_seen_before": before.last_seen if before else None,
        "before_version": chain[-2] if record.versions else chain[-1],
        "after_version": None if record.state is PageState.REMOVED else chain[-1],
        "recorded_at": at,
        "words": _words(connection, record, record.change, chain[-1]),
    }
    return _insert_change(connection, row_of_change, record.change)


def _words(connection: Connection, record: PageRecord, told: NewChange, current: int | None) -> str:
    """What a search finds of the change: of a page that was not compared with anything, its whole text."""
    if told.diff is not None:
        return text_of_change(told.title, told.diff, None)
    article = record.versions[-1].article if record.versions else _article(connection, current)
    return text_of_change(told.title, None, article)


def _article(connection: Connection, version_id: int | None) -> Article | None:
    """The article of a version; None of one that is damaged, which must not stop a recording."""
    row = connection.execute(_ARTICLE, {"version": version_id}).first()
    if row is None:
        return None
    try:
        return unpack(row.article, Article, f"version {version_id}")
    except DatabaseDamaged:
        return None


def _new_page(connection: Connection, seen: _Seen) -> int:
    row = {
        "portal": seen.portal,
        "key": seen.key,
        "url": seen.url,
        "state": PageState.LIVE,
        "first_seen": seen.at,
        "missing_runs": 0,
    }
    return int(connection.execute(_INSERT_PAGE, row).scalar_one())


def _keep(connection: Connection, page_id: int, new: NewVersion) -> int:
    """Store a version unless this capture has one by these rules; returns its id.

    One derived again from an earlier capture takes over the span in which that one's text was seen.
    """
    names = {"capture": new.capture_id, "rules": new.rules_id}
    known = connection.execute(_KNOWN_VERSION, names).scalar()
    if known is not None:
        return int(known)
    fetched_at, last_seen = connection.execute(_SEEN_SPAN, names).one()
    row = {
        "page_id": page_id,
        "capture_id": new.capture_id,
        "rules_id": new.rules_id,
        "exact": new.digests.exact,
        "folded": new.digests.folded,
        "first_seen": fetched_at,
        "last_seen": last_seen or fetched_at,
        "technical": new.technical,
        "article": pack(new.article),
    }
    return int(connection.execute(_INSERT_VERSION, row).scalar_one())


def _move_page(
    connection: Connection,
    page_id: int,
    before: Page | None,
    seen: _Seen,
    record: PageRecord,
    current: int | None,
) -> None:
    last_seen = before.last_seen if before else None
    url, section = (before.url, before.section) if before else (seen.url, seen.section)
    if record.present:
        last_seen = max(last_seen or seen.at, seen.at)
        url, section = seen.url, seen.section or section
        connection.execute(_SEEN, {"version": current, "moment": seen.at})
    title = record.versions[-1].article.title if record.versions else before and before.title
    values = {
        "page": page_id,
        "new_url": url,
        "new_section": section,
        "new_state": record.state,
        "new_title": title,
        "new_last_seen": last_seen,
        "new_missing_runs": record.missing_runs,
        "new_missing_since": record.missing_since,
        "new_version_id": current,
    }
    connection.execute(_UPDATE_PAGE, values)


def _insert_change(connection: Connection, row: dict[str, object], new: NewChange) -> int:
    diff = None if new.diff is None else pack(new.diff)
    values = row | {"title": new.title, "summary": new.summary, "diff": diff}
    change_id = int(connection.execute(_INSERT_CHANGE, values).scalar_one())
    if new.kinds:
        kinds = [{"change_id": change_id, "kind": kind} for kind in dict.fromkeys(new.kinds)]
        connection.execute(_INSERT_KINDS, kinds)
    return change_id
