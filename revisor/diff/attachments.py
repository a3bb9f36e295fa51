"""Attachments: which were added, removed, or lead elsewhere under the same words."""

from __future__ import annotations

from revisor.diff.pairing import Matched, match
from revisor.digest import fold, folded_attachment
from revisor.model import Attachment, AttachmentChange

Attachments = tuple[Attachment, ...]


def compare_attachments(before: Attachments, after: Attachments) -> tuple[AttachmentChange, ...]:
    """The attachments of which something differs.

    Paired when they are the same, else by address, else by text. A different order is cosmetic.
    """
    matched = match(before, after, (_exact, folded_attachment, lambda item: item.url, _text))
    return tuple(_change(pair) for pair in matched if pair.moved or pair.before != pair.after)


def _exact(attachment: Attachment) -> Attachment:
    return attachment


def _text(attachment: Attachment) -> str | None:
    return fold(attachment.text) or None


def _change(pair: Matched[Attachment]) -> AttachmentChange:
    old, new = pair.before, pair.after
    cosmetic = bool(old and new and folded_attachment(old) == folded_attachment(new))
    return AttachmentChange(old, new, cosmetic)
