"""Similar blocks: which of two stretches of blocks, none said twice, are the same block edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz.distance import Indel

from revisor.diff.align import Span, windows
from revisor.diff.tokens import Tokens

ALIKE = 0.5
"""Blocks with less of their words in common (Indel similarity) are not the same block edited."""

_SURE = 0.7
_MAX_CELLS = 64 * 64
_CLIP = 256

Pair = tuple[int, int]
Similarity = Callable[[int, int], float]
"""Of the i-th block before and the j-th after: 0 to 1, and 0 for anything below ALIKE."""


def similarity(before: Tokens, after: Tokens, *, same_label: bool) -> float:
    """How much of their pieces two texts share, 0 when it is less than ALIKE.

    Of long texts only the head and the tail count: with the windows of `similar_pairs` that bounds the work
    to some 500 machine words a token. `same_label`: both are table rows that begin with the same cell, which
    makes them alike whatever their numbers have become.
    """
    score = Indel.normalized_similarity(_clip(before.symbols), _clip(after.symbols))
    if same_label:
        score = (1 + score) / 2
    return score if score >= ALIKE else 0.0


def _clip(symbols: str) -> str:
    return symbols if len(symbols) <= 2 * _CLIP else symbols[:_CLIP] + symbols[-_CLIP:]


def similar_pairs(span: Span, similar: Similarity) -> list[Pair]:
    """The pairs, ascending on both sides, whose similarities have the greatest sum.

    Pairs that are sure are taken off both ends first. What remains is cut into windows of at most
    _MAX_CELLS pairs, at the same share of both sides, and the sum is the greatest within each.
    """
    head = []
    while _open(span) and _is_sure(span.i0, span.j0, 1, span, similar):
        head.append((span.i0, span.j0))
        span = Span(span.i0 + 1, span.i1, span.j0 + 1, span.j1)
    tail = []
    while _open(span) and _is_sure(span.i1 - 1, span.j1 - 1, -1, span, similar):
        tail.append((span.i1 - 1, span.j1 - 1))
        span = Span(span.i0, span.i1 - 1, span.j0, span.j1 - 1)
    middle = [pair for window in windows(span, _MAX_CELLS) for pair in _heaviest(window, similar)]
    return head + middle + tail[::-1]


def _open(span: Span) -> bool:
    return span.i0 < span.i1 and span.j0 < span.j1


def _is_sure(i: int, j: int, step: int, span: Span, similar: Similarity) -> bool:
    """Whether two blocks at the end of a span are alike, and neither more so with the other's neighbour."""
    score = similar(i, j)
    if score < _SURE:
        return False
    if span.i0 <= i + step < span.i1 and similar(i + step, j) > score:
        return False
    return not (span.j0 <= j + step < span.j1 and similar(i, j + step) > score)


def _heaviest(span: Span, similar: Similarity) -> Iterator[Pair]:
    """Dynamic programming over all pairs of a window, as for a longest common subsequence with weights."""
    rows, columns = span.i1 - span.i0, span.j1 - span.j0
    weights = [[similar(span.i0 + i, span.j0 + j) for j in range(columns)] for i in range(rows)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(columns - 1, -1, -1):
            weight = weights[i][j]
            row[j] = max(below[j], row[j + 1], weight + below[j + 1] if weight else 0.0)
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield span.i0 + i, span.j0 + j
            i, j = i + 1, j + 1
