"""A data home with an open store, and a sample portal served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from revisor.config import Config, Home
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site
from scrapers.portal import Portal
from scrapers.portal_files import find_portal
from storage.database import open_database
from storage.store import Store

ARTICLES = 40


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = Config(Home(tmp_path / "home"))
    made.home.make()
    return made


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    engine = open_database(config.home.database)
    yield Store(engine)
    engine.dispose()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Site(seed=7, articles=ARTICLES)) as running:
        yield running


@pytest.fixture
def portal(config: Config, server: Server) -> Portal:
    (config.home.portals / "sample.toml").write_text(portal_file(server.hosts), encoding="utf-8")
    return find_portal(config.home.path, "sample")
