"""Days of the sample portal crawled, and everything reported held against its truth.

Parts: `events` (every kind of event, alike often), `outages` (each form on a portal of its own), `redesigns`
(another skin from one day to the next, and other addresses), `fields` (what extraction takes from the pages
of the first day).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.shared.sample_run import Game
from benchmarks.truth.fields import FieldScore, fields_of, print_fields
from benchmarks.truth.order import OUTAGE_DAYS, Order, play_order
from benchmarks.truth.show import show_worst
from benchmarks.truth.tables import EventTable, IncidentTable
from sample_portal.outages import Outage
from sample_portal.skins import JUDGING_SKINS, SKINS, WORKING_SKINS

PARTS = ("events", "outages", "redesigns", "fields")
_GROUPS = {"all": SKINS, "working": WORKING_SKINS, "judging": JUDGING_SKINS}


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench truth", description=__doc__)
    parser.add_argument("--days", type=int, default=12, help="days of each site of the events")
    parser.add_argument("--seeds", type=int, default=15, help="how many sites; each has the next skin")
    parser.add_argument("--skins", default="working", help="all, working, judging, or names with commas")
    parser.add_argument("--articles", type=int, default=400, help="on the first day of an events' site")
    parser.add_argument("--outage-articles", type=int, default=60)
    parser.add_argument("--outages", default=",".join(Outage), help="which forms, with commas")
    parser.add_argument("--parts", default=",".join(PARTS), help="which parts, with commas")
    parser.add_argument("--jobs", type=int, default=2, help="sites played at the same time")
    parser.add_argument("--show", type=Path, help="write the worst misses with their pages into this folder")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    skins = _GROUPS.get(wanted.skins) or tuple(wanted.skins.split(","))
    parts = wanted.parts.split(",")
    games = list(_games(list(_orders(wanted, parts, skins)), wanted.jobs))
    events = EventTable.of([game for order, game in games if order.part == "events"])
    incidents = IncidentTable.of([(order.form, game) for order, game in games if order.part != "events"])
    scores = fields_of(skins, wanted.seeds) if "fields" in parts else []
    if wanted.show:
        show_worst([game for _, game in games], wanted.show)
    if wanted.json:
        print(json.dumps(_as_json(events, incidents, scores)))
        return
    if "events" in parts:
        events.print()
    if "outages" in parts or "redesigns" in parts:
        incidents.print()
    if scores:
        print_fields(scores)


def _orders(wanted: argparse.Namespace, parts: Sequence[str], skins: Sequence[str]) -> Iterator[Order]:
    for seed in range(1, wanted.seeds + 1):
        skin = skins[(seed - 1) % len(skins)]
        if "events" in parts:
            yield Order("events", seed, skin, wanted.days, wanted.articles)
        if "redesigns" in parts:
            other = skins[seed % len(skins)] if len(skins) > 1 else WORKING_SKINS[seed % len(WORKING_SKINS)]
            size = wanted.outage_articles
            yield Order("redesigns", seed, skin, OUTAGE_DAYS, size, redesign=other)
            yield Order("redesigns", seed, skin, OUTAGE_DAYS, size, migrates=True)
    if "outages" in parts:
        for index, name in enumerate(wanted.outages.split(",")):
            outage, skin = Outage[name.upper()], skins[index % len(skins)]
            yield Order("outages", index + 1, skin, OUTAGE_DAYS, wanted.outage_articles, outage=outage)


def _games(orders: Sequence[Order], jobs: int) -> Iterator[tuple[Order, Game]]:
    """Each order with what became of it; a line about each to the error output."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for order, played in zip(orders, pool.map(play_order, orders), strict=True):
            game = Game(order.site(), played)
            figures = f"precision {game.verdict.precision:.3f}, recall {game.verdict.recall:.3f}"
            sys.stderr.write(f"seed {order.seed}, {order.skin}, {order.form}: {figures}\n")
            yield order, game


def _as_json(events: EventTable, incidents: IncidentTable, scores: Sequence[FieldScore]) -> dict[str, object]:
    return {
        "format": "revisor.bench.truth/2",
        "events": events.rows(),
        "incidents": incidents.rows(),
        "fields": [score.row() for score in scores],
    }


if __name__ == "__main__":
    main()
