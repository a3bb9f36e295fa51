"""What travels between a run and its crawler's process; light, so that a run need not load Scrapy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from revisor.errors import RevisorError
from revisor.model import Address, Discovered, Run
from scheduler.lock import PortalLock
from scrapers.portal import Portal
from scrapers.ports import Clock, CrawlResult, Network, Progress


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """Everything that one crawl needs, in a form that travels to another process."""

    database: Path
    log: Path
    portal: Portal
    run: Run
    clock: Clock
    lock: PortalLock
    contact: str | None = None
    max_pages: int | None = None
    only: tuple[Address, ...] = ()
    seeds: tuple[Discovered, ...] = ()
    network: Network | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    result: CrawlResult


@dataclass(frozen=True, slots=True)
class Failed:
    error: RevisorError


Message = Progress | Finished | Failed
