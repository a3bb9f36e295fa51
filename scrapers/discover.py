"""Finding addresses on a fetched page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from revisor.errors import ExtractionError
from revisor.model import Address, Capture, Discovered, FrontierEntry, PageKind, Source
from scrapers.parsers.tree import demand_html, parse
from scrapers.portal import Portal, resolve

MAX_LINKS = 5_000
"""Links looked at on one page; a page with more is a trap or a site map that has other ways in."""

BEYOND_LISTS = 10
"""Steps from a list that links and redirects are followed; what lies deeper is a trap."""

_BASE = etree.XPath("string(//base/@href)")


def hrefs(body: bytes, url: str) -> Iterator[str]:
    """The absolute addresses of the links on a page, each once, in the page's order."""
    try:
        demand_html(body, (), url)
        tree = parse(body.decode("utf-8", "replace"), url)
    except ExtractionError:  # no page, so no links; what it is instead is said where the capture is recorded
        return
    base = resolve(str(_BASE(tree)), url) or url
    seen: set[str] = set()
    found = (str(href).strip() for link in tree.iter("a", "area") if (href := link.get("href")) is not None)
    for href in islice(found, MAX_LINKS):
        if href in seen or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        seen.add(href)
        if address := resolve(href, base):
            yield address


def discover_on(portal: Portal, capture: Capture) -> tuple[Discovered, ...]:
    """The portal's pages that a captured section links to."""
    address = portal.identify(capture.url)
    entry = FrontierEntry(address or Address(capture.url, capture.url, PageKind.LIST))
    return discover(portal, entry, capture.body, capture.url)


def discover(portal: Portal, entry: FrontierEntry, body: bytes, url: str) -> tuple[Discovered, ...]:
    """The portal's pages that a page links to, without itself. Lists are followed to the portal's depth."""
    source = Source.LIST if entry.address.kind is PageKind.LIST else Source.LINK
    found: dict[str, Discovered] = {}
    for href in hrefs(body, url):
        address = portal.identify(href)
        if address is None or address.key == entry.address.key or address.key in found:
            continue
        depth = entry.depth + 1
        if depth > portal.scope.list_depth + (0 if address.kind is PageKind.LIST else BEYOND_LISTS):
            continue
        if address.kind is PageKind.ARTICLE and address.section is None and source is Source.LIST:
            address = portal.in_section(address, entry.address.section)
        found[address.key] = Discovered(address, source, depth)
    return tuple(found.values())
