"""The store: all that is kept, behind one class."""

from __future__ import annotations

from sqlalchemy import Engine, bindparam, func, select

from revisor.model import PageState
from storage.change_queries import ChangeQueries
from storage.database import reading
from storage.queries import Queries
from storage.recording import Recording
from storage.records import ChangeFilter, PortalSummary
from storage.reviews import Reviews
from storage.runs import Runs
from storage.schema import page, version

_STATES = (
    select(page.c.state, func.count(page.c.id).label("pages"))
    .where(page.c.portal == bindparam("portal"))
    .group_by(page.c.state)
)
_VERSIONS = (
    select(func.count(version.c.id))
    .join(page, page.c.id == version.c.page_id)
    .where(page.c.portal == bindparam("portal"), version.c.technical.is_(False))
)


class Store(Runs, Recording, Reviews, ChangeQueries, Queries):
    """Runs, the record transaction, reviews, and every question about what is stored.

    Each call is a transaction of its own. All raise DatabaseLocked, DatabaseDamaged and StorageError.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def portal_summary(self, portal: str) -> PortalSummary:
        """Counts of what is stored of a portal; versions made anew by other rules do not count."""
        names = {"portal": portal}
        with reading(self._engine) as connection:
            states = {row.state: row.pages for row in connection.execute(_STATES, names)}
            versions = connection.execute(_VERSIONS, names).scalar_one()
        newest = self.runs(portal, limit=1)
        return PortalSummary(
            portal=portal,
            live=states.get(PageState.LIVE, 0),
            missing=states.get(PageState.MISSING, 0),
            removed=states.get(PageState.REMOVED, 0),
            versions=versions,
            changes=self.count_changes(ChangeFilter(portal=portal)),
            last_run=newest[0] if newest else None,
            last_healthy=self.last_healthy(portal),
        )
