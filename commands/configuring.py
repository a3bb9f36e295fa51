"""`revisor config`: which settings are in force, and why."""

from __future__ import annotations

import os

from commands.options import HomeOption, JsonOption, SetOption, console, out


def config(home: HomeOption = None, settings: SetOption = None, json: JsonOption = False) -> None:
    """List the settings: value, where it comes from, and what it is for."""
    from reports.settings import print_settings, settings_json  # noqa: PLC0415  # heavy, as all rooms are
    from revisor.sources import explain, find_home  # noqa: PLC0415

    place = find_home(home, os.environ).path
    explained = explain(home, os.environ, settings or ())
    if json:
        out(settings_json(place, explained))
    else:
        print_settings(console(), place, explained)
