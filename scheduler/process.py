"""The parent's side of a run: starts its process, follows its progress, drains or ends it."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Lock
from types import ModuleType

from revisor.errors import CrawlerCrashed
from scheduler.job import CrawlEnded, CrawlJob, Ended, Failed, Finished, Job, Message, Reading
from scheduler.leash import Leash, Watcher
from scrapers.ports import Progress

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["scheduler.child", "scheduler.rounds"])

_ONE_AT_A_TIME = Lock()
"""Held to start and to bury a process: starting one looks at all others, and would take their exit codes."""

POLL = 0.2
"""Seconds between looks at whether to stop."""

LOG_LINES = 40
LOG_CHARACTERS = 4_000
"""So much of the end of a log is kept with a run that failed."""


def run_job(job: Job, watcher: Watcher) -> Finished | Ended:
    """Do the job in a process of its own, forked from one that has everything imported; blocks.

    Raises what the process itself says it failed of, StorageError most often; CrawlerCrashed when it could
    not be started.
    """
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_enter, args=(job, theirs), name=f"run-{job.portal.name}")
    try:
        with _starting():
            child.start()
    except (OSError, EOFError) as error:
        ours.close()
        raise CrawlerCrashed(f"the process of {job.portal.name} could not be started: {error}") from error
    finally:
        theirs.close()
    try:
        return _follow(job, child, ours, watcher)
    except BaseException:
        child.kill()
        raise
    finally:
        ours.close()
        _bury(child)


def tail(log: Path) -> str:
    """The last lines of a log; empty where there is none."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4 * LOG_CHARACTERS))
        text = file.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-LOG_LINES:])[-LOG_CHARACTERS:]


def _follow(
    job: Job, child: ForkServerProcess, connection: Connection[str, Message], watcher: Watcher
) -> Finished | Ended:
    leash = Leash(job.portal.name, job.bounds, watcher)
    if not isinstance(job, CrawlJob):
        leash.recording()
    reading: int | None = None
    while True:
        if word := leash.word():
            with suppress(BrokenPipeError):  # it has ended; what it said last is still to be read
                connection.send(word)
        if error := leash.verdict():
            child.kill()
            return Ended(error, reading)
        if not connection.poll(POLL):
            continue
        try:
            message = connection.recv()
        except (EOFError, ConnectionResetError):
            return Ended(_crashed(_bury(child), job.log), reading)
        match message:
            case Finished():
                return message
            case Failed(its_error):
                raise its_error
            case CrawlEnded():
                leash.recording()
            case Reading(capture_id):
                reading = capture_id
            case Progress():
                watcher.on_progress(message)


def _enter(job: Job, connection: Connection[Message, str]) -> None:
    """Where the child begins. It has Scrapy loaded; this process, which only names the function, has not."""
    from scheduler.child import main  # noqa: PLC0415

    main(job, connection)


@contextmanager
def _starting() -> Iterator[None]:
    """Around a child's start: no main script in it, and no signal that is for the parent to hear.

    multiprocessing runs the main script once more in each child, for the sake of functions defined there; it
    costs 0.1 to 0.3 s of CPU. A Ctrl-C, or a SIGTERM to the whole group, would kill the process that children
    are forked from; blocked here, it stays blocked there, and reaches this process right after.
    """
    with _ONE_AT_A_TIME:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        resource_tracker.ensure_running()  # at its first start it would unblock what is blocked here
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
            sys.modules["__main__"] = main


def _bury(child: ForkServerProcess) -> int | None:
    """Wait for the child's end and let go of it; its exit code, None at a second call."""
    with suppress(ValueError):  # it is buried already
        wait([child.sentinel])
        with _ONE_AT_A_TIME:
            child.join()
            code = child.exitcode
            child.close()
            return code
    return None


def _crashed(exitcode: int | None, log: Path) -> CrawlerCrashed:
    last = next((line.strip() for line in reversed(tail(log).split("\n")) if line.strip()), "it said nothing")
    how = f"by signal {-exitcode}" if exitcode and exitcode < 0 else f"with exit code {exitcode}"
    remedy = f"read {log}; what was fetched is kept and the next run goes on"
    return CrawlerCrashed(f"the crawler ended {how}: {last[:300]}", remedy)
