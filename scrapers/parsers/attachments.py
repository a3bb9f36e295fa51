"""Links to files inside an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from revisor.model import Attachment
from scrapers.parsers.outline import Line
from scrapers.parsers.text import collapse
from scrapers.parsers.tree import text_of

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|zip|rar|7z|hwpx?|epub|txt|xml|kml|ics)(?:$|[?#;&/])",
    re.IGNORECASE,
)
_HANDLER = re.compile(
    r"/getmedia/|/DocumentCenter/View|/download\.(?:do|jsp|php|aspx?)|(?:fileDown|file_?download|downloadFile|attachFile|FileDown)\w*|"
    r"\.ashx\b|/dl_file|__blob=publicationFile|/ViewFile|ShowDocument|/showdocument|/download/\d|/downloads?/file",
    re.IGNORECASE,
)
_MAX_URL = 4_096


def is_file(href: str) -> bool:
    """Whether an address looks like a document rather than a page."""
    parts = urlsplit(href[:_MAX_URL])
    if parts.scheme not in {"", "http", "https"}:
        return False
    return bool(_FILE.search(parts.path) or _HANDLER.search(href[:_MAX_URL]))


def find(lines: Iterable[Line], base: str) -> tuple[Attachment, ...]:
    """The documents that these lines link to, each address once, in reading order."""
    found: dict[str, Attachment] = {}
    for line in lines:
        for link in line.links:
            try:
                if not is_file(link.href):
                    continue
                url = urljoin(base, link.href.strip()[:_MAX_URL])
            except ValueError:
                continue  # not an address at all, e.g. `http://[`
            text = collapse(text_of(link.element))[:500]
            found.setdefault(url, Attachment(url, text or url.rsplit("/", 1)[-1]))
    return tuple(found.values())
