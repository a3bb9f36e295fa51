"""What is cosmetic, and that digests name articles for good."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.digest import digests, fold, folded_block
from revisor.model import Article, Attachment, Block, BlockKind, Figure
from tests.revisor.articles import LONE_SURROGATES, article, articles, paragraph, row, texts

COMPLETE = Article(
    title="T",
    blocks=(paragraph("One “two” three."), row("a", "b"), Block(BlockKind.HEADING, "H", level=2)),
    published="2023-09-21",
    updated="2023-09-22",
    source="S",
    byline="B",
    language="en",
    figures=(Figure("/1.jpg", "c", "d", "e", 1), Figure("/2.jpg")),
    attachments=(Attachment("/1.pdf", "x"), Attachment("/2.pdf", "y")),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b", "a\u00a0b"),
        ("a b", " a\n\tb "),
        ("ab", "a\u200bb"),
        ("ab", "a\u00adb"),
        ("ab", "\u2066ab\u2069"),
        ("❤", "❤\ufe0f"),
        ("it's", "it’s"),
        ("it's", "it´s"),
        ('5"', "5″"),
        ('"a"', "“a”"),
        ('"a"', "「a」"),
        ("a-b", "a–b"),
        ("a-b", "a\u2011b"),
        ("wait...", "wait…"),
        ("file", "ﬁle"),
        ("ＡＢ１", "AB1"),
        ("e\u0301", "é"),
        ("Label", "Label:"),
        ("标签", "标签："),
        ("Date : May", "Date: May"),
        ("(a)", "( a )"),
        ("共 15 人", "共15人"),
        ("珠海，", "珠海， "),
        ("日本 語", "日本語"),
    ],
)
def test_cosmetic(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,500", "1,560"),
        ("1,500", "1500"),
        ("May", "may"),
        ("10 20", "1020"),
        ("New York", "NewYork"),
        ("한국 사람", "한국사람"),
        ("a:b", "ab"),
        ("can't", "cant"),
        ("a-b", "ab"),
        ("is it.", "is it?"),
        ("é", "e"),
    ],
)
def test_not_cosmetic(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(texts(*LONE_SURROGATES) | st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "after",
    [
        replace(COMPLETE, title="t"),
        replace(COMPLETE, published=None),
        replace(COMPLETE, updated="2023-09-23"),
        replace(COMPLETE, source="X"),
        replace(COMPLETE, byline=None),
        replace(COMPLETE, published=COMPLETE.updated, updated=COMPLETE.published),
        replace(COMPLETE, source=COMPLETE.byline, byline=COMPLETE.source),
        replace(COMPLETE, blocks=COMPLETE.blocks[::-1]),
        replace(COMPLETE, blocks=(*COMPLETE.blocks, COMPLETE.blocks[0])),
        replace(COMPLETE, blocks=(COMPLETE.blocks[0], row("a b"), COMPLETE.blocks[2])),
        replace(COMPLETE, figures=COMPLETE.figures[:1]),
        replace(COMPLETE, figures=(replace(COMPLETE.figures[0], image="/1.JPG"), COMPLETE.figures[1])),
        replace(COMPLETE, figures=(replace(COMPLETE.figures[0], image="/1.jpg:"), COMPLETE.figures[1])),
        replace(
            COMPLETE, figures=(replace(COMPLETE.figures[0], caption="d", credit="c"), COMPLETE.figures[1])
        ),
        replace(COMPLETE, attachments=()),
    ],
)
def test_both_digests_name_what_an_article_says(after: Article) -> None:
    assert digests(after).folded != digests(COMPLETE).folded
    assert digests(after).exact != digests(COMPLETE).exact


@pytest.mark.parametrize(
    "after",
    [
        replace(COMPLETE, blocks=(paragraph('One "two" three.'), *COMPLETE.blocks[1:])),
        replace(COMPLETE, blocks=(*COMPLETE.blocks, paragraph("\u200b"))),
        replace(COMPLETE, blocks=(*COMPLETE.blocks[:2], paragraph("H"))),
        replace(COMPLETE, figures=COMPLETE.figures[::-1]),
        replace(COMPLETE, figures=(replace(COMPLETE.figures[0], alt=None), COMPLETE.figures[1])),
        replace(COMPLETE, attachments=COMPLETE.attachments[::-1]),
        replace(COMPLETE, title="T:"),
    ],
)
def test_only_the_exact_digest_sees_presentation(after: Article) -> None:
    assert digests(after).folded == digests(COMPLETE).folded
    assert digests(after).exact != digests(COMPLETE).exact


@pytest.mark.parametrize(
    "after",
    [
        replace(COMPLETE, language=None),
        replace(COMPLETE, figures=(replace(COMPLETE.figures[0], position=9), COMPLETE.figures[1])),
        replace(COMPLETE, figures=(COMPLETE.figures[0], replace(COMPLETE.figures[1], caption="", alt=""))),
    ],
)
def test_neither_digest_sees_the_rest(after: Article) -> None:
    assert digests(after) == digests(COMPLETE)


@given(articles(*LONE_SURROGATES))
def test_digests_tell_their_version(one: Article) -> None:
    assert digests(one) == digests(one)
    assert all(
        digest.startswith("1:") and len(digest) == 42 for digest in (digests(one).exact, digests(one).folded)
    )


def test_a_block_that_says_nothing_folds_to_nothing() -> None:
    assert folded_block(paragraph("\u200b: ")) == folded_block(row("", "\u00a0")) == ()
    assert folded_block(row("", "10")) == ("", "10")


def test_the_digest_of_a_known_article_never_changes() -> None:
    """Stored digests are compared with fresh ones years later: another value needs another DIGEST_VERSION."""
    assert digests(COMPLETE).exact == "1:63a9ddce2990815f6503dd102dccc3a411eb7aae"
    assert digests(COMPLETE).folded == "1:e90f0e400e50e8fa16b2c5e0dd7583b0550c9e8f"


@pytest.mark.parametrize("seed", ["0", "1"])
def test_digests_are_the_same_in_any_process(seed: str) -> None:
    code = (
        "from revisor.digest import digests; from revisor.model import *;"
        "print(digests(Article('Title', (Block(BlockKind.PARAGRAPH, 'Text'),))).exact)"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == digests(article("Text")).exact


@pytest.mark.parametrize(
    ("before", "after"), [("10²", "102"), ("5 m³", "5 m3"), ("H₂O", "H2O"), ("10⁶", "106")]
)
def test_raised_and_lowered_digits_are_not_ordinary_ones(before: str, after: str) -> None:
    assert fold(before) != fold(after)
