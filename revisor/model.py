"""The frozen values that pass between the rooms: what was fetched, read, stored and compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Headers = tuple[tuple[str, str], ...]
"""Response headers in the order they came; names as sent."""

IsoDate = str
"""`2023-09-21`, or with a time `2023-09-21T10:00:00+08:00`, as precise as the page was."""


# --- what is fetched -------------------------------------------------------


class PageKind(StrEnum):
    LIST = "list"
    ARTICLE = "article"


class Source(StrEnum):
    """How an address was found."""

    SECTION = "section"
    LIST = "list"
    LINK = "link"
    REDIRECT = "redirect"
    ARCHIVE = "archive"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Address:
    """A URL with the identity it has in its portal; several URLs can be one key."""

    key: str
    url: str
    kind: PageKind
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """An address found on the way, for the frontier."""

    address: Address
    source: Source
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FrontierEntry:
    """An address that the frontier hands out to be fetched, with the validators of its last answer."""

    address: Address
    depth: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched response as it came. `fetched_at` is UTC; `body` is after content decoding."""

    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One step of a crawl: the capture of a frontier entry and what was found on it."""

    entry: FrontierEntry
    capture: Capture
    discovered: tuple[Discovered, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A fetch that brought no usable answer; `name` is that of a class in `revisor.errors`."""

    url: str
    name: str
    message: str
    at: datetime
    status: int | None = None


# --- what is read ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors pinned by hand for the pages published from `since` to `until` (either open)."""

    since: date | None = None
    until: date | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    updated: str | None = None
    source: str | None = None
    byline: str | None = None
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What turns a capture into an article; `rules_id` names exactly this combination."""

    rules_id: str
    extractor: str
    time_zone: str = "UTC"
    language: str | None = None
    encoding: str | None = None
    layouts: tuple[Layout, ...] = ()


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """One innermost piece of the body. `level` is 1-6 for headings; a table row keeps its `cells`."""

    kind: BlockKind
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An image of the body. `position` is the index of the block before which it stands."""

    image: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction makes of a capture."""

    title: str
    blocks: tuple[Block, ...]
    published: IsoDate | None = None
    updated: IsoDate | None = None
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    figures: tuple[Figure, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Discarded:
    """Text that extraction threw away, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with what was left out of it and how its bytes were decoded."""

    article: Article
    encoding: str
    discarded: tuple[Discarded, ...] = ()


# --- what is stored --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Digests:
    """`exact` names the article to the letter, `folded` without cosmetic differences."""

    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Version:
    """A stored article whose exact digest differs from the one before."""

    id: int
    page_id: int
    capture_id: int
    rules_id: str
    digests: Digests
    first_seen: datetime
    last_seen: datetime
    article: Article


class PageState(StrEnum):
    LIVE = "live"
    MISSING = "missing"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Page:
    """One address with its identity, and what is known of it now."""

    id: int
    portal: str
    key: str
    url: str
    section: str | None
    state: PageState
    title: str | None
    first_seen: datetime
    last_seen: datetime | None
    missing_runs: int = 0
    missing_since: datetime | None = None
    version_id: int | None = None


class Kind(StrEnum):
    """Kinds of change, the weightiest first."""

    REMOVED = "removed"
    RESTORED = "restored"
    NEW = "new"
    EDITED = "edited"
    RETITLED = "retitled"
    REDATED = "redated"
    RECAPTIONED = "recaptioned"
    IMAGE = "image"
    ATTACHMENT = "attachment"
    MOVED = "moved"
    DELISTED = "delisted"
    COSMETIC = "cosmetic"
    TECHNICAL = "technical"


class Trigger(StrEnum):
    MANUAL = "manual"
    TIMED = "timed"
    IMPORT = "import"


class RunState(StrEnum):
    CRAWLING = "crawling"
    RECORDING = "recording"
    DONE = "done"


class Verdict(StrEnum):
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    DOWN = "down"
    BLOCKED = "blocked"
    REDESIGNED = "redesigned"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What one run fetched and found. `absent` counts addresses that an archive lacks."""

    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    absent: int = 0
    articles: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one portal. `complete`: it was not stopped, and left nothing that was never fetched.

    failure: the name of the error in `revisor.errors` that ended its process; log: the last lines it wrote.
    """

    id: int
    portal: str
    slot: str
    trigger: Trigger
    state: RunState
    baseline: bool
    complete: bool
    started_at: datetime
    ended_at: datetime | None = None
    verdict: Verdict | None = None
    reason: str | None = None
    counts: RunCounts = field(default_factory=RunCounts)
    failure: str | None = None
    log: str | None = None


# --- what is compared ------------------------------------------------------


class Op(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text inside a comparison: in both, only after, or only before."""

    op: Op
    text: str


class BlockOp(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the article that differs; None stands for an absent value."""

    field: str
    before: str | None
    after: str | None
    segments: tuple[Segment, ...]
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One aligned pair of blocks in reading order; indices into each article's blocks."""

    op: BlockOp
    before: int | None
    after: int | None
    kind: BlockKind
    segments: tuple[Segment, ...]
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One aligned pair of figures of which something differs."""

    before: Figure | None
    after: Figure | None
    caption: tuple[Segment, ...] = ()
    credit: tuple[Segment, ...] = ()
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentChange:
    before: Attachment | None
    after: Attachment | None
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two articles; `blocks` also holds the unchanged ones."""

    kinds: tuple[Kind, ...]
    fields: tuple[FieldChange, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    attachments: tuple[AttachmentChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of a change. The newest one holds; the earlier ones are kept.

    reviewed: whether the change needs no further look. reviewer: how the person calls themselves.
    """

    id: int
    change_id: int
    reviewed: bool
    note: str
    reviewer: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one page: the difference of two versions, or its appearance or disappearance.

    `detected_at` is when a run saw it; `last_seen_before` is when the earlier state was last seen;
    `recorded_at` is when it was written down, which for an import is long after. review: the newest one.
    """

    id: int
    portal: str
    page: Page
    run_id: int
    kinds: tuple[Kind, ...]
    detected_at: datetime
    last_seen_before: datetime | None
    title: str
    summary: str
    before: Version | None
    after: Version | None
    diff: Diff | None
    recorded_at: datetime | None = None
    review: Review | None = None
