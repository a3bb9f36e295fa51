"""The crawler's own process: opens the store, crawls, tells its parent how it goes."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from revisor.errors import RevisorError
from scheduler.job import CrawlJob, Failed, Finished, Message
from scrapers.crawl import crawl
from scrapers.ports import CrawlResult, CrawlTask, Drain, Progress
from storage.captures import RunSink, StoredHosts
from storage.database import open_database
from storage.frontier import RunFrontier

MEMORY = 3 << 30
"""Bytes of address space that a crawler may use; a page that wants more ends it with a name."""


def main(job: CrawlJob, connection: Connection[Message, str]) -> None:
    """Do the job; the last message is Finished or Failed. The parent's end closing drains the crawl."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _write_to(job.log)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        connection.send(Finished(_crawl(job, connection)))
    except RevisorError as error:
        connection.send(Failed(error))


def _crawl(job: CrawlJob, connection: Connection[Message, str]) -> CrawlResult:
    engine = open_database(job.database, create=False)
    most = job.portal.scope.pages_per_run
    limit = min(job.max_pages or most, most) if job.network is None else None
    drains: list[Drain] = []

    def report(progress: Progress) -> None:
        try:
            connection.send(progress)
        except BrokenPipeError:
            for drain in drains:
                drain("the process that started the crawl has gone")

    def on_start(loop: asyncio.AbstractEventLoop, drain: Drain) -> None:
        drains.append(drain)
        loop.add_signal_handler(signal.SIGTERM, drain, "stopped by SIGTERM")

        def heard() -> None:
            try:
                drain(connection.recv())
            except (EOFError, ConnectionResetError):
                drain("the process that started the crawl has gone")
                loop.remove_reader(connection.fileno())

        loop.add_reader(connection.fileno(), heard)

    task = CrawlTask(
        portal=job.portal,
        frontier=RunFrontier(engine, job.run, limit),
        sink=RunSink(engine, job.run),
        hosts=StoredHosts(engine),
        clock=job.clock,
        report=report,
        contact=job.contact,
        only=job.only,
        seeds=job.seeds,
        network=job.network,
    )
    try:
        return crawl(task, on_start)
    finally:
        engine.dispose()


def _write_to(log: Path) -> None:
    """Send what this process says to its log, so that it cannot disturb the parent's terminal."""
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
