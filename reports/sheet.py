"""A change laid out for reading: its fields, figures and attachments, then the body with folded context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.segments import Segments, clipped, shown, sides
from revisor.model import (
    Article,
    Attachment,
    AttachmentChange,
    BlockChange,
    BlockKind,
    BlockOp,
    Change,
    Diff,
    Figure,
    FigureChange,
    Op,
    Segment,
)

CONTEXT = 1
"""Unchanged blocks shown on either side of a changed one."""

MAX_ROW = 2_000
MAX_ROWS = 200
MAX_BODY = 100_000
"""Characters of one row, rows, and characters of a body that are laid out; the rest is counted."""

FIELDS = ("title", "published", "updated", "source", "byline")


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled value; `note` says what became of it as a whole (added, removed, replaced)."""

    label: str
    segments: Segments
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the body as it is shown."""

    op: BlockOp
    kind: BlockKind
    level: int
    segments: Segments


@dataclass(frozen=True, slots=True)
class Fold:
    """So many unchanged blocks; `passages` is empty when they are too long to carry along."""

    count: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a body read side by side; None where that side has nothing. A fold stands on both."""

    left: Passage | Fold | None
    right: Passage | Fold | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A change laid out; the title is the first of the fields. `cut` counts the parts that found no room."""

    fields: tuple[Row, ...]
    figures: tuple[tuple[Row, ...], ...]
    attachments: tuple[tuple[Row, ...], ...]
    body: tuple[Passage | Fold, ...]
    cut: int


def lay_out(change: Change) -> Sheet:
    """The difference where there is one, else the article as it is or last was."""
    version = change.after or change.before
    article = version.article if version else None
    if change.diff and article:
        return lay_out_diff(change.before.article if change.before else article, article, change.diff)
    if article:
        return lay_out_article(article)
    return Sheet((_row("Title", change.title),), (), (), (), 0)


def lay_out_diff(before: Article, after: Article, diff: Diff) -> Sheet:
    """The difference of two articles, as `revisor.diff.compare` found it."""
    changed = {field.field: field.segments for field in diff.fields}
    fields = [
        _row(name.capitalize(), changed.get(name) or getattr(after, name)) for name in FIELDS
        if name in changed or getattr(after, name) or name == "title"
    ]  # fmt: skip
    body, cut = _folded([_passage(block, before, after) for block in diff.blocks])
    return Sheet(
        fields=tuple(fields),
        figures=tuple(tuple(_figure_change(figure)) for figure in diff.figures[:MAX_ROWS]),
        attachments=tuple(tuple(_attachment_change(change)) for change in diff.attachments[:MAX_ROWS]),
        body=body,
        cut=cut + _beyond(diff.figures) + _beyond(diff.attachments),
    )


def lay_out_article(article: Article) -> Sheet:
    """The article as it is, with nothing compared."""
    fields = [_row("Title", article.title)]
    fields += [
        _row(name.capitalize(), getattr(article, name)) for name in FIELDS[1:] if getattr(article, name)
    ]
    passages = [Passage(BlockOp.SAME, b.kind, b.level, _equal(b.text)) for b in article.blocks]
    body = tuple(_within(passages, MAX_BODY))
    return Sheet(
        fields=tuple(fields),
        figures=tuple(tuple(_figure(figure)) for figure in article.figures[:MAX_ROWS]),
        attachments=tuple(_attachment(item) for item in article.attachments[:MAX_ROWS]),
        body=body,
        cut=len(passages) - len(body) + _beyond(article.figures) + _beyond(article.attachments),
    )


def _beyond(parts: Sequence[object]) -> int:
    return max(len(parts) - MAX_ROWS, 0)


def side_by_side(sheet: Sheet) -> tuple[Pair, ...]:
    """The body with the earlier text on the left, without what came, and the later on the right, without
    what went.
    """
    return tuple(map(_pair, sheet.body))


def _pair(part: Passage | Fold) -> Pair:
    if isinstance(part, Fold):
        return Pair(part, part)
    left, right = (replace(part, segments=segments) for segments in sides(part.segments))
    return Pair(
        left=None if part.op is BlockOp.INSERTED else left,
        right=None if part.op is BlockOp.DELETED else right,
    )


# --- rows --------------------------------------------------------------------


def _row(label: str, value: str | Segments, note: str = "") -> Row:
    segments = _equal(value) if isinstance(value, str) else shown(value)
    return Row(label, clipped(segments, MAX_ROW), note)


def _equal(text: str) -> Segments:
    return (Segment(Op.EQUAL, text),) if text else ()


def _replaced(before: str, after: str) -> Segments:
    if before == after:
        return _equal(after)
    return tuple(Segment(op, text) for op, text in ((Op.DELETE, before), (Op.INSERT, after)) if text)


def _figure(figure: Figure) -> Iterator[Row]:
    yield _row("Image", figure.image)
    for label, value in (("Caption", figure.caption), ("Credit", figure.credit)):
        if value:
            yield _row(label, value)


def _figure_change(change: FigureChange) -> Iterator[Row]:
    before, after = change.before, change.after
    old, new = (before.image if before else "", after.image if after else "")
    yield _row("Image", _replaced(old, new), _fate(before, after, same=old == new))
    for label, segments in (("Caption", change.caption), ("Credit", change.credit)):
        if segments:
            yield _row(label, segments)
    alts = ((before and before.alt) or "", (after and after.alt) or "")
    if before and after and alts[0] != alts[1]:
        yield _row("Alt text", _replaced(*alts))


def _attachment(item: Attachment) -> tuple[Row, ...]:
    return _row("Attachment", item.text), _row("Address", item.url)


def _attachment_change(change: AttachmentChange) -> Iterator[Row]:
    before, after = change.before, change.after
    old, new = before or Attachment("", ""), after or Attachment("", "")
    yield _row("Attachment", _replaced(old.text, new.text), _fate(before, after, same=old == new))
    yield _row("Address", _replaced(old.url, new.url))


def _fate(before: object | None, after: object | None, *, same: bool) -> str:
    if before and after:
        return "" if same else "replaced"
    return "added" if after else "removed"


# --- the body ----------------------------------------------------------------


def _passage(change: BlockChange, before: Article, after: Article) -> Passage:
    """Unchanged blocks are shown as they are now."""
    blocks, index = (before.blocks, change.before) if change.after is None else (after.blocks, change.after)
    block = blocks[index] if index is not None and index < len(blocks) else None
    if block and change.op is BlockOp.SAME and not change.cosmetic:
        return Passage(BlockOp.SAME, block.kind, block.level, _equal(block.text))
    return Passage(change.op, change.kind, block.level if block else 0, shown(change.segments))


def _folded(passages: list[Passage]) -> tuple[tuple[Passage | Fold, ...], int]:
    """The body around what changed, and how many blocks found no room."""
    keep = _near_changes(passages)
    roomy = sum(map(_length, passages)) <= MAX_BODY
    around = list(_within([p for p, near in zip(passages, keep, strict=True) if near], MAX_BODY))
    cut = sum(keep) - len(around)
    body: list[Passage | Fold] = []
    start = 0
    for index, near in enumerate([*keep, True]):
        if not near:
            continue
        if hidden := passages[start:index]:
            body.append(Fold(len(hidden), tuple(hidden) if roomy else ()))
        start = index + 1
        if not around:
            break
        if index < len(passages):
            body.append(around.pop(0))
    return tuple(body), cut


def _near_changes(passages: Sequence[Passage]) -> list[bool]:
    """Which passages are changed or context; a fold of a single block would save nothing, so it is kept."""
    keep = [False] * len(passages)
    for index, passage in enumerate(passages):
        if passage.op is not BlockOp.SAME:
            low, high = max(index - CONTEXT, 0), min(index + CONTEXT + 1, len(passages))
            keep[low:high] = [True] * (high - low)
    if not any(keep):
        return keep
    padded = [True, *keep, True]
    return [padded[i + 1] or (padded[i] and padded[i + 2]) for i in range(len(keep))]


def _within(passages: Iterable[Passage], room: int) -> Iterator[Passage]:
    for passage in passages:
        if room <= 0:
            return
        yield Passage(passage.op, passage.kind, passage.level, clipped(passage.segments, room))
        room -= _length(passage)


def _length(passage: Passage) -> int:
    return 1 + sum(len(segment.text) for segment in passage.segments)
