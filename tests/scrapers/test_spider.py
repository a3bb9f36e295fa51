"""The spider against a real server on loopback."""

from __future__ import annotations

import gzip
import zlib
from datetime import timedelta

import msgspec
import pytest

from revisor.errors import StorageError
from revisor.model import Address, Capture, FrontierEntry, PageKind
from scrapers.portal import NetworkRules, Pace, Portal, Scope, Section, Urls
from scrapers.ports import CrawlResult
from tests.scrapers.crawling import NOW, Order, Shelf, run_crawl
from tests.scrapers.fault_server import FaultServer, http

PAGE = b"<html><body><h1>Title</h1><p>Some text of an article.</p></body></html>"


def portal(base: str, **changes: object) -> Portal:
    made = Portal(
        name="fault",
        base=base,
        sections=(Section("News", "news.html"),),
        urls=Urls(article=(r"^/a(?P<id>\d+)\.htm$",), list=(r"^/(?P<section>[a-z]+)_\d+\.html$",)),
        pace=Pace(delay=0, concurrency=4, timeout=5),
        network=NetworkRules(("127.0.0.0/8",)),
    )
    return msgspec.structs.replace(made, **changes)


def listing(*hrefs: str) -> bytes:
    return http(
        200, b"<html><body>" + b"".join(f'<a href="{h}">x</a>'.encode() for h in hrefs) + b"</body></html>"
    )


def test_follows_lists_and_articles_each_once() -> None:
    answers = {
        "/news.html": listing(
            "/a1.htm", "a2.htm", "/a1.htm#top", "news_2.html", "https://elsewhere.example/a9.htm"
        ),
        "/news_2.html": listing("/a3.htm", "/a1.htm", "news.html"),
        **{f"/a{n}.htm": http(200, PAGE) for n in (1, 2, 3)},
    }
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert isinstance(outcome.result, CrawlResult)
    assert outcome.result.complete
    assert sorted(server.asked) == sorted(["/robots.txt", *answers])
    assert {f.capture.body for f in outcome.fetches if f.entry.address.kind is PageKind.ARTICLE} == {PAGE}
    assert {d.address.section for d in outcome.found if d.address.kind is PageKind.ARTICLE} == {"News"}
    assert all(f.capture.fetched_at == NOW for f in outcome.fetches)


@pytest.mark.parametrize(
    ("coding", "body", "good"),
    [
        ("gzip", gzip.compress(PAGE), True),
        ("gzip", gzip.compress(PAGE)[:-4], False),
        ("gzip", gzip.compress(PAGE)[:30], False),
        ("deflate", zlib.compress(PAGE), True),
        ("deflate", zlib.compress(PAGE)[2:-4], True),
        ("gzip", PAGE, False),
        ("br", PAGE, False),
    ],
)
def test_a_coded_body_is_whole_or_a_failure(coding: str, body: bytes, good: bool) -> None:
    with FaultServer({"/news.html": http(200, body, f"Content-Encoding: {coding}")}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert [f.capture.body for f in outcome.fetches] == ([PAGE] if good else [])
    assert outcome.failure_names() == ([] if good else ["TruncatedBody"])


def test_a_body_that_breaks_off_is_a_failure_after_one_more_try() -> None:
    with FaultServer({"/news.html": http(200, PAGE, length=len(PAGE) + 10)}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["TruncatedBody"]
    assert server.asked.count("/news.html") == 2


def test_a_body_past_the_limit_is_a_failure() -> None:
    bomb = gzip.compress(b"x" * 3_000_000)
    answers = {
        "/news.html": listing("a1.htm", "a2.htm"),
        "/a1.htm": http(200, bomb, "Content-Encoding: gzip"),
        "/a2.htm": http(200, b"y" * 1_100_000),
    }
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url, scope=Scope(max_page_mb=1))))
    assert outcome.failure_names() == ["BodyTooLarge", "BodyTooLarge"]


@pytest.mark.parametrize(("robots", "names"), [(503, ["RobotsUnavailable"]), (404, []), (403, [])])
def test_robots_that_cannot_be_read_mean_not_now(robots: int, names: list[str]) -> None:
    with FaultServer({"/robots.txt": http(robots), "/news.html": listing()}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == names
    assert ("/news.html" in server.asked) == (not names)


def test_robots_rules_are_obeyed() -> None:
    rules = http(200, b"User-agent: Revisor\nDisallow: /a1\n", content_type="text/plain")
    answers = {"/robots.txt": rules, "/news.html": listing("a1.htm", "a2.htm"), "/a2.htm": http(200, PAGE)}
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["RobotsRefused"]
    assert "/a1.htm" not in server.asked
    assert "/a2.htm" in server.asked


def test_a_redirect_is_followed_only_where_the_page_stays_itself() -> None:
    answers = {
        "/news.html": listing("a1.htm", "a2.htm", "a3.htm"),
        "/a1.htm": http(301, b"", "Location: /a1.htm?moved=1"),
        "/a1.htm?moved=1": http(200, PAGE),
        "/a2.htm": http(302, b"", "Location: http://elsewhere.example/"),
        "/a3.htm": http(301, b"", "Location: /a4.htm"),
        "/a4.htm": http(200, PAGE),
    }
    urls = Urls(article=(r"^/a(?P<id>\d+)\.htm",))
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url, urls=urls)))
    got = {f.entry.address.key: f.capture.status for f in outcome.fetches}
    assert got["id:1"] == 200
    assert got["id:2"] == 302
    assert got["id:3"] == 301
    assert got["id:4"] == 200


def test_a_redirect_loop_ends() -> None:
    with FaultServer({"/news.html": http(301, b"", "Location: /news.html")}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.statuses() == [301]
    assert server.asked.count("/news.html") == 6


def test_a_private_address_is_not_reached() -> None:
    with FaultServer({"/news.html": listing()}) as server:
        outcome = run_crawl(Order(portal(server.url, network=NetworkRules())))
    assert server.asked == []
    assert outcome.failure_names() == ["EgressRefused"]


def test_an_unreachable_host_is_named() -> None:
    outcome = run_crawl(Order(portal("http://127.0.0.1:9/")))
    assert outcome.failure_names() == ["HostUnreachable"]
    outcome = run_crawl(Order(portal("http://no-such-host.invalid/")))
    assert outcome.failure_names() == ["HostUnreachable"]


def test_validators_are_sent_and_304_is_kept() -> None:
    def article(request: str) -> bytes:
        return http(304 if 'if-none-match: "x"' in request.lower() else 200)

    with FaultServer({"/news.html": listing(), "/a1.htm": article}) as server:
        address = Address("id:1", f"{server.url}a1.htm", PageKind.ARTICLE)
        outcome = run_crawl(Order(portal(server.url), entries=(FrontierEntry(address, etag='"x"'),)))
    assert outcome.statuses() == [200, 304]


def test_retry_after_is_kept_for_everyone_and_ends_a_long_wait() -> None:
    answers = {"/news.html": http(429, b"slow down", "Retry-After: 3600")}
    with FaultServer(answers) as server:
        outcome = run_crawl(
            Order(portal(server.url, sections=(Section("News", "news.html"), Section("B", "b.html"))))
        )
    assert outcome.hosts == {"127.0.0.1": NOW + timedelta(hours=1)}
    assert isinstance(outcome.result, CrawlResult)
    assert outcome.result.drained
    assert not outcome.result.complete


def test_draining_keeps_what_is_under_way() -> None:
    answers = {"/news.html": listing(*(f"a{n}.htm" for n in range(100)))}
    answers |= {f"/a{n}.htm": http(200, PAGE) for n in range(100)}
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url), drain_after=10))
    assert isinstance(outcome.result, CrawlResult)
    assert not outcome.result.complete
    assert 10 <= len(outcome.fetches) <= 20
    assert len(outcome.fetches) == len([path for path in server.asked if path != "/robots.txt"])


def test_a_store_that_fails_ends_the_crawl_with_its_error() -> None:
    answers = {"/news.html": listing(*(f"a{n}.htm" for n in range(100)))}
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url), fail_at=5))
    assert isinstance(outcome.result, StorageError)
    assert len(outcome.fetches) == 5
    assert len(server.asked) < 30


def test_an_archive_that_asks_for_a_pause_is_not_waited_for() -> None:
    """An archive's clock stands still, so a pause in it would never end."""
    news = "http://news.example/news.html"
    answer = Capture(news, 503, (("Retry-After", "60"),), b"later", NOW)
    outcome = run_crawl(Order(portal("http://news.example/"), network=Shelf({news: answer})))
    assert outcome.statuses() == [503]
    assert isinstance(outcome.result, CrawlResult)
    assert outcome.result.complete
    assert outcome.hosts == {}


def test_a_page_that_our_code_stumbles_over_is_a_named_failure_and_the_crawl_goes_on() -> None:
    answers = {"/news.html": listing(*(f"a{n}.htm" for n in range(9)))}
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url), bug_at=5))
    assert isinstance(outcome.result, CrawlResult)
    assert len(outcome.fetches) == 5
    assert outcome.failure_names() == ["FetchError"] * 5
    assert "ZeroDivisionError" in outcome.failures[0].message
    assert len(server.asked) == 11


def test_a_status_that_is_none_is_a_failure() -> None:
    with FaultServer({"/news.html": http(99999999999999999999, b"x")}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["HttpError"]


def test_endless_headers_are_a_failure() -> None:
    headers = [f"X-{n}: {'x' * 8000}" for n in range(20)]
    with FaultServer({"/news.html": http(200, PAGE, *headers)}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["BodyTooLarge"]


def test_lists_are_always_asked_for_whole() -> None:
    """What is taken from a list depends on the portal file too, so an unchanged list may bring new pages."""
    with FaultServer({"/news.html": listing("a1.htm"), "/a1.htm": http(200, PAGE)}) as server:
        news = Address(f"{server.url}news.html", f"{server.url}news.html", PageKind.LIST, "News")
        run_crawl(Order(portal(server.url), entries=(FrontierEntry(news, etag='"x"'),)))
    assert not any("if-none-match" in request.lower() for request in server.requests)


def test_a_frontier_that_fails_ends_the_crawl_with_its_error() -> None:
    with FaultServer({"/news.html": listing()}) as server:
        outcome = run_crawl(Order(portal(server.url), frontier_fails=True))
    assert isinstance(outcome.result, StorageError)
    assert server.asked == []
