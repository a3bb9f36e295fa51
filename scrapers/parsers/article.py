"""From the bytes of a page to its article, without being told where its parts stand."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from revisor.errors import NoArticle
from revisor.model import Article, Block, BlockKind, Discarded, Extraction, Headers, Rules
from scrapers.parsers import attachments, boilerplate, byline, dates, dating, figures, layouts, meta, title
from scrapers.parsers.boilerplate import Region
from scrapers.parsers.decode import decode
from scrapers.parsers.outline import Image, Line, Outline, outline
from scrapers.parsers.text import key
from scrapers.parsers.tree import Element, demand_html, parse

EXTRACTOR = "1"
"""Version of the extraction; any change of what it makes of a page raises it."""

_MAX_DISCARDED = 200
_MAX_DISCARDED_TEXT = 300


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page read once: its tree, lines, declarations and encoding."""

    root: Element
    page: Outline
    declared: meta.Declared
    encoding: str


def extract(body: bytes, headers: Headers, url: str, rules: Rules) -> Extraction:
    """The article of a page.

    body: after content decoding. url: the address it came from, for relative links.
    Raises EmptyBody, NotHtml, UndecodableBody, MarkupTooDeep, or NoArticle where no headline or no text is
    found: an article is never empty. PortalFileInvalid for a pinned selector that is none.
    """
    reading = _read(body, headers, url, rules)
    article, _ = _article(reading, url, rules)
    return Extraction(article, reading.encoding)


def explain(body: bytes, headers: Headers, url: str, rules: Rules) -> Extraction:
    """As `extract`, with what was thrown away and why: at most 200 texts of 300 characters."""
    reading = _read(body, headers, url, rules)
    article, _ = _article(reading, url, rules)
    whole = outline(reading.root, whole=True)
    kept = {block.text for block in article.blocks}
    headline = title.find(whole, reading.declared)
    region = boilerplate.choose(whole, headline.line)
    discarded = [
        Discarded(
            line.text[:_MAX_DISCARDED_TEXT], line.zone or region.reasons.get(index, "outside the article")
        )
        for index, line in enumerate(whole.lines)
        if line.text not in kept and line.text != article.title
    ]
    return Extraction(article, reading.encoding, tuple(discarded[:_MAX_DISCARDED]))


def _read(body: bytes, headers: Headers, url: str, rules: Rules) -> _Reading:
    demand_html(body, headers, url)
    text, encoding = decode(body, headers, rules.encoding)
    root = parse(text, url)
    return _Reading(root, outline(root), meta.declared(root), encoding)


def _article(reading: _Reading, url: str, rules: Rules) -> tuple[Article, Region]:
    if rules.layouts:
        return _pinned(reading, url, rules)
    page, declared = reading.page, reading.declared
    headline = title.find(page, declared)
    region = boilerplate.choose(page, headline.line)
    return _assemble(reading, page, headline, region, url, rules), region


def _assemble(
    reading: _Reading, page: Outline, headline: title.Title, region: Region, url: str, rules: Rules
) -> Article:
    base = _base(reading.root, url)
    kept = range(region.kept[0], region.kept[-1] + 1) if region.kept else range(0)
    when = dating.find(page, reading.declared, headline.line, kept, url, rules)
    near = _near(headline, region)
    who = byline.find(page, near)
    lines = frozenset(region.kept) - when.lines - who.lines
    tied = figures.find(page, _inside(page, region), lines, base)
    body = _body_lines(page, sorted(lines - tied.lines), headline)
    if not headline.text:
        raise NoArticle(f"no headline was found on {url}")
    if not body and not tied.figures:
        raise NoArticle(f"no text was found on {url}")
    return Article(
        title=headline.text,
        blocks=tuple(_block(page, index) for index in body),
        published=when.published,
        updated=when.updated,
        source=who.source,
        byline=who.byline,
        language=rules.language or (reading.declared.language or "")[:20] or None,
        figures=tuple(
            replace(figure, position=bisect_left(body, figure.position)) for figure in tied.figures
        ),
        attachments=attachments.find(_linking(page, region), base),
    )


def _linking(page: Outline, region: Region) -> list[Line]:
    """Lines whose links may be attachments: the article's, and its boxes that hold nothing but links."""
    box = page.boxes[region.box]
    kept = set(region.kept)
    return [
        page.lines[index]
        for index in range(box.first, box.last)
        if index in kept or region.reasons.get(index, "").startswith("links")
    ]


def _base(root: Element, url: str) -> str:
    """The address that relative links start from; a `base` element may move it within http and https."""
    element = next(root.iter("base"), None)
    if element is None:
        return url
    try:
        moved = urljoin(url, (element.get("href") or "")[:4096])
        return moved if urlsplit(moved).scheme in {"http", "https"} else url
    except ValueError:
        return url  # not an address at all, e.g. `http://[`


def _near(headline: title.Title, region: Region) -> list[int]:
    """Indices of the article's first lines, where source and byline stand."""
    return [index for index in region.kept if index != headline.line][:6]


def _inside(page: Outline, region: Region) -> list[Image]:
    """Images of the article's own boxes, from the headline to the last line and right after it."""
    kept = set(region.kept)
    if not kept:
        return []
    first, last = min(kept), max(kept)
    return [
        image
        for image in page.images
        if not image.zone and first <= image.line <= last + 1 and _beside_kept(page, image, kept)
    ]


def _beside_kept(page: Outline, image: Image, kept: set[int]) -> bool:
    """Whether the smallest box round the image that has any line has one of the article."""
    index = image.box
    while index >= 0:
        box = page.boxes[index]
        if box.first < box.last:
            return any(line in kept for line in range(box.first, box.last))
        index = box.parent
    return False


def _body_lines(page: Outline, lines: list[int], headline: title.Title) -> list[int]:
    """The lines without the headline's repetitions and without a line said twice in a row."""
    body: list[int] = []
    own = key(headline.text)
    for index in lines:
        line = page.lines[index]
        form = key(line.text)
        if (
            index == headline.line
            or (form == own and own)
            or (form in headline.keys and (line.level or not body))
        ):
            continue
        if body and page.lines[body[-1]].text == line.text and len(line.text) > 40:
            continue
        body.append(index)
    return body


def _block(page: Outline, index: int) -> Block:
    line = page.lines[index]
    return Block(line.kind, line.text, line.level if line.kind is BlockKind.HEADING else 0, line.cells)


def _pinned(reading: _Reading, url: str, rules: Rules) -> tuple[Article, Region]:
    """The article by the pinned selectors that match; whatever they leave open is found as elsewhere."""
    page, declared = reading.page, reading.declared
    headline = title.find(page, declared)
    region = boilerplate.choose(page, headline.line)
    kept = range(region.kept[0], region.kept[-1] + 1) if region.kept else range(0)
    found = dating.find(page, declared, headline.line, kept, url, rules)
    layout = layouts.layout_for(rules.layouts, found.published)
    if layout is None:
        raise NoArticle(f"no layout is pinned for {url}")
    root = reading.root
    layouts.drop(root, layout)
    text = layouts.text_at(root, layout.title)
    bodies = layouts.matches(root, layout.body)
    if layout.drop or bodies:
        page = outline(bodies[0] if bodies else root)
        headline = title.find(page, declared)
        region = (
            Region(tuple(i for i, line in enumerate(page.lines) if not line.zone), {}, 0)
            if bodies
            else boilerplate.choose(page, headline.line)
        )
    if text:
        headline = title.Title(text, headline.line, headline.keys | {key(text)})
    article = _assemble(reading, page, headline, region, url, rules)
    order = dates.order(urlsplit(url).hostname or "", rules.time_zone, rules.language or declared.language)

    def pinned_date(selector: str | None) -> str | None:
        seen = dates.find(layouts.text_at(root, selector) or "", order)
        return seen[0].value.isoformat() if seen else None

    return replace(
        article,
        published=pinned_date(layout.published) or article.published or found.published,
        updated=pinned_date(layout.updated) or article.updated or found.updated,
        source=layouts.text_at(root, layout.source) or article.source,
        byline=layouts.text_at(root, layout.byline) or article.byline,
    ), region
