"""The tables. `migrations/` builds them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from revisor.model import Kind, PageKind, PageState, RunState, Source, Trigger, Verdict
from storage.columns import AnyText, Moment, RowId, word
from storage.records import CaptureState

metadata = MetaData(
    naming_convention={
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(column_0_N_name)s",
        "pk": "%(table_name)s_key",
    }
)

run = Table(
    "run",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("portal", AnyText, nullable=False),
    Column("slot", AnyText, nullable=False),
    Column("trigger", word(Trigger), nullable=False),
    Column("state", word(RunState), nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("verdict", word(Verdict)),
    Column("reason", AnyText),
    Column("fetched", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("absent", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("failure", AnyText),  # the error that ended its process, by name
    Column("log", AnyText),
    UniqueConstraint("portal", "slot"),
    Index("run_portal", "portal", "id"),
    sqlite_autoincrement=True,  # a number that was shown to people is never given to another run
)

frontier = Table(
    "frontier",
    metadata,
    Column("portal", AnyText, primary_key=True),
    Column("key", AnyText, primary_key=True),
    Column("url", AnyText, nullable=False),
    Column("kind", word(PageKind), nullable=False),
    Column("section", AnyText),
    Column("source", word(Source), nullable=False),
    Column("depth", Integer, nullable=False),
    Column("discovered_run", RowId, ForeignKey("run.id"), nullable=False),
    Column("discovered_at", Moment, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("taken_run", RowId),
    Column("asked_at", Moment),
    Column("status", Integer),
    Column("etag", AnyText),
    Column("last_modified", AnyText),
    Column("failures", Integer, nullable=False),
    Index("frontier_order", "portal", "kind", "asked_at", "discovered_run", "key"),
)

body = Table(
    "body",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("encoding", String(20), nullable=False),
    Column("data", LargeBinary, nullable=False),
)

capture = Table(
    "capture",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("run_id", RowId, ForeignKey("run.id"), nullable=False),
    Column("portal", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
    Column("kind", word(PageKind), nullable=False),
    Column("section", AnyText),
    Column("status", Integer, nullable=False),
    Column("headers", AnyText, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("body_digest", String(64), ForeignKey("body.digest")),
    Column("state", word(CaptureState), nullable=False),
    Column("outcome", AnyText),
    Column("note", AnyText),
    Column("article", Boolean, nullable=False),  # an article was read from it, new or as before
    UniqueConstraint("run_id", "key", "url"),
    Index("capture_pending", "run_id", "state", "id"),
    Index("capture_history", "portal", "key", "fetched_at"),
)

failure = Table(
    "failure",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("run_id", RowId, ForeignKey("run.id"), nullable=False),
    Column("portal", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("message", AnyText, nullable=False),
    Column("status", Integer),
    Column("at", Moment, nullable=False),
    Index("failure_run", "run_id", "key"),
)

rules = Table(
    "rules",
    metadata,
    Column("rules_id", AnyText, primary_key=True),
    Column("rules", AnyText, nullable=False),
    Column("first_used", Moment, nullable=False),
)

page = Table(
    "page",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("portal", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
    Column("section", AnyText),
    Column("state", word(PageState), nullable=False),
    Column("title", AnyText),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment),
    Column("missing_runs", Integer, nullable=False),
    Column("missing_since", Moment),
    Column("version_id", RowId),  # no foreign key: page and version would point at each other
    UniqueConstraint("portal", "key"),
    Index("page_url", "url"),
    Index("page_section", "portal", "section"),
)

version = Table(
    "version",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("page_id", RowId, ForeignKey("page.id"), nullable=False),
    Column("capture_id", RowId, ForeignKey("capture.id"), nullable=False),
    Column("rules_id", AnyText, ForeignKey("rules.rules_id"), nullable=False),
    Column("exact", String(80), nullable=False),
    Column("folded", String(80), nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("technical", Boolean, nullable=False),
    Column("article", LargeBinary, nullable=False),
    UniqueConstraint("capture_id", "rules_id"),
    Index("version_page", "page_id", "id"),
)

change = Table(
    "change",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("portal", AnyText, nullable=False),
    Column("page_id", RowId, ForeignKey("page.id"), nullable=False),
    Column("run_id", RowId, ForeignKey("run.id"), nullable=False),
    Column("capture_id", RowId, ForeignKey("capture.id"), nullable=False),
    Column("detected_at", Moment, nullable=False),
    Column("last_seen_before", Moment),
    Column("title", AnyText, nullable=False),
    Column("summary", AnyText, nullable=False),
    Column("before_version", RowId, ForeignKey("version.id")),
    Column("after_version", RowId, ForeignKey("version.id")),
    Column("diff", LargeBinary),
    # SQLite adds a column that is never null only with a default; no row keeps it.
    Column("recorded_at", Moment, nullable=False, server_default=""),
    Column("words", AnyText, nullable=False, server_default=""),
    UniqueConstraint("page_id", "capture_id"),
    Index("change_newest", "detected_at", "id"),
    Index("change_portal", "portal", "detected_at", "id"),
    Index("change_page", "page_id", "detected_at", "id"),
    Index("change_run", "run_id"),
    Index("change_recorded", "recorded_at", "id"),
    Index("change_portal_recorded", "portal", "recorded_at", "id"),
    sqlite_autoincrement=True,  # as for runs
)

change_kind = Table(
    "change_kind",
    metadata,
    Column("change_id", RowId, ForeignKey("change.id"), primary_key=True),
    Column("kind", word(Kind), primary_key=True),
)

review = Table(
    "review",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("change_id", RowId, ForeignKey("change.id"), nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("note", AnyText, nullable=False),
    Column("reviewer", AnyText),
    Column("at", Moment, nullable=False),
    Index("review_change", "change_id", "id"),
    sqlite_autoincrement=True,  # as for runs
)

host = Table(
    "host",
    metadata,
    Column("host", AnyText, primary_key=True),
    Column("not_before", Moment, nullable=False),
)
