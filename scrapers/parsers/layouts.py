"""Places pinned by hand in a portal file: CSS selectors that win over finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.cssselect import CSSSelector

from revisor.errors import PortalFileInvalid
from revisor.model import IsoDate, Layout
from scrapers.parsers.text import collapse
from scrapers.parsers.tree import Element, text_of


def layout_for(layouts: Sequence[Layout], published: IsoDate | None) -> Layout | None:
    """The layout of the time when the page was published, else the last one; None where none is pinned."""
    if not layouts:
        return None
    day = date.fromisoformat(published[:10]) if published else None
    if day is not None:
        for layout in layouts:
            if (layout.since is None or layout.since <= day) and (
                layout.until is None or day <= layout.until
            ):
                return layout
    return layouts[-1]


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except (etree.XPathError, SyntaxError) as error:
        raise PortalFileInvalid(f"the selector {selector!r} is not one: {error}") from error


def matches(root: Element, selector: str | None) -> list[Element]:
    """Elements that a pinned selector names, in document order. Raises PortalFileInvalid for a broken one."""
    return cast("list[Element]", _compiled(selector)(root)) if selector else []


def text_at(root: Element, selector: str | None) -> str | None:
    """The text of the first match, None where nothing matches or it is empty."""
    found = matches(root, selector)
    return collapse(text_of(found[0])) or None if found else None


def drop(root: Element, layout: Layout) -> None:
    """Take out of the tree what the layout drops; the text after each element stays."""
    for selector in layout.drop:
        for element in matches(root, selector):
            parent = element.getparent()
            if parent is None:
                continue
            before = element.getprevious()
            if element.tail and before is not None:
                before.tail = (before.tail or "") + element.tail
            elif element.tail:
                parent.text = (parent.text or "") + element.tail
            parent.remove(element)
