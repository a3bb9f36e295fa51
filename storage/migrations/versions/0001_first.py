"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.String(20), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="body_key"),
    )
    op.create_table(
        "host",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("not_before", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("host", name="host_key"),
    )
    op.create_table(
        "page",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("first_seen", sa.String(27), nullable=False),
        sa.Column("last_seen", sa.String(27), nullable=True),
        sa.Column("missing_runs", sa.Integer(), nullable=False),
        sa.Column("missing_since", sa.String(27), nullable=True),
        sa.Column("version_id", ROW_ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="page_key"),
        sa.UniqueConstraint("portal", "key", name="page_portal_key_once"),
    )
    op.create_index("page_url", "page", ["url"])
    op.create_table(
        "rules",
        sa.Column("rules_id", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("first_used", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("rules_id", name="rules_key"),
    )
    op.create_table(
        "run",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("trigger", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("verdict", sa.String(20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="run_key"),
        sa.UniqueConstraint("portal", "slot", name="run_portal_slot_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "capture",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.String(27), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("article", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["body_digest"], ["body.digest"], name="capture_body_digest"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="capture_run_id"),
        sa.PrimaryKeyConstraint("id", name="capture_key"),
        sa.UniqueConstraint("run_id", "key", "url", name="capture_run_id_key_url_once"),
    )
    op.create_index("capture_history", "capture", ["portal", "key", "fetched_at"])
    op.create_index("capture_pending", "capture", ["run_id", "state", "id"])
    op.create_table(
        "failure",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="failure_run_id"),
        sa.PrimaryKeyConstraint("id", name="failure_key"),
    )
    op.create_index("failure_run", "failure", ["run_id", "key"])
    op.create_table(
        "frontier",
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("discovered_run", ROW_ID, nullable=False),
        sa.Column("discovered_at", sa.String(27), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("taken_run", ROW_ID, nullable=True),
        sa.Column("asked_at", sa.String(27), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["discovered_run"], ["run.id"], name="frontier_discovered_run"),
        sa.PrimaryKeyConstraint("portal", "key", name="frontier_key"),
    )
    op.create_index("frontier_order", "frontier", ["portal", "kind", "asked_at", "discovered_run", "key"])
    op.create_table(
        "version",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("page_id", ROW_ID, nullable=False),
        sa.Column("capture_id", ROW_ID, nullable=False),
        sa.Column("rules_id", sa.Text(), nullable=False),
        sa.Column("exact", sa.String(80), nullable=False),
        sa.Column("folded", sa.String(80), nullable=False),
        sa.Column("first_seen", sa.String(27), nullable=False),
        sa.Column("last_seen", sa.String(27), nullable=False),
        sa.Column("technical", sa.Boolean(), nullable=False),
        sa.Column("article", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="version_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="version_page_id"),
        sa.ForeignKeyConstraint(["rules_id"], ["rules.rules_id"], name="version_rules_id"),
        sa.PrimaryKeyConstraint("id", name="version_key"),
        sa.UniqueConstraint("capture_id", "rules_id", name="version_capture_id_rules_id_once"),
    )
    op.create_index("version_page", "version", ["page_id", "id"])
    op.create_table(
        "change",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("page_id", ROW_ID, nullable=False),
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("capture_id", ROW_ID, nullable=False),
        sa.Column("detected_at", sa.String(27), nullable=False),
        sa.Column("last_seen_before", sa.String(27), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("before_version", ROW_ID, nullable=True),
        sa.Column("after_version", ROW_ID, nullable=True),
        sa.Column("diff", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["after_version"], ["version.id"], name="change_after_version"),
        sa.ForeignKeyConstraint(["before_version"], ["version.id"], name="change_before_version"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="change_capture_id"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="change_page_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="change_run_id"),
        sa.PrimaryKeyConstraint("id", name="change_key"),
        sa.UniqueConstraint("page_id", "capture_id", name="change_page_id_capture_id_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("change_newest", "change", ["detected_at", "id"])
    op.create_index("change_page", "change", ["page_id", "detected_at", "id"])
    op.create_index("change_portal", "change", ["portal", "detected_at", "id"])
    op.create_index("change_run", "change", ["run_id"])
    op.create_table(
        "change_kind",
        sa.Column("change_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name="change_kind_change_id"),
        sa.PrimaryKeyConstraint("change_id", "kind", name="change_kind_key"),
    )
