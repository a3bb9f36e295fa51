"""`revisor portals`: which portals there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.options import HomeOption, JsonOption, console, load_config, out

if TYPE_CHECKING:
    from reports.runs import PortalLine
    from revisor.config import Config


def portals(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the portals, with what is stored of each."""
    from reports import runs  # noqa: PLC0415  # every command imports its room only when it is called

    lines = _lines(load_config(home))
    if json:
        out(runs.portals_json(lines))
    else:
        runs.print_portals(console(), lines)


def _lines(config: Config) -> list[PortalLine]:
    from reports.runs import PortalLine  # noqa: PLC0415
    from revisor.errors import PortalFileInvalid  # noqa: PLC0415
    from scrapers.portal_files import BUILT_IN, load_portal, portal_paths  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    exists = config.home.database.exists()
    store = Store(open_database(config.home.database, create=False)) if exists else None
    lines = []
    for name, path in portal_paths(config.home.path).items():
        built_in = path.parent == BUILT_IN
        try:
            portal = load_portal(path)
        except PortalFileInvalid as error:
            lines.append(PortalLine(name, built_in=built_in, error=str(error)))
            continue
        summary = store.portal_summary(name) if store else None
        schedule = portal.schedule.cron if portal.schedule.enabled else None
        lines.append(
            PortalLine(name, portal.title, portal.base, schedule, portal.note, summary, built_in=built_in)
        )
    return lines
