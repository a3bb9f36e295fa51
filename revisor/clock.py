"""Clocks to hand in: the machine's own, and one that starts where it is told."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class StartedClock:
    """A clock that stood at `start` when it was made and goes on from there at the usual speed."""

    start: datetime
    _origin: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """The moment it shows, in UTC."""
        return self.start.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._origin)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """Always the same moment, in UTC."""
        return self.at.astimezone(UTC)
