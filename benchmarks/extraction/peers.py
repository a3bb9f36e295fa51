"""Other extractors, called as their users would: bytes in, and of what comes out the fields they give.

They are imported only when they are asked for. None of them is told to fetch anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.extraction.found import Extractor, Found
from benchmarks.extraction.pages import Page

PEERS = ("trafilatura", "trafilatura-precision", "trafilatura-recall", "readability", "resiliparse")
"""trafilatura in its default mode, when it favours precision, and when it favours recall; the others."""

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip


def peers_named(names: Sequence[str]) -> list[Extractor]:
    """Those peers, ready to run. Raises KeyError for a name not in `PEERS`."""
    return [_MAKERS[name]() for name in names]


def _trafilatura(name: str) -> Extractor:
    from trafilatura import bare_extraction  # noqa: PLC0415  # 0.5 s, for those who want it beside ours

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page that it finds hard
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)

    def run(page: Page) -> Found | None:
        document = bare_extraction(
            page.gold.data,
            url=page.gold.url,
            with_metadata=True,
            include_comments=False,  # readers' comments are no part of an article
            favor_precision=name == "trafilatura-precision",
            favor_recall=name == "trafilatura-recall",
        )
        if document is None or isinstance(document, dict):
            return None
        return Found(document.text or "", document.title, document.date)

    return Extractor(name, frozenset({"title", "date", "published"}), run)


def _readability() -> Extractor:
    from lxml import html  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415  # as above
    from readability.readability import Unparseable  # noqa: PLC0415

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs a stack for each page it gives up

    def run(page: Page) -> Found | None:
        document = Document(_decoded(page.gold.data))
        try:
            summary = document.summary(html_partial=True)
            root = html.fromstring(summary)
        except (Unparseable, ValueError):  # what it raises where nothing is left of a page
            return None
        for element in root.iter():
            if element.tag in _BLOCKS:
                element.tail = "\n" + (element.tail or "")
                element.text = "\n" + (element.text or "")
        return Found(str(root.xpath("string()")), document.short_title())

    return Extractor("readability", frozenset({"title"}), run)


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # as above

    def run(page: Page) -> Found | None:
        body = extract_plain_text(
            _decoded(page.gold.data),
            main_content=True,
            list_bullets=False,
            alt_texts=False,
            comments=False,
        )
        return Found(body) if body else None

    return Extractor("resiliparse", frozenset(), run)


def _decoded(data: bytes) -> str:
    """For extractors that want text: what resiliparse's manual says to do with bytes."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # noqa: PLC0415

    return bytes_to_str(data, detect_encoding(data, from_html_meta=True) or "utf-8")


_MAKERS: dict[str, Callable[[], Extractor]] = {
    **{name: partial(_trafilatura, name) for name in PEERS[:3]},
    "readability": _readability,
    "resiliparse": _resiliparse,
}
