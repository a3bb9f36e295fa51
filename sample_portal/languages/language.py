"""What the sample portal knows of a language: words, phrases with slots, and the labels of its pages.

A phrase is a text with `{slot}`s. `sample_portal.prose` fills those of an article: what is fixed for it
(city, agency, project, person, surname, role), what its topic offers (people, benefit, units), dates (date,
earlier, later), numbers, and the language's own slots. What fills a slot may hold slots again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """What an article can be about; each language says how its sentences take up these words."""

    agency: str
    projects: tuple[str, ...]
    people: tuple[str, ...]
    benefits: tuple[str, ...]
    units: tuple[str, ...]
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditShape:
    """A credit as phrase (slots name, app, account, press) and the pair of brackets round it, if any."""

    text: str | None
    brackets: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """header: all its cells. cells: phrases of a row's cells after the first, which names a place."""

    header: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What pages print round an article. colon: between label and value. weekdays: Monday first."""

    colon: str
    updated: str
    published: str
    source: str
    byline: str
    editor: str
    photo: str
    views: str
    home: str
    nav: str
    search: str
    menu: str
    close: str
    breadcrumb_here: str
    share: str
    print: str
    font_size: str
    top: str
    more: str
    related: str
    most_read: str
    attachments: str
    download: str
    next: str
    previous: str
    page: str
    of: str
    contact: str
    about: str
    privacy: str
    sitemap: str
    sponsor: str
    copyright: str
    licence: str
    today: str
    login: str
    language_switch: str
    accessibility: str
    follow: str
    scan_code: str
    cookie_notice: str
    accept: str
    not_found: str
    moved_or_deleted: str
    back_home: str
    alerts: tuple[str, str, str]
    weekdays: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the one object it is
class Language:
    """All texts of the sample portal in one language.

    spaced: words and sentences are separated by blanks. stop: ends a caption. paragraph: when a paragraph is
    full, in words (in characters if not spaced), drawn from that range. day, dated: a day without and with
    its year, of {day}, {month}, {year}. digits: other shapes of 0-9 for some articles, to `translate` with.
    file_sentence: goes behind a paragraph as it is, once {file} is put in. rarities: sentences with
    characters that old encodings lack. prose_alts: what an image's alt says where it is not a file name.
    slots: phrases for slots of the language's own. word_groups: phrases of which an editor may put one in
    another's place, so that the sentence stays sound and its meaning moves.
    """

    tag: str
    rtl: bool
    spaced: bool
    stop: str
    paragraph: tuple[int, int]
    day: str
    dated: str
    digits: Mapping[int, int]
    city: str
    places: tuple[str, ...]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    roles: tuple[str, ...]
    apps: tuple[str, ...]
    accounts: tuple[str, ...]
    agencies: tuple[str, ...]
    sources: tuple[str, ...]
    file_names: tuple[str, ...]
    prose_alts: tuple[str, ...]
    credits: tuple[CreditShape, ...]
    months: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]
    word_groups: tuple[tuple[str, ...], ...]
    topics: tuple[Topic, ...]
    titles: tuple[str, ...]
    openings: tuple[str, ...]
    facts: tuple[str, ...]
    sayings: tuple[str, ...]
    cited: tuple[str, ...]
    cited_again: tuple[str, ...]
    closings: tuple[str, ...]
    rarities: tuple[str, ...]
    files: tuple[str, ...]
    file_sentence: str
    side_stories: tuple[str, ...]
    headings: tuple[str, ...]
    list_leads: tuple[str, ...]
    items: tuple[str, ...]
    tables: tuple[Table, ...]
    details: tuple[str, ...]
    labels: Labels


def listed(text: str) -> tuple[str, ...]:
    """The words of a list written with bars between them, over any number of lines."""
    return tuple(" ".join(item.split()) for item in text.split("|"))


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list written with dashes; a phrase may need several lines."""
    return _dashed(text, " ")


def unspaced(text: str) -> tuple[str, ...]:
    """As `phrases`, of a language without blanks: the lines of a phrase are joined without one."""
    return _dashed(text, "")


def _dashed(text: str, glue: str) -> tuple[str, ...]:
    items = re.split(r"^ *- ", text, flags=re.MULTILINE)[1:]
    return tuple(glue.join(line.strip() for line in item.strip().splitlines()) for item in items)
