"""Kinds: what sort of change a difference amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from revisor.digest import fold
from revisor.model import (
    AttachmentChange,
    BlockChange,
    BlockOp,
    FieldChange,
    FigureChange,
    Kind,
)

_OF_FIELD = {
    "title": Kind.RETITLED,
    "published": Kind.REDATED,
    "updated": Kind.REDATED,
    "source": Kind.EDITED,
    "byline": Kind.EDITED,
}

Part = FieldChange | BlockChange | FigureChange | AttachmentChange


def kinds_of(
    fields: Iterable[FieldChange],
    blocks: Iterable[BlockChange],
    figures: Iterable[FigureChange],
    attachments: Iterable[AttachmentChange],
) -> tuple[Kind, ...]:
    """The kinds of a difference, the weightiest first; COSMETIC only alone, and none when nothing differs."""
    changed = [block for block in blocks if block.op is not BlockOp.SAME]
    parts: list[Part] = [*fields, *changed, *figures, *attachments]
    found = {kind for part in parts if not part.cosmetic for kind in _kinds(part)}
    if parts and not found:
        found = {Kind.COSMETIC}
    return tuple(kind for kind in Kind if kind in found)


def _kinds(part: Part) -> Iterator[Kind]:
    match part:
        case FieldChange(field=name):
            yield _OF_FIELD[name]
        case BlockChange():
            yield Kind.EDITED
        case FigureChange():
            yield from figure_kinds(part)
        case AttachmentChange():
            yield Kind.ATTACHMENT


def figure_kinds(change: FigureChange) -> Iterator[Kind]:
    """IMAGE for another address or a figure on one side only, RECAPTIONED for other words beneath it."""
    before, after = change.before, change.after
    if before is None or after is None:
        yield Kind.IMAGE
        return
    if before.image != after.image:
        yield Kind.IMAGE
    if (_fold(before.caption), _fold(before.credit)) != (_fold(after.caption), _fold(after.credit)):
        yield Kind.RECAPTIONED


def _fold(text: str | None) -> str:
    return fold(text or "")
