"""What a filter's form offers to choose from, and the filters that are set, each with the way to drop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.web.desk import Desk
from reports.web.filters import Asked, Filters, State
from revisor.model import Kind
from storage.records import ChangeFilter, KindCount

MAX_CHOICES = 300
"""Portals or sections in one list."""


@dataclass(frozen=True, slots=True)
class Choices:
    """kinds: how many changes each would show under the other filters; those without any are left out."""

    portals: tuple[str, ...]
    sections: tuple[str, ...]
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set. query: the same list without it."""

    label: str
    query: str


def choices(desk: Desk, wanted: ChangeFilter) -> Choices:
    """What there is to choose; what is chosen stays in the lists even where nothing has it."""
    portals = {*desk.store.stored_portals(), *([wanted.portal] if wanted.portal else [])}
    sections = {found.section for found in desk.store.sections(wanted.portal)}
    if wanted.section:
        sections.add(wanted.section)
    counted = desk.store.kind_counts(replace(wanted, kinds=(), include_cosmetic=True))
    counts = {entry.kind: entry.count for entry in counted}
    return Choices(
        portals=tuple(sorted(portals)[:MAX_CHOICES]),
        sections=tuple(sorted(sections)[:MAX_CHOICES]),
        kinds=tuple(
            KindCount(kind, counts.get(kind, 0)) for kind in Kind if kind in counts or kind in wanted.kinds
        ),
    )


def chips(asked: Asked) -> tuple[Chip, ...]:
    """The filters that are set, in the order of the form."""
    return tuple(_chips(asked.filters))


def _chips(filters: Filters) -> Iterator[Chip]:
    if filters.words:
        yield Chip(f"words: {filters.words}", filters.query(words=""))
    if filters.portal:
        yield Chip(f"portal: {filters.portal}", filters.query(portal="", section=""))
    if filters.section:
        yield Chip(f"section: {filters.section}", filters.query(section=""))
    for kind in filters.kind:
        others = tuple(other for other in filters.kind if other != kind)
        yield Chip(kind, filters.query(kind=others))
    if filters.all == "1":
        yield Chip("cosmetic too", filters.query(all=""))
    if filters.since:
        yield Chip(f"from {filters.since}", filters.query(since=""))
    if filters.until:
        yield Chip(f"to {filters.until}", filters.query(until=""))
    if filters.state != State.ALL:
        yield Chip(filters.state, filters.query(state=State.ALL.value))
