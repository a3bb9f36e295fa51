"""What the review page and the list of portals show of each portal: its file, its state, when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.runs import PortalLine
    from reports.web.desk import Desk, PortalDue
    from revisor.config import Config
    from scrapers.ports import Clock
    from storage.store import Store


def desk(config: Config, store: Store, clock: Clock) -> Desk:
    """What the review page is handed; it asks for the portals anew for each page."""
    from reports.web.desk import Desk  # noqa: PLC0415  # every command imports its room when it is called

    return Desk(store, lambda: portals_due(config, store, clock), clock, config.web)


def portals_due(config: Config, store: Store | None, clock: Clock) -> Sequence[PortalDue]:
    """Every portal as it is listed, and when it is due next; a moment that has passed is overdue."""
    from reports.web.desk import PortalDue  # noqa: PLC0415

    return [PortalDue(line, line.due) for line in portal_lines(config, store, clock)]


def portal_lines(config: Config, store: Store | None, clock: Clock) -> list[PortalLine]:
    """Every portal as it is listed. store: None where nothing is stored yet."""
    from scrapers.portal_files import portal_paths  # noqa: PLC0415

    paths = portal_paths(config.home.path)
    return [_line(name, path, config, store, clock) for name, path in paths.items()]


def _line(name: str, path: Path, config: Config, store: Store | None, clock: Clock) -> PortalLine:
    from reports.runs import PortalLine  # noqa: PLC0415
    from revisor.errors import PortalFileInvalid  # noqa: PLC0415
    from scheduler.due import next_slot, timetable  # noqa: PLC0415
    from scrapers.portal_files import BUILT_IN, load_portal  # noqa: PLC0415

    built_in = path.parent == BUILT_IN
    try:
        portal = load_portal(path)
    except PortalFileInvalid as error:
        return PortalLine(name, built_in=built_in, error=str(error))
    chosen = not config.service.portals or name in config.service.portals
    now, due = clock.now(), None
    if portal.schedule.enabled and chosen:
        due = next_slot(store, portal, now) if store else timetable(portal).last_until(now)
    return PortalLine(
        name,
        portal.title,
        portal.base,
        portal.schedule.cron if portal.schedule.enabled else None,
        portal.note,
        store.portal_summary(name) if store else None,
        built_in=built_in,
        due=due,
        time_zone=portal.time_zone,
    )
