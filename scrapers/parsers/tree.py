"""From text to a tree of elements, without ever fetching anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from revisor.errors import EmptyBody, MarkupTooDeep, NoArticle, NotHtml
from revisor.model import Headers

Element = etree._Element
"""lxml has no public name for the type of its elements."""

Attributes = list[tuple[str, str]]
"""The attributes of an element as `attributes` lists them."""

_MARKUP_TYPES = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain")
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "gzip data"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_MANY_ATTRIBUTES = 300
_MAX_WORK = 50_000_000  # about a second
MAX_ELEMENTS = 200_000
"""Elements of one page; no honest page has a tenth of it."""


def text_of(element: Element) -> str:
    """All text in an element, white space as it stands."""
    return "".join(cast("Iterator[str]", element.itertext()))


def attributes(element: Element) -> Attributes:
    """Names and values of an element's attributes, in the order of the page."""
    return cast("Attributes", element.items())


def demand_html(body: bytes, headers: Headers, url: str) -> None:
    """Raise EmptyBody or NotHtml, naming what came instead, unless the answer may be a web page."""
    head = body[:4096].lstrip(b" \t\r\n\x0c\xef\xbb\xbf")
    if not body.strip():
        raise EmptyBody(f"{url} answered with {len(body)} bytes and no text")
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    media = declared.split(";", 1)[0].strip().lower()
    if media and media not in _MARKUP_TYPES:
        raise NotHtml(f"{url} is declared as {media[:80]}")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise NotHtml(f"{url} is {what}")
    _refuse_attribute_bomb(body, url)
    if b"<" not in body:
        raise NotHtml(f"{url} holds no markup")


def _refuse_attribute_bomb(body: bytes, url: str) -> None:
    """libxml2 and lxml take quadratic time for the attributes of one tag: 100,000 of them take minutes.

    Comparisons in scripts look like tags too, so the limit is far above what those reach.
    """
    work = 0
    for piece in body.split(b"<"):
        if len(piece) > 2 * _MANY_ATTRIBUTES and piece[:1].isalpha():
            work += len(_QUOTED.sub(b"", piece.partition(b">")[0]).split()) ** 2
    if work > _MAX_WORK:
        raise NotHtml(f"{url} holds tags with thousands of attributes")


def parse(text: str, url: str) -> Element:
    """The root element. Comments and processing instructions are gone; nothing is fetched, no entity defined.

    Raises MarkupTooDeep for nesting past libxml2's hard limit (2048), which otherwise yields an empty tree
    without a word; NoArticle for markup without any element; NotHtml for more than MAX_ELEMENTS of them.
    """
    data = text.encode("utf-8", "replace")
    root, deep = _tree(data, huge=False)
    if deep:
        root, deep = _tree(data, huge=True)
    if deep:
        raise MarkupTooDeep(f"{url} nests its elements more than 2048 deep")
    if root is None:
        raise NoArticle(f"{url} holds no element that could be read")
    return root


def _tree(data: bytes, *, huge: bool) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=huge, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, False
    last = parser.error_log.last_error
    return root, last is not None and last.type_name == "ERR_RESOURCE_LIMIT"
