"""What is true of the sample portal, as values; written by its generator, never read back from its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

KINDS = (
    "removed", "restored", "new", "edited", "retitled", "redated", "recaptioned", "image", "attachment",
    "moved", "delisted", "cosmetic",
)  # fmt: skip
"""The kinds of change that the sample portal plays, the weightiest first."""


class BlockKind(StrEnum):
    """What a block of the body is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class TrueBlock:
    """A block of the body. cells: of a table's row; its text is the cells joined by a blank."""

    kind: BlockKind
    text: str
    cells: tuple[str, ...] = ()


class Arrangement(StrEnum):
    """How an image stands to its caption."""

    BELOW = "below"
    ABOVE = "above"
    JOINED = "joined"  # in one row with the next image, whose caption is for both
    GALLERY = "gallery"  # in a gallery at the end of the article


@dataclass(frozen=True, slots=True)
class TrueFigure:
    """An image of the body; `position` is the index of the block before which it stands.

    image: path on the portal. caption: without the credit. credit: without its brackets; `brackets` holds
    the pair as printed, or nothing for a bare credit. alt: None where the tag has no alt attribute.
    revision: counts how often other bytes were put under the same address.
    """

    image: str
    caption: str | None = None
    credit: str | None = None
    brackets: str = ""
    alt: str | None = None
    position: int = 0
    arrangement: Arrangement = Arrangement.BELOW
    revision: int = 0

    @property
    def line(self) -> str:
        """The caption paragraph as printed, credit included; empty if the image has none."""
        opening, closing = (self.brackets[:1], self.brackets[1:])
        credit = f"{opening}{self.credit}{closing}" if self.credit else None
        return " ".join(part for part in (self.caption, credit) if part)


@dataclass(frozen=True, slots=True)
class TrueAttachment:
    """A file that the article links to.

    text: the link's text; inline, it stands inside one of the blocks, else in a list after the body.
    revision: counts how often other bytes were put under the same address.
    """

    path: str
    text: str
    inline: bool = True
    revision: int = 0


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """An article as its editors have it. Dates are ISO; `published` is shown on lists, and
    by some skins on the page.

    source, byline: without the label ("Source:", "By") that the page prints before them. blocks: the body in
    reading order, captions left out. breaks: indices of the blocks that begin a further page. copy_of: key of
    the article of which this one is a near-copy.
    """

    key: str
    path: str
    section: str
    title: str
    published: str
    updated: str
    blocks: tuple[TrueBlock, ...]
    source: str | None = None
    byline: str | None = None
    language: str = "en"
    figures: tuple[TrueFigure, ...] = ()
    attachments: tuple[TrueAttachment, ...] = ()
    breaks: tuple[int, ...] = ()
    copy_of: str | None = None


class Standing(StrEnum):
    """What answers at a page's address."""

    LIVE = "live"
    NOT_FOUND = "not_found"  # 404
    GONE = "gone"  # 410
    SOFT_404 = "soft_404"  # "not found" in full chrome, with status 200
    HOME = "home"  # 302 to the home page
    STUB = "stub"  # 200 with a meta refresh to the home page and nothing else
    EMPTY = "empty"  # 200 and not a byte
    BROKEN = "broken"  # 200 and four bytes: a fault of the moment


@dataclass(frozen=True, slots=True)
class TruePage:
    """An article with its place on the portal.

    listed: whether lists lead to it. former: paths that redirect to it for good. alias: whether lists link to
    it at the mirror's address. markup: how often its markup was changed around an unchanged text.
    refreshed: the last day on which the page was published anew, with that day's sidebars and validators.
    """

    article: TrueArticle
    standing: Standing = Standing.LIVE
    listed: bool = True
    former: tuple[str, ...] = ()
    alias: bool = False
    markup: int = 0
    refreshed: int = 0


@dataclass(frozen=True, slots=True)
class TrueChange:
    """What happened to a page, and what a crawl on every day must report of it by `due_day` at the latest.

    event: the name of what was done (`sample_portal.events`). kinds: from `KINDS`, in its order; none where
    reporting anything would be wrong. path: the page's address after the event. A removal is due a day late,
    because one failed fetch proves nothing; what happens during an outage is due when it is over.
    optional: invisible to a reader (HTML folds blanks), so reporting it and not reporting it are both right.
    """

    day: int
    due_day: int
    key: str
    path: str
    event: str
    kinds: tuple[str, ...]
    detail: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TrueIncident:
    """What happened to the portal as a whole on the days `day` to `until`: one incident, not changes.

    form: `redesign` or a form of `sample_portal.outages`.
    """

    day: int
    until: int
    form: str
