"""Dates: what counts as publication, what as update, what as neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.model import Article, Rules
from scrapers.parsers import dates
from scrapers.parsers.article import EXTRACTOR, extract

DAY_FIRST = dates.Order(day_first=True)
UNKNOWN = dates.Order(day_first=None)
TEXT = "<p>The harbour office has approved a new breakwater, the council said in the evening.</p>" * 3


def read(
    dateline: str,
    *,
    url: str = "http://portal.example/a.htm",
    head: str = "",
    title: str = "A new breakwater",
    after: str = "",
    time_zone: str = "UTC",
) -> Article:
    article = f"<div><h1>{title}</h1>{dateline}<div>{TEXT}</div>{after}</div>"
    html = f"<head><title>{title}</title>{head}</head><body>{article}"
    return extract(html.encode(), (), url, Rules("test", EXTRACTOR, time_zone=time_zone)).article


@pytest.mark.parametrize(
    "written",
    [
        "2023-09-21", "2023/09/21", "2023.9.21", "2023年9月21日", "2023년 9월 21일", "21.9.2023",
        "21. 9. 2023",
        "September 21, 2023", "Sept 21, 2023", "Sep. 21 2023", "21 September 2023", "21st of September 2023",
        "21. September 2023", "21 septembre 2023", "21 de septiembre de 2023", "21 сентября 2023",
        "21 सितंबर 2023",
        "21/09/2023", "09/21/2023", "令和5年9月21日", "2023 09/ 21 20:52:15",
    ],
)  # fmt: skip
def test_spellings(written: str) -> None:
    assert [found.value.isoformat() for found in dates.find(written, UNKNOWN)] == ["2023-09-21"]


def test_day_and_month_in_an_unknown_order_are_no_date() -> None:
    assert dates.find("03/04/2020", UNKNOWN) == []
    assert dates.find("03/04/2020", DAY_FIRST)[0].value.isoformat() == "2020-04-03"


@pytest.mark.parametrize(
    "written", ["2023-13-41", "31 February 2023", "12023-09-21", "version 2.10.2023.1", "page 21/2023"]
)
def test_what_is_no_date(written: str) -> None:
    assert dates.find(written, DAY_FIRST) == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for found in dates.find(text, DAY_FIRST):
        assert dates.label(text, found) in {"", "updated", "published", "neither"}
    dates.machine(text, "Australia/Melbourne")
    dates.yearless(text)
    dates.in_url(text)


@pytest.mark.parametrize(
    "line", ["Updated: 2023-09-21", "Updated:2023-09-21", "Update:2023-09-21", "Updated : 2023-09-21",
             "Updated: September 21, 2023", "Updated: Sep 21, 2023", "Last modified 21 September 2023"],
)  # fmt: skip
def test_an_update_is_not_a_publication(line: str) -> None:
    article = read(f"<p>{line}</p>")
    assert (article.published, article.updated) == (None, "2023-09-21")
    assert all("2023" not in block.text for block in article.blocks)


def test_the_path_tells_the_publication() -> None:
    article = read("<p>Updated: 2023-09-22</p>", url="http://portal.example/2023-09/21/c_1.htm")
    assert (article.published, article.updated) == ("2023-09-21", "2023-09-22")


def test_a_date_without_year_takes_that_of_the_update() -> None:
    article = read(
        "<p>Media release 12 April</p>",
        after="<div>Updated on 13/04/2020</div>",
        time_zone="Australia/Melbourne",
    )
    assert (article.published, article.updated) == ("2020-04-12", "2020-04-13")


def test_the_headline_is_the_last_resort() -> None:
    assert read("", title="Harbour update - 26 April 2020").published == "2020-04-26"
    assert (
        read("<p>Published 27 April 2020</p>", title="Harbour update - 26 April 2020").published
        == "2020-04-27"
    )


def test_the_visible_date_wins_over_a_declared_one() -> None:
    head = '<meta property="article:published_time" content="2020-01-02T03:04:05+00:00">'
    assert read("<p>3 February 2020</p>", head=head).published == "2020-02-03"
    assert read("", head=head).published == "2020-01-02T03:04:05+00:00"
    assert read("", head=head, time_zone="Asia/Shanghai").published == "2020-01-02T11:04:05+08:00"


@pytest.mark.parametrize(
    "head",
    ['<meta name="build_time" content="2020-01-02">', '<meta name="review.date" content="2020-01-02">',
     '<meta property="article:published_time" content="soon">',
     '<script type="application/ld+json">{"@type": [</script>'],
)  # fmt: skip
def test_build_and_review_times_are_no_dates(head: str) -> None:
    assert read("", head=head).published is None


@pytest.mark.parametrize(
    "line",
    [
        "Today is March 3, 2020",
        "Deadline: March 3, 2020",
        "Next review: March 3, 2020",
        "Date and time: March 3, 2020",
    ],
)
def test_dates_of_something_else_are_none(line: str) -> None:
    article = read(f"<p>{line}</p>")
    assert (article.published, article.updated) == (None, None)


def test_json_ld() -> None:
    dates = '"datePublished": "2020-01-02", "dateModified": "2020-01-03"'
    data = f'{{"@context": "x", "@graph": [{{"@type": "NewsArticle", {dates}}}]}}'
    article = read("", head=f'<script type="application/ld+json">{data}</script>')
    assert (article.published, article.updated) == ("2020-01-02", "2020-01-03")
