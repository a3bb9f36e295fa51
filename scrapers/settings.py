"""The Scrapy settings of every crawl; each departure from Scrapy's defaults has its reason."""

from __future__ import annotations

from revisor import __version__
from revisor.content import ACCEPTED
from scrapers.portal import Portal

PRODUCT = "Revisor"
"""The product token that robots.txt rules are looked up for (RFC 9309 §2.2.1)."""

# What is used, and nothing else: the rest of Scrapy's defaults is ways in (telnet, remote control), ways that
# accept half a gzip body as whole (httpcompression) or take redirects unseen, and 0.4 s of imports.
_DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
}
_ROBOTS = {"scrapers.middlewares.robots.RobotsMiddleware": 100}
_SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25}


def user_agent(contact: str | None) -> str:
    """An honest name: product, version, and how to reach its operator, as far as that is set."""
    return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")


def scrapy_settings(portal: Portal, contact: str | None, *, archived: bool) -> dict[str, object]:
    """Scrapy's settings for one crawl of the portal; `archived` means that no socket is opened."""
    handler = (
        "scrapers.archive_handler.ArchiveHandler"
        if archived
        else "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
    )
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "SCHEDULER": "scrapers.frontier_queue.FrontierQueue",
        "DOWNLOADER_MIDDLEWARES_BASE": _DOWNLOADER_MIDDLEWARES | ({} if archived else _ROBOTS),
        "SPIDER_MIDDLEWARES_BASE": _SPIDER_MIDDLEWARES,
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
        "DOWNLOAD_TIMEOUT": portal.pace.timeout,
        "DOWNLOAD_MAXSIZE": portal.scope.max_page_mb * 1024 * 1024,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504],  # 429 and 503 say when to come back
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.DownloadTimeoutError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
        "STATS_DUMP": False,
        "LOG_LEVEL": "WARNING",
    }
