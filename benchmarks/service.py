"""One service over many runs of sample portals: slots missed or doubled, processes, files, memory."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.kills import rows
from revisor.clock import StartedClock
from revisor.config import Config, Home, ServiceSettings
from revisor.slots import Timetable
from sample_portal.hosts import Hosts
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
CRON = "0 * * * *"
HOUR = timedelta(hours=1)
SERVE = [sys.executable, "-c", "from benchmarks.service import serve; serve()"]
DAYS = 10
WARM = 20
"""Runs after which the memory is taken as settled."""


def write_portal(
    home: Path, name: str, base: str, *, cron: str = CRON, enabled: bool = True, delay: float = 0.0
) -> None:
    """The file of a sample portal under another name and with a schedule, put in its place whole."""
    text = (
        portal_file(Hosts(base))
        .replace('name = "sample"', f'name = "{name}"')
        .replace("enabled = false", f'enabled = {str(enabled).lower()}\ncron = "{cron}"')
        .replace("delay = 0.0", f"delay = {delay}")
    )
    new = home / "portals" / f"{name}.new"
    new.write_text(text, encoding="utf-8")
    new.rename(new.with_suffix(".toml"))


def serve() -> None:
    """The service of a home under a fast clock, in this process. Arguments: home, origin, speed, portals."""
    from commands.options import Stop  # noqa: PLC0415  # the process that measures needs none of this
    from commands.service import log_to_stderr  # noqa: PLC0415
    from scheduler.jobs import Service  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    home, origin, speed, *portals = sys.argv[1:]
    config = Config(Home(Path(home)), service=ServiceSettings(parallel=len(portals), portals=tuple(portals)))
    config.home.make()
    engine = open_database(config.home.database)
    log_to_stderr()
    clock = StartedClock(START, float(origin), float(speed))
    with Stop().listening() as stop, Service(config, Store(engine), clock) as service:
        service.start()
        while not stop.asked:
            threading.Event().wait(0.2)
    engine.dispose()


def start_service(home: Path, clock: StartedClock, portals: Iterable[str]) -> subprocess.Popen[bytes]:
    """A service in a process and a session of its own; what it says goes to `service.log` of the home."""
    arguments = [str(home), repr(clock.origin), repr(clock.speed), *portals]
    with (home / "service.log").open("ab") as log:
        return subprocess.Popen([*SERVE, *arguments], stderr=log, start_new_session=True)


@dataclass(frozen=True, slots=True)
class Size:
    """What a process and its descendants take. rss: kB of the process itself."""

    processes: int
    threads: int
    files: int
    rss: int

    def __str__(self) -> str:
        return (
            f"{self.processes} processes, {self.threads} threads, {self.files} open files, "
            f"{self.rss / 1024:.1f} MB"
        )


def size_of(pid: int) -> Size:
    """Threads, files and memory are the process's own."""
    status = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line
    )
    return Size(
        processes=1 + len(descendants(pid)),
        threads=int(status["Threads"]),
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        rss=int(status["VmRSS"].split()[0]),
    )


def descendants(pid: int) -> list[int]:
    """All processes below it."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def open_runs(home: Path) -> int:
    return len(rows(home, "select 1 from run where state != 'done'"))


def done_runs(home: Path) -> int:
    return len(rows(home, "select 1 from run where state = 'done'"))


def settle(home: Path, pid: int) -> Size:
    """The size at a moment when nothing runs, and its processes have had the time to end."""
    while True:
        sizes: list[Size] = []
        while not open_runs(home) and len(sizes) < 5:
            sizes.append(size_of(pid))
            time.sleep(0.05)
        if len(sizes) == 5 and not open_runs(home):
            return sizes[-1]
        time.sleep(0.05)


def ran(home: Path, portal: str) -> Counter[str]:
    """How often each timed slot of the portal stands in the run table."""
    query = f"select slot from run where portal = '{portal}' and slot like 'timed:%'"  # noqa: S608  # our own name
    return Counter(str(row[0]) for row in rows(home, query))


def planned(first: str, until: datetime) -> list[str]:
    """All slots from one that ran."""
    after = datetime.fromisoformat(first.removeprefix("timed:")) - HOUR
    slots = Timetable(CRON, "Asia/Shanghai").between(after, until)
    return [f"timed:{slot:%Y-%m-%dT%H:%M:%SZ}" for slot in slots]


def measure(runs: int, names: list[str], seconds: float, articles: int) -> int:
    """Play it and print the figures; how many slots were missed or doubled."""
    last = START.replace(minute=0) + (runs // len(names)) * HOUR
    with (
        Server(Site(seed=1, articles=articles, days=DAYS)) as server,
        tempfile.TemporaryDirectory(prefix="revisor-bench-") as folder,
    ):
        home = Path(folder)
        (home / "portals").mkdir()
        for name in names:
            write_portal(home, name, server.url)
        clock = StartedClock(START, time.monotonic(), 3600 / seconds)
        service = start_service(home, clock, names)
        early = None
        while clock.now() < last + HOUR / 2 or open_runs(home):
            done = done_runs(home)
            server.day = min(DAYS - 1, done * DAYS // runs)
            if early is None and done >= WARM:
                early = settle(home, service.pid)
            time.sleep(0.1)
        late = settle(home, service.pid)
        below = descendants(service.pid)
        service.terminate()
        code = service.wait()
        wrong = report(home, names, last)
        print((home / "service.log").read_text().count(" ERROR "), "errors in the log, exit code", code)
        patience = time.monotonic() + 5
        while (
            left := [pid for pid in below if Path(f"/proc/{pid}").exists()]
        ) and time.monotonic() < patience:
            time.sleep(0.1)
        print(f"after its end: {len(left)} of its {len(below)} processes left")
    if early:
        print(f"after run {WARM}: {early}\nat the end:   {late}")
        print(f"RSS drift {100 * (late.rss - early.rss) / early.rss:+.1f} %")
    return wrong


def report(home: Path, names: list[str], last: datetime) -> int:
    """Print a line for each portal; how many slots were missed or doubled."""
    wrong = 0
    for name in names:
        counted = ran(home, name)
        due = planned(min(counted), last)
        missed = [slot for slot in due if slot not in counted]
        doubled = [slot for slot, times in counted.items() if times > 1]
        print(
            f"{name}: {len(due)} slots planned, {len(set(due) & counted.keys())} run, {len(missed)} missed, "
            f"{len(doubled)} doubled {missed[:5]}{doubled[:5]}"
        )
        wrong += len(missed) + len(doubled)
    verdicts = rows(home, "select verdict, complete, count(*) from run group by 1, 2")
    print("verdicts:", ", ".join(f"{count} {verdict}" for verdict, _, count in verdicts))
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench service", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--portals", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=4.0, help="between two slots of a portal")
    parser.add_argument("--articles", type=int, default=20)
    wanted = parser.parse_args()
    names = [f"portal{number}" for number in range(1, wanted.portals + 1)]
    sys.exit(bool(measure(wanted.runs, names, wanted.seconds, wanted.articles)))


if __name__ == "__main__":
    main()
