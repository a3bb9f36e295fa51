"""The pages of one day as values: what a skin is given to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from random import Random

from sample_portal.newsroom import SECTIONS, Section, upload_path
from sample_portal.prose import Story
from sample_portal.truth import TrueArticle

PER_PAGE = 10
_NEWEST = 4
_LEADS_FROM = 8


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
class Chrome:
    """What surrounds every page of a day."""

    today: date
    sections: tuple[Section, ...]
    teasers: tuple[Teaser, ...]
    stories: tuple[SideStory, ...]


@dataclass(frozen=True, slots=True)
class PagerLink:
    """A step of the pager; path is None for the current page and for the dots."""

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a section: its items from top to bottom."""

    section: Section
    items: tuple[TrueArticle, ...]
    leads: int
    pager: tuple[PagerLink, ...]


def chrome(articles: Sequence[TrueArticle], seed: int, day: int, today: date) -> Chrome:
    """The surroundings of that day. Teasers turn by one item a day among the newest of their section."""
    rng = Random(f"{seed}:chrome:{day}")
    teasers = []
    for section in SECTIONS:
        newest = [a for a in reversed(articles) if a.section == section.code][:_NEWEST]
        if newest:
            item = newest[-day % len(newest)]
            figure = item.figures[0] if item.figures else None
            path = figure.image if figure else upload_path(rng, today, "jpg")
            teasers.append(
                Teaser(section.box, path, figure.alt if figure else f"{day}.jpg", item.path, item.title)
            )
    stories = tuple(
        SideStory(
            f"https://focus.example/{today:%Y%m%d}/{number}.html",
            Story(f"{day}:{number}", rng, today).side_story(),
        )
        for number in (1, 2)
    )
    return Chrome(today, SECTIONS, tuple(teasers), stories)


def list_pages(
    section: Section, articles: Sequence[TrueArticle], seed: int, day: int
) -> tuple[ListPage, ...]:
    """All pages of a section, newest first but for two or three leads on top in an order of their own."""
    items = [article for article in reversed(articles) if article.section == section.code]
    rng = Random(f"{seed}:leads:{section.code}:{day}")
    recent = items[:_LEADS_FROM]
    leads = rng.sample(recent, min(rng.randint(2, 3), len(recent)))
    items = leads + [item for item in items if item not in leads]
    count = max(1, ceil(len(items) / PER_PAGE))
    return tuple(
        ListPage(
            section,
            tuple(items[number * PER_PAGE : (number + 1) * PER_PAGE]),
            0 if number else len(leads),
            _pager(section, number + 1, count),
        )
        for number in range(count)
    )


def list_path(section: Section, number: int) -> str:
    """Page 1 has no number in its address."""
    return f"/{section.code}.html" if number == 1 else f"/{section.code}_{number}.html"


def _pager(section: Section, current: int, count: int) -> tuple[PagerLink, ...]:
    """`1 2 3 ... 6 >`: the first page, those round the current one, the last, and the next."""
    if count == 1:
        return ()
    shown = sorted({1, *range(max(1, current - 1), min(count, max(3, current + 1)) + 1), count})
    links = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(PagerLink("..."))
        links.append(PagerLink(str(number), None if number == current else list_path(section, number)))
    if current < count:
        links.append(PagerLink(">", list_path(section, current + 1)))
    return tuple(links)
