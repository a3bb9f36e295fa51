"""Blocks: which belong together, in reading order, and what differs inside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from revisor.diff.align import Span, Symbols, equal_runs
from revisor.diff.similar import Pair, similar_pairs, similarity
from revisor.diff.tokens import Tokens, cut
from revisor.diff.words import token_segments, whole_segments
from revisor.digest import folded_block
from revisor.model import Block, BlockChange, BlockOp

Blocks = tuple[Block, ...]


class _Side:
    """The blocks of one article, with what is made of them on demand: folded parts and words."""

    def __init__(self, blocks: Blocks, symbols: Symbols) -> None:
        self.blocks = blocks
        self.keys = list(map(folded_block, blocks))
        self.speaking = [index for index, key in enumerate(self.keys) if key]
        self.symbols = symbols
        self._tokens: dict[int, Tokens] = {}

    def tokens(self, index: int) -> Tokens:
        if index not in self._tokens:
            self._tokens[index] = cut(self.blocks[index].text, self.symbols)
        return self._tokens[index]

    def label(self, index: int) -> str:
        """The first cell of a table row; empty for anything else."""
        return self.keys[index][0] if len(self.keys[index]) > 1 else ""


def compare_blocks(before: Blocks, after: Blocks) -> tuple[BlockChange, ...]:
    """Every block of either side once, in reading order: alone, or with the block it has become.

    First those that say the same (`digest.folded_block`), by longest common subsequence; between them similar
    ones; and blocks that say nothing where they stand. Every step preserves order: a block that moved is
    deleted and inserted. Exchanging the sides mirrors the result.
    """
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    symbols = Symbols()
    old = _Side(before[head : len(before) - tail], symbols)
    new = _Side(after[head : len(after) - tail], symbols)
    return tuple(
        chain(
            (_same(index, index, block) for index, block in enumerate(before[:head])),
            _changes(old, new, head),
            (
                _same(len(before) - tail + index, len(after) - tail + index, block)
                for index, block in enumerate(before[len(before) - tail :])
            ),
        )
    )


def _common(before: Blocks, after: Blocks) -> int:
    """How many blocks are the same to the letter at the beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(before), len(after)))


def _pairs(before: _Side, after: _Side) -> list[Pair]:
    if before.keys <= after.keys:
        return _with_silent(_speaking_pairs(before, after), before, after)
    return [(i, j) for j, i in _pairs(after, before)]


def _speaking_pairs(before: _Side, after: _Side) -> Iterator[Pair]:
    """Blocks that say the same, and between them those that are alike; ascending on both sides."""

    def similar(i: int, j: int) -> float:
        i, j = before.speaking[i], after.speaking[j]
        label = before.label(i)
        return similarity(
            before.tokens(i), after.tokens(j), same_label=label != "" and label == after.label(j)
        )

    symbols = Symbols()
    one = "".join(symbols[before.keys[index]] for index in before.speaking)
    other = "".join(symbols[after.keys[index]] for index in after.speaking)
    i0 = j0 = 0
    for i, j, size in [*equal_runs(one, other), (len(one), len(other), 0)]:
        alike = similar_pairs(Span(i0, i, j0, j), similar)
        same = ((i + step, j + step) for step in range(size))
        yield from ((before.speaking[a], after.speaking[b]) for a, b in chain(alike, same))
        i0, j0 = i + size, j + size


def _with_silent(pairs: Iterator[Pair], before: _Side, after: _Side) -> list[Pair]:
    """The pairs, and between them the blocks on either side that say nothing, first with first."""
    result: list[Pair] = []
    i0 = j0 = 0
    for i, j in chain(pairs, [(len(before.blocks), len(after.blocks))]):
        result += zip(
            (k for k in range(i0, i) if not before.keys[k]),
            (k for k in range(j0, j) if not after.keys[k]),
            strict=False,
        )
        result.append((i, j))
        i0, j0 = i + 1, j + 1
    return result[:-1]


def _changes(before: _Side, after: _Side, head: int) -> Iterator[BlockChange]:
    """One value for each pair and each block left alone, deleted ones before inserted ones."""
    i0 = j0 = 0
    for i, j in [*_pairs(before, after), (len(before.blocks), len(after.blocks))]:
        for k in range(i0, i):
            block, silent = before.blocks[k], not before.keys[k]
            segments = whole_segments(block.text, "")
            yield BlockChange(BlockOp.DELETED, head + k, None, block.kind, segments, silent)
        for k in range(j0, j):
            block, silent = after.blocks[k], not after.keys[k]
            segments = whole_segments("", block.text)
            yield BlockChange(BlockOp.INSERTED, None, head + k, block.kind, segments, silent)
        if i < len(before.blocks):
            yield _pair_change(before, after, (i, j), head)
        i0, j0 = i + 1, j + 1


def _pair_change(before: _Side, after: _Side, pair: Pair, head: int) -> BlockChange:
    i, j = pair
    old, new = before.blocks[i], after.blocks[j]
    if old == new:
        return _same(head + i, head + j, old)
    segments = token_segments(before.tokens(i), after.tokens(j), before.symbols)
    cosmetic = before.keys[i] == after.keys[j]
    return BlockChange(BlockOp.CHANGED, head + i, head + j, new.kind, segments, cosmetic)


def _same(before: int, after: int, block: Block) -> BlockChange:
    return BlockChange(BlockOp.SAME, before, after, block.kind, whole_segments(block.text, block.text))
