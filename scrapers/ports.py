"""What a crawl needs from outside, as protocols: storage implements them, tests fake them."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from revisor.model import Address, Capture, Discovered, Failure, Fetch, FrontierEntry
from scrapers.portal import Portal


class Clock(Protocol):
    """The time, handed in."""

    def now(self) -> datetime:
        """The present moment in UTC, time zone attached."""
        ...


class Frontier(Protocol):
    """The addresses of one portal, kept outside the crawler; bound to one run."""

    def add(self, found: Iterable[Discovered]) -> int:
        """Put addresses in; known keys are left as they are. Returns how many were new."""
        ...

    def take(self, limit: int) -> list[FrontierEntry]:
        """Hand out at most `limit` entries not yet taken in this run, fronts first, and mark them taken."""
        ...

    def pending(self) -> int:
        """How many entries this run has not taken yet."""
        ...

    def unseen(self) -> int:
        """How many entries were never fetched, and not taken by this run either."""
        ...


class CaptureSink(Protocol):
    """Where a crawl puts what it fetched; when a call returns, it is durable."""

    def store(self, fetch: Fetch) -> None:
        """The fetch transaction: the capture (pending), its discoveries and the frontier's state in one."""
        ...

    def fail(self, entry: FrontierEntry, failure: Failure) -> None:
        """Keep a fetch that brought no usable answer."""
        ...


class HostState(Protocol):
    """Until when a host asked to be left alone (Retry-After), shared by all processes."""

    def not_before(self, host: str) -> datetime | None:
        """The moment before which the host must not be asked, if there is one."""
        ...

    def defer(self, host: str, until: datetime) -> None:
        """Leave the host alone until then."""
        ...


class Network(Protocol):
    """A stand-in for the network: an archive that answers requests."""

    def holds(self, url: str) -> bool:
        """Whether it has an answer of that address."""
        ...

    def respond(self, url: str) -> Capture | None:
        """The stored answer of that address, None where it holds none."""
        ...


Drain = Callable[[str], None]
"""Ends a crawl gently; the reason is kept."""

OnStart = Callable[[AbstractEventLoop, Drain], None]
"""Called once in the running loop of a crawl, with the function that drains it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl stands; `queued` is what the frontier still holds for this run."""

    fetched: int
    failed: int
    absent: int
    queued: int
    url: str


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """How a crawl ended. `complete`: it was not stopped, and nothing was left that was never fetched."""

    complete: bool
    drained: str | None
    fetched: int
    failed: int
    absent: int


@dataclass(frozen=True, slots=True)
class CrawlTask:
    """One crawl with everything it needs from outside.

    `only`: fetch these addresses and discover nothing; empty for an ordinary crawl.
    `seeds`: further addresses for the frontier, beside the portal's sections.
    `network`: an archive in place of the network, which also means that robots.txt is not asked for.
    """

    portal: Portal
    frontier: Frontier
    sink: CaptureSink
    hosts: HostState
    clock: Clock
    report: Callable[[Progress], None]
    contact: str | None = None
    only: tuple[Address, ...] = ()
    seeds: tuple[Discovered, ...] = ()
    network: Network | None = None
