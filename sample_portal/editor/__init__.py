"""What an editor does to an article: each edit gives the article after it, or None where it does not suit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from sample_portal.editor import figures, order, texts
from sample_portal.editor.edit import Edit
from sample_portal.events import Event, kinds_of
from sample_portal.truth import KINDS, TrueArticle

__all__ = ["Edit", "perform"]

_EDITS: Mapping[Event, Callable[[TrueArticle, Random, date], Edit | None]] = {
    Event.NUMBER: texts.number,
    Event.WORDS: texts.words,
    Event.INSERT: order.insert,
    Event.DELETE: order.delete,
    Event.MOVE_PARAGRAPH: order.move,
    Event.SPLIT: order.split,
    Event.MERGE: order.merge,
    Event.RETITLE: texts.retitle,
    Event.REDATE: texts.redate,
    Event.CAPTION: figures.caption,
    Event.CREDIT: figures.change_credit,
    Event.IMAGE: figures.replace_image,
    Event.IMAGE_BYTES: figures.image_bytes,
    Event.ATTACHMENT: figures.replace_attachment,
    Event.ATTACHMENT_BYTES: figures.attachment_bytes,
    Event.QUOTES: texts.quotes,
    Event.ZERO_WIDTH: texts.zero_width,
    Event.BLANKS: texts.blanks,
}


def perform(event: Event, article: TrueArticle, rng: Random, today: date) -> Edit | None:
    """Do it to the article; one text edit in six also stamps the date. None: it does not suit the article."""
    edit = _EDITS[event](article, rng, today)
    if edit is None or kinds_of(event) != ("edited",) or rng.random() >= 1 / 6:
        return edit
    stamped = texts.redate(edit.article, rng, today)
    if stamped is None:
        return edit
    kinds = {*edit.kinds, *stamped.kinds}
    return Edit(stamped.article, tuple(k for k in KINDS if k in kinds), f"{edit.detail}; {stamped.detail}")
