"""Images of an article, each with the caption and credit that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from revisor.model import BlockKind, Figure
from scrapers.parsers.outline import Image, Outline
from scrapers.parsers.text import collapse, weight
from scrapers.parsers.tree import Element

_MAX_URL = 4_096
_MAX_CAPTION = 600
_CREDIT_WORDS = (
    r"photos?\b|file photo|images?\b|pictures?\b|pics?\b|foto|credit|source\b|courtesy|provided|xinhua|vcg\b|"
    r"ap\b|afp\b|reuters|illustration|graphic|screenshot|china daily|사진|图片|图源|摄影|资料"
)
_CREDIT_LABELS = r"(?:Photo|Image|Picture)(?: credit)?|Foto|Credit|Bild|Quelle|Source|Photograph"
_BRACKETED = re.compile(
    rf"\s*[(\[（【](?P<credit>(?:{_CREDIT_WORDS})[^()\[\]（）【】]{{0,160}}|[^()\[\]（）【】]{{1,60}}(?:/\s?[A-Z]|제공|摄)[^()\[\]（）【】]{{0,60}})[)\]）】]\s*[.。]?$",
    re.IGNORECASE,
)
_BARE = (
    re.compile(
        r"(?:^|(?<=[.!?。”\"]))\s*"
        r"(?P<credit>[A-Z][\w’'-]{1,20}(?:\s[A-Z][\w’'-]{0,20}){0,3}\s/\s[A-Z][\w ]{1,40})$"
    ),
    re.compile(r"(?:^|\s)(?P<credit>©\s?[^©]{2,100})$"),
    re.compile(rf"(?:^|\s)(?P<credit>(?:{_CREDIT_LABELS}):\s?[^:]{{2,100}})$"),
    re.compile(r"(?P<credit>(?:新华社|人民网|中新社|本报)?记者\s?\S{1,12}(?:\s\S{1,6})?\s?摄)[。]?$"),
    re.compile(r"\s?/(?P<credit>[^/\s]{2,20}\s?제공)$"),
)
_MARKED = re.compile(r"^[*※▲△\[(<]{0,2}\s?사진\s?설명\s?[):：\]>]?|^[▲△]")
_FILE_NAME = re.compile(
    r"^[\w\s().,@&+~%-]{0,200}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?)(?:\s?\(\d+\))?(?:\.\w{2,4})?$",
    re.IGNORECASE,
)
_STAMP = frozenset(("v", "ver", "version", "_", "cb", "timestamp", "ts", "rnd"))
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-lazyload", "file")


@dataclass(frozen=True, slots=True)
class Tied:
    """The figures with the line before which each stands, and the lines that are captions."""

    figures: tuple[Figure, ...]
    lines: frozenset[int]


def credit_of(text: str) -> tuple[str | None, str | None]:
    """Caption and credit of a caption line; the credit is what the closing brackets hold, without them."""
    found = _BRACKETED.search(text[-260:])
    offset = max(0, len(text) - 260)
    if found is None:
        found = next(filter(None, (pattern.search(text[offset:]) for pattern in _BARE)), None)
    if found is None:
        return text or None, None
    return text[: offset + found.start()].strip() or None, found["credit"].strip()


def find(page: Outline, images: Iterable[Image], kept: frozenset[int], base: str) -> Tied:
    """The figures of an article. A caption is a marked one of the same figure, else the line after the image
    that is centred, ends in a credit, or is no sentence; an alt text counts only where it is prose."""
    figures: list[Figure] = []
    taken: set[int] = set()
    spare = [index for index in sorted(kept) if _MARKED.match(page.lines[index].text)]
    centred_text = _centred_text(page, kept)
    pictures = [image for image in images if _source(image.element)]
    for order, image in enumerate(pictures):
        following = pictures[order + 1] if order + 1 < len(pictures) else None
        joint = following is not None and following.line == image.line and not image.beside
        lines = _marked(page, image, taken)
        if not lines and not joint:
            lines = [
                line for line in _after(page, image, kept, centred_text=centred_text) if line not in taken
            ]
        if not lines and spare and spare[0] not in taken:
            lines = spare[:1]
        taken.update(lines)
        text = " ".join(page.lines[line].text for line in lines)
        caption, credit = credit_of(text)
        figures.append(
            Figure(_address(image.element, base), caption, credit, _alt(image.element), image.line)
        )
    return Tied(tuple(figures), frozenset(taken))


def _centred_text(page: Outline, kept: frozenset[int]) -> bool:
    """Whether running text itself is centred, so that it says nothing of captions."""
    long = [page.lines[index] for index in kept if len(page.lines[index].text) > 200]
    return sum(line.centred for line in long) * 2 > len(long)


def _marked(page: Outline, image: Image, taken: set[int]) -> list[int]:
    """Caption lines of the smallest box round the image that has any."""
    box = page.boxes[image.box]
    for _ in range(4):
        span = range(box.first, box.last)
        if len(span) > 12:
            return []
        marked = [line for line in span if page.lines[line].caption and line not in taken]
        if marked:
            after = [line for line in marked if line >= image.line]
            return after or marked
        if box.parent < 0:
            return []
        box = page.boxes[box.parent]
    return []


def _after(page: Outline, image: Image, kept: frozenset[int], *, centred_text: bool) -> list[int]:
    if image.line not in kept or image.line >= len(page.lines):
        return []
    line = page.lines[image.line]
    if line.kind in {BlockKind.HEADING, BlockKind.TABLE_ROW} or len(line.text) > _MAX_CAPTION:
        return []
    caption, credit = credit_of(line.text)
    centred = line.centred and not centred_text
    if credit or (centred and weight(line.text) <= 400):
        return [image.line]
    if image.beside or caption is None:
        return []
    fragment = weight(line.text) <= 160 and line.text[-1:].isalnum() and line.kind is BlockKind.PARAGRAPH
    return [image.line] if fragment and not line.linked and _text_follows(page, image.line, kept) else []


def _text_follows(page: Outline, line: int, kept: frozenset[int]) -> bool:
    return line + 1 in kept and len(page.lines[line + 1].text) > 60


def _source(element: Element) -> str | None:
    """The address of the picture itself, not of a placeholder or a counting pixel."""
    for name in ("width", "height"):
        size = element.get(name) or ""
        if size.isdecimal() and int(size[:6]) < 40:
            return None
    for name in ("src", *_LAZY):
        value = (element.get(name) or "").strip()
        if (
            value
            and not value.startswith("data:")
            and not value.endswith((".svg", "blank.gif", "spacer.gif"))
        ):
            return value
    return None


def _address(element: Element, base: str) -> str:
    raw = (_source(element) or "")[:_MAX_URL]
    try:
        url = urljoin(base, raw)
        parts = urlsplit(url)
    except ValueError:
        return raw
    if not parts.query:
        return url
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _STAMP
    ]
    return (
        url if len(query) == len(parts.query.split("&")) else parts._replace(query=urlencode(query)).geturl()
    )


def _alt(element: Element) -> str | None:
    """The alt text where it is prose: three words or more, no file name."""
    text = collapse(element.get("alt") or "")[:1000]
    if not text or _FILE_NAME.match(text) or weight(text) < 12 or (len(text.split()) < 3 and text.isascii()):
        return None
    return text
