"""The filters that are set, each with the way to drop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.web.filters import Asked, Filters, State


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set. query: the same list without it."""

    label: str
    query: str


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
