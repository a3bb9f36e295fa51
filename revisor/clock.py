"""Clocks to hand in: the machine's own, and one that starts where it is told."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class RunningClock(Protocol):
    """A clock that one can wait by."""

    def now(self) -> datetime:
        """The moment it shows, in UTC."""
        ...

    def seconds_until(self, moment: datetime) -> float:
        """How many seconds of real time it takes until it shows that moment; 0 where it has passed."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    def seconds_until(self, moment: datetime) -> float:
        """How long it is until then; 0 where it has passed."""
        return max(0.0, (moment - self.now()).total_seconds())


@dataclass(frozen=True, slots=True)
class StartedClock:
    """A clock that showed `start` when it was made; since then it runs, `speed` times as fast as time.

    origin: the seconds of `time.monotonic` at that moment; all processes of this machine count the same.
    """

    start: datetime
    origin: float = field(default_factory=time.monotonic)
    speed: float = 1.0

    def now(self) -> datetime:
        """The moment it shows, in UTC."""
        passed = (time.monotonic() - self.origin) * self.speed
        return self.start.astimezone(UTC) + timedelta(seconds=passed)

    def seconds_until(self, moment: datetime) -> float:
        """How many seconds of real time it takes until it shows that moment; 0 where it has passed."""
        return max(0.0, (moment - self.now()).total_seconds() / self.speed)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """Always the same moment, in UTC."""
        return self.at.astimezone(UTC)
