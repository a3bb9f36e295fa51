"""A crawl's progress: a live line on a terminal, plain lines now and then when piped."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.status import Status

    from scrapers.ports import Progress

PLAIN_EVERY = 5.0
"""Seconds between two plain lines."""


class ProgressDisplay:
    """Shows how a crawl goes, on standard error; `quiet` shows nothing."""

    def __init__(self, portal: str, *, quiet: bool = False) -> None:
        self._portal = portal
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet
        self._started = self._said = time.monotonic()
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._live:
            from rich.console import Console  # noqa: PLC0415
            from rich.status import Status  # noqa: PLC0415

            self._status = Status(f"{self._portal}: starting", console=Console(stderr=True, markup=False))
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def show(self, progress: Progress) -> None:
        """Take in where the crawl stands."""
        now = time.monotonic()
        if self._status:
            self._status.update(self._line(progress, now))
        elif not self._quiet and now - self._said >= PLAIN_EVERY:
            self._said = now
            sys.stderr.write(self._line(progress, now) + "\n")

    def _line(self, progress: Progress, now: float) -> str:
        done = progress.fetched + progress.failed
        rate = done / max(now - self._started, 0.001)
        return (
            f"{self._portal}: {progress.fetched} fetched, {progress.failed} failed, "
            f"{progress.queued} queued, {rate:.1f} a second"
        )
