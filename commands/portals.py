"""`revisor portals`: which portals there are."""

from __future__ import annotations

from commands.desk import portal_lines
from commands.options import HomeOption, JsonOption, console, load_config, out


def portals(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the portals, with what is stored of each and when the service looks at it next."""
    from reports import runs  # noqa: PLC0415  # every command imports its room only when it is called
    from revisor.clock import SystemClock  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    config, clock = load_config(home), SystemClock()
    exists = config.home.database.exists()
    store = Store(open_database(config.home.database, create=False)) if exists else None
    lines = portal_lines(config, store, clock)
    if json:
        out(runs.portals_json(lines))
    else:
        runs.print_portals(console(), lines, clock.now())
