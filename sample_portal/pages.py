"""The pages of one day as values: what a skin is given to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from math import ceil
from random import Random

from sample_portal.languages import LANGUAGES, Labels
from sample_portal.prose import Story
from sample_portal.sections import BY_CODE, SECTIONS, ListForm, Section, list_path
from sample_portal.truth import Arrangement, BlockKind, TrueArticle, TrueBlock, TrueFigure, TruePage
from sample_portal.uploads import upload_path

PER_PAGE = 10
_NEWEST = 4
_LEADS_FROM = 8
_RELATED = 4


@dataclass(frozen=True, slots=True)
class Teaser:
    """One image and link of sidebar A, under the heading of its section."""

    box: str
    image: str
    alt: str | None
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class SideStory:
    """A link of sidebar B; it leads off the portal."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address; path is None for the current page and for the dots of a pager."""

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds a page: that of the day on which it was published last, in the page's language."""

    today: date
    language: str
    rtl: bool
    labels: Labels
    sections: tuple[Section, ...]
    teasers: tuple[Teaser, ...]
    stories: tuple[SideStory, ...]
    related: tuple[Link, ...]


class Variant(StrEnum):
    """A small change of markup around an unchanged text."""

    NONE = "none"
    WRAPPED = "wrapped"  # one more element round the body
    SHARE = "share"  # a share bar inside the body
    RELATED = "related"  # a box of related articles inside the body
    SPANS = "spans"  # styled spans inside the paragraphs
    DIVS = "divs"  # paragraphs become div elements
    RENAMED = "renamed"  # other class names


class PartKind(StrEnum):
    """What a part of the body is drawn as."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEMS = "items"
    QUOTE = "quote"
    TABLE = "table"
    PICTURE = "picture"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the body: blocks of one kind (one of them, but for items and tables), or images.

    A picture is one image with its caption, or several in a row with the caption of the last.
    """

    kind: PartKind
    blocks: tuple[TrueBlock, ...] = ()
    figures: tuple[TrueFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of an article: all of it, unless it has several (`pager` leads to the others)."""

    article: TrueArticle
    section: Section
    parts: tuple[Part, ...]
    number: int
    count: int
    pager: tuple[Link, ...]
    variant: Variant
    renaming: int

    @property
    def last(self) -> bool:
        return self.number == self.count


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a list; alias: the link goes to the mirror's address of it."""

    article: TrueArticle
    alias: bool = False

    @property
    def summary(self) -> str:
        text = next(b.text for b in self.article.blocks if b.kind is BlockKind.PARAGRAPH)
        return text if len(text) < 150 else text[:150].rsplit(" ", 1)[0] + "..."


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a section: its items from top to bottom, the first `leads` out of order."""

    section: Section
    items: tuple[Item, ...] = ()
    leads: int = 0
    pager: tuple[Link, ...] = ()
    carousel: tuple[Item, ...] = ()


def page_path(path: str, number: int) -> str:
    """The address of the further page of an article, `..._2.htm` (assumed: seen on other portals only)."""
    stem, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}_{number}{dot}{suffix}"


def article_pages(page: TruePage, seed: int) -> tuple[ArticlePage, ...]:
    """All pages of an article, in order."""
    article = page.article
    starts = (0, *article.breaks)
    ends = (*article.breaks, len(article.blocks))
    count = len(starts)
    variants = [v for v in Variant if v is not Variant.NONE]
    variant = Variant.NONE
    if page.markup:
        first = Random(f"{seed}:{article.key}:markup").randrange(len(variants))
        variant = variants[(first + page.markup) % len(variants)]
    return tuple(
        ArticlePage(
            article=article,
            section=BY_CODE[article.section],
            parts=tuple(_parts(article, start, end)),
            number=number,
            count=count,
            pager=_pager([page_path(article.path, n + 1) for n in range(count)], number),
            variant=variant,
            renaming=page.markup if variant is Variant.RENAMED else 0,
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def chrome(pages: Sequence[TruePage], section: Section | None, seed: int, day: int, today: date) -> Chrome:
    """The surroundings of that day in that section. pages: the listed ones of the day, in id order.

    Teasers turn by one item a day among the newest of their section.
    """
    language = LANGUAGES[section.language if section else "en"]
    rng = Random(f"{seed}:chrome:{day}")
    teasers = []
    for box in SECTIONS:
        newest = [p.article for p in reversed(pages) if p.article.section == box.code][:_NEWEST]
        if newest:
            item = newest[-day % len(newest)]
            figure = item.figures[0] if item.figures else None
            path = figure.image if figure else upload_path(rng, today, "jpg")
            alt = figure.alt if figure else f"{day}.jpg"
            teasers.append(Teaser(box.box, path, alt, item.path, item.title))
    stories = tuple(
        SideStory(
            f"https://focus.example/{today:%Y%m%d}/{number}.html",
            Story(language, f"{day}:{number}", rng, today).side_story(),
        )
        for number in (1, 2)
    )
    own = [p.article for p in reversed(pages) if section is None or p.article.section == section.code]
    related = Random(f"{seed}:related:{day}").sample(own[:20], min(_RELATED, len(own)))
    return Chrome(
        today=today,
        language=language.tag,
        rtl=language.rtl,
        labels=language.labels,
        sections=SECTIONS,
        teasers=tuple(teasers),
        stories=stories,
        related=tuple(Link(article.title, article.path) for article in related),
    )


def list_pages(section: Section, pages: Sequence[TruePage], seed: int, day: int) -> tuple[ListPage, ...]:
    """All pages of a section, newest first but for two or three leads on top in an order of their own.

    pages: the listed ones of the day, in id order.
    """
    items = [Item(p.article, p.alias) for p in reversed(pages) if p.article.section == section.code]
    rng = Random(f"{seed}:leads:{section.code}:{day}")
    recent = items[:_LEADS_FROM]
    leads = rng.sample(recent, min(rng.randint(2, 3), len(recent)))
    items = leads + [item for item in items if item not in leads]
    count = max(1, ceil(len(items) / PER_PAGE))
    paths = [list_path(section, number + 1) for number in range(count)]
    carousel = len(leads) + 2 if section.form is ListForm.CAROUSEL else 0
    return tuple(
        ListPage(
            section,
            tuple(items[number * PER_PAGE + (0 if number else carousel) : (number + 1) * PER_PAGE]),
            0 if number or carousel else len(leads),
            _pager(paths, number + 1),
            () if number else tuple(items[:carousel]),
        )
        for number in range(count)
    )


def _parts(article: TrueArticle, start: int, end: int) -> Iterator[Part]:
    """Blocks `start` to `end` with the images that stand before them; the gallery comes last of all."""
    pictures: dict[int, list[TrueFigure]] = {}
    for figure in article.figures:
        if figure.arrangement is not Arrangement.GALLERY:
            pictures.setdefault(min(figure.position, len(article.blocks)), []).append(figure)
    run: list[TrueBlock] = []
    for index in range(start, end):
        block = article.blocks[index]
        if run and (index in pictures or block.kind is not run[0].kind or block.kind not in _RUNS):
            yield _part(run)
            run = []
        yield from _pictures(pictures.get(index, ()))
        run.append(block)
    if run:
        yield _part(run)
    if end == len(article.blocks):
        yield from _pictures(pictures.get(end, ()))
        gallery = tuple(f for f in article.figures if f.arrangement is Arrangement.GALLERY)
        if gallery:
            yield Part(PartKind.GALLERY, figures=gallery)


_RUNS = {BlockKind.ITEM: PartKind.ITEMS, BlockKind.ROW: PartKind.TABLE}


def _part(run: list[TrueBlock]) -> Part:
    kind = run[0].kind
    return Part(_RUNS.get(kind) or PartKind(kind.value), tuple(run))


def _pictures(figures: Sequence[TrueFigure]) -> Iterator[Part]:
    row: list[TrueFigure] = []
    for joined, group in groupby(figures, key=lambda f: f.arrangement is Arrangement.JOINED):
        for figure in group:
            row.append(figure)
            if not joined:
                yield Part(PartKind.PICTURE, figures=tuple(row))
                row = []
    if row:
        yield Part(PartKind.PICTURE, figures=tuple(row))


def _pager(paths: Sequence[str], current: int) -> tuple[Link, ...]:
    """`1 2 3 ... 6 >`: the first page, those round the current one, the last, and the next."""
    count = len(paths)
    if count == 1:
        return ()
    shown = sorted({1, *range(max(1, current - 1), min(count, max(3, current + 1)) + 1), count})
    links = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(Link("..."))
        links.append(Link(str(number), None if number == current else paths[number - 1]))
    if current < count:
        links.append(Link(">", paths[current]))
    return tuple(links)
