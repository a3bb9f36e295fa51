"""The one line that says what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revisor.diff import compare, summarize
from revisor.model import Article, Attachment, Figure, Kind
from tests.revisor.articles import article, paragraph, row

LINES = (
    "The city reported on the state of its new bridge on Thursday.",
    "Some 1,500 people came to see it, up 3.5% on the year before.",
    "It will be open to trams, buses and walkers from next spring.",
)
DATED = replace(article(*LINES), published="2023-09-21", updated="2023-09-21")
DATES = "date changed (2023-09-21 → 2023-09-25)"
SILENT = "; date unchanged: a silent edit"


def edited(*pairs: tuple[str, str]) -> Article:
    blocks = []
    for block in DATED.blocks:
        text = block.text
        for old, new in pairs:
            text = text.replace(old, new)
        blocks.append(replace(block, text=text))
    return replace(DATED, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (DATED, "no differences"),
        (edited(("1,500", "1,560")), f"1 number changed in paragraph 2 (1,500 → 1,560){SILENT}"),
        (
            edited(("1,500", "1,560"), ("3.5%", "7%")),
            f"2 numbers changed in paragraph 2 (1,500 → 1,560, 3.5% → 7%){SILENT}",
        ),
        (
            replace(edited(("1,500", "1,560")), updated="2023-09-25"),
            f"1 number changed in paragraph 2 (1,500 → 1,560); updated {DATES}",
        ),
        (edited(("people", "guests")), f"words changed in paragraph 2{SILENT}"),
        (edited(("new", "old"), ("year", "month")), f"words changed in 2 paragraphs{SILENT}"),
        (edited(("1,500 people", "1,560 people came, and 20 dogs")), f"words changed in paragraph 2{SILENT}"),
        (replace(DATED, title="Other"), "title changed"),
        (replace(DATED, title=""), "title removed"),
        (replace(DATED, title="Title:"), "only cosmetic differences"),
        (replace(DATED, updated=None), "updated date removed (2023-09-21 → none)"),
        (replace(DATED, source="Xinhua"), "source added"),
        (replace(DATED, figures=(Figure("/1.jpg"), Figure("/2.jpg"))), "2 images added"),
        (replace(DATED, attachments=(Attachment("/1.pdf", "x"),)), "attachment added"),
        (replace(DATED, blocks=DATED.blocks[:1]), f"2 paragraphs removed{SILENT}"),
        (
            replace(
                DATED,
                blocks=(DATED.blocks[0], paragraph("Wholly other!"), paragraph("And more?"), DATED.blocks[2]),
            ),
            f"2 paragraphs added, 1 removed{SILENT}",
        ),
        (
            replace(DATED, blocks=(*DATED.blocks, row("a", "b"), paragraph("Wholly other!"))),
            f"2 passages added{SILENT}",
        ),
        (
            replace(edited(("people", "guests")), title="Other"),
            f"words changed in paragraph 2{SILENT}; title changed",
        ),
    ],
)
def test_summaries(after: Article, line: str) -> None:
    diff = compare(DATED, after)
    assert summarize(diff.kinds, diff) == line


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (Figure("/1.jpg", "a"), Figure("/1.jpg", "b"), "caption changed"),
        (Figure("/1.jpg", "a"), Figure("/1.jpg"), "caption removed"),
        (Figure("/1.jpg", "a", "x"), Figure("/1.jpg", "b", "y"), "caption changed; credit changed"),
        (Figure("/1.jpg", "a"), Figure("/2.jpg", "a"), "image replaced"),
        (Figure("/1.jpg", alt="a"), Figure("/1.jpg", alt="b"), "only cosmetic differences"),
    ],
)
def test_summaries_of_figures(before: Figure, after: Figure, line: str) -> None:
    diff = compare(replace(DATED, figures=(before,)), replace(DATED, figures=(after,)))
    assert summarize(diff.kinds, diff) == line


def test_a_cell_that_moves_is_a_changed_row() -> None:
    diff = compare(Article("T", (row("Macao", "10", ""),)), Article("T", (row("Macao", "", "10"),)))
    assert summarize(diff.kinds, diff) == f"table row 1 changed{SILENT}"


def test_cosmetic_hunks_do_not_hide_a_number() -> None:
    before, after = (
        article("The city's 1,500 “guests” came home"),
        article('The city’s 1,560 "guests" came home'),
    )
    diff = compare(before, after)
    assert summarize(diff.kinds, diff).startswith("1 number changed in paragraph 1 (1,500 → 1,560)")


@pytest.mark.parametrize(
    "kind", [Kind.REMOVED, Kind.RESTORED, Kind.NEW, Kind.MOVED, Kind.DELISTED, Kind.TECHNICAL]
)
def test_changes_without_a_difference_have_a_line_too(kind: Kind) -> None:
    assert summarize((kind,), None) not in {"", "no differences"}


def test_new_rules_are_not_the_page_s_doing() -> None:
    diff = compare(DATED, edited(("1,500", "1,560")))
    assert "silent" not in summarize((Kind.TECHNICAL,), diff)


def test_a_page_that_moved_and_was_retouched_says_both() -> None:
    diff = compare(DATED, replace(DATED, title="Title:"))
    assert (
        summarize((Kind.MOVED, *diff.kinds), diff)
        == "page moved to another address; only cosmetic differences"
    )


def test_a_page_that_is_back_tells_what_changed_meanwhile() -> None:
    diff = compare(DATED, replace(DATED, title="Other"))
    assert summarize((Kind.RESTORED, *diff.kinds), diff) == "page is back; title changed"


def test_long_lines_say_that_there_is_more() -> None:
    after = Article(
        "Other",
        (paragraph("Wholly other!"),),
        published="2023-09-22",
        updated="2023-09-22",
        source="x",
        byline="y",
    )
    diff = compare(replace(DATED, figures=(Figure("/1.jpg"),)), after)
    line = summarize(diff.kinds, diff)
    assert len(line) <= 140
    assert line.endswith("; and more")


def test_what_a_page_says_cannot_break_the_line() -> None:
    diff = compare(replace(DATED, updated="\x1b[31m\n" * 50), DATED)
    assert summarize(diff.kinds, diff) == "updated date changed"


def test_a_page_without_a_date_has_no_silent_edits() -> None:
    before = article("The tunnel is 2,150 metres long.")
    after = article("The tunnel is 2,510 metres long.")
    diff = compare(before, after)
    assert "silent" not in summarize(diff.kinds, diff, dated=False)
    assert "silent" in summarize(diff.kinds, diff, dated=True)
