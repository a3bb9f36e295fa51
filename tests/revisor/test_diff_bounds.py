"""Hostile lengths: the work stays linear, and what comes out is still whole."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revisor.diff import align, compare, similar, summarize
from revisor.diff.align import Span, Symbols, equal_runs, increasing, windows
from revisor.diff.words import word_segments
from revisor.digest import fold
from revisor.model import Article, Block, BlockKind, BlockOp, Op
from tests.revisor.articles import article, pairs, row, side
from tests.revisor.checks import check_segments, check_whole

FEW = st.text("abc", max_size=30)


def is_common(before: str, after: str, runs: list[align.Run]) -> bool:
    ends = [(0, 0), *((i + size, j + size) for i, j, size in runs)]
    ordered = all(i0 <= i and j0 <= j for (i0, j0), (i, j, _) in zip(ends, runs, strict=False))
    return ordered and all(size and before[i : i + size] == after[j : j + size] for i, j, size in runs)


def longest(before: str, after: str) -> int:
    """Length of a longest common subsequence, from its definition."""
    row_above = [0] * (len(after) + 1)
    for one in before:
        row_here = [0]
        for place, other in enumerate(after):
            row_here.append(row_above[place] + 1 if one == other else max(row_above[place + 1], row_here[-1]))
        row_above = row_here
    return row_above[-1]


@given(FEW, FEW)
def test_runs_are_a_longest_common_subsequence(before: str, after: str) -> None:
    runs = equal_runs(before, after)
    assert is_common(before, after, runs)
    assert sum(size for _, _, size in runs) == longest(before, after)


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets so small that even short texts are compared in windows."""
    monkeypatch.setattr(align, "MAX_CELLS", 6)
    monkeypatch.setattr(align, "_PIECE", 2)
    monkeypatch.setattr(similar, "_MAX_CELLS", 2)


@pytest.mark.usefixtures("tight")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FEW, FEW)
def test_runs_past_the_budget_are_common(before: str, after: str) -> None:
    assert is_common(before, after, equal_runs(before, after))


@pytest.mark.usefixtures("tight")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs())
def test_comparisons_past_the_budget_are_whole(pair: tuple[Article, Article]) -> None:
    diff = compare(*pair)
    check_whole(*pair, diff)
    check_segments(diff)
    assert diff.kinds == compare(pair[1], pair[0]).kinds


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 500))
def test_windows_tile_the_span_in_small_cells(rows: int, columns: int, cells: int) -> None:
    parts = list(windows(Span(5, 5 + rows, 7, 7 + columns), cells))
    assert sum(p.i1 - p.i0 for p in parts) == (rows if columns else 0)
    assert sum(p.j1 - p.j0 for p in parts) == (columns if rows else 0)
    assert all((p.i1 - p.i0) * (p.j1 - p.j0) <= cells for p in parts)


@given(st.lists(st.integers(0, 20), unique=True, max_size=12))
def test_increasing_is_a_longest_chain(values: list[int]) -> None:
    chain = increasing(values)
    assert chain == sorted(chain)
    assert [values[i] for i in chain] == sorted(values[i] for i in chain)
    ordered = "".join(map(chr, sorted(values)))
    assert len(chain) == longest("".join(map(chr, values)), ordered)


def test_symbols_of_equal_values_are_equal() -> None:
    symbols = Symbols()
    assert [symbols["a"], symbols["b"], symbols["a"]] == [symbols["a"], symbols["b"], symbols["a"]]
    assert symbols["a"] != symbols["b"]


def test_words_that_share_a_symbol_are_not_taken_for_equal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align, "_CHARACTERS", 2)
    before, after = "one two three four", "five six three 10 four"
    segments = word_segments(before, after)
    assert (side(segments, Op.DELETE), side(segments, Op.INSERT)) == (before, after)


def repetitive(count: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(("0", "1", "-", "yes")) for _ in range(count))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("x" * 100_000, "y" + "x" * 100_000, id="one word without end"),
        pytest.param(repetitive(50_000, 1), repetitive(50_000, 2), id="few words in any order"),
        pytest.param("珠海" * 50_000, "海珠" * 50_000, id="two characters"),
        pytest.param("1," * 50_000, "1." * 50_000, id="a number without end"),
        pytest.param(" " * 100_000, " " * 99_999 + "\u00a0", id="white space"),
        pytest.param("a " * 50_000, "b " * 50_000, id="nothing in common"),
        pytest.param("e" + "\u0301\u0316" * 50_000, "e" + "\u0316\u0301" * 50_000, id="combining marks"),
        pytest.param(":" * 100_000 + "x", ":" * 100_000 + "y", id="colons"),
        pytest.param("(" * 50_000 + ")" * 50_000, "( " * 50_000, id="brackets"),
        pytest.param("a'" * 50_000, "a’" * 50_000, id="apostrophes"),
        pytest.param("x\u00a0" * 50_000, "x " * 50_000, id="blanks of two kinds"),
    ],
)
def test_a_line_of_100_000_characters(before: str, after: str) -> None:
    for pair in ((before, after), (after, before)):
        one, other = map(article, pair)
        check_whole(one, other, compare(one, other))


def test_a_small_edit_is_found_in_a_very_long_line() -> None:
    """Unique words lead the way where the whole is too long to be compared at once."""
    words = [f"w{number}" for number in range(20_000)]
    after = [*("new",) * 7_000, *words[:9_000], "edited", *words[9_001:]]
    diff = compare(article(" ".join(words)), article(" ".join(after)))
    (change,) = diff.blocks or ()
    assert [(s.op, s.text) for s in change.segments if s.op is Op.DELETE] == [(Op.DELETE, "w9000")]


@pytest.mark.parametrize("shared", [0, 2_500])
def test_5_000_blocks_each_way(shared: int) -> None:
    same = tuple(Block(BlockKind.PARAGRAPH, f"paragraph {n} stays") for n in range(shared))
    before = Article("Title", (*(row(str(n % 7), "1", "2") for n in range(5_000)), *same))
    after = Article("Title", (*(row(str(n % 5), "1", "3") for n in range(5_000)), *same))
    diff = compare(before, after)
    check_whole(before, after, diff)
    assert sum(change.op is BlockOp.SAME for change in diff.blocks) >= shared
    assert len(summarize(diff.kinds, diff)) <= 140


def test_a_row_inserted_into_a_long_table() -> None:
    rows = [row(f"Town {n}", str(n % 10), "0") for n in range(5_000)]
    before, after = Article("T", tuple(rows)), Article("T", (*rows[:17], row("New", "1", "0"), *rows[17:]))
    changed = [c for c in compare(before, after).blocks if c.op is not BlockOp.SAME]
    assert [(c.op, c.after) for c in changed] == [(BlockOp.INSERTED, 17)]


@pytest.mark.parametrize(
    "text", ["\ufdfa" * 20_000, "e" + "\u0301\u0316" * 50_000, ":" * 100_000 + "x", "\u00a0:" * 50_000]
)
def test_folding_is_linear_too(text: str) -> None:
    assert fold(text) == fold(f" {text} ")
