"""The one spider: fetches what the frontier hands out, stores each answer, reports what it found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from revisor.content import decode_content
from revisor.errors import (
    BodyTooLarge,
    CrawlerCrashed,
    FetchError,
    HttpError,
    NotInArchive,
    RevisorError,
    StorageError,
)
from revisor.model import Capture, Discovered, Failure, Fetch, FrontierEntry, Headers, PageKind, Source
from scrapers.discover import BEYOND_LISTS, discover
from scrapers.failures import name_failure
from scrapers.portal import redirect_target
from scrapers.ports import CrawlTask, OnStart, Progress

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STATUSES = range(100, 600)  # RFC 9110 §15
MAX_HOPS = 5
MAX_HEADERS = 64 << 10
REPORT_QUEUE_EVERY = 5
"""Counting the queue asks the database, so not for every page."""


class PortalSpider(Spider):
    """Crawls any portal; `task` brings the portal and everything from outside."""

    name = "portal"

    def __init__(self, task: CrawlTask, on_start: OnStart) -> None:
        super().__init__()
        self.task = task
        self._on_start = on_start
        self.draining = False
        self.drain_reason: str | None = None
        self.paused_until: datetime | None = None
        self.fatal: RevisorError | None = None
        self.fetched = self.failed = self.absent = 0
        self.waiting = 0  # handed out by the frontier, not yet asked for
        self._left = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401  # Scrapy's form
        """The spider, told of its own faults."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.broken, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Put the sections into the frontier; the requests come from there (`FrontierQueue`)."""
        self._on_start(asyncio.get_running_loop(), self.drain)
        try:
            self._seed(self.task)
        except StorageError as error:
            self.stop(error)
        nothing: tuple[Request, ...] = ()  # the requests come from the frontier
        for request in nothing:
            yield request

    def _seed(self, task: CrawlTask) -> None:
        if task.only:
            task.frontier.add(Discovered(address, Source.MANUAL) for address in task.only)
        else:
            sections = (Discovered(address, Source.SECTION) for address in task.portal.start())
            task.frontier.add([*sections, *task.seeds])
        if task.network is None:
            self.paused_until = task.hosts.not_before(urlsplit(task.portal.base).hostname or "")

    def drain(self, reason: str) -> None:
        """Take nothing more from the frontier; what is under way is finished and kept."""
        self.draining = True
        self.drain_reason = self.drain_reason or reason

    def request(self, entry: FrontierEntry, url: str | None = None, hops: int = 0) -> Request:
        """The request for a frontier entry, conditional where an article's last answer carried validators.

        Lists are always asked for whole: what is taken from them depends on the portal file as well.
        """
        headers = {}
        if entry.address.kind is PageKind.ARTICLE:
            validators = (("If-None-Match", entry.etag), ("If-Modified-Since", entry.last_modified))
            headers = {name: value for name, value in validators if value}
        return Request(
            url or entry.address.url,
            callback=self.parse,
            errback=self.missed,
            headers=headers,
            cb_kwargs={"entry": entry, "hops": hops},
            dont_filter=True,
        )

    def is_there(self, entry: FrontierEntry) -> bool:
        """Whether to ask for an entry at all: what an archive lacks is only counted."""
        network = self.task.network
        if network is None or network.holds(entry.address.url):
            return True
        self._miss(entry.address.url)
        return False

    def _miss(self, url: str) -> None:
        self.absent += 1
        self._report(url)

    def parse(self, response: Response, entry: FrontierEntry, hops: int) -> Request | None:
        """Store one answer, or follow it to where the same page has gone.

        A page that our own code stumbles over is a named failure: it must neither be lost nor stop the rest.
        """
        try:
            return self._take(response, entry, hops)
        except FetchError as error:
            error.message = f"{response.url}: {error.message}"
            self._fail(entry, error, response.url, response.status if response.status in STATUSES else None)
        except Exception as error:
            self.logger.exception("%s could not be processed", response.url)
            what = f"{type(error).__name__}: {str(error)[:200]}"
            self._fail(entry, FetchError(f"{response.url} could not be processed: {what}"), response.url)
        return None

    def _take(self, response: Response, entry: FrontierEntry, hops: int) -> Request | None:
        capture = self._capture(response)
        found: tuple[Discovered, ...] = ()
        if capture.status in {301, 302, 303, 307, 308}:
            target = redirect_target(capture)
            address = self.task.portal.identify(target) if target else None
            if target and address and address.key == entry.address.key and hops < MAX_HOPS:
                return self.request(entry, target, hops + 1)
            deepest = self.task.portal.scope.list_depth + BEYOND_LISTS
            if address and not self.task.only and entry.depth < deepest:
                found = (Discovered(address, Source.REDIRECT, entry.depth + 1),)
        elif capture.status in {429, 503} and self.task.network is None:
            self._defer(capture)
        elif capture.status == 200 and not self.task.only:
            found = discover(self.task.portal, entry, capture.body, response.url)
        self._store(Fetch(entry, capture, found))
        return None

    def missed(self, failure: TwistedFailure) -> None:
        """Keep the failure of a request that brought no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        entry: FrontierEntry = request.cb_kwargs["entry"]
        self._fail(entry, name_failure(failure.value or FetchError("no answer"), request.url), request.url)

    def _capture(self, response: Response) -> Capture:
        archived: Capture | None = response.meta.get("capture")
        if archived is not None:
            return archived
        limit = self.task.portal.scope.max_page_mb * 1024 * 1024
        if response.status not in STATUSES:
            raise HttpError(f"the answer is {str(response.status)[:20]}, which is no HTTP status")
        headers: Headers = tuple(
            (key.decode("latin-1"), value.decode("latin-1"))
            for key, values in response.headers.items()
            for value in values
        )
        if sum(len(key) + len(value) for key, value in headers) > MAX_HEADERS:
            raise BodyTooLarge(f"the headers are larger than {MAX_HEADERS >> 10} kB")
        encoding = response.headers.get(b"Content-Encoding")
        body = decode_content(response.body, encoding.decode("latin-1") if encoding else None, limit)
        return Capture(response.url, response.status, headers, body, self.task.clock.now())

    def _defer(self, capture: Capture) -> None:
        """Honour Retry-After (RFC 9110 §10.2.3), for all processes; without it, wait a minute."""
        now = self.task.clock.now()
        asked = (capture.header("retry-after") or "60").strip()
        if asked.isdecimal() and len(asked) < 8:
            until = now + timedelta(seconds=int(asked))
        else:
            try:
                until = parsedate_to_datetime(asked)
                until = until if until.tzinfo else until.replace(tzinfo=now.tzinfo)
            except ValueError:
                until = now + timedelta(seconds=60)
        until = min(until, now + timedelta(days=1))
        self.paused_until = max(until, self.paused_until or until)
        self.task.hosts.defer(urlsplit(capture.url).hostname or "", self.paused_until)

    def _store(self, fetch: Fetch) -> None:
        try:
            self.task.sink.store(fetch)
        except StorageError as error:
            self.stop(error)
            return
        self.fetched += 1
        self._report(fetch.capture.url)

    def _fail(self, entry: FrontierEntry, error: RevisorError, url: str, status: int | None = None) -> None:
        if isinstance(error, NotInArchive):
            self._miss(url)
            return
        failure = Failure(url, error.name, error.message, self.task.clock.now(), status)
        try:
            self.task.sink.fail(entry, failure)
        except StorageError as stored:
            self.stop(stored)
            return
        self.failed += 1
        self._report(url)

    def broken(self, failure: TwistedFailure) -> None:
        """End the crawl at a fault of ours that belongs to no page: Scrapy would log it and go on."""
        self.stop(CrawlerCrashed(f"the spider failed: {type(failure.value).__name__}: {failure.value}"))

    def stop(self, error: RevisorError) -> None:
        """End the crawl with an error: what cannot be stored need not be fetched."""
        self.fatal = self.fatal or error
        self.drain(error.message)

    def _report(self, url: str) -> None:
        done = self.fetched + self.failed + self.absent
        if done % REPORT_QUEUE_EVERY == 1:
            self._left = self.task.frontier.pending()
        queued = self._left + self.waiting
        self.task.report(Progress(self.fetched, self.failed, self.absent, queued, url))
