"""What travels between a run and its process; light, so that a run need not load Scrapy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from revisor.config import RunSettings
from revisor.errors import RevisorError, RunError
from revisor.model import Address, Discovered, Run
from scheduler.lock import PortalLock
from scrapers.portal import Portal
from scrapers.ports import Clock, Network, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every process of a run needs, in a form that travels.

    lock: the portal's, held by the process as well. bounds: of time and memory.
    avoid: captures at which an earlier process of this run ended; they are not read again.
    """

    database: Path
    log: Path
    portal: Portal
    run: Run
    clock: Clock
    lock: PortalLock
    bounds: RunSettings
    avoid: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob(Job):
    """Crawl the portal, then record what was fetched."""

    contact: str | None = None
    max_pages: int | None = None
    only: tuple[Address, ...] = ()
    seeds: tuple[Discovered, ...] = ()
    network: Network | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordJob(Job):
    """Record what a run had fetched whose process ended before."""


@dataclass(frozen=True, slots=True)
class CrawlEnded:
    """The crawl is over, and recording begins."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture is about to be read: if no other word follows, it is what ended the process."""

    capture_id: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is judged, recorded and closed."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The process could not do its job, and says why."""

    error: RevisorError


@dataclass(frozen=True, slots=True)
class Ended:
    """The process crashed or was ended. reading: the capture that it read at that moment."""

    error: RunError
    reading: int | None = None


Message = Progress | CrawlEnded | Reading | Finished | Failed
