"""What is stored, looked up: captures, rules, pages, sections, versions, history."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, RowMapping, bindparam, func, or_, select

from revisor.errors import NotFound
from revisor.model import Capture, Digests, Page, PageState, Rules, Version
from storage import bodies
from storage.database import reading
from storage.packing import from_json, headers_of_text
from storage.records import CaptureLine, MadeOf, PageHistory, PortalSection, VersionLine
from storage.rows import page_of, version_of
from storage.schema import capture, frontier, page, rules, version

_c, _p, _v = capture.c, page.c, version.c
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
_PAGE_OF_CAPTURE = (
    select(page).join(capture, (_c.portal == _p.portal) & (_c.key == _p.key)).where(_c.id == bindparam("id"))
)
_SECTIONS = (
    select(_p.portal, _p.section).where(_p.section.is_not(None)).distinct().order_by(_p.portal, _p.section)
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
_LINE = _LINES.where(_c.id == bindparam("id"))
_LINES_OF_RUN = _LINES.where(_c.run_id == bindparam("run")).order_by(_c.id)
_CAPTURE_LINES = _LINES.where(*_OF_PAGE).order_by(_c.fetched_at.desc(), _c.id.desc()).limit(bindparam("most"))


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

    def capture_line(self, capture_id: int) -> CaptureLine:
        """The capture without headers and body. Raises NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(_LINE, {"id": capture_id}).mappings().first()
        if row is None:
            raise NotFound(f"there is no capture {capture_id}")
        return CaptureLine(**row)

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

    def page_of_capture(self, capture_id: int) -> Page | None:
        """The page that answered; None for a list page, and where no article was ever read."""
        with reading(self._engine) as connection:
            row = connection.execute(_PAGE_OF_CAPTURE, {"id": capture_id}).mappings().first()
        return None if row is None else page_of(row)

    def sections(self, portal: str | None = None) -> list[PortalSection]:
        """The sections of which pages are stored, by name."""
        query = _SECTIONS if portal is None else _SECTIONS.where(_p.portal == portal)
        with reading(self._engine) as connection:
            return [PortalSection(row.portal, row.section) for row in connection.execute(query)]

    def live_pages(self, portal: str) -> int:
        """How many pages of the portal are there, by what was last seen."""
        with reading(self._engine) as connection:
            return connection.execute(_LIVE, {"portal": portal}).scalar_one()

    def version(self, version_id: int) -> Version:
        """Raises NotFound, DatabaseDamaged."""
        with reading(self._engine) as connection:
            found = version_of_id(connection, version_id)
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
            return version_of_id(connection, page.version_id)

    def version_by_capture(self, capture_id: int, rules_id: str) -> Version | None:
        with reading(self._engine) as connection:
            names = {"capture": capture_id, "rules": rules_id}
            row = connection.execute(_VERSION_BY_CAPTURE, names).mappings().first()
        return None if row is None else version_of(row)

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


def version_of_id(connection: Connection, version_id: int | None) -> Version | None:
    """Raises DatabaseDamaged when the article cannot be read."""
    if version_id is None:
        return None
    row = connection.execute(_VERSION, {"id": version_id}).mappings().first()
    return None if row is None else version_of(row)
