"""The Scrapy settings of every crawl; each departure from Scrapy's defaults has its reason."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.downloadermiddlewares.defaultheaders import DefaultHeadersMiddleware
from scrapy.downloadermiddlewares.downloadtimeout import DownloadTimeoutMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.useragent import UserAgentMiddleware
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from scrapy.spidermiddlewares.start import StartSpiderMiddleware

from revisor.content import ACCEPTED
from scrapers.archive_handler import ArchiveHandler
from scrapers.frontier_queue import FrontierQueue
from scrapers.identity import user_agent
from scrapers.middlewares.robots import RobotsMiddleware
from scrapers.portal import Portal

# What is used, and nothing else: the rest of Scrapy's defaults is ways in (telnet, remote control), ways that
# accept half a gzip body as whole (httpcompression) or take redirects unseen, and 0.4 s of imports.
_DOWNLOADER_MIDDLEWARES: dict[type, int] = {
    DownloadTimeoutMiddleware: 350,
    DefaultHeadersMiddleware: 400,
    UserAgentMiddleware: 500,
    RetryMiddleware: 550,
}
_ROBOTS: dict[type, int] = {RobotsMiddleware: 100}


def scrapy_settings(portal: Portal, contact: str | None, *, archived: bool) -> dict[str, object]:
    """Scrapy's settings for one crawl of the portal; `archived` means that no socket is opened."""
    handler = ArchiveHandler if archived else HTTP11DownloadHandler
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "SCHEDULER": FrontierQueue,
        "DOWNLOADER_MIDDLEWARES_BASE": _DOWNLOADER_MIDDLEWARES | ({} if archived else _ROBOTS),
        "SPIDER_MIDDLEWARES_BASE": {StartSpiderMiddleware: 25},
        "EXTENSIONS_BASE": {},
        "DOWNLOAD_HANDLERS_BASE": {"http": handler, "https": handler},
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED,
            **({"Accept-Language": f"{portal.language},en;q=0.5"} if portal.language else {}),
        },
        "CONCURRENT_ITEMS": 1,  # the default makes about 100 tasks for each response
        "CONCURRENT_REQUESTS": portal.pace.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": portal.pace.concurrency,
        "DOWNLOAD_DELAY": 0 if archived else portal.pace.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # half of it would go below what the host asks for
        "DOWNLOAD_TIMEOUT": portal.pace.timeout,
        "DOWNLOAD_MAXSIZE": portal.scope.max_page_mb * 1024 * 1024,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504],  # 429 and 503 say when to come back
        "RETRY_EXCEPTIONS": [DownloadFailedError, DownloadTimeoutError, ResponseDataLossError],
        "STATS_DUMP": False,
        "LOG_LEVEL": "WARNING",
    }
