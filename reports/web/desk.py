"""What the review page needs from outside, handed in by the command that starts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from reports.runs import PortalLine
from revisor.config import WebSettings
from scrapers.ports import Clock
from storage.store import Store


@dataclass(frozen=True, slots=True)
class PortalDue:
    """A portal as it is listed, and when its next slot is; None where none is to come."""

    line: PortalLine
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Desk:
    """portals: asked anew for each page. zone: of the times that are shown, None is this machine's."""

    store: Store
    portals: Callable[[], Sequence[PortalDue]]
    clock: Clock
    web: WebSettings
    zone: tzinfo | None = None
