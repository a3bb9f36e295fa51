"""What can happen to a page, by name: the events of the script, and the kinds of change that they are."""

from __future__ import annotations

from enum import StrEnum

from sample_portal.truth import Standing


class Event(StrEnum):
    """The events; `kinds_of` says what a monitor must report of each."""

    # what an editor does to an article
    NUMBER = "number"
    WORDS = "words"
    INSERT = "insert"
    DELETE = "delete"
    MOVE_PARAGRAPH = "move_paragraph"
    SPLIT = "split"
    MERGE = "merge"
    RETITLE = "retitle"
    REDATE = "redate"
    CAPTION = "caption"
    CREDIT = "credit"
    IMAGE = "image"
    IMAGE_BYTES = "image_bytes"
    ATTACHMENT = "attachment"
    ATTACHMENT_BYTES = "attachment_bytes"
    QUOTES = "quotes"
    ZERO_WIDTH = "zero_width"
    BLANKS = "blanks"
    # what becomes of a page
    PUBLISH = "publish"
    COPY = "copy"
    MOVE = "move"
    MIGRATE = "migrate"
    DELIST = "delist"
    NOT_FOUND = "not_found"
    GONE = "gone"
    SOFT_404 = "soft_404"
    HOME = "home"
    STUB = "stub"
    EMPTY = "empty"
    RESTORE = "restore"
    # what must not be reported
    ALIAS = "alias"
    MARKUP = "markup"
    BLIP = "blip"


_KINDS: dict[Event, tuple[str, ...]] = {
    Event.NUMBER: ("edited",),
    Event.WORDS: ("edited",),
    Event.INSERT: ("edited",),
    Event.DELETE: ("edited",),
    Event.MOVE_PARAGRAPH: ("edited",),
    Event.SPLIT: ("edited",),
    Event.MERGE: ("edited",),
    Event.RETITLE: ("retitled",),
    Event.REDATE: ("redated",),
    Event.CAPTION: ("recaptioned",),
    Event.CREDIT: ("recaptioned",),
    Event.IMAGE: ("image",),
    Event.IMAGE_BYTES: ("image",),
    Event.ATTACHMENT: ("attachment",),
    Event.ATTACHMENT_BYTES: ("attachment",),
    Event.QUOTES: ("cosmetic",),
    Event.ZERO_WIDTH: ("cosmetic",),
    Event.BLANKS: ("cosmetic",),
    Event.PUBLISH: ("new",),
    Event.COPY: ("new",),
    Event.MOVE: ("moved",),
    Event.MIGRATE: ("moved",),
    Event.DELIST: ("delisted",),
    Event.NOT_FOUND: ("removed",),
    Event.GONE: ("removed",),
    Event.SOFT_404: ("removed",),
    Event.HOME: ("removed",),
    Event.STUB: ("removed",),
    Event.EMPTY: ("removed",),
    Event.RESTORE: ("restored",),
}


def kinds_of(event: Event) -> tuple[str, ...]:
    """The kinds that must be reported of an event; none where reporting anything would be wrong."""
    return _KINDS.get(event, ())


REMOVALS = {
    Event.NOT_FOUND: Standing.NOT_FOUND,
    Event.GONE: Standing.GONE,
    Event.SOFT_404: Standing.SOFT_404,
    Event.HOME: Standing.HOME,
    Event.STUB: Standing.STUB,
    Event.EMPTY: Standing.EMPTY,
}
"""What answers at the address of a page that was taken down so."""

EDITS = tuple(Event)[: tuple(Event).index(Event.PUBLISH)]
"""The events that an editor does to an article."""

EVERYDAY = (
    *[Event.NUMBER] * 4, *[Event.WORDS] * 4, *[Event.INSERT] * 2, *[Event.DELETE] * 2,
    *[Event.RETITLE] * 2, *[Event.REDATE] * 2, *[Event.CAPTION] * 2, *[Event.CREDIT] * 2,
    *[Event.IMAGE] * 2, Event.ATTACHMENT, Event.QUOTES, Event.ZERO_WIDTH, Event.BLANKS,
)  # fmt: skip
"""The deck of ordinary days; publications and pages taken down (404) come on top."""

EVERYTHING = tuple(event for event in Event if event not in {Event.PUBLISH, Event.RESTORE})
"""The deck in which every event comes as often; publications come on top, returns after removals."""
