"""The schema's revisions, oldest first, and the way from one to the next.

Alembic costs 0.4 s of CPU to import, so only a database that must change loads it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Select, String, column, inspect, select, table

REVISIONS = ("0001", "0002")
HEAD = REVISIONS[-1]

_REVISION: Select[str] = select(column("version_num", String)).select_from(table("alembic_version"))


def revision(connection: Connection) -> str | None:
    """The revision of the schema behind that connection; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(_REVISION).scalar()


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Bring the schema up to that revision inside the transaction of that connection."""
    from alembic import command  # noqa: PLC0415 -- 0.4 s, see above
    from alembic.config import Config  # noqa: PLC0415 -- 0.4 s, see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    command.upgrade(config, to)
