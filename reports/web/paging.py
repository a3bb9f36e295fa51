"""The pages of a list: which part of it each shows, and their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list. link: the query of another page's address."""

    number: int
    total: int
    link: Callable[[int], str]

    @property
    def last(self) -> int:
        """The last page; a list without entries has one."""
        return max(-(-self.total // PER_PAGE), 1)

    @property
    def offset(self) -> int:
        """The entries before this page."""
        return offset(self.number)


def offset(page: int) -> int:
    """The entries before a page."""
    return (page - 1) * PER_PAGE


def page_of(number: int | None) -> str:
    """The page on which the entry of that number stands, as an address has it: nothing for the first."""
    page = ((number or 1) - 1) // PER_PAGE + 1
    return str(page) if page > 1 else ""
