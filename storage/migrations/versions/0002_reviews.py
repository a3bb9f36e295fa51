"""Reviews; when a change was written down and the words in it; how the process of a run ended."""

import sqlalchemy as sa
from alembic import op

from revisor.errors import DatabaseDamaged
from revisor.model import Article, Diff
from storage.packing import unpack
from storage.words import text_of_change

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 100  # changes that are read at once

RECORDED = """
UPDATE change SET recorded_at = coalesce(
    (SELECT run.ended_at FROM run WHERE run.id = change.run_id), change.detected_at)
"""
OLD = """
SELECT change.id, change.title, change.diff, version.article
FROM change
LEFT JOIN version ON change.diff IS NULL
    AND version.id = coalesce(change.after_version, change.before_version)
WHERE change.id > :after ORDER BY change.id LIMIT :most
"""


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("change_id", ROW_ID, nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="review_change_id"),
        sa.PrimaryKeyConstraint("id", name="review_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_change", "review", ["change_id", "id"])
    op.add_column("run", sa.Column("failure", sa.Text(), nullable=True))
    op.add_column("run", sa.Column("log", sa.Text(), nullable=True))
    op.create_index("run_portal", "run", ["portal", "id"])
    op.create_index("page_section", "page", ["portal", "section"])
    # SQLite adds a column that is never null only with a default.
    op.add_column("change", sa.Column("recorded_at", sa.String(27), nullable=False, server_default=""))
    op.add_column("change", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.execute(RECORDED)
    fill_words()
    op.create_index("change_recorded", "change", ["recorded_at", "id"])
    op.create_index("change_portal_recorded", "change", ["portal", "recorded_at", "id"])


def fill_words() -> None:
    """Give the changes that are there what a search finds of them; of a damaged one that is its title."""
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(sa.text(OLD), {"after": last, "most": BATCH}).all():
        found = [{"id": row.id, "words": words_of(row)} for row in rows]
        connection.execute(sa.text("UPDATE change SET words = :words WHERE id = :id"), found)
        last = rows[-1].id


def words_of(row: sa.Row) -> str:
    where = f"change {row.id}"
    try:
        diff = None if row.diff is None else unpack(row.diff, Diff, where)
        article = None if row.article is None else unpack(row.article, Article, where)
    except DatabaseDamaged:
        diff = article = None
    return text_of_change(row.title, diff, article)
