"""What was read from a page and what was thrown away, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.safe import safe
from reports.shapes import encode
from revisor.model import Block, BlockKind, Extraction, Failure

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 30
"""Discarded texts that are printed; JSON holds more."""

_MARKS = {BlockKind.LIST_ITEM: "- ", BlockKind.QUOTE: "> ", BlockKind.TABLE_ROW: "| "}


@dataclass(frozen=True, slots=True)
class SectionCheck:
    """A list page that was looked at, and how many of the portal's articles it links to."""

    name: str
    url: str
    status: int
    articles: int


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A page that could be read."""

    url: str
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Check:
    """`revisor.check/1`: what a portal file makes of some pages."""

    format: str = "revisor.check/1"
    sections: tuple[SectionCheck, ...] = ()
    pages: tuple[PageCheck, ...] = ()
    failures: tuple[Failure, ...] = ()


def as_json(check: Check) -> str:
    """The whole check as one JSON document."""
    return encode(check)


def show(console: Console, check: Check) -> None:
    """Print sections, pages and what failed."""
    for section in check.sections:
        console.print(
            f"section {safe(section.name)}: status {section.status}, {section.articles} articles linked"
        )
    for page in check.pages:
        _show_page(console, page.url, page.extraction)
    for failure in check.failures:
        console.print(f"{failure.name}: {safe(failure.message)}")


def _show_page(console: Console, url: str, found: Extraction) -> None:
    """Print fields, body with its figures in place, and what was left out with the reasons."""
    article = found.article
    console.print(f"\n{safe(url)}  ({found.encoding})")
    for label, value in (
        ("title", article.title),
        ("published", article.published),
        ("updated", article.updated),
        ("source", article.source),
        ("byline", article.byline),
        ("language", article.language),
    ):
        console.print(f"  {label:<10} {safe(value) if value else '-'}")
    console.print(f"  body       {len(article.blocks)} blocks, {len(article.figures)} figures")
    for index, block in enumerate(article.blocks):
        for figure in (f for f in article.figures if f.position == index):
            _figure(console, figure.image, figure.caption, figure.credit)
        console.print(f"    {_line(block)}")
    for figure in (f for f in article.figures if f.position >= len(article.blocks)):
        _figure(console, figure.image, figure.caption, figure.credit)
    for attachment in article.attachments:
        console.print(f"    [attachment] {safe(attachment.text)} <{safe(attachment.url)}>")
    console.print(f"  thrown away: {len(found.discarded)} texts")
    for discarded in found.discarded[:SHOWN]:
        console.print(f"    {safe(discarded.reason)}: {safe(discarded.text)[:100]}")
    if len(found.discarded) > SHOWN:
        console.print(f"    ... and {len(found.discarded) - SHOWN} more (--json shows them)")


def _line(block: Block) -> str:
    mark = "#" * block.level + " " if block.kind is BlockKind.HEADING else _MARKS.get(block.kind, "")
    return mark + safe(block.text)


def _figure(console: Console, image: str, caption: str | None, credit: str | None) -> None:
    console.print(f"    [image] {safe(image)}")
    console.print(f"            caption: {safe(caption or '-')}  credit: {safe(credit or '-')}")
