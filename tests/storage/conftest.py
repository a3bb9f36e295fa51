"""The store under test. Another backend joins by one more parameter of `engine`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database import open_database
from storage.store import Store
from tests.storage.making import Scene


@pytest.fixture(params=["sqlite"])
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "revisor.db", busy_seconds=0)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


@pytest.fixture
def scene(engine: Engine) -> Scene:
    return Scene(engine)


@pytest.fixture(scope="session")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One store for all examples of a property; each must bring names of its own."""
    engine = open_database(tmp_path_factory.mktemp("lasting") / "revisor.db")
    yield Scene(engine)
    engine.dispose()
