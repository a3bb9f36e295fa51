"""The frontier as Scrapy's scheduler: requests come from the database, one batch at a time."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scrapy.core.scheduler import BaseScheduler

from revisor.errors import StorageError
from revisor.model import FrontierEntry

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from twisted.internet.defer import Deferred

    from scrapers.spiders.portal import PortalSpider

BATCH = 32
PATIENCE = timedelta(minutes=5)
"""A host that asks for a longer pause is left to the next run."""


class FrontierQueue(BaseScheduler):
    """Hands out what the frontier holds for this run, until it is empty or the crawl drains."""

    def __init__(self) -> None:
        self._ready: deque[FrontierEntry] = deque()
        self._hops: deque[Request] = deque()
        self._spider: PortalSpider | None = None

    def open(self, spider: Spider) -> Deferred[None] | None:
        self._spider = spider  # type: ignore[assignment]  # the one spider there is
        return None

    def close(self, reason: str) -> Deferred[None] | None:  # noqa: ARG002  # Scrapy's signature
        return None

    def has_pending_requests(self) -> bool:
        spider = self._spider
        if spider is None:
            return False
        if self._hops:
            return True
        if spider.draining:
            return False
        if not self._ready:
            try:
                self._ready.extend(spider.task.frontier.take(BATCH))
            except StorageError as error:
                spider.stop(error)
            spider.waiting = len(self._ready)
        return bool(self._ready)

    def enqueue_request(self, request: Request) -> bool:
        """Take back a request that is tried again, or the next hop of a redirect."""
        self._hops.append(request)
        return True

    def next_request(self) -> Request | None:
        spider = self._spider
        if spider is None:
            return None
        if self._paused(spider):
            if spider.draining:
                self._hops.clear()  # taken again by the next run
            return None
        if self._hops:
            return self._hops.popleft()
        while self.has_pending_requests():
            entry = self._ready.popleft()
            spider.waiting = len(self._ready)
            if spider.is_there(entry):
                return spider.request(entry)
        return None

    @staticmethod
    def _paused(spider: PortalSpider) -> bool:
        """Whether the host asked for a pause; one past our patience drains the crawl."""
        until: datetime | None = spider.paused_until
        if until is None:
            return False
        left = until - spider.task.clock.now()
        if left > PATIENCE:
            spider.drain(f"the host asked to be left alone until {until:%Y-%m-%d %H:%M} UTC")
            return False
        return left > timedelta(0)
