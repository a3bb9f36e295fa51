"""What is true of the sample portal, written by its generator and never read back from its pages.

`write_truth` makes `truth.jsonl`, one JSON object a line, told apart by `type`:

    {"type": "change", "day": 1, "due_day": 1, "key": "923118", "path": "/2026-02/11/c_923118.htm",
     "kinds": ["edited", "redated"], "detail": "paragraph 3: ...", "optional": false}
    {"type": "article", "day": 0, "key": "923118", "path": "/2026-02/11/c_923118.htm", "section": "latest",
     "title": "...", "published": "2026-02-11", "updated": "2026-02-11", "source": null, "byline": null,
     "paragraphs": ["..."], "attachments": [{"path": "/att/....pdf", "text": "..."}],
     "figures": [{"image": "/att/....jpg", "caption": "...", "credit": "Photo/Li Ming", "brackets": "()",
                  "alt": null, "position": 1}]}

All changes come first, by day and key; then the live articles of each day, by day and key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TextIO

KINDS = (
    "removed", "restored", "new", "edited", "retitled", "redated", "recaptioned", "image", "attachment",
    "cosmetic",
)  # fmt: skip
"""The kinds of change that the sample portal plays, the weightiest first."""


@dataclass(frozen=True, slots=True)
class TrueFigure:
    """An image of the body; `position` is the index of the paragraph before which it stands.

    image: path on the portal. caption: without the credit. credit: without its brackets; `brackets` holds
    the pair as printed, or nothing for a bare credit. alt: None where the tag has no alt attribute.
    """

    image: str
    caption: str | None = None
    credit: str | None = None
    brackets: str = ""
    alt: str | None = None
    position: int = 0

    @property
    def line(self) -> str:
        """The caption paragraph as printed, credit included; empty if the image has none."""
        opening, closing = (self.brackets[:1], self.brackets[1:])
        credit = f"{opening}{self.credit}{closing}" if self.credit else None
        return " ".join(part for part in (self.caption, credit) if part)


@dataclass(frozen=True, slots=True)
class TrueAttachment:
    """A file that the body links to; `text` is the link's text and stands inside one of the paragraphs."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """An article as its editors have it. Dates are ISO; `published` is shown on lists only.

    source, byline: without the label ("Source:", "By") that the page prints before them. paragraphs: the
    text of the body in reading order, captions left out.
    """

    key: str
    path: str
    section: str
    title: str
    published: str
    updated: str
    paragraphs: tuple[str, ...]
    source: str | None = None
    byline: str | None = None
    figures: tuple[TrueFigure, ...] = ()
    attachments: tuple[TrueAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TrueChange:
    """A change that a crawl on every day must report on `due_day` at the latest.

    A removal is due a day late, because one failed fetch proves nothing. kinds: from `KINDS`, in its order.
    optional: invisible to a reader (HTML folds blanks), so reporting it and not reporting it are both right.
    """

    day: int
    due_day: int
    key: str
    path: str
    kinds: tuple[str, ...]
    detail: str
    optional: bool = False


def write_truth(
    changes: Iterable[TrueChange], days: Iterable[tuple[int, Iterable[TrueArticle]]], out: TextIO
) -> None:
    """Write changes, then the articles of each (day, articles), as the JSON lines described above."""
    for change in changes:
        _write_line({"type": "change"} | asdict(change), out)
    for day, articles in days:
        for article in articles:
            _write_line({"type": "article", "day": day} | asdict(article), out)


def _write_line(record: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(record, ensure_ascii=False) + "\n")
