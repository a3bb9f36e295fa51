"""The first portal's shape: everything of the article, exactly, and nothing else."""

from __future__ import annotations

import pytest

from revisor.digest import digests
from revisor.model import Article, BlockKind, Rules
from scrapers.parsers.article import EXTRACTOR, explain, extract
from scrapers.parsers.phrases import is_counter
from tests.parsers.seed_page import SeedPage, build

RULES = Rules("test", EXTRACTOR)
HEADERS = (("Content-Type", "text/html"),)
SEEDS = range(40)


def article_of(page: SeedPage, html: str | None = None) -> Article:
    return extract((html or page.html).encode(), HEADERS, page.url, RULES).article


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_of_the_article_is_found_exactly(seed: int) -> None:
    page = build(seed)
    article = article_of(page)
    assert article.title == page.title
    assert (article.published, article.updated) == (page.published, page.updated)
    assert tuple(block.text for block in article.blocks) == page.paragraphs
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}
    assert article.figures == page.figures
    assert (article.source, article.byline, article.attachments) == (None, None, ())


@pytest.mark.parametrize("seed", SEEDS)
def test_furniture_is_thrown_away_and_named(seed: int) -> None:
    page = build(seed)
    discarded = explain(page.body, HEADERS, page.url, RULES).discarded
    for text in page.furniture:
        assert any(text in one.text for one in discarded), text
    assert all(one.reason for one in discarded)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sidebar_of_another_day_changes_nothing(seed: int) -> None:
    page = build(seed)
    other = page.html.replace("Piquing Interest", "Xi's Moments")
    for text in page.furniture[-3:]:
        other = other.replace(
            f">{text}<", ">An entirely different and much longer story of the day, told twice<"
        )
    assert other != page.html
    assert digests(article_of(page, other)) == digests(article_of(page))


@pytest.mark.parametrize("seed", range(10))
def test_one_number_edited_changes_one_block(seed: int) -> None:
    page = build(seed)
    before = article_of(page)
    after = article_of(page, page.html.replace("people heard", "people HEARD", 1))
    assert sum(a != b for a, b in zip(before.blocks, after.blocks, strict=True)) == 1


COUNTERS = (
    "Views: 51507",
    "Page views：1,204",
    "51 507 views",
    "Read 12 times",
    "浏览次数：1024次",
    "조회수 1,024",
)


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize("seed", range(4))
def test_a_counter_of_readers_is_no_part_of_the_article(seed: int, counter: str) -> None:
    """It differs with every answer, so each look at the page would be a change."""
    page = build(seed)
    end = page.html.index("</p>", page.html.index(page.paragraphs[-1][1:20])) + len("</p>")
    assert article_of(page, f"{page.html[:end]}<p>{counter}</p>{page.html[end:]}") == article_of(page)


@pytest.mark.parametrize(
    "text", ["Views of the harbour", "51 507 views on one question were heard", "Read on"]
)
def test_words_about_views_are_text(text: str) -> None:
    assert not is_counter(text)
