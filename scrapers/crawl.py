"""One crawl, from the first request to the last stored answer. Runs a reactor: once in a process."""

from __future__ import annotations

from scrapy.crawler import AsyncCrawlerProcess

from revisor.errors import CrawlerCrashed
from scrapers.egress import guard
from scrapers.ports import CrawlResult, CrawlTask, OnStart
from scrapers.settings import scrapy_settings
from scrapers.spiders.portal import PortalSpider


def crawl(task: CrawlTask, on_start: OnStart) -> CrawlResult:
    """Crawl the task's portal to the end of its frontier, or until drained; blocks.

    on_start: called once in the running loop with a function that drains the crawl.
    Raises StorageError when an answer could not be stored, CrawlerCrashed at a fault of the spider.
    """
    settings = scrapy_settings(task.portal, task.contact, archived=task.network is not None)
    process = AsyncCrawlerProcess(settings)
    from twisted.internet import reactor  # noqa: PLC0415  # there is none before the process has installed it

    guard(reactor, task.portal.networks)
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, task=task, on_start=on_start)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if not isinstance(spider, PortalSpider):
        raise CrawlerCrashed("the crawl ended before its spider was made")
    if spider.fatal:
        raise spider.fatal
    complete = not spider.draining and task.frontier.unseen() == 0
    return CrawlResult(complete, spider.drain_reason, spider.fetched, spider.failed, spider.absent)
