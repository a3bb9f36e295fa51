"""One crawl with ports in memory, in a process of its own, since a reactor runs only once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from revisor.clock import FixedClock
from revisor.errors import RevisorError, StorageError
from revisor.model import Address, Capture, Discovered, Failure, Fetch, FrontierEntry, Headers, PageKind
from scrapers.crawl import crawl
from scrapers.portal import Portal
from scrapers.ports import CrawlResult, CrawlTask, Drain, Network, Progress

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def capture(url: str, body: bytes, *, status: int = 200, headers: Headers = ()) -> Capture:
    """One answer as it would have come."""
    return Capture(url, status, headers, body, NOW)


class MemoryFrontier:
    def __init__(self, entries: Iterable[FrontierEntry] = (), *, fails: bool = False) -> None:
        self._fails = fails
        self.entries = {entry.address.key: entry for entry in entries}
        self.taken: list[str] = []
        self.found: list[Discovered] = []

    def add(self, found: Iterable[Discovered]) -> int:
        new = 0
        for item in found:
            self.found.append(item)
            if item.address.key not in self.entries:
                self.entries[item.address.key] = FrontierEntry(item.address, item.depth)
                new += 1
        return new

    def take(self, limit: int) -> list[FrontierEntry]:
        if self._fails:
            raise StorageError("the database is locked")
        left = [e for key, e in self.entries.items() if key not in self.taken]
        left.sort(key=lambda e: (e.address.kind is PageKind.ARTICLE, e.depth))
        self.taken += [e.address.key for e in left[:limit]]
        return left[:limit]

    def pending(self) -> int:
        return len(self.entries) - len(self.taken)

    def unseen(self) -> int:
        return self.pending()


class MemorySink:
    def __init__(
        self, frontier: MemoryFrontier, fail_at: int | None = None, bug_at: int | None = None
    ) -> None:
        self._frontier = frontier
        self._fail_at = fail_at
        self._bug_at = bug_at
        self.fetches: list[Fetch] = []
        self.failures: list[Failure] = []

    def store(self, fetch: Fetch) -> None:
        if self._fail_at is not None and len(self.fetches) >= self._fail_at:
            raise StorageError("the disk is full")
        if self._bug_at is not None and len(self.fetches) >= self._bug_at:
            raise ZeroDivisionError
        self.fetches.append(fetch)
        self._frontier.add(fetch.discovered)

    def fail(self, entry: FrontierEntry, failure: Failure) -> None:  # noqa: ARG002
        self.failures.append(failure)


class MemoryHosts:
    def __init__(self) -> None:
        self.until: dict[str, datetime] = {}

    def not_before(self, host: str) -> datetime | None:
        return self.until.get(host)

    def defer(self, host: str, until: datetime) -> None:
        self.until[host] = until


@dataclass(frozen=True)
class Order:
    """What to crawl; `drain_after` drains once so many pages were reported."""

    portal: Portal
    only: tuple[Address, ...] = ()
    seeds: tuple[Discovered, ...] = ()
    entries: tuple[FrontierEntry, ...] = ()
    network: Network | None = None
    fail_at: int | None = None
    drain_after: int | None = None
    bug_at: int | None = None
    frontier_fails: bool = False


@dataclass(frozen=True)
class Shelf:
    """An archive in memory."""

    answers: dict[str, Capture]

    def holds(self, url: str) -> bool:
        return url in self.answers

    def respond(self, url: str) -> Capture | None:
        return self.answers.get(url)


@dataclass(frozen=True)
class Outcome:
    result: CrawlResult | RevisorError
    fetches: list[Fetch]
    failures: list[Failure]
    found: list[Discovered]
    hosts: dict[str, datetime]
    progress: list[Progress] = field(default_factory=list)

    def failure_names(self) -> list[str]:
        return [failure.name for failure in self.failures]

    def statuses(self) -> list[int]:
        return [fetch.capture.status for fetch in self.fetches]


def _work(order: Order, pipe: Connection[object, Outcome]) -> None:
    frontier = MemoryFrontier(order.entries, fails=order.frontier_fails)
    sink = MemorySink(frontier, order.fail_at, order.bug_at)
    hosts = MemoryHosts()
    progress: list[Progress] = []
    drains: list[Drain] = []

    def report(step: Progress) -> None:
        progress.append(step)
        if order.drain_after is not None and len(progress) >= order.drain_after:
            drains[0]("told to")

    task = CrawlTask(
        order.portal,
        frontier,
        sink,
        hosts,
        FixedClock(NOW),
        report,
        only=order.only,
        seeds=order.seeds,
        network=order.network,
    )
    result: CrawlResult | RevisorError
    try:
        result = crawl(task, lambda _loop, drain: drains.append(drain))
    except RevisorError as error:
        result = error
    pipe.send(Outcome(result, sink.fetches, sink.failures, frontier.found, hosts.until, progress))


def run_crawl(order: Order) -> Outcome:
    """Crawl in a child process and bring everything home that it stored."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scrapers.crawl"])
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(order, theirs))
    child.start()
    theirs.close()
    try:
        outcome = ours.recv()
    finally:
        child.join()
        ours.close()
    assert isinstance(outcome, Outcome)
    return outcome
