"""Which blocks belong together, and in what order they are told."""

from __future__ import annotations

from dataclasses import replace

from revisor.diff import compare
from revisor.model import Article, Block, BlockKind, Diff, Kind, Op
from tests.revisor.articles import article, paragraph, row

LINES = (
    "The municipal government announced a new bridge on Thursday morning.",
    "It will link the island with the old town and carry trams.",
    "Building is to begin next year and to take forty months.",
    "Residents can comment on the plans until the end of October.",
)


def told(diff: Diff) -> list[tuple[str, int | None, int | None]]:
    return [(change.op.value, change.before, change.after) for change in diff.blocks]


def changed_words(diff: Diff) -> list[tuple[Op, str]]:
    return [(s.op, s.text) for change in diff.blocks for s in change.segments if s.op is not Op.EQUAL]


def test_a_number_is_corrected_in_one_paragraph() -> None:
    diff = compare(article(*LINES), article(*LINES[:2], LINES[2].replace("forty", "44"), LINES[3]))
    assert told(diff) == [("same", 0, 0), ("same", 1, 1), ("changed", 2, 2), ("same", 3, 3)]
    assert changed_words(diff) == [(Op.DELETE, "forty"), (Op.INSERT, "44")]
    assert diff.kinds == (Kind.EDITED,)


def test_a_paragraph_is_inserted_in_the_middle() -> None:
    diff = compare(article(*LINES), article(*LINES[:2], "A ferry stays in service.", *LINES[2:]))
    assert told(diff) == [
        ("same", 0, 0),
        ("same", 1, 1),
        ("inserted", None, 2),
        ("same", 2, 3),
        ("same", 3, 4),
    ]


def test_a_paragraph_that_moves_is_deleted_and_inserted() -> None:
    diff = compare(article(*LINES), article(*LINES[1:], LINES[0]))
    assert told(diff) == [
        ("deleted", 0, None),
        ("same", 1, 0),
        ("same", 2, 1),
        ("same", 3, 2),
        ("inserted", None, 3),
    ]
    assert diff.kinds == (Kind.EDITED,)


def test_an_edited_paragraph_is_found_among_new_ones() -> None:
    after = ("Entirely different words stand here.", LINES[1].replace("trams", "buses"), "More of it, too.")
    diff = compare(article(LINES[1]), article(*after))
    assert told(diff) == [("inserted", None, 0), ("changed", 0, 1), ("inserted", None, 2)]


def test_unlike_paragraphs_are_replaced() -> None:
    diff = compare(article(LINES[0]), article("No word in common here!"))
    assert told(diff) == [("deleted", 0, None), ("inserted", None, 0)]


def test_a_table_row_keeps_its_place_by_its_first_cell() -> None:
    before = Article("T", (row("Macao", "10", "20"), row("Zhuhai", "30", "40"), row("Hong Kong", "50", "60")))
    after = Article("T", (row("Macao", "11", "22"), row("Zhuhai", "33", "44"), row("Hong Kong", "50", "60")))
    diff = compare(before, after)
    assert told(diff) == [("changed", 0, 0), ("changed", 1, 1), ("same", 2, 2)]
    assert [change.kind for change in diff.blocks] == [BlockKind.TABLE_ROW] * 3


def test_a_value_that_moves_to_another_column_is_an_edit() -> None:
    before, after = Article("T", (row("Macao", "10", ""),)), Article("T", (row("Macao", "", "10"),))
    assert compare(before, after).kinds == (Kind.EDITED,)


def test_two_characters_change_in_a_chinese_paragraph() -> None:
    text = "珠海市政府星期四宣布将建设一座新的大桥，连接老城区与横琴岛，预计工期四十个月。"
    diff = compare(article(text), article(text.replace("四十", "五六")))
    assert told(diff) == [("changed", 0, 0)]
    assert changed_words(diff) == [(Op.DELETE, "四十"), (Op.INSERT, "五六")]


def test_a_paragraph_made_a_heading_is_cosmetic() -> None:
    heading = Block(BlockKind.HEADING, LINES[0], level=2)
    diff = compare(article(LINES[0]), Article("Title", (heading,)))
    assert told(diff) == [("changed", 0, 0)]
    assert (
        diff.kinds
        == compare(Article("Title", (heading,)), Article("Title", (replace(heading, level=3),))).kinds
    )
    assert diff.kinds == (Kind.COSMETIC,)


def test_a_paragraph_that_says_nothing_is_cosmetic() -> None:
    diff = compare(article(*LINES), article(LINES[0], "\u200b", *LINES[1:]))
    assert [change.cosmetic for change in diff.blocks] == [False, True, False, False, False]
    assert diff.kinds == (Kind.COSMETIC,)


def test_everything_goes_and_comes() -> None:
    assert told(compare(article(*LINES[:2]), article())) == [("deleted", 0, None), ("deleted", 1, None)]
    assert told(compare(article(), article(*LINES[:2]))) == [("inserted", None, 0), ("inserted", None, 1)]
    assert told(compare(article(), article())) == []


def test_deleted_blocks_stand_before_what_took_their_place() -> None:
    diff = compare(article(LINES[0], "Old words.", LINES[1]), article(LINES[0], "Nothing alike!", LINES[1]))
    assert told(diff) == [("same", 0, 0), ("deleted", 1, None), ("inserted", None, 1), ("same", 2, 2)]


def test_repeated_paragraphs_are_each_told_once() -> None:
    diff = compare(Article("T", (paragraph("x"),) * 3), Article("T", (paragraph("x"),) * 5))
    assert sorted(op for op, _, _ in told(diff)) == ["inserted"] * 2 + ["same"] * 3
