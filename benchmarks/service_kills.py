"""A service or one of its processes killed (-9) at random points: no slot may be lost or doubled."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.kills import History, crawlers, faults, history, rows, states
from benchmarks.service import HOUR, START, descendants, open_runs, planned, ran, start_service, write_portal
from revisor.clock import StartedClock
from sample_portal.server import Server
from sample_portal.site import Site

DAYS = 3
WHOLE = 3
"""Runs of each portal, begun on a day and ended whole, after which that day is over."""
KILLS_A_DAY = 4

NAMES = ("alpha", "beta")
VICTIMS = ("service", "service", "crawler", "crawler", "forkserver", "all")

MARGIN = 1.5
"""Seconds of real time within which a portal that is free must begin a slot that is due."""

Period = tuple[datetime, datetime]


class Trial:
    """A home with its service, under a clock that goes on while the service is dead."""

    def __init__(self, home: Path, url: str, seconds: float) -> None:
        self.home = home
        self.down: list[Period] = []
        (home / "portals").mkdir(parents=True)
        for name in NAMES:
            write_portal(home, name, url, delay=0.01)
        self.clock = StartedClock(START, time.monotonic(), 3600 / seconds)
        self.service = self._start(self.clock.now())

    def restart(self, after: float) -> None:
        """Start a dead service again, so many seconds later."""
        began = self.clock.now()
        self.service.wait()
        time.sleep(after)
        self.service = self._start(began)

    def stop(self) -> None:
        """Ask the service to stop; a stop that is not clean ends the bench."""
        self.service.terminate()
        if code := self.service.wait():
            raise SystemExit(f"the service stopped with {code}: {self._said()[-2000:]}")

    def play(self, kills: int, rng: Random, struck: list[str], seconds: float) -> None:
        """One day: the kills, then as many whole runs as it takes."""
        begun = self._newest()
        for _ in range(kills):
            struck.append(strike(self, rng, seconds))
            print(f"{len(struck):>3} killed {struck[-1]}", file=sys.stderr, flush=True)
        while open_runs(self.home) or any(self._whole(name, begun) < WHOLE for name in NAMES):
            if self.service.poll() is not None:
                raise SystemExit(f"the service ended by itself: {self._said()[-2000:]}")
            time.sleep(0.05)

    def lost(self) -> list[str]:
        """Slots without a run, though a service was up and the portal free for long enough; and doubles."""
        found = []
        for name in NAMES:
            counted = ran(self.home, name)
            found += [f"{name}: {slot} ran {times} times" for slot, times in counted.items() if times > 1]
            busy = [*self.down, *self._runs(name)]
            for slot in planned(min(counted), _moment(max(counted))):
                start = _moment(slot)
                if slot not in counted and (gap := _longest_gap(start, start + HOUR, busy)) > self._margin():
                    found.append(f"{name}: {slot} was lost, free for {gap}")
        return found

    def _start(self, down_since: datetime) -> subprocess.Popen[bytes]:
        before = self._said().count("service of")
        service = start_service(self.home, self.clock, NAMES)
        while self._said().count("service of") == before:
            if service.poll() is not None:
                raise SystemExit(f"the service did not start: {self._said()[-2000:]}")
            time.sleep(0.01)
        self.down.append((down_since, self.clock.now()))
        return service

    def _said(self) -> str:
        log = self.home / "service.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def _newest(self) -> int:
        found = rows(self.home, "select coalesce(max(id), 0) from run")
        return int(found[0][0]) if found else 0

    def _whole(self, name: str, after: int) -> int:
        wanted = f"portal = '{name}' and id > {after} and complete and verdict = 'healthy' and state = 'done'"
        return len(rows(self.home, f"select 1 from run where {wanted}"))  # noqa: S608  # our own words

    def _runs(self, name: str) -> list[Period]:
        query = f"select started_at, ended_at from run where portal = '{name}'"  # noqa: S608  # our own name
        return [(_moment(start), _moment(end)) for start, end in rows(self.home, query)]

    def _margin(self) -> timedelta:
        return timedelta(seconds=MARGIN * self.clock.speed)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removeprefix("timed:")).replace(tzinfo=UTC)


def _longest_gap(start: datetime, end: datetime, busy: list[Period]) -> timedelta:
    """The longest time in the span that no period covers."""
    longest, free = timedelta(0), start
    for begins, ends in sorted(busy):
        longest = max(longest, min(begins, end) - free)
        free = max(free, min(ends, end))
    return max(longest, end - free)


def strike(trial: Trial, rng: Random, seconds: float) -> str:
    """Kill something, more often than not during a run; start the service again if it is dead."""
    if rng.random() < 0.7:
        while not states(trial.home) & {"crawling", "recording"}:
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 1.0))
    else:
        time.sleep(rng.uniform(0, 1.2 * seconds))
    open_states = states(trial.home)
    phase = next((state for state in ("recording", "crawling") if state in open_states), "between runs")
    victim = rng.choice(VICTIMS)
    if victim == "service":
        trial.service.kill()
    elif victim == "all":
        os.killpg(trial.service.pid, signal.SIGKILL)
    else:
        for pid in crawlers(trial.home) if victim == "crawler" else _forkservers(trial.service.pid):
            os.kill(pid, signal.SIGKILL)
    if victim in {"service", "all"}:
        trial.restart(rng.uniform(0, seconds))
    return f"{victim}, {phase}"


def _forkservers(pid: int) -> list[int]:
    found = []
    for child in descendants(pid):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:  # it has ended
            continue
        if b"forkserver" in words and Path(f"/proc/{child}/task/{child}/children").exists():
            found.append(child)
    return found[:1]  # what is forked from it has the same command line


def campaign(kills: int, seed: int, articles: int, seconds: float) -> tuple[list[str], list[str]]:
    """Homes of three days each, until so many kills have struck, held against one that was left in peace."""
    rng = Random(seed)
    struck: list[str] = []
    wrong: list[str] = []
    site = Site(seed=seed, articles=articles, days=DAYS)
    with Server(site) as server, tempfile.TemporaryDirectory(prefix="revisor-bench-") as folder:

        def play(name: str, kills_a_day: int) -> tuple[Trial, History]:
            server.day = 0
            trial = Trial(Path(folder) / name, server.url, seconds)
            try:
                for server.day in range(DAYS):
                    trial.play(min(kills_a_day, kills - len(struck)), rng, struck, seconds)
                trial.stop()
            finally:
                trial.service.kill()
            return trial, history(trial.home)

        _, reference = play("calm", 0)
        while len(struck) < kills:
            trial, _ = play(f"home{len(struck)}", KILLS_A_DAY)
            wrong += [
                f"{trial.home.name}: {fault}" for fault in (*faults(trial.home, reference), *trial.lost())
            ]
    return struck, wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench service_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=4.0, help="between two slots of a portal")
    wanted = parser.parse_args()
    struck, wrong = campaign(wanted.kills, wanted.seed, wanted.articles, wanted.seconds)
    print(", ".join(f"{count} x {what}" for what, count in Counter(struck).most_common()))
    print("\n".join(wrong) or f"{len(struck)} kills: no slot lost or doubled, history as without them")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
