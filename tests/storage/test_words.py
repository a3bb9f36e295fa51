"""What a search by words looks at: the text that changed, folded, never too much of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.diff import compare
from revisor.model import Article, Attachment, Block, BlockKind, Diff, Figure
from storage.words import LONGEST, LONGEST_WORD, MOST_WORDS, text_of_change, wanted_words
from tests.storage.making import article
from tests.storage.test_roundtrip import ANY_TEXT, ARTICLES, DIFFS

BEFORE = replace(
    article("Tunnel opens", "The tunnel is 2,150 metres long.", "Buses use it free of charge."),
    figures=(Figure("https://img.example/1.jpg", "The north gate.", "Photo/Ada"),),
    attachments=(Attachment("https://files.example/1.pdf", "Plan"),),
)


def edited(**changes: object) -> str:
    after = replace(BEFORE, **changes)  # type: ignore[arg-type]  # named by the caller
    return text_of_change(after.title, compare(BEFORE, after), after)


def test_of_an_edit_only_the_words_that_differ_are_found() -> None:
    blocks = (replace(BEFORE.blocks[0], text="The tunnel is 2,510 metres long."), BEFORE.blocks[1])
    assert edited(blocks=blocks) == "tunnel opens 2,150 2,510"


def test_both_titles_are_found() -> None:
    assert set(edited(title="Tunnel closes").split()) == {"tunnel", "closes", "opens"}


def test_blocks_that_come_and_go_are_found_whole() -> None:
    added = Block(BlockKind.PARAGRAPH, "CYCLISTS keep the old ferry.")
    assert "cyclists keep the old ferry." in edited(blocks=(*BEFORE.blocks, added))
    assert "buses use it free of charge." in edited(blocks=BEFORE.blocks[:1])


def test_captions_and_files_are_found() -> None:
    caption = edited(figures=(replace(BEFORE.figures[0], caption="The south gate."),))
    assert caption == "tunnel opens north south"
    assert "annex" in edited(attachments=(Attachment("https://files.example/2.pdf", "Annex"),))


def test_where_nothing_is_compared_all_text_counts() -> None:
    found = text_of_change(BEFORE.title, None, replace(BEFORE, source="Port Office"))
    for word in ("tunnel", "2,150", "charge", "port office", "north gate", "ada", "plan"):
        assert word in found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Straße", "STRASSE"),
        ("the  port\n office", "port"),
        ("soft\u00adhyphen", "softhyphen"),
        ("２０２６", "2026"),
        ("the minister’s", "minister's"),
        ("e\u0301lan", "élan"),
        ("长江 大桥", "长江大桥"),
        ("الميناء", "الميناء"),
    ],
)
def test_what_looks_the_same_is_the_same(written: str, asked: str) -> None:
    (word,) = wanted_words(asked)
    assert word in text_of_change(written, None, None)


def test_words_are_parted_by_blanks_once_each_and_bounded() -> None:
    assert wanted_words(" Harbour\ttunnel  HARBOUR \u200b : ") == ["harbour", "tunnel"]
    assert wanted_words("") == []
    assert len(wanted_words(" ".join(str(number) for number in range(1000)))) == MOST_WORDS
    assert wanted_words("x" * 5000) == ["x" * LONGEST_WORD]


def test_much_text_is_cut() -> None:
    huge = Article("Huge", tuple(Block(BlockKind.PARAGRAPH, "ﷺ" * 50_000) for _ in range(100)))
    assert len(text_of_change(huge.title, None, huge)) == LONGEST


@given(ANY_TEXT, DIFFS | st.none(), ARTICLES | st.none())
def test_any_change_has_bounded_text_with_its_title(
    title: str, diff: Diff | None, of: Article | None
) -> None:
    found = text_of_change(title, diff, of)
    assert len(found) <= LONGEST
    assert all(word in found for word in wanted_words(title[:1]))
