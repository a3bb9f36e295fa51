"""A filled store and somebody who visits it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine
from starlette.testclient import TestClient

from benchmarks.shared.browser import EXECUTABLE, chromium
from reports.runs import PortalLine
from reports.web.app import create_app
from reports.web.desk import PortalDue
from reports.web.server import WebServer
from revisor.config import WebSettings
from storage.database import open_database
from storage.store import Store
from tests.web.desks import NOW, desk, fill, visit


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is filled once; each test gets a copy."""
    path = tmp_path_factory.mktemp("filled") / "revisor.db"
    engine = open_database(path)
    fill(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(filled: Path, tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(Path(shutil.copy(filled, tmp_path / "revisor.db")))
    yield engine
    engine.dispose()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it."""
    engine = open_database(tmp_path / "bare.db")
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


@pytest.fixture
def client(store: Store) -> TestClient:
    return visit(desk(store))


# --- a real browser before a real server -------------------------------------


@pytest.fixture(scope="module")  # no longer: while it is open, this thread counts as one with a running loop
def browser() -> Iterator[Browser]:
    if EXECUTABLE is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium)")
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def site(store: Store) -> Iterator[str]:
    """The address of a review page of its own."""
    web = WebSettings(port=0)
    line = PortalLine("harbour", "Harbour Office", "https://news.example/", "17 */6 * * *")

    def portals() -> tuple[PortalDue, ...]:
        return (PortalDue(line, NOW),)

    with WebServer(create_app(replace(desk(store, web), portals=portals)), web) as server:
        yield server.url
