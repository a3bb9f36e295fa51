"""The parent's side of a crawl: starts the child, follows its progress, drains or ends it."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from revisor.errors import CrawlerCrashed
from scheduler.job import CrawlJob, Failed, Finished, Message
from scrapers.ports import CrawlResult, Progress

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["scheduler.child", "scheduler.rounds"])

POLL = 0.2
"""Seconds between looks at whether to stop."""


def crawl_in_child(
    job: CrawlJob, on_progress: Callable[[Progress], None], should_stop: Callable[[], bool]
) -> CrawlResult:
    """Crawl in a process of its own, forked from one that has everything imported; blocks.

    should_stop: asked a few times a second; once true, the child is told to drain.
    Raises CrawlerCrashed when the child ends without a word, StorageError when it could not store.
    """
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_enter, args=(job, theirs), name=f"crawl-{job.portal.name}")
    with _starting():
        child.start()
    theirs.close()
    told = False
    try:
        while True:
            if should_stop() and not told:
                told = True
                ours.send("stopped by the user")
            if not ours.poll(POLL):
                continue
            try:
                message = ours.recv()
            except (EOFError, ConnectionResetError):
                child.join()
                raise _crashed(child.exitcode, job.log) from None
            match message:
                case Finished(result):
                    return result
                case Failed(error):
                    raise error
                case progress:
                    on_progress(progress)
    finally:
        ours.close()
        child.join()
        child.close()


def _enter(job: CrawlJob, connection: Connection[Message, str]) -> None:
    """Where the child begins. It has Scrapy loaded; this process, which only names the function, has not."""
    from scheduler.child import main  # noqa: PLC0415

    main(job, connection)


@contextmanager
def _starting() -> Iterator[None]:
    """Around a child's start: no main script in it, and no Ctrl-C, which is for the parent to hear.

    multiprocessing runs the main script once more in each child, for the sake of functions defined there; it
    costs 0.1 to 0.3 s of CPU. A Ctrl-C in the moment of the start would kill the process that children are
    forked from; blocked here, it stays blocked there, and reaches this process right after.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    resource_tracker.ensure_running()  # at its first start it would unblock what is blocked here
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        sys.modules["__main__"] = main


def _crashed(exitcode: int | None, log: Path) -> CrawlerCrashed:
    lines = log.read_text("utf-8", "replace").split("\n") if log.exists() else []
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    how = f"by signal {-exitcode}" if exitcode and exitcode < 0 else f"with exit code {exitcode}"
    return CrawlerCrashed(f"the crawler ended {how}: {last[:300]}", f"read {log}; {CrawlerCrashed.remedy}")
