"""An archive in place of the network: Scrapy asks here, and no socket is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response

from revisor.errors import NotInArchive

if TYPE_CHECKING:
    from scrapy import Request

    from scrapers.spiders.portal import PortalSpider


class ArchiveHandler(BaseDownloadHandler):
    """Answers each request with what the task's `network` holds for it, whole in `meta["capture"]`.

    The response itself has no headers: archived ones may hold what HTTP's cannot. Raises NotInArchive,
    ArchiveInvalid.
    """

    async def download_request(self, request: Request) -> Response:
        spider: PortalSpider = self.crawler.spider  # type: ignore[assignment]  # the one spider there is
        network = spider.task.network
        capture = network.respond(request.url) if network else None
        if capture is None:
            raise NotInArchive(f"{request.url} is not in the archive on this day")
        request.meta["capture"] = capture
        return Response(request.url, status=capture.status, body=capture.body)
