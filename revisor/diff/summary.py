"""A difference in one plain line, for lists and notifications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from revisor.diff.kinds import figure_kinds
from revisor.diff.tokens import numbers, without_numbers
from revisor.digest import fold
from revisor.model import (
    BlockChange,
    BlockKind,
    BlockOp,
    Diff,
    FieldChange,
    FigureChange,
    Kind,
    Op,
    Segment,
)

MAX_LENGTH = 140
_MAX_VALUE = 24
_SILENT = "; date unchanged: a silent edit"
_OF_KIND = {
    Kind.REMOVED: "page removed",
    Kind.RESTORED: "page is back",
    Kind.NEW: "new page",
    Kind.MOVED: "page moved to another address",
    Kind.DELISTED: "no longer listed",
    Kind.TECHNICAL: "read differently by new rules; the page itself may be the same",
    Kind.COSMETIC: "only cosmetic differences",
}
_NOUNS = {
    BlockKind.HEADING: "heading",
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.LIST_ITEM: "list item",
    BlockKind.TABLE_ROW: "table row",
    BlockKind.QUOTE: "quote",
}


def summarize(kinds: tuple[Kind, ...], diff: Diff | None, *, dated: bool = True) -> str:
    """What changed, weightiest first, in at most MAX_LENGTH characters without line breaks.

    kinds: those of the change, which may say more than the difference does (removed, restored, moved);
    diff: None where there is only one side; dated: the page bears a date, so that leaving it alone while the
    text changes is a silent edit. Of the page's own words only numbers and dates are quoted. What
    new rules read differently is not counted as the page's doing.
    """
    phrases = [_OF_KIND[kind] for kind in kinds if kind in _OF_KIND]
    if diff is not None and Kind.TECHNICAL not in kinds:
        phrases += _phrases(diff, dated=dated)
    return _fit(phrases) or "no differences"


def _fit(phrases: Iterable[str]) -> str:
    """As many phrases as have room, and a word on those that have not."""
    line = ""
    for phrase in phrases:
        longer = f"{line}; {phrase}" if line else phrase
        if len(longer) > MAX_LENGTH - len("; and more"):
            return f"{line}; and more" if line else phrase[:MAX_LENGTH]
        line = longer
    return line


def _phrases(diff: Diff, *, dated: bool) -> Iterator[str]:
    fields = {change.field: change for change in diff.fields if not change.cosmetic}
    blocks = [change for change in diff.blocks if change.op is not BlockOp.SAME and not change.cosmetic]
    if blocks:
        silent = dated and "published" not in fields and "updated" not in fields
        yield _edit(blocks, diff.blocks) + (_SILENT if silent else "")
    for name in ("source", "byline", "title"):
        if name in fields:
            yield f"{name} {_verb(fields[name].before, fields[name].after)}"
    for name in ("published", "updated"):
        if name in fields:
            yield _date(fields[name])
    yield from _captions(diff.figures)
    images = [figure for figure in diff.figures if Kind.IMAGE in figure_kinds(figure)]
    yield from _counted("image", (_verb(f.before, f.after, "replaced") for f in images))
    attached = [change for change in diff.attachments if not change.cosmetic]
    yield from _counted("attachment", (_verb(a.before, a.after) for a in attached))


def _verb(before: object, after: object, both: str = "changed") -> str:
    if before is None:
        return "added"
    return "removed" if after is None else both


def _counted(noun: str, verbs: Iterable[str]) -> Iterator[str]:
    for verb, count in Counter(verbs).items():
        yield f"{noun} {verb}" if count == 1 else f"{count} {noun}s {verb}"


def _captions(figures: Iterable[FigureChange]) -> Iterator[str]:
    pairs = [(f.before, f.after) for f in figures if Kind.RECAPTIONED in figure_kinds(f)]
    for noun in ("caption", "credit"):
        texts = [(getattr(before, noun) or None, getattr(after, noun) or None) for before, after in pairs]
        yield from _counted(noun, (_verb(one, other) for one, other in texts if _differ(one, other)))


def _differ(before: str | None, after: str | None) -> bool:
    return fold(before or "") != fold(after or "")


def _date(change: FieldChange) -> str:
    values = _quoted([(change.before or "none", change.after or "none")])
    return f"{change.field} date {_verb(change.before, change.after)}{values}"


def _quoted(values: list[tuple[str, str]]) -> str:
    """The values in brackets, if a line has room for them and a terminal may show them."""
    if not values or any(len(v) > _MAX_VALUE or not v.isprintable() for pair in values for v in pair):
        return ""
    return f" ({', '.join(f'{before} → {after}' for before, after in values)})"


def _edit(changed: list[BlockChange], every: tuple[BlockChange, ...]) -> str:
    """What happened to the blocks: which numbers changed, if nothing else did, else how many of what."""
    if any(change.op is not BlockOp.CHANGED for change in changed):
        return _tally(changed)
    hunks = [_number_changes(hunk) for change in changed for hunk in _hunks(change.segments)]
    pairs = [pair for hunk in hunks for pair in hunk]
    place = _place(changed[0], every) if len(changed) == 1 else f"{len(changed)} {_noun(changed)}s"
    if hunks and all(hunks):
        what = "1 number" if len(pairs) == 1 else f"{len(pairs)} numbers"
        return f"{what} changed in {place}{_quoted(pairs) if len(pairs) <= 2 else ''}"
    return f"words changed in {place}" if hunks else f"{place} changed"


def _tally(changed: list[BlockChange]) -> str:
    verbs = {BlockOp.INSERTED: "added", BlockOp.DELETED: "removed", BlockOp.CHANGED: "changed"}
    counts = Counter(change.op for change in changed)
    noun = _noun(changed)
    phrases = [f"{counts[op]} {verb}" for op, verb in verbs.items() if counts[op]]
    first, _, verb = phrases[0].partition(" ")
    return ", ".join([f"{first} {noun}{'' if first == '1' else 's'} {verb}", *phrases[1:]])


def _noun(changed: list[BlockChange]) -> str:
    kinds = {change.kind for change in changed}
    return _NOUNS[kinds.pop()] if len(kinds) == 1 else "passage"


def _place(change: BlockChange, every: tuple[BlockChange, ...]) -> str:
    """The block as readers of the page after would count it: "paragraph 4"."""
    ahead = [c for c in every if c.after is not None and change.after is not None and c.after <= change.after]
    return f"{_NOUNS[change.kind]} {sum(c.kind is change.kind for c in ahead)}"


def _hunks(segments: tuple[Segment, ...]) -> Iterator[tuple[str, str]]:
    """What was deleted and what stands in its place, for every difference that is not cosmetic."""
    for equal, run in groupby(segments, key=lambda segment: segment.op is Op.EQUAL):
        if not equal:
            texts = {segment.op: segment.text for segment in run}
            deleted, inserted = texts.get(Op.DELETE, ""), texts.get(Op.INSERT, "")
            if _differ(deleted, inserted):
                yield deleted, inserted


def _number_changes(hunk: tuple[str, str]) -> list[tuple[str, str]]:
    """The numbers that a replacement changed; none if it changed anything else."""
    deleted, inserted = hunk
    if _differ(without_numbers(deleted), without_numbers(inserted)):
        return []
    pairs = zip(numbers(deleted), numbers(inserted), strict=False)
    return [(before, after) for before, after in pairs if _differ(before, after)]
