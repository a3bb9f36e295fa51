"""One site to be played by the product, as a value that goes to another process."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared.sample_run import Played, play
from sample_portal.outages import Outage
from sample_portal.site import Site

OUTAGE_DAY = 2
OUTAGE_DAYS = 6


@dataclass(frozen=True, slots=True)
class Order:
    """One site to be played. outage: fails so on day 2; redesign: has that skin from day 2 on."""

    part: str
    seed: int
    skin: str
    days: int
    articles: int
    outage: Outage | None = None
    redesign: str | None = None
    migrates: bool = False

    @property
    def form(self) -> str:
        """What befalls the portal."""
        if self.outage:
            return self.outage.value
        return "redesign" if self.redesign else "migration" if self.migrates else "events"

    def site(self) -> Site:
        return Site(
            seed=self.seed,
            articles=self.articles,
            days=self.days,
            skin=self.skin,
            everything=self.part == "events",
            furniture_days=self.part == "events",
            outages={OUTAGE_DAY: self.outage} if self.outage else None,
            redesign=(OUTAGE_DAY, self.redesign) if self.redesign else None,
            migration=OUTAGE_DAY if self.migrates else None,
        )


def play_order(order: Order) -> Played:
    """Play the order's site in a temporary data home."""
    with tempfile.TemporaryDirectory(prefix="revisor-truth-") as folder:
        return play(order.site(), Path(folder))
