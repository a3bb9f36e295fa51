"""A request to the portal while it fails, with what a healthy portal would have answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from sample_portal.hosts import Host, Hosts
from sample_portal.response import Response
from sample_portal.sections import BY_CODE, Section


class Kind(StrEnum):
    """What the address that is asked for belongs to."""

    HOME = "home"
    LIST = "list"
    ARTICLE = "article"  # a page of an article, also one that was taken down or has moved
    FILE = "file"  # robots.txt, styles, scripts, images, attachments: a web server has them on its disk
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. path: within the portal, from a slash on; query: behind its `?`, may be empty.

    root: the prefix of the portal on the host that was asked. section: of a list or article.
    ordinary, whole: the answer of a good day, and the same without regard to what the asker has already.
    missing: the portal's own page for addresses that lead nowhere. emptied: the home page or list without
    its items.
    """

    seed: int
    day: int
    host: Host
    hosts: Hosts
    root: str
    path: str
    query: str
    kind: Kind
    section: Section | None
    noise: Random
    ordinary: Callable[[], Response]
    whole: Callable[[], Response]
    missing: Callable[[], Response]
    emptied: Callable[[], Response]

    @property
    def address(self) -> str:
        """The path as it was asked for, without its query."""
        return self.root + self.path


def listed_section(path: str) -> Section | None:
    """The section whose list, first or further page, has that path; None where it is no list."""
    stem, dot, suffix = path.removeprefix("/").partition(".")
    return BY_CODE.get(stem.partition("_")[0]) if dot and suffix == "html" else None
