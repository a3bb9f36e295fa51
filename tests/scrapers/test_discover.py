"""Which pages a fetched page leads to."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revisor.model import Address, Discovered, FrontierEntry, PageKind, Source
from scrapers.discover import MAX_LINKS, discover, discover_on, hrefs
from scrapers.portal import MAX_URL, Portal, Scope, Section, Urls
from tests.scrapers.crawling import capture

BASE = "https://news.example/"
PAGE = f"{BASE}en/news.html"
NEWS = Portal(
    name="news",
    base=BASE,
    sections=(Section("News", "en/news.html"), Section("Other", "en/other.html")),
    urls=Urls(article=(r"/a(?P<id>\d+)\.htm$",), list=(r"/(?P<section>[a-z]+)_\d+\.html$",)),
    scope=Scope(list_depth=3),
)


def found(body: bytes, url: str = PAGE) -> list[str]:
    return list(hrefs(body, url))


def on(body: bytes) -> list[str]:
    return [d.address.key for d in discover_on(NEWS, capture(PAGE, body))]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (b"<a href=a1.htm>x</a>", ["en/a1.htm"]),
        (b"<A HREF='/a1.htm'>", ["a1.htm"]),
        (b"<a href='  a1.htm\n'>", ["en/a1.htm"]),
        (b"<a href=b><a href=a><a href=b><a href=c>", ["en/b", "en/a", "en/c"]),
        (b"<a href='b?x=1&amp;y=2'><a href='b?x=1&y=2'>", ["en/b?x=1&y=2"]),
        (b"<a href='&#97;1.htm'>", ["en/a1.htm"]),
        (b"<map><area href=a1.htm></map><a href=a2.htm>", ["en/a1.htm", "en/a2.htm"]),
        (b"<a name=top>x</a><a href=a1.htm>", ["en/a1.htm"]),
        (b"<a href='#top'><a href='javascript:void(0)'><a href='mailto:a@b.c'><a href='tel:1'>", []),
        (b"<!-- <a href=a1.htm> --><script>'<a href=a2.htm>'</script>", []),
        (b"<a href='http://[broken'><a href=a1.htm>", ["en/a1.htm"]),
        (b"<p><div><a href=a1.htm><table><td><a href=a2.htm>", ["en/a1.htm", "en/a2.htm"]),
        ("<a href='新闻.htm'>".encode(), ["en/新闻.htm"]),
    ],
)
def test_links_in_the_pages_order_each_once(body: bytes, links: list[str]) -> None:
    assert found(body) == [BASE + link for link in links]


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ("<base href='/zh/'>", f"{BASE}zh/a1.htm"),
        ("<base href='https://cdn.example/x/y'>", "https://cdn.example/x/a1.htm"),
        ("<base href='/first/'><base href='/second/'>", f"{BASE}first/a1.htm"),
        ("<base target=_blank>", f"{BASE}en/a1.htm"),
        ("<base href=''>", f"{BASE}en/a1.htm"),
        ("<base href='http://[broken'>", f"{BASE}en/a1.htm"),
        (f"<base href='/{'x/' * MAX_URL}'>", f"{BASE}en/a1.htm"),
    ],
)
def test_the_base_of_a_page_counts_where_it_can_be_read(base: str, link: str) -> None:
    assert found(f"<head>{base}</head><a href=a1.htm>".encode()) == [link]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\0",
        b"\0\0\0\0",
        b"<",
        b"<!--",
        b"<?xml",
        b"%PDF-1.7\n\xe2\xe3",
        b"\x89PNG\r\n\x1a\n",
        b"no markup",
    ],
)
def test_what_is_no_page_has_no_links(body: bytes) -> None:
    assert found(body) == []


def test_bytes_that_are_no_utf8_and_nuls_leave_the_other_links() -> None:
    gbk = "<title>新闻</title><a href=a1.htm>头条</a>".encode("gbk")
    assert found(gbk) == [f"{BASE}en/a1.htm"]
    assert f"{BASE}en/a2.htm" in found(b"<a href=a\0b><p>\0\0</p>\xff\xfe<a href=a2.htm>")


def test_links_are_found_far_below_any_honest_nesting_and_deeper_ones_break_nothing() -> None:
    assert found(b"<div>" * 1_500 + b"<a href=a1.htm>") == [f"{BASE}en/a1.htm"]
    assert found(b"<div>" * 50_000 + b"<a href=a1.htm>") == []


def test_a_tag_of_very_many_attributes_is_not_parsed() -> None:
    """Parsing it would take time that grows with the square of their number."""
    attributes = b" ".join(b"a%d=1" % n for n in range(100_000))
    assert found(b"<a " + attributes + b" href=a1.htm>") == []


def test_many_links_and_areas_take_linear_time() -> None:
    assert len(found(b"<a href=x></a>" * 50_000 + b"<area href=y>" * 50_000)) == 1


def test_a_page_of_very_many_links_is_cut() -> None:
    body = b"".join(b"<a href=a%d.htm></a>" % n for n in range(MAX_LINKS + 500))
    assert len(found(body)) == MAX_LINKS
    assert len(discover_on(NEWS, capture(PAGE, body))) == MAX_LINKS


def test_the_cut_counts_what_is_looked_at_not_what_is_new() -> None:
    assert found(b"<a href=a1.htm></a>" * MAX_LINKS + b"<a href=a2.htm>") == [f"{BASE}en/a1.htm"]


def test_an_overlong_link_is_left_out() -> None:
    assert found(b"<a href='" + b"x" * (MAX_URL + 1) + b"'><a href=a1.htm>") == [f"{BASE}en/a1.htm"]


# --- what the portal makes of it ----------------------------------------------


def test_only_the_portals_pages_and_not_the_page_itself() -> None:
    body = (
        b"<a href=news.html><a href=/en/news.html#top><a href=news_2.html><a href=other.html><a href=a1.htm>"
        b"<a href=https://elsewhere.example/a2.htm><a href=about.html><a href=JavaScript:a3.htm>"
    )
    assert on(body) == [f"{BASE}en/news_2.html", f"{BASE}en/other.html", "id:1"]


def test_one_page_behind_several_addresses_is_found_once() -> None:
    assert on(b"<a href=a1.htm><a href=http://NEWS.example/x/a1.htm><a href='a1.htm#c'>") == ["id:1"]


def test_articles_of_a_list_carry_its_section_and_what_they_link_to_does_not() -> None:
    entry = FrontierEntry(Address(PAGE, PAGE, PageKind.LIST, "News"), 1)
    body = b"<a href=a1.htm><a href=other_2.html>"
    assert discover(NEWS, entry, body, PAGE) == (
        Discovered(Address("id:1", f"{BASE}en/a1.htm", PageKind.ARTICLE, "News"), Source.LIST, 2),
        Discovered(
            Address(f"{BASE}en/other_2.html", f"{BASE}en/other_2.html", PageKind.LIST, "Other"),
            Source.LIST,
            2,
        ),
    )
    article = FrontierEntry(Address("id:9", f"{BASE}en/a9.htm", PageKind.ARTICLE, "News"), 2)
    assert discover(NEWS, article, b"<a href=a1.htm><a href=a9.htm>", PAGE) == (
        Discovered(Address("id:1", f"{BASE}en/a1.htm", PageKind.ARTICLE), Source.LINK, 3),
    )


def test_lists_end_at_the_portals_depth_and_articles_do_not() -> None:
    deep = FrontierEntry(Address(PAGE, PAGE, PageKind.LIST, "News"), NEWS.scope.list_depth)
    body = b"<a href=a1.htm><a href=news_2.html>"
    assert [d.address.key for d in discover(NEWS, deep, body, PAGE)] == ["id:1"]
    shallow = msgspec.structs.replace(NEWS, scope=Scope(list_depth=4))
    assert len(discover(shallow, deep, body, PAGE)) == 2


_MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                b"<a ",
                b"<base ",
                b"<area ",
                b"href=",
                b"'",
                b'"',
                b">",
                b"<",
                b"http://[",
                b"//",
                b"a1.htm",
                b"\0",
                b"\xff",
            ),
            *(
                b"<!--",
                b"-->",
                b"<![CDATA[",
                b"<?xml encoding='x'?>",
                b"&#xD800;",
                b"&#0;",
                b"&amp",
                b"<svg>",
                b"<table>",
            ),
            *(
                b"<script>",
                b"<template>",
                b"<frameset>",
                b"<p",
                b"\xfe\xff",
                b"\xef\xbb\xbf",
                b" ",
                b"news_2.html",
            ),
        ]
    ),
    max_size=30,
).map(b"".join)


@given(st.one_of(st.binary(), _MARKUP))
@example(b"<base href='http://['><a href=a1.htm>")
@example(b"<a href='//[x'><a href='http://x:y/'>")
def test_no_bytes_break_it(body: bytes) -> None:
    for address in discover_on(NEWS, capture(PAGE, body)):
        assert address.address.url.startswith(BASE)
