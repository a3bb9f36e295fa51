"""The three addresses under which the portal serves one content, and the older tree beside it.

An article with the path P of the main address is served under one id at

    MAIN/P    MIRROR/lanhai/en/P    REGIONAL/lanhai/en/P

and the oldest third of the articles at MIRROR/lanhai/P too, an older tree without `en`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TREE = "/lanhai/en"
OLD_TREE = "/lanhai"


class Host(StrEnum):
    """Which address is asked: one of the three, or the main one over TLS, where there is that."""

    MAIN = "main"
    MIRROR = "mirror"
    REGIONAL = "regional"
    SECURE = "secure"


@dataclass(frozen=True, slots=True)
class Hosts:
    """The whole addresses of the portal, each ending with a slash, as `http://127.0.0.1:8000/`.

    secure: the main one over TLS, of a portal whose certificate fails.
    """

    main: str
    mirror: str = ""
    regional: str = ""
    secure: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request leads: `path` within the portal, below the prefix `root`; old: to the older tree."""

    root: str
    path: str
    old: bool = False


def locate(host: Host, target: str) -> Place | None:
    """The place of a request's target on that host; None outside the portal's trees."""
    if host is Host.MAIN or host is Host.SECURE:
        return Place("", target)
    if target.startswith(f"{TREE}/"):
        return Place(TREE, target.removeprefix(TREE))
    if host is Host.MIRROR and target.startswith(f"{OLD_TREE}/"):
        return Place(OLD_TREE, target.removeprefix(OLD_TREE), old=True)
    return None
