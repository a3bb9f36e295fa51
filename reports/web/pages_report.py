"""The form that asks for a report of a period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from reports.lists import change_page, choices
from reports.web.chips import Chip, chips
from reports.web.desk import Desk
from reports.web.filters import Filters, understand
from reports.web.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Preset:
    """A period by its name. query: of the form that has it filled in."""

    label: str
    query: str
    current: bool


def add(router: APIRouter, desk: Desk, rendering: Rendering) -> None:
    """`/report`; its buttons lead to `/report.html` and the other forms."""

    @router.get("/report")
    def report(request: Request) -> Response:
        today = desk.clock.now().astimezone(desk.zone).date()
        filters = Filters.of(request.query_params)
        if not filters.since:
            filters = replace(
                filters, since=f"{today - timedelta(days=6)}", until=filters.until or f"{today}"
            )
        asked = understand(filters, desk)
        return rendering.page(
            "report",
            "/report",
            asked=asked,
            presets=tuple(_presets(filters, today)),
            choices=choices(desk.store, asked.wanted),
            others=_others(chips(asked), filters),
            total=change_page(desk.store, asked.wanted, 0, 0).total,
        )


def _presets(filters: Filters, today: date) -> Iterator[Preset]:
    yesterday, month = today - timedelta(days=1), today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    for label, since, until in (
        ("Today", today, today),
        ("Yesterday", yesterday, yesterday),
        ("7 days", today - timedelta(days=6), today),
        ("30 days", today - timedelta(days=29), today),
        ("This month", month, today),
        ("Last month", last_month, month - timedelta(days=1)),
    ):
        current = (filters.since, filters.until) == (f"{since}", f"{until}")
        yield Preset(label, filters.query(since=f"{since}", until=f"{until}"), current)


def _others(set_: tuple[Chip, ...], filters: Filters) -> tuple[Chip, ...]:
    """The filters without a field in this form, which came with the list that the reader was at."""
    names = {f"words: {filters.words}", f"section: {filters.section}", filters.state}
    return tuple(chip for chip in set_ if chip.label in names)
