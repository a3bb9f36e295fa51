"""One walk over the tree: its text as lines in reading order, within the boxes that hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from revisor.errors import NotHtml
from revisor.model import BlockKind
from scrapers.parsers import furniture
from scrapers.parsers.text import collapse, visible, words
from scrapers.parsers.tree import MAX_ELEMENTS, Element, attributes, text_of

_BREAK = "\0"  # cannot occur in a parsed tree, so it can stand for <br>

_SKIPPED = words(
    "title script style template noscript iframe object embed applet svg canvas video audio map math select",
    "option datalist button input textarea dialog menu legend label progress meter",
)
_ZONES = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "header": "header"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = dict.fromkeys(_HEADINGS, BlockKind.HEADING) | {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}
_BLOCKS = words(
    "html body div section article main header footer nav aside form fieldset p h1 h2 h3 h4 h5 h6",
    "ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote pre figure figcaption",
    "details summary address center hr hgroup",
)
_KEEPS_HEADLINE = frozenset(("html", "body", "main", "article"))
_NEVER_NAMED = _KEEPS_HEADLINE | _HEADINGS.keys()


class Link(NamedTuple):
    href: str
    element: Element


class Line(NamedTuple):
    """The text of one innermost block. `linked` counts its characters inside links; `box` is an index."""

    text: str
    kind: BlockKind
    level: int
    box: int
    linked: int
    zone: str
    cells: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    caption: bool = False
    centred: bool = False


class Image(NamedTuple):
    """An image before the line of that index; `beside` tells that the line shares its innermost block."""

    element: Element
    line: int
    box: int
    zone: str
    beside: bool
    linked: bool


@dataclass(slots=True)
class Box:
    """A block element with its class, and the range of lines in it."""

    element: Element
    parent: int
    first: int
    tag: str
    names: str
    zone: str
    last: int = 0
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """All lines, boxes (the first is the root) and images of a page."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


class _State(NamedTuple):
    """What holds for all text inside an element."""

    zone: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    caption: bool = False
    centred: bool = False
    pre: bool = False


class _Open(NamedTuple):
    """An open element and what held before it; `box` is None for an inline element."""

    element: Element
    box: int | None = None
    state: _State = _State()


class Guards(NamedTuple):
    """Elements, with all their ancestors, that names alone cannot make furniture: round a headline (`main`
    too), and round the most running text, which no tag or style makes furniture either."""

    headlines: frozenset[Element]
    text: frozenset[Element]


def guards(root: Element) -> Guards:
    """Look for headlines and for the element with the most text right in its paragraphs."""
    weights: dict[Element, int] = {}
    headlines: list[Element] = []
    for element in root.iter("p", "br", "h1", "main"):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "p":
            said = len((element.text or "").strip()) + sum(
                len((child.tail or "").strip()) for child in element
            )
            weights[parent] = weights.get(parent, 0) + said
        elif element.tag == "br":
            weights[parent] = weights.get(parent, 0) + len((element.tail or "").strip())
        elif element.tag == "main" or text_of(element).strip():
            headlines.append(element)
    text = _fullest(weights)
    return Guards(_with_ancestors(headlines + text), _with_ancestors(text))


def _fullest(weights: dict[Element, int]) -> list[Element]:
    """The element with the most text; one that is seen, if it has a third of what the fullest has."""
    ranked = sorted(weights, key=lambda item: -weights[item])[:8]
    if not ranked or weights[ranked[0]] <= 400:
        return []
    seen = (
        one
        for one in ranked
        if weights[one] * 3 > weights[ranked[0]]
        and not any(
            furniture.traits(attributes(up)).hidden
            for up in (one, *one.iterancestors())
            if up.tag not in _KEEPS_HEADLINE
        )
    )
    return [next(seen, ranked[0])]


def _with_ancestors(elements: list[Element]) -> frozenset[Element]:
    return frozenset(one for element in elements for one in (element, *element.iterancestors()))


class _Walk:
    """The state of one walk, depth first without recursion: nesting cannot exhaust the stack."""

    def __init__(self, root: Element, *, whole: bool) -> None:
        self.outline = Outline()
        self.whole = whole
        self.guards = guards(root)
        self.state = _State()
        self.box = -1
        self.open: list[_Open] = []
        self.parts: list[str] = []
        self.linked = 0
        self.anchors = 0
        self.links: list[Link] = []
        self.new_images = 0
        self.count = 0
        self.rows: list[list[int]] = []

    def run(self, root: Element) -> Outline:
        self._enter(root)
        iterators = [iter(root)]
        while iterators:
            for child in iterators[-1]:
                if self._enter(child):
                    iterators.append(iter(child))
                    break
                if child.tail:
                    self._say(child.tail)
            else:
                iterators.pop()
                self._leave()
        return self.outline

    def _say(self, text: str) -> None:
        if self.parts or not text.isspace():
            self.parts.append(text)
            if self.anchors:
                self.linked += len(text.strip())

    def _enter(self, element: Element) -> bool:
        """Open an element; False where its inside is not looked at."""
        tag = element.tag
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise NotHtml(f"the page holds more than {MAX_ELEMENTS} elements")
        if tag in _SKIPPED and not (tag == "button" and self.state.level) and element not in self.guards.text:
            return False
        if tag == "br":
            self.parts.append(_BREAK)
            return False
        if tag == "img":
            self._image(element)
            return False
        items = attributes(element)
        traits = furniture.traits(items) if items else furniture.PLAIN
        zone = self._zone(element, tag, traits)
        if zone is None:
            return False
        if tag in _BLOCKS or traits.caption:
            self._open_block(element, tag, traits, zone)
        else:
            self.open.append(_Open(element))
            self._open_inline(element, tag)
        if element.text:
            self._say(element.text)
        return True

    def _zone(self, element: Element, tag: str, traits: furniture.Traits) -> str | None:
        """Of which zone the element's text is; None where nobody needs to read it."""
        current = self.state.zone
        if traits is furniture.PLAIN and tag not in _ZONES:
            return current
        if current and not self.whole:
            return None if traits.hidden else current
        if element in self.guards.text:
            return current
        if traits.hidden and tag not in _KEEPS_HEADLINE:
            return "hidden" if self.whole or tag == "h1" else None
        guarded = element in self.guards.headlines
        zone = _ZONES.get(tag)
        if zone == "header" and guarded:
            return current
        if zone is None and not guarded and tag in _BLOCKS and tag not in _NEVER_NAMED:
            zone = traits.reason
        if zone is None or current:
            return current
        return zone if self.whole or zone[:6] in {"header", "footer"} else None

    def _open_inline(self, element: Element, tag: str) -> None:
        if tag == "a":
            self.anchors += 1
            href = element.get("href")
            if href:
                self.links.append(Link(href, element))
        elif tag == "q":
            self.parts.append("\u201c")

    def _open_block(self, element: Element, tag: str, traits: furniture.Traits, zone: str) -> None:
        if self.parts or self.links:
            self._flush()
        self.new_images = 0
        outline = self.outline
        parent, state = self.box, self.state
        self.open.append(_Open(element, parent, state))
        self.box = len(outline.boxes)
        outline.boxes.append(Box(element, parent, len(outline.lines), tag, traits.names, zone))
        if parent >= 0:
            outline.boxes[parent].children.append(self.box)
        kind = _KINDS.get(tag)
        if kind is not None:
            state = state._replace(kind=kind, level=_HEADINGS.get(tag, state.level))
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append(len(outline.lines))
        if zone != state.zone:
            state = state._replace(zone=zone)
        if tag == "figcaption" or (traits.caption and element not in self.guards.headlines):
            state = state._replace(caption=True)
        if tag in {"center", "pre"} or traits.centred:
            state = state._replace(centred=tag != "pre" or state.centred, pre=tag == "pre" or state.pre)
        self.state = state

    def _leave(self) -> None:
        element, box, state = self.open.pop()
        tag = element.tag
        if box is None:
            if tag == "a":
                self.anchors -= 1
            elif tag == "q":
                self.parts.append("\u201d")
        else:
            if self.parts or self.links:
                self._flush()
            if tag == "tr":
                self._close_row(self.rows.pop())
            self.outline.boxes[self.box].last = len(self.outline.lines)
            self.box, self.state, self.new_images = box, state, 0
        if element.tail:
            self._say(element.tail)

    def _image(self, element: Element) -> None:
        outline = self.outline
        outline.images.append(
            Image(element, len(outline.lines), self.box, self.state.zone, False, self.anchors > 0)
        )
        self.new_images += 1

    def _flush(self) -> None:
        """End the innermost block: what was said becomes a line, or several where <br><br> parts them."""
        raw = "".join(self.parts)
        pieces = self._pieces(raw)
        if pieces and self.new_images:
            images = self.outline.images
            images[-self.new_images :] = [image._replace(beside=True) for image in images[-self.new_images :]]
        share = self.linked / max(1, len(raw.strip())) if self.linked else 0.0
        links = tuple(self.links)
        zone, kind, level, caption, centred, _ = self.state
        for text in pieces:
            linked = min(len(text), round(len(text) * share))
            self.outline.lines.append(
                Line(text, kind, level, self.box, linked, zone, (), links, caption, centred)
            )
            links = ()
        self.parts, self.linked, self.links, self.new_images = [], 0, [], 0

    def _pieces(self, raw: str) -> list[str]:
        if self.state.pre:
            raw = raw.replace("\n\n", _BREAK * 2)
        if _BREAK not in raw:
            text = collapse(raw)
            return [text] if visible(text) else []
        pieces: list[list[str]] = [[]]
        for line in map(collapse, raw.split(_BREAK)):
            if visible(line):
                pieces[-1].append(line)
            elif pieces[-1]:
                pieces.append([])
        return [" ".join(piece) for piece in pieces if piece]

    def _close_row(self, starts: list[int]) -> None:
        """Make one line of a row whose cells are short; a row that lays out blocks stays as it is."""
        lines = self.outline.lines
        if not starts:
            return
        spans = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
        filled = [span for span in spans if span]
        plain = all(
            len(span) <= 12 and not any(line.kind is BlockKind.TABLE_ROW for line in span) for span in filled
        )
        lengthy = any(len(span) > 1 and sum(len(line.text) for line in span) > 400 for span in filled)
        if (
            len(filled) < 2
            or not plain
            or lengthy
            or any(line.level == 1 for span in filled for line in span)
        ):
            return
        cells = tuple(" ".join(line.text for line in span) for span in spans)
        row = lines[starts[0] :]
        del lines[starts[0] :]
        first = row[0]
        lines.append(
            Line(
                " ".join(cell for cell in cells if cell), BlockKind.TABLE_ROW, 0, self.box,
                sum(line.linked for line in row), first.zone, cells,
                tuple(link for line in row for link in line.links), False, first.centred,
            )
        )  # fmt: skip
        limit = starts[0]
        images = self.outline.images
        for index in range(len(images) - 1, -1, -1):
            if images[index].line <= limit:
                break
            images[index] = images[index]._replace(line=limit)
        for box in range(self.box + 1, len(self.outline.boxes)):
            inner = self.outline.boxes[box]
            inner.first, inner.last = min(inner.first, limit), limit


def outline(root: Element, *, whole: bool = False) -> Outline:
    """Read the tree once. `whole` also reads what is furniture by its own words, for showing it.

    Raises NotHtml for more than MAX_ELEMENTS elements.
    """
    return _Walk(root, whole=whole).run(root)
