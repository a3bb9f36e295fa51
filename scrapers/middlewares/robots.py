"""robots.txt as RFC 9309 has it: obeyed, and unreachable means "not now"."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from revisor.content import decode_content
from revisor.errors import FetchError, RobotsRefused, RobotsUnavailable
from scrapers.failures import name_failure
from scrapers.identity import PRODUCT
from scrapers.portal import resolve

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_BYTES = 500 * 1024  # RFC 9309 §2.5: at least this much must be read
MAX_HOPS = 5  # RFC 9309 §2.3.1.2
MAX_DELAY = 300.0
"""Seconds between requests that a host may ask for; with more, a crawl would never end."""

_PRIORITY = 1_000

logger = logging.getLogger(__name__)


class RobotsMiddleware:
    """Asks each host for its robots.txt once a crawl, before anything else of it is fetched."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass. Raises RobotsRefused, RobotsUnavailable."""
        if request.meta.get("is_robots_txt"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._load(origin))
        rules = await self._rules[origin]
        if not rules.can_fetch(request.url, PRODUCT):
            raise RobotsRefused(f"{origin}/robots.txt forbids {parts.path}")

    async def _load(self, origin: str) -> Protego:
        response = await self._fetch(f"{origin}/robots.txt")
        if response.status == 429 or response.status >= 500:
            raise RobotsUnavailable(f"{origin}/robots.txt answers {response.status}")
        if response.status != 200:  # §2.3.1.3: no rules, so everything is allowed
            return Protego.parse("")
        encoding = response.headers.get(b"Content-Encoding")
        coding = encoding.decode("latin-1") if encoding else None
        try:
            body = decode_content(response.body, coding, 16 * MAX_BYTES)
        except FetchError as error:
            raise RobotsUnavailable(f"{origin}/robots.txt: {error.message}") from error
        rules = Protego.parse(body[:MAX_BYTES].decode("utf-8", "replace"))
        self._slow_down(urlsplit(origin).hostname or "", rules.crawl_delay(PRODUCT))
        return rules

    async def _fetch(self, url: str) -> Response:
        for _ in range(MAX_HOPS + 1):
            request = Request(url, callback=NO_CALLBACK, priority=_PRIORITY, meta={"is_robots_txt": True})
            engine = self._crawler.engine
            if engine is None:
                raise RobotsUnavailable(f"{url} was not asked for: the crawl has ended")
            try:
                response = await engine.download_async(request)
            except Exception as error:
                named = name_failure(error, url)
                if isinstance(named, FetchError):
                    raise named from error
                raise
            if response.status not in {301, 302, 303, 307, 308}:
                return response
            target = resolve((response.headers.get(b"Location") or b"").decode("latin-1"), url)
            if target is None or not target.startswith(("http://", "https://")):
                raise RobotsUnavailable(f"{url} redirects to no address that can be read")
            url = target
        raise RobotsUnavailable(f"{url}: robots.txt redirects more than {MAX_HOPS} times")

    def _slow_down(self, host: str, delay: float | None) -> None:
        """Keep the longer of our pace and the host's Crawl-delay, then one request at a time."""
        engine = self._crawler.engine
        if not delay or not delay > self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        delay = min(delay, MAX_DELAY)
        downloader = engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1}  # idle slots are made anew
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency = delay, 1
        logger.info("%s asks for %s s between requests", host, delay)
