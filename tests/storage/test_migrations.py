"""The revisions build exactly the tables of the schema."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

import storage.migrations
from storage.database import reading
from storage.migrations import REVISIONS
from storage.schema import metadata


def test_migrated_tables_are_those_of_the_schema(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_keys_and_constraints_are_those_of_the_schema(engine: Engine) -> None:
    direct = create_engine("sqlite://")
    metadata.create_all(direct)
    ours, theirs = inspect(engine), inspect(direct)
    for table in metadata.tables:
        assert sorted(ours.get_foreign_keys(table), key=repr) == sorted(
            theirs.get_foreign_keys(table), key=repr
        )
        assert ours.get_pk_constraint(table) == theirs.get_pk_constraint(table)
        assert ours.get_unique_constraints(table) == theirs.get_unique_constraints(table)
        assert ours.get_indexes(table) == theirs.get_indexes(table)
        assert _autoincrements(engine, table) == _autoincrements(direct, table)
    direct.dispose()


def _autoincrements(engine: Engine, table: str) -> bool:
    query = text("SELECT sql FROM sqlite_master WHERE name = :name")
    with engine.connect() as connection:
        return "AUTOINCREMENT" in connection.execute(query, {"name": table}).scalar_one()


def test_the_list_of_revisions_is_whole_and_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == REVISIONS


def test_an_up_to_date_home_opens_without_alembic(engine: Engine) -> None:
    import subprocess  # noqa: PLC0415 -- a fresh interpreter is the point

    program = (
        "import sys; from pathlib import Path; from storage.database import open_database;"
        f"open_database(Path({str(engine.url.database)!r})).dispose(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 -- our own
