"""A run's own process: opens the store, crawls, records, and tells its parent how it goes."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import Engine

from revisor.clock import SystemClock
from revisor.errors import RevisorError
from revisor.model import Trigger
from scheduler.job import CrawlEnded, CrawlJob, Failed, Finished, Job, Message, Reading, RecordJob
from scheduler.record import Recorder
from scrapers.crawl import crawl
from scrapers.ports import CrawlResult, CrawlTask, Drain, Progress
from storage.captures import RunSink, StoredHosts
from storage.database import open_database
from storage.frontier import RunFrontier
from storage.store import Store


def main(job: Job, connection: Connection[Message, str]) -> None:
    """Do the job; the last message is Finished or Failed. The parent's end closing drains the crawl."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # but for the time of a crawl, which it drains
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    _write_to(job.log, afresh=isinstance(job, CrawlJob))
    memory = job.bounds.memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        _work(job, connection)
    except RevisorError as error:
        _say(connection, Failed(error))
    else:
        _say(connection, Finished())


def _work(job: Job, connection: Connection[Message, str]) -> None:
    engine = open_database(job.database, create=False)
    store = Store(engine)

    def on_read(capture_id: int) -> None:
        _say(connection, Reading(capture_id))

    try:
        match job:
            case CrawlJob():
                result = _crawl(job, engine, connection)
                run = store.end_crawl(job.run.id, complete=result.complete, absent=result.absent)
                _say(connection, CrawlEnded())
                cut = result.drained
            case RecordJob():
                run = store.end_crawl(job.run.id, complete=False)
                cut = None if run.complete else "its process ended early"
        written = SystemClock() if run.trigger is Trigger.IMPORT else job.clock
        Recorder(store, job.portal, run, job.avoid, on_read).finish(job.clock, cut, written)
    finally:
        engine.dispose()


def _crawl(job: CrawlJob, engine: Engine, connection: Connection[Message, str]) -> CrawlResult:
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
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _say(connection: Connection[Message, str], message: Message) -> None:
    with suppress(BrokenPipeError):  # the parent has gone; what was fetched is recorded all the same
        connection.send(message)


def _write_to(log: Path, *, afresh: bool) -> None:
    """Send what this process says to its log, so that it cannot disturb the parent's terminal."""
    target = os.open(log, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if afresh else os.O_APPEND), 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
