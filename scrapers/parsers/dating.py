"""Which of the dates of a page are its publication and its last update."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from revisor.model import IsoDate, Rules
from scrapers.parsers import dates
from scrapers.parsers.meta import Declared
from scrapers.parsers.outline import Outline

_NEAR_BEFORE = 6
_NEAR_AFTER = 8
_TIME_LABEL = re.compile(r"^time\s?:?$|^time:", re.IGNORECASE)
_PUBLISHED_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dcterms.issued",
    "dcterms.date.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "publishdate",
    "pubdate",
    "firstpublishedtime",
)
_UPDATED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates and the lines of the page that only tell them."""

    published: IsoDate | None = None
    updated: IsoDate | None = None
    lines: frozenset[int] = frozenset()


def find(page: Outline, declared: Declared, title: int | None, kept: range, url: str, rules: Rules) -> Dates:
    """Visible dates near the headline and after the text, then declared ones, the address, the headline.

    kept: from the first to after the last line of the body. A wrong date is worse than none: event dates,
    review dates, build times, and day and month in an unknown order count for nothing.
    """
    reading = dates.order(urlsplit(url).hostname or "", rules.time_zone, rules.language or declared.language)
    seen = _visible(page, title, kept, reading)
    zone = rules.time_zone
    in_title = dates.in_headline(page.lines[title].text, reading) if title is not None else None
    published: IsoDate | None = (
        seen.published or _declared_first(declared, zone) or _iso(dates.in_url(url)) or _iso(in_title)
    )
    updated = (
        seen.updated
        or dates.first([declared.json_ld.get("dateModified")], zone)
        or dates.first((declared.metas.get(name) for name in _UPDATED_METAS), zone)
    )
    if published is None:
        published = _with_year(page, title, kept, updated)
    return replace(seen, published=published, updated=updated)


def _iso(value: date | None) -> IsoDate | None:
    return value.isoformat() if value else None


def _declared_first(declared: Declared, zone: str) -> IsoDate | None:
    metas = (declared.metas.get(name) for name in _PUBLISHED_METAS)
    return dates.first([declared.json_ld.get("datePublished")], zone) or dates.first(metas, zone)


def _visible(page: Outline, title: int | None, kept: range, reading: dates.Order) -> Dates:
    """Dates of the date lines round the headline; after the text only those called an update."""
    published: IsoDate | None = None
    updated: IsoDate | None = None
    told: set[int] = set()
    head = _near(page, title, kept)
    tail = range(kept.stop, len(page.lines))
    late = [index for index in kept[-6:] if index not in head]
    for index in [*head, *late, *tail]:
        line = page.lines[index]
        if index == title or line.zone == "hidden" or (line.linked and index not in head):
            continue
        dateline = dates.is_dateline(line.text, reading)
        if not dateline:
            continue
        for found in dates.find(line.text, reading):
            name = dates.label(line.text, found)
            if not name and index > 0 and _is_label(page, index):
                name = dates.label(
                    f"{page.lines[index - 1].text} {found.value}", _shifted(page, index, found)
                )
            if name == "updated" and updated is None:
                updated = found.value.isoformat()
            elif published is None and _is_published(page, index, name, head, late):
                published = found.value.isoformat()
            else:
                continue
            told.add(index)
    return Dates(published, updated, frozenset(told))


def _is_published(page: Outline, index: int, name: str, head: list[int], late: list[int]) -> bool:
    """Whether a date so labelled is the publication's; where a line `Time:` follows, it is an event's."""
    if name not in {"", "published"} or index not in (head if not name else [*head, *late]):
        return False
    return not any(_TIME_LABEL.match(line.text) for line in page.lines[index + 1 : index + 4])


def _is_label(page: Outline, index: int) -> bool:
    before = page.lines[index - 1]
    return len(before.text) <= 40 and not any(char.isdigit() for char in before.text)


def _shifted(page: Outline, index: int, found: dates.Found) -> dates.Found:
    return replace(found, start=len(page.lines[index - 1].text) + 1, end=10_000)


def _near(page: Outline, title: int | None, kept: range) -> list[int]:
    """Indices of the lines between headline and text, then some before and after them."""
    start = kept.start if title is None else title
    after = range(start + 1, min(len(page.lines), max(start + 1 + _NEAR_AFTER, kept.start + 2)))
    before = range(max(0, start - _NEAR_BEFORE), start)
    return [*after[: _NEAR_AFTER * 2], *reversed(before)]


def _with_year(page: Outline, title: int | None, kept: range, updated: IsoDate | None) -> IsoDate | None:
    """`Media release 12 April` with the year of the update, if the update did not come before it."""
    if updated is None:
        return None
    for index in [*([title] if title is not None else []), *_near(page, title, kept)[:4]]:
        text = page.lines[index].text
        found = dates.yearless(text) if len(text) <= 100 else None
        if found is None:
            continue
        for year in (int(updated[:4]), int(updated[:4]) - 1):
            try:
                value = date(year, *found)
            except ValueError:
                continue
            if value.isoformat() <= updated[:10]:
                return value.isoformat()
    return None
