"""Crawls killed (-9) at random points of fetching and recording: nothing may be lost and nothing doubled."""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sample_portal.hosts import Hosts
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site

DAYS = 3
RECORDING = 0.2
"""Seconds within which a kill that is aimed at the recording strikes."""
COMMAND = [sys.executable, "-c", "from commands.main import main; main()", "crawl", "sample", "--home"]

_CHANGES = """
    select p.key, group_concat(k.kind), b.exact, a.exact from change c join page p on p.id = c.page_id
    join (select * from change_kind order by kind) k on k.change_id = c.id
    left join version b on b.id = c.before_version left join version a on a.id = c.after_version
    group by c.id order by 1, 2, 3, 4
"""
_PAGES = "select p.key, p.state, v.exact from page p left join version v on v.id = p.version_id order by 1"
_VERSIONS = "select p.key, v.exact from version v join page p on p.id = v.page_id order by 1, 2"
_STATES = "select distinct state from run"


@dataclass(frozen=True, slots=True)
class History:
    """What a home holds, apart from when it was seen."""

    changes: list[tuple[str, ...]]
    pages: list[tuple[str, ...]]
    versions: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Kill:
    """Where one kill struck: what was killed, after how long, and what the unfinished run was doing."""

    victim: str
    after: float
    phase: str
    kept: int

    def __str__(self) -> str:
        return f"killed {self.victim} after {self.after:.2f} s, {self.phase}, {self.kept} captures kept"


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    """What the home's database answers; nothing where it has no tables yet."""
    if not (home / "revisor.db").exists():
        return []
    with closing(sqlite3.connect(home / "revisor.db")) as database:
        try:
            return database.execute(query).fetchall()
        except sqlite3.OperationalError:  # killed before the tables were made
            return []


def states(home: Path) -> set[str]:
    """The states in which the home's runs are."""
    return {row[0] for row in rows(home, _STATES)}


def history(home: Path) -> History:
    return History(rows(home, _CHANGES), rows(home, _PAGES), rows(home, _VERSIONS))


def prepare(home: Path, url: str) -> None:
    (home / "portals").mkdir(parents=True)
    slow = (
        portal_file(Hosts(url))
        .replace("delay = 0.0", "delay = 0.01")
        .replace("concurrency = 8", "concurrency = 2")
    )
    (home / "portals" / "sample.toml").write_text(slow, encoding="utf-8")


def crawl(home: Path) -> None:
    done = subprocess.run([*COMMAND, str(home)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"a crawl after a kill failed with {done.returncode}: {done.stderr[-2000:]}")


def killed_crawl(home: Path, rng: Random, longest: float) -> Kill | None:
    """Start a crawl and kill it, or one of its processes; None when it was done before."""
    child = subprocess.Popen(
        [*COMMAND, str(home)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    started = time.monotonic()
    victim = rng.choice(["all", "all", "parent", "crawler"])
    if rng.random() < 0.5:  # recording is short: aim at it
        victim = "all"
        while child.poll() is None and "recording" not in states(home):
            time.sleep(0.005)
        time.sleep(rng.uniform(0, RECORDING))
    else:
        time.sleep(rng.uniform(0.3, longest))
    after = time.monotonic() - started
    if child.poll() is not None:
        return None
    if victim == "all":
        os.killpg(child.pid, signal.SIGKILL)
    elif victim == "parent":
        child.kill()
    else:
        for pid in crawlers(home):
            os.kill(pid, signal.SIGKILL)
    child.wait()
    open_states = states(home)
    phase = next((s for s in ("crawling", "recording") if s in open_states), "outside a run")
    kept = rows(home, "select count(*) from capture")
    return Kill(victim, after, phase, int(kept[0][0]) if kept else 0)


def crawlers(home: Path) -> list[int]:
    """Processes whose standard output is a log of the home."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if (entry / "fd" / "1").readlink().parent == home / "logs":
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def faults(home: Path, reference: History) -> list[str]:
    """What is lost, doubled or damaged in a home, against one that was never interrupted."""
    found = []
    with closing(sqlite3.connect(home / "revisor.db")) as database:
        (verdict,) = database.execute("pragma integrity_check").fetchone()
    if verdict != "ok":
        found.append(f"damaged: {verdict}")
    mine = history(home)
    for what in ("changes", "pages", "versions"):
        got, wanted = getattr(mine, what), getattr(reference, what)
        if got != wanted:
            lost = [row for row in wanted if row not in got]
            extra = [row for row in got if row not in wanted or got.count(row) > wanted.count(row)]
            found.append(f"{what}: lost {lost[:3]}, too many {extra[:3]}")
    if rows(home, "select 1 from capture where state = 'pending'"):
        found.append("captures are still pending")
    if rows(home, "select 1 from run where state != 'done'"):
        found.append("runs are still open")
    return found


def campaign(kills: int, seed: int, articles: int) -> tuple[list[Kill], list[str]]:
    """Three days in each home, every day crawled once to be killed and once to its end."""
    rng = Random(seed)
    struck: list[Kill] = []
    wrong: list[str] = []
    with (
        Server(Site(seed=seed, articles=articles, days=DAYS)) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        calm = Path(folder) / "calm"
        prepare(calm, server.url)
        longest = 0.0
        for server.day in range(DAYS):
            started = time.monotonic()
            crawl(calm)
            longest = max(longest, time.monotonic() - started)
        reference = history(calm)
        number = 0
        while len(struck) < kills:
            number += 1
            home = Path(folder) / f"home{number}"
            prepare(home, server.url)
            for server.day in range(DAYS):
                if kill := killed_crawl(home, rng, longest):
                    struck.append(kill)
                    print(f"{len(struck):>3} {kill}", file=sys.stderr, flush=True)
                crawl(home)
                after = rows(home, "select count(*) from capture")
                if kill and int(after[0][0]) < kill.kept:
                    wrong.append(f"home {number}, day {server.day}: captures lost after {kill}")
            wrong += [f"home {number}: {fault}" for fault in faults(home, reference)]
    return struck, wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=40)
    wanted = parser.parse_args()
    struck, wrong = campaign(wanted.kills, wanted.seed, wanted.articles)
    phases = Counter(kill.phase for kill in struck)
    print(", ".join(f"{count} while {phase}" for phase, count in phases.most_common()))
    print("\n".join(wrong) or f"{len(struck)} kills: nothing lost, nothing doubled")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
