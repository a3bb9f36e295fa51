"""Which symbols of two sequences belong together, in order: a longest common subsequence in bounded work.

Sequences are strings whose characters stand for what is compared, because rapidfuzz compares characters by
themselves but other values by their hash. Its exact matrix takes one bit per pair of symbols, so sequences
too long for it are first cut at symbols that stand once on either side (as patience diff does) and, where
there are none, into windows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from rapidfuzz.distance import LCSseq, Postfix, Prefix

MAX_CELLS = 2**24
"""Pairs of symbols in one exact comparison: 4,096 by 4,096, a matrix of 2 MiB."""

_PIECE = 1024
_CHARACTERS = 0x110000

Run = tuple[int, int, int]
"""Start before, start after, and length of an equal stretch; never empty."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `i0` up to `i1` before, from `j0` up to `j1` after."""

    i0: int
    i1: int
    j0: int
    j1: int


class Symbols(dict[Hashable, str]):
    """One character for each distinct value, given at first sight.

    More than 1,114,112 distinct values share characters: who takes an equal symbol for an equal value must
    look at the values again.
    """

    def __missing__(self, value: Hashable) -> str:
        symbol = self[value] = chr(len(self) % _CHARACTERS)
        return symbol


def increasing(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly increasing subsequence, in O(n log n)."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


def equal_runs(before: str, after: str) -> list[Run]:
    """The stretches that both have in common, ascending on both sides, neighbours joined.

    Longest possible up to MAX_CELLS, thereafter as good as linear work allows: about sqrt(MAX_CELLS) / 64
    machine words a symbol.
    """
    runs: list[Run] = []
    for i, j, size in _raw_runs(before, after):
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + size)
        else:
            runs.append((i, j, size))
    return runs


def windows(span: Span, max_cells: int) -> Iterator[Span]:
    """The span as it is, or both sides cut into as many parts as bring each to `max_cells` at most.

    So all windows of n by m have about sqrt(n m max_cells) cells; a side without anything gives none.
    """
    rows, columns = span.i1 - span.i0, span.j1 - span.j0
    if not rows or not columns:
        return
    parts = isqrt(rows * columns // max_cells) or 1
    while -(-rows // parts) * -(-columns // parts) > max_cells and parts < max(rows, columns):
        parts += 1
    for part in range(parts):
        yield Span(
            span.i0 + rows * part // parts,
            span.i0 + rows * (part + 1) // parts,
            span.j0 + columns * part // parts,
            span.j0 + columns * (part + 1) // parts,
        )


def _raw_runs(before: str, after: str) -> Iterator[Run]:
    head = Prefix.similarity(before, after)
    if head:
        yield 0, 0, head
    tail = Postfix.similarity(before[head:], after[head:])
    end_before, end_after = len(before) - tail, len(after) - tail
    for span in _pieces(before, after, Span(head, end_before, head, end_after)):
        editops = LCSseq.editops(before[span.i0 : span.i1], after[span.j0 : span.j1])
        for block in editops.as_matching_blocks():
            if block.size:
                yield span.i0 + block.a, span.j0 + block.b, block.size
    if tail:
        yield end_before, end_after, tail


def _pieces(before: str, after: str, span: Span) -> Iterator[Span]:
    """The parts of a span that are to be compared exactly, none above MAX_CELLS."""
    i0, j0 = span.i0, span.j0
    for i1, j1 in [*_cuts(before, after, span), (span.i1, span.j1)]:
        yield from windows(Span(i0, i1, j0, j1), MAX_CELLS)
        i0, j0 = i1, j1


def _cuts(before: str, after: str, span: Span) -> list[tuple[int, int]]:
    """Places of symbols that stand once on either side, in order, _PIECE or more apart; none if all fits."""
    if (span.i1 - span.i0) * (span.j1 - span.j0) <= MAX_CELLS:
        return []
    places_before = _single_places(before, span.i0, span.i1)
    places_after = _single_places(after, span.j0, span.j1)
    anchors = [(i, places_after[symbol]) for symbol, i in places_before.items() if symbol in places_after]
    cuts: list[tuple[int, int]] = []
    i0, j0 = span.i0, span.j0
    for index in increasing([j for _, j in anchors]):
        i, j = anchors[index]
        if max(i - i0, j - j0) >= _PIECE:
            cuts.append((i, j))
            i0, j0 = i, j
    return cuts


def _single_places(text: str, start: int, end: int) -> dict[str, int]:
    """Where each symbol stands that stands only once, ascending."""
    counts = Counter(text[start:end])
    return {text[place]: place for place in range(start, end) if counts[text[place]] == 1}
