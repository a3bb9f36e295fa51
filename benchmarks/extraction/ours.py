"""The product's own extraction, generic: one page of a site it knows nothing of."""

from __future__ import annotations

from benchmarks.extraction.found import Extractor, Found, Picture
from benchmarks.extraction.pages import Page
from revisor.errors import RevisorError
from scrapers.parsers.article import extract


def _run(page: Page) -> Found | None:
    try:
        article = extract(page.gold.data, page.headers, page.gold.url, page.rules).article
    except RevisorError:  # a page refused by name counts as one without an article
        return None
    return Found(
        body="\n".join(block.text for block in article.blocks),
        title=article.title,
        published=article.published,
        updated=article.updated,
        pictures=tuple(
            Picture(figure.image, figure.caption or "", figure.credit or "") for figure in article.figures
        ),
        files=frozenset(file.url for file in article.attachments),
    )


OURS = Extractor(
    "ours", frozenset({"title", "date", "published", "updated", "captions", "attachments"}), _run
)
