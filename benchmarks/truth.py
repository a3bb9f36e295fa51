"""Days of the sample portal crawled, and the changes held against its truth, kind by kind."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from revisor.clock import StartedClock
from revisor.config import Config, Home
from sample_portal.judge import Report, Verdict, judge
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site
from scheduler.run import RunOrder, run_portal
from scrapers.portal_files import find_portal
from storage.database import open_database
from storage.records import ChangeFilter
from storage.store import Store

START = date(2026, 3, 2)
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Played:
    """One seed's days: the verdict, and how many changes were reported on days without any."""

    seed: int
    verdict: Verdict
    quiet_days: int
    on_quiet_days: int


def play(seed: int, days: int, articles: int, home: Path) -> Played:
    """Crawl one seed's portal once a day and judge what was reported."""
    config = Config(Home(home))
    config.home.make()
    site = Site(seed=seed, articles=articles, days=days, start=START)
    engine = open_database(config.home.database)
    store = Store(engine)
    with Server(site) as server:
        (config.home.portals / "sample.toml").write_text(portal_file(server.url), encoding="utf-8")
        portal = find_portal(home, "sample")
        for day in range(days):
            server.day = day
            morning = datetime.combine(START + timedelta(days=day), datetime.min.time(), ZONE)
            run_portal(config, store, RunOrder(portal), StartedClock(morning + timedelta(hours=9)))
    reports = [
        Report(
            (c.detected_at.astimezone(ZONE).date() - START).days, c.page.key.removeprefix("id:"), kind.value
        )
        for c in store.changes(ChangeFilter(include_cosmetic=True), limit=100_000)
        for kind in c.kinds
    ]
    engine.dispose()
    eventful = {c.day for c in site.truth()} | {c.due_day for c in site.truth()}
    quiet = set(range(1, days)) - eventful
    noisy = sum(report.day in quiet for report in reports)
    return Played(seed, judge(site.truth(), reports, days - 1), len(quiet), noisy)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench truth", description=__doc__)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    played = []
    for seed in range(1, wanted.seeds + 1):
        with tempfile.TemporaryDirectory(prefix="revisor-truth-") as folder:
            played.append(play(seed, wanted.days, wanted.articles, Path(folder)))
            sys.stderr.write(f"seed {seed}: {_line(played[-1].verdict)}\n")
    report(played, as_json=wanted.json)


def report(played: list[Played], *, as_json: bool) -> None:
    """Print precision and recall by kind over all seeds, and every miss."""
    found = Counter(kind for p in played for _, kind in p.verdict.found)
    missed = Counter(kind for p in played for _, kind in p.verdict.missed)
    false = Counter(r.kind for p in played for r in p.verdict.false)
    rows = {kind: (found[kind], missed[kind], false[kind]) for kind in sorted(found | missed | false)}
    rows["all"] = (found.total(), missed.total(), false.total())
    quiet = sum(p.quiet_days for p in played)
    noisy = sum(p.on_quiet_days for p in played)
    if as_json:
        print(json.dumps({"format": "revisor.bench.truth/1", "kinds": rows, "quiet": [quiet, noisy]}))
        return
    print(f"{'kind':<12} {'true':>5} {'found':>6} {'missed':>7} {'false':>6} {'precision':>10} {'recall':>7}")
    for kind, (hit, miss, wrong) in rows.items():
        precision = hit / (hit + wrong) if hit + wrong else 1.0
        recall = hit / (hit + miss) if hit + miss else 1.0
        print(f"{kind:<12} {hit + miss:>5} {hit:>6} {miss:>7} {wrong:>6} {precision:>10.3f} {recall:>7.3f}")
    print(f"{quiet} days on which only furniture moved: {noisy} changes reported")
    for p in played:
        for change, kind in p.verdict.missed:
            print(f"  seed {p.seed} day {change.day} missed {kind} of {change.path}: {change.detail}")
        for wrong_one in p.verdict.false:
            print(f"  seed {p.seed} day {wrong_one.day} false {wrong_one.kind} of article {wrong_one.key}")


def _line(verdict: Verdict) -> str:
    return f"precision {verdict.precision:.3f}, recall {verdict.recall:.3f}"


if __name__ == "__main__":
    main()
