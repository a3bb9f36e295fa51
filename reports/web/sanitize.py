"""A stored page as a fragment that can only be read: no script, style, link, image, form or attribute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import nh3
from lxml import etree

from reports.safe import safe
from revisor.errors import ExtractionError, UndecodableBody
from revisor.model import Capture
from scrapers.parsers.decode import decode
from scrapers.parsers.tree import demand_html, parse

MAX_CHARACTERS = 2_000_000
"""Of a page's text that are shown; an honest page has far less."""

MAX_DEPTH = 100
"""Elements within elements that are kept; deeper ones leave their text alone."""

_READ = """h1 h2 h3 h4 h5 h6 p div section article blockquote pre br hr ul ol li dl dt dd figure figcaption
address table caption thead tbody tfoot tr th td b strong i em u s sub sup small code ruby rb rt rp"""
_UNREAD = """script style template noscript noembed noframes iframe object embed applet svg math head title
select textarea button audio video canvas xmp"""
_KEPT, _DROPPED = frozenset(_READ.split()), frozenset(_UNREAD.split())
_VOID = frozenset({"br", "hr"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A fragment of HTML, safe to insert. `note` says what it does not show, or why it is plain text."""

    html: str
    note: str | None = None


def shown(capture: Capture) -> Shown:
    """What a browser may be handed of a capture: its page without all that acts, else its text.

    The page is read as extraction reads it, written anew from the names in `_READ` without any attribute,
    and only then given to nh3: the tree that nh3's parser makes of hostile markup can be far larger than it.
    """
    if not capture.body:
        return Shown("", "This answer had no body.")
    try:
        demand_html(capture.body, capture.headers, capture.url)
        text = decode(capture.body, capture.headers)[0]
        root = parse(text[:MAX_CHARACTERS], capture.url)
    except UndecodableBody as error:
        return _plain(capture.body.decode("latin-1"), str(error.message))
    except ExtractionError as error:
        return _plain(capture.body.decode("utf-8", "replace"), error.message)
    cleaned = nh3.clean(
        "".join(_written(root)),
        tags=set(_KEPT),
        clean_content_tags=set(_DROPPED),
        attributes={},
        link_rel=None,
    )
    return Shown(cleaned, _cut(len(text)))


def _plain(text: str, why: str) -> Shown:
    lines = "\n".join(safe(line) for line in text[:MAX_CHARACTERS].splitlines())
    notes = (f"Shown as text: {safe(why)}.", _cut(len(text)))
    return Shown(f"<pre>{escape(lines)}</pre>", " ".join(filter(None, notes)))


def _cut(length: int) -> str | None:
    if length <= MAX_CHARACTERS:
        return None
    return f"Only the first {MAX_CHARACTERS:,} of {length:,} characters are shown; the raw capture has all."


def _written(root: etree._Element) -> Iterator[str]:
    """The tree as HTML without attributes; every element that is opened is closed."""
    depth = 0
    dropped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag.lower() if isinstance(element.tag, str) else ""
        if dropped is None and event == "start":
            if name in _DROPPED:
                dropped = element
                continue
            depth += 1
            if name in _KEPT and depth <= MAX_DEPTH:
                yield f"<{name}>"
            yield _text(element.text)
        elif event == "end" and (dropped is None or dropped is element):
            if dropped is None:
                if name in _KEPT and name not in _VOID and depth <= MAX_DEPTH:
                    yield f"</{name}>"
                depth -= 1
            dropped = None
            yield _text(element.tail)


def _text(text: str | None) -> str:
    """Escaped, with steering characters named; line ends stay, for preformatted text."""
    return escape("\n".join(safe(line) for line in text.split("\n"))) if text else ""
