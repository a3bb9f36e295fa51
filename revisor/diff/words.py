"""Which words differ between two texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Prefix

from revisor.diff.align import Run, Symbols, equal_runs
from revisor.diff.tokens import Tokens, cut, cut_at_words, share_words, words
from revisor.model import Op, Segment

Segments = tuple[Segment, ...]

_GAP = 4  # characters: a word of three with its blank
_REWRITTEN = 4  # words
_LOOK = 64  # characters

Hunk = tuple[int, int, int, int]
"""Characters that differ: from and up to where before, from and up to where after."""


def word_segments(before: str, after: str) -> Segments:
    """The words in common and those that differ, in reading order, deleted before inserted.

    Joining the texts of EQUAL and DELETE gives `before`, of EQUAL and INSERT `after`, to the letter.
    Exchanging the sides mirrors the result.
    """
    symbols = Symbols()
    return token_segments(cut(before, symbols), cut(after, symbols), symbols)


def token_segments(before: Tokens, after: Tokens, symbols: Symbols) -> Segments:
    """As `word_segments`, of texts already cut with these symbols."""
    if before.text == after.text or not before.text or not after.text:
        return whole_segments(before.text, after.text)
    if before.text <= after.text:
        hunks = _hunks(before, after, symbols)
    else:
        hunks = [(a0, a1, b0, b1) for b0, b1, a0, a1 in _hunks(after, before, symbols)]
    return tuple(_segments(before.text, after.text, _joined(hunks, before.text, after.text)))


def whole_segments(before: str, after: str) -> Segments:
    """The same without looking at words: equal, or replaced as a whole."""
    if before == after:
        return (Segment(Op.EQUAL, before),) if before else ()
    sides = ((Op.DELETE, before), (Op.INSERT, after))
    return tuple(Segment(op, text) for op, text in sides if text)


def _hunks(before: Tokens, after: Tokens, symbols: Symbols) -> list[Hunk]:
    """Where the texts differ; what differs in coarse pieces is looked at again word by word."""
    hunks = _differences(before, after)
    if before.fine and after.fine:
        return hunks
    refined: list[Hunk] = []
    for hunk in hunks:
        a0, a1, b0, b1 = hunk
        one, other = before.text[a0:a1], after.text[b0:b1]
        if share_words(one, other):
            inner = _differences(cut_at_words(one, symbols), cut_at_words(other, symbols))
            refined += [(a0 + i0, a0 + i1, b0 + j0, b0 + j1) for i0, i1, j0, j1 in inner]
        else:
            refined.append(hunk)
    return refined


def _differences(one: Tokens, other: Tokens) -> list[Hunk]:
    hunks: list[Hunk] = []
    a0 = b0 = 0
    for a1, b1, size in [*_equal(one, other), (len(one.text), len(other.text), 0)]:
        if a0 < a1 or b0 < b1:
            hunks.append((a0, a1, b0, b1))
        a0, b0 = a1 + size, b1 + size
    return hunks


def _equal(one: Tokens, other: Tokens) -> Iterator[Run]:
    """The stretches of characters in common.

    Pieces with the same symbol may differ in the white space before them, and more than a million different
    pieces share symbols: such runs are halved until what is the same is found.
    """
    runs = equal_runs(one.symbols, other.symbols)[::-1]
    while runs:
        i, j, size = runs.pop()
        a0, a1, b0, b1 = one.starts[i], one.starts[i + size], other.starts[j], other.starts[j + size]
        text, text_other = one.text[a0:a1], other.text[b0:b1]
        if text == text_other:
            yield a0, b0, a1 - a0
        elif size > 1:
            half = size // 2
            runs += (i + half, j + half, size - half), (i, j, half)
        elif (word := text.lstrip()) == text_other.lstrip():
            yield a1 - len(word), b1 - len(word), len(word)


def _joined(hunks: Iterable[Hunk], before: str, after: str) -> Iterator[Hunk]:
    """The hunks, joined where they touch and where one replacement reads better than two."""
    pending: Hunk | None = None
    for hunk in hunks:
        if pending is None:
            pending = hunk
        elif hunk[0] - pending[1] <= _GAP and _reads_better_joined(pending, hunk, before, after):
            pending = (pending[0], hunk[1], pending[2], hunk[3])
        else:
            yield pending
            pending = hunk
    if pending is not None:
        yield pending


def _reads_better_joined(one: Hunk, other: Hunk, before: str, after: str) -> bool:
    """Whether only white space parts two hunks, or a short word does in a passage that was written anew.

    "a b of c d" to "e f of g h" reads better as one replacement, "10 of 20" to "12 of 25" as two.
    """
    gap = before[one[1] : other[0]].strip()
    if not gap:
        return True
    if any(character.isspace() or character.isdigit() for character in gap):
        return False
    return _size(one, before, after) + _size(other, before, after) >= _REWRITTEN


def _size(hunk: Hunk, before: str, after: str) -> int:
    """The words of the longer side, counted no further than it matters."""
    a0, a1, b0, b1 = hunk
    return max(len(words(before[a0 : min(a1, a0 + _LOOK)])), len(words(after[b0 : min(b1, b0 + _LOOK)])))


def _segments(before: str, after: str, hunks: Iterable[Hunk]) -> Iterator[Segment]:
    """The texts as segments; white space with which both sides of a hunk begin stays outside of it."""
    start = 0
    for a0, a1, b0, b1 in hunks:
        space = _common_space(before[a0:a1], after[b0:b1])
        if start < a0 + space:
            yield Segment(Op.EQUAL, before[start : a0 + space])
        if a0 + space < a1:
            yield Segment(Op.DELETE, before[a0 + space : a1])
        if b0 + space < b1:
            yield Segment(Op.INSERT, after[b0 + space : b1])
        start = a1
    if start < len(before):
        yield Segment(Op.EQUAL, before[start:])


def _common_space(one: str, other: str) -> int:
    if one[:1] != other[:1]:
        return 0
    common = one[: Prefix.similarity(one, other)]
    return len(common) - len(common.lstrip())
