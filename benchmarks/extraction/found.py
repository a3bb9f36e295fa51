"""What an extractor takes from a page, and what it is called with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.extraction.pages import Page


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its caption; credit apart where the extractor tells them apart."""

    image: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of one page; addresses are absolute."""

    body: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    pictures: tuple[Picture, ...] = ()
    files: frozenset[str] = field(default_factory=frozenset)


NOTHING = Found("")


@dataclass(frozen=True, slots=True)
class Extractor:
    """One extractor. gives: the fields besides the body that it gives at all.

    run: returns None where it finds no article.
    """

    name: str
    gives: frozenset[str]
    run: Callable[[Page], Found | None]
