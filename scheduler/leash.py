"""How long the process of a run may go on: told to end first, and ended when it does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from reports.wording import count
from revisor.config import RunSettings
from revisor.errors import DeadlineExceeded
from scrapers.ports import Progress


def _ignore(_: Progress) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watcher:
    """How a run is followed and stopped from outside.

    should_stop: asked a few times a second; once true, the run drains. should_end: once true, its process is
    killed. timer: seconds that only go forward.
    """

    on_progress: Callable[[Progress], None] = field(default=_ignore)
    should_stop: Callable[[], bool] = field(default=_never)
    should_end: Callable[[], bool] = field(default=_never)
    timer: Callable[[], float] = field(default=time.monotonic)


_STOPPED = (
    "start the service or a crawl again, which records what was fetched; run.grace_seconds gives more time"
)


class Leash:
    """The bounds of one process. It has the deadline to crawl, and once more to record.

    A crawl that is out of time is told to drain, and then has the grace to come to its end; what it fetched
    is recorded as ever. When the run is stopped from outside, the grace is all that is left, for both.
    """

    def __init__(self, portal: str, bounds: RunSettings, watcher: Watcher) -> None:
        self._portal = portal
        self._bounds = bounds
        self._watcher = watcher
        self._deadline = watcher.timer() + bounds.deadline_minutes * 60
        self._crawls = True
        self._told_at: float | None = None
        self._stopped_at: float | None = None

    def recording(self) -> None:
        """The crawl has ended, in time."""
        self._crawls = False
        self._told_at = None
        self._deadline = self._watcher.timer() + self._bounds.deadline_minutes * 60

    def word(self) -> str | None:
        """What to tell the process now, once: the reason to drain."""
        now = self._watcher.timer()
        if self._stopped_at is None and self._watcher.should_stop():
            self._stopped_at = now
            return "told to stop"
        if self._crawls and self._told_at is None and now >= self._deadline:
            self._told_at = now
            return f"out of time after {count(self._bounds.deadline_minutes, 'minute')}"
        return None

    def verdict(self) -> DeadlineExceeded | None:
        """The error with which the process is to be killed now; None while it may go on."""
        now, name = self._watcher.timer(), self._portal
        minutes, grace = self._bounds.deadline_minutes, self._bounds.grace_seconds
        if self._watcher.should_end():
            return DeadlineExceeded(f"{name} was stopped at once", _STOPPED)
        if self._stopped_at is not None and now >= self._stopped_at + grace:
            return DeadlineExceeded(f"{name} did not end {grace} s after it was stopped", _STOPPED)
        if self._told_at is not None and now >= self._told_at + grace:
            return DeadlineExceeded(f"{name} crawled for {count(minutes, 'minute')}, and {grace} s more")
        if not self._crawls and now >= self._deadline:
            return DeadlineExceeded(f"{name} was not recorded within {count(minutes, 'minute')}")
        return None
