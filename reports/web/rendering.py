"""Templates to pages: one environment for all of them, made once."""

from __future__ import annotations

import re
from datetime import UTC, date, tzinfo
from functools import cache

from fastapi.responses import HTMLResponse
from jinja2 import Environment

from reports import wording
from reports.templating import environment
from reports.web import labels
from reports.web.desk import Desk
from reports.web.static import asset_url
from revisor import __version__

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Rendering:
    """The desk's templates; times in its zone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._environment = _environment(desk.zone)

    def page(self, template: str, here: str, **shown: object) -> HTMLResponse:
        """A page. here: its address, whose first part is marked in the navigation."""
        now = self._desk.clock.now()
        text = self._environment.get_template(f"desk/{template}.html.j2").render(
            here=here,
            place=_place(here),
            now=now,
            zone_name=wording.offsets([now], self._desk.zone),
            **shown,
        )
        return HTMLResponse(text)


def error_page(status: int, title: str, detail: str) -> str:
    """A page that says what went wrong; it asks neither store nor clock."""
    template = _environment(None).get_template("desk/problem.html.j2")
    return template.render(here="", place="", zone_name=None, status=status, title=title, detail=detail)


@cache
def _environment(zone: tzinfo | None) -> Environment:
    made = environment(zone)
    made.globals |= {"asset": asset_url, "version": __version__}
    made.filters |= {
        "clip": lambda text, room: text if len(text) <= room else text[:room] + "…",
        "utc": wording.utc,
        "second": lambda moment: f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "zone": lambda moment: wording.offsets([moment], zone),
        "query": lambda query: f"?{query}" if query else "",
        "plain_date": _is_date,
        "window": labels.window,
        "took": labels.took,
        "trigger": lambda run: labels.trigger(run, zone),
        "health": labels.health,
        "cron_words": labels.cron,
        "at_portal": labels.at_portal,
    }
    return made


def _is_date(text: str) -> bool:
    """Whether a date field can hold the text: it shows nothing of a day that there is not."""
    try:
        return not text or (_DATE.fullmatch(text) is not None and bool(date.fromisoformat(text)))
    except ValueError:
        return False


def _place(here: str) -> str:
    """The entry of the navigation that an address belongs to."""
    first = "/" + here.split("/")[1] if here else ""
    return "/changes" if first in {"/pages", "/compare", "/versions", "/captures"} else first
