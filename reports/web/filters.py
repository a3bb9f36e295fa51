"""Which changes an address asks for: in the same words on pages, in the API, feeds and reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from reports.period import parse_moment
from reports.web.desk import Desk
from revisor.model import Kind
from storage.records import ChangeFilter

MAX_TEXT = 200
"""Characters of a portal's name, a section, a moment or the words looked for."""

MAX_PAGE = 1_000_000


class State(StrEnum):
    """Which changes by what people said of them; one that nobody looked at is open."""

    OPEN = "open"
    REVIEWED = "reviewed"
    ALL = "all"


_Word = TypeVar("_Word", bound=StrEnum)
_REVIEWED = {State.OPEN: False, State.REVIEWED: True, State.ALL: None}


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field of the form that cannot be understood, with a message for the user."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Filters:
    """The fields as they were typed, for the form and for links; `all` is "1" for cosmetic changes too."""

    portal: str = ""
    section: str = ""
    kind: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    state: str = State.ALL.value
    all: str = ""
    page: str = ""

    @classmethod
    def of(cls, asked: QueryParams) -> Filters:
        """From an address's query; what it does not name, and names unknown here, are left aside."""
        texts = {
            field.name: asked[field.name].strip()
            for field in fields(cls)
            if field.name != "kind" and asked.get(field.name, "").strip()
        }
        kinds = tuple(dict.fromkeys(kind for kind in asked.getlist("kind") if kind))
        return cls(kind=kinds, **texts)

    def query(self, **changes: str | tuple[str, ...]) -> str:
        """The query of an address that asks for the same but for `changes`; empty fields are left out.

        A new filter begins at its first page: `page` is only kept when it is named.
        """
        shown = replace(self, **({"page": ""} | changes))  # type: ignore[arg-type]  # the caller's names
        pairs: list[tuple[str, str]] = []
        for field in fields(shown):
            value = getattr(shown, field.name)
            if value != field.default:
                pairs += [(field.name, one) for one in ((value,) if isinstance(value, str) else value) if one]
        return urlencode(pairs, errors="replace")

    @property
    def number(self) -> int:
        """The page of the list, from 1; one that cannot be read is the first."""
        text = self.page
        return min(max(int(text), 1), MAX_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as understood; a field with an error does not narrow `wanted`."""

    filters: Filters
    wanted: ChangeFilter
    errors: tuple[FieldError, ...] = ()

    @property
    def backwards(self) -> bool:
        """Whether the period ends before it begins; no change lies in it."""
        return bool(self.wanted.since and self.wanted.until and self.wanted.since >= self.wanted.until)

    def error(self, field: str) -> str | None:
        """What is wrong with a field."""
        return next((error.message for error in self.errors if error.field == field), None)


def understand(filters: Filters, desk: Desk) -> Asked:
    """What the fields mean: days and times are of the desk's zone, "7d" counts back from its clock."""
    reader = _Reader(desk)
    wanted = ChangeFilter(
        since=reader.moment("since", filters.since),
        until=reader.moment("until", filters.until),
        portal=reader.text("portal", filters.portal) or None,
        section=reader.text("section", filters.section) or None,
        words=reader.text("words", filters.words),
        kinds=reader.chosen("kind", filters.kind, Kind),
        reviewed=next((_REVIEWED[state] for state in reader.chosen("state", [filters.state], State)), None),
        include_cosmetic=filters.all == "1",
    )
    return Asked(filters, wanted, tuple(reader.errors))


class _Reader:
    """Reads fields, and keeps what is wrong with them instead of raising it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.errors: list[FieldError] = []

    def text(self, field: str, value: str) -> str:
        if len(value) > MAX_TEXT:
            self.errors.append(FieldError(field, f"at most {MAX_TEXT} characters"))
            return ""
        return value

    def moment(self, field: str, value: str) -> datetime | None:
        if not self.text(field, value):
            return None
        try:
            return parse_moment(value, self._desk.clock.now(), self._desk.zone, end=field == "until")
        except ValueError as error:
            self.errors.append(FieldError(field, str(error)))
            return None

    def chosen(self, field: str, values: Collection[str], known: type[_Word]) -> tuple[_Word, ...]:
        """Those of the values that there are."""
        words = {word.value: word for word in known}
        for value in values:
            if value not in words:
                self.errors.append(FieldError(field, f'there is no {field} "{value[:40]}"'))
        return tuple(words[value] for value in values if value in words)
