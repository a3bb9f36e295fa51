"""What a reader sees on a page, by a bare parse: the yardstick for stability that knows no extractor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from lxml import etree

_HIDDEN = frozenset({"head", "script", "style", "noscript", "template"})
_INLINE_TAGS = (
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong "
    "sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_ADDRESSES = ("src", "srcset", "data-src", "href")


class Sight(StrEnum):
    """What differs between two captures of one page, for a reader."""

    BYTES = "nothing, not a byte"
    MARKUP = "nothing that is seen"
    ADDRESSES = "addresses of images or links only"
    SHARED = "lines that other pages share"
    OWN = "lines of its own"


@dataclass(frozen=True, slots=True)
class Visible:
    """The lines of a page's body in its order, its headlines, the addresses of its images and links."""

    lines: tuple[str, ...]
    headlines: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reader sees change: lines that are gone, lines that came; addresses: whether any differ."""

    sight: Sight
    addresses: bool = False
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


def encoding_of(body: bytes) -> str | None:
    """UTF-8 where the bytes are; None leaves it to the page's own declaration."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def parse(body: bytes, encoding: str | None) -> etree._Element | None:
    """The bare parse; None where there is nothing to parse."""
    try:
        return etree.fromstring(body, etree.HTMLParser(encoding=encoding))
    except etree.XMLSyntaxError:
        return None


def visible(root: etree._Element | None) -> Visible:
    """What can be seen of a parsed page."""
    if root is None:
        return Visible((), (), ())
    heads = (" ".join("".join(map(str, e.itertext())).split()) for e in root.iter("title", "h1"))
    shown = root if (body := root.find("body")) is None else body
    addresses = (
        e.get(name, "") for e in shown.iter(etree.Element) for name in _ADDRESSES if name in e.attrib
    )
    return Visible(tuple(_lines(root)), tuple(heads), tuple(addresses))


def compare(
    before: Visible, after: Visible, shared: tuple[Mapping[str, int], Mapping[str, int]]
) -> Difference:
    """What a reader sees change between two captures of one page whose bytes differ.

    shared: on how many pages of the day of each capture, this one among them, a line stands. Lines that have
    come or gone, all of which stand on another page of their day too, are furniture, or as good as; never so
    where a headline changed, since lists repeat headlines.
    """
    moved = before.addresses != after.addresses
    if "".join(before.lines).replace(" ", "") == "".join(after.lines).replace(" ", ""):
        return Difference(Sight.ADDRESSES if moved else Sight.MARKUP, moved)
    gone: list[str] = []
    came: list[str] = []
    matcher = SequenceMatcher(None, before.lines, after.lines, autojunk=False)
    for op, i, j, k, n in matcher.get_opcodes():
        if op != "equal":
            gone += before.lines[i:j]
            came += after.lines[k:n]
    furniture = (
        before.headlines == after.headlines
        and all(shared[0].get(line, 0) > 1 for line in gone)
        and all(shared[1].get(line, 0) > 1 for line in came)
    )
    return Difference(Sight.SHARED if furniture else Sight.OWN, moved, tuple(gone), tuple(came))


def spread(pages: Mapping[str, Visible]) -> Counter[str]:
    """On how many of the pages (key -> what is seen) each line stands."""
    return Counter(line for page in pages.values() for line in set(page.lines))


def _lines(root: etree._Element) -> Iterator[str]:
    """The visible text, one line for what stands between the edges of two blocks."""
    line: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and tag not in _INLINE and tag not in _HIDDEN:
            if found := " ".join("".join(line).split()):
                yield found
            line = []
        if event == "start":
            hidden += tag in _HIDDEN
            text = element.text
        else:
            hidden -= event == "end" and tag in _HIDDEN
            text = element.tail
        if not hidden:
            line.append(text or "")
    if found := " ".join("".join(line).split()):
        yield found
