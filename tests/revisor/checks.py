"""What must hold for the comparison of any two articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from revisor.model import Article, Block, BlockChange, BlockOp, Diff, Op
from tests.revisor.articles import side


def applied(before: Sequence[Block], changes: Sequence[BlockChange]) -> list[str]:
    """The texts that the changes make of `before`; unchanged blocks are taken from there."""
    return [
        before[change.before].text
        if change.op is BlockOp.SAME and change.before is not None
        else side(change.segments, Op.INSERT)
        for change in changes
        if change.after is not None
    ]


def check_whole(before: Article, after: Article, diff: Diff) -> None:
    """The comparison tells everything that either side says, and nothing else."""
    assert [c.before for c in diff.blocks if c.before is not None] == list(range(len(before.blocks)))
    assert [c.after for c in diff.blocks if c.after is not None] == list(range(len(after.blocks)))
    assert applied(before.blocks, diff.blocks) == [block.text for block in after.blocks]
    for change in diff.blocks:
        check_block(before, after, change)
    for field in diff.fields:
        assert side(field.segments, Op.DELETE) == (field.before or "") == (getattr(before, field.field) or "")
        assert side(field.segments, Op.INSERT) == (field.after or "") == (getattr(after, field.field) or "")
    for figure in diff.figures:
        for name in ("caption", "credit"):
            segments = getattr(figure, name)
            assert side(segments, Op.DELETE) == (getattr(figure.before, name, None) or "")
            assert side(segments, Op.INSERT) == (getattr(figure.after, name, None) or "")


def check_block(before: Article, after: Article, change: BlockChange) -> None:
    old = None if change.before is None else before.blocks[change.before]
    new = None if change.after is None else after.blocks[change.after]
    assert side(change.segments, Op.DELETE) == (old.text if old else "")
    assert side(change.segments, Op.INSERT) == (new.text if new else "")
    if old is None:
        assert change.op is BlockOp.INSERTED
    elif new is None:
        assert change.op is BlockOp.DELETED
    else:
        assert change.op is (BlockOp.SAME if old == new else BlockOp.CHANGED)


def check_segments(diff: Diff) -> None:
    """Segments are not empty, and neighbours differ in their op; deleted text stands before inserted."""
    runs = [change.segments for change in diff.blocks] + [field.segments for field in diff.fields]
    runs += [segments for figure in diff.figures for segments in (figure.caption, figure.credit)]
    for segments in runs:
        assert all(segment.text for segment in segments)
        for one, other in pairwise(segment.op for segment in segments):
            assert one is not other
            assert (one, other) != (Op.INSERT, Op.DELETE)
