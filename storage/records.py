"""Frozen values that go into the store and come out of it, beside those of `revisor.model`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from revisor.model import Article, Diff, Digests, Kind, Page, PageKind, PageState, Run


class CaptureState(StrEnum):
    PENDING = "pending"
    DONE = "done"


# --- the record transaction --------------------------------------------------


@dataclass(frozen=True, slots=True)
class PendingCapture:
    """A capture of a run from which nothing was made yet.

    body_digest: None when the answer had no body. section: as the frontier knows it now.
    baseline: whether its address was discovered in a baseline run.
    """

    id: int
    run_id: int
    portal: str
    key: str
    url: str
    kind: PageKind
    section: str | None
    status: int
    fetched_at: datetime
    body_digest: str | None
    baseline: bool


@dataclass(frozen=True, slots=True)
class NewVersion:
    """An article to keep. `technical`: an earlier capture derived again because the rules changed."""

    capture_id: int
    rules_id: str
    digests: Digests
    article: Article
    technical: bool = False


@dataclass(frozen=True, slots=True)
class NewChange:
    kinds: tuple[Kind, ...]
    title: str
    summary: str
    diff: Diff | None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What one capture means for its page: the input of the record transaction.

    outcome, note: kept with the capture.
    state: of the page from now on; None leaves the page alone (a list page, an answer that says nothing).
    versions: in order; the last becomes the page's current one.
    forget: the validators of its address are dropped, so that it is asked for whole the next time.
    seen: the article was there, so page and current version were last seen with this capture. A version that
    is not technical implies it.
    Raises ValueError when versions, a change or `seen` come without a state.
    """

    capture_id: int
    outcome: str
    note: str | None = None
    state: PageState | None = None
    missing_runs: int = 0
    missing_since: datetime | None = None
    versions: tuple[NewVersion, ...] = ()
    change: NewChange | None = None
    seen: bool = False
    forget: bool = False

    def __post_init__(self) -> None:
        if self.state is None and (self.versions or self.change or self.seen):
            raise ValueError("versions, a change or `seen` need the state of their page")

    @property
    def present(self) -> bool:
        """Whether the article was there in this very capture."""
        return self.seen or any(not version.technical for version in self.versions)


# --- what people and processes leave behind ------------------------------------

LONGEST_NOTE = 2_000
LONGEST_REVIEWER = 200
LONGEST_LOG = 4_000
"""Characters that are kept of a review's note, of its reviewer's name, and of the end of a run's log."""


# --- questions and answers ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are asked for; every condition that is set must hold.

    since, until: on `detected_at`, since <= t < until. kinds: at least one of them.
    section: of the page. words: blank-separated; each stands, in any case, in the title, in what changed or
    in the page's address. reviewed: whether the newest review says so; without one a change is not reviewed.
    include_cosmetic: also changes of no other kind than cosmetic and technical; naming one of the two in
    `kinds` asks for them as well.
    """

    since: datetime | None = None
    until: datetime | None = None
    portal: str | None = None
    kinds: tuple[Kind, ...] = ()
    include_cosmetic: bool = False
    page_id: int | None = None
    section: str | None = None
    words: str = ""
    reviewed: bool | None = None


class ChangeOrder(StrEnum):
    """Newest first by when a change was seen, or by when it was written down (for feeds)."""

    DETECTED = "detected"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many changes have a kind; a change of two kinds counts in both."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class PortalSection:
    """A section of which pages are stored."""

    portal: str
    section: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version without its article."""

    id: int
    capture_id: int
    rules_id: str
    digests: Digests
    first_seen: datetime
    last_seen: datetime
    technical: bool


class MadeOf(NamedTuple):
    """What a version was made of: its rules and its body, None where the answer had none."""

    rules_id: str
    body_digest: str | None


@dataclass(frozen=True, slots=True)
class CaptureLine:
    """A capture without headers and body."""

    id: int
    run_id: int
    url: str
    fetched_at: datetime
    status: int
    outcome: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PageHistory:
    """Everything known of a page, oldest first.

    capture_count: of all captures; `captures` holds at most as many of the newest as were asked for.
    """

    page: Page
    versions: tuple[VersionLine, ...]
    captures: tuple[CaptureLine, ...]
    capture_count: int


@dataclass(frozen=True, slots=True)
class PortalSummary:
    """What is stored of a portal. `changes` leaves out those that are only cosmetic or technical."""

    portal: str
    live: int
    missing: int
    removed: int
    versions: int
    changes: int
    last_run: Run | None
    last_healthy: Run | None
