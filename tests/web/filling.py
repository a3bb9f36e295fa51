"""A desk with something on it: a portal with a few runs, every common change, and what failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from sqlalchemy import Engine

from reports.web.desk import Desk
from revisor.clock import FixedClock
from revisor.config import WebSettings
from revisor.model import Headers, Verdict
from storage.store import Store
from tests.reports.examples import ARTICLE, edited
from tests.reports.shelf import Shelf
from tests.storage.making import START, Scene, answer

NOW = START + timedelta(hours=12)


def fill(engine: Engine) -> Store:
    """Change 1 is new, change 2 an edit, change 3 a removal; all of portal harbour."""
    shelf = Shelf(engine)
    other = replace(ARTICLE, title="Ferry timetable", language="ar")
    shelf.run({"a": ARTICLE, "b": other})
    shelf.run({"a": ARTICLE, "b": other, "c": replace(ARTICLE, title="Lighthouse repaired")})
    shelf.run({"a": edited(), "b": 404})
    shelf.run({"a": edited(), "b": 404, "c": 500}, Verdict.DEGRADED)
    return shelf.store


def desk(store: Store, web: WebSettings | None = None) -> Desk:
    return Desk(store, list, FixedClock(NOW), web or WebSettings(), UTC)


def capture(engine: Engine, body: bytes, headers: Headers = (("Content-Type", "text/html"),)) -> int:
    """The number of a stored answer with that body."""
    scene = Scene(engine, "captures")
    return scene.only(scene.crawl(answer("x", body=body, headers=headers, at=scene.at))).id
