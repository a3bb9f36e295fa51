"""Answers made to trip a crawler: each is kept or fails by name, and the crawl goes on."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from scrapers.middlewares.robots import MAX_DELAY, RobotsMiddleware
from scrapers.ports import CrawlResult
from tests.scrapers.crawling import NOW, Order, run_crawl
from tests.scrapers.fault_server import FaultServer, http
from tests.scrapers.test_spider import PAGE, listing, portal


@pytest.mark.parametrize(
    "location",
    [
        "http://[broken",
        "http://news.example:port/",
        "",
        "\x1b[2J",
        "javascript:alert(1)",
        "a" * 5_000,
        "\xff\xfe",
    ],
)
def test_a_redirect_to_nowhere_is_kept_as_it_came(location: str) -> None:
    head = f"HTTP/1.1 302 X\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answers = {
        "/news.html": listing("a1.htm", "a2.htm"),
        "/a1.htm": head.encode("latin-1"),
        "/a2.htm": http(200, PAGE),
    }
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failures == []
    assert sorted(outcome.statuses()) == [200, 200, 302]
    assert server.asked.count("/a1.htm") == 1


def test_a_redirect_without_a_target_is_asked_for_once() -> None:
    with FaultServer({"/news.html": http(301)}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.statuses() == [301]
    assert server.asked.count("/news.html") == 1


def test_a_list_with_a_broken_base_is_kept_with_its_links() -> None:
    page = http(200, b"<base href='http://[broken'><a href=a1.htm>x</a>")
    with FaultServer({"/news.html": page, "/a1.htm": http(200, PAGE)}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.statuses() == [200, 200]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 100,
        b"<a href='http://[x'>" * 50,
        b"<div>" * 20_000,
        b"\xff\xfe" + b"\0<" * 500,
        b"%PDF-1.7",
    ],
)
def test_a_list_that_is_no_page_is_kept(body: bytes) -> None:
    with FaultServer({"/news.html": http(200, body)}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert [f.capture.body for f in outcome.fetches] == [body]
    assert isinstance(outcome.result, CrawlResult)
    assert outcome.result.complete


@pytest.mark.parametrize(
    "asked", ["99999999", "-5", "soon", "Mon, 99 Foo 2026 00:00:00 GMT", "٣٦٠٠", "1e9", "inf"]
)
def test_any_retry_after_leaves_the_host_alone_for_a_day_at_most(asked: str) -> None:
    head = f"HTTP/1.1 503 X\r\nRetry-After: {asked}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with FaultServer({"/news.html": head.encode()}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.statuses() == [503]
    (until,) = outcome.hosts.values()
    assert 0 < (until - NOW).total_seconds() <= 86_400


@pytest.mark.parametrize("location", ["http://[broken", "", "file:///etc/passwd", "/robots.txt"])
def test_robots_that_redirect_to_nowhere_mean_not_now(location: str) -> None:
    robots = http(301, b"", f"Location: {location}")
    with FaultServer({"/robots.txt": robots, "/news.html": listing()}) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["RobotsUnavailable"]
    assert "/news.html" not in server.asked


class FakeEngine:
    """Answers every robots.txt with the same rules; has one slot of the host."""

    def __init__(self, rules: bytes) -> None:
        self._rules = rules
        self.slot = SimpleNamespace(delay=2.0, concurrency=4)
        self.downloader = SimpleNamespace(slots={"news.example": self.slot}, per_slot_settings={})

    async def download_async(self, request: Request) -> Response:
        return Response(request.url, body=self._rules)


def asked_to_wait(delay: str) -> tuple[float, int]:
    engine = FakeEngine(f"User-agent: *\nCrawl-delay: {delay}\n".encode())
    crawler = SimpleNamespace(engine=engine, settings=Settings({"DOWNLOAD_DELAY": 2.0}))
    middleware = RobotsMiddleware(cast("Any", crawler))
    asyncio.run(middleware.process_request(Request("https://news.example/a")))
    later = {"delay": engine.slot.delay, "concurrency": 1}
    assert engine.downloader.per_slot_settings in ({}, {"news.example": later})
    return engine.slot.delay, engine.slot.concurrency


@pytest.mark.parametrize(
    ("delay", "slot"),
    [
        ("5", (5.0, 1)),
        ("1", (2.0, 4)),
        ("0", (2.0, 4)),
        ("-1", (2.0, 4)),
        ("soon", (2.0, 4)),
        ("nan", (2.0, 4)),
        ("inf", (2.0, 4)),
        ("1000000", (MAX_DELAY, 1)),
    ],
)
def test_the_longer_of_our_pace_and_the_hosts_is_kept_within_reason(
    delay: str, slot: tuple[float, int]
) -> None:
    assert asked_to_wait(delay) == slot


def test_robots_whose_body_is_broken_mean_not_now() -> None:
    answers = {"/robots.txt": http(200, b"no gzip", "Content-Encoding: gzip"), "/news.html": listing()}
    with FaultServer(answers) as server:
        outcome = run_crawl(Order(portal(server.url)))
    assert outcome.failure_names() == ["RobotsUnavailable"]
    assert "/news.html" not in server.asked
